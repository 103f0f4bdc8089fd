/** Time that people keep, but that counts as in hours, or out of hours, from then on: a lead of its team agrees. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Against } from '../../actions/lib/compare/against.ts';
import { consentText } from '../../actions/lib/compare/consent-words.ts';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import { type Handbook, type Rota, termsOn } from '../../actions/lib/model.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { HOUR } from '../../actions/lib/time/date.ts';
import { DutyHours } from '../../actions/lib/time-off/held.ts';
import { type Interval, spanAt } from '../../actions/lib/timeline.ts';
import { aHandbook, at, compared } from '../handbook.ts';
import { runs } from '../sampled.ts';

const NOW = '2026-11-21T12:00:00Z';

interface Given {
  readonly windows?: string;
  readonly holidays?: string;
  readonly until?: string;
  readonly policy?: string;
  /** The terms of three rotas. */
  readonly clock?: string;
  readonly nights?: string;
  readonly always?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly people?: string;
}

const rota = (terms: string, people: string) => `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
${terms}roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [${people}]}]
  learner:
    counts: false
    rotation: [{first_turn: 2026-09-02, people: [chi]}]
`;

const DAY = 'day: [{days: working, from: "09:00", to: "17:00"}]';
const WINDOWS = `{${DAY}, night: {outside: [day]}}`;

const hours = (name: string, windows: string) =>
  `name: ${name}\ntimezone: Europe/London\nwindows: ${windows}\nholidays: [england]`;

/** Round the clock, nights alone, and a rota without support hours; `day` is in hours. */
const handbook = ({
  windows = WINDOWS,
  holidays = '2026-10-14: Rest',
  until = '2027-12-31',
  policy = 'in_hours: [day]',
  clock = 'hours: all\n',
  nights = 'hours: all\ncovers: [night]\n',
  always = '',
  more = {},
  people = 'amara, ben',
}: Given = {}) =>
  aHandbook({
    people: Object.fromEntries(
      ['amara', 'ben', 'chi', 'nia', 'oz'].map((id) => [id, `name: ${id}, github: ${id}`]),
    ),
    policies: {
      notice: 'consent: [both-people]',
      ...(policy === '' ? {} : { 'time-off': policy }),
      'holidays/england': `name: England\ncomplete_from: 2026-01-01\ncomplete_until: ${until}\nholidays: {${holidays}}`,
      'support-hours/all': hours('All', windows),
      ...more,
    },
    rotas: {
      'dxw/team': 'name: dxw\nleads: [oz]',
      'paas/team': 'name: PaaS\nleads: [nia]',
      'paas/clock': rota(clock, people),
      'paas/nights': rota(nights, people),
      'paas/always': rota(always, people),
    },
  });

/** Who may agree to what changes. */
function asked(head: string, base: string): readonly string[] {
  const { against } = compared(base, head, NOW);
  if (against === undefined) throw new Error('there is no comparison');
  return requiredConsents(against).map(({ anyOf, reason }) => {
    const text = consentText(reason, (it) => it, { now: at(NOW), zone: () => undefined, most: 1 });
    return `${anyOf.join(' or ')}: ${text}`;
  });
}

const said = (rota: string, from: string, becomes: 'in hours' | 'out of hours') =>
  `from ${from} on, time that people of ${rota} hold counts as ${becomes}, ` +
  `so that alerts in it earn ${becomes === 'in hours' ? 'no ' : ''}time off`;

const OTHER = hours('Other', '{other: [{days: every, from: "00:00", to: "00:00"}]}');
const OFFICE = hours('Office', '{day: [{days: every, from: "00:00", to: "00:00"}]}');

test.each<[what: string, head: Given, asks: readonly string[], base?: Given]>([
  [
    'a window that gets the name of one in hours, and the other way round',
    {
      windows: `{${DAY.replace('day', 'night')}, day: {outside: [night]}}`,
      nights: 'hours: all\ncovers: [day]\n',
    },
    [
      `nia: ${said('paas/clock', '2026-09-02', 'in hours')}; ${said('paas/clock', '2026-09-02', 'out of hours')}`,
      `nia: ${said('paas/nights', '2026-09-02', 'in hours')}`,
    ],
  ],
  [
    'other hours for the past alone',
    {
      more: { 'support-hours/office': OFFICE },
      clock: 'hours: office\namendments: [{first_day: 2026-11-01, hours: all}]\n',
    },
    [`nia: ${said('paas/clock', '2026-09-02', 'in hours')}`],
  ],
  [
    'other hours from a day on',
    {
      more: { 'support-hours/office': OFFICE },
      clock: 'hours: all\namendments: [{first_day: 2027-01-01, hours: office}]\n',
    },
    [`nia: ${said('paas/clock', '2027-01-01', 'in hours')}`],
  ],
  [
    'hours of a rota that had none',
    { more: { 'support-hours/office': OFFICE }, always: 'hours: office\n' },
    [`nia: ${said('paas/always', '2026-09-02', 'in hours')}`],
  ],
  [
    'a holiday of the past that is none any more',
    { holidays: '', nights: '' },
    [`nia: ${said('paas/clock', '2026-10-14', 'in hours')}`],
    { nights: '' },
  ],
  [
    'a holiday of the past that was none',
    { holidays: '2026-10-14: Rest, 2026-10-15: Rest', nights: '' },
    [`nia: ${said('paas/clock', '2026-10-15', 'out of hours')}`],
    { nights: '' },
  ],
  [
    'a day that becomes longer, apart from nights',
    { windows: WINDOWS.replace('17:00', '18:00'), nights: '' },
    [`nia: ${said('paas/clock', '2026-09-02', 'in hours')}`],
    { nights: '' },
  ],
  [
    'a day that becomes longer, since days are in hours',
    { windows: WINDOWS.replace('17:00', '18:00') },
    [`nia: ${said('paas/clock', '2026-11-02', 'in hours')}`],
    {
      nights: '',
      policy: 'in_hours: [other]\namendments: [{first_day: 2026-11-01, in_hours: [day]}]',
      more: { 'support-hours/other': OTHER },
    },
  ],
  [
    'other hours from a day on that the list comes to have',
    {
      until: '2027-12-31',
      more: { 'support-hours/office': OFFICE },
      clock: 'hours: all\namendments: [{first_day: 2027-01-16, hours: office}]\n',
    },
    [`nia: ${said('paas/clock', '2027-01-16', 'in hours')}`],
    { until: '2027-01-15' },
  ],
  ['the next days of a list', { until: '2027-12-31' }, [], { until: '2027-01-15' }],
  [
    'other hours from a day on that nobody has yet',
    {
      more: { 'support-hours/office': OFFICE },
      clock: 'hours: all\namendments: [{first_day: 2027-12-01, hours: office}]\n',
    },
    [],
  ],
  [
    'hours of the same windows by another name',
    { more: { 'support-hours/new': hours('New', WINDOWS) }, clock: 'hours: new\n' },
    [],
  ],
  [
    'a window by another name, which the policy has as well',
    { windows: WINDOWS.replaceAll('day:', 'x:').replace('[day]', '[x]'), policy: 'in_hours: [x]' },
    ['oz or nia: policies/time-off.yaml changes, which decides what time off people earn'],
  ],
  [
    'a window by another name that is not in hours either',
    { windows: WINDOWS.replace('night', 'late'), nights: 'hours: all\ncovers: [late]\n' },
    [],
  ],
  [
    'where no window is in hours',
    { windows: WINDOWS.replaceAll('day:', 'x:').replace('[day]', '[x]') },
    [],
    {
      policy: 'in_hours: [other]',
      more: { 'support-hours/other': OTHER },
    },
  ],
])('%s', (_, head, asks, base = {}) => {
  expect(asked(handbook({ ...base, ...head }), handbook(base))).toEqual(asks);
});

test('whoever does not keep their time, or only learns, is asked for their time alone', () => {
  const office = { more: { 'support-hours/office': OFFICE }, clock: 'hours: office\n' };
  const all = asked(handbook({ ...office, people: 'ben, amara' }), handbook({ more: office.more }));
  expect(all.filter((it) => /^(amara|ben): (gives up|takes)/.test(it))).toHaveLength(2);
  expect(all.filter((it) => it.includes('counts as'))).toEqual([]);
});

const dates = fc.constantFrom('2026-10-01', '2026-10-25', '2026-11-01', '2027-01-01', '2027-03-28');
const termsOf = fc.oneof(
  fc.constantFrom(
    '',
    'hours: all\n',
    'hours: all\ncovers: [night]\n',
    'hours: all\ncovers: [day]\n',
    'hours: office\n',
  ),
  fc
    .tuple(dates, fc.constantFrom('hours: office', 'hours: all, covers: [night]'))
    .map(([on, is]) => `hours: all\namendments: [{first_day: ${on}, ${is}}]\n`),
);
const givens: fc.Arbitrary<Given> = fc.record({
  windows: fc.constantFrom(
    WINDOWS,
    WINDOWS.replace('17:00', '18:00'),
    WINDOWS.replace('working', 'every'),
    WINDOWS.replace('day:', 'x:')
      .replace('[day]', '[x, day]')
      .replace('{x', '{day: [{days: holidays, from: "09:00", to: "17:00"}], x'),
  ),
  holidays: fc.constantFrom(
    '',
    '2026-10-14: Rest',
    '2026-10-15: Rest, 2027-01-01: New Year',
    '2027-12-28: Rest',
  ),
  policy: fc.oneof(
    fc.constantFrom('in_hours: [day]', 'in_hours: [night]'),
    dates.map((on) => `in_hours: [day]\namendments: [{first_day: ${on}, in_hours: [night]}]`),
  ),
  clock: termsOf,
  always: termsOf,
  people: fc.constantFrom('amara, ben', 'ben, amara', 'amara'),
});

/** Who holds a role that counts at an instant, and whether that is in hours. */
function heldAt(handbook: Handbook, id: string, span: Interval) {
  const resolved = resolve(handbook, span);
  const duty = new DutyHours(resolved);
  const own = handbook.rotas.get(id) as Rota;
  const cover = resolved.roles.get(`${id}/engineer`)?.cover() ?? [];
  return (instant: number) => {
    const person = spanAt(cover, instant)?.value.person;
    const terms = termsOn(handbook.timeOff.terms, own.zone.dayOf(instant));
    return { person, isInHours: spanAt(duty.inHours(own, terms), instant) !== undefined };
  };
}

function differs({ handbook, head, horizon }: Against, id: string): boolean {
  const span = { startAt: at('2026-08-01T00:00:00Z'), endAt: horizon };
  const [before, after] = [heldAt(handbook, id, span), heldAt(head, id, span)];
  for (let instant = span.startAt; instant < horizon; instant += HOUR) {
    const [was, is] = [before(instant), after(instant)];
    if (was.person !== undefined && was.person === is.person && was.isInHours !== is.isInHours) return true;
  }
  return false;
}

test('a lead is asked where, hour by hour, time that somebody keeps is in hours on one side alone', () => {
  const hoursFile = { more: { 'support-hours/office': OFFICE } };
  fc.assert(
    fc.property(givens, givens, (one, { policy: _, ...other }) => {
      const base = handbook({ ...one, ...hoursFile });
      const head = handbook({ ...one, ...other, ...hoursFile });
      const { against } = compared(base, head, NOW);
      if (against === undefined) throw new Error('there is no comparison');
      for (const id of ['paas/clock', 'paas/always']) {
        const isSaid = against.identity.some((it) => it.kind === 'time-off' && it.id === id);
        expect(isSaid, id).toBe(differs(against, id));
      }
    }),
    { numRuns: runs(100) },
  );
});
