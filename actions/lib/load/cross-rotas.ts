/**
 * The crossing of people, teams, rotas and planned changes from data as written (snake_case, text) to the model (camelCase, days, instants). Takes data
 * that keeps its schema and the calendar, so it trusts every shape and every date.
 */
import {
  type Absence,
  type Assignment,
  type Contact,
  childLocation,
  type Handover,
  type Override,
  type PathLocation,
  type Person,
  type PlannedChange,
  type Role,
  type Rota,
  type RotaTerms,
  roleOf,
  type Team,
} from '../model.ts';
import { timeOf, type Wall, WEEKDAYS, type Weekday, wallOfText } from '../time/date.ts';
import { instantOfText, type Zone, zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

import { amended, day, dayIf, entries, type Many } from './amendments.ts';

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

export function person(id: string, written: WrittenPerson, location: PathLocation): Person {
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
        location: childLocation(location, 'away', i),
      }),
    ),
    lastOn: dayIf(written.last_day),
    location,
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

export function rota(id: string, written: WrittenRota, location: PathLocation): Rota {
  const zone = zoneOf(written.timezone);
  return {
    id,
    team: id.slice(0, id.indexOf('/')),
    name: written.name,
    zone,
    terms: amended<WrittenRotaTerms>(written, location).map(
      ({ firstOn, terms, location: here }): RotaTerms => ({
        firstOn,
        handover: handover(terms.handover),
        hours: terms.hours,
        covers: terms.covers,
        location: here,
      }),
    ),
    roles: new Map(
      entries(written.roles).map(([name, it]) => [
        name,
        role(name, it, childLocation(location, 'roles', name)),
      ]),
    ),
    overrides: (written.overrides ?? []).map((it, i) =>
      override(it, zone, childLocation(location, 'overrides', i)),
    ),
    location,
  };
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

const role = (id: string, written: WrittenRole, location: PathLocation): Role => ({
  id,
  needs: {
    skills: written.needs?.skills ?? [],
    vetted: written.needs?.vetted ?? false,
    onCall: written.needs?.on_call ?? false,
  },
  rotation: (written.rotation ?? []).map(({ first_turn, people }, i) => ({
    firstOn: day(first_turn),
    people: people.map((name, j) =>
      assignment(name, 'rotation', childLocation(location, 'rotation', i, 'people', j)),
    ),
    location: childLocation(location, 'rotation', i),
  })),
  turns: new Map(
    entries(written.turns).map(([on, name]) => [
      day(on),
      assignment(name, 'turn', childLocation(location, 'turns', on)),
    ]),
  ),
  follows: written.follows,
  counts: written.counts ?? true,
  schedule: written.pagerduty?.schedule,
  location,
});

const assignment = (
  name: string,
  by: Assignment['by'],
  location: PathLocation,
  insteadOf?: string,
  change?: string,
): Assignment => ({
  person: name,
  by,
  insteadOf,
  change,
  location,
});

function override(written: WrittenOverride, zone: Zone, location: PathLocation): Override {
  const { role: seat, turn, from, to, extra } = written;
  const given = assignment(
    written.person,
    extra === true ? 'extra' : 'override',
    location,
    written.instead_of,
  );
  if (turn !== undefined) return { kind: 'turn', role: seat, turnOn: day(turn), assignment: given, location };
  const instantOf = (text: string | undefined) => zone.instantOf(wallOfText(text as string) as Wall);
  const kind = extra === true ? 'extra' : 'hours';
  return { kind, role: seat, startAt: instantOf(from), endAt: instantOf(to), assignment: given, location };
}

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

export function plannedChange(
  id: string,
  written: WrittenPlannedChange,
  location: PathLocation,
): PlannedChange {
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
      location: childLocation(location, 'assigned', i),
    })),
    location,
  };
}

/** The rotas with an extra override for everybody whom a planned change asks to be there, below those they have. */
export function withChanges(
  rotas: ReadonlyMap<string, Rota>,
  changes: ReadonlyMap<string, PlannedChange>,
): ReadonlyMap<string, Rota> {
  const extras = new Map<string, Override[]>();
  for (const { id, startAt, endAt, assigned } of changes.values()) {
    for (const { role: ref, person: name, location } of assigned) {
      const given = assignment(name, 'extra', location, undefined, id);
      const extra: Override = { kind: 'extra', role: ref.role, startAt, endAt, assignment: given, location };
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
