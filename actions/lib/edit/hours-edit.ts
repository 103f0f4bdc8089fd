/**
 * Gives hours of a role to a person. Overrides that are in the way are cut, and where the person would hold the role
 * anyway, that is all. What a cut left is joined again when its hours are given back, so that an undone cover restores
 * the original bytes.
 */
import { type Assignment, childLocation, type Handbook, type Override, type Rota } from '../model.ts';
import { clip, combine, type Instant, type Interval, overlay, type Timeline, without } from '../timeline.ts';
import {
  altered,
  copied,
  type Draft,
  type HoursItem,
  hoursItems,
  insert,
  isLike,
  localText,
  remove,
  replace,
} from './draft.ts';
import { COVER, hoursEntry } from './entry.ts';
import { resolvedOver } from './seat.ts';

/** Part of a span, and who holds a role in all of its duty time. */
export interface HeldPart extends Interval {
  readonly holder: string | undefined;
}

/** Which layer of a role to look at: without its overrides of hours, or with them. */
type Layer = 'beneath' | 'effective';

/**
 * The parts of a span by who holds a role on duty. Parts touch even where the time between them is off duty, and the
 * outer ones reach the ends of the span; none where the span has no duty.
 */
export function heldParts(
  handbook: Handbook,
  draft: Draft,
  role: string,
  span: Interval,
  layer: Layer,
): readonly HeldPart[] {
  const { duty, afterTurnOverrides } = resolvedOver(handbook, draft, role, span);
  const held =
    layer === 'beneath' ? afterTurnOverrides : overlay(afterTurnOverrides, hoursLayer(draft, role, span));
  const onDuty = combine(clip(duty, span), clip(held, span), (isOn, by) =>
    isOn === undefined ? undefined : { holder: by?.person },
  );
  const parts: { startAt: Instant; endAt: Instant; holder: string | undefined }[] = [];
  for (const { startAt, value } of onDuty) {
    const last = parts.at(-1);
    if (last !== undefined && last.holder === value.holder) continue;
    // A part begins where its holder does, or with the duty if that is later.
    const since = held.findLast((it) => it.startAt <= startAt && it.endAt > startAt)?.startAt ?? startAt;
    const from = last === undefined ? span.startAt : Math.max(since, lastDutyBefore(onDuty, startAt));
    if (last !== undefined) last.endAt = from;
    parts.push({ startAt: from, endAt: span.endAt, holder: value.holder });
  }
  return parts;
}

const lastDutyBefore = (onDuty: Timeline<unknown>, at: Instant): Instant =>
  onDuty.findLast(({ endAt }) => endAt <= at)?.endAt ?? at;

const hoursLayer = (draft: Draft, role: string, span: Interval): Timeline<Assignment> =>
  hoursItems(draft, role, span, 'hours').map(({ override }) => ({
    startAt: override.startAt,
    endAt: override.endAt,
    value: override.assignment,
  }));

/** The draft in which a person holds a role in a span, wherever it is on duty. */
export function withHours(
  handbook: Handbook,
  draft: Draft,
  role: string,
  span: Interval,
  person: string,
): Draft {
  let now = draft;
  for (const part of heldParts(handbook, draft, role, span, 'beneath'))
    now = withPart(handbook, now, role, part, person);
  return now;
}

/** The draft in which a person has the extra time that somebody has in a span. */
export function withExtraTime(
  handbook: Handbook,
  draft: Draft,
  role: string,
  span: Interval,
  person: string,
): Draft {
  const items = hoursItems(draft, role, span, 'extra');
  return items
    .filter(({ override }) => override.assignment.person !== person)
    .reduce((now, item) => withExtra(handbook, now, item, span, person), draft);
}

/** The draft in which a person has one part, whose holder beneath is one person or nobody. */
function withPart(handbook: Handbook, draft: Draft, role: string, part: HeldPart, person: string): Draft {
  const touching = hoursItems(draft, role, part, 'hours');
  if (part.holder === person) return cutAll(handbook, draft, touching, part);
  const own = touching.filter(({ override }) => override.assignment.person === person);
  const others = touching.filter((it) => !own.includes(it));
  const [first] = own;
  if (first !== undefined) return joined(cutAll(handbook, draft, others, part), own, part);
  const rests = touchingRests(draft, role, part, person, others);
  if (rests.length > 0) return joined(cutAll(handbook, draft, others, part), rests, part);
  const exact = others.find(
    ({ override }) => override.startAt === part.startAt && override.endAt === part.endAt,
  );
  if (exact !== undefined) return replace(draft, exact, altered(draft.rota, exact, { person }));
  return withNew(handbook, draft, role, part, person, others);
}

/** A new override for a part; what follows the cut of another one comes after it. */
function withNew(
  handbook: Handbook,
  draft: Draft,
  role: string,
  part: HeldPart,
  person: string,
  others: readonly HoursItem[],
): Draft {
  const { rota } = draft;
  const times = { from: localText(rota, part.startAt), to: localText(rota, part.endAt) };
  const location = childLocation(rota.location, 'overrides', draft.items.length);
  const override: Override = {
    ...{ kind: 'hours', role, location, startAt: part.startAt, endAt: part.endAt },
    assignment: { person, by: 'override', insteadOf: part.holder, change: undefined, location },
  };
  const begun = others.reduce((it, item) => cut(handbook, it, item, part, 'before'), draft);
  const added = insert(begun, override, hoursEntry(role, times, person, part.holder));
  return others.reduce((it, item) => cut(handbook, it, item, part, 'after'), added);
}

/**
 * What is left of the person's own cover beside a part that was cut out of it: it ends where the part begins, or begins
 * where it ends, and a later cover of ours has the part now.
 */
function touchingRests(
  draft: Draft,
  role: string,
  part: HeldPart,
  person: string,
  others: readonly HoursItem[],
): readonly HoursItem[] {
  const around = { startAt: part.startAt - 1, endAt: part.endAt + 1 };
  const beside = hoursItems(draft, role, around, 'hours').filter(
    ({ override: { assignment, startAt, endAt } }) =>
      (endAt === part.startAt || startAt === part.endAt) &&
      assignment.person === person &&
      assignment.insteadOf === part.holder,
  );
  const isOurs = (other: HoursItem, rest: HoursItem) =>
    draft.items.indexOf(other) > draft.items.indexOf(rest) &&
    other.entry.some(([key, value]) => key === 'reason' && value === COVER);
  const [before, after] = [
    beside.find(({ override }) => override.endAt === part.startAt),
    beside.find(({ override }) => override.startAt === part.endAt),
  ];
  if (before !== undefined && others.some((other) => isOurs(other, before)))
    return after !== undefined && isLike(before, after) ? [before, after] : [before];
  return after !== undefined && others.some((other) => isOurs(other, after)) ? [after] : [];
}

/** The draft in which the first of some overrides covers a part and all that the others cover. */
function joined(draft: Draft, items: readonly HoursItem[], part: Interval): Draft {
  const [first, ...others] = items as [HoursItem, ...HoursItem[]];
  const startAt = Math.min(part.startAt, ...items.map(({ override }) => override.startAt));
  const endAt = Math.max(part.endAt, ...items.map(({ override }) => override.endAt));
  const longer = replace(draft, first, retimed(draft.rota, first, { startAt, endAt }));
  return others.reduce(remove, longer);
}

/** An override with other times; a time that stays keeps its text. */
const retimed = (rota: Rota, item: HoursItem, { startAt, endAt }: Interval): HoursItem =>
  altered(rota, item, {
    ...(startAt === item.override.startAt ? {} : { startAt }),
    ...(endAt === item.override.endAt ? {} : { endAt }),
  });

const cutAll = (handbook: Handbook, draft: Draft, items: readonly HoursItem[], part: Interval): Draft =>
  items.reduce(
    (it, item) => cut(handbook, cut(handbook, it, item, part, 'before'), item, part, 'after'),
    draft,
  );

/**
 * Cuts a part out of an override. `before` shortens the override, or removes it where nothing before the part remains;
 * `after` adds what remains after it.
 */
function cut(
  handbook: Handbook,
  draft: Draft,
  item: HoursItem,
  part: Interval,
  side: 'before' | 'after',
): Draft {
  const { rota } = draft;
  const { startAt, endAt, role } = item.override;
  const isLeft = (rest: Interval) => rest.startAt < rest.endAt && hasDuty(handbook, draft, role, rest);
  const remainsBefore = isLeft({ startAt, endAt: part.startAt });
  const remainsAfter = isLeft({ startAt: part.endAt, endAt });
  if (side === 'after') {
    if (!remainsBefore || !remainsAfter) return draft;
    const rest = copied(retimed(rota, item, { startAt: part.endAt, endAt }));
    return { ...draft, items: [...draft.items, rest] };
  }
  if (remainsBefore) return replace(draft, item, retimed(rota, item, { startAt, endAt: part.startAt }));
  if (remainsAfter) return replace(draft, item, retimed(rota, item, { startAt: part.endAt, endAt }));
  return remove(draft, item);
}

const hasDuty = (handbook: Handbook, draft: Draft, role: string, span: Interval): boolean =>
  clip(resolvedOver(handbook, draft, role, span).duty, span).length > 0;

/** The draft in which a person has the part of somebody's extra time that lies within a span. */
function withExtra(handbook: Handbook, draft: Draft, item: HoursItem, span: Interval, person: string): Draft {
  const { rota } = draft;
  const { override } = item;
  const startAt = Math.max(span.startAt, override.startAt);
  const endAt = Math.min(span.endAt, override.endAt);
  const { duty } = resolvedOver(handbook, draft, override.role, { startAt, endAt });
  if (without([{ startAt, endAt, value: true }], duty).length === 0) return draft;
  const own = altered(rota, retimed(rota, item, { startAt, endAt }), { person });
  const rests = [
    { startAt: override.startAt, endAt: startAt },
    { startAt: endAt, endAt: override.endAt },
  ].filter((rest) => rest.startAt < rest.endAt);
  const [first, ...others] = [...rests.map((rest) => retimed(rota, item, rest)), own];
  const given = replace(draft, item, first as HoursItem, ...others.map(copied));
  return rejoined(given, override.role, { startAt, endAt }, 'extra');
}

/** The draft in which overrides that touch at the edges of a part, and are alike, are one again. */
export function rejoined(
  draft: Draft,
  role: string,
  part: Interval,
  kind: 'hours' | 'extra' = 'hours',
): Draft {
  const edges: readonly Instant[] = [part.startAt, part.endAt];
  return edges.reduce((now, edge) => {
    const beside = hoursItems(now, role, { startAt: edge - 1, endAt: edge + 1 }, kind);
    const before = beside.find(({ override }) => override.endAt === edge);
    const after = beside.find(({ override }) => override.startAt === edge);
    if (before === undefined || after === undefined || !isLike(before, after)) return now;
    const [kept, dropped] =
      now.items.indexOf(before) < now.items.indexOf(after) ? [before, after] : [after, before];
    const whole = { startAt: before.override.startAt, endAt: after.override.endAt };
    return remove(replace(now, kept, retimed(now.rota, kept, whole)), dropped);
  }, draft);
}
