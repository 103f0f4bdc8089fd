/** Parts of pages that can be tested by themselves: colours, runs, tallies, the template. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsOf } from '../../../actions/lib/query/turns.ts';
import { tallies } from '../../../actions/lib/query/workload.ts';
import { resolve } from '../../../actions/lib/resolve/resolve.ts';
import { coloursOf } from '../../../actions/lib/site/page/colours.ts';
import { html, noHtml } from '../../../actions/lib/site/page/html.ts';
import { calendars } from '../../../actions/lib/site/page/subscribe.ts';
import { between, lines, sound } from '../../handbook.ts';

describe('colours', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{2,12}$/), { maxLength: 40 });

  test('are unique while there are enough, and shared evenly after that', () => {
    fc.assert(
      fc.property(ids, (people) => {
        const colours = coloursOf(people);
        expect(colours.size).toBe(people.length);
        const uses = Map.groupBy(colours.values(), (it) => it);
        expect(Math.max(0, ...[...uses.values()].map((it) => it.length))).toBe(Math.ceil(people.length / 12));
      }),
    );
  });

  test('do not depend on the order, and a new person changes few of them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{2,12}$/), { minLength: 4, maxLength: 8 }),
        (people) => {
          expect([...coloursOf(people.toReversed())]).toStrictEqual([...coloursOf(people)]);
        },
      ),
    );
    const before = coloursOf(['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak', 'eli-shah']);
    const after = coloursOf([
      'amara-osei',
      'aaron-first',
      'ben-adeyemi',
      'chi-wong',
      'dee-novak',
      'eli-shah',
    ]);
    const moved = [...before].filter(([id, colour]) => after.get(id) !== colour);
    expect(moved.length).toBeLessThanOrEqual(1);
  });
});

describe('the template', () => {
  test('escapes values, but not its own output', () => {
    const name = `<b>&"'`;
    expect(html`<p title="${name}">${html`<i>${name}</i>`}${[html`a`, noHtml]}${3}</p>`.html).toBe(
      '<p title="&lt;b&gt;&amp;&quot;&#39;"><i>&lt;b&gt;&amp;&quot;&#39;</i>a3</p>',
    );
  });
});

test('a calendar with a name that is not valid in an address still has its links', () => {
  const { html: text } = calendars(
    'https://example.org/',
    [{ path: 'calendars/all.ics', name: 'A \ud83d B' }],
    '',
  );
  expect(text).toContain('&amp;name=A%20%EF%BF%BD%20B"');
});

const handbook = `
== rotas/people.yaml
people: {ann: {name: Ann}, bob: {name: Bob}}
== rotas/t/days.yaml
name: Days
timezone: Europe/London
hours: office
handover: {day: monday, time: "09:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-30, people: [ann]}
      - {first_turn: 2026-12-07, people: []}
      - {first_turn: 2026-12-14, people: [ann, bob]}
  shadow: {counts: false, rotation: [{first_turn: 2026-11-30, people: [bob]}]}
overrides:
  - {role: engineer, person: bob, instead_of: ann, from: 2026-12-16T12:00, to: 2026-12-16T13:00, reason: x}
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
holidays: few
windows: {office: [{days: working, from: "09:00", to: "17:00"}]}
== policies/holidays/few.yaml
{name: Few, complete_from: 2026-01-01, complete_until: 2027-12-31, holidays: {2026-12-25: Christmas Day, 2026-12-26: Boxing Day}}
`;
const span = between('2026-11-30T00:00:00Z', '2026-12-28T00:00:00Z');
const resolved = resolve(sound(handbook), span);
const cover = (id: string) => {
  const found = resolved.roles.get(id);
  if (found === undefined) throw new Error(`no role ${id}`);
  return found;
};

describe('runs', () => {
  test('span nights and weekends, and end where somebody else or nobody follows', () => {
    const runs = runsOf(cover('t/days/engineer'), span);
    expect(
      lines(
        runs.map((run) => ({ ...run, value: run.person ?? 'nobody' })),
        'Europe/London',
      ),
    ).toStrictEqual([
      '2026-11-30T09:00+00:00 2026-12-04T17:00+00:00 ann',
      '2026-12-07T09:00+00:00 2026-12-11T17:00+00:00 nobody',
      '2026-12-14T09:00+00:00 2026-12-16T12:00+00:00 ann',
      '2026-12-16T12:00+00:00 2026-12-16T13:00+00:00 bob',
      '2026-12-16T13:00+00:00 2026-12-18T17:00+00:00 ann',
      '2026-12-21T09:00+00:00 2026-12-24T17:00+00:00 bob',
    ]);
    expect(runs.map(({ shifts }) => shifts.length)).toStrictEqual([5, 5, 3, 1, 3, 4]);
  });

  test('that only touch the span at its start or its end are left out', () => {
    const lunch = between('2026-12-16T12:00:00Z', '2026-12-16T13:00:00Z');
    expect(runsOf(cover('t/days/engineer'), lunch).map(({ person }) => person)).toStrictEqual(['bob']);
  });

  test('end at a break that is longer than a weekend with its holidays', () => {
    const rare = handbook
      .replace('{days: working,', '{days: [thursday],')
      .replace('hours: office\nhandover: {day: monday', 'hours: office\nhandover: {day: wednesday')
      .replaceAll('2026-11-30', '2026-12-02')
      .replaceAll('2026-12-07', '2026-12-09')
      .replaceAll(', people: []', ', people: [ann]')
      .replace(/overrides:\n.*\n/, '')
      .replaceAll('2026-12-14', '2026-12-16');
    const seat = resolve(sound(rare), span).roles.get('t/days/engineer');
    expect(
      seat === undefined ? [] : runsOf(seat, span).map(({ person, shifts: own }) => [person, own.length]),
    ).toStrictEqual([
      ['ann', 1],
      ['ann', 1],
      ['ann', 1],
      ['bob', 1],
    ]);
  });

  test('of a role that gives no cover are never empty', () => {
    const early = between('2026-11-16T00:00:00Z', '2026-12-05T00:00:00Z');
    const seat = resolve(sound(handbook), early).roles.get('t/days/shadow');
    expect(seat === undefined ? [] : runsOf(seat, early).map(({ person }) => person)).toStrictEqual(['bob']);
  });
});

test('a tally counts local days once, a holiday at a weekend as a holiday, and no shadow', () => {
  const round = handbook.replace('hours: office\nhandover', 'handover');
  const own = resolve(sound(round), span);
  const counts = tallies(sound(round), [...own.roles.values()], span);
  expect(counts.get('bob')).toStrictEqual({ shifts: 2, hours: 160, weeks: 2, weekendDays: 2, holidays: 0 });
  const days = tallies(sound(handbook), [...resolved.roles.values()], span);
  expect(days.get('ann')).toStrictEqual({ shifts: 11, hours: 79, weeks: 2, weekendDays: 0, holidays: 0 });
});
