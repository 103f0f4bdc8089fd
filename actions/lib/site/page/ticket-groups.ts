/** How the tickets of a team's services are worked on: who takes which, and in which order of statuses. Pure. */
import type { Service, TicketPolicy } from '../../model.ts';
import { coverOf } from '../../resolve/resolve.ts';
import { HOUR } from '../../time/date.ts';
import { durationText } from '../../time/duration.ts';
import { personLink } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import { shortSeat } from './seats.ts';
import type { SiteView, TeamCover } from './view.ts';

type Group = TicketPolicy['groups'][number];

/** A part for each policy on tickets of a team's services. `shifts` is the address of the team's data. */
export function ticketsPart(
  site: SiteView,
  team: TeamCover,
  services: readonly Service[],
  shifts: string,
): Html {
  const ids = [...new Set(services.flatMap(({ tickets }) => tickets ?? []))].toSorted();
  const parts = ids.flatMap((id) => {
    const policy = site.handbook.ticketPolicies.get(id);
    if (policy === undefined) return [];
    const names = services.filter(({ tickets }) => tickets === id).map(({ name }) => name);
    return [policyPart(site, team, policy, names, shifts)];
  });
  return html`${parts}`;
}

function policyPart(
  site: SiteView,
  team: TeamCover,
  policy: TicketPolicy,
  names: readonly string[],
  shifts: string,
): Html {
  const lines = policy.groups.map((group) => {
    const size = group.upTo === undefined ? 'larger' : `up to ${sizeText(group.upTo, policy.dayLength)}`;
    const taker = takerOf(site, team, group, shifts);
    return html`<tr><th scope="row">${group.id} <span>${size}</span></th><td>${taker}</td></tr>\n`;
  });
  const table = html`<table class="plain levels">
<thead>
<tr><th scope="col">Group</th><th scope="col">Who takes these tickets</th></tr>
</thead>
<tbody>
${lines}</tbody>
</table>
`;
  return html`<h3>Tickets</h3>
<p class="hint">${names.join(', ')}</p>
${lines.length === 0 ? noHtml : table}<p class="hint">${statusesText(policy)}</p>
`;
}

/** `20 minutes`, `1 hour`, `0.5 days`: days of the policy's own length. */
function sizeText(size: number, dayLength: number): string {
  const hours = size / HOUR;
  const days = size / dayLength;
  if (hours < 1) return durationText({ count: Math.round(hours * 60), unit: 'minute' });
  if (Number.isInteger(hours) || !Number.isInteger(days * 100))
    return durationText({ count: Math.round(hours * 100) / 100, unit: 'hour' });
  return durationText({ count: days, unit: 'day' });
}

function takerOf(site: SiteView, team: TeamCover, { role, notifyLeads }: Group, shifts: string): Html {
  const { handbook } = site;
  if (notifyLeads) {
    const leads = handbook.teams.get(team.id)?.leads ?? [];
    const names = leads.map((id, i) => html`${i === 0 ? ': ' : ', '}${personLink(handbook, id, '../')}`);
    return html`The team’s leads${names}`;
  }
  if (role === undefined) return html`Nobody in particular`;
  const cover = coverOf(site.resolved, role);
  if (cover === undefined) return html`${role.rota}/${role.role}`;
  const { rota } = cover;
  const isOwn = rota.team === team.id;
  const duty = html`<a href="${isOwn ? '' : `${rota.team}.html`}#now">${rota.name}, ${role.role}</a>`;
  return isOwn ? html`${shortSeat(site, cover, '../', shifts)} <span class="hint">${duty}</span>` : duty;
}

function statusesText({ statuses, warnAt }: TicketPolicy): string {
  const words = [...statuses].map(([status, { asksReason, solvedAfter }]) => {
    const more = [
      ...(asksReason ? ['with a reason'] : []),
      ...(solvedAfter === undefined ? [] : [`solved after ${durationText(solvedAfter)}`]),
    ];
    return more.length === 0 ? status : `${status} (${more.join(', ')})`;
  });
  return `Statuses: ${words.join(', ')}. Whoever is on is told when ${warnAt}% of a target is used up.`;
}
