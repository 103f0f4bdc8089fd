/**
 * What our comment on a pull request shows, and since when, as a hidden line in the comment. An approval is of what the
 * comment showed when it was given: when the base branch moves on, the same commit can change somebody else's time.
 * Pure.
 */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import type { KeyChange } from '../compare/identity-change.ts';
import { digestOf } from '../text/digest.ts';
import { monthAfter, monthOf } from '../time/date.ts';
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
  /** The end of the comparison at that time: beyond it, changes become visible as time passes. */
  readonly until: Instant;
  /** Of what a key for the times of a month is; undefined in a comment of before it was recorded. */
  readonly grain: Grain | undefined;
  /** Digests of what the comment shows. */
  readonly keys: ReadonlySet<string>;
}

/** Whether the times of a month have a key for each pair of people, or one for all. */
type Grain = 'pair' | 'month';

/**
 * With more people and months than this, the times of a month are one key for all people. As months pass there are
 * fewer, so the grain is recorded: a commit is judged at the grain at which it was shown.
 */
const MOST_KEYS = 400;

/** What was known of a commit before a run. */
export interface EarlierReview {
  /** What the comment shows until now. */
  readonly shown: ShownReview | undefined;
  /** Whether the commit was judged, with or without a comment. */
  readonly wasJudged: boolean;
}

/** What is judged: a comparison, the commit, and the labels that let something pass. */
export interface ShownInput {
  readonly against: Against;
  readonly commit: string;
  readonly labels: readonly string[];
  readonly now: Instant;
}

/** What a comment about a comparison shows from now on. */
export function shownOf(judged: ShownInput, { shown, wasJudged }: EarlierReview): ShownReview {
  if (shown !== undefined && isShown(judged, shown)) return shown;
  const { against, commit } = judged;
  const isFirst = shown === undefined && !wasJudged;
  const grain = grainOf(judged, against.horizon);
  const keys = new Set([...keysOf(judged, against.horizon, grain), PRESENT]);
  const isRevised = shown?.commit === commit || (shown === undefined && wasJudged);
  return { commit, since: isFirst ? 'start' : undefined, isRevised, until: against.horizon, grain, keys };
}

/** Whether everything that a comparison changes was shown of this commit. */
export const isShown = (judged: ShownInput, { keys, until, grain, commit }: ShownReview): boolean =>
  commit === judged.commit &&
  keysOf(judged, until, grain ?? grainOf(judged, until), keys.has(PRESENT)).every((key) => keys.has(key));

/**
 * A key for everything that may not change unseen: who takes over from whom in which role, and when, month by month;
 * who somebody is; what could not be read; the labels that let something pass. The times of a month are those that
 * begin in it, over or not, so that a key stays the same as time passes; what began before the present month, and what
 * becomes visible as the end of the comparison moves on, have only who takes over from whom.
 */
function keysOf(judged: ShownInput, until: Instant, grain: Grain, hasPresent = true): readonly string[] {
  const { against, labels, now } = judged;
  const { notice } = against.handbook;
  const terms = [notice, ...notice.teams.values()];
  const passing = labels.filter((label) =>
    terms.some(({ emergency, correction }) => label === emergency.label || label === correction),
  );
  const changes = against.changes.filter(({ endAt }) => endAt > now);
  return [
    ...identityKeys(against, until),
    ...[...against.unread, ...against.unreadBefore].map((it) => keyOf(['unread', it])),
    ...passing.map((label) => keyOf(['label', label])),
    ...new Set(changes.map((it) => keyOf(pairOf(it, against)))),
    // Beyond the horizon only what is written out is compared, which no passing of time makes visible.
    ...changes.filter(({ startAt }) => startAt >= against.horizon).map((it) => timedKey(it, against)),
    ...monthKeys(judged, until, grain, hasPresent),
  ];
}

/** Among the keys of a comment, that the times of the present month are; those of before had none. */
const PRESENT = 'present';

const grainOf = (judged: ShownInput, until: Instant): Grain =>
  monthKeys(judged, until, 'pair').length <= MOST_KEYS ? 'pair' : 'month';

/** A key for the times of each month from the present one on, or of each pair of people in it. */
function monthKeys(
  { against, now }: ShownInput,
  until: Instant,
  grain: Grain,
  hasPresent = true,
): readonly string[] {
  const since = hasPresent ? monthOf(now) : monthAfter(now);
  const whole = against.changes.filter((it) => it.startAt >= since && it.startAt < until);
  const group = (it: CoverChange) =>
    JSON.stringify([
      new Date(it.startAt).toISOString().slice(0, 7),
      grain === 'pair' ? pairOf(it, against) : [],
    ]);
  return [...Map.groupBy(whole, group)].map(([name, all]) =>
    keyOf([
      name,
      all.map((it) => [it.rota, it.role, it.before, it.after, it.startAt, Math.min(it.endAt, until)]),
    ]),
  );
}

const keyOf = (data: unknown): string => digestOf(data).slice(0, 14);

/** Changes of who somebody is; each that has a time of its own by itself, because time passes over them one by one. */
const identityKeys = ({ identity }: Against, until: Instant): readonly string[] =>
  identity.flatMap(({ kind, id, keys }) => {
    const textOf = (all: readonly KeyChange[]) =>
      keyOf([
        kind,
        id,
        all.map(({ key, before, after, content }) => [key, before ?? null, after ?? null, content ?? null]),
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
function shownLine({ commit, since, isRevised, until, grain, keys }: ShownReview): string {
  const at = typeof since === 'number' ? instantText(since) : since;
  const data = { commit, since: at, isRevised, until: instantText(until), grain, keys: [...keys].join(' ') };
  return `${PREFIX}${JSON.stringify(data)} -->`;
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
    const { commit, since, isRevised, until, grain, keys } = data as Readonly<Record<string, unknown>>;
    const untilAt = instantOfText(String(until));
    if (typeof commit !== 'string' || typeof keys !== 'string' || untilAt === undefined) return undefined;
    const at = since === 'start' ? since : (instantOfText(String(since)) ?? editedAt);
    return {
      commit,
      since: at,
      isRevised: isRevised === true,
      until: untilAt,
      grain: grain === 'pair' || grain === 'month' ? grain : undefined,
      keys: new Set(keys.split(' ')),
    };
  } catch {
    return undefined;
  }
}
