/** The service levels of a team's services as tables, with what pauses the clocks and what is going to change. Pure. */
import {
  type Clock,
  type Handbook,
  type Priority,
  type ResponseTarget,
  type Service,
  type ServiceLevel,
  type ServiceLevelTerms,
  TARGETS,
  type Target,
} from '../../model.ts';
import { levelTermsAt } from '../../resolve/level-terms.ts';
import { type Day, dateText } from '../../time/date.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { formatDate } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import { type Html, html, noHtml } from './html.ts';
import { exampleMark, sourcesLine } from './origin.ts';

/** The section; `tickets` is what follows the tables. */
export function levelsPart(
  handbook: Handbook,
  services: readonly Service[],
  now: Instant,
  tickets: Html,
): Html {
  const ids = new Set(services.flatMap(({ serviceLevel }) => serviceLevel ?? []));
  const levels = [...ids].toSorted().flatMap((id) => handbook.serviceLevels.get(id) ?? []);
  if (levels.length === 0 && tickets.html === '') return noHtml;
  return html`<section aria-labelledby="levels">
<h2 id="levels">Service levels</h2>
${levels.map((level) => levelTable(handbook, level, now))}${tickets}</section>
`;
}

const CLOCKS: readonly (readonly [Clock, string])[] = [
  ['in_hours', 'In hours'],
  ['out_of_hours', 'Out of hours'],
];

function levelTable(handbook: Handbook, level: ServiceLevel, now: Instant): Html {
  const { name, origin } = level;
  const terms = levelTermsAt(handbook, level, now);
  const { firstResponse, priorities, clock } = terms;
  const windows = (own: Clock) => [...clock].filter(([, it]) => it === own).map(([window]) => window);
  const used = CLOCKS.filter(([own]) =>
    [...priorities.values()].some(({ targets }) => targets[own] !== undefined),
  );
  const first =
    firstResponse === undefined ? noHtml : html`: a first response within ${durationText(firstResponse)}`;
  const heads = used.map(([own, text]) => html`<th scope="col">${text}${windowNames(windows(own))}</th>`);
  const lines = [...priorities.values()].map((priority) => {
    const cells = used.map(([own]) => targetCell(priority.targets[own]));
    return html`<tr>${priorityHead(priority)}${cells}</tr>\n`;
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
${hints([defaultText(terms), pausesText(terms)])}${comingPart(handbook, level, terms)}`;
}

const priorityHead = ({ id, name, when, origin }: Priority): Html => {
  const definition = when === undefined ? noHtml : html`<span class="when">${when}</span>`;
  return html`<th scope="row">${id} <span>${name}</span>${definition}${exampleMark(origin)}</th>`;
};

const windowNames = (names: readonly string[]): Html =>
  names.length === 0 ? noHtml : html` <span class="hint">${names.join(', ')}</span>`;

const within = (duration: Duration): Html => html`<strong>${durationText(duration)}</strong>`;

function targetCell(target: ResponseTarget | undefined): Html {
  if (target === undefined) return html`<td class="none">no target</td>`;
  const { asSoonAsPossible, respond, update, resolve } = target;
  const parts = [
    ...(asSoonAsPossible ? [html`respond <strong>as soon as possible</strong>`] : []),
    ...(respond === undefined ? [] : [html`respond in ${within(respond)}`]),
    ...(update === undefined ? [] : [html`an update every ${within(update)}`]),
    ...(resolve === undefined ? [] : [html`solved in ${within(resolve)}`]),
  ];
  return html`<td>${parts.map((part) => html`<p>${part}</p>`)}</td>`;
}

const hints = (lines: readonly string[]): Html =>
  html`${lines.filter((line) => line !== '').map((line) => html`<p class="hint">${line}</p>\n`)}`;

function defaultText({ defaultPriority, firstResponse }: ServiceLevelTerms): string {
  if (defaultPriority !== undefined)
    return `Until somebody gives a ticket another priority, it is ${defaultPriority}.`;
  return firstResponse === undefined
    ? ''
    : 'Until somebody gives a ticket a priority, only the first response is promised.';
}

const CLOCK_NAMES: Readonly<Record<Target, string>> = {
  respond: 'the first response',
  update: 'the next update',
  resolve: 'the solution',
};

/** Which statuses stop which clocks, those with the same statuses together. */
function pausesText({ pauses }: ServiceLevelTerms): string {
  const byStatuses = Map.groupBy(TARGETS, (target) => [...pauses[target]].join(' or '));
  return [...byStatuses]
    .filter(([statuses]) => statuses !== '')
    .map(([statuses, targets]) => {
      const clocks = targets.map((target) => CLOCK_NAMES[target]).join(' and to ');
      return `While a ticket is ${statuses}, the time to ${clocks} stands still.`;
    })
    .join(' ');
}

/** What changes in later terms, a line for each day. */
function comingPart({ hours }: Handbook, level: ServiceLevel, terms: ServiceLevelTerms): Html {
  if (!hours.has(level.hours)) return noHtml;
  const i = level.terms.indexOf(terms);
  const later = level.terms.slice(i + 1).flatMap((next, j) => {
    const changes = changesBetween(level.terms[i + j] as ServiceLevelTerms, next);
    return changes.length === 0
      ? []
      : [html`<p class="coming">From ${dateTime(next.firstOn)}: ${changes.join('; ')}</p>\n`];
  });
  return html`${later}`;
}

/** `Thu 1 Apr 2027`: it may be years away. */
const dateTime = (day: Day): Html => html`<time datetime="${dateText(day)}">${formatDate(day)}</time>`;

function changesBetween(before: ServiceLevelTerms, after: ServiceLevelTerms): readonly string[] {
  const { firstResponse, defaultPriority } = after;
  const isOther = (of: (terms: ServiceLevelTerms) => unknown) => textOf(of(before)) !== textOf(of(after));
  return [
    ...(isOther((it) => it.firstResponse) && firstResponse !== undefined
      ? [`a first response within ${durationText(firstResponse)}`]
      : []),
    ...prioritiesChanged(before.priorities, after.priorities),
    ...(isOther((it) => it.defaultPriority) && defaultPriority !== undefined
      ? [`${defaultPriority} until somebody gives a ticket another priority`]
      : []),
    ...(isOther(({ clock }) => [...clock].toSorted()) ? ['other windows'] : []),
    ...(isOther(({ pauses }) => TARGETS.map((target) => [...pauses[target]].toSorted()))
      ? ['other pauses']
      : []),
  ];
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';

type Priorities = ServiceLevelTerms['priorities'];

function prioritiesChanged(before: Priorities, after: Priorities): readonly string[] {
  const added = [...after.keys()].filter((id) => !before.has(id));
  const removed = [...before.keys()].filter((id) => !after.has(id));
  const changed = [...after].filter(
    ([id, { targets }]) => before.has(id) && textOf(before.get(id)?.targets) !== textOf(targets),
  );
  return [
    ...changed.map(([id, priority]) => changeText(before.get(id) as Priority, priority)),
    ...(added.length === 0 ? [] : [`${added.join(', ')} added`]),
    ...(removed.length === 0 ? [] : [`${removed.join(', ')} no longer`]),
  ];
}

/** `P1 within 15 minutes in hours`: the responses, or only that something else changes. */
function changeText(before: Priority, after: Priority): string {
  const text = responsesText(after);
  return text === '' || text === responsesText(before)
    ? `other figures for ${after.id}`
    : `${after.id} ${text}`;
}

const responsesText = ({ targets }: Priority): string =>
  CLOCKS.flatMap(([clock, name]) => {
    const { asSoonAsPossible, respond } = targets[clock] ?? {};
    const text = asSoonAsPossible ? 'as soon as possible' : respond && `within ${durationText(respond)}`;
    return text === undefined ? [] : [`${text} ${name.toLowerCase()}`];
  }).join(', ');
