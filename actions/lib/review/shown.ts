/**
 * What our comment on a pull request shows, and since when, as a hidden line in the comment. An approval is of what the
 * comment showed when it was given: when the base branch moves on, the same commit can change somebody else's time.
 * Pure.
 */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import { comparedAt, horizonAt } from '../compare/compare.ts';
import type { KeyChange } from '../compare/identity-change.ts';
import { servicesCalling } from '../compare/identity-content.ts';
import type { Priorities } from '../compare/priorities.ts';
import type { NewCall } from '../compare/service-calls.ts';
import { withTooLittleNotice } from '../compare/verdict.ts';
import { roleText } from '../model.ts';
import { wholeDigestOf } from '../text/digest.ts';
import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant, Timeline } from '../timeline.ts';

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
  /** Whether a run has seen its author open or offer the pull request, or push to it, or was the first to judge it. */
  readonly isOffered: boolean;
  /** Whether it had room for everything that people agree to; otherwise no approval is of what it shows. */
  readonly isWhole: boolean;
  /** When it was judged: as of then, it has to change the same. */
  readonly at: Instant;
  /** A digest of everything that it changed. */
  readonly digest: string;
  /** The labels that let something pass, in order, and since when it shows them; undefined as `since`, or for none. */
  readonly labels: readonly string[];
  readonly labelledSince: Instant | undefined;
  /** What had too little notice when it was judged with them, which they let pass; a key of each. */
  readonly late: readonly string[];
  /** The end of the comparison: a policy of the base that looks further ahead makes it no other change. */
  readonly horizon: Instant;
  /** What the comment showed before the author pushed this commit, or what it only updates. */
  readonly earlier: EarlierShown | undefined;
}

/** What a comment showed of an earlier commit. */
export interface EarlierShown extends Pick<ShownReview, 'commit' | 'isWhole' | 'at' | 'digest' | 'horizon'> {
  /** By when it did, by GitHub's clock. */
  readonly writtenAt: Instant;
}

/** What was known of a commit before a run. */
export interface EarlierReview {
  /** What the comment shows until now. */
  readonly shown: ShownReview | undefined;
  /** What it showed before that: as in `ShownReview`. */
  readonly earlier: ShownReview['earlier'];
  /** Whether there was a verdict whose comment cannot be trusted, so that nobody knows what was shown. */
  readonly wasJudged: boolean;
  /** Whether there was a verdict without a comment that nothing is to be agreed to: an approval may be of that. */
  readonly hasPassed?: boolean;
  /** Since when what is shown first would have been the same, so that an approval of before counts, too. */
  readonly sameSince: Instant | 'start';
  /** Whether it would have changed something else when its author opened or pushed it. */
  readonly isAuthorLate: boolean;
  /** The same of this run, or of one that the comment shows. */
  readonly isOffered: boolean;
  /** Since when the pull request has had the labels that let something pass; undefined if that is not known. */
  readonly labelsSetAt: Instant | undefined;
}

/** What is judged: a comparison, the commit, and the labels that let something pass. */
export interface ShownInput {
  readonly against: Against;
  readonly commit: string;
  readonly labels: readonly string[];
  readonly now: Instant;
  /** When the pull request was opened, or its head pushed, whichever was later; now, if that is not known. */
  readonly writtenAt: Instant;
}

/** What a comment about a comparison shows from now on, and whether it has room for all that people agree to. */
export function shownOf(
  judged: ShownInput,
  { shown, earlier, wasJudged, hasPassed = false, ...of }: EarlierReview,
  isWhole: boolean,
): ShownReview {
  const { against, commit, now } = judged;
  const { sameSince, isAuthorLate, isOffered, labelsSetAt } = of;
  const isSame = shown !== undefined && changesSame(judged, shown);
  const labels = passingLabels(judged);
  if (isSame && (shown.isWhole || !isWhole)) {
    const known = shown.isOffered === isOffered ? shown : { ...shown, isOffered };
    return isLabelled(shown, judged)
      ? known
      : { ...known, labels, labelledSince: undefined, late: lateKeys(against, now) };
  }

  const isFirst = shown === undefined && !wasJudged && !hasPassed;
  // Of labels that were set before the first verdict, whoever approved it after that knew.
  const isEarly = isFirst && labels.length > 0 && labelsSetAt !== undefined && isLateBy(judged, labelsSetAt);
  const isOther = shown?.commit === commit || isAuthorLate || (shown === undefined && wasJudged);
  return {
    commit,
    since: isFirst ? sameSince : undefined,
    isRevised: isSame ? shown.isRevised : isOther,
    isOffered,
    isWhole,
    at: now,
    digest: digestOfAll(against),
    labels,
    labelledSince: isEarly ? labelsSetAt : undefined,
    late: lateKeys(against, isEarly ? labelsSetAt : now),
    horizon: against.horizon,
    earlier,
  };
}

/** Whether a comment shows the labels that let something pass, and everything that they let pass by now. */
export function isLabelled(shown: ShownReview, judged: ShownInput): boolean {
  const labels = passingLabels(judged);
  const isSame = shown.labels.length === labels.length && labels.every((it, i) => shown.labels[i] === it);
  return isSame && (labels.length === 0 || showsLate(shown, judged));
}

type Judged = Pick<ShownInput, 'against' | 'now'>;

/** Whether everything that has too little notice now had too little already at another instant. */
export function isLateBy({ against, now }: Judged, at: Instant): boolean {
  const then = new Set(lateKeys(against, at));
  return lateKeys(against, now).every((it) => then.has(it));
}

/** Whether everything that has too little notice now had too little when a comment showed its labels. */
export const showsLate = ({ late }: Pick<ShownReview, 'late'>, { against, now }: Judged): boolean =>
  lateKeys(against, now).every((it) => late.includes(it));

/** More than these are one: the line has no room for them. */
const MOST_LATE = 100;

/** A key of each change and call that has too little notice as of an instant; calls can be from now on, at any time. */
function lateKeys(against: Against, at: Instant): readonly string[] {
  const keys = withTooLittleNotice(against, at).map((it) =>
    'callee' in it
      ? keyOf([it.subject, it.callee])
      : keyOf([it.rota, it.role, it.before ?? null, it.after ?? null, it.startAt]),
  );
  return keys.length > MOST_LATE ? [keyOf(keys)] : keys.map((it) => it.slice(0, 24));
}

/**
 * Whether a comparison changes exactly what this commit changed when the comment was written: as of that time no more,
 * and no less, because what somebody agreed to may be half of an exchange. What is over by now is no other change, and
 * what has become visible since is none if it is between the same people.
 */
export function changesSame(
  judged: ShownInput,
  shown: Pick<ShownReview, 'commit' | 'at' | 'digest' | 'horizon'>,
): boolean {
  const { against, commit, now, writtenAt } = judged;
  if (commit !== shown.commit) return false;
  const isSameTime =
    shown.at === now && shown.horizon === against.horizon && against.pastUntil === Math.min(now, writtenAt);
  const then = isSameTime ? against : comparedAt(against, shown.at, shown.horizon, writtenAt);
  return digestOfAll(then) === shown.digest && addsNothingTo(then, against);
}

/**
 * Whether a comparison changes nothing that the same one did not change as of an earlier instant, when less of what is
 * ahead was compared.
 */
export function addsNothingSince(
  { against, writtenAt }: Pick<ShownInput, 'against' | 'writtenAt'>,
  at: Instant,
): boolean {
  const horizon = horizonAt(against, at);
  return horizon >= against.horizon || addsNothingTo(comparedAt(against, at, horizon, writtenAt), against);
}

/**
 * Whether everything that a comparison changes was in the same one as of an earlier instant: also what is over by now,
 * as it may have been beyond what was compared then.
 */
function addsNothingTo(then: Against, against: Against): boolean {
  const keys = new Set([
    ...identityKeys(then, then.horizon),
    ...timedKeys(then, Number.NEGATIVE_INFINITY),
    ...then.changes.map((it) => pairKey(it, then)),
  ]);
  return (
    identityKeys(against, then.horizon).every((key) => keys.has(key)) &&
    timedKeys(against, then.horizon).every((key) => keys.has(key)) &&
    against.changes.every((it) => keys.has(pairKey(it, against)))
  );
}

/**
 * The labels of a pull request that let something pass, in order. That of an emergency is none while there is enough
 * notice, because whoever approves a change then approves no emergency; nor is that of corrections without any past.
 */
export function passingLabels({
  against,
  labels,
  now,
}: Pick<ShownInput, 'against' | 'labels' | 'now'>): readonly string[] {
  const { notice } = against.handbook;
  const terms = [notice, ...notice.teams.values()];
  const isLate = withTooLittleNotice(against, now).length > 0;
  const isPast = against.past.length > 0;
  return labels
    .filter((label) =>
      terms.some(
        ({ emergency, correction }) =>
          (isPast && label === correction) || (isLate && label === emergency.label),
      ),
    )
    .toSorted();
}

/**
 * A digest of everything that may not change unseen: who takes over from whom in which role, and when, on record and
 * ahead; who somebody is; whom what calls from then on, when, and how; what could not be read.
 */
function digestOfAll(against: Against): string {
  const times = against.changes.map((it) => [...pairOf(it, against), it.startAt, it.endAt]);
  const how = new Map<NewCall, unknown>();
  const howOf = (call: NewCall) => {
    const known = how.get(call) ?? callContent(call);
    how.set(call, known);
    return known;
  };
  const spans = (all: Timeline<NewCall>) =>
    all.map(({ startAt, endAt, value }) => [startAt, endAt, howOf(value)]);
  const calls = against.reached.map((it) => [it.subject, it.callee, spans(it.calls), spans(it.gained)]);
  const unread = [against.unread, against.unreadBefore];
  return wholeDigestOf([times, identityKeys(against, against.horizon), calls, unread]);
}

/** How somebody is called: in which window, before others or not, and for which priorities. */
function callContent({ window, isPause, chain, first, priorities, ...call }: NewCall): unknown {
  const { wasCalled, isForMore, isEarlier } = call;
  const setOf = ({ isAllBut, named }: Priorities) => [isAllBut, [...named]];
  return [window, isPause, chain, setOf(first), setOf(priorities), wasCalled, isForMore, isEarlier];
}

/** Long enough that nobody finds two with the same key. */
const keyOf = (data: unknown): string => wholeDigestOf(data).slice(0, 32);

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

/**
 * A key of each change that has a time of its own, from an instant on: what it is about, the values before and after,
 * and who agrees. The day is not in it, so that another holiday of the same list has the same key.
 */
const timedKeys = ({ identity }: Against, from: Instant): readonly string[] =>
  identity.flatMap(({ keys, ...of }) =>
    keys
      .filter(({ at }) => at !== undefined && at >= from)
      .map(({ before, after }) => keyOf([of, before ?? null, after ?? null])),
  );

const pairKey = (change: CoverChange, against: Against): string => keyOf(pairOf(change, against));

/** Who takes over from whom in which role, whether that is cover, and, where it is none, what calls it, and when. */
function pairOf(change: CoverChange, { head }: Against): readonly unknown[] {
  const { rota, role, before, after, effect, extra } = change;
  const counts = head.rotas.get(rota)?.roles.get(role)?.counts ?? null;
  const callers = counts === true ? [] : servicesCalling(head, roleText({ rota, role }));
  return [rota, role, before ?? null, after ?? null, effect ?? null, extra, counts, callers];
}

const PREFIX = '<!-- rota-as-code: shown ';

/** The hidden line, with its keys in one order, so that the same is not written again. */
function shownLine(shown: ShownReview): string {
  const { since, labelledSince, ...of } = shown;
  const { commit, isRevised, isOffered, isWhole, at, digest, labels, late, horizon, earlier } = of;
  const textOf = (it: ShownReview['since']) => (typeof it === 'number' ? instantText(it) : it);
  const times = { since: textOf(since), labelledSince: textOf(labelledSince) };
  const before = earlier && {
    ...{ commit: earlier.commit, isWhole: earlier.isWhole, at: earlier.at, digest: earlier.digest },
    ...{ horizon: earlier.horizon, writtenAt: instantText(earlier.writtenAt) },
  };
  const data = {
    ...{ commit, isRevised, isOffered, isWhole, at, digest, labels, late, horizon, ...times },
    earlier: before,
  };
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
    const { since, labelledSince, ...of } = data as Readonly<Record<string, unknown>>;
    const { commit, isRevised, isOffered, isWhole, at, digest, labels, late, horizon, earlier } = of;
    if (typeof commit !== 'string' || typeof digest !== 'string' || !Array.isArray(labels)) return undefined;
    if (typeof at !== 'number' || typeof horizon !== 'number' || !Array.isArray(late)) return undefined;
    return {
      commit,
      since: since === 'start' ? since : (instantOfText(String(since)) ?? editedAt),
      isRevised: isRevised === true,
      // A comment of before this was noted shows what its author opened.
      isOffered: isOffered !== false,
      isWhole: isWhole === true,
      ...{ at, digest, horizon },
      earlier: earlierIn(earlier),
      late: late.map(String),
      labels: labels.map(String),
      labelledSince: labels.length === 0 ? undefined : (instantOfText(String(labelledSince)) ?? editedAt),
    };
  } catch {
    return undefined;
  }
}

function earlierIn(data: unknown): EarlierShown | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { commit, isWhole, at, digest, horizon, writtenAt } = data as Readonly<Record<string, unknown>>;
  const editedAt = instantOfText(String(writtenAt));
  if (typeof at !== 'number' || typeof horizon !== 'number' || editedAt === undefined) return undefined;
  const of = { commit: String(commit), digest: String(digest), isWhole: isWhole === true };
  return { ...of, at, horizon, writtenAt: editedAt };
}
