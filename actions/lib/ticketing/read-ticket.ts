/**
 * Reads a ticket from an issue and its timeline: the events of the ticket, and the commands that people gave. Pure.
 *
 * - A label `priority: P1` or `status: on-hold` counts from the instant at which somebody sets it. Removing it changes
 *   nothing while no other of its kind is there: a ticket has no way back to no priority, and the label is put back.
 *   Where another one is left, that one counts from then on.
 * - Our own labels count as nothing, because they show what commands and labels of people said earlier. They are the
 *   evidence that a command was accepted, so that it still counts when its author may not write any more.
 * - A reply is a comment by somebody whom the handbook names and who is not the author of the ticket, unless it has
 *   nothing but commands. An edit starts and ends nothing, and a command counts only in a comment that nobody edited.
 */
import { type Handbook, type Person, priorityIds, type Service } from '../model.ts';
import type { Form } from '../requests/form.ts';
import { priorityText, TICKET_LABEL } from '../requests/forms.ts';
import { type FieldFault, formOf, parseBody } from '../requests/parse.ts';
import { personOf } from '../requests/swap.ts';
import type { Counter } from '../tickets/counted-time.ts';
import type { TicketEvent } from '../tickets/event.ts';
import { statusesOf } from '../tickets/ticket-history.ts';
import { HOUR } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import { openingPriority } from './incident.ts';
import {
  type CommandChoices,
  type CommandsAndText,
  commandsIn,
  type TicketCommand,
  type WrongCommand,
} from './ticket-commands.ts';
import type { CommentItem, ListedIssue, TicketIssue, TimelineItem } from './ticket-issue.ts';

/** The forms whose issues are tickets. */
interface TicketForms {
  readonly ticket: Form;
  readonly incident: Form;
}

/** What all tickets of a run share. */
export interface TicketContext {
  readonly handbook: Handbook;
  /** The login under which our comments are posted. */
  readonly self: string;
  readonly now: Instant;
  readonly counter: Counter;
  /** The forms that make tickets, made once. */
  readonly forms: TicketForms;
}

/** A command that counts, or one that does nothing. */
export interface GivenCommand {
  readonly command: TicketCommand | WrongCommand;
  readonly comment: number;
  readonly by: Person;
  readonly at: Instant;
}

/** What the form of a critical incident says, as far as it matters. */
interface IncidentAnswers {
  readonly reason: string | undefined;
  /** A channel such as `#incident-42`. */
  readonly channel: string | undefined;
}

/** An issue that is a ticket, read. */
export interface ReadTicket {
  readonly issue: TicketIssue;
  /** Undefined while neither the form nor a label says which. */
  readonly service: Service | undefined;
  /** What is wrong with the form. */
  readonly faults: readonly FieldFault[];
  /** Undefined for any other ticket. */
  readonly incident: IncidentAnswers | undefined;
  /** Empty without a service. */
  readonly events: readonly TicketEvent[];
  /** Those that count, and the wrong ones of people whose commands count; oldest first. */
  readonly commands: readonly GivenCommand[];
  /** Whether the form names a priority, or a reason of an incident, that is none of the service. */
  readonly hasForeignPriority: boolean;
  readonly hasForeignReason: boolean;
  /** The labels that name no priority or status of the service, of those that are on it. */
  readonly unknownLabels: readonly string[];
  /** Whether somebody whose commands do not count gave one. */
  readonly hasUnheard: boolean;
}

export const PRIORITY_PREFIX = 'priority: ';
export const STATUS_PREFIX = 'status: ';
export const SERVICE_PREFIX = 'service: ';

/** Whether an issue is a ticket: the form made it, or it has the label. */
export const isTicket = ({ forms }: Pick<TicketContext, 'forms'>, issue: ListedIssue): boolean =>
  issue.labels.includes(TICKET_LABEL) || formOf(Object.values(forms), issue.body) !== undefined;

/** What can be said about the tickets of a service. */
export function choicesOf({ serviceLevels, ticketPolicies }: Handbook, service: Service): CommandChoices {
  const level = serviceLevels.get(service.serviceLevel ?? '');
  const policy = ticketPolicies.get(service.tickets ?? '');
  return {
    priorities: level === undefined ? [] : [...priorityIds(level)],
    statuses:
      policy?.statuses ??
      new Map(statusesOf(policy).map((id) => [id, { asksReason: false, solvedAfter: undefined }])),
    dayLength: policy?.dayLength ?? 7 * HOUR,
  };
}

/** The logins of people whose commands count only if GitHub lets them write, which has to be looked up. */
export function commandersIn(context: TicketContext, issue: TicketIssue): readonly string[] {
  const service = serviceOf(context, issue).service;
  if (service === undefined) return [];
  const parts = partsOf(context, issue, choicesOf(context.handbook, service));
  const accepted: ReadonlySet<unknown> = acceptedIn(context, issue, parts);
  const given = parts.filter(
    ({ person, commands }) => person !== undefined && commands.some((it) => !accepted.has(it)),
  );
  return [...new Set(given.flatMap(({ item }) => item.by ?? []))];
}

/** Reads an issue that is a ticket; `writers` are the logins of `commandersIn` that GitHub lets write. */
export function readTicket(
  context: TicketContext,
  issue: TicketIssue,
  writers: ReadonlySet<string>,
): ReadTicket {
  const { priority, ...form } = serviceOf(context, issue);
  const { service } = form;
  const none = {
    issue,
    ...form,
    events: [],
    commands: [],
    unknownLabels: [],
    hasUnheard: false,
  };
  if (service === undefined) return none;
  const choices = choicesOf(context.handbook, service);
  const parts = partsOf(context, issue, choices);
  const accepted = acceptedIn(context, issue, parts);
  const isHeard = ({ item, person }: CommentParts): boolean =>
    person !== undefined && writers.has(item.by ?? '') && !item.isEdited;
  const counts = (part: CommentParts, command: TicketCommand | WrongCommand): boolean =>
    isHeard(part) || (command.kind !== 'wrong' && accepted.has(command));
  const commands = parts.flatMap((part) => {
    const { item, person } = part;
    if (person === undefined) return [];
    return part.commands
      .filter((command) => counts(part, command))
      .map((command): GivenCommand => ({ command, comment: item.id, by: person, at: item.at }));
  });
  const opened: TicketEvent = {
    ...{ ticket: String(issue.number), at: issue.createdAt, kind: 'opened', service: service.id },
    ...{ title: issue.title, author: issue.author },
    ...(priority === undefined ? {} : { priority }),
  };
  return {
    ...none,
    events: [opened, ...eventsOf({ context, issue, service, choices, parts, commands })],
    commands,
    unknownLabels: issue.labels.filter((label) => isUnknown(label, choices)),
    hasUnheard: parts.some((part) => part.commands.some((it) => it.kind !== 'wrong' && !counts(part, it))),
  };
}

/** The service of a ticket: by its label, else by the form, else the only one with a service level. */
function serviceOf(
  { handbook, forms, counter }: TicketContext,
  { body, labels, createdAt }: TicketIssue,
): ReadForm {
  const form = formOf(Object.values(forms), body);
  const { values, faults } = form === undefined ? NO_VALUES : parseBody(form, body);
  const incident =
    form === forms.incident ? { reason: values.get('reason'), channel: values.get('channel') } : undefined;
  const label = labels.find((it) => it.startsWith(SERVICE_PREFIX))?.slice(SERVICE_PREFIX.length);
  const named = handbook.services.get(label ?? '') ?? handbook.services.get(values.get('service') ?? '');
  if (named !== undefined) {
    const chosen = chosenPriority(handbook, named, values.get('priority'));
    const priority =
      incident === undefined ? chosen : openingPriority(counter, named, incident.reason, createdAt);
    const isFaulty = (id: string) => faults.some(({ field }) => field === labelOf(form, id));
    const { reason } = incident ?? {};
    return {
      ...{ service: named, incident, priority, faults: [] },
      hasForeignPriority: isFaulty('priority') || (values.has('priority') && chosen === undefined),
      hasForeignReason:
        isFaulty('reason') || (reason !== undefined && !named.criticalReasons.includes(reason)),
    };
  }
  const served = [...handbook.services.values()].filter((it) =>
    handbook.serviceLevels.has(it.serviceLevel ?? ''),
  );
  const only = served.length === 1 && label === undefined && form === undefined ? served[0] : undefined;
  return { service: only, incident, priority: undefined, faults, ...NOT_FOREIGN };
}

const NOT_FOREIGN = { hasForeignPriority: false, hasForeignReason: false };

/** What the form says, as far as it matters. */
interface ReadForm
  extends Pick<ReadTicket, 'service' | 'faults' | 'incident' | 'hasForeignPriority' | 'hasForeignReason'> {
  readonly priority: string | undefined;
}

const labelOf = (form: Form | undefined, id: string): string | undefined =>
  form?.fields.find((field) => field.id === id)?.label;

/** The priority of a service that the form names, by id and name: another service may mean another one by the id. */
function chosenPriority(
  { serviceLevels }: Handbook,
  { serviceLevel }: Service,
  chosen: string | undefined,
): string | undefined {
  const terms = serviceLevels.get(serviceLevel ?? '')?.terms ?? [];
  const all = terms.flatMap(({ priorities }) => [...priorities.values()]);
  return all.find((it) => priorityText(it) === chosen)?.id;
}

const NO_VALUES = { values: new Map<string, string>(), faults: [] };

/** A comment, taken apart. */
interface CommentParts extends CommandsAndText {
  readonly item: CommentItem;
  /** Undefined for somebody whom the handbook does not name. */
  readonly person: Person | undefined;
}

function partsOf(
  { handbook, self }: TicketContext,
  { timeline }: TicketIssue,
  choices: CommandChoices,
): readonly CommentParts[] {
  return timeline.flatMap((item): CommentParts[] => {
    if (item.kind !== 'comment' || item.isBot || item.by === undefined || item.by === self) return [];
    return [{ item, person: personOf(handbook, item.by), ...commandsIn(item.body, choices) }];
  });
}

/** The commands that our labels show to have been accepted: each label belongs to the last command before it. */
function acceptedIn(
  { self }: TicketContext,
  { timeline }: TicketIssue,
  parts: readonly CommentParts[],
): ReadonlySet<TicketCommand> {
  const accepted = new Set<TicketCommand>();
  const waiting = new Map<string, TicketCommand>();
  const named = parts.filter(({ person }) => person !== undefined);
  const byComment = new Map(named.map((part) => [part.item.id, part.commands]));
  for (const item of timeline) {
    if (item.kind === 'comment')
      for (const command of byComment.get(item.id) ?? []) {
        if (command.kind === 'priority') waiting.set(PRIORITY_PREFIX + command.value, command);
        if (command.kind === 'status') waiting.set(STATUS_PREFIX + command.value, command);
      }
    else if (item.kind === 'labelled' && item.by === self) {
      const command = waiting.get(item.label);
      if (command !== undefined) accepted.add(command);
    }
  }
  return accepted;
}

/** The value of a label of one of our kinds that the service knows. */
function namedBy(
  label: string,
  { priorities, statuses }: CommandChoices,
): { readonly kind: 'priority' | 'status'; readonly value: string } | undefined {
  const priority = label.startsWith(PRIORITY_PREFIX) ? label.slice(PRIORITY_PREFIX.length) : undefined;
  if (priority !== undefined)
    return priorities.includes(priority) ? { kind: 'priority', value: priority } : undefined;
  const status = label.startsWith(STATUS_PREFIX) ? label.slice(STATUS_PREFIX.length) : undefined;
  return status !== undefined && statuses.has(status) ? { kind: 'status', value: status } : undefined;
}

const isUnknown = (label: string, choices: CommandChoices): boolean =>
  (label.startsWith(PRIORITY_PREFIX) || label.startsWith(STATUS_PREFIX)) &&
  namedBy(label, choices) === undefined;

interface Walk {
  readonly context: TicketContext;
  readonly issue: TicketIssue;
  readonly service: Service;
  readonly choices: CommandChoices;
  readonly parts: readonly CommentParts[];
  readonly commands: readonly GivenCommand[];
}

/** What follows the opening. */
function eventsOf(walk: Walk): readonly TicketEvent[] {
  const { issue, parts, commands } = walk;
  const partOf = new Map(parts.map((part) => [part.item.id, part]));
  const given = Map.groupBy(commands, ({ comment }) => comment);
  const state = new LabelsAndState(walk);
  for (const item of issue.timeline) {
    if (item.kind === 'closed' || item.kind === 'reopened') state.turn(item);
    if (item.kind === 'labelled' || item.kind === 'unlabelled') state.apply(item);
    if (item.kind !== 'comment') continue;
    for (const { command } of given.get(item.id) ?? []) state.obey(command, item.at);
    const part = partOf.get(item.id);
    if (part?.person === undefined || item.by === issue.author) continue;
    const isNote = part.commands.length > 0 && !part.hasText;
    state.add({ kind: isNote ? 'note' : 'reply', at: item.at, author: item.by ?? '' });
  }
  return state.events;
}

type Turned = Extract<TimelineItem, { readonly kind: 'closed' | 'reopened' }>;
type Labelled = Extract<TimelineItem, { readonly kind: 'labelled' | 'unlabelled' }>;

/** The state that a timeline has reached, while its events are collected. */
class LabelsAndState {
  events: TicketEvent[] = [];
  readonly #walk: Walk;
  /** The labels of each kind that people see, in the order in which they were set. */
  readonly #present: Record<'priority' | 'status', string[]> = { priority: [], status: [] };
  #isClosed = false;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  add(event: Omit<TicketEvent, 'ticket'>): void {
    this.events.push({ ticket: String(this.#walk.issue.number), ...event });
  }

  /** A command does what the label of the same name would do, and at its own time. */
  obey(command: TicketCommand | WrongCommand, at: Instant): void {
    if (command.kind === 'priority' || command.kind === 'status') {
      this.#present[command.kind] = [command.value];
      this.add({ kind: command.kind, value: command.value, at });
    } else if (command.kind === 'estimate') this.add({ kind: 'estimate', value: command.value, at });
    else if (command.kind === 'return') this.#return(at);
  }

  /** To the first status; whoever triages it again estimates it again. */
  #return(at: Instant): void {
    this.events = this.events.filter(({ kind }) => kind !== 'estimate');
    const [first] = this.#walk.choices.statuses.keys();
    if (first === undefined) return;
    this.#present.status = [first];
    this.add({ kind: 'status', value: first, at });
  }

  apply(item: Labelled): void {
    const named = namedBy(item.label, this.#walk.choices);
    if (named === undefined) return;
    const { kind, value } = named;
    const others = this.#present[kind].filter((it) => it !== value);
    const isOurs = item.by === this.#walk.context.self;
    if (item.kind === 'labelled') {
      if (isOurs) return;
      this.#present[kind] = [...others, value];
      this.add({ kind, value, at: item.at });
      return;
    }
    const wasInForce = this.#present[kind].at(-1) === value;
    const left = others.at(-1);
    if (left === undefined) return;
    this.#present[kind] = others;
    if (wasInForce && !isOurs) this.add({ kind, value: left, at: item.at });
  }

  turn({ kind, at }: Turned): void {
    const isClosing = kind === 'closed';
    if (isClosing === this.#isClosed) return;
    this.#isClosed = isClosing;
    this.add({ kind: isClosing ? 'solved' : 'reopened', at });
  }
}
