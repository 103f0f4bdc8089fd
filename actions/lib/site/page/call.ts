/** Whom to call for a team's services: the escalation chain of each window, with the people it would call now. Pure. */
import {
  type Escalation,
  type Handbook,
  type Level,
  type Notified,
  type PlannedChange,
  roleText,
  type Service,
} from '../../model.ts';
import { type ChainStep, levelsFor, stepsOf, waitOf } from '../../resolve/chain.ts';
import { coverOf, windowAt } from '../../resolve/resolve.ts';
import { DAY, MINUTE } from '../../time/date.ts';
import { durationText } from '../../time/duration.ts';
import { formatSpan } from '../../time/format.ts';
import { clip, type Interval, spanAt } from '../../timeline.ts';
import { plannedWithin, serviceName } from '../planned-events.ts';
import { dutyName, listedPersonLink, personLink, spansText } from './frame.ts';
import { reachHint } from './guides.ts';
import { type Html, html, noHtml } from './html.ts';
import { exampleMark, sourcesLine } from './origin.ts';
import { answersPart, reasonsPart, unsupportedPart } from './promised.ts';
import { peopleOf, shortSeat } from './seats.ts';
import { type SiteView, type TeamCover, weeksAhead } from './view.ts';

interface Use {
  readonly chain: Escalation;
  readonly services: readonly Service[];
  readonly isNow: boolean;
  /** When it is in force for any of the services, in this week and the next two. */
  readonly spans: readonly Interval[];
}

export const servicesOf = ({ handbook }: SiteView, team: string): readonly Service[] =>
  [...handbook.services.values()].filter((service) => service.team === team);

/** The chains of some services, those in force first, then by id; the script keeps this order. */
function usesOf(site: SiteView, services: readonly Service[]): readonly Use[] {
  const { handbook, resolved, now } = site;
  const uses = new Map<string, { chain: Escalation; services: Set<Service>; spans: Interval[] }>();
  for (const service of services) {
    const hours = handbook.hours.get(handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours ?? '');
    if (hours === undefined) continue;
    const windows = clip(windowAt(resolved, hours.id) ?? [], weeksAhead(hours.zone, now, 3));
    for (const [window, id] of service.escalation) {
      const chain = handbook.escalations.get(id);
      if (chain === undefined) continue;
      const use = uses.get(id) ?? { chain, services: new Set(), spans: [] };
      uses.set(id, use);
      use.services.add(service);
      use.spans.push(...windows.filter(({ value }) => value === window));
    }
  }
  return [...uses.values()]
    .map(({ chain, services: set, spans }) => ({
      chain,
      services: [...set],
      isNow: spans.some(({ startAt, endAt }) => startAt <= now && now < endAt),
      spans: joinedSpans(spans),
    }))
    .toSorted(
      (one, other) => Number(other.isNow) - Number(one.isNow) || (one.chain.id < other.chain.id ? -1 : 1),
    );
}

/** Sorted, with overlapping and adjacent spans joined. */
function joinedSpans(spans: readonly Interval[]): readonly Interval[] {
  const result: { startAt: number; endAt: number }[] = [];
  for (const { startAt, endAt } of spans.toSorted((one, other) => one.startAt - other.startAt)) {
    const last = result.at(-1);
    if (last !== undefined && last.endAt >= startAt) last.endAt = Math.max(last.endAt, endAt);
    else result.push({ startAt, endAt });
  }
  return result;
}

/** How to contact a team about anything not urgent: its channel and its leads. */
export function reachPart(handbook: Handbook, team: string): Html {
  const { channel, leads = [] } = handbook.teams.get(team) ?? {};
  const names = leads.map((id, i) => html`${i === 0 ? '' : ', '}${personLink(handbook, id, '../')}`);
  const parts = [
    ...(channel === undefined ? [] : [html`Ask the team in <strong>${channel}</strong>. `]),
    ...(names.length === 0 ? [] : [html`Led by ${names}.`]),
  ];
  return parts.length === 0 ? noHtml : html`<p class="reach">${parts}</p>\n`;
}

/** The section of a team. `shiftsOf` gives the address of a team's data; chains can call roles of other teams. */
export function callPart(site: SiteView, team: TeamCover, shiftsOf: (team: string) => string): Html {
  const services = servicesOf(site, team.id);
  if (services.length === 0) return noHtml;
  const uses = usesOf(site, services);
  const changes = changesAhead(site, services).map((change) => changePart(site, change));
  return html`<section aria-labelledby="call">
<h2 id="call">Whom to call</h2>
<div class="chains">
${changes}${unsupportedPart(site, services)}${uses.map((use) => chainPart(site, use, shiftsOf))}</div>
${reasonsPart(services)}${calledPart(site, team, uses)}</section>
`;
}

/** Planned changes that the script may show before the page is made again, in order of start. */
function changesAhead({ handbook, now }: SiteView, services: readonly Service[]): readonly PlannedChange[] {
  const ids = new Set(services.map(({ id }) => id));
  return plannedWithin(handbook, { startAt: now, endAt: now + 21 * DAY }).filter(({ service }) =>
    ids.has(service),
  );
}

/** The people of a planned change, who are called first while it is under way; hidden before and after it. */
function changePart(site: SiteView, change: PlannedChange): Html {
  const { handbook, now, resolved } = site;
  const { startAt, endAt, zone, summary, assigned } = change;
  const isNow = startAt <= now && now < endAt;
  const who = assigned.map(({ role, person }) => {
    const cover = coverOf(resolved, role);
    const duty = cover === undefined ? html`${roleText(role)}` : dutyName(cover.rota, role.role);
    return html`<p class="who">${namedPerson(handbook, person)} <span class="hint">${duty}</span></p>\n`;
  });
  const marks = html`class="chain change${isNow ? ' on' : ''}" data-spans="${spansText([change])}"`;
  return html`<div ${marks}${isNow ? noHtml : html` hidden`}>
<h3>Planned change <strong class="flag">Under way now</strong></h3>
<p class="hint">${serviceName(handbook, change)}: ${summary}, ${formatSpan(zone, startAt, endAt, now)} ${zone.name}</p>
<ol class="steps">
<li><p class="delay">First of all</p>
${who}</li>
<li class="again">Then the chain in force, if there is one</li>
</ol>
</div>
`;
}

function chainPart(
  site: SiteView,
  { chain, services, isNow, spans }: Use,
  shiftsOf: (team: string) => string,
): Html {
  const isEmpty = ({ notify }: Level) => isNow && !notify.some((it) => isReached(site, it));
  const steps = stepsOf(levelsFor(chain), isEmpty).map((step) => stepPart(site, step, shiftsOf));
  const times = chain.repeats === 1 ? 'once' : `${chain.repeats} times`;
  const rounds =
    chain.repeats === 0
      ? noHtml
      : html`<li class="again">Then from the top again, ${times}${exampleMark(chain.origin)}</li>\n`;
  return html`<div class="chain${isNow ? ' on' : ''}" data-spans="${spansText(spans)}">
<h3>${chain.name} <strong class="flag"${isNow ? noHtml : html` hidden`}>In force now</strong></h3>
<p class="hint">${chain.appliesIn.join(', ')}: ${services.map(({ name }) => name).join(', ')}</p>
${answersPart(site.handbook, chain, services, site.now)}<ol class="steps">
${steps}${rounds}</ol>
${sourcesLine(
  'From',
  chain.levels.map(({ origin }) => origin),
)}</div>
`;
}

/** A step; by `data-wait` the script passes over levels that reach nobody later on. */
function stepPart(
  site: SiteView,
  { level, after, isAtOnce, isEmpty }: ChainStep,
  shiftsOf: (team: string) => string,
): Html {
  const wait = isAtOnce ? noHtml : html` data-wait="${waitOf(level) / MINUTE}"`;
  const delay = html`<span class="after">${isEmpty && !isAtOnce ? PASSED_OVER : delayText(after)}</span>`;
  const who = onDutyFirst(site, level.notify).map(
    (it) => html`<p class="who">${notified(site, it, shiftsOf)}</p>\n`,
  );
  return html`<li${wait}><p class="delay">${delay}${prioritiesText(level)}${exampleMark(level.origin)}</p>
${who}</li>
`;
}

const PASSED_OVER = 'Passed over';

const delayText = (after: number): string =>
  after === 0 ? 'At once' : `After ${durationText({ count: after / MINUTE, unit: 'minute' })}`;

function prioritiesText({ onlyFor, atOnceFor }: Level): Html {
  const parts = [
    ...(onlyFor === undefined ? [] : [`only for ${onlyFor.join(', ')}`]),
    ...(atOnceFor.length === 0 || onlyFor?.every((it) => atOnceFor.includes(it))
      ? []
      : [`at once for ${atOnceFor.join(', ')}`]),
  ];
  return parts.length === 0 ? noHtml : html` <span class="hint">${parts.join(', ')}</span>`;
}

/** Whether somebody or something is called now; a person and a contact always are. */
const isReached = ({ resolved, now }: SiteView, it: Notified): boolean =>
  it.kind !== 'role' || spanAt(coverOf(resolved, it.role)?.cover() ?? [], now) !== undefined;

/** Everyone whom a step calls; seats that nobody holds now come last. */
const onDutyFirst = (site: SiteView, all: readonly Notified[]): readonly Notified[] => [
  ...all.filter((it) => isReached(site, it)),
  ...all.filter((it) => !isReached(site, it)),
];

/** The people of other teams who may be called. The script knows only the names that a page lists. */
function calledPart(site: SiteView, team: TeamCover, uses: readonly Use[]): Html {
  const members = new Set(peopleOf(team));
  const roles = uses.flatMap(({ chain }) => chain.levels.flatMap(({ notify }) => notify));
  const covers = roles.flatMap((it) => (it.kind === 'role' ? (coverOf(site.resolved, it.role) ?? []) : []));
  const others = peopleOf({ covers }).filter((id) => !members.has(id));
  if (others.length === 0) return noHtml;
  return html`<details class="people"><summary>People of other teams who are called</summary>
<ul role="list">
${others.map((id) => html`<li>${listedPersonLink(site.handbook, id, '../')}</li>\n`)}</ul>
</details>
`;
}

/** A person named in a chain or assigned to a change, and how to reach them. */
const namedPerson = (handbook: Handbook, id: string): Html =>
  html`<strong>${personLink(handbook, id, '../')}</strong>${reachHint(handbook, handbook.people.get(id)?.reach)}`;

function notified(site: SiteView, it: Notified, shiftsOf: (team: string) => string): Html {
  const { contacts } = site.handbook;
  if (it.kind === 'person') return namedPerson(site.handbook, it.person);
  if (it.kind === 'contact') {
    const contact = contacts.get(it.contact);
    return html`<strong>${contact?.name ?? it.contact}</strong>${reachHint(site.handbook, contact?.reach)}`;
  }
  const cover = coverOf(site.resolved, it.role);
  if (cover === undefined) return html`${it.role.rota}/${it.role.role}`;
  const duty = html`<span class="hint">${dutyName(cover.rota, it.role.role)}</span>`;
  return html`${shortSeat(site, cover, '../', shiftsOf(cover.rota.team))} ${duty}`;
}
