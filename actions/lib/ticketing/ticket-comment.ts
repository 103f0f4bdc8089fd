/**
 * The one comment on a ticket that every run keeps up to date: by when what is due, and with whom it is. It depends on
 * how the ticket stands and not on the time of the run, so that it changes only when something did. It mentions nobody,
 * because an edit would not notify them reliably; `ticket-posts.ts` does. Pure.
 */
import { type Person, type Priority, priorityIds, type Target } from '../model.ts';
import type { FieldFault } from '../requests/parse.ts';
import { faultLines } from '../requests/phase.ts';
import { forMarkdown } from '../text/escape.ts';
import { plural } from '../text/plural.ts';
import type { ClockState, ClockVerdict } from '../tickets/clock-state.ts';
import { statusesOf } from '../tickets/ticket-history.ts';
import { durationText } from '../time/duration.ts';
import { formatInstant } from '../time/format.ts';
import type { Instant } from '../timeline.ts';
import type { NextPromise } from './incident.ts';
import { STATUS_PREFIX } from './read-ticket.ts';
import type { TicketView } from './ticket-view.ts';

/** The first line of our comment, which identifies it. */
export const TICKET_MARKER = '<!-- rota-as-code: ticket -->';

/** What a clock counts to. */
export const TARGET_WORDS: Readonly<Record<Target, string>> = {
  ...{ respond: 'first reply', update: 'next update', resolve: 'solution' },
};

/** `Thu 26 Nov 14:30 Europe/London`; the zone is a name of the time zone database. */
export const instantIn = ({ zone, history }: TicketView, at: Instant): string =>
  `${formatInstant(zone, at, history.openedAt)} ${zone.name}`;

/** The names of people, as one text. */
export function personNames(people: readonly Person[]): string {
  const names = people.map(({ name }) => forMarkdown(name));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The comment on a ticket of a known service. */
export function ticketComment(view: TicketView): string {
  return [
    TICKET_MARKER,
    headline(view),
    detailLines(view)
      .map((line) => `- ${line}`)
      .join('\n'),
    `<sub>${[...origin(view), commandsText(view)].join(' ')}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The commands with names that the service has; ids need no escaping. */
function commandsText({ level, history }: TicketView): string {
  const [priority] = level === undefined ? [] : priorityIds(level);
  const statuses = statusesOf(history.policy);
  const status = statuses.find((it) => history.policy?.statuses.get(it)?.asksReason === true) ?? statuses[1];
  return [
    'Commands, each on a line of its own: ',
    priority === undefined ? '' : `\`/priority ${priority}\`, `,
    status === undefined ? '' : `\`/status ${status} why\`, `,
    '`/estimate 3 hours`, `/chargeable about 2 days: why`, `/return why`.',
  ].join('');
}

/** The comment on a ticket of which it is not known to which service it belongs. */
export const serviceQuestion = (
  faults: readonly FieldFault[],
  services: readonly string[],
  isIncident: boolean,
): string =>
  [
    TICKET_MARKER,
    isIncident ? UNCALLED : '',
    '**Which service is this about?** Until that is known, nobody can say by when a reply is due. ' +
      'Edit the description, and write the service at its top as the form offers it, ' +
      'or let somebody of the team set a label such as ' +
      `\`service: ${services[0] ?? 'website'}\`.`,
    faultLines(faults),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const UNCALLED =
  '**Nobody has been called for this incident.** If it cannot wait, call whoever is on duty yourself.';

/** The comment on a ticket of which nothing can be said because the handbook has errors. */
export const unreadComment = (isIncident: boolean): string =>
  [
    TICKET_MARKER,
    ...(isIncident ? [UNCALLED] : []),
    'By when this is due cannot be said: the handbook has errors. This comment changes when they are mended.',
  ].join('\n\n');

/** The comment on a ticket that cannot be counted. */
export const uncountedComment = (why: string): string =>
  `${TICKET_MARKER}\n\nBy when this is due cannot be said: ${forMarkdown(why)}.`;

function headline(view: TicketView): string {
  const { trouble, solvedAt, read, first, priority } = view;
  if (solvedAt !== undefined || !read.issue.isOpen) return 'Solved. Re-open it if it is not.';
  if (trouble !== undefined) return `By when this is due cannot be said: ${forMarkdown(trouble)}.`;
  const of = priority === undefined ? '' : `**${forMarkdown(priority)}**, `;
  return capital(`${of}${first === undefined ? unpromised(view) : clockText(view, first)}${withWhom(view)}.`);
}

/** Nobody while no clock runs: at a hand-over, only the comments on tickets that are worked on by the clock change. */
function withWhom(view: TicketView): string {
  const { course, people, group, teamName, first, history, next, asked } = view;
  if (first === undefined ? history.replies.length > 0 : first.state === 'paused') return '';
  // Whoever is on out of hours is not there for what only office hours are promised.
  if (course !== 'call' && first?.state === 'running' && next !== undefined && next.at > asked)
    return `, counted from ${nextWords(view, next)}`;
  if (course === 'reasons') return '; nobody is called now';
  if (group?.notifyLeads === true) return `, with the leads of ${forMarkdown(teamName)}`;
  return people.length === 0 ? '; nobody is on duty now' : `, with ${personNames(people)} now`;
}

/** A ticket of which no clock is open. */
function unpromised(view: TicketView): string {
  const { history, clocks, next, asked } = view;
  if (clocks.verdicts.length > 0 || history.replies.length > 0)
    return view.read.incident === undefined
      ? 'answered; no further update is due'
      : 'answered; updates follow here until it is over, and no time is promised for them';
  if (next !== undefined && next.at > asked) return `nobody is promised before ${nextWords(view, next)}`;
  if (next?.isAsSoonAsPossible === true) return 'answered as soon as possible; no time is promised';
  return view.priority === undefined ? 'no time is promised' : 'for which no time is promised';
}

/** "**Fri 27 Nov 07:00 Europe/London**, when on-call begins". */
export const nextWords = (view: TicketView, { at, window }: NextPromise): string =>
  `**${instantIn(view, at)}**${window === undefined ? '' : `, when ${forMarkdown(window)} begins`}`;

const priorityOf = ({ terms, priority }: TicketView): Priority | undefined =>
  terms?.priorities.get(priority ?? '');

/** "first reply due Thu 26 Nov 14:30 Europe/London". */
function clockText(view: TicketView, { target, state, dueAt, byRetriage }: ClockState): string {
  const what = TARGET_WORDS[target];
  if (state === 'paused' || dueAt === undefined)
    return `${forMarkdown(view.status)}: the time to the ${what} stands still`;
  const at = `**${instantIn(view, dueAt)}**`;
  if (state !== 'breached') return `${what} due ${at}`;
  return byRetriage
    ? `${what} late since ${at}, by its new priority or terms`
    : `${what} late: it was due ${at}`;
}

function detailLines(view: TicketView): readonly string[] {
  const { read, history, first, clocks, solvedAt, group, status, terms, trouble } = view;
  const isOpen = solvedAt === undefined && read.issue.isOpen && trouble === undefined;
  const others = isOpen ? clocks.open.filter((it) => it !== first) : [];
  const isDefault = isOpen && history.priorities.length === 0 && terms?.defaultPriority !== undefined;
  const estimate = read.events.findLast(({ kind }) => kind === 'estimate')?.value;
  return [
    ...others.map((clock) => capital(clockText(view, clock))),
    ...(isDefault ? ['Nobody has given it a priority yet; this one applies until then'] : []),
    ...(isOpen && status !== '' ? [`Status: ${forMarkdown(status)}`] : []),
    ...(estimate === undefined || group === undefined
      ? []
      : [`Estimate: ${forMarkdown(estimate)}, so its group is ${forMarkdown(group.id)}`]),
    ...verdictLines(view, clocks.verdicts),
    ...(isOpen && read.hasForeignPriority && history.priorities.length === 0 ? [foreignWords(view)] : []),
    ...(view.course === 'reasons' && read.hasForeignReason ? [FOREIGN_REASON] : []),
    ...read.unknownLabels.map((label) => `⚠️ ${forMarkdown(label)} ${unknownWords(label)}`),
  ];
}

const FOREIGN_REASON =
  '⚠️ The reason in the description is not, word for word, one that counts for this service out of hours';

function foreignWords({ level }: TicketView): string {
  const ids = level === undefined ? [] : [...priorityIds(level)].map(forMarkdown);
  const known = ids.length === 0 ? '' : `; its priorities are ${ids.join(', ')}`;
  return `⚠️ The urgency in the description is no priority of this service, so it counts as nothing${known}`;
}

const unknownWords = (label: string): string =>
  `is no ${label.startsWith(STATUS_PREFIX) ? 'status' : 'priority'} of this service, so it counts as nothing`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What was late, and how the first reply was. */
function verdictLines(view: TicketView, verdicts: readonly ClockVerdict[]): readonly string[] {
  const late = verdicts.filter(({ breachedAt }) => breachedAt !== undefined);
  const first = verdicts.find(({ target }) => target === 'respond');
  const updates = late.filter(({ target }) => target === 'update').length;
  return [
    ...(first === undefined || view.history.replies.length === 0
      ? []
      : [
          `First reply: ${instantIn(view, first.endedAt)}, ` +
            (first.breachedAt === undefined ? 'in time' : `late: it was due ${dueWords(view, first)}`),
        ]),
    ...(updates === 0 ? [] : [`${plural(updates, 'update')} came late`]),
  ];
}

const dueWords = (view: TicketView, { dueAt }: ClockVerdict): string =>
  dueAt === undefined ? 'before' : instantIn(view, dueAt);

/** Whether the figures are promised, and where; nothing of a ticket for which nothing is promised. */
function origin(view: TicketView): readonly string[] {
  const { first, clocks, next } = view;
  if (first === undefined && clocks.verdicts.length === 0 && next === undefined) return [];
  const from = priorityOf(view)?.origin ?? view.level?.origin;
  if (from === undefined) return [];
  if (from.isExample) return ['The figures are an example.'];
  return from.source === undefined ? [] : [`Promised in: ${forMarkdown(from.source)}.`];
}

/** How long a ticket is in a status before it counts as solved, in words. */
export function solvedAfterWords({ history, status }: TicketView): string | undefined {
  const duration = history.policy?.statuses.get(status)?.solvedAfter;
  return duration === undefined ? undefined : durationText(duration);
}
