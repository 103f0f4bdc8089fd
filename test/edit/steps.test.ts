// Edits of several steps: covers of covers, exchanges between roles and rotas, turns given away, and stand-ins.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describe as inWords } from '../../actions/lib/check/describe.ts';
import {
  coverHours,
  coverPerson,
  giveTurn,
  type RequestedSwap,
  swapTurns,
} from '../../actions/lib/edit/edit.ts';
import type { RequestedStandIn } from '../../actions/lib/edit/everything.ts';
import { type EditOutcome, withEdit } from '../../actions/lib/edit/outcome.ts';
import { load, type Texts } from '../../actions/lib/load/load.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { wallText } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import { spanAt } from '../../actions/lib/timeline.ts';
import { at, between, but, folk, local, texts } from '../handbook.ts';
import { runs } from '../sampled.ts';

const NOW = at('2026-11-21T12:00:00Z');
const NIGHTS = 'rotas/paas/nights.yaml';
const PEOPLE = folk('ada', 'ben', 'cy', 'dee', 'eve');

/** Round the clock; Wednesdays at 10:00: ada on 4 November, then ben, then cy. */
const HEAD = `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-04, people: [ada, ben, cy]}]
`;

const given = (rota: string, others = ''): Texts => ({
  texts: texts(PEOPLE + others).set(NIGHTS, rota),
  findings: [],
});

const refusal = (outcome: EditOutcome): string => {
  if (!('refusal' in outcome)) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  const why = outcome.refusal;
  return why.kind === 'errors'
    ? why.findings.map(inWords).join('\n')
    : `${why.message}${'way' in why ? `; ${why.way}` : ''}`;
};

/** The handbook after an edit. */
function edited(before: Texts, outcome: EditOutcome): Texts {
  if ('refusal' in outcome) throw new Error(refusal(outcome));
  return withEdit(before, outcome);
}

const cover = (before: Texts, from: string, to: string, person: string, role = 'engineer'): Texts =>
  edited(before, coverHours(before, NOW, { rota: 'paas/nights', role, from, to, person }));
const swap = (before: Texts, one: string, other: string, more: Partial<RequestedSwap> = {}): Texts =>
  edited(
    before,
    swapTurns(before, NOW, { rota: 'paas/nights', role: 'engineer', turns: [one, other], ...more }),
  );
const give = (before: Texts, turn: string, person: string, role = 'engineer'): Texts =>
  edited(before, giveTurn(before, NOW, { rota: 'paas/nights', role, turn, person }));

const fileOf = ({ texts: files }: Texts, file = NIGHTS): string => files.get(file) as string;
const overridesOf = (it: Texts, file = NIGHTS): string[] =>
  fileOf(it, file)
    .split('\n')
    .filter((line) => line.startsWith('  - {role'))
    .map((line) => line.slice(4));

function holderAt(handbook: Texts, wall: string, role = 'paas/nights/engineer'): string | undefined {
  const { roles } = resolve(load(handbook).handbook, between('2026-11-01T00:00Z', '2027-03-01T00:00Z'));
  const zone = roles.get(role)?.rota.zone ?? zoneOf('UTC');
  return spanAt(roles.get(role)?.cover() ?? [], zone.instantOf(Date.parse(`${wall}Z`)))?.value.person;
}

const DEE =
  '{role: engineer, person: dee, instead_of: ben, from: 2026-12-03T09:00, to: 2026-12-05T09:00, reason: wedding}';
const COVERED = given(`${HEAD}overrides:\n  - ${DEE} # agreed\n`);

describe('a cover of a cover', () => {
  test('cuts it in two, and is joined again when it is undone', () => {
    const cut = cover(COVERED, '2026-12-04T18:00', '2026-12-04T22:00', 'eve');
    expect(overridesOf(cut)).toEqual([
      `${but(DEE, 'to: 2026-12-05T09:00', 'to: 2026-12-04T18:00')} # agreed`,
      '{role: engineer, person: eve, instead_of: ben, from: 2026-12-04T18:00, to: 2026-12-04T22:00, reason: cover}',
      but(DEE, 'from: 2026-12-03T09:00', 'from: 2026-12-04T22:00'),
    ]);
    expect(
      ['2026-12-04T17:59', '2026-12-04T18:00', '2026-12-04T22:00', '2026-12-05T09:00'].map((it) =>
        holderAt(cut, it),
      ),
    ).toEqual(['dee', 'eve', 'dee', 'ben']);
    expect(cover(cut, '2026-12-04T18:00', '2026-12-04T22:00', 'dee')).toEqual(COVERED);
  });

  test.each([
    ['2026-12-03T09:00', '2026-12-03T12:00'],
    ['2026-12-05T06:00', '2026-12-05T09:00'],
  ])('shortens it at one end (%s), and is undone', (from, to) => {
    const cut = cover(COVERED, from, to, 'eve');
    expect(overridesOf(cut)).toHaveLength(2);
    expect(cover(cut, from, to, 'dee')).toEqual(COVERED);
  });

  test('that goes beyond it is undone piece by piece', () => {
    const cut = cover(COVERED, '2026-12-03T08:00', '2026-12-03T12:00', 'eve');
    const back = cover(cut, '2026-12-03T09:00', '2026-12-03T12:00', 'dee');
    expect(overridesOf(back)).toHaveLength(2);
    expect(cover(back, '2026-12-03T08:00', '2026-12-03T09:00', 'ben')).toEqual(COVERED);
  });

  test('reports whose time it is, not whose turn', () => {
    const asked = { rota: 'paas/nights', role: 'engineer', from: '2026-12-03T08:00', to: '2026-12-03T12:00' };
    expect(coverHours(COVERED, NOW, { ...asked, person: 'eve' })).toMatchObject({
      transfers: [
        { from: '2026-12-03T08:00', to: '2026-12-03T09:00', person: 'eve', insteadOf: 'ben' },
        { from: '2026-12-03T09:00', to: '2026-12-03T12:00', person: 'eve', insteadOf: 'dee' },
      ],
    });
  });

  test('gives part of it back', () => {
    const back = cover(COVERED, '2026-12-04T18:00', '2026-12-04T22:00', 'ben');
    expect(overridesOf(back).map((it) => /from.*(?=, reason)/.exec(it)?.[0])).toEqual([
      'from: 2026-12-03T09:00, to: 2026-12-04T18:00',
      'from: 2026-12-04T22:00, to: 2026-12-05T09:00',
    ]);
    expect(cover(back, '2026-12-03T09:00', '2026-12-05T09:00', 'ben')).toEqual(given(HEAD));
  });

  test('by the same person makes it longer', () => {
    expect(overridesOf(cover(COVERED, '2026-12-04T18:00', '2026-12-06T22:00', 'dee'))).toEqual([
      `${but(DEE, 'to: 2026-12-05T09:00', 'to: 2026-12-06T22:00')} # agreed`,
    ]);
  });

  test('drops a rest without duty', () => {
    const days = `== policies/support-hours/days.yaml
name: Days
timezone: Europe/London
windows: {day: [{days: every, from: "09:00", to: "17:00"}]}
`;
    const rota = but(HEAD, 'handover:', 'hours: days\nhandover:');
    const before = given(
      `${rota}overrides:\n  - ${but(DEE, 'to: 2026-12-05T09:00', 'to: 2026-12-04T18:00')}\n`,
      days,
    );
    const cut = cover(before, '2026-12-04T12:00', '2026-12-04T17:00', 'eve');
    expect(overridesOf(cut)).toHaveLength(2);
    expect(overridesOf(cut)[0]).toContain('to: 2026-12-04T12:00');
  });
});

describe('a cover of what overrides alone fill', () => {
  test('a role without rotation', () => {
    const filled = '{role: desk, person: dee, from: 2026-12-03T09:00, to: 2026-12-05T09:00}';
    const before = given(`${HEAD}  desk: {needs: {}}\noverrides:\n  - ${filled}\n`);
    const cut = cover(before, '2026-12-04T18:00', '2026-12-04T22:00', 'eve', 'desk');
    expect(overridesOf(cut)[1]).toBe(
      '{role: desk, person: eve, from: 2026-12-04T18:00, to: 2026-12-04T22:00, reason: cover}',
    );
    expect(holderAt(cut, '2026-12-04T22:00', 'paas/nights/desk')).toBe('dee');
    expect(cover(cut, '2026-12-04T18:00', '2026-12-04T22:00', 'dee', 'desk')).toEqual(before);
  });

  test('time that nobody has', () => {
    const before = given(`${HEAD}  desk: {needs: {}}\n`);
    const filled = cover(before, '2026-12-04T18:00', '2026-12-04T22:00', 'eve', 'desk');
    expect(overridesOf(filled)).toEqual([
      '{role: desk, person: eve, from: 2026-12-04T18:00, to: 2026-12-04T22:00, reason: cover}',
    ]);
  });

  test('extra time, which stays extra', () => {
    const days = `== policies/support-hours/days.yaml
name: Days
timezone: Europe/London
windows: {day: [{days: every, from: "09:00", to: "17:00"}]}
`;
    const extra = '{role: engineer, person: ben, from: 2026-12-03T20:00, to: 2026-12-03T23:00, extra: true}';
    const before = given(
      `${but(HEAD, 'handover:', 'hours: days\nhandover:')}overrides:\n  - ${extra}\n`,
      days,
    );
    const cut = cover(before, '2026-12-03T21:00', '2026-12-03T22:00', 'eve');
    expect(overridesOf(cut)).toEqual([
      but(extra, 'to: 2026-12-03T23:00', 'to: 2026-12-03T21:00'),
      but(extra, 'from: 2026-12-03T20:00', 'from: 2026-12-03T22:00'),
      '{role: engineer, person: eve, from: 2026-12-03T21:00, to: 2026-12-03T22:00, extra: true}',
    ]);
    expect(cover(cut, '2026-12-03T21:00', '2026-12-03T22:00', 'ben')).toEqual(before);
  });
});

test('a cover over a hand-over takes from both, in one edit', () => {
  const cut = cover(given(HEAD), '2026-12-08T10:00', '2026-12-10T10:00', 'dee');
  expect(overridesOf(cut)).toEqual([
    '{role: engineer, person: dee, instead_of: ben, from: 2026-12-08T10:00, to: 2026-12-09T10:00, reason: cover}',
    '{role: engineer, person: dee, instead_of: cy, from: 2026-12-09T10:00, to: 2026-12-10T10:00, reason: cover}',
  ]);
  // Part of it is cy's own.
  expect(overridesOf(cover(given(HEAD), '2026-12-08T10:00', '2026-12-10T10:00', 'cy'))).toEqual([
    '{role: engineer, person: cy, instead_of: ben, from: 2026-12-08T10:00, to: 2026-12-09T10:00, reason: cover}',
  ]);
});

test('a cover that begins in the minute that has begun is not in the past', () => {
  const seconds = at('2026-11-21T12:00:40Z');
  const asked = { rota: 'paas/nights', role: 'engineer', to: '2026-11-21T18:00', person: 'dee' };
  expect(coverHours(given(HEAD), seconds, { ...asked, from: '2026-11-21T12:00' })).toHaveProperty('files');
  expect(refusal(coverHours(given(HEAD), seconds, { ...asked, from: '2026-11-21T11:59' }))).toContain('past');
});

test('the times of a cover may be those of another zone, or instants', () => {
  const asked = { rota: 'paas/nights', role: 'engineer', person: 'dee' };
  const paris = { from: '2026-12-03T10:00', to: '2026-12-03T12:00', zone: 'Europe/Paris' };
  const utc = { from: '2026-12-03T09:00:00Z', to: '2026-12-03T11:00:00Z' };
  const expected = cover(given(HEAD), '2026-12-03T09:00', '2026-12-03T11:00', 'dee');
  for (const times of [paris, utc])
    expect(edited(given(HEAD), coverHours(given(HEAD), NOW, { ...asked, ...times }))).toEqual(expected);
  expect(refusal(coverHours(given(HEAD), NOW, { ...asked, ...paris, zone: 'Europe/Pariss' }))).toBe(
    'there is no time zone "Europe/Pariss"; did you mean "Europe/Paris"?',
  );
});

test('an hour that the clocks repeat is refused where only its second half is meant', () => {
  const asked = { rota: 'paas/nights', role: 'engineer', person: 'dee', to: '2027-10-31T09:00:00Z' };
  expect(refusal(coverHours(given(HEAD), NOW, { ...asked, from: '2027-10-31T01:30:00Z' }))).toContain(
    '2027-10-31T01:30 in Europe/London is the second of two such times',
  );
});

describe('a whole turn is given away', () => {
  test('and given back', () => {
    const gone = give(given(HEAD), '2026-12-02', 'dee');
    expect(overridesOf(gone)).toEqual([
      '{role: engineer, turn: 2026-12-02, person: dee, instead_of: ben, reason: given away}',
    ]);
    expect(give(gone, '2026-12-02', 'ben')).toEqual(given(HEAD));
  });

  test('with the covers of hours in it', () => {
    const gone = give(COVERED, '2026-12-02', 'eve');
    expect(overridesOf(gone)[0]).toBe(`${but(DEE, 'instead_of: ben', 'instead_of: eve')} # agreed`);
    expect(give(gone, '2026-12-02', 'ben')).toEqual(COVERED);
  });

  test('to whoever covers hours of it: their cover is part of the turn then', () => {
    const outcome = giveTurn(COVERED, NOW, {
      rota: 'paas/nights',
      role: 'engineer',
      turn: '2026-12-02',
      person: 'dee',
    });
    expect(overridesOf(edited(COVERED, outcome))).toEqual([
      '{role: engineer, turn: 2026-12-02, person: dee, instead_of: ben, reason: given away}',
    ]);
    expect(outcome).toMatchObject({
      notes: [
        'the hours that dee covers in the turn of 2026-12-02 are part of it now; that cover is removed',
      ],
    });
  });

  test('that nobody has', () => {
    const empty = given(`${but(HEAD, 'cy]}]', 'cy]}, {first_turn: 2026-12-16, people: []}]')}`);
    expect(overridesOf(give(empty, '2026-12-16', 'dee'))).toEqual([
      '{role: engineer, turn: 2026-12-16, person: dee, reason: given away}',
    ]);
  });

  test.each([
    [
      '2026-11-18',
      'dee',
      'for the rest of it: rota cover paas/nights engineer 2026-11-21T12:00 2026-11-25T10:00 dee',
    ],
    ['2026-11-11', 'dee', 'the turn of 2026-11-11 began Wed 11 Nov 10:00 and is over'],
    ['2026-12-02', 'ben', 'ben holds the turn of 2026-12-02 as engineer already'],
    ['2026-12-03', 'dee', 'the nearest hand-over is 2026-12-02'],
  ])('but not that of %s to %s', (turn, person, message) => {
    expect(
      refusal(giveTurn(given(HEAD), NOW, { rota: 'paas/nights', role: 'engineer', turn, person })),
    ).toContain(message);
  });
});

describe('hours over the hand-over between two turns of one person', () => {
  const twice = given(but(HEAD, '[ada, ben, cy]', '[ben, ben, cy]'));
  // ben has the turns of 25 November and 2 December.
  const covered = cover(twice, '2026-12-02T08:00', '2026-12-02T12:00', 'dee');

  test.each(['2026-11-25', '2026-12-02'])(
    'are divided when that of %s is swapped, and joined again',
    (own) => {
      const swapped = swap(covered, own, '2026-12-09');
      const [before, since] = own === '2026-11-25' ? ['cy', 'ben'] : ['ben', 'cy'];
      expect(overridesOf(swapped).filter((it) => it.includes('from'))).toEqual([
        `{role: engineer, person: dee, instead_of: ${before}, from: 2026-12-02T08:00, to: 2026-12-02T10:00, reason: cover}`,
        `{role: engineer, person: dee, instead_of: ${since}, from: 2026-12-02T10:00, to: 2026-12-02T12:00, reason: cover}`,
      ]);
      expect(swap(swapped, own, '2026-12-09')).toEqual(covered);
    },
  );
});

describe('with a role that follows', () => {
  const followed = (by: number) => given(`${HEAD}  second: {follows: {role: engineer, by: ${by}}}\n`);

  test('neighbouring turns are swapped, with what the follower needs', () => {
    const swapped = swap(followed(1), '2026-12-02', '2026-12-09');
    expect(overridesOf(swapped)).toEqual([
      '{role: engineer, turn: 2026-12-02, person: cy, instead_of: ben, reason: swap}',
      '{role: engineer, turn: 2026-12-09, person: ben, instead_of: cy, reason: swap}',
      '{role: second, turn: 2026-12-02, person: ben, instead_of: cy, reason: swap}',
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-09')).toEqual(followed(1));
    expect(swap(swapped, '2026-12-09', '2026-12-02')).toEqual(followed(1));
  });

  test('neighbouring turns are swapped where the follower has last week, too', () => {
    const swapped = swap(followed(-1), '2026-12-02', '2026-12-09');
    expect(overridesOf(swapped)).toEqual([
      '{role: engineer, turn: 2026-12-02, person: cy, instead_of: ben, reason: swap}',
      '{role: engineer, turn: 2026-12-09, person: ben, instead_of: cy, reason: swap}',
      '{role: second, turn: 2026-12-09, person: cy, instead_of: ben, reason: swap}',
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-09')).toEqual(followed(-1));
  });

  test('and so are those of the follower', () => {
    const swapped = swap(followed(1), '2026-12-02', '2026-12-09', { role: 'second' });
    expect(overridesOf(swapped)).toEqual([
      '{role: second, turn: 2026-12-02, person: ada, instead_of: cy, reason: swap}',
      '{role: second, turn: 2026-12-09, person: cy, instead_of: ada, reason: swap}',
      '{role: engineer, turn: 2026-12-09, person: ada, instead_of: cy, reason: swap}',
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-09', { role: 'second' })).toEqual(followed(1));
  });

  test('the two roles of one turn are exchanged', () => {
    const roles = { other: { rota: 'paas/nights', role: 'second' } };
    const swapped = swap(followed(1), '2026-12-02', '2026-12-02', roles);
    expect(overridesOf(swapped)).toEqual([
      '{role: engineer, turn: 2026-12-02, person: cy, instead_of: ben, reason: swap}',
      '{role: second, turn: 2026-12-02, person: ben, instead_of: cy, reason: swap}',
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-02', roles)).toEqual(followed(1));
  });

  test('a turn is not given to who has the other role then, and the refusal names the command', () => {
    const asked = { rota: 'paas/nights', role: 'engineer', turn: '2026-12-02', person: 'cy' };
    expect(refusal(giveTurn(followed(1), NOW, asked))).toBe(
      'cy is second in the turn of 2026-12-02; to exchange the two: ' +
        'rota swap paas/nights/engineer 2026-12-02 paas/nights/second 2026-12-02',
    );
  });
});

describe('turns of other kinds', () => {
  const by = (handover: string) => given(but(HEAD, '{day: wednesday, time: "10:00"}', handover));

  test('of a fortnight', () => {
    const two = by('{day: wednesday, time: "10:00", weeks: 2}');
    const swapped = swap(two, '2026-12-02', '2026-12-16');
    expect(overridesOf(swapped)).toEqual([
      '{role: engineer, turn: 2026-12-02, person: ada, instead_of: cy, reason: swap}',
      '{role: engineer, turn: 2026-12-16, person: cy, instead_of: ada, reason: swap}',
    ]);
    expect([holderAt(swapped, '2026-12-16T09:59'), holderAt(swapped, '2026-12-16T10:00')]).toEqual([
      'ada',
      'cy',
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-16')).toEqual(two);
  });

  test('that are named by date and time', () => {
    const day = given(
      but(
        but(HEAD, '{day: wednesday, time: "10:00"}', '{every: day, times: ["06:00", "18:00"]}'),
        '2026-11-04',
        '2026-11-04T06:00',
      ),
    );
    const gone = give(day, '2026-12-02T18:00', 'dee');
    expect(overridesOf(gone)[0]).toMatch(
      /^{role: engineer, turn: 2026-12-02T18:00, person: dee, instead_of: \w+, reason: given away}$/,
    );
    expect([holderAt(gone, '2026-12-02T18:00'), holderAt(gone, '2026-12-03T05:59')]).toEqual(['dee', 'dee']);
    expect(
      refusal(
        giveTurn(day, NOW, { rota: 'paas/nights', role: 'engineer', turn: '2026-12-02', person: 'dee' }),
      ),
    ).toContain('the nearest hand-over is 2026-12-02T');
  });

  test('of a month, given away whole by a stand-in', () => {
    const month = by('{date: 1, time: "10:00"}').texts.get(NIGHTS) as string;
    const monthly = given(but(month, '2026-11-04', '2026-11-01'));
    const done = edited(
      monthly,
      coverPerson(monthly, NOW, { person: 'ben', by: 'dee', from: '2026-12-01', to: '2027-01-03' }),
    );
    expect(overridesOf(done)).toEqual([
      '{role: engineer, turn: 2026-12-01, person: dee, instead_of: ben, reason: cover}',
    ]);
  });
});

const DAYS = 'rotas/paas/days.yaml';
const TWO = given(
  HEAD,
  `== ${DAYS}
name: Days
timezone: Europe/Paris
handover: {day: monday, time: "09:00"}
roles:
  lead:
    counts: false
    rotation: [{first_turn: 2026-11-02, people: [dee, eve, ada]}]
`,
);

describe('a swap across rotas', () => {
  const other = { other: { rota: 'paas/days', role: 'lead' } };

  test('edits both files, and is undone', () => {
    const swapped = swap(TWO, '2026-12-02', '2026-12-14', other);
    expect([overridesOf(swapped), overridesOf(swapped, DAYS)]).toEqual([
      ['{role: engineer, turn: 2026-12-02, person: dee, instead_of: ben, reason: swap}'],
      ['{role: lead, turn: 2026-12-14, person: ben, instead_of: dee, reason: swap}'],
    ]);
    expect(swap(swapped, '2026-12-02', '2026-12-14', other)).toEqual(TWO);
  });

  test('is of two people', () => {
    const asked = { rota: 'paas/nights', role: 'engineer', turns: ['2026-12-16', '2026-12-28'] as const };
    expect(refusal(swapTurns(TWO, NOW, { ...asked, ...other }))).toBe(
      'ada holds both turns; there is nothing to swap',
    );
    expect(refusal(swapTurns(TWO, NOW, { ...asked, other: { rota: 'paas/days', role: 'leed' } }))).toBe(
      'paas/days has no role "leed"; did you mean "lead"?',
    );
  });
});

describe('everything that one person has', () => {
  const standIn = (before: Texts, more: Partial<RequestedStandIn> = {}): EditOutcome =>
    coverPerson(before, NOW, { person: 'ada', by: 'cy', from: '2026-12-16', to: '2026-12-31', ...more });

  test('in all rotas: whole turns as turns, the rest as hours, what others cover is theirs', () => {
    const before = cover(TWO, '2026-12-17T18:00', '2026-12-17T20:00', 'ben');
    const done = edited(before, standIn(before, { zone: 'Europe/London', from: '2026-12-16T09:00' }));
    expect([overridesOf(done), overridesOf(done, DAYS)]).toEqual([
      [
        '{role: engineer, person: ben, instead_of: cy, from: 2026-12-17T18:00, to: 2026-12-17T20:00, reason: cover}',
        '{role: engineer, turn: 2026-12-16, person: cy, instead_of: ada, reason: cover}',
      ],
      [
        // The turn of Mon 28 December reaches beyond the time.
        '{role: lead, person: cy, instead_of: ada, from: 2026-12-28T09:00, to: 2026-12-31T01:00, reason: cover}',
      ],
    ]);
  });

  test('covers of theirs, and extra time', () => {
    const before = cover(given(HEAD), '2026-12-03T18:00', '2026-12-03T20:00', 'ada');
    const done = edited(before, standIn(before, { from: '2026-12-02T10:00', to: '2026-12-09', by: 'eve' }));
    expect(overridesOf(done)).toEqual([
      '{role: engineer, person: eve, instead_of: ben, from: 2026-12-03T18:00, to: 2026-12-03T20:00, reason: cover}',
    ]);
  });

  test('is refused where a local time would mean several instants', () => {
    expect(refusal(standIn(TWO))).toBe(
      'the rotas of ada are in Europe/London and Europe/Paris, so a local time can mean several instants; ' +
        'add --zone Europe/London, or write instants such as 2026-12-21T09:00:00Z',
    );
    const instants = { from: '2026-12-16T00:00:00Z', to: '2026-12-31T00:00:00Z' };
    expect(edited(TWO, standIn(TWO, instants))).toEqual(edited(TWO, standIn(TWO, { zone: 'Europe/London' })));
  });

  test.each<[Partial<RequestedStandIn>, string]>([
    [{ by: 'ada' }, 'ada cannot stand in for themselves; name somebody else with --by'],
    [{ by: 'cyy' }, 'there is no person "cyy"; did you mean "cy"?'],
    [
      { from: '2026-12-16T10:00', to: '2026-12-21', zone: 'Europe/London', person: 'cy', by: 'ada' },
      'cy is on no rota from 2026-12-16T10:00',
    ],
    [{ from: '2026-12-31', to: '2026-12-16', zone: 'Europe/London' }, 'this ends at 2026-12-16, not after'],
  ])('is refused for %o', (more, message) => {
    expect(refusal(standIn(TWO, more))).toContain(message);
  });
});

describe('properties', () => {
  const people = ['ada', 'ben', 'cy', 'dee', 'eve'];
  const START = Date.parse('2026-12-01T00:00Z');
  const STEP = 3 * 3_600_000;
  const slots = Array.from({ length: 120 }, (_, i) => wallText(START + i * STEP));
  const holders = (handbook: Texts): (string | undefined)[] => {
    const { roles } = resolve(load(handbook).handbook, between('2026-11-20T00:00Z', '2027-01-01T00:00Z'));
    const line = roles.get('paas/nights/engineer')?.cover() ?? [];
    return slots.map((wall) => spanAt(line, Date.parse(`${wall}Z`))?.value.person);
  };
  const turns = ['2026-12-02', '2026-12-09'];
  const asked = fc.oneof(
    fc.record({
      from: fc.nat(slots.length - 2),
      length: fc.integer({ min: 1, max: 40 }),
      person: fc.constantFrom(...people),
    }),
    fc.record({ turn: fc.constantFrom(...turns), person: fc.constantFrom(...people) }),
  );

  test('any covers and turns given away: everybody has what was asked for last, and no time else changes', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 8 }), (all) => {
        let handbook = given(HEAD);
        const expected = holders(handbook);
        // By turn: who is to hold it, wherever no cover was asked for.
        const covered = new Set<number>();
        for (const one of all) {
          if ('turn' in one) {
            const outcome = giveTurn(handbook, NOW, { rota: 'paas/nights', role: 'engineer', ...one });
            if ('refusal' in outcome) continue;
            handbook = withEdit(handbook, outcome);
            const first = slots.indexOf(`${one.turn}T09:00`) + 1;
            const last = Math.min(first + 56, slots.length);
            // Whoever has the turn has all of it that nobody else covers.
            for (let i = first; i < last; i++) if (!covered.has(i)) expected[i] = one.person;
            for (let i = first; i < last; i++) if (expected[i] === one.person) covered.delete(i);
          } else {
            const to = Math.min(one.from + one.length, slots.length - 1);
            const times = { from: slots[one.from] as string, to: slots[to] as string };
            const outcome = coverHours(handbook, NOW, {
              rota: 'paas/nights',
              role: 'engineer',
              ...times,
              person: one.person,
            });
            const beneath = holders({
              ...handbook,
              texts: new Map(handbook.texts).set(NIGHTS, uncovered(fileOf(handbook))),
            });
            if ('refusal' in outcome) continue;
            handbook = withEdit(handbook, outcome);
            for (let i = one.from; i < to; i++) {
              expected[i] = one.person;
              if (beneath[i] === one.person) covered.delete(i);
              else covered.add(i);
            }
          }
          expect(holders(handbook)).toEqual(expected);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  /** A file without its overrides of hours. */
  const uncovered = (text: string): string => {
    const rest = text.replaceAll(/^ {2}- .*from: .*\n/gm, '');
    return rest.endsWith('overrides:\n') ? rest.replace('overrides:\n', '') : rest;
  };

  test.each(['2027-03-14', '2026-12-05', '2027-11-07'])(
    'covers around %s in New York are of the local times that are named',
    (sunday) => {
      const rota = but(HEAD, 'Europe/London', 'America/New_York');
      const day = Date.parse(`${sunday}T00:00Z`);
      const walls = Array.from({ length: 96 }, (_, i) => wallText(day - 12 * 3_600_000 + i * 1_800_000));
      /** The quarters of an hour around that day, as luxon sees them; a local time is the first that shows it. */
      const instants = Array.from({ length: 400 }, (_, i) => day - 24 * 3_600_000 + i * 900_000);
      const shown = instants.map((instant) => local(instant, 'America/New_York').slice(0, 16));
      const indexOf = (wall: string): number => shown.findIndex((it) => it >= wall);
      const holdersOf = (handbook: Texts): (string | undefined)[] => {
        const span = { startAt: instants[0] as number, endAt: (instants.at(-1) as number) + 900_000 };
        const line = resolve(load(handbook).handbook, span).roles.get('paas/nights/engineer')?.cover() ?? [];
        return instants.map((instant) => spanAt(line, instant)?.value.person);
      };
      const span = fc.tuple(fc.nat(90), fc.integer({ min: 1, max: 12 }), fc.constantFrom('dee', 'eve'));
      fc.assert(
        fc.property(fc.array(span, { maxLength: 3 }), (all) => {
          let handbook = given(rota);
          const expected = holdersOf(handbook);
          for (const [first, length, person] of all) {
            const from = walls[first] as string;
            const to = walls[Math.min(first + length, 95)] as string;
            const outcome = coverHours(handbook, NOW, {
              rota: 'paas/nights',
              role: 'engineer',
              from,
              to,
              person,
            });
            // Times that the clocks skip, and hours that the person has, are refused.
            if ('refusal' in outcome) continue;
            handbook = withEdit(handbook, outcome);
            for (let i = indexOf(from); i < indexOf(to); i++) expected[i] = person;
            expect(holdersOf(handbook)).toEqual(expected);
          }
        }),
        { numRuns: runs(20) },
      );
    },
  );

  test('a cover of a cover, undone, restores the original bytes', () => {
    const span = fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 59 }));
    fc.assert(
      fc.property(span, fc.tuple(fc.nat(100), fc.nat(100)), ([from, length], [left, right]) => {
        // Within the turn of 2 December, which is ben's.
        const first = 11 + (from % 40);
        const last = Math.min(first + length, 66);
        fc.pre(first < last);
        const before = cover(given(HEAD), slots[first] as string, slots[last] as string, 'dee');
        const inner = first + (left % (last - first));
        const outer = inner + 1 + (right % (last - inner));
        const [a, b] = [slots[inner] as string, slots[Math.min(outer, last)] as string];
        expect(cover(cover(before, a, b, 'eve'), a, b, 'dee')).toEqual(before);
      }),
      { numRuns: runs(40) },
    );
  });
});

test('the turn of a holiday has no duty, so nobody is given it and nobody swaps it', () => {
  const before = given(
    HEAD.replace('timezone', 'hours: h\ntimezone').replace(
      'day: wednesday, time: "10:00"',
      'every: weekday, time: "09:00"',
    ),
    `== policies/support-hours/h.yaml
name: H
timezone: Europe/London
holidays: e
windows: {office: [{days: working, from: "09:00", to: "17:00"}]}
== policies/holidays/e.yaml
name: E
complete_from: 2026-01-01
complete_until: 2029-12-31
holidays: {2026-12-25: Christmas Day}
`,
  );
  const none = 'paas/nights has no duty in the turn of 2026-12-25; nobody needs to hold it';
  const gift = { rota: 'paas/nights', role: 'engineer', turn: '2026-12-25', person: 'dee' };
  expect(refusal(giveTurn(before, NOW, gift))).toBe(none);
  const turns = { rota: 'paas/nights', role: 'engineer', turns: ['2026-12-24', '2026-12-25'] } as const;
  expect(refusal(swapTurns(before, NOW, turns))).toBe(none);
  expect(giveTurn(before, NOW, { ...gift, turn: '2026-12-24' })).not.toHaveProperty('refusal');
});
