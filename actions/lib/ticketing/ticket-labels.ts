/** The labels of tickets: priority, status, and how their clocks stand. Pure. */
import type { Handbook } from '../model.ts';
import { INCIDENT_LABEL, TICKET_LABEL } from '../requests/forms.ts';
import { choicesOf, PRIORITY_PREFIX, STATUS_PREFIX } from './read-ticket.ts';
import type { TicketView } from './ticket-view.ts';

/** A label, which is created if the repository has none with its name. */
interface TicketLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** Shows that PagerDuty took the page for an incident, also where no comment can say it. */
export const PAGED_LABEL = 'incident: paged';

const AT_RISK = 'sla: at risk';
const BREACHED = 'sla: breached';

const COLORS = { ticket: '1d76db', priority: 'fbca04', status: 'c5def5', risk: 'd93f0b', breach: 'b60205' };

/** A label of ours as it is created. */
export function ticketLabel(name: string): TicketLabel {
  if (name === TICKET_LABEL)
    return { name, color: COLORS.ticket, description: 'A support ticket, answered by its service level' };
  if (name === INCIDENT_LABEL)
    return {
      name,
      color: COLORS.breach,
      description: 'It cannot wait; the people on call are called at once',
    };
  if (name === PAGED_LABEL)
    return { name, color: COLORS.risk, description: 'PagerDuty took the page for this incident' };
  if (name === AT_RISK)
    return {
      name,
      color: COLORS.risk,
      description: 'The next answer to its author is due soon',
    };
  if (name === BREACHED)
    return {
      name,
      color: COLORS.breach,
      description: 'An answer to its author is late, by its service level',
    };
  return name.startsWith(PRIORITY_PREFIX)
    ? { name, color: COLORS.priority, description: 'The priority that its service level counts with' }
    : { name, color: COLORS.status, description: 'Where the ticket is, and whether its clocks stand still' };
}

/** Every label that people or this action set on tickets of a handbook. */
export function allTicketLabels(handbook: Handbook): readonly string[] {
  const names = [...handbook.services.values()].flatMap((service) => {
    const { priorities, statuses } = choicesOf(handbook, service);
    return [
      ...priorities.map((it) => PRIORITY_PREFIX + it),
      ...[...statuses.keys()].map((it) => STATUS_PREFIX + it),
    ];
  });
  return [TICKET_LABEL, INCIDENT_LABEL, PAGED_LABEL, AT_RISK, BREACHED, ...new Set(names)];
}

/** The labels to add to a ticket and to remove from it. */
export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What makes the labels of a ticket show how it stands. A priority that nobody set is no label. */
export function labelChange(view: TicketView): LabelChange {
  const { read, history, status, solvedAt, clocks, atRisk } = view;
  const { labels, isOpen } = read.issue;
  const isSolved = solvedAt !== undefined || !isOpen;
  const priority = history.priorities.at(-1)?.priority;
  const isBreached = clocks.open.some(({ state }) => state === 'breached');
  const sla = isSolved ? [] : isBreached ? [BREACHED] : atRisk.length > 0 ? [AT_RISK] : [];
  const desired = [
    TICKET_LABEL,
    ...(read.incident === undefined ? [] : [INCIDENT_LABEL]),
    ...(priority === undefined ? [] : [PRIORITY_PREFIX + priority]),
    ...(status === '' ? [] : [STATUS_PREFIX + status]),
    ...sla,
  ];
  const isOurs = (name: string) =>
    [PRIORITY_PREFIX, STATUS_PREFIX].some((it) => name.startsWith(it)) ||
    name === AT_RISK ||
    name === BREACHED;
  return {
    add: desired.filter((name) => !labels.includes(name)),
    remove: labels.filter(
      (name) => isOurs(name) && !desired.includes(name) && !read.unknownLabels.includes(name),
    ),
  };
}
