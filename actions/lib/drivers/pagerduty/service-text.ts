/** What a plan says of services, of times off duty and of what it does not compare, one sentence each. Pure. */
import { plural } from '../../text/plural.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import type { Plan, SchedulePlan } from './plan.ts';
import type { PolicySwitch, ServicePlan } from './service-plan.ts';

/** How many of the instants at which a policy changes are listed. */
const MOST_SWITCHES = 4;

/** What changes about a service now, which policies it has to get later, and which of that no run will do. */
export function serviceTexts({
  zone,
  before,
  chainBefore,
  change,
  switches,
  missed,
}: ServicePlan): readonly string[] {
  const instead = chainBefore ?? `${before} (not in the handbook)`;
  const later = switches.length > 0 ? [switchesText(switches, (at) => formatInstant(zone, at))] : [];
  const [first] = missed ?? [];
  return [
    ...(change === undefined ? [] : [`calls ${change.chain} instead of ${instead}`]),
    ...later,
    ...(first === undefined
      ? []
      : [
          `no run of the workflow is due at ${missed?.length === switches.length ? 'any' : missed?.length} of ` +
            `these times, the first ${formatInstant(zone, first.at)}; add a line of cron for them, in UTC, or let ` +
            'one chain serve all windows',
        ]),
  ];
}

function switchesText(switches: readonly PolicySwitch[], when: (at: number) => string): string {
  const shown = switches.slice(0, MOST_SWITCHES).map(({ at, chain }) => `${when(at)} ${chain}`);
  const more = switches.length - shown.length;
  return (
    `another policy is due ${plural(switches.length, 'time')}: ${shown.join(', ')}` +
    `${more > 0 ? ` and ${more} more` : ''}; apply has to run at each, or up to a minute before`
  );
}

/** "Fri 25 Dec 09:00 – 17:00: dee is on off duty by PagerDuty itself; …". */
export const strangerTexts = (
  { strangers, zone }: SchedulePlan,
  nameOf: (user: string) => string,
): readonly string[] =>
  strangers.map(
    ({ startAt, endAt, value }) =>
      `${formatSpan(zone, startAt, endAt)}: ${nameOf(value)} is on off duty, by PagerDuty itself; ` +
      'take them out of the schedule there, or name a contact in off_duty',
  );

/** "2 times off duty with somebody on". */
export const strangersText = (count: number): string => `${plural(count, 'time')} off duty with somebody on`;

/** What the plan did not look at, if anything. */
export const notComparedTexts = ({ notCompared: roles }: Plan): readonly string[] =>
  roles.length === 0
    ? []
    : [
        `times outside the hours of ${listOf(roles)} are not compared; write off_duty to say who is reached then`,
      ];

/** How many roles are named before the others are counted. */
const MOST_ROLES = 3;

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_ROLES;
  const shown = more > 0 ? [...names.slice(0, MOST_ROLES), plural(more, 'more role')] : names;
  return shown.length === 1 ? String(shown[0]) : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
