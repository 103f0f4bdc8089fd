/** Parses PagerDuty's responses, leniently where its document is known to be wrong; throws on anything else. Pure. */

import { layered, overlay, type Span, type Timeline } from '../../timeline.ts';
import type {
  ActualPolicy,
  ActualService,
  AddResult,
  EscalationTarget,
  ExistingOverride,
  Rendered,
} from './actual.ts';

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
export const overrides = (answer: unknown): readonly ExistingOverride[] =>
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

/** Whether an error is PagerDuty's refusal of a shift-based schedule, which has no code of its own but this text. */
export const isShiftBased = ({
  status,
  reason,
}: {
  readonly status: number;
  readonly reason: string;
}): boolean => status === 400 && /shift-based/i.test(reason);

/** The texts in a text, a list or a map, shortened. */
function words(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 200);
  if (Array.isArray(value)) return value.map(words).join(', ').slice(0, 400);
  return Object.entries(fields(value))
    .map(([key, own]) => `${key}: ${words(own)}`)
    .join(', ')
    .slice(0, 400);
}
