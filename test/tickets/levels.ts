/** Service levels for the tests of tickets: three zones, two clocks, working days, and a priority without a promise. */
import { load } from '../../actions/lib/load/load.ts';
import type { Handbook, Service } from '../../actions/lib/model.ts';
import type { ClockInput } from '../../actions/lib/tickets/clock-run.ts';
import type { ClockState, TicketClocks } from '../../actions/lib/tickets/clock-state.ts';
import { clocksOf } from '../../actions/lib/tickets/clocks.ts';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import { instantText } from '../../actions/lib/time/format.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { at, texts } from '../handbook.ts';

const hoursIn = (id: string, zone: string) => `
== policies/support-hours/${id}.yaml
name: ${id}
timezone: ${zone}
holidays: list
windows:
  office: [{days: working, from: "09:00", to: "17:00"}]
  other: {outside: [office]}
`;

/** The level `paas` has the figures of the GOV.UK PaaS manual, `dxw` those of dxw's agreement. */
export const LEVELS = `
== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays:
  2026-04-03: Good Friday
  2026-04-06: Easter Monday
  2026-12-25: Christmas Day
  2026-12-28: Boxing Day
  2027-01-01: New Year's Day
${hoursIn('london', 'Europe/London')}${hoursIn('new-york', 'America/New_York')}${hoursIn('kolkata', 'Asia/Kolkata')}
== policies/support-hours/lunch.yaml
name: Lunch
timezone: Europe/London
holidays: list
windows:
  office: [{days: working, from: "09:00", to: "12:00"}, {days: working, from: "13:00", to: "17:00"}]
amendments:
  - first_day: 2026-11-26
    windows: {office: [{days: working, from: "08:00", to: "18:00"}]}
== policies/service-levels/paas.yaml
name: PaaS
hours: london
example: true
first_response: 2 working days
default_priority: P3
priorities:
  P1: {name: P1, in_hours: {respond: 20 minutes, update: 1 hour}, out_of_hours: {respond: 40 minutes}}
  P2: {name: P2, in_hours: {respond: 30 minutes, update: 2 hours, resolve: 8 hours}}
  P3: {name: P3, in_hours: {respond: 2 hours, update: 4 hours}}
  P4: {name: P4, in_hours: {respond: 1 working day, update: 2 working days}}
  P5: {name: P5}
clock: {office: in_hours, other: out_of_hours}
pauses: {respond: [pending], update: [pending, on-hold], resolve: [pending, on-hold]}
amendments:
  - first_day: 2027-03-01
    priorities:
      P1: {name: P1, in_hours: {respond: 10 minutes}}
      P3: {name: P3, in_hours: {respond: 30 minutes}}
== policies/service-levels/dxw.yaml
name: dxw
hours: new-york
example: true
default_priority: NORMAL
priorities:
  NORMAL: {name: Normal, in_hours: {respond: 8 working hours}}
  LOW: {name: Low, in_hours: {respond: 5 working days}}
  SLOW: {name: Slow, in_hours: {respond: 2 days}}
clock: {office: in_hours, other: none}
== policies/service-levels/kolkata.yaml
name: Kolkata
hours: kolkata
example: true
default_priority: P1
priorities: {P1: {name: P1, in_hours: {respond: 90 minutes}}}
clock: {office: in_hours, other: none}
== policies/service-levels/lunch.yaml
name: Lunch
hours: lunch
example: true
default_priority: P1
priorities: {P1: {name: P1, in_hours: {respond: 4 hours}}, P2: {name: P2, in_hours: {respond: 1 working day}}}
clock: {office: in_hours}
== policies/services.yaml
services:
  paas: {name: PaaS, team: paas, service_level: paas}
  dxw: {name: dxw, team: paas, service_level: dxw}
  kolkata: {name: Kolkata, team: paas, service_level: kolkata}
  lunch: {name: Lunch, team: paas, service_level: lunch}
`;

export const handbookOf = (text: string): Handbook => load({ texts: texts(text), findings: [] }).handbook;

/** A ticket in the words of a table: local times are instants with an offset. */
export interface TicketRow {
  readonly service: string;
  readonly opened: string;
  readonly priorities?: readonly (readonly [string, string])[];
  readonly statuses?: readonly (readonly [string, string])[];
  readonly solved?: readonly (readonly [string, string | undefined])[];
  readonly replies?: readonly string[];
}

function inputOf(handbook: Handbook, row: TicketRow): ClockInput {
  const openedAt = at(row.opened);
  return {
    service: handbook.services.get(row.service) as Service,
    openedAt,
    priorities: (row.priorities ?? []).map(([when, priority]) => ({ at: at(when), priority })),
    statuses: [
      { at: openedAt, status: 'new' },
      ...(row.statuses ?? []).map(([when, status]) => ({ at: at(when), status })),
    ],
    solved: (row.solved ?? []).map(([from, to]) => ({
      startAt: at(from),
      endAt: to === undefined ? Number.POSITIVE_INFINITY : at(to),
    })),
    replies: (row.replies ?? []).map(at),
  };
}

/** The clocks of a row, by a counter of its own. */
export const clocksAt = (handbook: Handbook, row: TicketRow, when: string): TicketClocks =>
  clocksOf(new Counter(handbook), inputOf(handbook, row), at(when));

const text = (instant: Instant | undefined) => (instant === undefined ? '–' : instantText(instant));

/** `respond running, due 2026-11-26T09:15:00Z, 12.5 minutes left`. */
export const stateText = ({ target, state, dueAt, left, breachedAt, byRetriage }: ClockState): string =>
  [
    `${target} ${state}`,
    `due ${text(dueAt)}`,
    ...(breachedAt === undefined ? [] : [`breached ${text(breachedAt)}${byRetriage ? ' by re-triage' : ''}`]),
    ...(left === undefined ? [] : [`${left / 60_000} minutes left`]),
  ].join(', ');
