/**
 * How fast due instants are computed, next to a walk by minutes and to luxon-business-days, which can count working
 * days only; and how the time for a queue grows with its tickets: `npm run bench -- tickets`. Ratios are medians of the
 * rounds' ratios.
 */
// @ts-expect-error: it has no types.
import businessDays from 'luxon-business-days';
import { load } from '../../../actions/lib/load/load.ts';
import type { ServiceLevel, ServiceLevelTerms } from '../../../actions/lib/model.ts';
import { type CountedTime, Counter } from '../../../actions/lib/tickets/counted-time.ts';
import { boundsOf, dueAt, type Promised } from '../../../actions/lib/tickets/due.ts';
import type { TicketEvent } from '../../../actions/lib/tickets/event.ts';
import { queueOf } from '../../../actions/lib/tickets/queue.ts';
import { DAY, HOUR, MINUTE } from '../../../actions/lib/time/date.ts';
import type { Instant } from '../../../actions/lib/timeline.ts';
import { table } from '../../table.ts';
import { median, ratio, seconds } from './figures.ts';

const HOLIDAYS = ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29'];

const FILES = {
  'policies/holidays/list.yaml': `name: List
complete_from: 2026-01-01
complete_until: 2029-12-31
holidays: {${HOLIDAYS.map((day) => `${day}: Holiday`).join(', ')}}
`,
  'policies/support-hours/office.yaml': `name: Office
timezone: Europe/London
holidays: list
windows: {office: [{days: working, from: "09:00", to: "17:00"}], other: {outside: [office]}}
`,
  'policies/services.yaml': 'services: {mixed: {name: Mixed, team: mixed, service_level: mixed}}\n',
  'policies/service-levels/mixed.yaml': `name: Mixed
hours: office
example: true
default_priority: P3
priorities:
  P1: {name: P1, in_hours: {respond: 20 minutes}, out_of_hours: {respond: 40 minutes}}
  P2: {name: P2, in_hours: {respond: 2 hours, update: 4 hours}}
  P3: {name: P3, in_hours: {respond: 8 hours}}
  P4: {name: P4, in_hours: {respond: 2 working days}}
clock: {office: in_hours, other: out_of_hours}
`,
};

const { handbook } = load({ texts: new Map(Object.entries(FILES)), findings: [] });
const zone = handbook.hours.get('office')?.zone;
if (zone === undefined) throw new Error('the support hours of the benchmark could not be read');
const level = handbook.serviceLevels.get('mixed') as ServiceLevel;

const COUNT = 100_000;
const PEER_COUNT = 1000;
const PRIORITIES = [...(level.terms[0]?.priorities.keys() ?? [])];

/** Openings over a year, the same in every run. */
const opened = Array.from(
  { length: COUNT },
  (_, i) => Date.UTC(2026, 11, 1) + ((i * 7919) % 525_600) * MINUTE,
);

const priorityOf = (i: number): string => PRIORITIES[i % PRIORITIES.length] as string;

/** What each priority is promised. */
const promised = new Map(
  PRIORITIES.map((id) => [
    id,
    boundsOf(level.terms[0] as ServiceLevelTerms, id, 'respond')[0]?.promised as Promised,
  ]),
);

const dueOf = (counted: CountedTime, openedAt: Instant, priority: string): Instant | undefined =>
  dueAt(counted, promised.get(priority) as Promised, openedAt, []);

const newCount = (): CountedTime => new Counter(handbook).termsOf(level)?.[0] as CountedTime;

/** The same by walking minute by minute; amounts only. */
function walkedDue(openedAt: Instant, priority: string): Instant {
  const targets = level.terms[0]?.priorities.get(priority)?.targets;
  const amount = (clock: 'in_hours' | 'out_of_hours') => {
    const own = targets?.[clock]?.respond;
    return own === undefined ? undefined : own.count * (own.unit === 'hour' ? HOUR : MINUTE);
  };
  const amounts = [amount('in_hours'), amount('out_of_hours')];
  let share = 0;
  for (let at = openedAt; ; at += MINUTE) {
    if (share >= 1 - 1e-9) return at;
    const wall = zone?.wallOf(at) ?? 0;
    const day = Math.floor(wall / DAY);
    const isWorking =
      (((day + 3) % 7) + 7) % 7 < 5 && !HOLIDAYS.includes(new Date(day * DAY).toISOString().slice(0, 10));
    const isOffice = isWorking && wall - day * DAY >= 9 * HOUR && wall - day * DAY < 17 * HOUR;
    const own = amounts[isOffice ? 0 : 1];
    if (own !== undefined) share += MINUTE / own;
  }
}

interface BusinessDateTime {
  readonly plusBusiness: (days: { readonly days: number }) => BusinessDateTime;
  readonly toMillis: () => number;
}

const { DateTime } = businessDays as {
  readonly DateTime: {
    readonly fromMillis: (at: number, options: { readonly zone: string }) => BusinessDateTime;
    readonly prototype: { setupBusiness: (options: object) => void };
  };
};
DateTime.prototype.setupBusiness({
  holidayMatchers: [(day: { toISODate: () => string }) => HOLIDAYS.includes(day.toISODate())],
});

/** Two working days later at the same local time: what the library can do. */
const laterByLibrary = (at: Instant): Instant =>
  DateTime.fromMillis(at, { zone: 'Europe/London' }).plusBusiness({ days: 2 }).toMillis();

/** Milliseconds for each one of so many calls. */
function timed(count: number, call: (i: number) => unknown): number {
  const startedAt = performance.now();
  for (let i = 0; i < count; i++) call(i);
  return (performance.now() - startedAt) / count;
}

/** Openings at 10:00 on Wednesdays, for which the library means the same as a working day here. */
const wednesdays = Array.from({ length: 50 }, (_, i) => zone.instantOf(Date.UTC(2026, 11, 2 + 7 * i, 10)));
const wednesday = (i: number): Instant => wednesdays[i % wednesdays.length] as Instant;

function requireSame(): void {
  const counted = newCount();
  for (let i = 0; i < 400; i++) {
    const [at, priority] = [opened[i] as number, priorityOf(i)];
    if (priority !== 'P4' && walkedDue(at, priority) !== dueOf(counted, at, priority))
      throw new Error(`the walk by minutes differs for ${priority}, opened ${new Date(at).toISOString()}`);
    if (laterByLibrary(wednesday(i)) !== dueOf(counted, wednesday(i), 'P4'))
      throw new Error(`luxon-business-days differs for ${new Date(wednesday(i)).toISOString()}`);
  }
}

/** The lines that the benchmark prints about due instants. */
export function dueLines(): readonly string[] {
  requireSame();
  const rounds = Array.from({ length: 5 }, () => {
    const counted = newCount();
    const isAmount = (i: number) => priorityOf(i) !== 'P4';
    return {
      ours: timed(COUNT, (i) => dueOf(counted, opened[i] as number, priorityOf(i))),
      amounts: timed(COUNT, (i) => isAmount(i) && dueOf(counted, opened[i] as number, priorityOf(i))),
      walk: timed(PEER_COUNT, (i) => isAmount(i) && walkedDue(opened[i] as number, priorityOf(i))),
      days: timed(COUNT, (i) => dueOf(counted, wednesday(i), 'P4')),
      library: timed(PEER_COUNT, (i) => laterByLibrary(wednesday(i))),
    };
  });
  const of = (name: keyof (typeof rounds)[number]) => rounds.map((it) => it[name]);
  const perSecond = Math.round(1000 / median(of('ours')));
  return table(
    ['due instants', 'a second', 'of amounts ÷ walk by minutes', 'of working days ÷ luxon-business-days'],
    [
      [
        COUNT.toLocaleString('en'),
        perSecond.toLocaleString('en'),
        `1/${Number(ratio(of('walk'), of('amounts'))).toFixed(0)}`,
        `1/${Number(ratio(of('library'), of('days'))).toFixed(0)}`,
      ],
    ],
  );
}

/** Twenty events of each ticket, about a month before `QUEUE_AT`. */
function eventsOf(tickets: number): readonly TicketEvent[] {
  return Array.from({ length: tickets }, (_, i) => {
    const ticket = String(i);
    const openedAt = QUEUE_AT - 30 * DAY + ((i * 7919) % 40_000) * MINUTE;
    const opening: TicketEvent = { ticket, at: openedAt, kind: 'opened', service: 'mixed', author: 'client' };
    const later = Array.from({ length: 19 }, (__, j): TicketEvent => {
      const at = openedAt + (j + 1) * 37 * MINUTE;
      const kinds: readonly Pick<TicketEvent, 'kind' | 'value'>[] = [
        { kind: 'reply' },
        { kind: 'status', value: j % 2 === 0 ? 'on-hold' : 'open' },
        { kind: 'priority', value: priorityOf(i + j) },
        { kind: 'note' },
      ];
      return { ticket, at, ...(kinds[j % kinds.length] as (typeof kinds)[number]) };
    });
    return [opening, ...later];
  }).flat();
}

const QUEUE_AT = Date.UTC(2027, 1, 10, 12);

/** The lines that the benchmark prints about the queue of many tickets. */
export function queueTimes(): readonly string[] {
  const rows = [1000, 10_000, 100_000].map((tickets) => {
    const events = eventsOf(tickets);
    const rounds = Array.from({ length: 3 }, () =>
      timed(1, () => queueOf(new Counter(handbook), { events, faults: [], at: QUEUE_AT, all: true })),
    );
    const ms = median(rounds);
    return [
      tickets.toLocaleString('en'),
      events.length.toLocaleString('en'),
      seconds(ms),
      `${((ms / tickets) * 1000).toFixed(0)} µs`,
    ];
  });
  return table(['tickets', 'events', 'queue', 'for each ticket'], rows);
}
