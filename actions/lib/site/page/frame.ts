/** What all pages share: head, content security policy, navigation, commit and time, footer. Pure. */
import type { Handbook, Rota } from '../../model.ts';
import { publishedName } from '../../query/shifts.ts';
import { DAY, dateText } from '../../time/date.ts';
import { clockText, formatDate, formatDay, formatInstant, instantText } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import type { Instant, Interval } from '../../timeline.ts';
import { type Html, html, noHtml } from './html.ts';
import type { SiteView } from './view.ts';

/** No external resources, nothing inline, no form submissions. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const NO_SCRIPTS = 'Scripts are off, so this page shows who was on at the time above and does not update.';

/**
 * A page: its title, the relative path to the top of the site, and the address of the shifts that marks outside of
 * lists of seats depend on.
 */
export interface Frame {
  readonly title: string;
  readonly top: '' | '../';
  readonly shifts: string | undefined;
}

/** The start of a page, up to and including the line with the time of the check. */
export function head({ commit, now }: SiteView, { title, top, shifts }: Frame): Html {
  const home = html`<a class="home" href="${top}index.html">${FRONT}</a>`;
  const checked =
    commit === undefined
      ? html`Checked`
      : html`Made from commit <code>${commit.slice(0, 10)}</code>,\nchecked`;
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}${title === FRONT ? '' : ` – ${FRONT}`}</title>
<link rel="icon" href="${top}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${top}site.css">
<script src="${top}now.js" defer></script>
</head>
<body${shifts === undefined ? noHtml : html` data-shifts="${shifts}"`}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<nav aria-label="Pages">${home} <a href="${top}everyone.html">Everyone</a></nav>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
<p class="made">${checked} at <time id="made" datetime="${instantText(now)}">${madeText(now)}</time>
</p>
<p class="notice" id="notice" hidden></p>
<noscript><p class="notice">${NO_SCRIPTS}</p></noscript>
`;
}

/** `Sat 21 Nov 2026, 12:00 UTC`. */
const madeText = (now: Instant): string => `${formatDate(Math.floor(now / DAY))}, ${clockText(now)} UTC`;

/** The end of a page. */
export function foot({ top }: Frame): Html {
  const files = html`<a href="${top}shifts.json">shifts.json</a> and <a href="${top}who.json">who.json</a>`;
  return html`</main>
<footer>
<p>The data behind this page: ${files}. It is
generated from files that change by pull request; to correct this page, change those files.</p>
</footer>
</body>
</html>
`;
}

export const FRONT = 'Who is on support';

/** An instant in the zone of a rota; the script adds the time in the reader's zone if it differs. */
export const time = (zone: Zone, at: Instant, now: Instant): Html =>
  html`<time datetime="${instantText(at)}">${formatInstant(zone, at, now)}</time>`;

/** `Sat 21 Nov`: a day without a zone. */
export const dayTime = (day: number): Html =>
  html`<time datetime="${dateText(day)}">${formatDay(day)}</time>`;

/** A person's name, linked to their page. */
export const personLink = (handbook: Handbook, id: string, top: string): Html =>
  html`<a href="${top}people/${id}.html">${publishedName(handbook, id)}</a>`;

/** The same in a list of people, from which the script reads their names. */
export const listedPersonLink = (handbook: Handbook, id: string, top: string): Html =>
  html`<a href="${top}people/${id}.html" data-person="${id}">${publishedName(handbook, id)}</a>`;

/** `In hours, engineer`. */
export const dutyName = (rota: Rota, role: string): Html =>
  html`${rota.name}, <span class="role">${role}</span>`;

/** Spans as the value of an attribute, which the script reads. */
export const spansText = (spans: readonly Interval[]): string =>
  spans.map(({ startAt, endAt }) => `${instantText(startAt)}/${instantText(endAt)}`).join(' ');

/** "Times are those of Europe/London." */
export function zoneLine(zones: Iterable<Zone>): Html {
  const names = [...new Set([...zones].map(({ name }) => name))];
  if (names.length === 0) return noHtml;
  const list = names.join(', ');
  const zoneText = names.length === 1 ? list : `each rota's own zone: ${list}`;
  return html`<p class="hint zones">Times are those of ${zoneText}.</p>`;
}
