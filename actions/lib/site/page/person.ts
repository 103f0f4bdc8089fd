/** The page of one person: coming shifts, workload over the published span, calendar. Pure. */

import { publishedName, teamName } from '../../query/shifts.ts';
import { type Exchange, exchangesOf, isEnd, type Run, wholeRuns } from '../../query/turns.ts';
import { lastDayOf, NO_TALLY, tallies } from '../../query/workload.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { coversOf } from '../../resolve/resolve.ts';
import { DAY } from '../../time/date.ts';
import { formatDate, formatInstant, formatSpan } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import { isInHours } from '../busy.ts';
import { busyFeed, personFeed } from '../feeds.ts';
import { spanDays } from './everyone.ts';
import { dutyName, type Frame, foot, head, personLink, spansText, zoneLine } from './frame.ts';
import { publishedReach } from './guides.ts';
import { type Html, html, noHtml } from './html.ts';
import { calendars } from './subscribe.ts';
import type { SiteView } from './view.ts';

interface Coming {
  /** The zone of the person, or without one that of the rota. */
  readonly zone: Zone;
  readonly cover: RoleCover;
  readonly run: Run;
  readonly exchanges: readonly Exchange[];
}

export function personPage(site: SiteView, id: string, shiftsOf: (team: string) => string): Html {
  const { handbook, resolved, span } = site;
  const name = publishedName(handbook, id);
  const covers = coversOf(resolved, id);
  const [first] = covers;
  const shifts = first === undefined ? undefined : shiftsOf(first.rota.team);
  const frame: Frame = { title: name, top: '../', shifts };
  const coming = comingOf(site, covers, id);
  const tally = tallies(handbook, covers, span, id).get(id) ?? NO_TALLY;
  const counts = [
    [tally.shifts, 'shift', 'shifts'],
    [tally.weeks, 'week', 'weeks'],
    [tally.weekendDays, 'weekend day', 'weekend days'],
    [tally.holidays, 'holiday', 'holidays'],
  ] as const;
  const reach = publishedReach(handbook, handbook.people.get(id)?.reach ?? {});
  const reached = reach === '' ? noHtml : html`<p class="reach">Reached by ${reach}.</p>\n`;
  return html`${head(site, frame)}${reached}<section aria-labelledby="coming">
<h2 id="coming">Coming shifts</h2>
${
  coming.length === 0
    ? html`<p class="none">No shift until ${formatDate(lastDayOf(span))}.</p>\n`
    : html`${[...Map.groupBy(coming, monthOf)].map(
        ([month, runs]) => html`<h3>${month}</h3>
<ol class="coming" role="list">
${runs.map((run) => comingPart(site, run))}</ol>
`,
      )}${zoneLine(coming.map(({ zone }) => zone))}`
}</section>
<section aria-labelledby="counts">
<h2 id="counts">Workload</h2>
<dl class="counts">
${counts.map(([count, one, many]) => html`<div><dt>${count === 1 ? one : many}</dt><dd>${count}</dd></div>\n`)}</dl>
<p class="hint">From ${spanDays(span)}. <a href="../everyone.html">Compare with everyone else</a>.</p>
</section>
${calendars(handbook.publishing.site, calendarsOf(site, covers, id, name), '../')}${foot(frame)}`;
}

/** Their calendar, and its busy flavour if they hold in-hours roles. */
function calendarsOf({ handbook }: SiteView, covers: readonly RoleCover[], id: string, name: string) {
  const isBusy = covers.some(({ rota, role }) => isInHours(rota, role)) && !handbook.people.has(`${id}-busy`);
  return [
    { path: personFeed(id), name: `On call: ${name}` },
    ...(isBusy ? [{ path: busyFeed(id), name: `On call, busy in hours: ${name}` }] : []),
  ];
}

/** The current and future runs, by start, with their shifts in the published span. */
function comingOf(site: SiteView, covers: readonly RoleCover[], id: string): readonly Coming[] {
  const { now, span } = site;
  const ahead = { startAt: now, endAt: span.endAt };
  const own = site.handbook.people.get(id)?.zone;
  return covers
    .flatMap((cover) => {
      const exchanges = exchangesOf(cover, ahead).filter(({ person }) => person === id);
      return wholeRuns(site, cover, ahead, id).map((run) => ({
        zone: own ?? cover.rota.zone,
        cover,
        run: { ...run, shifts: run.shifts.filter(({ startAt }) => startAt < span.endAt) },
        exchanges: exchanges.filter((it) => touches(it, run)),
      }));
    })
    .toSorted((one, other) => one.run.startAt - other.run.startAt);
}

const touches = ({ spans }: Exchange, { startAt, endAt }: Run): boolean =>
  spans.some((it) => it.startAt < endAt && it.endAt > startAt);

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const monthOf = ({ zone, run }: Coming): string => {
  const date = new Date(zone.dayOf(run.startAt) * DAY);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

function comingPart(site: SiteView, { zone, cover, run, exchanges }: Coming): Html {
  const { handbook, now } = site;
  const { rota, role } = cover;
  const { startAt, endAt, shifts } = run;
  const isOn = shifts.some((it) => it.startAt <= now && now < it.endAt);
  const whole = isEnd(site, rota, endAt)
    ? formatSpan(zone, startAt, endAt, now)
    : `${formatInstant(zone, startAt, now)} until further notice`;
  const team = html`<a href="../teams/${rota.team}.html">${teamName(handbook, rota.team)}</a>`;
  return html`<li class="run${isOn ? ' on' : ''}" data-spans="${spansText(shifts)}">
<p class="when">${whole} <strong class="flag"${isOn ? noHtml : html` hidden`}>On now</strong></p>
<p class="duty">${team}, ${dutyName(rota, role.id)}</p>
${exchanges.map((it) => html`<p class="exchange">${exchangeText(site, zone, it)}</p>\n`)}${
  shifts.length === 1
    ? noHtml
    : html`<details><summary>${shifts.length} shifts</summary>
<ul>${shifts.map((it) => html`<li>${formatSpan(zone, it.startAt, it.endAt, now)}</li>`)}</ul>
</details>
`
}</li>
`;
}

function exchangeText({ handbook, now }: SiteView, zone: Zone, { kind, instead, spans }: Exchange): Html {
  const [first] = spans;
  if (kind === 'extra') return html`Extra cover, beyond the hours of the rota`;
  const when =
    kind === 'hours' && first !== undefined ? `${formatSpan(zone, first.startAt, first.endAt, now)}: ` : '';
  return html`${when}in place of ${instead === undefined ? 'nobody' : personLink(handbook, instead, '../')}`;
}
