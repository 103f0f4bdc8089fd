/**
 * A team's coming weeks as a chart: a row for each role, a bar for each run of shifts, as SVG of fixed size in a
 * scrollable region. The names of the rows are HTML on top of it, so that they stay visible; `turns-table.ts` shows the
 * same as text. Pure.
 */
import type { Handbook } from '../../model.ts';
import { holidayOn } from '../../query/holidays.ts';
import { publishedName } from '../../query/shifts.ts';
import { type Exchange, exchangesOf, isEnd, type Run, wholeRuns } from '../../query/turns.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { DAY, type Day, weekdayOf } from '../../time/date.ts';
import { formatDay, formatDayOfMonth, formatInstant, formatSpan } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import type { Instant, Interval } from '../../timeline.ts';
import { spansText } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import type { SiteView } from './view.ts';

const PER_DAY = 12;
const AXIS = 40;
/** The upper part of a row is for its name, the lower part for the bars. */
const ROW = 56;
const BAR_TOP = 21;
const BAR = 26;

/** The data of a chart. */
export interface Chart {
  readonly handbook: Handbook;
  readonly now: Instant;
  readonly zone: Zone;
  /** Whole days in the zone. */
  readonly span: Interval;
  readonly rows: readonly Row[];
  readonly colours: ReadonlyMap<string, number>;
}

export interface Row {
  readonly cover: RoleCover;
  readonly runs: readonly Run[];
  readonly exchanges: readonly Exchange[];
}

export const rowsOf = (site: SiteView, covers: readonly RoleCover[], span: Interval): readonly Row[] =>
  covers.map((cover) => ({
    cover,
    runs: wholeRuns(site, cover, span),
    exchanges: exchangesOf(cover, span),
  }));

export function chart(it: Chart): Html {
  const { rows, zone, span } = it;
  const width = xOf(it, span.endAt);
  const height = AXIS + rows.length * ROW + 4;
  const days = Array.from({ length: Math.round(width / PER_DAY) }, (_, i) => zone.dayOf(span.startAt) + i);
  const label = `Chart of the coming ${days.length / 7} weeks; the table below shows the same`;
  const bands = days.map((day) => dayBand(it, day, height));
  const bars = rows.map((row, i) => rowPart(it, row, AXIS + i * ROW));
  return html`<div class="chart" role="region" aria-label="${label}" tabindex="0">
<div class="plot">
<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
<defs><pattern id="nobody" width="8" height="8" ${SLANTED}>${STRIPES}</pattern></defs>
${bands}${bars}${todayLine(it, height)}
</svg>
<ul class="rows" aria-hidden="true">
${rows.map(({ cover }) => html`<li><span>${cover.rota.name} <b>${cover.role.id}</b></span></li>\n`)}</ul>
</div>
</div>
`;
}

/** The pattern of the bars of duty hours that nobody holds. */
const SLANTED = html`patternUnits="userSpaceOnUse" patternTransform="rotate(45)"`;
const STRIPES = [
  html`<rect class="nobody-ground" width="8" height="8"/>`,
  html`<rect class="nobody-stripe" width="4" height="8"/>`,
];

/** A line through the middle of today, with the word; the script moves it. */
function todayLine(it: Chart, height: number): Html {
  const { zone, span, now } = it;
  const x = xOf(it, zone.startOf(zone.dayOf(now))) + PER_DAY / 2;
  const line = html`<path d="M0 ${AXIS - 12}V${height}"/>`;
  const word = html`<rect x="-19" y="${AXIS - 26}" width="38" height="15"/><text y="${AXIS - 15}">today</text>`;
  return html`<g class="today" data-from="${spansText([span])}" transform="translate(${x} 0)">${line}${word}</g>`;
}

/** The x coordinate of an instant; all days of the zone have the same width, whatever their length. */
function xOf({ zone, span }: Pick<Chart, 'zone' | 'span'>, at: Instant): number {
  const inside = Math.min(Math.max(at, span.startAt), span.endAt);
  const wall = zone.wallOf(inside) - zone.wallOf(span.startAt);
  return Math.round((wall / DAY) * PER_DAY * 10) / 10;
}

/** Weekends and holidays as bands, Mondays as lines with their date. */
function dayBand(it: Chart, day: Day, height: number): Html {
  const x = xOf(it, it.zone.startOf(day));
  const holidays = new Set(it.rows.flatMap(({ cover }) => holidayOn(it.handbook, cover.rota, day) ?? []));
  const weekday = weekdayOf(day);
  return html`${
    weekday === 5
      ? html`<path class="weekend" d="M${x} ${AXIS}h${2 * PER_DAY}V${height}h-${2 * PER_DAY}z"/>\n`
      : noHtml
  }${weekday === 0 ? mondayLine(x, day, height) : noHtml}${
    holidays.size > 0 ? holidayBand(x, day, height, [...holidays]) : noHtml
  }`;
}

function mondayLine(x: number, day: Day, height: number): Html {
  const date = html`<text class="date" x="${x + 3}" y="${AXIS - 28}">${formatDayOfMonth(day)}</text>`;
  return html`<path class="monday" d="M${x} ${AXIS - 8}V${height}"/>${date}\n`;
}

function holidayBand(x: number, day: Day, height: number, names: readonly string[]): Html {
  const title = html`<title>${formatDay(day)}: ${names.join(', ')}</title>`;
  const band = html`<path d="M${x} ${AXIS - 9}h${PER_DAY}V${height}h-${PER_DAY}z"/>`;
  const star = html`<text x="${x + PER_DAY / 2}" y="${AXIS - 1}">★</text>`;
  return html`<g class="holiday">${title}${band}${star}</g>\n`;
}

function rowPart(it: Chart, { cover, runs, exchanges }: Row, top: number): Html {
  const { span } = it;
  const y = top + BAR_TOP;
  const handovers = cover.list
    .map(({ startAt }) => startAt)
    .filter((at) => at > span.startAt && at < span.endAt)
    .map((at) => `M${xOf(it, at)} ${y - 3}v${BAR + 6}`);
  const replaced = exchanges.map((own) => mark(it, cover, own, y));
  return html`<text class="row-name" x="4" y="${top + 15}">${cover.rota.name} ${cover.role.id}</text>
${runs.map((run) => bar(it, cover, run, y))}<path class="handover" d="${handovers.join('')}"/>
${replaced}`;
}

function bar(it: Chart, { rota }: RoleCover, run: Run, y: number): Html {
  const from = xOf(it, run.startAt);
  const to = xOf(it, run.endAt);
  const width = Math.max(2, Math.round((to - from) * 10) / 10);
  const name = run.person === undefined ? 'nobody' : publishedName(it.handbook, run.person);
  const text = fitting(name, width - 8);
  const when = isEnd(it, rota, run.endAt)
    ? formatSpan(rota.zone, run.startAt, run.endAt, it.now)
    : `${formatInstant(rota.zone, run.startAt, it.now)} until further notice`;
  const kind = run.person === undefined ? 'nobody' : `c${it.colours.get(run.person) ?? 0}`;
  const rect = html`<rect x="${from}" y="${y}" width="${width}" height="${BAR}"/>`;
  const label = text === '' ? noHtml : html`<text x="${from + 5}" y="${y + 17}">${text}</text>`;
  return html`<g class="bar ${kind}"><title>${name}, ${when}</title>${rect}${label}</g>
`;
}

/** A line below an exchange and a mark at its start, for swaps and covers of any length. */
function mark(it: Chart, { rota }: RoleCover, { kind, person, instead, spans }: Exchange, y: number): Html {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return noHtml;
  const from = xOf(it, first.startAt);
  const to = xOf(it, last.endAt);
  const replaces =
    kind === 'extra'
      ? 'extra cover'
      : `in place of ${instead === undefined ? 'nobody' : publishedName(it.handbook, instead)}`;
  const name = publishedName(it.handbook, person);
  const title = html`<title>${name} ${replaces}, ${formatInstant(rota.zone, first.startAt, it.now)}</title>`;
  const line = html`<path class="under" d="M${from} ${y + BAR + 2}H${Math.max(to, from + 2)}"/>`;
  const start = html`<path d="M${from} ${y + BAR - 3}l5 5l-5 5l-5 -5z"/>`;
  return html`<g class="exchange">${title}${line}${start}</g>
`;
}

/** As much of a name as fits a bar at 12 pixels font size: the name, its first word, its initials, or nothing. */
function fitting(name: string, width: number): string {
  const first = name.split(' ')[0] as string;
  const initials = (name.match(/(?<=^|[\s-])\p{L}/gu) ?? []).join('');
  return [name, first, initials].find((text) => text !== '' && widthOf(text) <= width) ?? '';
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}MWmw]/u;

const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 12 : /[\p{Lu}]/u.test(char) ? 9 : 7), 0);
