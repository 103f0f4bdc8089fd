/**
 * The crossing from data as written (snake_case, text) to the model (camelCase, days, instants). Takes data that keeps
 * its schema and the calendar, so it trusts every shape and every date.
 */
import {
  type Absence,
  type Assignment,
  type Contact,
  type Escalation,
  type Handover,
  type Holidays,
  type Hours,
  type HoursTerms,
  type Notified,
  type Override,
  type Person,
  type PlannedChange,
  type Pledge,
  type Priority,
  type Role,
  type Rota,
  type RotaTerms,
  roleOf,
  type Service,
  type ServiceLevel,
  type Spot,
  type Stretch,
  type Target,
  type Team,
  type Window,
  within,
} from '../model.ts';
import {
  type Day,
  dayOf,
  durationOf,
  instantOfText,
  timeOf,
  type Wall,
  WEEKDAYS,
  type Weekday,
  wallOfText,
  type Zone,
  zoneOf,
} from '../time.ts';
import type { Instant } from '../timeline.ts';

type Many<T> = Readonly<Record<string, T>>;

const SINCE_EVER: Day = Number.NEGATIVE_INFINITY;

/** The schemas have refused dates that do not exist. */
const day = (text: string): Day => dayOf(text) as Day;
const dayIf = (text: string | undefined): Day | undefined => (text === undefined ? undefined : day(text));

const entries = <T>(many: Many<T> | undefined): readonly [string, T][] => Object.entries(many ?? {});

export interface WrittenPerson {
  readonly name: string;
  readonly skills?: readonly string[];
  readonly github?: string;
  readonly pagerduty?: string;
  readonly vetted_on?: string;
  readonly on_call_since?: string;
  readonly delivery_lead?: string;
  readonly away?: readonly { readonly first_day: string; readonly last_day: string }[];
  readonly last_day?: string;
}

export function person(id: string, written: WrittenPerson, spot: Spot): Person {
  return {
    id,
    name: written.name,
    skills: written.skills ?? [],
    github: written.github,
    pagerduty: written.pagerduty,
    vettedOn: dayIf(written.vetted_on),
    onCallSince: dayIf(written.on_call_since),
    deliveryLead: written.delivery_lead,
    away: (written.away ?? []).map(
      ({ first_day, last_day }, i): Absence => ({
        firstOn: day(first_day),
        lastOn: day(last_day),
        spot: within(spot, 'away', i),
      }),
    ),
    lastOn: dayIf(written.last_day),
    spot,
  };
}

export const contact = (id: string, { name, pagerduty }: { name: string; pagerduty?: string }): Contact => ({
  id,
  name,
  pagerduty,
});

export interface WrittenTeam {
  readonly name: string;
  readonly leads?: readonly string[];
  readonly channel?: string;
}

export const team = (id: string, { name, leads, channel }: WrittenTeam): Team => ({
  id,
  name,
  leads: leads ?? [],
  channel,
});

interface WrittenHandoverDay {
  readonly day: Weekday;
  readonly time: string;
}

type WrittenHandover =
  | { readonly every: 'day'; readonly time: string }
  | WrittenHandoverDay
  | readonly WrittenHandoverDay[];

interface WrittenRotaTerms {
  readonly handover: WrittenHandover;
  readonly hours?: string;
  readonly covers?: readonly string[];
}

interface WrittenRole {
  readonly needs?: {
    readonly skills?: readonly string[];
    readonly vetted?: boolean;
    readonly on_call?: boolean;
  };
  readonly rotation?: readonly { readonly first_turn: string; readonly people: readonly string[] }[];
  readonly turns?: Many<string>;
  readonly follows?: { readonly role: string; readonly by: number };
  readonly counts?: boolean;
  readonly pagerduty?: { readonly schedule: string };
}

interface WrittenOverride {
  readonly role: string;
  readonly person: string;
  readonly instead_of?: string;
  readonly turn?: string;
  readonly from?: string;
  readonly to?: string;
  readonly extra?: true;
}

export interface WrittenRota extends WrittenRotaTerms {
  readonly name: string;
  readonly timezone: string;
  readonly roles: Many<WrittenRole>;
  readonly overrides?: readonly WrittenOverride[];
  readonly amendments?: readonly (Partial<WrittenRotaTerms> & { readonly first_day: string })[];
}

export function rota(id: string, written: WrittenRota, spot: Spot): Rota {
  const zone = zoneOf(written.timezone);
  return {
    id,
    team: id.slice(0, id.indexOf('/')),
    name: written.name,
    zone,
    terms: amended<WrittenRotaTerms>(written, spot).map(
      ({ firstOn, terms, spot: here }): RotaTerms => ({
        firstOn,
        handover: handover(terms.handover),
        hours: terms.hours,
        covers: terms.covers,
        spot: here,
      }),
    ),
    roles: new Map(
      entries(written.roles).map(([name, it]) => [name, role(name, it, within(spot, 'roles', name))]),
    ),
    overrides: (written.overrides ?? []).map((it, i) => override(it, zone, within(spot, 'overrides', i))),
    spot,
  };
}

/** What a file says from a day on: its keys as amended so far, and for each key the spot that wrote it. */
interface Amended<T> {
  readonly firstOn: Day;
  readonly terms: T;
  readonly spot: Spot;
  readonly at: (key: keyof T & string) => Spot;
}

/** The terms of a file and of each of its amendments, in order of day; each amendment stands on those before it. */
function amended<T>(
  written: T & { readonly amendments?: readonly (Partial<T> & { readonly first_day: string })[] },
  spot: Spot,
): readonly Amended<T>[] {
  const amendments = [...(written.amendments ?? []).entries()];
  const result: Amended<T>[] = [
    { firstOn: SINCE_EVER, terms: written, spot, at: (key) => within(spot, key) },
  ];
  for (const [i, amendment] of amendments.toSorted(([, a], [, b]) => (a.first_day < b.first_day ? -1 : 1))) {
    const here = within(spot, 'amendments', i);
    const last = result.at(-1) as Amended<T>;
    result.push({
      firstOn: day(amendment.first_day),
      terms: { ...last.terms, ...amendment },
      spot: here,
      at: (key) => (Object.hasOwn(amendment, key) ? within(here, key) : last.at(key)),
    });
  }
  return result;
}

const isList = (written: WrittenHandover): written is readonly WrittenHandoverDay[] => Array.isArray(written);

function handover(written: WrittenHandover): Handover {
  // An array inherits a method named "every", so what has days is asked for first.
  const days = isList(written)
    ? written
    : 'day' in written
      ? [written]
      : WEEKDAYS.map((name) => ({ day: name, time: written.time }));
  const times = new Map(days.map(({ day: name, time }) => [name, timeOf(time)]));
  return { times: WEEKDAYS.map((name) => times.get(name)) };
}

const role = (id: string, written: WrittenRole, spot: Spot): Role => ({
  id,
  needs: {
    skills: written.needs?.skills ?? [],
    vetted: written.needs?.vetted ?? false,
    onCall: written.needs?.on_call ?? false,
  },
  rotation: (written.rotation ?? []).map(({ first_turn, people }, i) => ({
    firstOn: day(first_turn),
    people: people.map((name, j) => assignment(name, 'rotation', within(spot, 'rotation', i, 'people', j))),
    spot: within(spot, 'rotation', i),
  })),
  turns: new Map(
    entries(written.turns).map(([on, name]) => [
      day(on),
      assignment(name, 'turn', within(spot, 'turns', on)),
    ]),
  ),
  follows: written.follows,
  counts: written.counts ?? true,
  schedule: written.pagerduty?.schedule,
  spot,
});

const assignment = (
  name: string,
  by: Assignment['by'],
  spot: Spot,
  insteadOf?: string,
  change?: string,
): Assignment => ({
  person: name,
  by,
  insteadOf,
  change,
  spot,
});

function override(written: WrittenOverride, zone: Zone, spot: Spot): Override {
  const { role: seat, turn, from, to, extra } = written;
  const given = assignment(written.person, extra === true ? 'extra' : 'override', spot, written.instead_of);
  if (turn !== undefined) return { kind: 'turn', role: seat, turnOn: day(turn), assignment: given, spot };
  const instantOf = (text: string | undefined) => zone.instantOf(wallOfText(text as string) as Wall);
  const kind = extra === true ? 'extra' : 'hours';
  return { kind, role: seat, startAt: instantOf(from), endAt: instantOf(to), assignment: given, spot };
}

interface WrittenHoursTerms {
  readonly windows: Many<readonly WrittenStretch[] | { readonly outside: readonly string[] }>;
  readonly working_days?: readonly Weekday[];
  readonly holidays?: string;
  readonly covered_by?: Many<readonly string[]>;
}

interface WrittenStretch {
  readonly days: 'working' | 'non-working' | 'every' | 'holidays' | readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

export interface WrittenHours extends WrittenHoursTerms {
  readonly name: string;
  readonly timezone: string;
  readonly amendments?: readonly (Partial<WrittenHoursTerms> & { readonly first_day: string })[];
}

const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

export const hours = (id: string, written: WrittenHours, spot: Spot): Hours => ({
  id,
  name: written.name,
  zone: zoneOf(written.timezone),
  terms: amended<WrittenHoursTerms>(written, spot).map(
    ({ firstOn, terms, at, spot: here }): HoursTerms => ({
      firstOn,
      windows: new Map(entries(terms.windows).map(([name, it]) => [name, window(it)])),
      windowsSpot: at('windows'),
      workingDays: weekdays(terms.working_days ?? WORKING_DAYS),
      holidays: terms.holidays,
      coveredBy: entries(terms.covered_by).flatMap(([name, roles]) =>
        roles.map(
          (ref, i): Pledge => ({ window: name, role: roleOf(ref), spot: within(at('covered_by'), name, i) }),
        ),
      ),
      spot: here,
    }),
  ),
  spot,
});

const weekdays = (names: readonly Weekday[]): ReadonlySet<number> =>
  new Set(names.map((name) => WEEKDAYS.indexOf(name)));

const window = (written: WrittenHoursTerms['windows'][string]): Window =>
  'outside' in written
    ? { kind: 'outside', of: written.outside }
    : { kind: 'recurring', stretches: written.map(stretch) };

const stretch = ({ days, from, to }: WrittenStretch): Stretch => ({
  days: typeof days === 'string' ? days : weekdays(days),
  from: timeOf(from),
  to: timeOf(to),
});

export interface WrittenHolidays {
  readonly name: string;
  readonly complete_from: string;
  readonly complete_until: string;
  readonly holidays: Many<string>;
}

export const holidays = (id: string, written: WrittenHolidays, spot: Spot): Holidays => ({
  id,
  name: written.name,
  fromOn: day(written.complete_from),
  untilOn: day(written.complete_until),
  days: new Map(entries(written.holidays).map(([on, name]) => [day(on), name])),
  spot,
});

interface WrittenTarget {
  readonly respond?: string;
  readonly update?: string;
}

export interface WrittenServiceLevel {
  readonly name: string;
  readonly hours: string;
  readonly first_response?: string;
  readonly priorities: Many<{
    readonly name: string;
    readonly in_hours?: WrittenTarget;
    readonly out_of_hours?: WrittenTarget;
  }>;
  readonly clock: Many<'in_hours' | 'out_of_hours'>;
}

const durationIf = (text: string | undefined) => (text === undefined ? undefined : durationOf(text));

export const serviceLevel = (id: string, written: WrittenServiceLevel): ServiceLevel => ({
  id,
  name: written.name,
  hours: written.hours,
  firstResponse: durationIf(written.first_response),
  priorities: new Map(
    entries(written.priorities).map(([name, { in_hours, out_of_hours, ...rest }]): [string, Priority] => [
      name,
      {
        id: name,
        name: rest.name,
        targets: {
          ...(in_hours === undefined ? {} : { in_hours: target(in_hours) }),
          ...(out_of_hours === undefined ? {} : { out_of_hours: target(out_of_hours) }),
        },
      },
    ]),
  ),
  clock: new Map(entries(written.clock)),
});

const target = ({ respond, update }: WrittenTarget): Target => ({
  respond: durationIf(respond),
  update: durationIf(update),
});

export interface WrittenEscalation {
  readonly name: string;
  readonly applies_in: readonly string[];
  readonly levels: readonly {
    readonly notify: readonly (string | { readonly person: string })[];
    readonly escalate_after?: string;
  }[];
  readonly repeats?: number;
  readonly pagerduty?: { readonly policy: string };
}

export const escalation = (id: string, written: WrittenEscalation, spot: Spot): Escalation => ({
  id,
  name: written.name,
  appliesIn: written.applies_in,
  levels: written.levels.map(({ notify, escalate_after }, i) => ({
    notify: notify.map((it, j): Notified => {
      const at = within(spot, 'levels', i, 'notify', j);
      return typeof it === 'string'
        ? { kind: 'role', role: roleOf(it), spot: at }
        : { kind: 'person', person: it.person, spot: at };
    }),
    escalateAfter: durationIf(escalate_after),
    spot: within(spot, 'levels', i),
  })),
  repeats: written.repeats ?? 0,
  policy: written.pagerduty?.policy,
  spot,
});

export interface WrittenService {
  readonly name: string;
  readonly team: string;
  readonly service_level?: string;
  readonly escalation?: Many<string>;
}

export const service = (id: string, written: WrittenService, spot: Spot): Service => ({
  id,
  name: written.name,
  team: written.team,
  serviceLevel: written.service_level,
  escalation: new Map(entries(written.escalation)),
  spot,
});

export interface WrittenPlannedChange {
  readonly service: string;
  readonly summary: string;
  readonly timezone: string;
  readonly from: string;
  readonly to: string;
  readonly requested_at: string;
  readonly request?: string;
  readonly assigned: readonly { readonly role: string; readonly person: string }[];
}

export function plannedChange(id: string, written: WrittenPlannedChange, spot: Spot): PlannedChange {
  const zone = zoneOf(written.timezone);
  const instantOf = (text: string) => zone.instantOf(wallOfText(text) as Wall);
  return {
    id,
    team: id.slice(0, id.indexOf('/')),
    service: written.service,
    summary: written.summary,
    zone,
    startAt: instantOf(written.from),
    endAt: instantOf(written.to),
    requestedAt: instantOfText(written.requested_at) as Instant,
    request: written.request,
    assigned: written.assigned.map(({ role: ref, person: name }, i) => ({
      role: roleOf(ref),
      person: name,
      spot: within(spot, 'assigned', i),
    })),
    spot,
  };
}

/** The rotas with an extra override for everybody whom a planned change asks to be there, below those they have. */
export function withChanges(
  rotas: ReadonlyMap<string, Rota>,
  changes: ReadonlyMap<string, PlannedChange>,
): ReadonlyMap<string, Rota> {
  const extras = new Map<string, Override[]>();
  for (const { id, startAt, endAt, assigned } of changes.values()) {
    for (const { role: ref, person: name, spot } of assigned) {
      const given = assignment(name, 'extra', spot, undefined, id);
      const extra: Override = { kind: 'extra', role: ref.role, startAt, endAt, assignment: given, spot };
      extras.set(ref.rota, [...(extras.get(ref.rota) ?? []), extra]);
    }
  }
  if (extras.size === 0) return rotas;
  return new Map(
    [...rotas].map(([id, it]) => [
      id,
      extras.has(id) ? { ...it, overrides: [...it.overrides, ...(extras.get(id) ?? [])] } : it,
    ]),
  );
}
