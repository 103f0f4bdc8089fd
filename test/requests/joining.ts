/** A small handbook with a list of onboarding, and a request to join its desk. Asserts nothing. */
import { texts } from '../handbook.ts';
import { joinBody } from './bodies.ts';
import { opened, type World } from './machine.ts';

/** Lee leads; Ana has the desk on 3 January, Ben had it the week before, and Cy in November. */
export const HANDBOOK = `
== rotas/people.yaml
people:
  ana: {name: Ana, github: ana-h, skills: [writer]}
  ben: {name: Ben, github: ben-h, skills: [writer]}
  cy: {name: Cy, github: cy-h, skills: [writer]}
  lee: {name: Lee, github: lee-h}
  max: {name: Max, github: max-h}
  dee: {name: Dee Novak, github: dee-h}
  eli: {name: Eli}
contacts:
  inbox: {name: Inbox}
== rotas/ops/team.yaml
name: Ops
leads: [lee]
== rotas/ops/desk.yaml
name: Desk
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  clerk:
    needs: {skills: [writer]}
    rotation:
      - {first_turn: 2026-11-16, people: [cy]}
      - {first_turn: 2026-11-23, people: [ben, ana]}
  pair:
    seats: 2
    rotation:
      - {first_turn: 2026-11-16, people: [dee, max]}
== policies/onboarding/ops.yaml
name: Ops
items:
  - {id: vpn, text: The VPN, ask: ops/desk/clerk, link: "https://example.org/a(b)"}
  - {id: badge, text: "A @badge", ask: {person: max}}
  - {id: talk, text: A talk}
  - {id: test-page, text: A test page, before: first-on-call-turn}
== policies/notice.yaml
rota_change: {minimum: 7 days, recommended: 14 days}
`;

/** The answers of the form for Zoë. */
export const ZOE = {
  'Who will join': 'Zoë Quinn',
  'Their GitHub name': 'zoe-q',
  'Which rota and role': 'ops/desk/clerk',
  Skills: 'writer',
  'PagerDuty user': '',
  'Vetted on': '',
  'Agreed to be on call on': '',
  'Delivery lead': '',
};
export const bodyWith = (given: Partial<typeof ZOE> = {}) => joinBody({ ...ZOE, ...given });

/** Zoë asks to join the desk, with other answers or in another handbook. */
export const world = (given: Partial<typeof ZOE> = {}, handbook = HANDBOOK): World => ({
  ...opened(bodyWith(given), 'zoe-q'),
  files: texts(handbook),
  writers: ['ana-h', 'ben-h', 'cy-h', 'lee-h', 'max-h', 'dee-h'],
});
