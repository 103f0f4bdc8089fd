/** The part of the comment that lists whose time changes, as a table. Pure. */
import type { Effect } from '../compare/changes.ts';
import type { Exception } from '../compare/exceptions.ts';
import { horizonText, spanText } from '../compare/words.ts';
import { holidayOn } from '../query/holidays.ts';
import { plural } from '../text/plural.ts';
import { type Day, weekdayOf } from '../time/date.ts';
import { listMarkdown, within } from './budget.ts';
import { type Judgement, personName, seatName } from './judgement.ts';

interface Ledger {
  readonly gains: Exception[];
  readonly losses: Exception[];
}

/**
 * A table with a row for each person whose time changes: what they gain and give up, and how much of it on days off.
 * Rows are left out where it would take more than so many characters.
 */
export function changesPart(judgement: Judgement, most: number): string {
  const { against } = judgement;
  const people = ledgersOf([...against.past, ...against.ahead]);
  const unread = [...against.handbook.unread, ...judgement.handbook.unread].some(
    ({ kind }) => kind !== 'people',
  );
  const why = unread ? 'a file could not be read' : 'this is too much to compare';
  if (people.size === 0)
    return unread || against.unread.length > 0
      ? `### Whose time changes is unknown, because ${why}`
      : `### Nobody's time changes up to ${horizonText(against)}`;
  const zones = [...new Set([...against.past, ...against.ahead].map(({ zone }) => zone.name))];
  const head = [
    '### Whose time changes',
    '',
    '| Who | Gains | Gives up | Weekend days | Holidays |',
    '|---|---|---|---|---|',
  ];
  const notes = [
    '',
    `Times are those of ${listMarkdown(zones, 10)}${zones.length > 1 ? ', each rota in its own' : ''}.`,
    ...(against.unread.length > 0
      ? ['', `Changes in ${listMarkdown(against.unread, 10)} are unknown, because ${why}.`]
      : []),
  ];
  const room = most - [...head, ...notes].join('\n').length - 100;
  const [rows, left] = within(
    [...people],
    ([id, ledger]) => `| ${rowFor(judgement, id, ledger).join(' | ')} |`,
    room,
  );
  const more =
    left > 0 ? ['', `This table has no room for ${plural(left, 'more person', 'more people')}.`] : [];
  return [...head, ...rows, ...more, ...notes].join('\n');
}

function ledgersOf(exceptions: readonly Exception[]): ReadonlyMap<string, Ledger> {
  const people = new Map<string, Ledger>();
  const ledger = (id: string) => {
    const known = people.get(id) ?? { gains: [], losses: [] };
    people.set(id, known);
    return known;
  };
  for (const exception of exceptions) {
    if (exception.before !== undefined) ledger(exception.before).losses.push(exception);
    if (exception.after !== undefined) ledger(exception.after).gains.push(exception);
  }
  return people;
}

function rowFor(judgement: Judgement, id: string, { gains, losses }: Ledger): readonly string[] {
  const cell = (all: readonly Exception[], word: string, other: (it: Exception) => string | undefined) =>
    listed(all, (it) => {
      const seat = `${spanText(it, judgement.now, MOST_SPANS)}, ${seatName(judgement, it)}`;
      return it.effect === undefined
        ? `${seat}${whom(judgement, word, other(it))}`
        : `${seat} (${EFFECTS[it.effect]})`;
    });
  const gained = daysIn(gains);
  const lost = daysIn(losses);
  return [
    personName(judgement, id),
    cell(gains, 'from', ({ before }) => before),
    cell(losses, 'to', ({ after }) => after),
    tally(gained, lost, (_, day) => weekdayOf(day) >= 5),
    tally(gained, lost, (rota, day) => isHoliday(judgement, rota, day)),
  ];
}

/** The most spans of one change that a cell lists. */
const MOST_SPANS = 8;

const whom = (judgement: Judgement, word: string, person: string | undefined): string =>
  person === undefined ? ` (${word} nobody)` : `, ${word} ${personName(judgement, person)}`;

const EFFECTS: Readonly<Record<Effect, string>> = {
  'stops-counting': 'the role stops counting as cover',
  'starts-counting': 'the role starts to count as cover',
  'becomes-extra': 'the same time, but as extra',
};

/** A table cell with at most eight lines, to stay readable. */
function listed(all: readonly Exception[], line: (exception: Exception) => string): string {
  const more = all.length - 8;
  return [...all.slice(0, 8).map(line), ...(more > 0 ? [`and ${more} more`] : [])].join('<br>');
}

/** Every local day on which time changes, with its rota. */
function daysIn(exceptions: readonly Exception[]): ReadonlyMap<string, readonly [string, Day]> {
  const days = new Map<string, readonly [string, Day]>();
  for (const { rota, zone, changes } of exceptions) {
    for (const { startAt, endAt } of changes) {
      for (let at = startAt; at < endAt; at = zone.startOf(zone.dayOf(at) + 1)) {
        const day = zone.dayOf(at);
        days.set(`${rota} ${day}`, [rota, day]);
      }
    }
  }
  return days;
}

/** "+2 −1": how many distinct days are gained and given up. */
function tally(
  gained: ReturnType<typeof daysIn>,
  lost: ReturnType<typeof daysIn>,
  counts: (rota: string, day: Day) => boolean,
): string {
  const [more, less] = [gained, lost].map(
    (days) => new Set([...days.values()].flatMap(([rota, day]) => (counts(rota, day) ? [day] : []))).size,
  );
  return more === 0 && less === 0
    ? '–'
    : [...(more === 0 ? [] : [`+${more}`]), ...(less === 0 ? [] : [`−${less}`])].join(' ');
}

function isHoliday({ handbook, against }: Judgement, id: string, day: Day): boolean {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  return rota !== undefined && holidayOn(handbook, rota, day) !== undefined;
}
