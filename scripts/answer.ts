/** By when whoever is called for a priority has to answer, and who is not called for it. */
import type { Loaded } from '../actions/lib/load/load.ts';
import type { Handbook, Priority, Service } from '../actions/lib/model.ts';
import { type EscalationSteps, escalationFor } from '../actions/lib/query/escalation.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { measuredLevel } from '../actions/lib/tickets/clocks.ts';
import { Counter, PastHolidayList } from '../actions/lib/tickets/counted-time.ts';
import { dueEntry, type NewTicket, promisedFrom, termsAtOpening } from '../actions/lib/tickets/due-entry.ts';
import { formatExactly } from '../actions/lib/time/format.ts';
import type { Zone } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { promiseWord, targetText } from './promise-words.ts';
import { paragraph } from './table.ts';
import { calleeName } from './tables.ts';

type Callees = EscalationSteps['levels'][number]['notify'];

/** The answer that a ticket opened at an instant is promised. */
interface Answer {
  readonly priority: string;
  readonly window: string | null;
  /** UTC; null where nothing is promised. */
  readonly respondBy: string | null;
  /** What is promised in the window of that instant or, later, in another one. */
  readonly next: ReturnType<typeof promisedFrom>;
  readonly at: Instant;
  readonly origin: Priority['origin'] | undefined;
  /** Those whom the chain calls for other priorities only. */
  readonly uncalled: Callees;
  /** False where the count leaves a holiday list. */
  readonly isKnown: boolean;
}

/** By when a ticket of a priority that is opened at an instant has to be answered. */
export function answerTo(
  handbook: Handbook,
  service: Service,
  priority: string,
  { window, levels }: EscalationSteps,
  at: Instant,
): Answer | undefined {
  const counter = new Counter(handbook);
  const measured = measuredLevel(counter, service);
  if (measured === undefined) return undefined;
  const called = new Set(levels.flatMap(({ notify }) => notify).map((it) => JSON.stringify(it)));
  const all = escalationFor(handbook, service, at).levels.flatMap(({ notify }) => notify);
  const uncalled = all.filter((it) => !called.has(JSON.stringify(it)));
  const ticket: NewTicket = { service, measured, priority, openedAt: at };
  const origin = termsAtOpening(ticket).priorities.get(priority)?.origin;
  const known = { priority, window, at, origin, uncalled };
  try {
    const { respond } = dueEntry(counter, ticket, at);
    return { ...known, respondBy: respond.due_at, next: promisedFrom(ticket, at), isKnown: true };
  } catch (error) {
    if (!(error instanceof PastHolidayList)) throw error;
    return { ...known, respondBy: null, next: undefined, isKnown: false };
  }
}

/** The answer in sentences, in lines of a width. */
export function answerLines(
  loaded: Pick<Loaded, 'handbook'>,
  answer: Answer,
  { width, ...times }: { readonly zone: Zone; readonly now: Instant; readonly width: number | undefined },
  paint: Paint,
): readonly string[] {
  const { priority, uncalled, isKnown } = answer;
  const names = uncalled.map((it) => {
    const role = it.rota === null ? '' : ` (${it.rota}/${it.role})`;
    return `${calleeName(loaded, it, paint)}${role}`;
  });
  const sentences = [
    ...(isKnown ? [promiseLine(answer, times)] : []),
    ...(names.length === 0 ? [] : [`Not called for ${priority}: ${names.join(', ')}.`]),
  ];
  return sentences.flatMap((it) => paragraph(it, width));
}

function promiseLine(
  { priority, window, respondBy, next, at, origin }: Answer,
  { zone, now }: { readonly zone: Zone; readonly now: Instant },
): string {
  const word = origin === undefined ? 'promised' : promiseWord(origin);
  const by =
    respondBy === null ? undefined : `by ${formatExactly(zone, Date.parse(respondBy), now)} (${word})`;
  if (next?.at === at) {
    if (by !== undefined && !next.target.asSoonAsPossible) return `${priority}: first reply ${by}.`;
    const first = `${priority}: answered ${targetText(next.target)} (${word}).`;
    return by === undefined ? first : `${first} First reply ${by}.`;
  }
  const place = window === null ? 'outside all support hours' : `in the window ${window}`;
  const nothing = `Nothing is promised for ${priority} ${place}`;
  if (by !== undefined) return `${nothing}; a ticket opened then has its first reply ${by}.`;
  if (next === undefined) return `${nothing}.`;
  return `${nothing}; from ${formatExactly(zone, next.at, now)} on, answered ${targetText(next.target)} (${word}).`;
}
