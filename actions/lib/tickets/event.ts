/**
 * What happened to tickets, as a list of events: everything about a ticket is computed from it anew. Neutral: a file
 * holds them as they are, and a reader of GitHub or of a helpdesk makes them.
 */
import type { Instant } from '../timeline.ts';

/** The kinds of event. A `note` is an internal word; a `reply` is one that the author of the ticket sees. */
export const EVENT_KINDS = [
  'opened',
  'priority',
  'reply',
  'note',
  'status',
  'estimate',
  'solved',
  'reopened',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One event of one ticket. Names are as written, and not known to exist. */
export interface TicketEvent {
  readonly ticket: string;
  /** By the clock of the server that received it. */
  readonly at: Instant;
  readonly kind: EventKind;
  /** Of `priority` and `status` a name, of `estimate` a text such as `3 hours`. */
  readonly value?: string;
  /** Of `opened`; a priority may be given with it. */
  readonly service?: string;
  readonly title?: string;
  readonly priority?: string;
  /** Of `opened` and `reply`: whoever wrote it. */
  readonly author?: string;
  /** Of `reply`: whether a program wrote it. */
  readonly bot?: boolean;
  /** The line of the file that it comes from, counted from 1; undefined for one that a service gave. */
  readonly line?: number;
}
