/** The service levels of a team's services as tables. Pure. */
import type { Clock, Handbook, ResponseTarget, Service, ServiceLevel } from '../../model.ts';
import { levelTermsAt } from '../../resolve/level-terms.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import type { Instant } from '../../timeline.ts';
import { type Html, html, noHtml } from './html.ts';
import { exampleMark, sourcesLine } from './origin.ts';

export function levelsPart(handbook: Handbook, services: readonly Service[], now: Instant): Html {
  const ids = new Set(services.flatMap(({ serviceLevel }) => serviceLevel ?? []));
  const levels = [...ids].toSorted().flatMap((id) => handbook.serviceLevels.get(id) ?? []);
  if (levels.length === 0) return noHtml;
  return html`<section aria-labelledby="levels">
<h2 id="levels">Service levels</h2>
${levels.map((level) => levelTable(handbook, level, now))}</section>
`;
}

const CLOCKS: readonly (readonly [Clock, string])[] = [
  ['in_hours', 'In hours'],
  ['out_of_hours', 'Out of hours'],
];

function levelTable(handbook: Handbook, level: ServiceLevel, now: Instant): Html {
  const { name, origin } = level;
  const { firstResponse, priorities, clock } = levelTermsAt(handbook, level, now);
  const windows = (own: Clock) => [...clock].filter(([, it]) => it === own).map(([window]) => window);
  const used = CLOCKS.filter(([own]) =>
    [...priorities.values()].some(({ targets }) => targets[own] !== undefined),
  );
  const first =
    firstResponse === undefined ? noHtml : html`: a first response within ${durationText(firstResponse)}`;
  const heads = used.map(([own, text]) => html`<th scope="col">${text}${windowNames(windows(own))}</th>`);
  const lines = [...priorities.values()].map(({ id, name: title, targets, origin: own }) => {
    const cells = used.map(([own]) => targetCell(targets[own]));
    return html`<tr><th scope="row">${id} <span>${title}</span>${exampleMark(own)}</th>${cells}</tr>\n`;
  });
  return html`<div class="scroll" role="region" aria-label="Service level ${name}" tabindex="0">
<table class="levels">
<caption>${name}${first}${exampleMark(origin)}</caption>
<thead>
<tr><th scope="col">Priority</th>${heads}</tr>
</thead>
<tbody>
${lines}</tbody>
</table>
${sourcesLine('Promised in', [origin, ...[...priorities.values()].map((it) => it.origin)])}</div>
`;
}

const windowNames = (names: readonly string[]): Html =>
  names.length === 0 ? noHtml : html` <span class="hint">${names.join(', ')}</span>`;

const within = (duration: Duration | undefined): Html =>
  duration === undefined ? noHtml : html`${durationText(duration)}`;

function targetCell(target: ResponseTarget | undefined): Html {
  if (target === undefined) return html`<td class="none">no target</td>`;
  const parts = [
    ...(target.asSoonAsPossible ? [html`respond <strong>as soon as possible</strong>`] : []),
    ...(target.respond === undefined ? [] : [html`respond in <strong>${within(target.respond)}</strong>`]),
    ...(target.update === undefined ? [] : [html`an update every <strong>${within(target.update)}</strong>`]),
  ];
  return html`<td>${parts.map((part) => html`<p>${part}</p>`)}</td>`;
}
