/** The plain front page of a publication: who is on now, and every calendar to subscribe to. Pure. */
import type { Handbook } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { spoken, spokenSpan, zoneOf } from '../time.ts';
import type { Instant } from '../timeline.ts';
import { forHtml } from './escape.ts';
import { plannedWithin, serviceName } from './planned.ts';
import type { ListedFeed } from './publish.ts';
import { publishedName } from './shifts.ts';
import type { WhoEntry } from './who.ts';

/** HTML, in which every value put in by `html` was escaped. */
interface Html {
  readonly html: string;
}

/** The one way to make HTML: values are escaped as text, and only what this made itself is not. */
function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const inside = (value: string | Html | readonly Html[]): string =>
    typeof value === 'string' ? forHtml(value) : 'html' in value ? value.html : value.map(inside).join('');
  return { html: parts.map((part, i) => part + (i < values.length ? inside(values[i] ?? '') : '')).join('') };
}

/** The page; its times are those of each rota's zone, and it says when it was made. */
export function indexPage(
  handbook: Handbook,
  entries: readonly WhoEntry[],
  feeds: readonly ListedFeed[],
  now: Instant,
): string {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Who is on call</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid #b1b4b6; vertical-align: top; }
</style>
<h1>Who is on call</h1>
<p>As it stood on ${spoken(zoneOf('UTC'), now)} UTC. The times below are those of each rota's own zone.</p>
<table>
<thead><tr><th>Rota</th><th>Role</th><th>On</th><th>Until</th><th>Next</th></tr></thead>
<tbody>
${entries.map((entry) => row(handbook, entry))}</tbody>
</table>
${plannedPart(handbook, now)}<h2>Calendars</h2>
<p>Subscribe to the address of one of these in your calendar; it then follows every swap. The data are in
<a href="shifts.json">shifts.json</a> and <a href="who.json">who.json</a>.</p>
<ul>
${feeds.map(({ path, name }) => html`<li><a href="${path}">${name}</a></li>\n`)}</ul>
</html>
`.html;
}

/** The planned changes that are not over; nothing where there are none. */
function plannedPart(handbook: Handbook, now: Instant): Html {
  const changes = plannedWithin(handbook, { startAt: now, endAt: publishedSpan(handbook, now).endAt });
  if (changes.length === 0) return html``;
  const lines = changes.map((change) => {
    const { zone, startAt, endAt, summary, assigned } = change;
    const people = assigned.map(({ person }) => publishedName(handbook, person)).join(', ');
    return html`<li>${spokenSpan(zone, startAt, endAt)} (${zone.name}): ${serviceName(handbook, change)}, ${summary}; ${people}</li>\n`;
  });
  return html`<h2>Planned changes</h2>\n<ul>\n${lines}</ul>\n`;
}

function row(handbook: Handbook, { rota: id, role, person, until, next }: WhoEntry): Html {
  const rota = handbook.rotas.get(id);
  const when = (text: string) => (rota === undefined ? text : spoken(rota.zone, Date.parse(text)));
  const team = handbook.teams.get(rota?.team ?? '')?.name ?? rota?.team ?? '';
  const following = next === null ? '' : `${publishedName(handbook, next.person)}, ${when(next.from)}`;
  return html`<tr><td>${team}, ${rota?.name ?? id}</td><td>${role}</td><td>${person === null ? 'nobody' : publishedName(handbook, person)}</td><td>${until === null ? '' : when(until)}</td><td>${following}</td></tr>\n`;
}
