/**
 * Handbooks that are hard to display: a team of twelve, a year of three people, long names, empty seats, an empty team.
 */
import { aHandbook } from '../handbook.ts';

const TWELVE = [
  'Amara Osei',
  'Ben Adeyemi',
  'Chi Wong',
  'Dee Novák',
  'Eli Shah',
  'Zoë Åkesson',
  'Gareth Llewellyn',
  'Yasmin Haddad',
  'Rohan Mukherjee',
  'Fiona MacAulay',
  'Łukasz Zieliński',
  '王小明',
] as const;

const idOf = (name: string): string =>
  name === '王小明'
    ? 'wang-xiaoming'
    : name
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replaceAll('ł', 'l')
        .replaceAll('Ł', 'L')
        .toLowerCase()
        .replaceAll(' ', '-');

const LONG = 'Maximiliana Wolfeschlegelsteinhausenbergerdorff de Oliveira e Vasconcelos';
const LONG_ID = 'maximiliana-wolfeschlegelsteinhausenbergerdorff-de-oliveira';

const order = (from: number): string =>
  [...TWELVE.slice(from), ...TWELVE.slice(0, from)].map(idOf).join(', ');

/** On 21 November 2026, a Saturday, at noon: the night seat is held, the second night seat is empty from Monday on. */
export const hard = aHandbook({
  people: {
    ...Object.fromEntries(TWELVE.map((name) => [idOf(name), `name: ${name}`])),
    [LONG_ID]: `name: ${LONG}`,
    'nia-rhys': 'name: Nia Rhys',
    'ola-berg': 'name: Ola Berg',
    'pia-lund': 'name: Pia Lund',
    'uma-ray': 'name: Uma Ray',
  },
  policies: {
    'support-hours/office': `name: Office
timezone: Europe/London
holidays: england
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  out-of-hours: {outside: [in-hours]}`,
    'holidays/england': `name: England
complete_from: 2025-01-01
complete_until: 2030-12-31
holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day, 2027-01-01: New Year's Day}`,
    'service-levels/gold': `name: Gold
hours: office
priorities:
  P1: {name: Everything is down, in_hours: {respond: 15 minutes, update: 1 hour}, out_of_hours: {respond: 40 minutes}}
clock: {in-hours: in_hours, out-of-hours: out_of_hours}
source: The agreement`,
    'escalation/days':
      '{name: By day, applies_in: [in-hours], levels: [{notify: [large/days/engineer], escalate_after: 10 minutes}, {notify: [person: uma-ray]}], repeats: 1}',
    'escalation/nights': `name: By night
applies_in: [out-of-hours]
levels:
  - {notify: [large/nights/first], escalate_after: 5 minutes}
  - {notify: [large/nights/second], escalate_after: 10 minutes}
  - {notify: [person: uma-ray]}
repeats: 2`,
    services: `services:
  website: {name: The website, team: large, service_level: gold, escalation: {in-hours: days, out-of-hours: nights}}`,
    publishing: '{site: "https://example.org/rota/", back: 4 weeks, ahead: 52 weeks}',
  },
  rotas: {
    'large/team': 'name: A team of twelve people',
    'large/days': `name: Days
timezone: Europe/London
hours: office
covers: [in-hours]
handover: {day: monday, time: "09:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-09-07, people: [${order(0)}]}]}
  comms: {rotation: [{first_turn: 2026-09-07, people: [${order(6)}]}]}
overrides:
  - {role: engineer, turn: 2026-12-14, person: dee-novak, instead_of: chi-wong, reason: swap}`,
    'large/nights': `name: Nights and weekends
timezone: Europe/London
hours: office
covers: [out-of-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  first: {rotation: [{first_turn: 2026-09-09, people: [${order(3)}]}]}
  second:
    rotation:
      - {first_turn: 2026-09-09, people: [${order(9)}]}
      - {first_turn: 2026-11-25, people: []}
      - {first_turn: 2026-12-09, people: [${order(9)}]}
overrides:
  - {role: first, person: nia-rhys, instead_of: dee-novak, from: 2026-12-03T18:00, to: 2026-12-03T21:00, reason: dinner}
  - {role: first, person: nia-rhys, from: 2026-12-10T12:00, to: 2026-12-10T14:00, extra: true, reason: network}`,
    'three/team': 'name: Three people for a year',
    'three/desk': `name: Help desk of the ministry of administrative affairs, agriculture, fisheries and rural development
timezone: America/New_York
handover: {day: monday, time: "09:00"}
roles:
  first-line-of-the-service-desk-in-two-languages:
    rotation: [{first_turn: 2026-09-07, people: [${LONG_ID}, ola-berg, pia-lund]}]`,
    'waiting/team': 'name: A team that has not begun',
  },
});

/** More shifts than the limit of one file: thirty teams of four roles with daily hand-overs. */
export const large = `== rotas/people.yaml
people: {p0: {name: P Nought}, p1: {name: P One}}
${Array.from({ length: 30 }, (_, i) => {
  const roles = ['a', 'b', 'c', 'd'].map(
    (role) => `${role}: {rotation: [{first_turn: 2026-01-01, people: [p0, p1]}]}`,
  );
  return `== rotas/t${String(i).padStart(2, '0')}/desk.yaml
{name: Desk, timezone: UTC, handover: {every: day, time: "00:00"}, roles: {${roles.join(', ')}}}
`;
}).join('')}== policies/publishing.yaml
{back: 4 weeks, ahead: 26 weeks}
`;
