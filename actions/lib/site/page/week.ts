/**
 * Support hours drawn as a week: a row for each weekday and one for a holiday, a bar for each window. Computed by
 * resolving an ordinary week, so that it always matches the shifts. Pure.
 */
import { type Handbook, type Hours, type HoursTerms, termsOn } from '../../model.ts';
import { resolve, windowAt } from '../../resolve/resolve.ts';
import { DAY, HOUR, WEEKDAYS } from '../../time/date.ts';
import { clockText } from '../../time/format.ts';
import { type Zone, zoneOf } from '../../time/zone.ts';
import { clip, type Timeline } from '../../timeline.ts';
import { type Html, html, noHtml } from './html.ts';

/** Any Monday: the chart is resolved in UTC, which has no clock changes. */
const MONDAY = Date.UTC(2024, 0, 8);

interface DayRow {
  readonly name: string;
  /** Milliseconds after midnight. */
  readonly windows: Timeline<string>;
}

/** The windows of a week without a holiday, and of a holiday on a Wednesday, by the terms in force now. */
function weekOfHours(handbook: Handbook, hours: Hours, now: number): readonly DayRow[] {
  const terms = termsOn(hours.terms, hours.zone.dayOf(now));
  const plain = windowsOf(handbook, hours, terms, []);
  const rows = WEEKDAYS.map((name, i) => dayRow(`${name[0]?.toUpperCase()}${name.slice(1)}`, plain, i));
  if (terms.holidays.length === 0) return rows;
  const wednesday = MONDAY / DAY + 2;
  return [...rows, dayRow('Holiday', windowsOf(handbook, hours, terms, [wednesday]), 2)];
}

const LIST = 'ordinary';

function windowsOf(
  handbook: Handbook,
  hours: Hours,
  terms: HoursTerms,
  holidays: readonly number[],
): Timeline<string> {
  const zone: Zone = zoneOf('UTC');
  const [list] = terms.holidays.flatMap((id) => handbook.holidays.get(id) ?? []);
  const ordinary = {
    ...hours,
    zone,
    terms: [{ ...terms, firstOn: Number.NEGATIVE_INFINITY, holidays: list === undefined ? [] : [LIST] }],
  };
  const days = new Map(holidays.map((day) => [day, LIST]));
  const lists =
    list === undefined
      ? new Map()
      : new Map([
          [
            LIST,
            {
              ...list,
              id: LIST,
              zone: undefined,
              fromOn: MONDAY / DAY - 40,
              untilOn: MONDAY / DAY + 40,
              days,
            },
          ],
        ]);
  const bare = { ...handbook, rotas: new Map(), hours: new Map([[hours.id, ordinary]]), holidays: lists };
  const resolved = resolve(bare, { startAt: MONDAY - 7 * DAY, endAt: MONDAY + 14 * DAY });
  return windowAt(resolved, hours.id) ?? [];
}

function dayRow(name: string, windows: Timeline<string>, day: number): DayRow {
  const startAt = MONDAY + day * DAY;
  const own = clip(windows, { startAt, endAt: startAt + DAY });
  return {
    name,
    windows: own.map((it) => ({ ...it, startAt: it.startAt - startAt, endAt: it.endAt - startAt })),
  };
}

/** With the margins, the chart is as wide as a phone. */
const PER_HOUR = 10.5;
const ROW = 24;
const LEFT = 52;
const TOP = 18;

/** The chart and its table. */
export function week(handbook: Handbook, hours: Hours, now: number): Html {
  const rows = weekOfHours(handbook, hours, now);
  const names = [...new Set(hours.terms.flatMap(({ windows }) => [...windows.keys()]))];
  const width = LEFT + 24 * PER_HOUR + 20;
  const height = TOP + rows.length * ROW;
  const label = `Support hours of ${hours.name} by weekday; the table below shows the same`;
  return html`<div class="week">
<h3>${hours.name}</h3>
<div class="scroll" role="region" aria-label="${label}" tabindex="0">
<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
${[0, 6, 12, 18, 24].map(hourText)}
${rows.map((row, i) => dayBars(row, names, TOP + i * ROW))}</svg>
</div>
<table class="plain">
<caption>Hours by day (${hours.zone.name})</caption>
<tbody>
${grouped(rows).map(([days, text]) => html`<tr><th scope="row">${days}</th><td>${text}</td></tr>\n`)}</tbody>
</table>
</div>
`;
}

const hourText = (hour: number): Html =>
  html`<text class="hour" x="${LEFT + hour * PER_HOUR}" y="11">${String(hour).padStart(2, '0')}:00</text>`;

/** The row of a day: its name and a bar for each of its windows, coloured by their place in `names`. */
function dayBars({ name, windows }: DayRow, names: readonly string[], top: number): Html {
  const y = top + 2;
  const short = name === 'Holiday' ? name : name.slice(0, 3);
  const text = html`<text class="day" x="0" y="${top + 16}">${short}</text>`;
  const none = html`<rect class="none" x="${LEFT}" y="${y}" width="${24 * PER_HOUR}" height="${ROW - 4}"/>`;
  return html`${text}${none}${windows.map((it) => windowBar(it, names.indexOf(it.value), y))}\n`;
}

function windowBar({ startAt, endAt, value }: Timeline<string>[number], index: number, y: number): Html {
  const x = LEFT + (startAt / HOUR) * PER_HOUR;
  const width = ((endAt - startAt) / HOUR) * PER_HOUR;
  const isWide = width > value.length * 7 + 8;
  const rect = html`<rect x="${x}" y="${y}" width="${width}" height="${ROW - 4}"/>`;
  const text = isWide ? html`<text x="${x + 5}" y="${y + 14}">${value}</text>` : noHtml;
  return html`<g class="w${Math.max(0, index) % 6}">${rect}${text}</g>`;
}

/** Joins consecutive days with the same hours into one line. */
function grouped(rows: readonly DayRow[]): readonly (readonly [string, string])[] {
  const groups: { first: string; last: string; text: string }[] = [];
  for (const { name, windows } of rows) {
    const text = windows.map(windowText).join('; ') || 'not supported';
    const before = groups.at(-1);
    if (before !== undefined && before.text === text && name !== 'Holiday') before.last = name;
    else groups.push({ first: name, last: name, text });
  }
  return groups.map(({ first, last, text }) => [first === last ? first : `${first} to ${last}`, text]);
}

const windowText = ({ startAt, endAt, value }: Timeline<string>[number]): string =>
  startAt === 0 && endAt === DAY
    ? `${value} all day`
    : `${value} ${clockText(startAt)}–${endAt === DAY ? '24:00' : clockText(endAt)}`;
