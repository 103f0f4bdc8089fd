/** Current and future planned changes, of all teams or of one, with the people assigned to them. Pure. */
import type { Handbook } from '../../model.ts';
import { publishedSpan } from '../../resolve/resolve.ts';
import { formatSpan } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import { plannedWithin, serviceName } from '../planned-events.ts';
import { listedPersonLink } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';

/** The section on planned changes; empty if there are none. */
export function plannedPart(handbook: Handbook, now: Instant, top: string, only?: string): Html {
  const span = { startAt: now, endAt: publishedSpan(handbook, now).endAt };
  const changes = plannedWithin(handbook, span).filter(({ team }) => only === undefined || team === only);
  if (changes.length === 0) return noHtml;
  const lines = changes.map((change) => {
    const { zone, startAt, endAt, summary, assigned } = change;
    const people = [...new Set(assigned.map(({ person }) => person))].map(
      (id, i) => html`${i === 0 ? '' : ', '}${listedPersonLink(handbook, id, top)}`,
    );
    const when = html`<b>${formatSpan(zone, startAt, endAt, now)}</b> <span class="hint">${zone.name}</span>`;
    return html`<li>${when}<br>${serviceName(handbook, change)}: ${summary}<br>${people}</li>\n`;
  });
  return html`<section aria-labelledby="planned">
<h2 id="planned">Planned changes</h2>
<ul class="dates" role="list">
${lines}</ul>
</section>
`;
}
