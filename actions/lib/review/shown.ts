/**
 * What our comment on a pull request shows, and since when, as a hidden line in the comment. An approval is of what the
 * comment showed when it was given: when the base branch moves on, the same commit can change somebody else's time.
 * Pure.
 */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import type { KeyChange } from '../compare/identity-change.ts';
import { digestOf } from '../text/digest.ts';
import { MINUTE } from '../time/date.ts';
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
  /** Whether the same commit changed something else when it was first judged. */
  readonly isRevised: boolean;
  /** Whether it had room for everything that people agree to; otherwise no approval is of what it shows. */
  readonly isWhole: boolean;
  /** The end of the comparison at that time: beyond it, changes become visible as time passes. */
  readonly until: Instant;
  /** Of what a key for times is; undefined in a comment of before it was recorded. */
  readonly grain: Grain | undefined;
  /** Digests of what the comment shows, each with the instant from which on it may be absent. */
  readonly keys: Keys;
}

/** What has a key with its times: each change, the changes of a month for each pair of people, or all of a month. */
type Grain = (typeof GRAINS)[number];

const GRAINS = ['change', 'pair', 'month'] as const;

/**
 * With more keys than this, the grain is coarser. As time passes there are fewer, so the grain is recorded: a commit is
 * judged at the grain at which it was shown.
 */
const MOST_KEYS = 400;

/** What was known of a commit before a run. */
export interface EarlierReview {
  /** What the comment shows until now. */
  readonly shown: ShownReview | undefined;
  /** Whether the commit was judged, with or without a comment. */
  readonly wasJudged: boolean;
  /** Since when what is shown first would have been the same, so that an approval of before counts, too. */
  readonly sameSince: Instant | 'start';
  /** Whether what is shown first would have been something else when the author pushed or opened it. */
  readonly isAuthorLate: boolean;
}

/** What is judged: a comparison, the commit, and the labels that let something pass. */
export interface ShownInput {
  readonly against: Against;
  readonly commit: string;
  readonly labels: readonly string[];
  readonly now: Instant;
}

/** What a comment about a comparison shows from now on, and whether it has room for all that people agree to. */
export function shownOf(
  judged: ShownInput,
  { shown, wasJudged, sameSince, isAuthorLate }: EarlierReview,
  isWhole: boolean,
): ShownReview {
  const isSame = shown !== undefined && changesSame(judged, shown);
  if (isSame && (shown.isWhole || !isWhole)) return shown;
  const { against, commit } = judged;
  const isFirst = shown === undefined && !wasJudged;
  const since = isFirst ? sameSince : undefined;
  const grain = grainOf(judged, against.horizon);
  const keys = keysOf(judged, against.horizon, grain);
  const isOther = shown?.commit === commit || (shown === undefined && (wasJudged || isAuthorLate));
  const isRevised = isSame ? shown.isRevised : isOther;
  return { commit, since, isRevised, isWhole, until: against.horizon, grain, keys };
}

/** Whether everything that a comparison changes, and people agree to, was shown of this commit. */
export const isShown = (judged: ShownInput, shown: ShownReview): boolean =>
  shown.isWhole && changesSame(judged, shown);

/**
 * Whether a comparison changes exactly what this commit changed when the comment was written, apart from what is over:
 * no more, and no less, because what somebody agreed to may be half of an exchange.
 */
export function changesSame(judged: ShownInput, { keys, until, grain, commit }: ShownReview): boolean {
  const now = keysOf(judged, until, grain ?? grainOf(judged, until));
  return (
    commit === judged.commit &&
    [...now.keys()].every((key) => keys.has(key)) &&
    [...keys].every(([key, lastsUntil]) => lastsUntil <= judged.now || now.has(key))
  );
}

/** Keys, each with the instant from which on it may be absent. */
type Keys = ReadonlyMap<string, Instant>;

/** A key, which may be absent at any time unless it lasts until an instant. */
type Entry = readonly [key: string, lastsUntil: Instant];

/** What is no part of an exchange of time may be absent: who somebody is, a label, a file that could not be read. */
const NOT_AT_ALL: Instant = Number.NEGATIVE_INFINITY;

/**
 * A key for everything that may not change unseen: who takes over from whom in which role, and when; who somebody is;
 * what could not be read; the labels that let something pass. What becomes visible as the end of the comparison moves
 * on has only who takes over from whom.
 */
function keysOf({ against, labels, now }: ShownInput, until: Instant, grain: Grain): Keys {
  const { notice } = against.handbook;
  const terms = [notice, ...notice.teams.values()];
  const passing = labels.filter((label) =>
    terms.some(({ emergency, correction }) => label === emergency.label || label === correction),
  );
  const ahead = against.changes.filter(({ endAt }) => endAt > now);
  const entries: readonly Entry[] = [
    ...identityKeys(against, until).map((key): Entry => [key, NOT_AT_ALL]),
    ...[...against.unread, ...against.unreadBefore].map((it): Entry => [keyOf(['unread', it]), NOT_AT_ALL]),
    ...passing.map((label): Entry => [keyOf(['label', label]), NOT_AT_ALL]),
    ...ahead.map((it): Entry => [keyOf(pairOf(it, against)), it.endAt]),
    // What is over stays on record, and a change of it was ahead, or was shown as one of the record.
    ...against.changes
      .filter(({ endAt }) => endAt <= now)
      .map((it): Entry => [keyOf(pairOf(it, against)), NOT_AT_ALL]),
    // Beyond the horizon only what is written out is compared, which no passing of time makes visible.
    ...ahead
      .filter(({ startAt }) => startAt >= against.horizon)
      .map((it): Entry => [timedKey(it, against), NOT_AT_ALL]),
    ...timeKeys({ against, now }, until, grain),
  ];
  const keys = new Map<string, Instant>();
  for (const [key, lastsUntil] of entries) keys.set(key, Math.max(lastsUntil, keys.get(key) ?? NOT_AT_ALL));
  return keys;
}

type Compared = Pick<ShownInput, 'against' | 'now'>;

const grainOf = (compared: Compared, until: Instant): Grain =>
  (['change', 'pair'] as const).find((grain) => timeKeys(compared, until, grain).length <= MOST_KEYS) ??
  'month';

const timeKeys = (compared: Compared, until: Instant, grain: Grain): readonly Entry[] =>
  grain === 'change' ? changeKeys(compared, until) : monthKeys(compared.against, until, grain);

/**
 * Keys for the times of each change that is not over. A change that began before the comparison has only its end, so
 * each has a key for that, too.
 */
function changeKeys({ against, now }: Compared, until: Instant): readonly Entry[] {
  return against.changes
    .filter(({ startAt, endAt }) => endAt > now && startAt < until)
    .flatMap((it): readonly Entry[] => {
      const endAt = Math.min(it.endAt, until);
      const pair = pairOf(it, against);
      const whole: Entry = [keyOf([...pair, it.startAt, endAt]), NOT_AT_ALL];
      const end: Entry = [keyOf([...pair, 'until', endAt]), it.endAt];
      return it.startAt > against.beganAt ? [whole, end] : [end];
    });
}

/**
 * A key for the times of each month, or of each pair of people in it. The times of a month are those that begin in it,
 * over or not, so that a key stays the same as time passes; the month in which the comparison begins has none.
 */
function monthKeys(against: Against, until: Instant, grain: Grain): readonly Entry[] {
  const whole = against.changes.filter(
    (it) => it.startAt > monthAfter(against.beganAt) && it.startAt < until,
  );
  const group = (it: CoverChange) =>
    JSON.stringify([
      new Date(it.startAt).toISOString().slice(0, 7),
      grain === 'pair' ? pairOf(it, against) : [],
    ]);
  return [...Map.groupBy(whole, group)].map(([name, all]): Entry => {
    const times = all.map((it) => [
      ...[it.rota, it.role, it.before, it.after],
      ...[it.startAt, Math.min(it.endAt, until)],
    ]);
    return [keyOf([name, times]), NOT_AT_ALL];
  });
}

const monthAfter = (at: Instant): Instant => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
};

const keyOf = (data: unknown): string => digestOf(data).slice(0, 14);

/** Changes of who somebody is; each that has a time of its own by itself, because time passes over them one by one. */
const identityKeys = ({ identity }: Against, until: Instant): readonly string[] =>
  identity.flatMap(({ kind, id, keys, content }) => {
    const textOf = (all: readonly KeyChange[]) =>
      keyOf([
        kind,
        id,
        content ?? null,
        all.map(({ key, before, after }) => [key, before ?? null, after ?? null]),
      ]);
    const timeless = keys.filter(({ at }) => at === undefined);
    const timed = keys.filter(({ at }) => at !== undefined && at < until);
    return [...(timeless.length > 0 ? [textOf(timeless)] : []), ...timed.map((it) => textOf([it]))];
  });

/** Who takes over from whom in which role, and whether that is cover. */
function pairOf(change: CoverChange, { head }: Against): readonly unknown[] {
  const { rota, role, before, after, effect, extra } = change;
  const counts = head.rotas.get(rota)?.roles.get(role)?.counts ?? null;
  return [rota, role, before ?? null, after ?? null, effect ?? null, extra, counts];
}

const timedKey = (change: CoverChange, against: Against): string =>
  keyOf([...pairOf(change, against), change.startAt, change.endAt]);

const PREFIX = '<!-- rota-as-code: shown ';

/** The hidden line. */
function shownLine({ since, until, keys, ...rest }: ShownReview): string {
  const at = typeof since === 'number' ? instantText(since) : since;
  const data = { ...rest, since: at, until: instantText(until), keys: [...keys].map(keyText).join(' ') };
  return `${PREFIX}${JSON.stringify(data)} -->`;
}

/** `0123456789abcd`, or with the minutes since 1970 until which it lasts, to base 36: `0123456789abcd~hrys0`. */
const keyText = ([key, lastsUntil]: Entry): string =>
  lastsUntil === NOT_AT_ALL ? key : `${key}~${Math.floor(lastsUntil / MINUTE).toString(36)}`;

function entryOf(text: string): Entry {
  const [key = '', minutes] = text.split('~', 2);
  return [key, minutes === undefined ? NOT_AT_ALL : Number.parseInt(minutes, 36) * MINUTE];
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
    const { commit, since, isRevised, isWhole, until, grain, keys } = data as Readonly<
      Record<string, unknown>
    >;
    const untilAt = instantOfText(String(until));
    if (typeof commit !== 'string' || typeof keys !== 'string' || untilAt === undefined) return undefined;
    const at = since === 'start' ? since : (instantOfText(String(since)) ?? editedAt);
    return {
      commit,
      since: at,
      isRevised: isRevised === true,
      isWhole: isWhole === true,
      until: untilAt,
      grain: GRAINS.find((it) => it === grain),
      keys: new Map(keys.split(' ').map(entryOf)),
    };
  } catch {
    return undefined;
  }
}
