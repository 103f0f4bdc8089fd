/**
 * What is wrong with tickets, as lines for people: each finding with its line, as many as can be read. A file of which
 * everything is wrong would fill the terminal with far more text than it has itself.
 */
import { plural } from '../actions/lib/text/plural.ts';
import { byLine, type TicketFault, ticketFaultText } from '../actions/lib/tickets/ticket-faults.ts';
import { wrapped } from './table.ts';

/** How many findings are printed of one ticket, of events whose ticket is unknown, and in all. */
export const MOST_FINDINGS = { ofTicket: 20, ofNone: 1000, inAll: 10_000 } as const;

/** The findings of a ticket that are not printed. */
interface Unprinted {
  readonly ticket: string | undefined;
  readonly first: TicketFault;
  last: TicketFault;
  count: number;
  /** Whether others of the ticket are printed. */
  readonly isRest: boolean;
}

/**
 * Findings in order of their lines, then how many more each ticket has. Every ticket that is left out is named, and
 * `source` precedes each line.
 */
export function ticketFindingLines(source: string, faults: readonly TicketFault[]): readonly string[] {
  const lines: string[] = [];
  const printed = new Map<string | undefined, number>();
  const unprinted = new Map<string | undefined, Unprinted>();
  for (const fault of faults.toSorted(byLine)) {
    const { ticket } = fault;
    const count = printed.get(ticket) ?? 0;
    const most = ticket === undefined ? MOST_FINDINGS.ofNone : MOST_FINDINGS.ofTicket;
    const rest = unprinted.get(ticket);
    if (rest !== undefined) {
      rest.count++;
      rest.last = fault;
    } else if (count < most && lines.length < MOST_FINDINGS.inAll) {
      printed.set(ticket, count + 1);
      lines.push(findingLine(source, fault));
    } else unprinted.set(ticket, { ticket, first: fault, last: fault, count: 1, isRest: count > 0 });
  }
  const rests = [...unprinted.values()];
  const others = rests.flatMap(({ ticket, first, isRest }) =>
    isRest || ticket === undefined ? [] : [first.line === undefined ? ticket : `${ticket} (${first.line})`],
  );
  return [
    ...lines,
    ...rests.filter((it) => it.isRest || it.ticket === undefined).map((rest) => restLine(source, rest)),
    ...(others.length === 0 ? [] : wrapped([`${source}:`, ...OTHERS.split(' '), ...listed(others)])),
  ];
}

const listed = (names: readonly string[]): readonly string[] =>
  names.map((name, i) => (i < names.length - 1 ? `${name},` : name));

const OTHERS = 'also left out, each with the line of its first finding:';

function findingLine(source: string, fault: TicketFault): string {
  const { ticket, line } = fault;
  const place = line === undefined ? source : `${source}:${line}`;
  return `${place}: ${ticket === undefined ? '' : `ticket ${ticket}: `}${ticketFaultText(fault)}`;
}

/** "ticket 1042: 1234 more findings, the last in line 1300". */
function restLine(source: string, { ticket, last, count }: Unprinted): string {
  const whose = ticket === undefined ? 'events of unknown tickets' : `ticket ${ticket}`;
  const until = last.line === undefined ? '' : `, the last in line ${last.line}`;
  return `${source}: ${whose}: ${plural(count, 'more finding')}${until}`;
}
