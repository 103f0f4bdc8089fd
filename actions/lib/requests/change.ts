/**
 * Judges a request for an out-of-hours change: its notice, whether it is outside working hours, its windows, who is on
 * call then, and whether they are available. Pure; checks the handbook with the change in memory.
 */
import { describe } from '../check/describe.ts';
import { longestOf, teamOf } from '../compare/terms.ts';
import { writeChange } from '../edit/edit.ts';
import type { Edit } from '../edit/outcome.ts';
import type { Texts } from '../load/load.ts';
import {
  type Handbook,
  type LocatedFinding,
  type Person,
  roleText,
  type Service,
  termsFor,
} from '../model.ts';
import { awayFrom, firstDayAway, lastDayAway } from '../resolve/availability.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { coverOf, coversOf } from '../resolve/resolve.ts';
import { DAY, type Wall, wallOfText } from '../time/date.ts';
import { after, type Duration, durationText } from '../time/duration.ts';
import { formatDay, formatSpan } from '../time/format.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import { clip, type Instant, type Interval, type Span } from '../timeline.ts';
import type { Origin } from './facts.ts';
import type { FieldFault, Parsed } from './parse.ts';
import { type OnThen, supportOf } from './support.ts';

/** The values of a change's form, each valid by itself. */
interface ChangeRequest {
  readonly service: string;
  readonly summary: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly channel: string;
}

/** What is known about a request with valid times. */
export interface Timed {
  readonly service: Service;
  readonly request: ChangeRequest;
  readonly zone: Zone;
  readonly span: Interval;
  /** The window of the service's support hours in each part; undefined outside all of them. */
  readonly parts: readonly Span<string | undefined>[];
  readonly requestedAt: Instant;
  /** The notice that the policy requires. */
  readonly minimum: Duration;
  readonly onThen: readonly OnThen[];
  /** Why somebody is not available, as text. */
  readonly troubles: readonly string[];
}

export type ChangeVerdict =
  | { readonly kind: 'lacking'; readonly faults: readonly FieldFault[]; readonly timed: Timed | undefined }
  | { readonly kind: 'not-needed' | 'short-notice'; readonly timed: Timed }
  /** The edit is undefined while there are troubles. */
  | { readonly kind: 'accepted'; readonly timed: Timed; readonly edit: Edit | undefined };

/** The longest change; a longer one is requested in parts. */
const LONGEST = 31 * DAY;

/** Judges a request at the time `now`. */
export function judgeChange(
  texts: Texts,
  handbook: Handbook,
  now: Instant,
  parsed: Parsed,
  origin: Origin,
): ChangeVerdict {
  const request = requestOf(parsed);
  const lacking = (more: readonly FieldFault[]): ChangeVerdict => ({
    kind: 'lacking',
    faults: [...parsed.faults, ...more],
    timed: undefined,
  });
  const found = spanOf(request, now);
  const service = handbook.services.get(request.service);
  if ('faults' in found || service === undefined) return lacking('faults' in found ? found.faults : []);
  const known = supportOf(handbook, service, found);
  if (typeof known === 'string') return lacking([{ field: 'Service', message: known }]);
  const tried = tryOut(texts, now, service, request, known.onThen, origin);
  const timed: Timed = {
    service,
    request,
    ...found,
    parts: known.parts,
    requestedAt: origin.requestedAt,
    minimum: minimumFor(handbook, service, known.onThen),
    onThen: known.onThen,
    troubles: [...tried.troubles, ...troublesOf(known.resolved, known.onThen, found, tried.findings)],
  };
  const isLate = after(found.zone, origin.requestedAt, timed.minimum) > found.span.startAt;
  const faults = [...parsed.faults, ...(known.isWorking ? [] : known.handovers)];
  if (faults.length > 0) {
    const message =
      `this gives less notice than the ${durationText(timed.minimum)} that the policy requires; ` +
      'choose a later start';
    const late = isLate && !known.isWorking ? [{ field: 'Scheduled start', message }] : [];
    return { kind: 'lacking', faults: [...faults, ...late], timed };
  }
  if (known.isWorking) return { kind: 'not-needed', timed };
  if (isLate) return { kind: 'short-notice', timed };
  return { kind: 'accepted', timed, edit: timed.troubles.length > 0 ? undefined : tried.edit };
}

/** The notice of a change by the terms of the service's team, and of the teams whose roles are on call then. */
const minimumFor = ({ notice }: Handbook, { team }: Service, onThen: readonly OnThen[]): Duration =>
  longestOf(
    [team, ...onThen.map(({ role }) => teamOf(role.rota))].map(
      (it) => termsFor(notice, it).outOfHoursChange.minimum,
    ),
  );

function requestOf({ values }: Parsed): ChangeRequest {
  const value = (id: string) => values.get(id) ?? '';
  return {
    service: value('service'),
    summary: value('summary'),
    start: value('start'),
    end: value('end'),
    zone: value('zone'),
    channel: value('channel'),
  };
}

/** The span of a change, if its times exist, are in order and are in the future. */
function spanOf(
  { start, end, zone: name }: ChangeRequest,
  now: Instant,
): { readonly zone: Zone; readonly span: Interval } | { readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const zone = name === '' ? undefined : zoneOf(name);
  if (zone === undefined || start === '' || end === '') return { faults };
  const walls = [
    ['Scheduled start', start],
    ['Scheduled end', end],
  ] as const;
  for (const [field, text] of walls)
    if (!zone.shows(wallOfText(text) as Wall))
      faults.push({
        field,
        message: `${text} does not exist in ${name}, where the clocks go forward over it; choose a time after the gap`,
      });
  const [startAt, endAt] = walls.map(([, text]) => zone.instantOf(wallOfText(text) as Wall)) as [
    Instant,
    Instant,
  ];
  if (faults.length > 0) return { faults };
  if (endAt <= startAt)
    faults.push({
      field: 'Scheduled end',
      message: `this ends at ${end}, not after it begins (${start}); give it a later end`,
    });
  else if (endAt - startAt > LONGEST)
    faults.push({
      field: 'Scheduled end',
      message: `this takes over ${LONGEST / DAY} days; request each part separately`,
    });
  if (startAt <= now)
    faults.push({ field: 'Scheduled start', message: `${start} is in the past; choose a future time` });
  return faults.length > 0 ? { faults } : { zone, span: { startAt, endAt } };
}

/** Adds the change to the handbook, and reports the errors that this would add. */
function tryOut(
  texts: Texts,
  now: Instant,
  service: Service,
  request: ChangeRequest,
  onThen: readonly OnThen[],
  { number, url, requestedAt }: Origin,
): {
  readonly edit: Edit | undefined;
  readonly troubles: readonly string[];
  /** The troubles that are findings of rules. */
  readonly findings: readonly LocatedFinding[];
} {
  const assigned = onThen.flatMap(({ role, person }) =>
    person === undefined ? [] : [{ role: roleText(role), person }],
  );
  const nobody = onThen
    .filter(({ person }) => person === undefined)
    .map(({ role }) => `nobody is ${roleText(role)} then`);
  if (assigned.length === 0 || request.summary === '')
    return { edit: undefined, troubles: nobody, findings: [] };
  const outcome = writeChange(texts, now, {
    team: service.team,
    id: `issue-${number}`,
    service: request.service,
    summary: request.summary,
    timezone: request.zone,
    from: request.start,
    to: request.end,
    requestedAt: new Date(requestedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    request: url,
    assigned,
  });
  if (!('refusal' in outcome)) return { edit: outcome, troubles: nobody, findings: [] };
  const { refusal } = outcome;
  const findings = refusal.kind === 'errors' ? refusal.findings : [];
  const reasons = refusal.kind === 'errors' ? findings.map(describe) : [refusal.message];
  return { edit: undefined, troubles: [...nobody, ...reasons], findings };
}

/** Who is away or in another seat then, including faults that the handbook already had; omits what is in `findings`. */
function troublesOf(
  resolved: Resolved,
  onThen: readonly OnThen[],
  { span, zone }: { readonly span: Interval; readonly zone: Zone },
  findings: readonly LocatedFinding[],
): readonly string[] {
  const troubles: string[] = [];
  const isFound = (person: string, rule: string) =>
    findings.some((it) => it.rule === rule && it.args.person === person);
  for (const { role, person: id } of onThen) {
    const person = resolved.handbook.people.get(id ?? '');
    if (person === undefined) continue;
    const seat = coverOf(resolved, role);
    const when = seat === undefined ? undefined : awayText(resolved.handbook, person, seat, { span, zone });
    if (when !== undefined && !isFound(person.id, 'away')) troubles.push(`${person.id} is away ${when}`);
    for (const other of coversOf(resolved, person.id)) {
      const ref = { rota: other.rota.id, role: other.role.id };
      if (!other.role.counts || roleText(ref) === roleText(role) || isFound(person.id, 'double-booked'))
        continue;
      const held = clip(other.cover(), span).filter(({ value }) => value.person === person.id);
      const [first] = held;
      if (first !== undefined)
        troubles.push(
          `${person.id} is ${roleText(ref)} too, ${formatSpan(zone, first.startAt, first.endAt)}`,
        );
    }
  }
  return troubles;
}

/** When a person is away from a role during a change: the days of an absence, otherwise the part of the change. */
function awayText(
  handbook: Handbook,
  person: Person,
  seat: RoleCover,
  { span, zone }: { readonly span: Interval; readonly zone: Zone },
): string | undefined {
  for (const { reason, spans } of awayFrom(handbook, person, seat, span)) {
    const [first] = clip(spans, span);
    if (first === undefined) continue;
    const lastOn = reason.kind === 'absence' ? lastDayAway(reason.absence) : undefined;
    return reason.kind === 'absence' && reason.absence.kind === 'days' && lastOn !== undefined
      ? `${formatDay(firstDayAway(reason.absence))} to ${formatDay(lastOn)}`
      : formatSpan(zone, first.startAt, first.endAt);
  }
  return undefined;
}
