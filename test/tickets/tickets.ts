/** A handbook with services whose tickets are worked on, and events in short. Asserts nothing. */
import type { Handbook } from '../../actions/lib/model.ts';
import type { EventKind, TicketEvent } from '../../actions/lib/tickets/event.ts';
import { instantText } from '../../actions/lib/time/format.ts';
import { at, folk, sound } from '../handbook.ts';
import { LEVELS } from './levels.ts';

/** The levels of `levels.ts`, with a policy on the tickets of `paas`, and of `site` in New York. */
export const TICKETS = `${folk('amara', 'ben')}
== rotas/paas/team.yaml
name: PaaS
== rotas/paas/desk.yaml
name: Desk
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  first: {rotation: [{first_turn: 2026-11-02, people: [amara, ben]}]}
  second: {rotation: [{first_turn: 2026-12-07, people: [ben]}]}
${LEVELS}
== policies/tickets/desk.yaml
statuses:
  new: {}
  open: {}
  on-hold: {asks: reason}
  pending: {}
  believed-solved: {solved_after: 4 days}
groups:
  - {id: small, up_to: 1 hour, role: paas/desk/first}
  - {id: large, up_to: 0.5 days, role: paas/desk/second}
  - {id: scoping, notify: leads}
== policies/services.yaml
services:
  paas: {name: PaaS, team: paas, service_level: paas, tickets: desk}
  site: {name: Site, team: paas, service_level: dxw, tickets: desk}
  kolkata: {name: Kolkata, team: paas, service_level: kolkata}
  lunch: {name: Lunch, team: paas, service_level: lunch, tickets: desk}
  plain: {name: Plain, team: paas, service_level: lunch}
  asap: {name: Soon, team: paas, service_level: soon}
  none: {name: None, team: paas}
== policies/service-levels/soon.yaml
name: Soon
hours: london
source: https://example.org/soon
priorities:
  P1: {name: Critical, in_hours: {as_soon_as_possible: true}}
  P2: {name: Question}
clock: {office: in_hours, other: none}
`;

export const ticketBook = (): Handbook => sound(TICKETS);

/** `2026-11-25T09:00Z status on-hold`: an instant, a kind, and its value, or keys such as `author=client`. */
export function event(ticket: string, text: string, line?: number): TicketEvent {
  const [when = '', kind, ...words] = text.split(' ');
  const keys = words.filter((word) => word.includes('='));
  const value = words.filter((word) => !word.includes('=')).join(' ');
  const given = Object.fromEntries(
    keys.map((word) => word.split('=')).map(([key = '', it]) => [key, key === 'bot' ? it === 'true' : it]),
  );
  return {
    ticket,
    at: at(when),
    kind: kind as EventKind,
    ...(value === '' ? {} : { value }),
    ...given,
    ...(line === undefined ? {} : { line }),
  };
}

/** The events of one ticket, whose lines are those of the list. */
export const eventsOf = (ticket: string, texts: readonly string[]): readonly TicketEvent[] =>
  texts.map((text, i) => event(ticket, text, i + 1));

/** `11-25T09:00`, or – for never. */
export const short = (instant: number): string =>
  Number.isFinite(instant) ? instantText(instant).slice(5, 16) : '–';
