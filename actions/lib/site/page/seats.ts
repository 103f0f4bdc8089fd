/**
 * Who holds each role now, until when, and who is next, with the attributes that the script needs. `now.js` redraws the
 * same from the published shifts as time passes, so both files produce the same HTML. Pure.
 */
import type { Assignment, Rota } from '../../model.ts';
import { emptySpans, isEnd } from '../../query/turns.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { type Instant, indexFrom, type Span, spanAt, type Timeline } from '../../timeline.ts';
import { personLink, spansText, time } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import { type SiteView, type TeamCover, weeksAhead } from './view.ts';

/** One role at an instant. */
interface Held {
  readonly state: 'on' | 'off' | 'empty';
  readonly person: string | undefined;
  readonly until: Instant | undefined;
  /** The next shift; if the current holder has it too, also the first shift of somebody else. */
  readonly next: readonly Span<Assignment>[];
}

/** Who holds a role now, and who is next. */
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

/**
 * A team's rotas with a line for each role, those on duty first; `shifts` is the address of the data for the script.
 */
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
  return html`<li class="seat ${held.state}" ${forScript(site, cover, top)}>
<p class="duty">${role.id}</p>
<p class="now">${nowText(site, rota, held, top)}</p>
<p class="next">${nextText(site, rota, held.next, top)}</p>
</li>
`;
}

/** The attributes of a role that the script needs. */
function forScript(site: SiteView, cover: RoleCover, top: string): Html {
  const { rota, role } = cover;
  const spans = emptySpans(cover, weeksAhead(rota.zone, site.now, 3));
  const empty = spans.length === 0 ? noHtml : html` data-empty="${spansText(spans)}"`;
  return html`data-seat="${rota.id}/${role.id}" data-zone="${rota.zone.name}" data-top="${top}"${empty}`;
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

/** Who holds a role, in short form for a step of a chain; the script updates it from `shifts`. */
export function shortSeat(site: SiteView, cover: RoleCover, top: string, shifts: string): Html {
  const held = heldAt(site, cover);
  const now = html`<span class="now">${shortNowText(site, cover.rota, held, top)}</span>`;
  const attributes = html`data-shifts="${shifts}" ${forScript(site, cover, top)}`;
  return html`<span class="seat short ${held.state}" ${attributes}>${now}</span>`;
}

function shortNowText(
  { handbook, now }: SiteView,
  { zone }: Rota,
  { state, person, next }: Held,
  top: string,
): Html {
  if (person !== undefined) return html`<strong>${personLink(handbook, person, top)}</strong>`;
  const nobody = html`<strong>${state === 'empty' ? 'Nobody' : 'Nobody now'}</strong>`;
  const [first] = next;
  if (first === undefined) return nobody;
  return html`${nobody}; from ${time(zone, first.startAt, now)} ${personLink(handbook, first.value.person, top)}`;
}

/** Everyone who holds one of the roles at any time. A page lists their published names, which the script reads. */
export function peopleOf({ covers }: Pick<TeamCover, 'covers'>): readonly string[] {
  const ids = new Set(covers.flatMap(({ cover }) => cover().map(({ value }) => value.person)));
  return [...ids].toSorted();
}
