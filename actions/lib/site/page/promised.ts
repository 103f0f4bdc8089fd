/** Beside whom to call: how soon the most urgent priority is answered, and until when nothing is supported. Pure. */
import type { Escalation, Handbook, Priority, Provenance, ResponseTarget, Service } from '../../model.ts';
import { levelTermsAt } from '../../resolve/level-terms.ts';
import { windowAt } from '../../resolve/resolve.ts';
import { DAY } from '../../time/date.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import type { Zone } from '../../time/zone.ts';
import { type Instant, type Interval, type Timeline, without } from '../../timeline.ts';
import { spansText, time } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';
import { exampleMark } from './origin.ts';
import type { SiteView } from './view.ts';

/** What some services promise their most urgent priority in some windows. */
interface Answer {
  readonly text: string;
  readonly priority: Priority;
  readonly services: Set<string>;
  readonly windows: Set<string>;
}

/** A line for each promise to the most urgent priority of the services that use a chain, by the terms in force now. */
export function answersPart(
  handbook: Handbook,
  chain: Escalation,
  services: readonly Service[],
  now: Instant,
): Html {
  const answers = answersOf(handbook, chain, services, now);
  const all = new Set(answers.flatMap((answer) => [...answer.windows]));
  return html`${answers.map((answer) => {
    const parts = [
      ...(answer.windows.size < all.size ? [[...answer.windows].join(', ')] : []),
      ...(answer.services.size < services.length ? [[...answer.services].join(', ')] : []),
    ];
    const where = parts.length === 0 ? noHtml : html` <span class="hint">${parts.join(': ')}</span>`;
    return html`<p class="answer">${answerText(answer)}${where}</p>\n`;
  })}`;
}

function answerText({ priority: { id, origin }, text }: Answer): Html {
  if (text === '') return html`<strong>${id}</strong>: no answer is promised`;
  return html`<strong>${id}</strong> is answered <strong>${text}</strong>${promisedMark(origin)}`;
}

/** The word *promised* only beside what has a source. */
const promisedMark = (origin: Provenance): Html =>
  origin.source === undefined ? exampleMark(origin) : html`, promised`;

function answersOf(
  handbook: Handbook,
  chain: Escalation,
  services: readonly Service[],
  now: Instant,
): readonly Answer[] {
  const answers = new Map<string, Answer>();
  for (const service of services) {
    const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
    if (level === undefined) continue;
    const { priorities, clock, firstResponse } = levelTermsAt(handbook, level, now);
    const [priority] = priorities.values();
    if (priority === undefined) continue;
    for (const [window, id] of service.escalation) {
      if (id !== chain.id) continue;
      const own = clock.get(window);
      const text = responseText(own && priority.targets[own], firstResponse);
      const { isExample, source = '' } = priority.origin;
      const key = [priority.id, text, isExample, source].join('\n');
      const answer = answers.get(key) ?? { text, priority, services: new Set(), windows: new Set() };
      answers.set(key, answer);
      answer.services.add(service.name);
      answer.windows.add(window);
    }
  }
  return [...answers.values()];
}

const responseText = (target: ResponseTarget | undefined, firstResponse: Duration | undefined): string => {
  if (target?.asSoonAsPossible === true) return 'as soon as possible';
  const within = target?.respond ?? firstResponse;
  return within === undefined ? '' : `within ${durationText(within)}`;
};

/** Why something is a critical incident out of hours, for each service that says so. */
export const reasonsPart = (services: readonly Service[]): Html =>
  html`${services
    .filter(({ criticalReasons }) => criticalReasons.length > 0)
    .map(
      ({ name, criticalReasons }) => html`<div class="reasons">
<h3>What is critical out of hours: ${name}</h3>
<ul>
${criticalReasons.map((reason) => html`<li>${reason}</li>\n`)}</ul>
</div>
`,
    )}`;

/** For how long the script can still show what is written here; the page is made again each day. */
const KEPT = 3 * DAY;

interface Gap extends Interval {
  readonly zone: Zone;
  readonly services: string[];
}

/** A line for each time without support that begins soon; the script shows those that hold. */
export function unsupportedPart(site: SiteView, services: readonly Service[]): Html {
  const lines = gapsOf(site, services).map(({ zone, services: names, ...span }) => {
    const isNow = span.startAt <= site.now && site.now < span.endAt;
    const marks = html`class="none change${isNow ? ' on' : ''}" data-spans="${spansText([span])}"`;
    const text = html`Not supported until ${time(zone, span.endAt, site.now)}: ${names.join(', ')}`;
    return html`<p ${marks} data-zone="${zone.name}"${isNow ? noHtml : html` hidden`}>${text}</p>\n`;
  });
  return html`${lines}`;
}

function gapsOf({ handbook, resolved, now }: SiteView, services: readonly Service[]): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  const whole = { startAt: now - DAY, endAt: now + 8 * DAY, value: true } as const;
  for (const { name, serviceLevel, escalation } of services) {
    const hours = handbook.hours.get(handbook.serviceLevels.get(serviceLevel ?? '')?.hours ?? '');
    const windows: Timeline<string> | undefined = hours && windowAt(resolved, hours.id);
    if (hours === undefined || windows === undefined || escalation.size === 0) continue;
    const served = windows.filter(({ value }) => escalation.has(value));
    for (const { startAt, endAt } of without([whole], served)) {
      if (endAt <= now || endAt >= whole.endAt || startAt > now + KEPT) continue;
      const key = `${startAt} ${endAt} ${hours.zone.name}`;
      const gap = gaps.get(key) ?? { startAt, endAt, zone: hours.zone, services: [] };
      gaps.set(key, gap);
      gap.services.push(name);
    }
  }
  return [...gaps.values()].toSorted((one, other) => one.startAt - other.startAt);
}
