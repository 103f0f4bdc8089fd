/** What whoever is on needs: duties, runbooks and links of roles and services, and how people are reached. Pure. */
import { type Guide, type Handbook, type Reach, type Service, writtenRole } from '../../model.ts';
import { reachText } from '../../text/reach.ts';
import { dutyName, personLink } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import { link } from './origin.ts';
import type { TeamCover } from './view.ts';

/** The section of a team: its roles and services that say something. */
export function guidesPart({ covers }: TeamCover, services: readonly Service[]): Html {
  const roles = covers
    .filter(({ role }) => role.seat === undefined || role.seat.number === 1)
    .map(({ rota, role }) => guidePart(dutyName(rota, writtenRole(role)), role.guide));
  const parts = [...roles, ...services.map(({ name, guide }) => guidePart(html`${name}`, guide))];
  if (parts.every((part) => part === noHtml)) return noHtml;
  return html`<section aria-labelledby="guides">
<h2 id="guides">For whoever is on</h2>
<div class="guides">
${parts}</div>
</section>
`;
}

function guidePart(title: Html, { duties, runbook, links }: Guide): Html {
  const addresses = [...(runbook === undefined ? [] : [['Runbook', runbook] as const]), ...links];
  if (duties.length + addresses.length === 0) return noHtml;
  const lines = duties.map((duty) => html`<li>${duty}</li>\n`);
  const where = addresses.map(([text, address], i) => html`${i === 0 ? '' : ' · '}${link(address, text)}`);
  return html`<div class="guide">
<h3>${title}</h3>
${lines.length === 0 ? noHtml : html`<ul>\n${lines}</ul>\n`}${
  where.length === 0 ? noHtml : html`<p class="links">${where}</p>\n`
}</div>
`;
}

/** How somebody is reached, as far as the policy on publishing allows. */
export const publishedReach = ({ publishing }: Handbook, reach: Reach): string =>
  reachText(reach, publishing.reach);

/** The same as a hint behind a name. */
export function reachHint(handbook: Handbook, reach: Reach | undefined): Html {
  const text = reach === undefined ? '' : publishedReach(handbook, reach);
  return text === '' ? noHtml : html` <span class="hint reached">${text}</span>`;
}

/** How the people of a team are reached. */
export function reachList(handbook: Handbook, people: readonly string[]): Html {
  const lines = people.flatMap((id) => {
    const text = publishedReach(handbook, handbook.people.get(id)?.reach ?? {});
    return text === '' ? [] : [html`<li>${personLink(handbook, id, '../')}: ${text}</li>\n`];
  });
  if (lines.length === 0) return noHtml;
  return html`<details class="people"><summary>How to reach the people of this team</summary>
<ul role="list">
${lines}</ul>
</details>
`;
}
