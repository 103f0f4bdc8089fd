/** The labels that show on an issue how its request stands. */
import type { Phase } from './phase.ts';
import type { RequestVerdict } from './request.ts';

/** A label, made when the repository has none of its name. */
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

/** The one of our labels that an issue should have. */
export function labelFor(verdict: RequestVerdict, phase: Phase): RequestLabel | undefined {
  if (phase.kind !== 'judged' && phase.kind !== 'proposed') return undefined;
  switch (verdict.of === 'change' ? verdict.change.kind : verdict.swap.kind) {
    case 'accepted':
    case 'right':
      return REQUEST_LABELS.accepted;
    case 'short-notice':
    case 'late':
      return REQUEST_LABELS.notice;
    case 'lacking':
    case 'wrong':
      return REQUEST_LABELS.information;
    case 'not-needed':
      return undefined;
  }
}
