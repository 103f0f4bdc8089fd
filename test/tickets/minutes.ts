/**
 * An oracle for the clocks of tickets: it walks by half minutes and looks at a wall clock of `Intl`. It knows nothing
 * of windows, timelines or sums.
 */

/** The level that the oracle knows: minutes of each clock that are used up, by priority. */
export const AMOUNTS: Readonly<Record<string, { readonly office?: number; readonly other?: number }>> = {
  P1: { office: 20, other: 40 },
  P2: { office: 30 },
  P3: { office: 120, other: 240 },
  P4: { other: 60 },
  P5: {},
};

const HOLIDAYS = new Set(['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-28']);

const HOURS = (id: string, zone: string) => `
== policies/support-hours/${id}.yaml
name: ${id}
timezone: ${zone}
holidays: list
windows: {office: [{days: working, from: "09:00", to: "17:00"}], other: {outside: [office]}}
== policies/support-hours/${id}-cut.yaml
name: ${id}
timezone: ${zone}
holidays: list
windows:
  morning: [{days: working, from: "09:00", to: "12:30"}]
  office: [{days: working, from: "12:30", to: "17:00"}]
  other: {outside: [office, morning]}
`;

const promise = (minutes: number | undefined) =>
  minutes === undefined ? [] : [`{respond: ${minutes} minutes}`];

const PRIORITIES = Object.entries(AMOUNTS)
  .map(([id, { office, other }]) => {
    const targets = [
      ...promise(office).map((it) => `in_hours: ${it}`),
      ...promise(other).map((it) => `out_of_hours: ${it}`),
    ];
    return `  ${id}: {${[`name: ${id}`, ...targets].join(', ')}}\n`;
  })
  .join('');

const level = (id: string, hours: string, clock: string) => `== policies/service-levels/${id}.yaml
name: ${id}
hours: ${hours}
example: true
default_priority: P3
priorities:
${PRIORITIES}clock: ${clock}
pauses: {respond: [pending]}
`;

export const ZONES = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe'] as const;

export const serviceIn = (zone: string, isCut = false): string =>
  `${zone.toLowerCase().replaceAll(/[^a-z]+/g, '-')}${isCut ? '-cut' : ''}`;

export const ORACLE_LEVELS = `
== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-04-03: Good Friday, 2026-04-06: Easter Monday, 2026-12-25: Christmas Day, 2026-12-28: Boxing Day}
${ZONES.map((zone) => {
  const id = serviceIn(zone);
  return `${HOURS(id, zone)}${level(id, id, '{office: in_hours, other: out_of_hours}')}${level(
    `${id}-cut`,
    `${id}-cut`,
    '{morning: in_hours, office: in_hours, other: out_of_hours}',
  )}`;
}).join('')}
== policies/services.yaml
services:
${ZONES.flatMap((zone) => [false, true].map((isCut) => serviceIn(zone, isCut)))
  .map((id) => `  ${id}: {name: ${id}, team: paas, service_level: ${id}}\n`)
  .join('')}`;

/** A ticket in ticks since 1970; each list is in order of time. */
export interface MinuteTicket {
  readonly zone: string;
  readonly openedAt: number;
  readonly priorities: readonly { readonly at: number; readonly priority: string }[];
  readonly statuses: readonly { readonly at: number; readonly status: string }[];
}

export interface MinuteOutcome {
  readonly state: 'running' | 'paused' | 'breached' | 'none';
  readonly dueAt: number | undefined;
  readonly breachedAt: number | undefined;
  readonly byRetriage: boolean;
  /** Ticks that count, negative from the breach on. */
  readonly left: number | undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, 'office' | 'other'>();

function clockAt(zone: string, tick: number): 'office' | 'other' {
  const key = `${zone} ${tick}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(tick * TICK).map((it) => [it.type, it.value]));
  const { weekday = '', year, month, day, hour } = parts;
  const isWorking = !['Sat', 'Sun'].includes(weekday) && !HOLIDAYS.has(`${year}-${month}-${day}`);
  const found = isWorking && Number(hour) >= 9 && Number(hour) < 17 ? 'office' : 'other';
  clocks.set(key, found);
  return found;
}

/** A number that every amount in half minutes divides. */
const WHOLE = 480;

/** Half a minute: a minute of an hour that counts twice uses half a minute of the other clock. */
export const TICK = 30_000;

/** Walks a ticket to a tick, and on to its due tick if it is not breached by then. */
export function walked({ zone, openedAt, priorities, statuses }: MinuteTicket, at: number): MinuteOutcome {
  const used: Record<string, number> = {};
  const priorityAt = (t: number) => priorities.findLast((it) => it.at <= t)?.priority ?? 'P3';
  const isPaused = (t: number) => statuses.findLast((it) => it.at <= t)?.status === 'pending';
  const isUsedUp = (priority: string) => (used[priority] ?? 0) >= WHOLE;
  const counts = (priority: string, t: number) => AMOUNTS[priority]?.[clockAt(zone, t)];
  const pass = (t: number) => {
    for (const priority of Object.keys(AMOUNTS)) {
      const amount = counts(priority, t);
      if (amount !== undefined) used[priority] = (used[priority] ?? 0) + WHOLE / (amount * 2);
    }
  };
  const countedBetween = (priority: string, from: number, to: number, isStill = (_: number) => false) => {
    let sum = 0;
    for (let t = from; t < to; t++) if (counts(priority, t) !== undefined && !isStill(t)) sum++;
    return sum;
  };
  for (let t = openedAt; t <= at; t++) {
    const priority = priorityAt(t);
    const isChanged = t > openedAt && priority !== priorityAt(t - 1);
    if (isUsedUp(priority) && (isChanged || t < at)) {
      const left = 0 - countedBetween(priority, t, at, isPaused);
      return { state: 'breached', dueAt: t, breachedAt: t, byRetriage: isChanged, left };
    }
    if (t < at && !isPaused(t)) pass(t);
  }
  const priority = priorityAt(at);
  const none = { breachedAt: undefined, byRetriage: false };
  if (Object.keys(AMOUNTS[priority] ?? {}).length === 0)
    return { ...none, state: 'none', dueAt: undefined, left: undefined };
  let due = at;
  for (; !isUsedUp(priority); due++) pass(due);
  const left = countedBetween(priority, at, due);
  return isPaused(at)
    ? { ...none, state: 'paused', dueAt: undefined, left }
    : { ...none, state: 'running', dueAt: due, left };
}
