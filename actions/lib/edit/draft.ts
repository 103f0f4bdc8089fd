/**
 * The overrides of one rota while they are edited: as data, each with its values as the file has them. A draft is
 * resolved like a rota, and compared with the file at the end, so that an edit of several steps is one change of the
 * text. Every function returns a new draft.
 */
import { outline } from '../load/load.ts';
import type { Assignment, Handbook, Override, Rota } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { resolve } from '../resolve/resolve.ts';
import { wallText } from '../time/date.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { Entry } from './entry.ts';
import type { OverrideChange } from './override-list.ts';
import { impossible } from './refusal.ts';

/** An override of hours or of extra time. */
type HoursOverride = Extract<Override, { readonly kind: 'hours' | 'extra' }>;
type TurnOverride = Extract<Override, { readonly kind: 'turn' }>;

/** An override of the file, or a new one. */
export interface DraftItem<Kind extends Override = Override> {
  /** Its index in the file; undefined for a new one. */
  readonly index: number | undefined;
  readonly entry: Entry;
  readonly override: Kind;
}

export type HoursItem = DraftItem<HoursOverride>;
export type TurnItem = DraftItem<TurnOverride>;

/** A rota whose overrides are being edited. */
export interface Draft {
  readonly rota: Rota;
  /** Those of the file that remain, in its order, and new ones at the end. */
  readonly items: readonly DraftItem[];
  /** The people assigned to planned changes, whom another file names. */
  readonly planned: readonly HoursOverride[];
}

/** The draft of a rota, from the text of its file; undefined for a text that does not match the rota. */
export function draftOf(rota: Rota, text: string): Draft | undefined {
  const { overrides = [] } = (outline(text).data ?? {}) as { overrides?: readonly object[] };
  const own = rota.overrides.filter((it) => it.location.file === rota.location.file);
  if (own.length !== overrides.length) return undefined;
  const items = own.map((override, index) => ({
    index,
    entry: Object.entries(overrides[index] as object) as unknown as Entry,
    override,
  }));
  const planned = rota.overrides.filter((it): it is HoursOverride => it.assignment.change !== undefined);
  return { rota, items, planned };
}

/** A role of a draft over a span; undefined when its support hours could not be read. */
export function resolveDraft(
  handbook: Handbook,
  { rota, items, planned }: Draft,
  role: string,
  span: Interval,
): RoleCover | undefined {
  const named = rota.terms.flatMap(({ hours }) => handbook.hours.get(hours ?? '') ?? []);
  const edited: Rota = { ...rota, overrides: [...items.map(({ override }) => override), ...planned] };
  const own = {
    ...handbook,
    hours: new Map(named.map((it) => [it.id, it])),
    rotas: new Map([[rota.id, edited]]),
  };
  return resolve(own, span).roles.get(`${rota.id}/${role}`);
}

/** The overrides of hours, or of extra time, of a role that overlap a span, in order of start. */
export const hoursItems = (
  { items }: Draft,
  role: string,
  { startAt, endAt }: Interval,
  kind: 'hours' | 'extra',
): readonly HoursItem[] =>
  items
    .filter((it): it is HoursItem => it.override.kind === kind && it.override.role === role)
    .filter(({ override }) => override.startAt < endAt && override.endAt > startAt)
    .toSorted((one, other) => one.override.startAt - other.override.startAt);

/** The draft without an item. */
export const remove = (draft: Draft, item: DraftItem): Draft => replace(draft, item);

/** The draft with other items in the place of one; items without an index go to the end. */
export function replace(draft: Draft, item: DraftItem, ...others: readonly DraftItem[]): Draft {
  const kept = others.filter(({ index }) => index !== undefined || item.index === undefined);
  const fresh = others.filter((it) => !kept.includes(it));
  return { ...draft, items: [...draft.items.flatMap((it) => (it === item ? kept : [it])), ...fresh] };
}

/** The draft with a new override at the end. */
export const insert = (draft: Draft, override: Override, entry: Entry): Draft => ({
  ...draft,
  items: [...draft.items, { index: undefined, entry, override }],
});

/** What can change in an override. */
interface Altered {
  readonly person?: string;
  readonly insteadOf?: string;
  readonly startAt?: Instant;
  readonly endAt?: Instant;
}

/** An override with other people or times. */
export function altered<Kind extends Override>(
  rota: Rota,
  { index, entry, override }: DraftItem<Kind>,
  { person, insteadOf, startAt, endAt }: Altered,
): DraftItem<Kind> {
  const given: Readonly<Record<string, string | undefined>> = {
    person,
    instead_of: insteadOf,
    from: startAt === undefined ? undefined : localText(rota, startAt),
    to: endAt === undefined ? undefined : localText(rota, endAt),
  };
  const assignment: Assignment = {
    ...override.assignment,
    person: person ?? override.assignment.person,
    insteadOf: insteadOf ?? override.assignment.insteadOf,
  };
  return {
    index,
    entry: entry.map(([key, value]) => [key, given[key] ?? value] as const),
    override: {
      ...override,
      ...(startAt === undefined ? {} : { startAt }),
      ...(endAt === undefined ? {} : { endAt }),
      assignment,
    },
  };
}

/** A new override like another one. */
export const copied = <Kind extends Override>(item: DraftItem<Kind>): DraftItem<Kind> => ({
  ...item,
  index: undefined,
});

/** Whether two overrides have the same values, except for their times. */
export const isLike = (one: HoursItem, other: HoursItem): boolean =>
  JSON.stringify(timeless(one)) === JSON.stringify(timeless(other));

const timeless = ({ entry }: HoursItem) => entry.filter(([key]) => key !== 'from' && key !== 'to');

/** An instant as a file has it; refuses one that a local time in minutes does not name. */
export function localText({ zone }: Rota, instant: Instant): string {
  const text = wallText(zone.wallOf(instant));
  if (zone.instantOf(Date.parse(`${text}Z`)) !== instant)
    throw impossible(
      `${text} in ${zone.name} is the second of two such times, as the clocks go back, or no whole minute; ` +
        'choose a time outside that hour',
    );
  return text;
}

/** The changes of the file that make it match a draft. */
export function changesOf(before: Draft, after: Draft): readonly OverrideChange[] {
  const kept = new Map(after.items.map((it) => [it.index, it]));
  const changed = before.items.flatMap(({ entry, index }): readonly OverrideChange[] => {
    if (index === undefined) return [];
    const now = kept.get(index);
    if (now === undefined) return [{ kind: 'remove', index }];
    return now.entry.flatMap(([key, value], i): readonly OverrideChange[] =>
      value === entry[i]?.[1] || typeof value !== 'string' ? [] : [{ kind: 'value', index, key, value }],
    );
  });
  const fresh = after.items.filter(({ index }) => index === undefined);
  return [...changed, ...fresh.map(({ entry }): OverrideChange => ({ kind: 'insert', entry }))];
}
