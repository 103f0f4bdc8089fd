/**
 * Who holds each role now, until when, and who is next, for the eye and for the script, which draws the same from the
 * published shifts when time has passed: `now.js` and this file say one thing in one form. Pure.
 */
import type { Assignment, Rota } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { type Instant, indexFrom, type Span, spanAt, type Timeline } from '../../timeline.ts';
import { personLink, spansText, time } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import { emptySpans, isEnd } from './turns.ts';
import { type SiteView, type TeamCover, weeksAhead } from './view.ts';

/** One role at an instant. */
interface Held {
  readonly state: 'on' | 'off' | 'empty';
  readonly person: string | undefined;
  readonly until: Instant | undefined;
  /** The next shift, and when that is the same person's, the first of somebody else. */
  readonly next: readonly Span<Assignment>[];
}

/** Who holds a role at an instant, and what comes after. */
function heldAt(site: SiteView, cover: RoleCover): Held {
  const { now } = site;
  const shifts = site.shiftsOf(cover);
  const current = spanAt(shifts, now);
  const following = shifts.slice(indexFrom(shifts, now) + (current === undefined ? 0 : 1));
  const [first] = following;
  const other = following.find(({ value }) => value.person !== first?.value.person);
  const isSame = first !== undefined && first.value.person === current?.value.person;
  return {
    state:
      current !== undefined
        ? 'on'
        : emptySpans(cover, { startAt: now, endAt: now + 1 }).length > 0
          ? 'empty'
          : 'off',
    person: current?.value.person,
    until: current !== undefined && isEnd(site, cover.rota, current.endAt) ? current.endAt : undefined,
    next: first === undefined ? [] : isSame && other !== undefined ? [first, other] : [first],
  };
}

/** A team's rotas with a line for each role, those on duty first; `shifts` is where the script finds the data. */
export function seats(site: SiteView, { rotas, covers }: TeamCover, top: string, shifts: string): Html {
  const parts = rotas.map((rota) => {
    const own = covers
      .filter((cover) => cover.rota === rota)
      .map((cover) => ({ cover, held: heldAt(site, cover) }));
    return { rota, own, isOn: own.some(({ held }) => held.state !== 'off') };
  });
  const ordered = [...parts.filter(({ isOn }) => isOn), ...parts.filter(({ isOn }) => !isOn)];
  return html`<div class="rotas" data-shifts="${shifts}">
${ordered.map(
  ({ rota, own }) => html`<section class="rota">
<h3>${rota.name}</h3>
<ul class="seats" role="list">
${own.map(({ cover, held }) => seat(site, cover, held, top))}</ul>
</section>
`,
)}</div>
`;
}

function seat(site: SiteView, cover: RoleCover, held: Held, top: string): Html {
  const { rota, role } = cover;
  const empty = emptySpans(cover, weeksAhead(rota.zone, site.now, 3));
  return html`<li class="seat ${held.state}" data-seat="${rota.id}/${role.id}" data-zone="${rota.zone.name}" data-top="${top}"${empty.length === 0 ? noHtml : html` data-empty="${spansText(empty)}"`}>
<p class="duty">${role.id}</p>
<p class="now">${nowText(site, rota, held, top)}</p>
<p class="next">${nextText(site, rota, held.next, top)}</p>
</li>
`;
}

function nowText(
  { handbook, now }: SiteView,
  { zone }: Rota,
  { state, person, until }: Held,
  top: string,
): Html {
  if (state === 'empty') return html`<strong>Nobody</strong>`;
  if (person === undefined) return html`Off duty`;
  const end = until === undefined ? html`until further notice` : html`until ${time(zone, until, now)}`;
  return html`<strong>${personLink(handbook, person, top)}</strong> <span class="until">${end}</span>`;
}

function nextText(
  { handbook, now }: SiteView,
  { zone }: Rota,
  next: Timeline<Assignment>,
  top: string,
): Html {
  const [first, other] = next;
  if (first === undefined) return noHtml;
  const then =
    other === undefined
      ? noHtml
      : html`, then ${personLink(handbook, other.value.person, top)}, ${time(zone, other.startAt, now)}`;
  return html`Next: ${personLink(handbook, first.value.person, top)}, ${time(zone, first.startAt, now)}${then}`;
}

/** Who holds a role, in two words, for a step of a chain; the script keeps it up to date as well, from `shifts`. */
export function shortSeat(site: SiteView, cover: RoleCover, top: string, shifts: string): Html {
  const { rota, role } = cover;
  const { state, person, next } = heldAt(site, cover);
  const [first] = next;
  const empty = emptySpans(cover, weeksAhead(rota.zone, site.now, 3));
  const who =
    person !== undefined
      ? html`<strong>${personLink(site.handbook, person, top)}</strong>`
      : html`<strong>${state === 'empty' ? 'Nobody' : 'Nobody now'}</strong>${first === undefined ? noHtml : html`; from ${time(rota.zone, first.startAt, site.now)} ${personLink(site.handbook, first.value.person, top)}`}`;
  return html`<span class="seat short ${state}" data-shifts="${shifts}" data-seat="${rota.id}/${role.id}" data-zone="${rota.zone.name}" data-top="${top}"${empty.length === 0 ? noHtml : html` data-empty="${spansText(empty)}"`}><span class="now">${who}</span></span>`;
}

/** Everybody who holds one of some roles at some time; a page lists them by their published names, and the script reads those. */
export function peopleOf({ covers }: Pick<TeamCover, 'covers'>): readonly string[] {
  const ids = new Set(covers.flatMap(({ cover }) => cover().map(({ value }) => value.person)));
  return [...ids].toSorted();
}
