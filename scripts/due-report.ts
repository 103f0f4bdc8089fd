/** What is due when for a new ticket, as people read it in a terminal, with the steps of the count in words. */
import type { Priority, ServiceLevelTerms } from '../actions/lib/model.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { type DueEntry, type NewTicket, promisedFrom } from '../actions/lib/tickets/due-entry.ts';
import type { Count, CountStep } from '../actions/lib/tickets/explain.ts';
import { DAY } from '../actions/lib/time/date.ts';
import { durationText, elapsedOf } from '../actions/lib/time/duration.ts';
import { clockText, formatExactly, formatSpanExactly, instantText } from '../actions/lib/time/format.ts';
import type { Zone } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { leftText, originText, shareText, targetText, updateText } from './promise-words.ts';
import { paragraph } from './table.ts';
import { headedTable } from './tables.ts';

/** What is due for one priority, and how the first reply and the solution are counted. */
export interface DueAnswer {
  readonly ticket: NewTicket;
  readonly entry: DueEntry;
  readonly respond: Count | undefined;
  readonly resolve: Count | undefined;
}

/** The times of the question: when the ticket was opened, which instant it is, and the zone that both are shown in. */
export interface DueTimes {
  readonly openedAt: Instant;
  readonly at: Instant;
  readonly now: Instant;
  readonly zone: Zone;
}

/** A table with a row for each priority, and below it how each is counted; of a width where that is possible. */
export function dueReport(
  answers: readonly DueAnswer[],
  terms: ServiceLevelTerms,
  times: DueTimes,
  paint: Paint,
  width: number | undefined,
): readonly string[] {
  const [first] = answers;
  if (first === undefined) return [];
  const { service, measured } = first.ticket;
  const { zone, openedAt, now, at } = times;
  const rows = answers.map((answer) => rowFor(answer, terms, times, paint));
  const headings = ['Priority', 'First reply', 'Left', 'Then an update'];
  const hasResolve = answers.some(({ entry }) => entry.resolve !== null);
  const { window } = first.entry;
  const intro = [
    `${forTerminal(service.name)}, opened ${formatExactly(zone, openedAt, now)} (${zone.name}), ` +
      (window ?? 'outside all hours'),
    `Service level: ${forTerminal(measured.level.name)}`,
    forTerminal(originText(measured.level.origin)),
    ...(at === openedAt ? [] : [`Time left as of ${formatExactly(zone, at, now)}`]),
  ];
  return [
    ...intro.flatMap((line) => paragraph(line, width)),
    '',
    ...headedTable(hasResolve ? [...headings, 'Solution'] : headings, rows, paint, width),
    ...answers
      .flatMap((answer) => countLines(answer, terms, times))
      .flatMap((line) => stepParagraph(line, width)),
  ];
}

/** A step, which is indented by two blanks, goes on further to the right. */
const stepParagraph = (line: string, width: number | undefined): readonly string[] => {
  if (!line.startsWith('  ') || width === undefined) return paragraph(line, width);
  return paragraph(line.slice(2), width - 2, '  ').map((it) => `  ${it}`);
};

function rowFor(
  { ticket, entry }: DueAnswer,
  terms: ServiceLevelTerms,
  times: DueTimes,
  paint: Paint,
): readonly string[] {
  const priority = terms.priorities.get(entry.priority);
  const { respond, resolve } = entry;
  const update = priority === undefined ? undefined : updateText(terms, priority);
  const row = [
    nameOf(ticket, entry.priority, priority),
    firstReplyText(ticket, respond, times, paint),
    respond.left_minutes === null ? '–' : leftText(respond.left_minutes),
    update ?? '–',
  ];
  return resolve === null ? row : [...row, dueText(resolve, times, paint)];
}

/** A priority with its name; one whose figures are an example, among others with a source, is called one. */
function nameOf({ measured }: NewTicket, id: string, priority: Priority | undefined): string {
  if (priority === undefined) return id;
  const name = priority.name.toLowerCase() === id.toLowerCase() ? id : `${id} ${forTerminal(priority.name)}`;
  const isExample = priority.origin.source === undefined && measured.level.origin.source !== undefined;
  return isExample ? `${name} (example)` : name;
}

/** By when the first reply is due; in a window in which it is as soon as possible, that comes first. */
function firstReplyText(
  ticket: NewTicket,
  respond: DueEntry['respond'],
  times: DueTimes,
  paint: Paint,
): string {
  if (respond.due_at === null) return undatedText(ticket, respond.state, times);
  const due = dueText(respond, times, paint);
  const next = promisedFrom(ticket, times.openedAt);
  const isSoon = next?.at === times.openedAt && next.target.asSoonAsPossible;
  return isSoon ? `${targetText(next.target)}, ${due}` : due;
}

/** "by Thu 24 Dec 17:30". */
function dueText({ due_at: due, state }: DueEntry['respond'], { zone, now }: DueTimes, paint: Paint): string {
  if (due === null) return state === 'paused' ? 'paused' : 'no figure';
  const text = `by ${formatExactly(zone, Date.parse(due), now)}`;
  return state === 'breached' ? paint('red', `${text}, breached`) : text;
}

/** A first reply without a due instant: as soon as possible, or nothing now, and from when on something. */
function undatedText(ticket: NewTicket, state: DueEntry['respond']['state'], times: DueTimes): string {
  if (state === 'paused') return 'paused in the first status';
  const next = promisedFrom(ticket, times.openedAt);
  if (next === undefined) return 'nothing promised';
  return next.at === times.openedAt
    ? targetText(next.target)
    : `nothing before ${formatExactly(times.zone, next.at, times.now)}`;
}

/** What is promised later, where nothing has a due instant. */
function laterLines(ticket: NewTicket, times: DueTimes): readonly string[] {
  const next = promisedFrom(ticket, times.openedAt);
  if (next === undefined || next.at === times.openedAt) return [];
  const from = formatExactly(times.zone, next.at, times.now);
  return [
    '',
    `${ticket.priority}, first reply:`,
    `  nothing is promised before ${from}; from then on, ${targetText(next.target)}`,
  ];
}

/** How the targets of a priority are counted, step by step, under the name of the priority. */
function countLines(
  { ticket, entry, respond, resolve }: DueAnswer,
  { firstResponse }: ServiceLevelTerms,
  times: DueTimes,
): readonly string[] {
  const parts = [
    ...(respond === undefined ? [] : [{ what: 'first reply', count: respond, due: entry.respond.due_at }]),
    ...(resolve === undefined
      ? []
      : [{ what: 'solution', count: resolve, due: entry.resolve?.due_at ?? null }]),
  ];
  const later = entry.respond.state === 'none' ? laterLines(ticket, times) : [];
  const counts = parts.flatMap(({ what, count, due }) => {
    if (due !== instantText(count.dueAt)) return ['', `${entry.priority}, ${what}: ${CHANGED}`];
    const always =
      count.isFirstResponse && firstResponse !== undefined
        ? ` (every ticket has one within ${durationText(firstResponse)})`
        : '';
    return [
      '',
      `${entry.priority}, ${what}${always}:`,
      ...stepLines(count, times).map((line) => `  ${line}`),
    ];
  });
  return [...later, ...counts];
}

/** The count is that of the terms and the status at the opening. */
const CHANGED = 'its status pauses it, or other terms apply before it is due, so there are no steps to show';

/** More steps than these are told by their beginning and their end. */
const STEPS = { first: 6, last: 3 };

function stepLines(count: Count, times: DueTimes): readonly string[] {
  const steps = joined(count.steps);
  const amounts = new Set(steps.flatMap((it) => (it.kind === 'counts' ? [durationText(it.amount)] : [])));
  const lines = steps.map((step) => stepText(step, amounts.size > 1, times));
  const left = lines.length - STEPS.first - STEPS.last;
  const shown =
    left < 2
      ? lines
      : [...lines.slice(0, STEPS.first), `… ${left} more steps of this kind`, ...lines.slice(-STEPS.last)];
  const end = `due ${formatExactly(times.zone, count.dueAt, times.now)}`;
  return steps.at(-1)?.kind === 'days' ? shown : [...shown, end];
}

/** Adjacent steps that count nothing are one. */
function joined(steps: readonly CountStep[]): readonly CountStep[] {
  const result: CountStep[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (step.kind === 'waits' && last?.kind === 'waits') {
      const window = last.window === step.window ? last.window : undefined;
      result[result.length - 1] = { ...last, endAt: step.endAt, window };
    } else result.push(step);
  }
  return result;
}

function stepText(step: CountStep, hasShares: boolean, { zone, now }: DueTimes): string {
  switch (step.kind) {
    case 'counts': {
      const used = step.endAt - step.startAt;
      const whole = elapsedOf(step.amount) ?? used;
      const share = hasShares ? `, ${percent(used / whole)}` : '';
      return `${spanText(zone, step, now)} counts ${shareText(used, step.amount)}${share} (${step.window})`;
    }
    case 'waits':
      return `${spanText(zone, step, now)} counts nothing${step.window === undefined ? '' : ` (${step.window})`}`;
    case 'begins':
      return `counted from ${formatExactly(zone, step.at, now)}`;
    case 'days': {
      const moved = step.isMoved ? ', moved into the hours of that day' : '';
      return `${durationText(step.amount)} later: due ${formatExactly(zone, step.at, now)}${moved}`;
    }
  }
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A span; one that ends at midnight ends at 24:00 of its day. */
function spanText(
  zone: Zone,
  { startAt, endAt }: { readonly startAt: Instant; readonly endAt: Instant },
  now: Instant,
): string {
  const day = Math.floor(zone.wallOf(startAt) / DAY);
  const isMidnight = clockText(zone.wallOf(endAt)) === '00:00' && zone.dayOf(endAt) === day + 1;
  return isMidnight
    ? `${formatExactly(zone, startAt, now)} – 24:00`
    : formatSpanExactly(zone, startAt, endAt, now);
}
