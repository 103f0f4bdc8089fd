/**
 * How to get a calendar into one's own, for each client that people have, and how soon a swap arrives there. Pure.
 * Google's form wants the webcal address, Outlook's the https one; the plain address works everywhere else.
 */
import { type Html, html, noHtml } from './html.ts';

/** One calendar: its name, its path below the top of the site. */
export interface Calendar {
  readonly path: string;
  readonly name: string;
}

/** A calendar and the ways to subscribe to it, folded away. */
function subscribe(site: string | undefined, { path, name }: Calendar, top: string): Html {
  const download = html`<a href="${top}${path}" download>Download the file</a>`;
  if (site === undefined)
    return html`<details class="subscribe"><summary>${name}</summary>
<p>This handbook does not say at which address it is published, so there is nothing to subscribe to yet; say it as <code>site</code> in <code>policies/publishing.yaml</code>. Until then: ${download}, which does not follow swaps.</p>
</details>
`;
  const address = site + path;
  const webcal = address.replace(/^https?:/, 'webcal:');
  return html`<details class="subscribe"><summary>${name}</summary>
<ul role="list">
<li><a href="${webcal}">Apple Calendar</a> ${hint('every hour')}</li>
<li><a href="https://calendar.google.com/calendar/r?cid=${encoded(webcal)}" rel="noreferrer">Google Calendar</a> ${hint('every 8 to 24 hours')}</li>
<li><a href="https://outlook.office.com/calendar/0/addfromweb?url=${encoded(address)}&amp;name=${encoded(name)}" rel="noreferrer">Outlook on the web</a> ${hint('every 4 to 6 hours with Microsoft 365, about every 3 with Outlook.com')}</li>
<li>${download}, which does not follow swaps</li>
</ul>
<p>Thunderbird (${hint('every 30 minutes')}) and every other calendar take the address: <code class="address">${address}</code> <button type="button" data-copy="${address}" hidden>Copy<span class="visually-hidden"> the address of ${name}</span></button></p>
</details>
`;
}

/** Half a pair of surrogates, which YAML lets through, is nothing that an address can hold. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** The section on calendars of a page. */
export const calendars = (
  site: string | undefined,
  all: readonly Calendar[],
  top: string,
  words: Html = noHtml,
): Html => html`<section class="calendars" aria-labelledby="calendars">
<h2 id="calendars">Calendars</h2>
${words}<p>A calendar that you subscribe to follows every swap by itself. How soon depends on how often it asks anew, which its
makers chose.</p>
${all.map((calendar) => subscribe(site, calendar, top))}</section>
`;

/** How often a client asks anew, as its makers document it. */
const hint = (often: string): Html => html`<span class="hint">asks anew ${often}</span>`;
