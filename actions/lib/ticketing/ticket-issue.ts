/** A ticket as GitHub has it: an issue and its timeline. Data only; nobody but the clocks and our comments reads it. */
import type { Instant } from '../timeline.ts';

/** Something that happened to an issue, by GitHub's clock. */
export type TimelineItem = {
  readonly at: Instant;
  /** The login; undefined where GitHub does not know the account any more. */
  readonly by: string | undefined;
} & (
  | { readonly kind: 'labelled' | 'unlabelled'; readonly label: string }
  | { readonly kind: 'closed' | 'reopened' }
  | ({ readonly kind: 'comment' } & TicketComment)
);

/** What a comment says, and whether it still says what its author first wrote. */
interface TicketComment {
  readonly id: number;
  readonly isBot: boolean;
  readonly body: string;
  readonly isEdited: boolean;
}

export type CommentItem = Extract<TimelineItem, { readonly kind: 'comment' }>;

/** An issue that is a ticket, or may be one. */
export interface TicketIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly isOpen: boolean;
  /** Whether its conversation is locked: then it can be labelled and closed, and nothing can be said on it. */
  readonly isLocked: boolean;
  readonly createdAt: Instant;
  readonly labels: readonly string[];
  /** Oldest first, all of it. */
  readonly timeline: readonly TimelineItem[];
}

/** An issue in a list, which is enough to know whether it is a ticket. */
export type ListedIssue = Pick<TicketIssue, 'number' | 'body' | 'labels'>;
