/** The queue as the summary of a job: numbers, states, and names of the handbook; nothing that a ticket says. Pure. */
import type { Handbook, Target } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { plural } from '../text/plural.ts';
import type { QueueRow } from '../tickets/queue.ts';
import { formatInstant } from '../time/format.ts';
import { instantOfText, zoneOf } from '../time/zone.ts';

/** A summary has at most a mebibyte, and nobody reads more rows than these. */
const MOST_ROWS = 1000;

/** Tickets that are not in the queue, by number and reason. */
export interface LeftOut {
  /** Undefined for tickets of which not even the numbers are known. */
  readonly number: number | undefined;
  readonly why: string;
}

/** What a summary is about. `urls` are the addresses of the tickets. */
interface SummaryInput {
  readonly handbook: Handbook;
  readonly rows: readonly QueueRow[];
  readonly urls: ReadonlyMap<string, string>;
  readonly leftOut: readonly LeftOut[];
}

/** The queue in order of work as Markdown, with what is missing. */
export function queueSummary({ handbook, rows, urls, leftOut }: SummaryInput): string {
  const shown = rows.slice(0, MOST_ROWS);
  const more = rows.length - shown.length;
  return [
    '### Tickets, in order of work',
    rows.length === 0
      ? 'There are none.'
      : [HEAD, ...shown.map((row) => rowText(handbook, row, urls.get(row.ticket) ?? ''))].join('\n'),
    ...(more === 0 ? [] : [`And ${plural(more, 'further ticket')}.`]),
    ...(leftOut.length === 0
      ? []
      : [`**Missing from this list:**\n\n${leftOut.slice(0, 100).map(missingText).join('\n')}`]),
    ...(leftOut.length > 100 ? [`And ${leftOut.length - 100} more.`] : []),
    '',
  ].join('\n\n');
}

const HEAD =
  '| ticket | service | priority | status | group | with | clock | due |\n' +
  '| --- | --- | --- | --- | --- | --- | --- | --- |';

const CLOCKS: Readonly<Record<Target, string>> = {
  respond: 'first reply',
  update: 'update',
  resolve: 'solution',
};

function rowText(handbook: Handbook, row: QueueRow, url: string): string {
  const person = handbook.people.get(row.person ?? '')?.name ?? '';
  const clock = row.clock === null ? 'no time is promised' : `${CLOCKS[row.clock]} ${row.state}`;
  const cells = [
    row.service,
    row.priority ?? '',
    row.status,
    row.group ?? '',
    person,
    clock,
    dueText(handbook, row),
  ];
  return `| [#${row.ticket}](${url}) | ${cells.map(forMarkdown).join(' | ')} |`;
}

/** In the zone of the support hours, which the row names. */
function dueText({ services, serviceLevels, hours }: Handbook, row: QueueRow): string {
  const level = serviceLevels.get(services.get(row.service)?.serviceLevel ?? '');
  const zone = hours.get(level?.hours ?? '')?.zone ?? zoneOf('UTC');
  const due = instantOfText(row.due_at ?? '');
  return due === undefined ? '' : `${formatInstant(zone, due)} ${zone.name}`;
}

const missingText = ({ number, why }: LeftOut): string =>
  `- ${number === undefined ? 'the rest of the list' : `#${number}`}: ${forMarkdown(why)}`;
