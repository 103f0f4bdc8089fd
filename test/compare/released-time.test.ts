/** Time beyond the published span that is somebody's: they agree when the rotation alone decides about it. */
import { expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, compared, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';

/** Amara's week begins on 29 September 2027, Ben's a week later. */
const nights = (rotation: string, more = '') =>
  NIGHTS_ROTA.replace('      - {first_turn: 2026-09-02, people: [amara, ben, chi]}\n', rotation) + more;
const ORDER = '      - {first_turn: 2026-09-02, people: [amara, ben]}\n';
const EXCHANGED = `${ORDER}      - {first_turn: 2027-09-29, people: [ben, amara]}\n`;
const override = (person: string, turn = '2027-09-29') =>
  `overrides: [{role: engineer, turn: ${turn}, person: ${person}}]\n`;
const agreed = (person: string) => `    turns: {2027-09-29: ${person}}\n`;

const DAILY = (day: string) => `amendments: [{first_day: ${day}, handover: {every: day, time: "10:00"}}]\n`;
const FOLLOWER = '  second: {follows: {role: engineer, by: 1}}\n';
const OWN = `  second:
    rotation:
      - {first_turn: 2026-09-02, people: [ben, amara]}
      - {first_turn: 2027-09-22, people: [ben, ben, amara]}
`;

const handbook = (rota: string, consent = '[both-people]') =>
  aHandbook({
    people: {
      amara: 'name: Amara, github: amara-o, delivery_lead: nia',
      ben: 'name: Ben, github: ben-a, delivery_lead: oz',
      chi: 'name: Chi, github: chi-w',
      nia: 'name: Nia, github: nia-r',
      oz: 'name: Oz, github: oz-k',
    },
    policies: { notice: `consent: ${consent}`, publishing: 'ahead: 3 months' },
    rotas: { 'paas/team': 'name: PaaS\nleads: [nia]', 'paas/nights': rota },
  });

test.each<[what: string, base: string, head: string, asked: readonly string[], consent?: string]>([
  [
    'a rotation that comes to say the same',
    nights(ORDER, override('ben')),
    nights(EXCHANGED, override('ben')),
    [],
  ],
  ['and then the override that goes', nights(EXCHANGED, override('ben')), nights(EXCHANGED), ['ben']],
  ['and then the rotation as it was', nights(EXCHANGED), nights(ORDER), []],
  ['an agreed turn that goes', nights(EXCHANGED + agreed('ben')), nights(EXCHANGED), ['ben']],
  ['one that somebody else takes', nights(ORDER, override('ben')), nights(ORDER), ['amara', 'ben']],
  [
    'one that becomes an agreed turn',
    nights(EXCHANGED, override('ben')),
    nights(EXCHANGED + agreed('ben')),
    [],
  ],
  ['one within the published span', nights(ORDER, override('amara', '2026-12-09')), nights(ORDER), []],
  [
    'one below another',
    nights(
      EXCHANGED,
      override('amara').replace(']\n', `, {role: engineer, turn: 2027-09-29, person: ben}]\n`),
    ),
    nights(EXCHANGED, override('ben')),
    [],
  ],
  [
    'where the policy asks delivery leads alone',
    nights(EXCHANGED, override('ben')),
    nights(EXCHANGED),
    ['oz'],
    '[delivery-leads]',
  ],
  ['where the policy asks nobody', nights(EXCHANGED, override('ben')), nights(EXCHANGED), [], '[]'],
  [
    "a turn that goes on beyond the span, cut into days that are the same person's",
    nights(ORDER),
    nights(`${ORDER}      - {first_turn: 2027-03-02, people: [ben, amara]}\n`, DAILY('2027-03-02')),
    ['ben'],
  ],
  [
    'a later turn, cut into days',
    nights(ORDER),
    nights(`${ORDER}      - {first_turn: 2027-04-07, people: [amara]}\n`, DAILY('2027-04-07')),
    [],
  ],
  [
    'an override of a week that becomes one of a day',
    nights(ORDER, override('ben')),
    nights(
      `${ORDER}      - {first_turn: 2027-09-29, people: [ben]}\n`,
      `${override('ben')}${DAILY('2027-09-29')}`,
    ),
    ['ben'],
  ],
  [
    'an agreed turn of a week that becomes one of a day',
    nights(ORDER + agreed('ben')),
    nights(`${ORDER}      - {first_turn: 2027-09-29, people: [ben]}\n${agreed('ben')}`, DAILY('2027-09-29')),
    ['ben'],
  ],
  [
    'one who follows an agreed turn, and gets a rotation that says the same',
    nights(ORDER + agreed('ben') + FOLLOWER),
    nights(ORDER + agreed('ben') + OWN),
    ['ben'],
  ],
  [
    'one who follows, and still does',
    nights(ORDER + agreed('ben') + FOLLOWER),
    nights(ORDER + agreed('ben') + FOLLOWER, DAILY('2028-01-05')),
    [],
  ],
  [
    'one that is written twice, and once',
    nights(ORDER + agreed('ben'), override('ben')),
    nights(ORDER + agreed('ben')),
    [],
  ],
])('%s', (_, base, head, asked, consent) => {
  const found = foundInPull('consent', handbook(base, consent), handbook(head, consent), NOW, {
    author: 'chi-w',
  });
  const people = found
    .map((line) => /anyOf: \[(.*)\]|person: (\w+)/.exec(line))
    .map((it) => it?.[1] ?? it?.[2]);
  expect([...new Set(people)].toSorted()).toEqual(asked);
});

const SECOND = '  second: {rotation: [{first_turn: 2026-09-02, people: [chi]}]}\n';
const INSTEAD = `{role: second, turn: 2027-09-29, person: ben}`;

test('whoever loses time of another role as well is asked about both', () => {
  const base = nights(EXCHANGED + SECOND, override('ben').replace(']\n', `, ${INSTEAD}]\n`));
  const found = foundInPull('consent', handbook(base), handbook(nights(EXCHANGED + SECOND)), NOW, {
    author: 'chi-w',
  });
  expect(found.map((line) => line.replace(/^\S+ error /, ''))).toEqual([
    'identity-not-agreed {kind: named, id: paas/nights, keys: [ben], anyOf: [ben]}',
    'not-approved {person: ben}',
  ]);
});

test('turns that the published span reaches leave what was agreed to about the others as it was', () => {
  const written = ['2027-03-10', '2027-09-29', '2027-10-13'];
  const lines = written.map((turn) => `{role: engineer, turn: ${turn}, person: ben}`);
  const says = `${EXCHANGED.replace('people: [amara, ben]', 'people: [ben]')}`;
  const base = handbook(nights(says, `overrides: [${lines.join(', ')}]\n`));
  const askedAt = (now: string) =>
    compared(base, handbook(nights(says)), now).against?.identity.map(({ keys }) => keys[0]?.before);
  expect(askedAt(NOW)).toEqual(['up to 2027-03-17', 'up to 2027-10-06', 'up to 2027-10-20']);
  expect(askedAt('2027-02-01T12:00:00Z')).toEqual(['up to 2027-10-06', 'up to 2027-10-20']);
});

test('whoever loses the time is asked about that, and not about the rotation as well', () => {
  const [base, head] = [handbook(nights(ORDER, override('ben'))), handbook(nights(ORDER))];
  const found = foundInPull('consent', base, head, NOW, { author: 'chi-w' });
  expect(found.filter((line) => line.includes('identity-not-agreed'))).toEqual([]);
});

test('a turn that begins within the span is compared to its end, although the turn before began on another day', () => {
  const asked = (weeks: string) => {
    const rotation = `${ORDER}      - {first_turn: 2027-02-26, people: [ben, amara]}\n`;
    const amendment = `amendments: [{first_day: 2027-02-25, handover: {day: friday, time: "10:00"${weeks}}}]\n`;
    const { against } = compared(handbook(nights(ORDER)), handbook(nights(rotation, amendment)), NOW, {});
    return against?.ahead.map(({ before, after }) => [before, after]);
  };
  expect(asked(', weeks: 4')).toContainEqual(['amara', 'ben']);
  expect(asked(', weeks: 52')).toContainEqual(['amara', 'ben']);
});

test('a turn without an end is compared beyond the span, too: its holder is asked about other hours of it', () => {
  const rota = (more = '') =>
    aHandbook({
      policies: {
        notice: 'consent: [both-people]',
        publishing: 'ahead: 3 months',
        'support-hours/all':
          'name: All\ntimezone: Europe/London\nwindows: {day: [{days: working, from: "09:00", to: "17:00"}], night: {outside: [day]}}',
      },
      rotas: {
        'paas/team': 'name: PaaS',
        'paas/nights': `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
hours: all
covers: [day]
roles:
  engineer:
    turns: {2026-12-16: ben, 2026-12-23: amara}
amendments:
  - {first_day: 2026-12-25, handover: {day: wednesday, time: "10:00", weeks: 2}}
${more}`,
      },
    });
  const covers = (day: string) => rota(`  - {first_day: ${day}, covers: [day, night]}\n`);
  for (const [base, head, now] of [
    [rota(), covers('2028-03-01'), NOW],
    [rota(), covers('2028-06-15'), '2028-01-15T12:00:00Z'],
    [covers('2028-06-15'), rota(), '2028-01-15T12:00:00Z'],
  ] as const) {
    const { against } = compared(base, head, now, {});
    expect(against?.ahead.map(({ before, after }) => before ?? after)).toContain('amara');
  }
});
