/** The contents of a chart as text: a table of the runs of each role, and a list of swaps and covers. Pure. */
import type { Rota } from '../../model.ts';
import { publishedName } from '../../query/shifts.ts';
import { type Exchange, exchangesOf, isEnd, type Run } from '../../query/turns.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import type { Instant, Interval } from '../../timeline.ts';
import type { Chart } from './chart.ts';
import { dutyName, personLink, zoneLine } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import type { SiteView } from './view.ts';

const WHOLE_RUNS = [
  html`From the start of a person's first shift to the end of their last, `,
  html`including nights and weekends off in between.`,
];

/** The chart as a table, collapsed; names are not links, to keep the page small. */
export const runsTable = (it: Chart): Html => html`<details class="as-table">
<summary>The chart as a table</summary>
<p class="hint">${WHOLE_RUNS}</p>
<table class="plain">
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Who</th></tr></thead>
${it.rows.map(
  ({ cover: { rota, role }, runs }) => html`<tbody>
<tr><th colspan="3" scope="rowgroup">${dutyName(rota, role.id)}</th></tr>
${runs.map((run) => runLine(it, rota, run))}</tbody>
`,
)}</table>
</details>
`;

function runLine({ handbook, now }: Chart, rota: Rota, { startAt, endAt, person }: Run): Html {
  const from = formatInstant(rota.zone, startAt, now);
  const to = isEnd({ handbook, now }, rota, endAt)
    ? formatInstant(rota.zone, endAt, now)
    : 'until further notice';
  const who = person === undefined ? html`<strong>nobody</strong>` : publishedName(handbook, person);
  return html`<tr><td>${from}</td><td>${to}</td><td>${who}</td></tr>\n`;
}

/** Swaps, covers and extra cover in a span, with the person replaced. */
export function exchangesPart(
  { handbook, now }: SiteView,
  covers: readonly RoleCover[],
  span: Interval,
  top: string,
): Html {
  const all = covers
    .flatMap((cover) => exchangesOf(cover, span).map((exchange) => ({ cover, exchange })))
    .toSorted((one, other) => startOf(one.exchange) - startOf(other.exchange));
  if (all.length === 0) return noHtml;
  return html`<section aria-labelledby="exchanges">
<h2 id="exchanges">Swaps and covers</h2>
<ul class="exchanges" role="list">
${all.map(
  ({ cover: { rota, role }, exchange }) => html`<li>
<p class="when">${whenText(rota.zone, exchange, now)}</p>
<p><strong>${personLink(handbook, exchange.person, top)}</strong> ${
    exchange.kind === 'extra'
      ? 'as extra cover, beyond the hours of the rota'
      : html`in place of ${exchange.instead === undefined ? 'nobody' : personLink(handbook, exchange.instead, top)}`
  } <span class="hint">${dutyName(rota, role.id)}</span></p>
</li>
`,
)}</ul>
${zoneLine(all.map(({ cover }) => cover.rota.zone))}</section>
`;
}

const startOf = ({ spans }: Pick<Exchange, 'spans'>): number => spans[0]?.startAt ?? 0;

const whenText = (zone: Zone, { spans }: Exchange, now: Instant): string =>
  formatSpan(zone, startOf({ spans }), spans.at(-1)?.endAt ?? 0, now);
