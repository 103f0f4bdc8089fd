/**
 * What is wrong with a list of events, as data and in words. A fault of a ticket leaves that ticket out of the queue,
 * because its clocks would be wrong; a fault of the text itself belongs to no ticket that is known.
 */
import { plural } from '../text/plural.ts';
import { suggestion } from '../text/suggest.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';

type NoArgs = Readonly<Record<never, never>>;

/** A name that does not exist, with the nearest one that does, and all of them where they are few. */
interface UnknownName {
  readonly name: string;
  readonly nearest: string | undefined;
  readonly names: readonly string[];
}

/**
 * Why the text of an event cannot be read. Not the parser's message, which quotes the text: that of a ticket appears in
 * no message.
 */
export type BrokenReason = 'cut-off' | 'quote' | 'long' | 'syntax';

const REASONS: Readonly<Record<BrokenReason, string>> = {
  'cut-off': 'a bracket or a quote is missing',
  quote: 'a quote is missing at the end of a text',
  long: 'it is longer than 65,536 characters',
  syntax: 'it is not JSON',
};

/** The faults of a list of events by their codes, with the arguments of each. */
interface TicketFaultCodes {
  readonly 'no-json': { readonly begins: string | undefined };
  readonly 'no-text': NoArgs;
  readonly 'one-object': NoArgs;
  readonly unfinished: NoArgs;
  readonly 'after-list': NoArgs;
  readonly comma: NoArgs;
  readonly 'comma-in-lines': NoArgs;
  readonly broken: { readonly reason: BrokenReason };
  readonly 'too-broken': NoArgs;
  /** Faults that are not listed. */
  readonly more: { readonly count: number };
  readonly 'no-event': { readonly begins: string };
  readonly 'key-twice': { readonly key: string };
  readonly 'key-missing': { readonly key: string; readonly example: string };
  readonly 'key-unknown': UnknownName;
  /** `kinds` are those that may have the key. */
  readonly 'key-elsewhere': {
    readonly key: string;
    readonly kind: string;
    readonly kinds: readonly string[];
  };
  /** `key` is written as `value`; `example` is what could be written. */
  readonly 'value-form': { readonly key: string; readonly value: string; readonly example: string };
  readonly 'kind-unknown': UnknownName;
  readonly 'service-unknown': UnknownName;
  readonly 'priority-unknown': UnknownName & { readonly serviceLevel: string };
  readonly 'no-priorities': { readonly name: string; readonly service: string };
  readonly 'status-unknown': UnknownName;
  readonly estimate: { readonly value: string };
  readonly 'not-opened': NoArgs;
  readonly 'opened-twice': { readonly line: number | undefined };
  readonly 'before-opening': { readonly kind: string; readonly openedAt: Instant };
  readonly 'solved-twice': { readonly solvedAt: Instant };
  readonly 'not-solved': NoArgs;
  /** The handbook's own fault: a policy that the service names and that could not be read. */
  readonly unread: { readonly what: string; readonly service: string };
  readonly 'past-holiday-list': { readonly hours: string };
  /** Of a service: tickets of an organization, such as `ticket`, that are of no service of the handbook. */
  readonly 'no-service': {
    readonly count: number;
    readonly organization: number | undefined;
    readonly ticket: string;
  };
  readonly 'no-service-more': { readonly count: number; readonly organizations: number };
  readonly gone: NoArgs;
  /** Of GitHub: a ticket, or the rest of a list, that could not be read. */
  readonly 'left-out': { readonly why: string };
  readonly 'no-history': NoArgs;
  /** `name` is that of Zendesk. */
  readonly 'priority-unmapped': { readonly name: string; readonly policy: string };
  readonly 'status-unmapped': { readonly name: string; readonly policy: string };
  readonly 'no-estimate': { readonly ticket: string; readonly field: string };
}

type TicketFaultCode = keyof TicketFaultCodes;

/** A fault of one code with its arguments. */
export type CodedTicketFault = {
  readonly [Code in TicketFaultCode]: { readonly code: Code; readonly args: TicketFaultCodes[Code] };
}[TicketFaultCode];

/** A fault of an event or of a text. */
export type TicketFault = CodedTicketFault & {
  /** Undefined where it is not known to which ticket the faulty text belongs. */
  readonly ticket: string | undefined;
  /** Counted from 1; undefined where the events come from a service. */
  readonly line: number | undefined;
};

/** A name as messages show it: a hostile one has thousands of characters. */
export const shortName = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** A number of names that can be read at a glance. */
const FEW = 12;

const meant = ({ nearest, names }: UnknownName): string => {
  if (nearest !== undefined) return suggestion(nearest);
  return names.length > 0 && names.length <= FEW ? `; write ${listed(names)}` : '';
};

/** `"a", "b" or "c"`. */
function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

const MESSAGES: { readonly [Code in TicketFaultCode]: (args: TicketFaultCodes[Code]) => string } = {
  'no-json': ({ begins }) =>
    `this is no JSON${begins === undefined ? '' : `, because it begins with "${begins}"`}; ` +
    'write a list of events in [ ], or one event in { } a line',
  'no-text': () => 'the file is empty; write [] if there are no tickets',
  'one-object': () =>
    'this is one object that holds something else; write only the list of events, in [ ], or one event in { } a line',
  unfinished: () =>
    'the text ends here within the list: what follows is missing, so tickets may lack their last events; ' +
    'write the rest, and a ] at the end',
  'after-list': () => 'the list of events ends before this; write all events in one pair of [ ]',
  comma: () => 'write one comma between two events, and none after the last',
  'comma-in-lines': () =>
    'events that are written one a line have no commas between them; leave them out, or put the whole list in [ ]',
  'too-broken': () => 'too much of the file is broken, so what follows is not read; write the file anew',
  more: ({ count }) => `${plural(count, 'more fault')} of this text ${count === 1 ? 'is' : 'are'} not listed`,
  broken: ({ reason }) =>
    `this event cannot be read: ${REASONS[reason]}; write it as ` +
    '{"ticket": "1042", "at": "2026-11-25T09:12:00Z", "kind": "reply"}',
  'no-event': ({ begins }) => `${begins} is no event; write an event in { }`,
  'key-twice': ({ key }) => `"${key}" is written twice in this event; write it once`,
  'key-missing': ({ key, example }) => `"${key}" is missing; write ${example}`,
  'key-unknown': (unknown) => `an event has no "${unknown.name}"${meant(unknown)}`,
  'key-elsewhere': ({ key, kind, kinds }) =>
    `an event of the kind "${kind}" has no "${key}", only ${listed(kinds)} has; leave it out`,
  'value-form': ({ key, value, example }) => `"${key}" is ${value}; write ${example}`,
  'kind-unknown': (unknown) => `there is no kind of event "${unknown.name}"${meant(unknown)}`,
  'service-unknown': (unknown) => `there is no service "${unknown.name}"${meant(unknown)}`,
  'priority-unknown': (unknown) =>
    `there is no priority "${unknown.name}" in the service level ${unknown.serviceLevel}${meant(unknown)}`,
  'no-priorities': ({ name, service }) =>
    `${service} has no service level, so it has no priority "${name}"; leave it out`,
  'status-unknown': (unknown) => `there is no status "${unknown.name}"${meant(unknown)}`,
  estimate: ({ value }) => `"${value}" is no estimate; write "30 minutes", "3 hours" or "0.5 days"`,
  'not-opened': () => 'this ticket is not opened by any event; add one of the kind "opened" with its service',
  'opened-twice': ({ line }) =>
    `this ticket is opened already${line === undefined ? '' : ` in line ${line}`}; ` +
    'write "reopened" if it was solved, or give this one another name',
  'before-opening': ({ kind, openedAt }) =>
    `this "${kind}" lies before the opening at ${instantText(openedAt)}; correct one of the two times`,
  'solved-twice': ({ solvedAt }) =>
    `this ticket is solved already since ${instantText(solvedAt)}; ` +
    'remove this event, or write "reopened" between the two',
  'not-solved': () =>
    'this ticket is not solved at that time, so it cannot be re-opened; write "solved" before, or "status"',
  unread: ({ what, service }) =>
    `${what} of ${service} could not be read, so nothing is known of this ticket; see "rota check"`,
  'past-holiday-list': ({ hours }) =>
    `the clock of this ticket leaves the holiday list of ${hours}; extend that with "rota holidays"`,
  'no-service': ({ count, organization, ticket }) => {
    const whose = organization === undefined ? 'without an organization' : `of organization ${organization}`;
    const match = organization === undefined ? 'tag: <tag>' : `organization: ${organization}`;
    return (
      `${plural(count, 'ticket')} ${whose} (such as ${ticket}) ${count === 1 ? 'belongs' : 'belong'} to no service; ` +
      `add "{${match}, service: <service>}" to zendesk in policies/tickets, or "service: none"`
    );
  },
  'no-service-more': ({ count, organizations }) =>
    `${plural(count, 'more ticket')} of ${plural(organizations, 'more organization')} ` +
    `${count === 1 ? 'belongs' : 'belong'} to no service`,
  'left-out': ({ why }) => `this is not in the queue: ${why}`,
  gone: () =>
    'Zendesk has no such ticket any more (404): it was deleted while the queue was read, or is not shown to this token',
  'no-history': () => 'Zendesk has no history of this ticket; check that the token reads its audits',
  'priority-unmapped': ({ name, policy }) =>
    `priorities of zendesk in policies/tickets/${policy}.yaml has no "${name}"; add "${name}: <priority>"`,
  'status-unmapped': ({ name, policy }) =>
    `statuses of zendesk in policies/tickets/${policy}.yaml has no "${name}"; add "${name}: <status>"`,
  'no-estimate': ({ ticket, field }) =>
    `field ${field} of ticket ${ticket} holds no estimate, so it has none; write "3 hours" there`,
};

/** A fault in one sentence without a full stop, with what to write instead. */
export const ticketFaultText = ({ code, args }: CodedTicketFault): string =>
  // The table has a message for each code, and a fault has the arguments of its own.
  (MESSAGES[code] as (args: unknown) => string)(args);

/** Faults in order of their line; those without one come last. */
export const byLine = (one: TicketFault, other: TicketFault): number =>
  (one.line ?? Number.POSITIVE_INFINITY) - (other.line ?? Number.POSITIVE_INFINITY) || 0;
