/**
 * The page of a team: who is on now, whom to call, coming weeks, swaps, hours, service levels, rules, calendars. Pure.
 */

import { publishedName, teamName } from '../../query/shifts.ts';
import { DAY } from '../../time/date.ts';
import { zoneOf } from '../../time/zone.ts';
import { rotaFeed, teamFeed } from '../feeds.ts';
import { callPart, reachPart, servicesOf } from './call.ts';
import { type Chart, chart, rowsOf } from './chart.ts';
import { coloursOf } from './colours.ts';
import { type Frame, foot, head, zoneLine } from './frame.ts';
import { guidesPart, reachList } from './guides.ts';
import { holidaysOf, holidaysPart } from './holidays-ahead.ts';
import { type Html, html, noHtml } from './html.ts';
import { levelsPart } from './levels.ts';
import { plannedPart } from './planned-ahead.ts';
import { rulesPart } from './rule-list.ts';
import { peopleOf, seats } from './seats.ts';
import { calendars } from './subscribe.ts';
import { ticketsPart } from './ticket-groups.ts';
import { exchangesPart, runsTable } from './turns-table.ts';
import { type SiteView, type TeamCover, weeksAhead, zoneOfTeam } from './view.ts';
import { week } from './week.ts';

/** Weeks of the chart: thirteen, or fewer if the team has so many shifts that the page would be slow on a phone. */
const WEEKS = [13, 8, 4, 2, 1] as const;
const MAX_RUNS = 280;

export function teamPage(site: SiteView, team: TeamCover, shiftsOf: (team: string) => string): Html {
  const { handbook } = site;
  const shifts = shiftsOf(team.id);
  const name = teamName(handbook, team.id);
  const frame: Frame = { title: name, top: '../', shifts };
  const drawn = chartOf(site, team);
  const services = servicesOf(site, team.id);
  const reach = reachPart(handbook, team.id);
  const hours = hoursOf(site, team);
  const fromOn = drawn.zone.dayOf(drawn.span.startAt);
  const calendarsOf = [
    { path: teamFeed(team.id), name: `On call: ${name}` },
    ...team.rotas.map((rota) => ({ path: rotaFeed(rota.id), name: `On call: ${name}, ${rota.name}` })),
  ];
  const start = html`${head(site, frame)}${reach}`;
  const end = html`${calendars(handbook.publishing.site, calendarsOf, '../')}${foot(frame)}`;
  if (team.rotas.length === 0) return html`${start}<p class="none">This team has no rota yet.</p>\n${end}`;
  const reached = reachList(handbook, peopleOf(team));
  const planned = plannedPart(handbook, site.now, '../', team.id);
  const tickets = ticketsPart(site, team, services, shifts);
  const exchanges = exchangesPart(site, team.covers, weeksAhead(drawn.zone, site.now, WEEKS[0]), '../');
  const holidays = holidaysPart(holidaysOf(handbook, team.rotas, fromOn, fromOn + 91), 13);
  return html`${start}<section aria-labelledby="now">
<h2 id="now">On now</h2>
${seats(site, team, '../', shifts)}${zoneLine(team.rotas.map(({ zone }) => zone))}${reached}</section>
${planned}${callPart(site, team, shiftsOf)}${weeksPart(drawn, team)}${exchanges}${holidays}${
  hours.length === 0
    ? noHtml
    : html`<section aria-labelledby="hours">
<h2 id="hours">Support hours</h2>
${hours.map((own) => week(handbook, own, site.now))}</section>
`
}${levelsPart(handbook, services, site.now, tickets)}${guidesPart(team, services)}${rulesPart(handbook, team)}${end}`;
}

/** The chart of the most weeks with at most `MAX_RUNS` runs. */
function chartOf(site: SiteView, team: TeamCover): Chart {
  const { handbook, now } = site;
  const zone = zoneOfTeam(team, zoneOf('UTC'));
  const colours = coloursOf(peopleOf(team));
  for (const weeks of WEEKS) {
    const span = weeksAhead(zone, now, weeks);
    const rows = rowsOf(site, team.covers, span);
    if (rows.reduce((sum, { runs }) => sum + runs.length, 0) <= MAX_RUNS)
      return { handbook, now, zone, span, rows, colours };
  }
  return { handbook, now, zone, span: weeksAhead(zone, now, 1), rows: [], colours };
}

function weeksPart(it: Chart, team: TeamCover): Html {
  const weeks = Math.round((it.span.endAt - it.span.startAt) / (7 * DAY));
  const names = peopleOf(team).map((id) => {
    const attributes = html`href="../people/${id}.html" data-person="${id}"`;
    const name = publishedName(it.handbook, id);
    return html`<li><a class="c${it.colours.get(id) ?? 0}" ${attributes}>${name}</a></li>\n`;
  });
  const drawn = it.rows.length === 0 ? html`<p class="none">${TOO_MANY}</p>\n` : html`${chart(it)}${KEY}`;
  return html`<section aria-labelledby="weeks">
<h2 id="weeks">The coming ${weeks === 1 ? 'week' : `${weeks} weeks`}</h2>
${drawn}<ul class="people names" role="list" aria-label="People of this team">
${names}</ul>
${it.rows.length === 0 ? noHtml : html`${runsTable(it)}${zoneLine([it.zone])}`}</section>
`;
}

const TOO_MANY = 'This team has more shifts than a chart can show; its calendars have them all.';

const KEY = html`<ul class="key" role="list">
<li><span class="sample weekend"></span> weekend</li>
<li><span class="sample holiday"></span> ★ holiday</li>
<li><span class="sample handover"></span> hand-over</li>
<li><span class="sample exchange"></span> ◆ swap or cover</li>
<li><span class="sample nobody"></span> nobody</li>
</ul>
`;

/** The support hours that a team's rotas and services use, by id. */
function hoursOf(site: SiteView, team: TeamCover) {
  const { handbook } = site;
  const named = [
    ...team.rotas.flatMap(({ terms }) => terms.map(({ hours }) => hours)),
    ...servicesOf(site, team.id).map(
      ({ serviceLevel }) => handbook.serviceLevels.get(serviceLevel ?? '')?.hours,
    ),
  ];
  return [...new Set(named)].toSorted().flatMap((id) => handbook.hours.get(id ?? '') ?? []);
}
