/** Parses PagerDuty's responses, leniently where its document is known to be wrong; throws on anything else. Pure. */

import { layered, overlay, type Span, type Timeline } from '../../timeline.ts';
import type {
  ActualPolicy,
  ActualService,
  AddResult,
  EscalationTarget,
  ExistingRecord,
  Overridden,
  Rendered,
  RenderedShift,
  ScheduleKind,
  ShiftSchedule,
} from './actual.ts';
import { NO_USER } from './actual.ts';
import { kindOfType } from './kinds.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);

/** A list that is required: a missing one would otherwise count as an empty one. */
function present(value: unknown, what: string): readonly Fields[] {
  if (Array.isArray(value)) return list(value);
  throw new Error(`PagerDuty returned ${what}`);
}

/** A text that is required. */
function text(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`PagerDuty returned ${what} that cannot be read`);
}

function instant(value: unknown, what: string): number {
  const at = Date.parse(text(value, what));
  if (Number.isNaN(at)) throw new Error(`PagerDuty returned ${what} that cannot be read`);
  return at;
}

const userOf = ({ user }: Fields): string => text(fields(user).id, 'an entry without a user');

const spanOf = (entry: Fields): Span<string> => ({
  startAt: instant(entry.start, 'a start'),
  endAt: instant(entry.end, 'an end'),
  value: userOf(entry),
});

/** All overrides in a response, including manual ones. */
export const overrides = (answer: unknown): readonly ExistingRecord[] =>
  present(fields(answer).overrides, 'no overrides').map((entry) => {
    const { startAt, endAt, value } = spanOf(entry);
    return { id: text(entry.id, 'an override without an id'), user: value, startAt, endAt };
  });

const timeline = (entries: readonly Fields[]): Timeline<string> => layered(entries.map(spanOf));

/** A schedule as it is rendered; its layers come highest first. */
export function rendered(answer: unknown): Rendered {
  const { final_schedule: final, schedule_layers: layers } = fields(fields(answer).schedule);
  const base = present(layers, 'no layers of a schedule').reduceRight<Timeline<string>>(
    (below, it) => overlay(below, timeline(list(it.rendered_schedule_entries))),
    [],
  );
  const { rendered_schedule_entries: shown } = fields(final);
  return { final: timeline(present(shown, 'no rendering of a schedule')), base };
}

/** A page of schedules, each with its kind by its type. */
export const scheduleKinds = (
  answer: unknown,
): {
  readonly kinds: readonly (readonly [string, ScheduleKind | { readonly unknownType: string }])[];
  readonly more: boolean;
} => ({
  kinds: present(fields(answer).schedules, 'no schedules').map(({ id, type }) => {
    const name = text(type, 'a schedule without a type');
    return [text(id, 'a schedule without an id'), kindOfType(name) ?? { unknownType: name.slice(0, 80) }];
  }),
  more: fields(answer).more === true,
});

/** The user of a member of a rotation or of a shift. */
function memberOf(value: unknown): string {
  const { type, user_id: id } = fields(value);
  return type === 'empty_member' ? NO_USER : text(id, 'a member without a user');
}

const timesOf = (entry: Fields) => ({
  startAt: instant(entry.start_time, 'a start'),
  endAt: instant(entry.end_time, 'an end'),
});

/** A schedule of shifts as it is rendered. */
export function finalSchedule(answer: unknown): ShiftSchedule {
  const { rotations, final_schedule: final } = fields(fields(answer).schedule);
  const assignments = present(fields(final).computed_shift_assignments, 'no rendering of a schedule');
  return {
    assignments: assignments.filter((it) => !isHole(it)).map(assignmentOf),
    rotations: Array.isArray(rotations)
      ? new Set(list(rotations).map(({ id }) => text(id, 'a rotation without an id')))
      : undefined,
  };
}

/** Time that no rotation and no shift has anybody for, which PagerDuty may list as an assignment of nobody. */
const isHole = ({ member, source }: Fields): boolean => {
  const { rotation_id: rotation, shift_id: shift } = fields(source);
  return fields(member).type === 'empty_member' && rotation === undefined && shift === undefined;
};

function assignmentOf(entry: Fields): RenderedShift {
  const { type, rotation_id: rotation, shift_id: shift, override_id: override } = fields(entry.source);
  const from = text(type, 'a shift without a source');
  const source = from.startsWith('schedule_rotation') ? 'rotation' : 'shift';
  if (source === 'shift' && !from.startsWith('custom_shift'))
    throw new Error(`PagerDuty returned a shift from a "${from.slice(0, 80)}", which cannot be read`);
  return {
    ...timesOf(entry),
    user: memberOf(entry.member),
    source: { source, id: text(source === 'rotation' ? rotation : shift, 'a shift without a source') },
    override: from.endsWith('_override') ? text(override, 'an override without an id') : undefined,
  };
}

/** A page of custom shifts, or of overrides of members. */
export function shiftRecords(
  answer: unknown,
  key: 'custom_shifts' | 'overrides',
): { readonly records: readonly ExistingRecord[]; readonly more: boolean } {
  const entries = present(fields(answer)[key], `no ${key}`);
  return { records: entries.map((it) => recordOf(it, key)), more: fields(answer).more === true };
}

function recordOf(entry: Fields, key: 'custom_shifts' | 'overrides'): ExistingRecord {
  const base = { id: text(entry.id, 'a shift without an id'), ...timesOf(entry) };
  if (key === 'custom_shifts') return { ...base, user: memberOf(list(entry.assignments)[0]?.member) };
  return { ...base, user: memberOf(entry.overriding_member), over: overriddenIn(entry) };
}

const overriddenIn = ({
  rotation_id: rotation,
  custom_shift_id: shift,
  overridden_member: member,
}: Fields): Overridden => {
  const isOfRotation = typeof rotation === 'string' && rotation !== '';
  return {
    source: isOfRotation ? 'rotation' : 'shift',
    id: text(isOfRotation ? rotation : shift, 'an override of nothing'),
    member: memberOf(member),
  };
};

/** The ids of custom shifts or overrides that were made, in the order of the request, as far as there are any. */
export const shiftResults = (
  answer: unknown,
  key: 'custom_shifts' | 'overrides',
): readonly (string | undefined)[] =>
  list(fields(answer)[key]).map(({ id }) => (typeof id === 'string' && id !== '' ? id : undefined));

/** A policy; `raw` keeps the fields that we send back and that a PUT accepts. */
export function policy(answer: unknown): ActualPolicy {
  const found = fields(fields(answer).escalation_policy);
  const kept = ['id', 'type', 'name', 'description', 'on_call_handoff_notifications'];
  const raw = Object.fromEntries(kept.flatMap((key) => (key in found ? [[key, found[key]]] : [])));
  return {
    levels: present(found.escalation_rules, 'no escalation policy').map((rule) => ({
      delayMinutes: Number(rule.escalation_delay_in_minutes),
      targets: list(rule.targets).map(targetOf),
      raw: ruleOf(rule),
    })),
    repeats: Number(found.num_loops ?? 0),
    raw: { ...raw, teams: list(found.teams).map(({ id, type }) => ({ id, type })) },
  };
}

const targetOf = ({ id, type }: Fields): EscalationTarget => {
  const name = text(type, 'a target without a type');
  // A target that is included in full has the type without the ending `_reference`.
  return { id: text(id, 'a target'), type: name.endsWith('_reference') ? name : `${name}_reference` };
};

/** The default strategy, to notify everybody, is left out: some accounts reject the field. */
function ruleOf({ id, escalation_rule_assignment_strategy: strategy }: Fields): Fields {
  const kind = typeof strategy === 'string' ? strategy : fields(strategy).type;
  const isPlain = kind === undefined || kind === null || kind === 'assign_to_everyone';
  return { id, ...(isPlain ? {} : { escalation_rule_assignment_strategy: strategy }) };
}

/** A service and the id of its policy. */
export const service = (answer: unknown): ActualService => ({
  policy: text(fields(fields(fields(answer).service).escalation_policy).id, 'a service without a policy'),
});

/** A page of users. */
export const users = (answer: unknown): { readonly ids: readonly string[]; readonly more: boolean } => ({
  ids: present(fields(answer).users, 'no users').map(({ id }) => text(id, 'a user without an id')),
  more: fields(answer).more === true,
});

/** The result for each override in the order of the request: PagerDuty sends a list, a named list, or a single one. */
export function addResults(answer: unknown, count: number): readonly AddResult[] {
  const { overrides: named, override: single } = fields(answer);
  const items = single === undefined ? list(named ?? answer) : [{ status: 201, override: single }];
  return Array.from({ length: count }, (_, i) => {
    const item = fields(items[i]);
    const made = fields(item.override ?? item);
    const isMade = (item.status === undefined || item.status === 201) && typeof made.id === 'string';
    if (isMade) return { id: made.id as string };
    return { refusal: words(item.errors) || 'no reason given' };
  });
}

/** "message (details)" of an error response; empty if it has none. */
export function reason(answer: unknown): string {
  const error = fields(answer).error;
  const { message, errors } = fields(error);
  const main = words(message ?? error);
  const details = words(errors);
  return main === '' ? '' : `${main}${details === '' ? '' : ` (${details})`}`;
}

/** The texts in a text, a list or a map, shortened. */
function words(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 200);
  if (Array.isArray(value)) return value.map(words).join(', ').slice(0, 400);
  return Object.entries(fields(value))
    .map(([key, own]) => `${key}: ${words(own)}`)
    .join(', ')
    .slice(0, 400);
}
