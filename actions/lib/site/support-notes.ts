/**
 * What somebody should not promise for a turn on in-hours support, and what is possible all the same, as an event in
 * their own calendar. Pure.
 */
import type { Handbook } from '../model.ts';
import { teamName } from '../query/shifts.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { byPerson, padded, resolveOver } from '../resolve/resolve.ts';
import type { Turn } from '../resolve/rotation.ts';
import { turnText } from '../time/turn-name.ts';
import { clip, type Instant, type Interval } from '../timeline.ts';
import { isInHours } from './busy.ts';
import { eventText } from './calendar.ts';
import type { PersonalEvent } from './publication.ts';

/** The notes about the turns of one role that touch a span; `cover` is resolved over the `padded` span. */
export function supportNotes(
  handbook: Handbook,
  cover: RoleCover,
  span: Interval,
  revisedAt: Instant,
): readonly PersonalEvent[] {
  const { rota, role } = cover;
  const { keepFreeOf = [], fine = [] } = handbook.teams.get(rota.team)?.onSupport ?? {};
  if (!isInHours(rota, role) || keepFreeOf.length + fine.length === 0) return [];
  const turns = cover.list.filter(({ startAt, endAt }) => startAt < span.endAt && endAt > span.startAt);
  return turns.flatMap((turn) =>
    heldIn(handbook, cover, turn, span).map(({ person, startAt, endAt }) => ({
      people: [person],
      text: eventText({
        identity: `on support ${rota.id}/${role.id}/${turnText(turn.on)}`,
        startAt,
        endAt,
        summary: keepFreeOf.length > 0 ? `On support: keep free of ${listed(keepFreeOf)}` : 'On support',
        description: [
          `${teamName(handbook, rota.team)}, ${rota.name} (${role.id})`,
          ...(keepFreeOf.length > 0 ? [`Keep free of: ${listed(keepFreeOf)}`] : []),
          ...(fine.length > 0 ? [`Fine: ${listed(fine)}`] : []),
        ],
        category: rota.name,
        url: handbook.publishing.site,
        revisedAt,
      }),
    })),
  );
}

const listed = (items: readonly string[]): string => items.join(', ');

/** Who holds at least half of a turn's hours, from their first shift in it to the end of their last. */
function heldIn(
  handbook: Handbook,
  cover: RoleCover,
  turn: Turn,
  span: Interval,
): readonly (Interval & { readonly person: string })[] {
  if (!Number.isFinite(turn.endAt)) return [];
  const { startAt, endAt } = padded(span);
  const isWhole = startAt <= turn.startAt && turn.endAt <= endAt;
  const known = isWhole ? cover : resolveOver(handbook, cover, turn);
  const shifts = Map.groupBy(clip(byPerson(known?.cover() ?? []), turn), ({ value }) => value.person);
  const hours = lengthOf(clip(known?.duty ?? [], turn));
  return [...shifts].flatMap(([person, own]) => {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined || lengthOf(own) * 2 < hours) return [];
    return [{ person, startAt: first.startAt, endAt: last.endAt }];
  });
}

const lengthOf = (spans: readonly Interval[]): number =>
  spans.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
