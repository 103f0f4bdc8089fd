/**
 * What our comment on a pull request shows, and since when, as a hidden line in the comment. An approval is of what the
 * comment showed when it was given: when the base branch moves on, the same commit can change somebody else's time.
 * Pure.
 */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import { digestOf } from '../text/digest.ts';
import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/** What a comment shows of one commit. */
export interface ShownReview {
  readonly commit: string;
  /**
   * Since when, by GitHub's clock; `start` if nothing else was shown before, so that an approval that came before the
   * first comment counts too; undefined until GitHub has said when the comment was edited.
   */
  readonly since: Instant | 'start' | undefined;
  /** The end of the comparison at that time: beyond it, changes become visible as time passes. */
  readonly until: Instant;
  /** Digests of what the comment shows. */
  readonly keys: ReadonlySet<string>;
}

/** With more changes than this, only who takes over from whom in which role is compared, not each time of it. */
const MOST_CHANGES = 300;

/** What was known of a commit before a run. */
export interface EarlierReview {
  /** What the comment shows until now. */
  readonly shown: ShownReview | undefined;
  /** Whether the commit was judged, with or without a comment. */
  readonly wasJudged: boolean;
}

/** What a comment about a comparison shows from now on. */
export function shownOf(
  against: Against,
  commit: string,
  now: Instant,
  { shown, wasJudged }: EarlierReview,
): ShownReview {
  if (shown !== undefined && isShown(against, commit, now, shown)) return shown;
  const changes = changesAhead(against, now);
  const until = against.horizon;
  const exact = changes.length > MOST_CHANGES ? [] : changes.map((it) => changeKey(it, until));
  const keys = new Set([...timelessKeys(against), ...changes.map(pairKey), ...exact]);
  const isFirst = shown === undefined && !wasJudged;
  return { commit, since: isFirst ? 'start' : undefined, until, keys };
}

/** Whether everything that a comparison changes was shown of this commit. */
export function isShown(
  against: Against,
  commit: string,
  now: Instant,
  { keys, until, ...shown }: ShownReview,
): boolean {
  const changes = changesAhead(against, now);
  const isExact = changes.length <= MOST_CHANGES;
  return (
    shown.commit === commit &&
    timelessKeys(against).every((it) => keys.has(it)) &&
    changes.every((it) => {
      if (!keys.has(pairKey(it))) return false;
      return !isExact || it.startAt <= now || it.startAt >= until || keys.has(changeKey(it, until));
    })
  );
}

const changesAhead = ({ changes }: Against, now: Instant): readonly CoverChange[] =>
  changes.filter(({ endAt }) => endAt > now);

const keyOf = (data: unknown): string => digestOf(data).slice(0, 10);

/** Changes of who somebody is, and what could not be read. */
const timelessKeys = ({ identity, unread, unreadBefore }: Against): readonly string[] => [
  ...identity.map(({ kind, id, keys }) =>
    keyOf([kind, id, keys.map(({ key, before, after }) => [key, before ?? null, after ?? null])]),
  ),
  ...[...unread, ...unreadBefore].map((it) => keyOf(['unread', it])),
];

const pairOf = ({ rota, role, before, after, effect }: CoverChange): readonly unknown[] => [
  ...[rota, role, before ?? null, after ?? null, effect ?? null],
];

const pairKey = (change: CoverChange): string => keyOf(pairOf(change));

const changeKey = (change: CoverChange, until: Instant): string =>
  keyOf([...pairOf(change), change.startAt, Math.min(change.endAt, until)]);

const PREFIX = '<!-- rota-as-code: shown ';

/** The hidden line. */
function shownLine({ commit, since, until, keys }: ShownReview): string {
  const at = typeof since === 'number' ? instantText(since) : since;
  return `${PREFIX}${JSON.stringify({ commit, since: at, until: instantText(until), keys: [...keys].join(' ') })} -->`;
}

/** A check's part of the comment, with the hidden line after its marker. */
export const withShownLine = (part: string, shown: ShownReview): string =>
  part.replace('\n', () => `\n${shownLine(shown)}\n`);

/** Reads the hidden line of a comment that GitHub says was last edited at `editedAt`; undefined if it has none. */
export function shownIn(comment: string, editedAt: Instant): ShownReview | undefined {
  const line = comment.split('\n', 20).find((it) => it.startsWith(PREFIX) && it.endsWith(' -->'));
  if (line === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(line.slice(PREFIX.length, -4));
    if (typeof data !== 'object' || data === null) return undefined;
    const { commit, since, until, keys } = data as Readonly<Record<string, unknown>>;
    const untilAt = instantOfText(String(until));
    if (typeof commit !== 'string' || typeof keys !== 'string' || untilAt === undefined) return undefined;
    const at = since === 'start' ? since : (instantOfText(String(since)) ?? editedAt);
    return { commit, since: at, until: untilAt, keys: new Set(keys.split(' ')) };
  } catch {
    return undefined;
  }
}
