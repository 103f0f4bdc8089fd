/**
 * The front page: for each team who holds each role now, until when, and who is next; then holidays and calendars.
 * Pure.
 */
import type { Handbook } from '../../model.ts';
import { teamName } from '../../query/shifts.ts';
import { zoneOf } from '../../time/zone.ts';
import { ALL, teamFeed } from '../feeds.ts';
import { servicesOf } from './call.ts';
import { FRONT, type Frame, foot, head, listedPersonLink, zoneLine } from './frame.ts';
import { holidaysOf, holidaysPart } from './holidays-ahead.ts';
import { type Html, html, noHtml } from './html.ts';
import { plannedPart } from './planned-ahead.ts';
import { peopleOf, seats } from './seats.ts';
import { calendars } from './subscribe.ts';
import { mondayOf, type SiteView, type TeamCover } from './view.ts';

const WEEKS = 13;

/** The page in parts, so that it need not fit into memory; `shiftsOf` gives the address of a team's data. */
export function* front(site: SiteView, shiftsOf: (team: string) => string): Iterable<Html> {
  const { handbook, now, teams } = site;
  const frame: Frame = { title: FRONT, top: '', shifts: undefined };
  yield head(site, frame);
  if (teams.length === 0) yield html`<p class="none">There is no team in this handbook yet.</p>\n`;
  if (teams.length > 1)
    yield html`<nav aria-label="Teams"><ul class="names" role="list">
${teams.map(({ id }) => html`<li><a href="#team-${id}">${teamName(handbook, id)}</a></li>\n`)}</ul></nav>
`;
  for (const team of teams) yield teamPart(site, team, shiftsOf(team.id));
  yield plannedPart(handbook, now, '');
  const monday = mondayOf(zoneOf('UTC'), now);
  const ahead = holidaysOf(handbook, handbook.rotas.values(), monday, monday + 7 * WEEKS);
  yield holidaysPart(ahead, WEEKS);
  const everyone = html`<a href="everyone.html">Everyone</a>`;
  yield calendars(
    handbook.publishing.site,
    [
      ...teams.map(({ id }) => ({ path: teamFeed(id), name: `On call: ${teamName(handbook, id)}` })),
      { path: ALL, name: 'On call: everyone' },
    ],
    '',
    html`<p>For your own shifts only, open your own page: find your name under ${everyone}.</p>\n`,
  );
  yield foot(frame);
}

function teamPart(site: SiteView, team: TeamCover, shifts: string): Html {
  const { handbook } = site;
  const { id, rotas } = team;
  const services = servicesOf(site, id);
  const channel = handbook.teams.get(id)?.channel;
  const now =
    rotas.length === 0
      ? html`<p class="none">This team has no rota yet.</p>\n`
      : html`${seats(site, team, '', shifts)}${zoneLine(rotas.map(({ zone }) => zone))}`;
  const names = services.map(({ name }) => name).join(', ');
  const call =
    services.length === 0
      ? noHtml
      : html`<p><a class="call" href="teams/${id}.html#call">Whom to call for ${names}</a></p>\n`;
  const reach =
    channel === undefined ? noHtml : html`<p class="reach">Ask the team in <strong>${channel}</strong></p>\n`;
  return html`<section class="team" aria-labelledby="team-${id}">
<h2 id="team-${id}"><a href="teams/${id}.html">${teamName(handbook, id)}</a></h2>
${now}${call}${reach}${peoplePart(handbook, team)}</section>
`;
}

function peoplePart(handbook: Handbook, team: TeamCover): Html {
  const people = peopleOf(team);
  if (people.length === 0) return noHtml;
  const count = people.length === 1 ? '1 person' : `${people.length} people`;
  return html`<details class="people"><summary>${count} in ${teamName(handbook, team.id)}</summary>
<ul role="list">
${people.map((id) => html`<li>${listedPersonLink(handbook, id, '')}</li>\n`)}</ul>
</details>
`;
}
