/**
 * The crossing of support hours, holidays, service levels, chains and services from data as written (snake_case, text) to the model (camelCase, days, instants). Takes data
 * that keeps its schema and the calendar, so it trusts every shape and every date.
 */
import {
  type CoverageRequirement,
  childLocation,
  type Escalation,
  type Holidays,
  type Hours,
  type HoursTerms,
  type Notified,
  type PathLocation,
  type Priority,
  roleOf,
  type Service,
  type ServiceLevel,
  type Stretch,
  type Target,
  type Window,
} from '../model.ts';
import { timeOf, WEEKDAYS, type Weekday } from '../time/date.ts';
import { durationOf } from '../time/duration.ts';
import { zoneOf } from '../time/zone.ts';

import { amended, day, entries, type Many } from './amendments.ts';

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

export const hours = (id: string, written: WrittenHours, location: PathLocation): Hours => ({
  id,
  name: written.name,
  zone: zoneOf(written.timezone),
  terms: amended<WrittenHoursTerms>(written, location).map(
    ({ firstOn, terms, at, location: here }): HoursTerms => ({
      firstOn,
      windows: new Map(entries(terms.windows).map(([name, it]) => [name, window(it)])),
      windowsLocation: at('windows'),
      workingDays: weekdays(terms.working_days ?? WORKING_DAYS),
      holidays: terms.holidays,
      coveredBy: entries(terms.covered_by).flatMap(([name, roles]) =>
        roles.map(
          (ref, i): CoverageRequirement => ({
            window: name,
            role: roleOf(ref),
            location: childLocation(at('covered_by'), name, i),
          }),
        ),
      ),
      location: here,
    }),
  ),
  location,
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

export const holidays = (id: string, written: WrittenHolidays, location: PathLocation): Holidays => ({
  id,
  name: written.name,
  fromOn: day(written.complete_from),
  untilOn: day(written.complete_until),
  days: new Map(entries(written.holidays).map(([on, name]) => [day(on), name])),
  location,
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

export const escalation = (id: string, written: WrittenEscalation, location: PathLocation): Escalation => ({
  id,
  name: written.name,
  appliesIn: written.applies_in,
  levels: written.levels.map(({ notify, escalate_after }, i) => ({
    notify: notify.map((it, j): Notified => {
      const at = childLocation(location, 'levels', i, 'notify', j);
      return typeof it === 'string'
        ? { kind: 'role', role: roleOf(it), location: at }
        : { kind: 'person', person: it.person, location: at };
    }),
    escalateAfter: durationIf(escalate_after),
    location: childLocation(location, 'levels', i),
  })),
  repeats: written.repeats ?? 0,
  policy: written.pagerduty?.policy,
  location,
});

export interface WrittenService {
  readonly name: string;
  readonly team: string;
  readonly service_level?: string;
  readonly escalation?: Many<string>;
}

export const service = (id: string, written: WrittenService, location: PathLocation): Service => ({
  id,
  name: written.name,
  team: written.team,
  serviceLevel: written.service_level,
  escalation: new Map(entries(written.escalation)),
  location,
});
