/** The labels that show the status of a request on its issue. */
import type { Phase } from './phase.ts';
import type { RequestVerdict } from './request.ts';

/** A label, which is created if the repository has none with its name. */
export interface RequestLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

export const REQUEST_LABELS: Readonly<Record<'accepted' | 'notice' | 'information', RequestLabel>> = {
  accepted: {
    name: 'accepted-for-review',
    color: '0e8a16',
    description: 'The request is complete and in time',
  },
  notice: {
    name: 'needs-more-notice',
    color: 'd93f0b',
    description: 'The request comes too late for its dates',
  },
  information: {
    name: 'needs-information',
    color: 'fbca04',
    description: 'Something in the request is missing or wrong',
  },
};

/** Which of our labels an issue should have; undefined for none. */
export function labelFor(verdict: RequestVerdict, phase: Phase): RequestLabel | undefined {
  if (phase.kind !== 'judged' && phase.kind !== 'proposed') return undefined;
  switch (kindOf(verdict)) {
    case 'accepted':
    case 'right':
    case 'counted':
    case 'ready':
      return REQUEST_LABELS.accepted;
    case 'short-notice':
    case 'late':
      return REQUEST_LABELS.notice;
    case 'lacking':
    case 'wrong':
    case 'nothing':
      return REQUEST_LABELS.information;
    case 'not-needed':
    case 'open':
      return undefined;
  }
}

function kindOf(verdict: RequestVerdict) {
  switch (verdict.of) {
    case 'change':
      return verdict.change.kind;
    case 'swap':
      return verdict.swap.kind;
    case 'time-off':
      return verdict.claim.kind;
    case 'join':
      return verdict.join.kind;
  }
}
