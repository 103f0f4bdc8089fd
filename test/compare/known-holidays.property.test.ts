/** For any two pull requests in a row: a list of holidays that ends hides nobody's time from the person whose it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../actions/lib/compare/compare.ts';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY, HOUR } from '../../actions/lib/time/date.ts';
import { spanAt } from '../../actions/lib/timeline.ts';
import { at, loaded, local } from '../handbook.ts';

const NOW = at('2026-12-05T12:00:00Z');
const PEOPLE = ['mallory', 'amara', 'ben'];

interface Written {
  readonly list: string;
  readonly rota: string;
}

const until = fc.constantFrom('2026-12-31', '2027-01-20', '2027-12-31');
const marked = fc.constantFrom('', ', 2027-01-07: Day', ', 2027-01-07: Day, 2027-01-25: Day');
const list = fc
  .tuple(until, marked, fc.constantFrom('', 'timezone: Europe/London\n'))
  .map(([day, days, zone]) => {
    const within = days.split(', ').filter((it) => it === '' || it.slice(0, 10) <= day);
    return `name: Days\n${zone}complete_from: 2026-01-01\ncomplete_until: ${day}\nholidays: {2026-12-25: Christmas Day${within.join(', ')}}\n`;
  });
const person = fc.constantFrom(...PEOPLE);
const override = fc.oneof(
  fc
    .tuple(person, fc.constantFrom('2026-12-30', '2027-01-13', '2027-01-20'))
    .map(([who, turn]) => `{role: engineer, turn: ${turn}, person: ${who}}`),
  fc
    .tuple(person, fc.constantFrom('2026-12-30', '2027-01-06', '2027-01-18'), fc.integer({ min: 1, max: 20 }))
    .map(([who, day, days]) => {
      const to = new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
      return `{role: engineer, person: ${who}, from: ${day}T09:00, to: ${to}T12:00}`;
    }),
);
const rota = fc
  .record({
    hours: fc.constantFrom('listed', 'listed', 'listed', 'plain'),
    covers: fc.constantFrom('[day]', '[night]', '[day, night]'),
    people: fc.constantFrom('[mallory, amara, ben]', '[amara, ben]', '[mallory]'),
    turns: fc.constantFrom(
      '',
      ', turns: {2027-01-06: amara}',
      ', turns: {2027-01-06: ben, 2027-01-20: mallory}',
    ),
    overrides: fc.array(override, { maxLength: 2 }),
    amendment: fc.constantFrom('', '', 'amendments: [{first_day: 2027-01-10, hours: plain}]\n'),
  })
  .map(({ hours, covers, people, turns, overrides, amendment }) =>
    [
      `name: On call\ntimezone: Europe/London\nhours: ${hours}\ncovers: ${covers}\n`,
      'handover: {day: wednesday, time: "10:00"}\n',
      `roles:\n  engineer: {rotation: [{first_turn: 2026-09-02, people: ${people}}]${turns}}\n`,
      ...(overrides.length === 0 ? [] : [`overrides: [${overrides.join(', ')}]\n`]),
      amendment,
    ].join(''),
  );

const WINDOWS = `timezone: Europe/London
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: {outside: [day]}
`;

const textOf = (written: Written): string => `== rotas/people.yaml
people: {${PEOPLE.map((id) => `${id}: {name: ${id}, github: ${id}-g}`).join(', ')}}
== policies/publishing.yaml
back: 1 week
ahead: 8 weeks
== policies/notice.yaml
consent: [both-people]
== policies/support-hours/listed.yaml
name: Listed
holidays: days
${WINDOWS}== policies/support-hours/plain.yaml
name: Plain
${WINDOWS}== policies/holidays/days.yaml
${written.list}== rotas/paas/on-call.yaml
${written.rota}`;

function read(written: Written): Handbook {
  const { handbook, findings } = loaded(textOf(written));
  expect(findings.map(({ rule, location }) => [rule, location])).toEqual([]);
  return handbook;
}

/** The people who are asked for their time. */
const askedIn = (base: Handbook, head: Handbook): readonly string[] =>
  requiredConsents(compare(base, head, NOW, [], undefined)).flatMap(({ person: who }) => who ?? []);

/** Who is on duty at an instant of the published span; undefined for nobody. */
function holders(handbook: Handbook): (instant: number) => string | undefined {
  const cover =
    resolve(handbook, publishedSpan(handbook, NOW)).roles.get('paas/on-call/engineer')?.cover() ?? [];
  return (instant) => spanAt(cover, instant)?.value.person;
}

const END = /complete_until: (\S+)/;
const endless = (text: string): string => text.replace(END, 'complete_until: 2027-12-31');

/** Whether it is known who is on duty at an instant: the plain hours know every day, and that none is a holiday. */
function knows({ list: text, rota: own }: Written, instant: number): boolean {
  const isPlain =
    own.includes('\nhours: plain\n') || (own.includes('amendments:') && instant >= at('2027-01-10T00:00Z'));
  if (isPlain) return !text.includes(new Date(instant).toISOString().slice(0, 10));
  return instant < Date.parse(END.exec(text)?.[1] ?? '') + DAY;
}

/** One state, and a few that differ from the one before in the list, the rota or both. */
const states = fc
  .tuple(
    fc.record({ list, rota }),
    fc.array(fc.oneof(fc.record({ list }), fc.record({ rota }), fc.record({ list, rota })), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([first, changes]) => {
    const all: Written[] = [first];
    for (const it of changes) all.push({ ...(all.at(-1) as Written), ...it });
    return all;
  });

test('everybody who gained or lost duty, on days whose holidays the last state knows, was asked in one of them', () => {
  let differing = 0;
  fc.assert(
    fc.property(states, (all) => {
      const handbooks = all.map(read);
      const asked = new Set(handbooks.slice(1).flatMap((head, i) => askedIn(handbooks[i] as Handbook, head)));
      const [first, last] = [all[0], all.at(-1)] as [Written, Written];
      // As if the first state had had the list of the last one, without an end.
      const [was, is] = [holders(read({ ...first, list: endless(last.list) })), holders(read(last))];
      const { endAt } = publishedSpan(handbooks[0] as Handbook, NOW);
      for (let instant = NOW; instant < endAt; instant += HOUR)
        for (const who of [was(instant), is(instant)]) {
          if (was(instant) === is(instant) || who === undefined || !knows(last, instant)) continue;
          differing += 1;
          const label = `${who} at ${local(instant, 'Europe/London')}`;
          expect({ label, isAsked: asked.has(who) }).toEqual({ label, isAsked: true });
        }
    }),
    { numRuns: 60 },
  );
  expect(differing).toBeGreaterThan(500);
});
