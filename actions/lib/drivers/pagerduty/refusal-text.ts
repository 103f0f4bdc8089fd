/** The message of each refusal: what is, what should be, and how to allow it. Pure. */

import { plural } from '../../text/plural.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import { commonRefusalText } from '../converge/refusal-text.ts';
import type { LostTime, PlanRefusal, Reason, UnreadableRevision } from './guard.ts';

const allowedBy = (reason: Reason): string => `if this is intended, allow ${reason}`;

/** One refusal as a sentence. */
export function refusalText(refusal: PlanRefusal): string {
  switch (refusal.kind) {
    case 'schedule-loses-cover': {
      const { role, schedule, beneath, lost } = refusal;
      const remedy =
        beneath === 'layers'
          ? 'give the schedule a layer there that it falls back to'
          : 'put somebody on in the handbook, or in PagerDuty by hand';
      return (
        `${role} would have nobody in PagerDuty's ${schedule} ${lostText(lost)}, where somebody is now; ` +
        `${remedy}, or, ${allowedBy('lost-cover')}`
      );
    }
    case 'policy-loses-cover': {
      const { chain, policy, lost } = refusal;
      return (
        `${chain} would reach nobody through PagerDuty's ${policy} ${lostText(lost)}, ` +
        `where it reaches somebody now; call a person at its last level, or, ${allowedBy('lost-cover')}`
      );
    }
    case 'service-loses-cover': {
      const { service, chain, policy, lost } = refusal;
      return (
        `${service} would get the policy ${policy} of ${chain}, which reaches nobody ${lostText(lost)}; ` +
        `call a person at its last level, or, ${allowedBy('lost-cover')}`
      );
    }
    case 'service-reaches-nobody': {
      const { service, chain, policy } = refusal;
      return (
        `${service} would get the policy ${policy} of ${chain}, which reaches nobody now, so it is not given; ` +
        'cover a role of the chain, or call a person at its last level'
      );
    }
    case 'level-without-targets': {
      const { chain, policy, level } = refusal;
      return `level ${level} of ${chain} would call nobody in PagerDuty's ${policy}; ${allowedBy('emptied-level')}`;
    }
    case 'fewer-levels': {
      const { chain, policy, desired, actual } = refusal;
      const [here, there] = [desired, actual].map((count) => plural(count, 'level'));
      return `${chain} has ${here} and PagerDuty's ${policy} has ${there}; ${allowedBy('emptied-level')}`;
    }
    case 'unreadable-revision': {
      const { revision, why, extent } = refusal.unreadable;
      const remedy = extent === 'wholly' ? 'fetch it, or, ' : '';
      return (
        `what was applied at ${revision} cannot be read (${why}), ` +
        `so what it wrote would count as made by hand and stay; ${remedy}${allowedBy('forgotten')}`
      );
    }
    case 'short-publication':
      return (
        `the handbook is published less than ${refusal.days} days ahead; ` +
        `raise "ahead" in policies/publishing.yaml, or, ${allowedBy('undecided')}`
      );
    case 'undecided-role': {
      const { role, zone, undecidedAt, days } = refusal;
      const from = formatInstant(zone, undecidedAt);
      return (
        `nobody is decided for ${role} from ${from} on, less than ${days} days ahead; ` +
        `add turns or a rotation entry, or, ${allowedBy('undecided')}`
      );
    }
    case 'undecided-shifts': {
      const { role, schedule, zone, undecidedAt, horizon } = refusal;
      return (
        `nobody is decided for ${role} from ${formatInstant(zone, undecidedAt)} on, before the horizon ` +
        `(${formatInstant(zone, horizon)}), and nobody else is on PagerDuty's ${schedule}, which has shifts only; ` +
        `add turns or a rotation entry, or, ${allowedBy('undecided')}`
      );
    }
    case 'unagreed-change': {
      const { name, missing, leads, isReturn = false } = refusal.change;
      const what = isReturn ? 'changes what the main branch has' : 'is on the main branch';
      const remedy = isReturn ? 'apply its newest commit' : 'revert it with their word';
      return (
        `${name} ${what}, and these have not agreed to it: ${missing.join(', ')}; ` +
        (leads.length > 0
          ? `${remedy}, or ${runBy(leads, 'unagreed')}`
          : `${remedy}: nobody of the handbook before it can agree to all of it alone`)
      );
    }
    case 'nothing-applied': {
      const { leads } = refusal;
      const remedy =
        leads.length > 0
          ? `review the plan, and ${runBy(leads, 'nothing-applied')}`
          : 'name a lead with a github name first';
      return (
        'no earlier run of this workflow is known to have applied the handbook, so nobody knows who agreed to ' +
        `what it changes; ${remedy}`
      );
    }
    default:
      return commonRefusalText(refusal);
  }
}

const runBy = (leads: readonly string[], reason: Reason): string =>
  `let a lead (${leads.join(' or ')}) run this with allow set to ${reason}`;

/** Every time that would be lost. */
export const lostTexts = ({ zone, all }: LostTime): readonly string[] =>
  all.map(({ startAt, endAt }) => formatSpan(zone, startAt, endAt));

function lostText({ zone, first, more }: LostTime): string {
  const rest = more === 0 ? '' : ` and ${plural(more, 'more time')}`;
  return `${formatSpan(zone, first.startAt, first.endAt)}${rest}`;
}

/** The warning about a revision that cannot be read, where the run goes on without it. */
export const unreadableText = ({ revision, why }: UnreadableRevision): string =>
  `what was applied at ${revision} cannot be read (${why}), and what it wrote counts as made by hand`;
