/** The message of each refusal of a plan of states, and of each trouble of an apply, with what to do. Pure. */
import { plural } from '../../text/plural.ts';
import type { StateTrouble } from './apply.ts';
import type { CommonRefusal, StateReason, StateRefusal } from './guard.ts';
import { stateName } from './target.ts';

const allowedBy = (reason: StateReason): string => `if this is intended, allow ${reason}`;

/** One refusal as a sentence. */
export const stateRefusalText = (refusal: StateRefusal): string =>
  refusal.kind === 'emptied'
    ? `${refusal.target} would have nobody left; put somebody on in the handbook`
    : commonRefusalText(refusal);

/** The same of those that a plan for any service can have. */
export function commonRefusalText(refusal: CommonRefusal): string {
  switch (refusal.kind) {
    case 'many-writes': {
      const { writes, mostWrites } = refusal;
      return (
        `this makes ${plural(writes, 'change')}, and ${mostWrites} are allowed at once; ` +
        `review them, and ${allowedBy('many-writes')}`
      );
    }
    case 'unknown-tip':
      return (
        'it is not known whether this is the tip of the main branch; ' +
        `commit, push and fetch, or, ${allowedBy('not-the-tip')}`
      );
    case 'not-the-tip': {
      const [revision, tip] = [refusal.revision, refusal.tip].map((commit) => commit.slice(0, 10));
      return (
        `this is ${revision}, and the tip of the main branch is ${tip}; ` +
        `apply that, or, ${allowedBy('not-the-tip')}`
      );
    }
    case 'another-plan': {
      const { approved, digest } = refusal;
      return `the plan that was approved is ${approved}, and this one is ${digest}; review it, and approve it again`;
    }
  }
}

/** One trouble in one line; `service` is the name of the service. */
export function stateTroubleText(trouble: StateTrouble, service: string): string {
  switch (trouble.kind) {
    case 'fault':
      return `${stateName(trouble.target)}: ${trouble.message}`;
    case 'not-reached':
      return `${stateName(trouble.target)}: not reached, because of what stopped the run; run it again`;
    case 'differs':
      return `${stateName(trouble.target)}: differs from what was written; check ${service}, then run it again`;
    case 'not-read-back':
      return `what was written could not be read back: ${trouble.message}; run it again`;
  }
}
