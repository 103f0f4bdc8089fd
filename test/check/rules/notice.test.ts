/**
 * Changes of cover with too little notice, by any kind of edit: at which line, from which instant on, and when they
 * pass.
 */
import { describe, expect, test } from 'vitest';
import { notice as noticeRule } from '../../../actions/lib/check/rules/notice.ts';
import type { Pull } from '../../../actions/lib/compare/against.ts';
import { found as findingsIn, foundInPull, wordsOf } from '../../found.ts';
import { at, but, compared } from '../../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const DAYS = 'rotas/paas/days.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const HOLIDAYS = 'policies/holidays/england.yaml';

/** Wednesdays at 10:00: amara 25 November, ben 2 December, chi 9 December, amara 16 December, … */
const nights = `
== rotas/people.yaml
people:
  amara: {name: Amara, github: amara-o}
  ben: {name: Ben, github: ben-a}
  chi: {name: Chi, github: chi-w}
  nia: {name: Nia, github: Nia-R}
  oz: {name: Oz, github: oz-k}
== rotas/paas/team.yaml
name: PaaS
leads: [nia]
== rotas/dxw/team.yaml
name: dxw
leads: [oz]
== policies/notice.yaml
rota_change: {minimum: 7 days}
consent: []
== ${NIGHTS}
name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
`;

const withPolicy = (text: string, policy: string) =>
  but(text, 'rota_change: {minimum: 7 days}', policy).replace('rota_change: {}\n', '');

const swap = `${nights}overrides:
  - {role: engineer, turn: 2026-12-02, person: chi, instead_of: ben}
  - {role: engineer, turn: 2026-12-09, person: ben, instead_of: chi}
`;

const notice = (base: string, head: string, now: string, pull?: Partial<Pull>) =>
  foundInPull('notice', base, head, now, pull);

const LATE = (minimum = '7 days') => `minimum: ${minimum}`;

test('the handbooks of these tests are sound', () => {
  expect(findingsIn(nights)).toEqual([]);
  expect(findingsIn(swap)).toEqual([]);
});

describe('a swap of the turns of 2 and 9 December, Wednesdays at 10:00', () => {
  const givenText = (given?: string) => (given === undefined ? '' : `, given: ${given}`);
  const first = (given?: string) =>
    `${NIGHTS}:9:5 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00${givenText(given)}, ${LATE()}}`;
  const second = (given: string) =>
    `${NIGHTS}:10:5 error too-short {rota: paas/nights, role: engineer, before: chi, after: ben, startAt: 2026-12-09T10:00+00:00, endAt: 2026-12-16T10:00+00:00${givenText(given)}, ${LATE()}}`;

  test.each<[when: string, now: string, ...found: string[]]>([
    ['8 days before', '2026-11-24T10:00:00Z'],
    ['exactly 7 days before', '2026-11-25T10:00:00Z'],
    ['a millisecond less', '2026-11-25T10:00:00.001Z', first('6 days')],
    ['6 days 23 hours before', '2026-11-25T11:00:00Z', first('6 days')],
    ['47 hours before', '2026-11-30T11:00:00Z', first('47 hours')],
    ['1 hour before', '2026-12-02T09:00:00Z', first('1 hour')],
    ['59 minutes before', '2026-12-02T09:01:00Z', first('59 minutes')],
    ['as it begins: the other has its 7 days still', '2026-12-02T10:00:00Z', first()],
    [
      'with a day of it past, from now on',
      '2026-12-03T10:00:00Z',
      `${NIGHTS}:9:5 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-03T10:00+00:00, endAt: 2026-12-09T10:00+00:00, ${LATE()}}`,
      second('6 days'),
    ],
    ['in the past, which is for history to say', '2026-12-16T10:00:00Z'],
  ])('%s', (_, now, ...found) => expect(notice(nights, swap, now)).toEqual(found));

  test('undone, it is reported at the role of the removed lines', () => {
    expect(notice(swap, nights, '2026-12-01T10:00:00Z')).toEqual([
      `${NIGHTS}:5:3 error too-short {rota: paas/nights, role: engineer, before: chi, after: ben, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, given: 24 hours, ${LATE()}}`,
    ]);
    expect(notice(swap, nights, '2026-11-25T10:00:00Z')).toEqual([]);
  });

  test('untouched, it is not a change of the pull request', () => {
    expect(notice(swap, swap, '2026-12-02T09:00:00Z')).toEqual([]);
  });

  test('as an agreed turn, it is reported at that turn', () => {
    const agreed = but(
      nights,
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n    turns: {2026-12-02: chi, 2026-12-09: ben}\n',
    );
    expect(notice(nights, agreed, '2026-12-02T09:00:00Z')).toEqual([
      `${NIGHTS}:8:25 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, given: 1 hour, ${LATE()}}`,
    ]);
  });
});

describe('days are local days and hours are elapsed hours, where the clocks change', () => {
  /** From this local time on, for two weeks, chi covers for amara. */
  const cover = (from: string, until: string) =>
    but(nights, '[amara, ben, chi]', '[amara]').concat(
      `overrides: [{role: engineer, person: chi, from: ${from}, to: ${until}}]\n`,
    );
  const base = but(nights, '[amara, ben, chi]', '[amara]');
  const autumn = cover('2026-10-28T10:00', '2026-11-11T10:00');
  const spring = cover('2027-03-31T10:00', '2027-04-14T10:00');
  const monday = cover('2027-03-29T10:00', '2027-04-12T10:00');

  test.each<[what: string, minimum: string, head: string, now: string, given?: string]>([
    ['7 days in autumn, 169 hours', '7 days', autumn, '2026-10-21T09:00:00Z'],
    ['a minute less', '7 days', autumn, '2026-10-21T09:01:00Z', '6 days'],
    ['168 hours in autumn are not 7 days', '7 days', autumn, '2026-10-21T10:00:00Z', '6 days'],
    ['168 hours in autumn are 168 hours', '168 hours', autumn, '2026-10-21T10:00:00Z'],
    ['167 hours and 59 minutes are not', '168 hours', autumn, '2026-10-21T10:01:00Z', '6 days'],
    ['7 days in spring, 167 hours', '7 days', spring, '2027-03-24T10:00:00Z'],
    ['a minute less in spring', '7 days', spring, '2027-03-24T10:01:00Z', '6 days'],
    ['167 hours in spring are not 168', '168 hours', spring, '2027-03-24T10:00:00Z', '7 days'],
    ['2 days over the change, 47 hours', '2 days', monday, '2027-03-27T10:00:00Z'],
    ['47 hours are not 48', '48 hours', monday, '2027-03-27T10:00:00Z', '2 days'],
    ['48 hours over the change', '48 hours', monday, '2027-03-27T09:00:00Z'],
    ['a second less', '48 hours', monday, '2027-03-27T09:00:01Z', '2 days'],
    ['1 week is 7 days', '1 week', autumn, '2026-10-21T09:00:00Z'],
    ['1 week less a minute is not', '1 week', autumn, '2026-10-21T09:01:00Z', '6 days'],
  ])('%s', (_, minimum, head, now, given) => {
    const own = withPolicy(base, `rota_change: {minimum: ${minimum}}`);
    expect(notice(own, head, now).map((line) => line.replace(/.*(?=given: )/, '{'))).toEqual(
      given === undefined ? [] : [`{given: ${given}, ${LATE(minimum)}}`],
    );
  });
});

describe('what is recommended', () => {
  const policy = 'rota_change: {minimum: 7 days, recommended: 14 days}';
  const warned = (given: string) =>
    `${NIGHTS}:9:5 warning under-recommended {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, given: ${given}, recommended: 14 days}`;

  test.each<[when: string, policy: string, now: string, ...found: string[]]>([
    ['14 days before', policy, '2026-11-18T10:00:00Z'],
    ['13 days 23 hours before', policy, '2026-11-18T11:00:00Z', warned('13 days')],
    ['7 days before', policy, '2026-11-25T10:00:00Z', warned('7 days')],
    [
      '1 hour before, with nothing asked',
      'rota_change: {recommended: 14 days}',
      '2026-12-02T09:00:00Z',
      warned('1 hour'),
      `${NIGHTS}:10:5 warning under-recommended {rota: paas/nights, role: engineer, before: chi, after: ben, startAt: 2026-12-09T10:00+00:00, endAt: 2026-12-16T10:00+00:00, given: 7 days, recommended: 14 days}`,
    ],
    [
      'without a policy: 7 days asked, 14 recommended',
      'rota_change: {}',
      '2026-11-25T10:00:00Z',
      warned('7 days'),
    ],
  ])('%s', (_, own, now, ...found) =>
    expect(notice(withPolicy(nights, own), withPolicy(swap, own), now)).toEqual(found),
  );
});

describe('the base branch’s policy applies:', () => {
  const now = '2026-11-25T11:00:00Z';
  const found = [
    `${NIGHTS}:9:5 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, given: 6 days, ${LATE()}}`,
  ];

  test.each<[what: string, policy: string]>([
    ['a head that requires less', 'rota_change: {minimum: 1 hour}'],
    ['a head that calls it short', 'rota_change: {minimum: 7 days}\nshort_cover: {longest: 60 days}'],
    ['a head that requires nothing', 'rota_change: {recommended: 1 hour}'],
  ])('%s does not help', (_, policy) => {
    expect(notice(nights, withPolicy(swap, policy), now)).toEqual(found);
  });

  test('a head without the policy, and one whose policy cannot be read, do not help', () => {
    const gone = swap.replace(/== policies\/notice.yaml\n.*\n.*\n/, '');
    expect(notice(nights, gone, now)).toEqual(found);
    expect(notice(nights, withPolicy(swap, 'rota_change: ['), now)).toEqual(found);
  });

  test('a base that requires less lets it pass, whatever the head requires', () => {
    expect(notice(withPolicy(nights, 'rota_change: {minimum: 6 days}'), swap, now)).toEqual([]);
  });
});

/** In hours: 09:00 to 17:00 on working days; hand-over on Fridays at 18:00, amara 27 November, ben 4 December, … */
const days = `${nights.split('== policies/notice.yaml')[0]}== policies/notice.yaml
rota_change: {minimum: 7 days}
consent: []
== ${HOURS}
name: PaaS
timezone: Europe/London
holidays: england
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  evening: [{days: working, from: "17:00", to: "20:00"}]
== ${HOLIDAYS}
name: England
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays:
  2026-12-25: Christmas Day
  2026-12-28: Boxing Day
== ${DAYS}
name: Days
timezone: Europe/London
hours: paas
covers: [in-hours]
handover: {day: friday, time: "18:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-04, people: [amara, ben, chi]}
`;
const CHRISTMAS = '  2026-12-25: Christmas Day\n';

test('the handbook with hours is sound', () => expect(findingsIn(days)).toEqual([]));

describe('notice runs to the first instant that changes, not to the hand-over before it', () => {
  const head = `${days}overrides: [{role: engineer, turn: 2026-12-04, person: chi, instead_of: ben}]\n`;

  test.each<[when: string, now: string, ...found: string[]]>([
    ['7 days before Monday 09:00, 4 before the hand-over', '2026-11-30T09:00:00Z'],
    [
      'a minute later',
      '2026-11-30T09:01:00Z',
      `${DAYS}:10:13 error too-short {rota: paas/days, role: engineer, before: ben, after: chi, startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-11T17:00+00:00, given: 6 days, ${LATE()}}`,
    ],
  ])('%s', (_, now, ...found) => expect(notice(days, head, now)).toEqual(found));
});

describe('a short cover', () => {
  const cover = (from: string, until: string, more = '') =>
    `${nights}overrides:\n  - {role: engineer, person: chi, from: ${from}, to: ${until}}\n${more}`;
  const now = '2026-12-03T17:00:00Z';
  const reported = (span: string, given = '1 hour') =>
    `${NIGHTS}:9:5 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, ${span}, given: ${given}, ${LATE()}}`;
  const longest = (length: string) =>
    withPolicy(nights, `rota_change: {minimum: 7 days}\nshort_cover: {longest: ${length}}`);

  test.each<[what: string, base: string, head: string, ...found: string[]]>([
    ['of a day', nights, cover('2026-12-03T18:00', '2026-12-04T18:00')],
    [
      'of a day and a minute',
      nights,
      cover('2026-12-03T18:00', '2026-12-04T18:01'),
      reported('startAt: 2026-12-03T18:00+00:00, endAt: 2026-12-04T18:01+00:00'),
    ],
    ['of 12 hours', longest('12 hours'), cover('2026-12-03T18:00', '2026-12-04T06:00')],
    [
      'of 12 hours and a minute',
      longest('12 hours'),
      cover('2026-12-03T18:00', '2026-12-04T06:01'),
      reported('startAt: 2026-12-03T18:00+00:00, endAt: 2026-12-04T06:01+00:00'),
    ],
    ['of 90 minutes', longest('90 minutes'), cover('2026-12-03T18:00', '2026-12-03T19:30')],
    [
      'of 91 minutes',
      longest('90 minutes'),
      cover('2026-12-03T18:00', '2026-12-03T19:31'),
      reported('startAt: 2026-12-03T18:00+00:00, endAt: 2026-12-03T19:31+00:00'),
    ],
    ['that began an hour ago, a minute of it left', nights, cover('2026-12-03T16:00', '2026-12-03T17:01')],
    [
      'whose end moves from tonight to the week after next',
      cover('2026-12-03T18:00', '2026-12-03T19:00'),
      cover('2026-12-03T18:00', '2026-12-08T19:00'),
      reported('startAt: 2026-12-03T19:00+00:00, endAt: 2026-12-08T19:00+00:00', '2 hours'),
    ],
    [
      'in two halves with an hour between, two days as a whole',
      nights,
      cover(
        '2026-12-03T18:00',
        '2026-12-04T17:00',
        '  - {role: engineer, person: chi, from: 2026-12-04T18:00, to: 2026-12-05T18:00}\n',
      ),
      reported('startAt: 2026-12-03T18:00+00:00, endAt: 2026-12-05T18:00+00:00'),
    ],
    [
      'and another a month later, each of a day',
      nights,
      cover(
        '2026-12-03T18:00',
        '2026-12-04T18:00',
        '  - {role: engineer, person: chi, from: 2026-12-24T18:00, to: 2026-12-25T18:00}\n',
      ),
    ],
    [
      'and the same hours given back by the other, each of a day',
      nights,
      cover(
        '2026-12-03T18:00',
        '2026-12-04T18:00',
        '  - {role: engineer, person: ben, from: 2026-12-09T18:00, to: 2026-12-10T18:00}\n',
      ),
    ],
  ])('%s', (_, base, head, ...found) => expect(notice(base, head, now)).toEqual(found));

  test.each<[what: string, from: string, until: string, now: string, found: number]>([
    ['of a local day of 25 hours', '2026-10-24T18:00', '2026-10-25T18:00', '2026-10-24T12:00:00Z', 0],
    ['of 25 hours and a minute', '2026-10-24T18:00', '2026-10-25T18:01', '2026-10-24T12:00:00Z', 1],
    ['of a local day of 23 hours', '2027-03-27T18:00', '2027-03-28T18:00', '2027-03-27T12:00:00Z', 0],
    [
      'of 24 hours, more than that local day',
      '2027-03-27T18:00',
      '2027-03-28T19:00',
      '2027-03-27T12:00:00Z',
      1,
    ],
    ['of 25 hours on any other day', '2026-11-07T18:00', '2026-11-08T19:00', '2026-11-07T12:00:00Z', 1],
  ])('%s', (_, from, until, when, found) =>
    expect(notice(nights, cover(from, until).replace('person: chi', 'person: nia'), when)).toHaveLength(
      found,
    ),
  );

  test('is none of a week that two colleagues share, night by night', () => {
    const days = ['03', '04', '05', '06', '07'];
    const shared = days.map((day, i) => {
      const next = String(Number(day) + 1).padStart(2, '0');
      const span = `from: 2026-12-${day}T18:00, to: 2026-12-${next}T09:00`;
      return `  - {role: engineer, person: ${i % 2 === 0 ? 'chi' : 'amara'}, ${span}}\n`;
    });
    const alone = notice(nights, `${nights}overrides:\n${shared[0]}`, now);
    expect([alone, notice(nights, `${nights}overrides:\n${shared.join('')}`, now).length]).toEqual([[], 5]);
  });

  test('that was moved is a short cover at its old time and at its new one', () => {
    const [was, is] = [
      cover('2026-12-03T18:00', '2026-12-03T20:00'),
      cover('2026-12-05T18:00', '2026-12-05T20:00'),
    ];
    expect(notice(was, is, now)).toEqual([]);
  });
});

describe('a turn given away in parts', () => {
  const overnight = but(
    but(days, 'covers: [in-hours]', 'covers: [overnight]'),
    'evening: [{days: working, from: "17:00", to: "20:00"}]',
    'overnight: [{days: every, from: "17:00", to: "09:00"}]',
  );
  const pieces = (base: string, from: string, to: string, ...on: number[]) =>
    `${base}overrides:\n${on
      .map(
        (day) =>
          `  - {role: engineer, person: chi, from: 2026-12-${String(day).padStart(2, '0')}T${from}, to: 2026-12-${String(to < from ? day + 1 : day).padStart(2, '0')}T${to}}\n`,
      )
      .join('')}`;
  const now = '2026-12-04T12:00:00Z';
  const reported = (line: number, span: string, given: string) =>
    `${DAYS}:${line}:5 error too-short {rota: paas/days, role: engineer, before: ben, after: chi, ${span}, given: ${given}, ${LATE()}}`;

  test('in seven nights is a week', () => {
    expect(notice(overnight, pieces(overnight, '17:00', '09:00', 5, 6, 7, 8, 9, 10, 11), now)).toEqual([
      reported(11, 'startAt: 2026-12-05T17:00+00:00, endAt: 2026-12-11T18:00+00:00', '29 hours'),
    ]);
  });

  test('in two nights one after the other is two nights', () => {
    expect(notice(overnight, pieces(overnight, '17:00', '09:00', 8, 9), now)).toEqual([
      reported(11, 'startAt: 2026-12-08T17:00+00:00, endAt: 2026-12-10T09:00+00:00', '4 days'),
    ]);
  });

  test('in five days is a week', () => {
    expect(notice(days, pieces(days, '09:00', '17:00', 7, 8, 9, 10, 11), now)).toEqual([
      reported(11, 'startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-11T17:00+00:00', '2 days'),
    ]);
  });

  test('in one night is one', () => {
    expect(notice(overnight, pieces(overnight, '17:00', '09:00', 8), now)).toEqual([]);
  });
});

describe('one person replaced by nobody, or nobody by one, is no short cover:', () => {
  const holiday = but(days, CHRISTMAS, `  2026-12-03: A day off\n${CHRISTMAS}`);
  const now = '2026-12-02T09:00:00Z';

  test('a holiday empties a seat for 8 hours', () => {
    expect(notice(days, holiday, now)).toEqual([
      `${HOLIDAYS}:4:1 error too-short {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-03T09:00+00:00, endAt: 2026-12-03T17:00+00:00, given: 24 hours, ${LATE()}}`,
    ]);
  });

  test('removing the holiday fills it', () => {
    expect(notice(holiday, days, now)).toEqual([
      `${HOLIDAYS}:4:1 error too-short {rota: paas/days, role: engineer, after: amara, startAt: 2026-12-03T09:00+00:00, endAt: 2026-12-03T17:00+00:00, given: 24 hours, ${LATE()}}`,
    ]);
  });

  test('a colleague in the same hours is one', () => {
    const head = `${days}overrides: [{role: engineer, person: chi, from: 2026-12-03T09:00, to: 2026-12-03T17:00}]\n`;
    expect(notice(days, head, now)).toEqual([]);
  });
});

describe('extra cover outside the windows has a notice of its own', () => {
  const extra = `${days}overrides: [{role: engineer, person: chi, from: 2026-12-03T22:00, to: 2026-12-03T23:00, extra: true}]\n`;
  const asks = (own: string) =>
    withPolicy(days, `rota_change: {minimum: 7 days}\nout_of_hours_change: {minimum: ${own}}`);

  test.each<[what: string, base: string, now: string, asked?: string]>([
    ['48 hours where nothing is written', days, '2026-12-01T22:00:00Z'],
    ['48 hours less a minute', days, '2026-12-01T22:01:00Z', '48 hours'],
    ['as many hours as are written', asks('24 hours'), '2026-12-02T22:00:00Z'],
    ['as many hours as are written, less a minute', asks('24 hours'), '2026-12-02T22:01:00Z', '24 hours'],
  ])('%s', (_, base, now, asked) => {
    expect(notice(base, extra, now)).toEqual(
      asked === undefined ? [] : [expect.stringContaining(LATE(asked))],
    );
  });

  test('when it is removed, too', () => {
    expect(notice(extra, days, '2026-12-01T22:00:00Z')).toEqual([]);
    expect(notice(extra, days, '2026-12-01T22:01:00Z')).toEqual([
      `${DAYS}:7:3 error too-short {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-03T22:00+00:00, endAt: 2026-12-03T23:00+00:00, given: 47 hours, ${LATE('48 hours')}}`,
    ]);
  });

  test('right after the same person’s duty, and that duty right after it has the notice of a duty', () => {
    const after = but(
      extra,
      'chi, from: 2026-12-03T22:00, to: 2026-12-03T23:00',
      'amara, from: 2026-12-03T17:00, to: 2026-12-03T18:00',
    );
    expect(notice(after, days, '2026-12-01T17:00:00Z')).toEqual([]);
    expect(notice(after, days, '2026-12-01T17:01:00Z')).toEqual([
      `${DAYS}:7:3 error too-short {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-03T17:00+00:00, endAt: 2026-12-03T18:00+00:00, given: 47 hours, ${LATE('48 hours')}}`,
    ]);
    const before = but(
      after,
      'from: 2026-12-03T17:00, to: 2026-12-03T18:00',
      'from: 2026-12-03T08:00, to: 2026-12-03T09:00',
    );
    const holiday = but(days, CHRISTMAS, `  2026-12-03: A day\n${CHRISTMAS}`);
    expect(notice(before, holiday, '2026-12-01T08:00:00Z')).toEqual([
      `${HOLIDAYS}:4:1 error too-short {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-03T09:00+00:00, endAt: 2026-12-03T17:00+00:00, given: 2 days, ${LATE()}}`,
    ]);
  });
});

describe('an emergency', () => {
  const now = '2026-12-02T09:00:00Z';
  const found = [
    `${NIGHTS}:9:5 error too-short {rota: paas/nights, role: engineer, before: ben, after: chi, startAt: 2026-12-02T10:00+00:00, endAt: 2026-12-09T10:00+00:00, given: 1 hour, ${LATE()}}`,
  ];
  const label = ['emergency-cover'];
  const owners = withPolicy(
    nights,
    'rota_change: {minimum: 7 days}\nemergency: {label: "very urgent", approved_by: policy-owners}',
  );

  test.each<[what: string, base: string, pull: Partial<Pull> | undefined, found: readonly string[]]>([
    ['is none without a pull request', nights, undefined, found],
    ['is none without the label', nights, { approvals: ['nia-r'] }, found],
    ['is none with the label alone', nights, { labels: label }, found],
    ['is none with another label', nights, { labels: ['emergency'], approvals: ['nia-r'] }, found],
    ['is none by a colleague who is no lead', nights, { labels: label, approvals: ['chi-w'] }, found],
    ['is none by the lead of another team', nights, { labels: label, approvals: ['oz-k'] }, found],
    [
      'is none by the id of the lead, who has another login',
      nights,
      { labels: label, approvals: ['nia'] },
      found,
    ],
    ['passes with the label and the lead', nights, { labels: label, approvals: ['nia-r'] }, []],
    ['passes with a lead who wrote it', nights, { labels: label, author: 'NIA-R' }, []],
    [
      'passes together with other labels',
      nights,
      { labels: ['rota', ...label], approvals: ['chi-w', 'nia-r'] },
      [],
    ],
    ['has the label that the base names', owners, { labels: label, approvals: ['nia-r'] }, found],
    [
      'of policy-owners is none by a colleague',
      owners,
      { labels: ['very urgent'], approvals: ['chi-w'] },
      found,
    ],
    ['of policy-owners passes with any lead', owners, { labels: ['very urgent'], approvals: ['oz-k'] }, []],
  ])('%s', (_, base, pull, lines) => expect(notice(base, swap, now, pull)).toEqual(lines));

  test('of two teams needs a lead of each', () => {
    const [base, head] = [nights, swap].map(
      (text) => `${text}${swap.slice(swap.indexOf(`== ${NIGHTS}`)).replace(NIGHTS, 'rotas/dxw/nights.yaml')}`,
    ) as [string, string];
    const both = head.replaceAll('turn: 2026-12-02, person: chi', 'turn: 2026-12-02, person: amara');
    const by = (...approvals: string[]) => notice(base, both, now, { labels: label, approvals });
    expect(by('nia-r', 'oz-k')).toEqual([]);
    expect(by('nia-r')).toHaveLength(2);
    expect(by('oz-k')).toHaveLength(2);
  });

  test('approved by somebody whom only the head makes a lead does not count', () => {
    const head = but(swap, 'leads: [nia]', 'leads: [nia, chi]');
    expect(notice(nights, head, now, { labels: label, approvals: ['chi-w'] })).toEqual(found);
  });

  test('approved by a lead’s login from the head does not count', () => {
    const head = but(swap, 'github: Nia-R', 'github: chi-w2');
    expect(notice(nights, head, now, { labels: label, approvals: ['chi-w2'] })).toEqual(found);
  });
});

describe('any edit is judged by whose time changes, and reported at the line that causes it:', () => {
  /** Everything ahead is late, hardly anything is short, and the horizon is the end of December. */
  const base = `${withPolicy(days, 'rota_change: {minimum: 60 weeks}\nshort_cover: {longest: 30 minutes}')}== policies/publishing.yaml
back: 1 week
ahead: 1 week
`;
  const now = '2026-12-05T12:00:00Z';
  const found = (head: string, own = base) =>
    notice(own, head, now).map((line) =>
      line.replace(/error too-short (.*?)(, given: [^,]*)?, minimum: .*/, '$1}'),
    );

  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'a new person, from a day on',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n      - {first_turn: 2026-12-11, people: [chi, oz, amara, ben]}\n',
      `${DAYS}:10:9 {rota: paas/days, role: engineer, before: amara, after: oz, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:10:9 {rota: paas/days, role: engineer, before: ben, after: amara, startAt: 2026-12-29T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
    ],
    [
      'a new person, in place',
      '[amara, ben, chi]',
      '[amara, ben, chi, oz]',
      `${DAYS}:9:9 {rota: paas/days, role: engineer, before: amara, after: oz, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: engineer, before: ben, after: amara, startAt: 2026-12-29T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
    ],
    [
      'a person who is removed',
      '[amara, ben, chi]',
      '[amara, ben]',
      `${DAYS}:9:9 {rota: paas/days, role: engineer, before: amara, after: ben, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: engineer, before: ben, after: amara, startAt: 2026-12-29T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: engineer, before: chi, after: amara, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ],
    [
      'nobody, from a day on',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n      - {first_turn: 2026-12-18, people: []}\n',
      `${DAYS}:10:9 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:10:9 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-29T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
    ],
    [
      'an agreed turn',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n    turns: {2026-12-11: ben}\n',
      `${DAYS}:10:25 {rota: paas/days, role: engineer, before: chi, after: ben, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ],
    [
      'a hand-over moved in place',
      'day: friday',
      'day: thursday',
      `${DAYS}:5:11 {rota: paas/days, role: engineer, before: amara, after: chi, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:5:11 {rota: paas/days, role: engineer, before: ben, after: amara, startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-31T17:00+00:00}`,
      `${DAYS}:5:11 {rota: paas/days, role: engineer, before: chi, after: ben, startAt: 2026-12-14T09:00+00:00, endAt: 2027-01-07T17:00+00:00}`,
    ],
    [
      'the hour of a hand-over',
      'time: "18:00"',
      'time: "12:00"',
      `${DAYS}:5:11 {rota: paas/days, role: engineer, before: ben, after: chi, startAt: 2026-12-11T12:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:5:11 {rota: paas/days, role: engineer, before: chi, after: amara, startAt: 2026-12-18T12:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ],
    [
      'a hand-over amended: the turn in progress goes on',
      '== policies/publishing',
      'amendments:\n  - {first_day: 2026-12-14, handover: {day: tuesday, time: "12:00"}}\n== policies/publishing',
      `${DAYS}:11:39 {rota: paas/days, role: engineer, before: amara, after: chi, startAt: 2026-12-21T09:00+00:00, endAt: 2028-01-28T17:00+00:00}`,
      `${DAYS}:11:39 {rota: paas/days, role: engineer, before: ben, after: chi, startAt: 2026-12-29T09:00+00:00, endAt: 2028-02-04T17:00+00:00}`,
    ],
    [
      'covers',
      'covers: [in-hours]',
      'covers: [evening]',
      `${DAYS}:4:9 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:4:9 {rota: paas/days, role: engineer, after: amara, startAt: 2026-12-18T18:00+00:00, endAt: 2026-12-24T20:00+00:00}`,
      `${DAYS}:4:9 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:4:9 {rota: paas/days, role: engineer, after: ben, startAt: 2026-12-07T17:00+00:00, endAt: 2027-01-01T18:00+00:00}`,
      `${DAYS}:4:9 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
      `${DAYS}:4:9 {rota: paas/days, role: engineer, after: chi, startAt: 2026-12-11T18:00+00:00, endAt: 2026-12-18T18:00+00:00}`,
    ],
    [
      'no hours, which is round the clock',
      'hours: paas\ncovers: [in-hours]\n',
      '',
      `${DAYS}:1:1 {rota: paas/days, role: engineer, after: amara, startAt: 2026-12-18T18:00+00:00, endAt: 2026-12-25T18:00+00:00}`,
      `${DAYS}:1:1 {rota: paas/days, role: engineer, after: ben, startAt: 2026-12-05T12:00+00:00, endAt: 2027-01-01T18:00+00:00}`,
      `${DAYS}:1:1 {rota: paas/days, role: engineer, after: chi, startAt: 2026-12-11T18:00+00:00, endAt: 2026-12-18T18:00+00:00}`,
    ],
    [
      'a window',
      'to: "17:00"',
      'to: "16:00"',
      `${HOURS}:4:1 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T16:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${HOURS}:4:1 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T16:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${HOURS}:4:1 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T16:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ],
    ['a window that the rota does not cover', 'to: "20:00"', 'to: "21:00"'],
    [
      'a holiday that moves',
      '2026-12-28: Boxing',
      '2026-12-29: Boxing',
      `${HOLIDAYS}:4:1 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-29T09:00+00:00, endAt: 2026-12-29T17:00+00:00}`,
      `${HOLIDAYS}:4:1 {rota: paas/days, role: engineer, after: ben, startAt: 2026-12-28T09:00+00:00, endAt: 2026-12-28T17:00+00:00}`,
    ],
    ['a holiday on a Sunday', CHRISTMAS, `${CHRISTMAS}  2026-12-27: A Sunday\n`],
    [
      'working days',
      'windows:\n',
      'working_days: [tuesday, wednesday, thursday, friday]\nwindows:\n',
      `${HOURS}:4:15 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-21T17:00+00:00}`,
      `${HOURS}:4:15 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-07T17:00+00:00}`,
      `${HOURS}:4:15 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-14T17:00+00:00}`,
    ],
    [
      'working days, amended',
      '== policies/holidays',
      'amendments:\n  - {first_day: 2026-12-15, working_days: [tuesday, wednesday, thursday, friday]}\n== policies/holidays',
      `${HOURS}:8:5 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-21T17:00+00:00}`,
    ],
    [
      'the zone of the hours',
      'timezone: Europe/London\nholidays',
      'timezone: Europe/Paris\nholidays',
      `${HOURS}:2:11 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T16:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${HOURS}:2:11 {rota: paas/days, role: engineer, after: amara, startAt: 2026-12-21T08:00+00:00, endAt: 2026-12-24T09:00+00:00}`,
      `${HOURS}:2:11 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T16:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${HOURS}:2:11 {rota: paas/days, role: engineer, after: ben, startAt: 2026-12-07T08:00+00:00, endAt: 2027-01-01T09:00+00:00}`,
      `${HOURS}:2:11 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T16:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
      `${HOURS}:2:11 {rota: paas/days, role: engineer, after: chi, startAt: 2026-12-14T08:00+00:00, endAt: 2026-12-18T09:00+00:00}`,
    ],
    [
      'the zone of the rota, where only hand-overs at night move',
      'Europe/London\nhours',
      'Europe/Paris\nhours',
    ],
    [
      'a role renamed',
      '  engineer:\n',
      '  developer:\n',
      `${DAYS}:6:1 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:6:1 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:6:1 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: developer, after: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: developer, after: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:9:9 {rota: paas/days, role: developer, after: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ],
    [
      'a role added',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n  second:\n    rotation:\n      - {first_turn: 2026-12-04, people: [oz]}\n',
      `${DAYS}:12:9 {rota: paas/days, role: second, after: oz, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
    ],
    [
      'a follower added',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n  second:\n    follows: {role: engineer, by: 1}\n',
      `${DAYS}:10:3 {rota: paas/days, role: second, after: amara, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
      `${DAYS}:10:3 {rota: paas/days, role: second, after: ben, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:10:3 {rota: paas/days, role: second, after: chi, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
    ],
    ['a name', 'name: Days', 'name: In hours'],
    ['what a role needs', '  engineer:\n', '  engineer:\n    needs: {vetted: true}\n'],
    [
      'a person who is away',
      '{name: Ben,',
      '{name: Ben, away: [{first_day: 2026-12-07, last_day: 2026-12-07}],',
    ],
    [
      'a longer published span: what is beyond the horizon of the base is no change',
      'ahead: 1 week',
      'ahead: 50 weeks',
    ],
    [
      'a turn agreed beyond the horizon',
      '[amara, ben, chi]}\n',
      '[amara, ben, chi]}\n    turns: {2027-01-01: oz}\n',
      `${DAYS}:10:25 {rota: paas/days, role: engineer, before: chi, after: oz, startAt: 2027-01-04T09:00+00:00, endAt: 2027-01-08T17:00+00:00}`,
    ],
  ])('%s', (_, passage, other, ...lines) => {
    expect(found(but(base, passage, other))).toEqual(lines);
  });

  const rota = base.slice(base.indexOf(`== ${DAYS}`), base.indexOf('== policies/publishing'));

  describe('a rota', () => {
    const daily = but(base, '\nshort_cover: {longest: 30 minutes}', '');
    const gone = [
      `${DAYS}:1:1 {rota: paas/days, role: engineer, before: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `${DAYS}:1:1 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-11T17:00+00:00}`,
      `${DAYS}:1:1 {rota: paas/days, role: engineer, before: ben, startAt: 2026-12-29T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `${DAYS}:1:1 {rota: paas/days, role: engineer, before: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ];
    const come = (id: string) => [
      `rotas/${id}.yaml:6:1 {rota: ${id}, role: engineer, after: amara, startAt: 2026-12-21T09:00+00:00, endAt: 2026-12-24T17:00+00:00}`,
      `rotas/${id}.yaml:6:1 {rota: ${id}, role: engineer, after: ben, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}`,
      `rotas/${id}.yaml:6:1 {rota: ${id}, role: engineer, after: chi, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}`,
    ];

    test('removed is lost cover, reported at its former file', () => {
      expect(found(but(daily, rota, ''), daily)).toEqual(gone);
    });

    test('added is new time', () => {
      expect(found(daily, but(daily, rota, ''))).toEqual(come('paas/days'));
    });

    test('renamed is both', () => {
      const renamed = but(daily, `== ${DAYS}`, '== rotas/paas/in-hours.yaml');
      expect(found(renamed, daily)).toEqual([...gone, ...come('paas/in-hours')]);
    });
  });

  test('the zone of a rota, in its own new zone', () => {
    const round = but(base, 'hours: paas\ncovers: [in-hours]\n', '');
    expect(
      found(but(round, 'timezone: Europe/London\nhandover', 'timezone: Europe/Paris\nhandover'), round),
    ).toEqual([
      `${DAYS}:2:11 {rota: paas/days, role: engineer, before: amara, after: ben, startAt: 2026-12-25T18:00+01:00, endAt: 2026-12-25T19:00+01:00}`,
      `${DAYS}:2:11 {rota: paas/days, role: engineer, before: ben, after: chi, startAt: 2026-12-11T18:00+01:00, endAt: 2027-01-01T19:00+01:00}`,
      `${DAYS}:2:11 {rota: paas/days, role: engineer, before: chi, after: amara, startAt: 2026-12-18T18:00+01:00, endAt: 2026-12-18T19:00+01:00}`,
    ]);
  });

  test('comments, layout, quotes and order of keys are no change', () => {
    const other = but(
      base,
      rota,
      `== ${DAYS}
# Whoever answers in hours.
roles:
  engineer:
    rotation:
      - people:
          - amara
          - "ben"
          - 'chi'
        first_turn: 2026-09-04

handover:
  time: '18:00'
  day: friday   # late, so that a week stays whole
covers: ["in-hours"]
hours: paas
timezone: "Europe/London"
name: Days
`,
    );
    expect(compared(base, other, now).against?.changes).toEqual([]);
    const people = but(other, 'people:\n  amara: {name: Amara, github: amara-o}\n', 'people:\n');
    const moved = but(people, '  oz: {name: Oz', '  amara: {name: Amara, github: amara-o}\n  oz: {name: Oz');
    expect(compared(base, moved, now).against?.changes).toEqual([]);
    expect(
      compared(base, moved.replaceAll('\n', '\r\n').replaceAll('\r\n== ', '\n== '), now).against?.changes,
    ).toEqual([]);
  });

  test.each<[what: string, passage: string, broken: string]>([
    ['the rota', 'hours: paas\ncovers', 'hours: paas\n covers'],
    ['the rota, by its schema', 'covers: [in-hours]', 'covers: in-hours'],
    ['the rota, by a date', '2026-09-04', '2026-09-31'],
    ['the hours', 'windows:', 'windows: ['],
    ['the holidays', 'holidays:\n', 'holidays: {\n'],
    ['the people', 'people:\n  amara', 'people:\n amara'],
    ['the team', 'leads: [nia]', 'leads: [nia'],
    ['the policy of publishing', 'back: 1 week\n', 'back: 1 wek\n'],
  ])('%s that cannot be read is no loss of cover, in the head or in the base', (_, passage, broken) => {
    expect(found(but(base, passage, broken))).toEqual([]);
    expect(found(base, but(base, passage, broken))).toEqual([]);
  });

  test('a rota that cannot be read hides no other', () => {
    const other = rota.replace(DAYS, 'rotas/paas/comms.yaml');
    const head = but(
      base,
      rota,
      rota.replace('2026-09-04', 'today') + other.replace('[amara, ben, chi]', '[amara]'),
    );
    expect(found(head, base + other)).toEqual([
      'rotas/paas/comms.yaml:9:9 {rota: paas/comms, role: engineer, before: ben, after: amara, startAt: 2026-12-07T09:00+00:00, endAt: 2027-01-01T17:00+00:00}',
      'rotas/paas/comms.yaml:9:9 {rota: paas/comms, role: engineer, before: chi, after: amara, startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-18T17:00+00:00}',
    ]);
  });
});

const format = wordsOf(noticeRule);
test.each([
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-11-25T10:00:00.001Z'),
        given: { count: 6, unit: 'day' },
        minimum: { count: 7, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 6 days' notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-11-30T11:00Z'),
        given: { count: 47, unit: 'hour' },
        minimum: { count: 7, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 47 hours' notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-02T09:00Z'),
        given: { count: 1, unit: 'hour' },
        minimum: { count: 7, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 1 hour's notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-02T09:01Z'),
        given: { count: 59, unit: 'minute' },
        minimum: { count: 7, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 59 minutes' notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-02T10:00Z'),
        minimum: { count: 7, unit: 'day' },
        given: undefined,
      },
    }),
    'ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with no notice; the policy asks 7 days, so choose a later turn or have an emergency approved',
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'amara',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-10-28T10:00Z'),
        endAt: at('2026-11-11T10:00Z'),
        nowAt: at('2026-10-21T09:01Z'),
        given: { count: 6, unit: 'day' },
        minimum: { count: 1, unit: 'week' },
      },
    }),
    "amara gives up paas/nights/engineer Wed 28 Oct 10:00 – Wed 11 Nov 10:00 to chi with 6 days' notice; the policy asks 1 week, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/days',
        role: 'engineer',
        before: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-12-03T09:00Z'),
        endAt: at('2026-12-03T17:00Z'),
        nowAt: at('2026-12-02T09:00Z'),
        given: { count: 24, unit: 'hour' },
        minimum: { count: 7, unit: 'day' },
        after: undefined,
      },
    }),
    "amara is no longer paas/days/engineer Thu 3 Dec 09:00 – 17:00 (nobody is) with 24 hours' notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/days',
        role: 'engineer',
        after: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-12-03T09:00Z'),
        endAt: at('2026-12-03T17:00Z'),
        nowAt: at('2026-12-02T09:00Z'),
        given: { count: 24, unit: 'hour' },
        minimum: { count: 7, unit: 'day' },
        before: undefined,
      },
    }),
    "amara is paas/days/engineer Thu 3 Dec 09:00 – 17:00 (nobody was) with 24 hours' notice; the policy asks 7 days, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/days',
        role: 'engineer',
        before: 'ben',
        after: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-12-07T09:00Z'),
        endAt: at('2026-12-31T17:00Z'),
        spans: [
          { startAt: at('2026-12-07T09:00Z'), endAt: at('2026-12-11T17:00Z') },
          { startAt: at('2026-12-21T09:00Z'), endAt: at('2026-12-31T17:00Z') },
        ],
        nowAt: at('2026-12-05T12:00Z'),
        given: { count: 45, unit: 'hour' },
        minimum: { count: 60, unit: 'week' },
      },
    }),
    "ben gives up paas/days/engineer Mon 7 Dec 09:00 – Fri 11 Dec 17:00 and Mon 21 Dec 09:00 – Thu 31 Dec 17:00 to amara with 45 hours' notice; the policy asks 60 weeks, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'under-recommended',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-11-18T11:00Z'),
        given: { count: 13, unit: 'day' },
        recommended: { count: 14, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 13 days' notice; the policy recommends 14 days",
  ],
  [
    format({
      code: 'under-recommended',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        before: 'ben',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-02T10:00Z'),
        endAt: at('2026-12-09T10:00Z'),
        nowAt: at('2026-12-02T09:00Z'),
        given: { count: 1, unit: 'hour' },
        recommended: { count: 14, unit: 'day' },
      },
    }),
    "ben gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi with 1 hour's notice; the policy recommends 14 days",
  ],
  [
    format({
      code: 'too-short',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-11T11:00Z'),
        endAt: at('2026-12-11T17:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        given: { count: 23, unit: 'hour' },
        minimum: { count: 48, unit: 'hour' },
        clock: 'file',
        requestedAt: at('2026-12-10T12:00:01Z'),
        before: undefined,
      },
    }),
    "chi is paas/nights/engineer Fri 11 Dec 11:00 – 17:00 (nobody was) with 23 hours' notice (requested_at is in the future); the policy asks 48 hours, so choose a later turn or have an emergency approved",
  ],
  [
    format({
      code: 'enough-by-request',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2026-12-11T11:00Z'),
        endAt: at('2026-12-11T17:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        given: { count: 23, unit: 'hour' },
        requestedAt: at('2026-12-09T11:00Z'),
        clock: 'file',
        before: undefined,
      },
    }),
    "chi is paas/nights/engineer Fri 11 Dec 11:00 – 17:00 (nobody was) with 23 hours' notice, counted from now, and enough counted from requested_at (2026-12-09T11:00:00Z); compare requested_at with the request",
  ],
  [
    format({
      code: 'under-recommended',
      args: {
        rota: 'paas/nights',
        role: 'engineer',
        after: 'chi',
        zone: 'Europe/London',
        startAt: at('2027-12-10T11:00Z'),
        endAt: at('2027-12-10T17:00Z'),
        nowAt: at('2026-12-10T12:00Z'),
        given: { count: 365, unit: 'day' },
        recommended: { count: 60, unit: 'week' },
        before: undefined,
      },
    }),
    "chi is paas/nights/engineer Fri 10 Dec 2027 11:00 – 17:00 (nobody was) with 365 days' notice; the policy recommends 60 weeks",
  ],
  [
    format({
      code: 'called-too-soon',
      args: {
        ...{ subject: { kind: 'service', id: 'site' }, first: ['night'], later: ['day'], via: undefined },
        ...{ person: 'dee', startAt: at('2026-11-26T17:00Z'), zone: 'Europe/London', given: undefined },
        ...{ sinceAt: undefined, minimum: { count: 7, unit: 'day' }, emergencies: [] },
      },
    }),
    'dee is called first for site (night; after others day) from Thu 26 Nov 17:00 Europe/London on with no notice; the policy asks 7 days, so leave the pull request open for as long after its last push, or have an emergency approved',
  ],
  [
    format({
      code: 'called-under-recommended',
      args: {
        ...{ subject: { kind: 'role', id: 'paas/nights/engineer' }, first: [''], later: [] },
        ...{ via: { kind: 'account', of: 'chi' }, person: 'dee', startAt: at('2026-11-26T17:00Z') },
        ...{ zone: 'Europe/London', given: { count: 8, unit: 'day' }, sinceAt: at('2026-11-18T12:00Z') },
        recommended: { count: 14, unit: 'day' },
      },
    }),
    "dee is woken for paas/nights/engineer from Thu 26 Nov 17:00 Europe/London on with 8 days' notice since the last push, 2026-11-18T12:00:00Z, because chi has their account in PagerDuty; the policy recommends 14 days",
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
