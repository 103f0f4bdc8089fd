/**
 * Handbooks that differ in anything that decides whom PagerDuty calls: one text with places, and for each place what
 * can stand there. Asserts nothing.
 */
import fc from 'fast-check';

/** The working day ends at 10:00 from the day on that a list which has run out does not cover. */
export const SHORTER =
  '{first_day: 2027-02-02, windows: {morning: [{days: working, from: "07:00", to: "09:00"}], ' +
  'day: [{days: working, from: "09:00", to: "10:00"}], night: {outside: [day, morning]}}}';

/** What can stand at each place; the first is what stands there by default. `NONE` leaves its line out. */
const CHOICES = {
  // Schedules, and whom they reach off duty.
  daySchedule: ['PDAY', 'PNIGHT', 'PSHADOW', 'PFREE', 'NONE'],
  nightSchedule: ['PNIGHT', 'PDAY', 'PSHADOW', 'PFREE', 'NONE'],
  shadowSchedule: ['PSHADOW', 'PDAY', 'PNIGHT', 'PFREE', 'NONE'],
  dayOffDuty: ['', ', off_duty: nobody', ', off_duty: inbox', ', off_duty: desk'],
  nightOffDuty: ['', ', off_duty: nobody', ', off_duty: inbox', ', off_duty: desk'],
  shadowOffDuty: ['', ', off_duty: nobody', ', off_duty: inbox', ', off_duty: desk'],
  // When somebody is on duty, and who.
  dayCovers: ['day', 'day, night', 'morning', 'day, morning'],
  nightCovers: ['night', 'day', 'night, morning', 'morning'],
  shadowCovers: ['night', 'day', 'night, morning', 'day, morning, night'],
  dayAmendment: [
    'NONE',
    '{first_day: 2027-01-27, covers: [morning]}',
    '{first_day: 2027-01-27, hours: late}',
  ],
  nightAmendment: [
    'NONE',
    '{first_day: 2027-01-27, covers: [morning]}',
    '{first_day: 2027-01-27, hours: late}',
  ],
  dayCounts: ['true', 'false'],
  nightCounts: ['true', 'false'],
  shadowCounts: ['false', 'true'],
  dayPeople: ['amara', 'chi', 'ben', 'amara, ben'],
  nightPeople: ['chi', 'amara', 'ben', 'chi, amara'],
  shadowPeople: ['ben', 'amara', 'nia'],
  extra: ['NONE', 'paas/day/engineer', 'paas/shadow/engineer'],
  // Accounts.
  benAccount: ['PBEN', 'PINBOX', 'PBENTWO'],
  chiAccount: ['PCHI', 'PDESK'],
  inboxAccount: ['PINBOX', 'PBEN', 'PCHI', 'PNIA'],
  deskAccount: ['PBEN', 'PDESK', 'PINBOX', 'PNIA'],
  // Chains.
  mainFirst: [
    'paas/day/engineer',
    'paas/night/engineer',
    'paas/shadow/engineer',
    'person: ben',
    'contact: desk',
  ],
  mainBeside: ['', ', paas/night/engineer', ', paas/shadow/engineer', ', contact: inbox', ', person: chi'],
  mainSecond: ['person: nia', 'paas/shadow/engineer', 'person: ben', 'contact: inbox', 'paas/night/engineer'],
  mainFirstFor: ['', ', only_for: [P4]', ', only_for: [P1, P4]'],
  mainSecondFor: ['', ', only_for: [P4]', ', only_for: [P1]', ', at_once_for: [P1]'],
  mainPolicy: ['PMAIN', 'NONE'],
  otherFirst: ['person: chi', 'paas/day/engineer', 'paas/shadow/engineer', 'person: ben'],
  otherPolicy: ['POTHER', 'PMAIN', 'NONE'],
  // Services and their windows.
  dayChain: ['main', 'other', 'NONE'],
  nightChain: ['main', 'other', 'NONE'],
  morningChain: ['main', 'other', 'NONE'],
  siteService: ['PSITE', 'NONE'],
  deskEscalation: ['NONE', '{day: other, night: other, morning: other}', '{day: main}'],
  siteLevel: ['early', 'late'],
  twinEscalation: ['NONE', '{day: main}', '{day: main, night: main, morning: main}'],
  dayOn: ['working', 'holidays'],
  nightWindow: ['{outside: [day, morning]}', '[{days: [sunday], from: "01:00", to: "02:00"}]'],
  dayUntil: ['17:00', '18:00'],
  holiday: ['', ', 2027-02-03: Another'],
  knownUntil: ['2028-12-31', '2027-02-01'],
  earlyId: ['early', 'first'],
  earlyAmendment: ['NONE', SHORTER],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Place = keyof typeof CHOICES;

/** What stands at the places that differ from the default. */
export type Choices = Readonly<Partial<Record<Place, string>>>;

const rota = (name: 'day' | 'night' | 'shadow') => `== rotas/paas/${name}.yaml
name: ${name}
timezone: Europe/London
hours: <earlyId>
covers: [<${name}Covers>]
handover: {day: wednesday, time: "00:00"}
roles:
  engineer:
    counts: <${name}Counts>
    pagerduty: {schedule: <${name}Schedule><${name}OffDuty>}
    rotation: [{first_turn: 2026-12-23, people: [<${name}People>]}]
`;

const level = (level: string, hours: string) => `== policies/service-levels/${level}.yaml
name: ${level}
hours: ${hours}
priorities: {P1: {name: Critical, in_hours: {respond: 1 hour}}, P4: {name: Minor, in_hours: {respond: 2 hours}}}
clock: {day: in_hours, night: none, morning: none}
== policies/support-hours/${hours}.yaml
name: ${level}
timezone: Europe/London
holidays: days
windows:
  morning: [{days: working, from: "07:00", to: "09:00"}]
  day: [{days: <dayOn>, from: "${level === 'early' ? '09:00' : '10:00'}", to: "<dayUntil>"}]
  night: <nightWindow>
amendments: [<${level}Amendment>]
`;

const HANDBOOK = `== rotas/people.yaml
people:
  amara: {name: Amara, github: amara-o, pagerduty: PAMARA, on_call_since: 2025-01-01}
  ben: {name: Ben, github: ben-a, pagerduty: <benAccount>, on_call_since: 2025-01-01}
  chi: {name: Chi, github: chi-w, pagerduty: <chiAccount>, on_call_since: 2025-01-01}
  dee: {name: Dee, github: dee-n}
  nia: {name: Nia, github: nia-r, pagerduty: PNIA, on_call_since: 2025-01-01}
contacts:
  inbox: {name: Inbox, pagerduty: <inboxAccount>}
  desk: {name: Desk, pagerduty: <deskAccount>}
  last: {name: Last resort, pagerduty: PLAST}
== rotas/paas/team.yaml
name: PaaS
leads: [dee]
${rota('day')}amendments: [<dayAmendment>]
${rota('night')}amendments: [<nightAmendment>]
${rota('shadow')}== rotas/paas/planned-changes.yaml
changes:
  move: {service: site, summary: Move, timezone: Europe/London, from: 2027-01-23T11:00, to: 2027-01-23T21:00,
    requested_at: 2027-01-09T19:00:00Z, assigned: [{role: <extra>, person: amara}]}
== policies/notice.yaml
rota_change: {minimum: 7 days}
consent: [both-people]
== policies/publishing.yaml
ahead: 4 weeks
== policies/holidays/days.yaml
name: Days
complete_from: 2026-01-01
complete_until: <knownUntil>
holidays: {2027-01-19: A day<holiday>}
${level('early', '<earlyId>')}${level('late', 'late').replace(/^amendments.*\n/m, '')}== policies/escalation/main.yaml
name: Main
applies_in: [day, night, morning]
pagerduty: {policy: <mainPolicy>}
levels:
  - {notify: [<mainFirst><mainBeside>], escalate_after: 5 minutes<mainFirstFor>}
  - {notify: [<mainSecond>], escalate_after: 5 minutes<mainSecondFor>}
  - {notify: [contact: last]}
== policies/escalation/other.yaml
name: Other
applies_in: [day, night, morning]
pagerduty: {policy: <otherPolicy>}
levels:
  - {notify: [<otherFirst>], escalate_after: 5 minutes}
  - {notify: [person: nia], escalate_after: 5 minutes}
  - {notify: [contact: last]}
== policies/services.yaml
services:
  a-twin: {name: Twin, team: paas, service_level: <siteLevel>, escalation: <twinEscalation>}
  site:
    name: Site
    team: paas
    service_level: <siteLevel>
    pagerduty: {service: <siteService>}
    escalation:
      day: <dayChain>
      night: <nightChain>
      morning: <morningChain>
  desk: {name: Desk, team: paas, service_level: early, pagerduty: {service: PDESKS}, escalation: <deskEscalation>}
`;

const at = (choices: Choices, place: Place): string => choices[place] ?? CHOICES[place][0];

/** The handbook in one text. */
export const handbookText = (choices: Choices): string =>
  (at(choices, 'extra') === 'NONE' ? HANDBOOK.replace(/== .*planned-changes[^=]*/, '') : HANDBOOK)
    .replaceAll(/<(\w+)>/g, (_, place: string) => at(choices, place as Place))
    .replaceAll(/^.*\bNONE\b.*\n/gm, '');

const EVERY = Object.entries(CHOICES).flatMap(([place, all]) => all.map((value) => [place, value] as const));

const choices = (minLength: number, maxLength: number): fc.Arbitrary<Choices> =>
  fc
    .uniqueArray(fc.constantFrom(...EVERY), {
      minLength,
      maxLength,
      size: 'max',
      selector: ([place]) => place,
    })
    .map((all) => Object.fromEntries(all));

const RUN_OUT: Choices = { knownUntil: '2027-02-01' };
const OFF_DUTY = ', off_duty: desk';

/** Where one change is more often one that matters; Ben has the account of `desk`. */
const STARTS: readonly Choices[] = [
  {},
  // A schedule reaches Ben off duty, and is called.
  { dayOffDuty: OFF_DUTY },
  // Another role fills it for most of that time.
  { dayOffDuty: OFF_DUTY, nightSchedule: 'PDAY' },
  // It is not called.
  { nightOffDuty: OFF_DUTY, nightCovers: 'morning' },
  // A chain is in force long after its window; another service without a counterpart has the same.
  { dayOn: 'holidays', nightChain: 'NONE', morningChain: 'NONE', twinEscalation: '{day: main}' },
  // People are called for some priorities only.
  { mainSecondFor: ', only_for: [P4]' },
  { mainSecondFor: ', only_for: [P4]', mainSecond: 'paas/shadow/engineer' },
  // The list of holidays has run out, and the pull request makes it longer.
  { ...RUN_OUT, dayOffDuty: OFF_DUTY },
  { ...RUN_OUT, nightChain: 'other' },
];

/** What stands in a handbook, and in several that differ from it at one or two places. */
export const families: fc.Arbitrary<readonly [base: Choices, heads: readonly Choices[]]> = fc
  .tuple(
    fc.constantFrom(...STARTS),
    choices(0, 6),
    fc.array(choices(1, 2), { minLength: 1, maxLength: 12, size: 'max' }),
    fc.constantFrom<Choices>(
      {},
      { earlyId: 'first' },
      { earlyAmendment: SHORTER },
      { earlyId: 'first', earlyAmendment: SHORTER },
    ),
  )
  .map(([start, more, changes, withLonger]) => {
    const base = { ...start, ...more };
    const renewed: Choices = hasRunOut(base) ? { ...withLonger, knownUntil: '2028-12-31' } : {};
    return [base, changes.map((it) => ({ ...base, ...it, ...renewed }))];
  });

const hasRunOut = ({ knownUntil }: Choices): boolean => knownUntil === RUN_OUT.knownUntil;

/** The roles that have a schedule in the head, and none in the base. */
const gainSchedule = (base: Choices, head: Choices) =>
  (['day', 'night', 'shadow'] as const).filter(
    (it) => at(base, `${it}Schedule`) === 'NONE' && at(head, `${it}Schedule`) !== 'NONE',
  );

/**
 * The base, but for what a lead alone agrees to: which policy a chain, which service a service and which schedule a
 * role without one has in PagerDuty, and further days of the list of holidays. Extra time is left out, because whoever
 * agrees to be reached off duty agrees to what it takes of that, too.
 */
export const asLeadsAgree = (base: Choices, head: Choices): Choices => ({
  ...base,
  extra: 'NONE',
  siteService: at(head, 'siteService'),
  mainPolicy: at(head, 'mainPolicy'),
  otherPolicy: at(head, 'otherPolicy'),
  ...(hasRunOut(base) ? { knownUntil: at(head, 'knownUntil'), holiday: at(head, 'holiday') } : {}),
  ...Object.assign(
    {},
    ...gainSchedule(base, head).map((it) => ({
      [`${it}Schedule`]: `POWN${it.toUpperCase()}`,
      [`${it}OffDuty`]: '',
    })),
  ),
});
