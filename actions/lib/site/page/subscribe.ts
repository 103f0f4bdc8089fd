/**
 * How to subscribe to a calendar in each common client, and how often that client refreshes. Pure. Google's form
 * requires the webcal address, Outlook's the https one; the plain address works everywhere else.
 */
import { type Html, html, noHtml } from './html.ts';

/** A calendar: its path below the top of the site, and its name. */
export interface Calendar {
  readonly path: string;
  readonly name: string;
}

const NO_ADDRESS =
  'The address where this handbook is published is not set, so there is nothing to subscribe to yet';
const OUTLOOK_REFRESHES = 'every 4 to 6 hours with Microsoft 365, about every 3 with Outlook.com';

/** A calendar with the ways to subscribe to it, collapsed. */
function subscribe(site: string | undefined, { path, name }: Calendar, top: string): Html {
  const download = html`<a href="${top}${path}" download>Download the file</a>`;
  if (site === undefined) {
    const setting = html`set it as <code>site</code> in <code>policies/publishing.yaml</code>`;
    return html`<details class="subscribe"><summary>${name}</summary>
<p>${NO_ADDRESS}; ${setting}. Until then: ${download}, which does not follow swaps.</p>
</details>
`;
  }
  const address = site + path;
  const webcal = address.replace(/^https?:/, 'webcal:');
  const google = `https://calendar.google.com/calendar/r?cid=${encoded(webcal)}`;
  const outlook = `https://outlook.office.com/calendar/0/addfromweb?url=${encoded(address)}&name=${encoded(name)}`;
  const copy = html`Copy<span class="visually-hidden"> the address of ${name}</span>`;
  const button = html`<button type="button" data-copy="${address}" hidden>${copy}</button>`;
  const copied = html`<code class="address">${address}</code> ${button}`;
  return html`<details class="subscribe"><summary>${name}</summary>
<ul role="list">
<li><a href="${webcal}">Apple Calendar</a> ${hint('every hour')}</li>
<li><a href="${google}" rel="noreferrer">Google Calendar</a> ${hint('every 8 to 24 hours')}</li>
<li><a href="${outlook}" rel="noreferrer">Outlook on the web</a> ${hint(OUTLOOK_REFRESHES)}</li>
<li>${download}, which does not follow swaps</li>
</ul>
<p>Thunderbird (${hint('every 30 minutes')}) and other calendar apps take the address: ${copied}</p>
</details>
`;
}

/** `encodeURIComponent` throws on unpaired surrogates, which YAML allows. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const FOLLOWS_SWAPS = 'A calendar that you subscribe to follows every swap automatically.';

/** A page's section on calendars. */
export const calendars = (
  site: string | undefined,
  all: readonly Calendar[],
  top: string,
  note: Html = noHtml,
): Html => html`<section class="calendars" aria-labelledby="calendars">
<h2 id="calendars">Calendars</h2>
${note}<p>${FOLLOWS_SWAPS} How soon depends on how often your calendar app
refreshes it.</p>
${all.map((calendar) => subscribe(site, calendar, top))}</section>
`;

/** How often a client refreshes, as its vendor documents it. */
const hint = (often: string): Html => html`<span class="hint">refreshes ${often}</span>`;
