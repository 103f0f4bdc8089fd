/**
 * What a plan is refused for: a reviewer may allow it by name, and each refusal says how. Judged by absolute cover and
 * absolute numbers, never by percentages, so that a small organisation is guarded like a large one. Pure.
 */
import type { PathLocation } from '../../model.ts';
import { DAY } from '../../time/date.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import { type Instant, merge, type Timeline, without } from '../../timeline.ts';
import type { DesiredState } from './desired.ts';
import type { Reach } from './policy-coverage.ts';
import type { Ladder, PolicyPlan } from './policy-plan.ts';

/** Every reason that can be allowed, by its name. */
export const REASONS = [
  'lost-cover',
  'emptied-level',
  'many-writes',
  'not-the-tip',
  'forgotten',
  'undecided',
] as const;
/** A plan that is not the approved one is never let through: approve it, or ask for none. */
type Reason = (typeof REASONS)[number] | 'another-plan';

/** Why a plan is not carried out as it is. */
export interface Refusal {
  readonly reason: Reason;
  readonly message: string;
  /** What it is about, where a line of the handbook is. */
  readonly location: PathLocation | undefined;
}

/** A revision that was applied and of which something cannot be read, and why. */
export interface UnreadableRevision {
  readonly revision: string;
  readonly why: string;
  /** Whether there is one to be had, of which only parts are not understood. */
  readonly isThere: boolean;
}

/** What the guard goes by. */
export interface GuardOptions {
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The commit that the handbook is of, and the newest of the main branch; undefined when nobody could tell. */
  readonly revision: string | undefined;
  readonly tip: string | undefined;
  readonly forgotten: readonly UnreadableRevision[];
  /** The digest of the plan that somebody approved, if one is to be held to. */
  readonly approved: string | undefined;
}

/** What the guard looks at, of one schedule. */
interface Covered {
  readonly role: string;
  readonly schedule: string;
  readonly zone: Zone;
  readonly location: PathLocation;
  readonly before: Timeline<string>;
  readonly after: Timeline<string>;
}

/** What the guard looks at. */
export interface Guarded {
  readonly covers: readonly Covered[];
  readonly reaches: readonly (Reach & { readonly location: PathLocation })[];
  readonly policies: readonly (PolicyPlan & { readonly location: PathLocation })[];
  readonly writes: number;
  readonly digest: string;
}

/** Less than this decided ahead, and PagerDuty would soon fall back to its layers. */
const LEAST_AHEAD = 14 * DAY;

/** The refusals of a plan that were not allowed, in the order of `REASONS`. */
export function guard(wanted: DesiredState, plan: Guarded, terms: GuardOptions): readonly Refusal[] {
  const isEmpty = plan.writes === 0;
  const refusals = [
    ...plan.covers.flatMap(lostCover),
    ...plan.reaches.flatMap(lostReach),
    ...plan.policies.flatMap(emptiedLevels),
    ...manyWrites(plan.writes, terms),
    ...(isEmpty ? [] : notTheTip(terms)),
    ...terms.forgotten.map(forgot),
    ...soonUndecided(wanted),
    ...anotherPlan(plan.digest, terms),
  ];
  return refusals.filter(({ reason }) => reason === 'another-plan' || !terms.allow.includes(reason));
}

const allowedBy = (reason: Reason): string => `if it is meant, allow ${reason}`;

function lostCover({ role, schedule, zone, location, before, after }: Covered): readonly Refusal[] {
  const when = lostText(zone, before, after);
  if (when === undefined) return [];
  const message = `${role} would have nobody in PagerDuty's ${schedule} ${when}, where somebody is now; give the schedule a layer there that it falls back to, or, ${allowedBy('lost-cover')}`;
  return [{ reason: 'lost-cover', message, location }];
}

/** A schedule may keep its people and nobody calls it any more. */
function lostReach({
  chain,
  policy,
  zone,
  location,
  before,
  after,
}: Reach & { location: PathLocation }): readonly Refusal[] {
  const when = lostText(zone, before, after);
  if (when === undefined) return [];
  const message = `${chain} would reach nobody by PagerDuty's ${policy} ${when}, where it reaches somebody now; call a person at its last level, or, ${allowedBy('lost-cover')}`;
  return [{ reason: 'lost-cover', message, location }];
}

/** The first time at which somebody was and nobody is to be, and how many there are. */
function lostText(zone: Zone, before: Timeline<unknown>, after: Timeline<unknown>): string | undefined {
  const lost = merge(without(before, after), () => true);
  const [first] = lost;
  if (first === undefined) return undefined;
  const more = lost.length > 1 ? ` and ${lost.length - 1} more time${lost.length > 2 ? 's' : ''}` : '';
  return `${formatSpan(zone, first.startAt, first.endAt)}${more}`;
}

function emptiedLevels({
  chain,
  policy,
  before,
  after,
  location,
}: PolicyPlan & { location: PathLocation }): readonly Refusal[] {
  const empty = after.levels.findIndex(({ targets }) => targets.length === 0);
  const gone = before.levels.length - after.levels.length;
  const refuse = (message: string): Refusal => ({ reason: 'emptied-level', message, location });
  return [
    ...(empty < 0
      ? []
      : [
          refuse(
            `level ${empty + 1} of ${chain} would call nobody in PagerDuty's ${policy}; ${allowedBy('emptied-level')}`,
          ),
        ]),
    ...(gone <= 0
      ? []
      : [
          refuse(
            `${chain} has ${levelsText(after)} and PagerDuty's ${policy} has ${levelsText(before)}; ${allowedBy('emptied-level')}`,
          ),
        ]),
  ];
}

const levelsText = ({ levels }: Ladder): string => `${levels.length} level${levels.length === 1 ? '' : 's'}`;

function manyWrites(writes: number, { mostWrites }: GuardOptions): readonly Refusal[] {
  if (writes <= mostWrites) return [];
  const message = `this makes ${writes} change${writes === 1 ? '' : 's'}, and ${mostWrites} are let through at once; look at them, and ${allowedBy('many-writes')}`;
  return [{ reason: 'many-writes', message, location: undefined }];
}

function notTheTip({ revision, tip }: GuardOptions): readonly Refusal[] {
  if (revision !== undefined && revision === tip) return [];
  const message =
    tip === undefined || revision === undefined
      ? `nobody can tell whether this is what the main branch says; commit, push and fetch, or, ${allowedBy('not-the-tip')}`
      : `this is ${revision.slice(0, 10)}, and the main branch is at ${tip.slice(0, 10)}; apply that, or, ${allowedBy('not-the-tip')}`;
  return [{ reason: 'not-the-tip', message, location: undefined }];
}

/** Also where nothing would change: whoever was pushed then would stay for ever, and look as if that were right. */
function forgot({ revision, why, isThere }: UnreadableRevision): Refusal {
  const message = `what was applied at ${revision} cannot be read (${why}), so what it pushed would stay as if made by hand; ${isThere ? '' : 'fetch it, or, '}${allowedBy('forgotten')}`;
  return { reason: 'forgotten', message, location: undefined };
}

function soonUndecided({ now, publishedUntil, seats }: DesiredState): readonly Refusal[] {
  const untilAt: Instant = now + LEAST_AHEAD;
  const short =
    publishedUntil < untilAt
      ? [
          `the handbook is published less than 14 days ahead; raise "ahead" in policies/publishing.yaml, or, ${allowedBy('undecided')}`,
        ]
      : [];
  return [
    ...short.map((message): Refusal => ({ reason: 'undecided', message, location: undefined })),
    ...seats.flatMap(({ role, zone, undecidedAt, location }): readonly Refusal[] =>
      undecidedAt === undefined || undecidedAt >= untilAt
        ? []
        : [
            {
              reason: 'undecided',
              message: `nobody is decided for ${role} from ${formatInstant(zone, undecidedAt)} on, less than 14 days ahead; add turns or a rotation entry, or, ${allowedBy('undecided')}`,
              location,
            },
          ],
    ),
  ];
}

function anotherPlan(digest: string, { approved }: GuardOptions): readonly Refusal[] {
  if (approved === undefined || approved === digest) return [];
  const message = `the plan that was approved is ${approved}, and this one is ${digest}; look at it, and approve it again`;
  return [{ reason: 'another-plan', message, location: undefined }];
}
