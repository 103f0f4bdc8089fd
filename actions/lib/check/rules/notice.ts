/**
 * A change is made with at least a week of notice, better two (dxw, "Scheduling around client work"). Notice runs
 * from now to the first instant at which somebody's duty changes. The base branch's policy applies, so that a pull
 * request cannot relax the rule it breaks. A short cover between two people passes at any notice, because both
 * consent to it (`consent`). Time outside the windows (`extra`) is a planned change, whose notice (Modernisation
 * Platform, "Advance Notice") runs from when the change was requested, so that its review does not use it up. In a
 * pull request `requested_at` counts where the base has it for the same change; otherwise the later of it and
 * GitHub's time of the last edit of the issue, or of the push; it does not begin while the pull request is
 * closed, a draft or into another branch. Time that somebody held within the windows is no
 * planned change, whatever takes its place. An emergency passes with the label and the approval that the policy
 * names, and so does what began after the pull request was opened and pushed (`history`), which has no notice any more.
 * Several spans of one pair that are close together are one cover, as long as their sum. Less notice than the minimum
 * is an error, less than recommended a warning. Reported at the line that causes the change.
 *
 * Whoever a chain, a service, an account or a schedule newly calls, at a time at which nothing called them and they are
 * not on duty, has the same notice. Such calls begin with the merge, so that notice runs from when the pull request was
 * there as it is to the first of them.
 */

import type { Against } from '../../compare/against.ts';
import { listText } from '../../compare/consent-words.ts';
import { type CallFacts, calledText, callFacts, PLAIN_NAMES, viaText } from '../../compare/reached-words.ts';
import type { RequestTime } from '../../compare/request-time.ts';
import {
  type Emergency,
  emergenciesLacking,
  isCountedTogether,
  reachVerdict,
  toldSince,
  verdictOf,
} from '../../compare/verdict.ts';
import {
  amountOfText,
  type ChangeFacts,
  changeText,
  countedText,
  factsOf,
  noticeGiven,
} from '../../compare/words.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { formatInstant, instantText } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { Instant } from '../../timeline.ts';
import { type Objection, rule } from '../rule.ts';

/** A change and its notice. */
interface Given extends ChangeFacts {
  readonly nowAt: Instant;
  /** How much notice is left; undefined for none. */
  readonly given: Duration | undefined;
}

/** Somebody who is called from then on, and their notice. */
interface Called extends CallFacts {
  readonly person: string;
  readonly startAt: Instant;
  /** The name of a time zone. */
  readonly zone: string;
  readonly given: Duration | undefined;
  /** Since when GitHub says that the pull request is as it is; undefined without one. */
  readonly sinceAt: Instant | undefined;
  /** Whether it is so because the base branch has moved on since the last push. */
  readonly isMoved?: true | undefined;
}

type Clock = RequestTime['clock'];

interface Codes {
  readonly 'too-short': Given & {
    readonly minimum: Duration;
    /** What is counted together as one cover, where the sum decides. */
    readonly counted?: string | undefined;
    /** The labels, and who approves each, with which the change would pass as an emergency. */
    readonly emergencies?: readonly Emergency[] | undefined;
    /** The clock by which a planned change was requested, which did not help; undefined for other changes. */
    readonly clock?: Clock | undefined;
    /** When it was requested; undefined when GitHub reports no time. */
    readonly requestedAt?: Instant | undefined;
  };
  readonly 'enough-by-request': Given & { readonly requestedAt: Instant; readonly clock: Clock };
  readonly 'under-recommended': Given & { readonly recommended: Duration };
  readonly 'called-too-soon': Called & {
    readonly minimum: Duration;
    readonly emergencies: readonly Emergency[];
  };
  readonly 'called-under-recommended': Called & { readonly recommended: Duration };
}

export const notice = rule<Codes>({
  name: 'notice',
  severity: 'error',
  summary: 'Every change of cover gives the notice that the policy requires.',
  needs: 'base',
  playbook: 'dxw, Scheduling around client work; Modernisation Platform, Advance Notice',
  *check({ against, ahead: { startAt: nowAt } }) {
    if (against === undefined) return;
    for (const exception of against.ahead) {
      const verdict = verdictOf(exception, against, nowAt);
      const { zone, startAt, cause: location } = exception;
      const args = { ...factsOf(exception), nowAt, given: noticeGiven(zone, nowAt, startAt) };
      if (verdict.kind === 'late') {
        const { required: minimum, request } = verdict;
        const { clock } = request ?? { clock: undefined };
        const requestedAt = request === undefined || clock === 'none' ? undefined : request.at;
        const counted = isCountedTogether(exception, against) ? countedText(exception) : undefined;
        const facts = { ...args, minimum, counted, emergencies: emergenciesLacking(against) };
        yield { code: 'too-short', args: { ...facts, clock, requestedAt }, location };
      } else if (verdict.kind === 'requested') {
        const { at: requestedAt, clock } = verdict.request;
        const facts = { ...args, requestedAt, clock };
        yield { code: 'enough-by-request', args: facts, location, severity: 'warning' };
      } else if (verdict.kind === 'little') {
        const recommended = verdict.required;
        yield { code: 'under-recommended', args: { ...args, recommended }, location, severity: 'warning' };
      }
    }
    yield* callsSoon(against, nowAt);
  },
  describe: {
    'too-short': ({ minimum, counted, emergencies, clock, requestedAt, ...given }) => {
      const notes = [
        ...(clock === undefined ? [] : [lateClockText(clock, requestedAt, given.nowAt)]),
        ...(counted === undefined ? [] : [counted]),
      ];
      return (
        `${givenText(given)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}; ` +
        `the policy asks ${durationText(minimum)}, so choose a later turn or have ${emergencyText(emergencies)}`
      );
    },
    'enough-by-request': ({ requestedAt, clock, ...given }) => {
      const advice = clock === 'file' ? '; compare requested_at with the request' : '';
      return (
        `${givenText(given)}, counted from now, and enough counted from ${CLOCKS[clock]} ` +
        `(${instantText(requestedAt)})${advice}`
      );
    },
    'under-recommended': ({ recommended, ...given }) =>
      `${givenText(given)}; the policy recommends ${durationText(recommended)}`,
    'called-too-soon': ({ minimum, emergencies, ...called }) =>
      `${toldText(called)}; the policy asks ${durationText(minimum)}, so leave the pull request open for as long ` +
      `after its last push, or have ${emergencyText(emergencies)}`,
    'called-under-recommended': ({ recommended, ...called }) =>
      `${toldText(called)}; the policy recommends ${durationText(recommended)}`,
  },
});

/** Those whose calls give them time that they did not have, with too little notice. */
function* callsSoon(against: Against, nowAt: Instant): Iterable<Objection<Codes>> {
  for (const reached of against.reached) {
    const { callee, zone, gained, cause: location } = reached;
    const verdict = reachVerdict(reached, against, nowAt);
    const startAt = gained[0]?.startAt;
    if (startAt === undefined || (verdict.kind !== 'late' && verdict.kind !== 'little')) continue;
    const since = toldSince(against, nowAt);
    const args = {
      ...{ ...callFacts(reached), person: callee.id, startAt, zone: zone.name },
      given: noticeGiven(zone, since, startAt),
      sinceAt: against.pull?.pushedAt === undefined ? undefined : since,
      ...(against.pull?.meantAt === since && { isMoved: true as const }),
    };
    if (verdict.kind === 'late') {
      const facts = { ...args, minimum: verdict.required, emergencies: emergenciesLacking(against) };
      yield { code: 'called-too-soon', args: facts, location };
    } else {
      const facts = { ...args, recommended: verdict.required };
      yield { code: 'called-under-recommended', args: facts, location, severity: 'warning' };
    }
  }
}

/** "ben-adeyemi is called first for website (nights) from Thu 26 Nov 17:00 on with no notice". */
function toldText({ person, startAt, zone: name, given, sinceAt, isMoved, ...facts }: Called): string {
  const zone = zoneOf(name);
  const event =
    isMoved === true ? 'since a comment showed this, as the base branch moved on' : 'since the last push';
  const since = sinceAt === undefined ? '' : ` ${event}, ${instantText(sinceAt)}`;
  return (
    `${person} is ${calledText(facts, PLAIN_NAMES)} from ${formatInstant(zone, startAt)} ${name} on ` +
    `with ${amountOfText(given)} notice${since}${viaText(facts, PLAIN_NAMES)}`
  );
}

/** What would let a change pass. */
function emergencyText(emergencies: readonly Emergency[] = []): string {
  if (emergencies.length === 0) return 'an emergency approved';
  const each = emergencies.map(({ label, approvers }) => {
    const who = approvers.length === 0 ? 'a lead' : listText(approvers, 3, ' or ');
    return `with the label "${label}" and by ${who}`;
  });
  return `it approved as an emergency, ${listText(each, 3, ', and ')}`;
}

/** By which clock the notice of a planned change is too short. */
function lateClockText(clock: Clock, requestedAt: Instant | undefined, now: Instant): string {
  if (requestedAt === undefined)
    return 'GitHub does not report when it was requested as it is now, so requested_at does not count';
  if (clock === 'file' && requestedAt > now) return 'requested_at is in the future';
  return `counted from ${CLOCKS[clock]}, ${instantText(requestedAt)}`;
}

const CLOCKS: Readonly<Record<Clock, string>> = {
  file: 'requested_at',
  issue: 'the last edit of its issue',
  push: 'the last push, opening or change of base of the pull request, because GitHub reports no issue of it',
  none: 'no known time',
};

const givenText = ({ nowAt, given, ...facts }: Given): string =>
  `${changeText(facts, nowAt)} with ${amountOfText(given)} notice` +
  (facts.startAt < nowAt ? ', because it began after the pull request was pushed' : '');
