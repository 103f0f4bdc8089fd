/**
 * The forms for people who do not edit YAML, with drop-downs from the handbook. Pure: `rota forms` writes them for
 * GitHub, and submitted issues are validated against the same definitions.
 */
import { longestOf } from '../compare/terms.ts';
import type { Handbook, Priority, Service } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { durationText } from '../time/duration.ts';
import type { Form, FormKind, Option, RequestForm } from './form.ts';
import { byText, choice, isLeaver, line, namedOption, text } from './form-fields.ts';
import { joinForm } from './join-form.ts';

/** The forms of a handbook whose issues are requests, by kind. */
export const formsOf = (handbook: Handbook): Readonly<Record<FormKind, RequestForm>> => ({
  change: outOfHoursChange(handbook),
  swap: swap(handbook),
  'time-off': timeOffClaim(handbook),
  join: joinForm(handbook),
});

/** Every zone of rotas and support hours, and UTC. */
function zoneOptions({ rotas, hours }: Handbook): readonly Option[] {
  const zones = new Set([...rotas.values(), ...hours.values()].map(({ zone }) => zone.name));
  const options = [...zones].toSorted().map((name) => ({ id: name, text: name }));
  return zones.has('UTC') ? options : [...options, { id: 'UTC', text: 'UTC' }];
}

function outOfHoursChange(handbook: Handbook): RequestForm {
  const { services, notice } = handbook;
  const minimums = [notice, ...notice.teams.values()].map(({ outOfHoursChange: it }) => it.minimum);
  return {
    kind: 'change',
    name: 'Out-of-hours change',
    description:
      'A planned change that needs support outside working hours, ' +
      `requested at least ${durationText(longestOf(minimums))} ahead`,
    title: 'Out-of-hours change: ',
    label: 'out-of-hours-change',
    intro:
      'Please request early: notice is counted from when you open this issue, ' +
      'and again from every edit of the service, the dates or the people. ' +
      'A reply is posted within a minute, as a comment.',
    fields: [
      choice('service', 'Service', byText([...services.values()].map(namedOption)), 'Which service changes?'),
      line(
        'summary',
        'Summary',
        'words',
        'Upgrade the network firewall',
        'One line of at most 100 characters. It is published in calendars.',
      ),
      text(
        'what',
        'What changes',
        'Everything that the people who review or support this change need to know.',
      ),
      line('start', 'Scheduled start', 'date-time', '2026-12-09T23:00', 'A local time in the zone below.'),
      line('end', 'Scheduled end', 'date-time', '2026-12-10T01:00', 'A local time in the zone below.'),
      choice('zone', 'Time zone', zoneOptions(handbook), 'The zone of both times.'),
      text('effect', 'Expected effect on services and users', 'What will they notice, and for how long?'),
      text('rollback', 'Rollback plan', 'How do you roll back, and when do you decide to?'),
      text(
        'people',
        'Who will be there',
        'Who from your team makes the change, and how can they be contacted?',
      ),
      line('channel', 'Slack channel', 'channel', '#support', 'The channel to use during the change.'),
    ],
  };
}

/** How to name a turn of another role, with a role of this handbook; nothing if it has only one. */
const ofAnotherRole = (seats: readonly Option[]): string =>
  seats.length > 1 ? `; of another role, after its name, such as ${seats.at(-1)?.id} 2026-12-09` : '';

function swap(handbook: Handbook): RequestForm {
  const { rotas, people } = handbook;
  const colleagues = [...people.values()].filter((it) => !isLeaver(handbook, it));
  const seats = byText(
    [...rotas.values()].flatMap(({ id, roles }) =>
      [...roles.keys()].map((role) => ({ id: `${id}/${role}`, text: `${id}/${role}` })),
    ),
  );
  const isTimed = [...rotas.values()].some(({ terms }) =>
    terms.some(({ handover }) => handover.kind === 'times'),
  );
  const timed = isTimed
    ? ' Where a day has several hand-overs, write date and time, such as 2026-12-02T18:00.'
    : '';
  return {
    kind: 'swap',
    name: 'Swap or cover',
    description: 'Swap two turns, give one away, or let a colleague cover some of your hours',
    title: 'Swap: ',
    label: 'swap',
    intro:
      'Agree with your colleague first. For a swap, fill in both turns; to give a turn away, only yours; ' +
      'for a cover, fill in both times. The result is a pull request, which both of you approve.',
    fields: [
      choice('seat', 'Rota and role', seats, 'Which seat do you want to swap or have covered?'),
      line(
        'mine',
        'My turn',
        'turn',
        '2026-12-02',
        `For a swap, or to give a turn away: the date on which your turn begins.${timed}`,
        'optional',
      ),
      line(
        'theirs',
        'Their turn',
        'any-turn',
        '2026-12-09',
        `For a swap: the date on which their turn begins${ofAnotherRole(seats)}. ` +
          `Leave it empty to give yours away.${timed}`,
        'optional',
      ),
      line(
        'from',
        'From',
        'date-time',
        '2026-12-03T18:00',
        'For a cover: its start, as a local time of the rota.',
        'optional',
      ),
      line(
        'to',
        'To',
        'date-time',
        '2026-12-03T21:00',
        'For a cover: its end, as a local time of the rota.',
        'optional',
      ),
      choice(
        'colleague',
        'With whom',
        byText(colleagues.map(namedOption)),
        'Who swaps with you or covers for you?',
      ),
      text('why', 'Why', 'Keep it brief: everyone who can read this repository can read it.', 'optional'),
    ],
  };
}

/** The form for somebody who was alerted out of hours. */
const timeOffClaim = (handbook: Handbook): RequestForm => ({
  kind: 'time-off',
  name: 'I was alerted',
  description: 'Count the time off that out-of-hours alerts earn you',
  title: 'Alerted: ',
  label: 'time-off',
  intro:
    'A comment counts what it earns, and why, by who was on call then. A lead approves it with `/approve`, ' +
    'and the comment has a text for your HR system. Nothing of it is written to files, pages or calendars, ' +
    'but everybody who can read this repository can read this issue.',
  fields: [
    line(
      'alerted',
      'First alert',
      'date-time',
      '2026-12-03T02:10',
      'When you were alerted, as a local time of the zone below.',
    ),
    line(
      'worked',
      'Worked until',
      'date-time',
      '2026-12-03T04:25',
      'When your work on it ended. Leave it empty if there was none.',
      'optional',
    ),
    text(
      'more',
      'Further alerts',
      'One a line, such as "2026-12-03T03:40", or "2026-12-03T03:40 until 2026-12-03T05:00" with work.',
      'optional',
    ),
    choice(
      'woken',
      'Did it wake you',
      [
        { id: 'true', text: 'Yes' },
        { id: 'false', text: 'No' },
      ],
      'Of all these alerts. Leave it empty to go by the usual hours of sleep in policies/time-off.yaml.',
      'optional',
    ),
    choice(
      'zone',
      'Zone of these times',
      zoneOptions(handbook),
      'Leave it empty for your own zone, or that of your rota.',
      'optional',
    ),
  ],
});

/** The labels of every ticket, and of those among them that are critical incidents. */
export const TICKET_LABEL = 'ticket';
export const INCIDENT_LABEL = 'critical-incident';

/** The form of a support ticket. Its first heading is that of no other form, because it says which form made a body. */
export function ticketForm(handbook: Handbook): Form {
  const levels = servedIn(handbook);
  // Two services can mean different things by one id, so that a priority is chosen by id and name.
  const options = new Set(levels.flatMap((it) => it.priorities).map(priorityText));
  const urgency = choice(
    'priority',
    'How urgent is it',
    Array.from(options, (shown) => ({ id: shown, text: shown })),
    'By the definitions above. Leave it empty if you are not sure; somebody of the team decides then.',
    'optional',
  );
  return {
    name: 'Support ticket',
    description: 'Something is broken, or you have a question about a service',
    title: 'Ticket: ',
    label: TICKET_LABEL,
    intro: [
      'A comment says by when you get a first reply. Everybody who can read this repository can read what you ' +
        'write: no passwords, no personal data.',
      ...definitionsOf(levels),
    ].join('\n\n'),
    fields: [
      choice(
        'service',
        'Affected service',
        byText(levels.map(({ service }) => namedOption(service))),
        'Which service is it about?',
      ),
      ...(options.size === 0 ? [] : [urgency]),
      text('description', 'What happened', 'What did you expect, what do you see, and since when?'),
    ],
  };
}

/** A service with a service level, and the priorities that it has at some time. */
interface Served {
  readonly service: Service;
  readonly priorities: readonly Priority[];
}

const servedIn = ({ services, serviceLevels }: Handbook): readonly Served[] =>
  [...services.values()].flatMap((service) => {
    const level = serviceLevels.get(service.serviceLevel ?? '');
    const priorities = level?.terms.flatMap((terms) => [...terms.priorities.values()]) ?? [];
    return level === undefined ? [] : [{ service, priorities }];
  });

/** A priority as the form of tickets offers it. */
export const priorityText = ({ id, name }: Priority): string => `${id}: ${name}`;

/** The form of a critical incident, which is a ticket of the most urgent priority. */
export function incidentForm(handbook: Handbook): Form {
  const served = servedIn(handbook).map(({ service }) => service);
  const reasons = new Set(served.flatMap(({ criticalReasons }) => criticalReasons));
  const reason = choice(
    'reason',
    'Why it is critical',
    Array.from(reasons, (it) => ({ id: it, text: it })),
    'Out of hours, some services answer for these reasons only; without one, it waits until their hours begin. ' +
      'Leave it empty where none is true.',
    'optional',
  );
  return {
    name: 'Critical incident',
    description: 'Something is broken that cannot wait; whoever is on call is called at once',
    title: 'Critical incident: ',
    label: INCIDENT_LABEL,
    intro:
      'Only for what cannot wait until working hours. A comment says within a minute or two who is on and by when ' +
      'they answer, or, when the service has nobody on call, from when on somebody is there. ' +
      'Everybody who can read this repository can read what you write.',
    fields: [
      choice('service', 'Service with the incident', byText(served.map(namedOption)), 'Which service is it?'),
      ...(reasons.size === 0 ? [] : [reason]),
      text('known', 'What is known', 'What is broken, for whom, since when, and what was tried?'),
      line('channel', 'Chat channel', 'channel', '#incident-42', 'Where you can be talked to.', 'optional'),
    ],
  };
}

/** What each priority means, once for all services of which it is the same. */
function definitionsOf(levels: readonly Served[]): readonly string[] {
  const groups = Map.groupBy(levels, ({ priorities }) =>
    [...new Set(priorities.map(definitionOf))].join('\n'),
  );
  return [...groups]
    .filter(([lines]) => lines !== '')
    .map(([lines, all]) => {
      const names = all.map(({ service }) => service.name).toSorted();
      return `${forMarkdown(names.join(', '))}:\n${lines}`;
    });
}

const definitionOf = ({ id, name, when }: Priority): string =>
  `- **${forMarkdown(id)}** (${forMarkdown(name)})${when === undefined ? '' : `: ${forMarkdown(when)}`}`;
