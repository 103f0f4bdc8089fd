/** Everyone's share over the published span by team, as numbers with bars. Pure. */

import type { Person } from '../../model.ts';
import { teamName } from '../../query/shifts.ts';
import { lastDayOf, type Tally, tallies } from '../../query/workload.ts';
import { DAY } from '../../time/date.ts';
import { formatDate } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { Instant, Interval } from '../../timeline.ts';
import { type Frame, foot, head, personLink } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import type { SiteView, TeamCover } from './view.ts';

/** `Thu 1 Oct 2026 to Mon 31 May 2027`. */
export function spanDays(span: Interval): string {
  return `${formatDate(span.startAt / DAY)} to ${formatDate(lastDayOf(span))}`;
}

const COUNTED_DAYS = [
  html`A weekend day or a holiday counts when somebody is on at any hour of it; `,
  html`a holiday at a weekend counts as a holiday.`,
];

/** The page in parts, one for each team. */
export function* everyone(site: SiteView): Iterable<Html> {
  const frame: Frame = { title: 'Everyone', top: '', shifts: undefined };
  yield head(site, frame);
  const shared = html`How the work is shared from ${spanDays(site.span)}.`;
  yield html`<p class="lead">${shared} Select a name to see that person's shifts.</p>
<p class="hint">${COUNTED_DAYS}
Seats that give no cover, such as a shadow's, do not count.</p>
`;
  for (const team of site.teams) yield teamPart(site, team);
  const placed = new Set(
    site.teams.flatMap(({ covers }) =>
      covers.flatMap(({ cover }) => cover().map(({ value }) => value.person)),
    ),
  );
  const others = [...site.handbook.people.values()]
    .filter((person) => !placed.has(person.id) && !hasLeft(person, site.now))
    .map(({ id }) => id)
    .toSorted();
  if (others.length > 0)
    yield html`<section aria-labelledby="others">
<h2 id="others">Without a shift</h2>
<ul class="names" role="list">
${others.map((id) => html`<li>${personLink(site.handbook, id, '')}</li>\n`)}</ul>
</section>
`;
  yield foot(frame);
}

/** Whether somebody's last day is over. */
const hasLeft = ({ lastOn, zone }: Person, now: Instant): boolean =>
  lastOn !== undefined && (zone ?? zoneOf('UTC')).dayOf(now) > lastOn;

const COLUMNS = [
  ['shifts', 'Shifts'],
  ['weekendDays', 'Weekend days'],
  ['holidays', 'Holidays'],
] as const;

function teamPart({ handbook, span }: SiteView, { id, covers }: TeamCover): Html {
  const people = [...tallies(handbook, covers, span)].toSorted(
    ([one, a], [other, b]) => b.shifts - a.shifts || (one < other ? -1 : 1),
  );
  if (people.length === 0) return noHtml;
  const most = (key: keyof Tally) => Math.max(1, ...people.map(([, tally]) => tally[key]));
  const scales = COLUMNS.map(([key]) => most(key));
  const heads = COLUMNS.map(([, name]) => html`<th scope="col">${name}</th>`);
  const wideHeads = html`<th scope="col" class="wide">Weeks</th><th scope="col" class="wide">Hours</th>`;
  const lines = people.map(([person, tally]) => {
    const name = html`<th scope="row">${personLink(handbook, person, '')}</th>`;
    const bars = COLUMNS.map(([key], i) => bar(key, tally[key], scales[i] as number));
    const wide = html`<td class="wide">${tally.weeks}</td><td class="wide">${tally.hours}</td>`;
    return html`<tr>${name}${bars}${wide}</tr>\n`;
  });
  return html`<section aria-labelledby="team-${id}">
<h2 id="team-${id}"><a href="teams/${id}.html">${teamName(handbook, id)}</a></h2>
<table class="shares">
<thead><tr><th scope="col">Person</th>${heads}${wideHeads}</tr></thead>
<tbody>
${lines}</tbody>
</table>
</section>
`;
}

/** A number with its bar; the bar is hidden from assistive technology, as it adds nothing to the number. */
function bar(key: string, value: number, most: number): Html {
  const rect = html`<rect width="${Math.round((value / most) * 1000) / 10}" height="8"/>`;
  const svg = html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rect}</svg>`;
  return html`<td class="${key}"><span>${value}</span>${svg}</td>`;
}
