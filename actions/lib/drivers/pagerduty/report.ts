/** A plan for PagerDuty as text, as Markdown and as JSON, in the words of the rota: people and roles, not ids. Pure. */

import { forMarkdown, forTerminal } from '../../text/escape.ts';
import type { Paint } from '../../text/findings.ts';
import { plural } from '../../text/plural.ts';
import { formatInstant, formatSpan, instantText } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { Instant } from '../../timeline.ts';
import type { Audit } from './apply.ts';
import type { UnreadableRevision } from './guard.ts';
import type { Plan } from './plan.ts';

type Schedule = Plan['schedules'][number];
type Policy = Plan['policies'][number];
type Escape = (text: string) => string;

/** What a plan is for: to be carried out, or to see whether anybody changed PagerDuty. */
export type Purpose = 'plan' | 'drift';

const isOpen = ({ add, remove, foreign }: Schedule): boolean =>
  add.length + remove.length + foreign.length > 0;

/** Whether PagerDuty is not as the handbook has it: something would change, or somebody put themselves in by hand. */
export const hasDrift = ({ writes, byHand }: Plan): boolean => writes + byHand > 0;

/** What is said where a revision that cannot be read keeps nothing from going on. */
export const forgottenLine = ({ revision, why }: UnreadableRevision): string =>
  `what was applied at ${revision} cannot be read (${why}), and what it pushed counts as made by hand`;

function nameIn({ names }: Plan, safe: Escape): (id: string | undefined) => string {
  return (id) => (id === undefined ? 'nobody' : safe(names.get(id) ?? `${id} (not in the handbook)`));
}

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00: ben-adeyemi instead of amara-osei". */
const coverLines = (plan: Plan, { cover, zone }: Schedule, safe: Escape): readonly string[] => {
  const nameOf = nameIn(plan, safe);
  return cover.map(
    ({ startAt, endAt, before, after }) =>
      `${safe(formatSpan(zone, startAt, endAt))}: ${nameOf(after)} instead of ${nameOf(before)}`,
  );
};

const byHandLines = (plan: Plan, { foreign, zone }: Schedule, safe: Escape): readonly string[] =>
  foreign.map(
    ({ startAt, endAt, user }) =>
      `${safe(formatSpan(zone, startAt, endAt))}: ${nameIn(plan, safe)(user)}, put there by hand in PagerDuty; kept`,
  );

function countsOf({ add, remove, foreign }: Schedule): string {
  const parts = [
    ...(add.length > 0 ? [`${plural(add.length, 'override')} to add`] : []),
    ...(remove.length > 0
      ? [`${add.length > 0 ? remove.length : plural(remove.length, 'override')} to remove`]
      : []),
    ...(foreign.length > 0 ? [`${foreign.length} made by hand`] : []),
  ];
  return parts.join(', ');
}

function ladderText(plan: Plan, { levels, repeats }: Policy['after'], safe: Escape): string {
  const nameOf = nameIn(plan, safe);
  const steps = levels.map(({ delayMinutes, targets }, i) => {
    const who = targets.map(({ id }) => nameOf(id)).join(' and ') || 'nobody';
    return i < levels.length - 1 ? `${who}, ${delayMinutes} min` : who;
  });
  return `${steps.join(' → ')}, ${repeats === 0 ? 'once' : `repeated ${plural(repeats, 'time')}`}`;
}

const headline = (plan: Plan, purpose: Purpose): string => {
  const until = formatInstant(zoneOf('UTC'), plan.horizon);
  if (plan.writes === 0 && plan.byHand === 0) return `PagerDuty agrees with the handbook, up to ${until} UTC`;
  const changes = plural(plan.writes, 'change');
  const byHand = plan.byHand === 0 ? '' : `, and ${plural(plan.byHand, 'override')} made by hand`;
  if (purpose === 'drift') {
    const what = [
      ...(plan.writes > 0 ? [`${changes} to make`] : []),
      ...(plan.byHand > 0 ? [`${plural(plan.byHand, 'override')} made by hand`] : []),
    ];
    return `PagerDuty is not as the handbook has it: ${what.join(', and ')}`;
  }
  return plan.writes === 0
    ? `Nothing to change in PagerDuty${byHand}, up to ${until} UTC`
    : `${changes} to make in PagerDuty${byHand}, up to ${until} UTC`;
};

/** A plan for a terminal or a log. */
export function planLines(plan: Plan, purpose: Purpose, paint: Paint): readonly string[] {
  const schedules = plan.schedules
    .filter(isOpen)
    .flatMap((schedule) => [
      '',
      `${paint('bold', forTerminal(schedule.role))} (${schedule.schedule}, ${schedule.zone.name}): ${countsOf(schedule)}`,
      ...coverLines(plan, schedule, forTerminal).map((line) => `  ${line}`),
      ...byHandLines(plan, schedule, forTerminal).map((line) => `  ${paint('yellow', line)}`),
    ]);
  const policies = plan.policies.flatMap((policy) => [
    '',
    `${paint('bold', forTerminal(policy.chain))} (${policy.policy})`,
    `  was ${ladderText(plan, policy.before, forTerminal)}`,
    `  now ${ladderText(plan, policy.after, forTerminal)}`,
  ]);
  const refusals = plan.refusals.map(
    ({ reason, message }) =>
      `${paint('red', 'refused')}: ${forTerminal(message)} ${paint('dim', `[${reason}]`)}`,
  );
  return [
    headline(plan, purpose),
    ...schedules,
    ...policies,
    ...(refusals.length > 0 ? ['', ...refusals] : []),
    ...(plan.writes > 0 ? ['', paint('dim', `digest ${plan.digest}`)] : []),
  ];
}

/** As many lines of one role as a comment shows. */
const MOST_LINES = 30;

/** A plan for a job summary or a comment. */
export function planMarkdown(plan: Plan, purpose: Purpose): string {
  const some = (lines: readonly string[]) => [
    ...lines.slice(0, MOST_LINES).map((line) => `- ${line}`),
    ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
  ];
  const schedules = plan.schedules
    .filter(isOpen)
    .flatMap((schedule) => [
      `**${forMarkdown(schedule.role)}**, ${countsOf(schedule)}, times of ${forMarkdown(schedule.zone.name)}:`,
      '',
      ...some([...coverLines(plan, schedule, forMarkdown), ...byHandLines(plan, schedule, forMarkdown)]),
      '',
    ]);
  const policies = plan.policies.flatMap((policy) => [
    `**${forMarkdown(policy.chain)}**:`,
    '',
    `- was ${ladderText(plan, policy.before, forMarkdown)}`,
    `- now ${ladderText(plan, policy.after, forMarkdown)}`,
    '',
  ]);
  const refusals = plan.refusals.map(({ reason, message }) => `- ❌ ${forMarkdown(message)} (${reason})`);
  return [
    `### ${headline(plan, purpose)}`,
    '',
    ...schedules,
    ...policies,
    ...(refusals.length > 0 ? ['**Refused as it is:**', '', ...refusals, ''] : []),
    ...(plan.writes > 0 ? [`<sub>Plan ${plan.digest}</sub>`] : []),
  ]
    .join('\n')
    .trimEnd();
}

const at = (instant: Instant): string => instantText(instant);

/** A plan as data: instants as `2026-12-02T17:00:00Z`, people by id where the handbook knows them, what begins at once without a start. */
export function planEntry(plan: Plan): unknown {
  const person = (user: string | undefined) => (user === undefined ? null : (plan.names.get(user) ?? null));
  return {
    now: at(plan.now),
    horizon: at(plan.horizon),
    revision: plan.revision ?? null,
    digest: plan.digest,
    writes: plan.writes,
    schedules: plan.schedules.filter(isOpen).map(({ role, schedule, add, remove, foreign, cover }) => ({
      role,
      schedule,
      add: add.map(({ user, startAt, endAt }) => ({
        user,
        person: person(user),
        start: startAt === undefined ? null : at(startAt),
        end: at(endAt),
      })),
      remove: remove.map(({ id, user, startAt, endAt }) => ({
        id,
        user,
        person: person(user),
        start: at(startAt),
        end: at(endAt),
      })),
      by_hand: foreign.map(({ id, user, startAt, endAt }) => ({
        id,
        user,
        person: person(user),
        start: at(startAt),
        end: at(endAt),
      })),
      cover: cover.map(({ startAt, endAt, before, after }) => ({
        start: at(startAt),
        end: at(endAt),
        before: person(before) ?? before ?? null,
        after: person(after) ?? after ?? null,
      })),
    })),
    policies: plan.policies.map(({ chain, policy, before, after }) => ({
      chain,
      policy,
      before: ladderEntry(before),
      after: ladderEntry(after),
    })),
    refusals: plan.refusals.map(({ reason, message }) => ({ reason, message })),
  };
}

const ladderEntry = ({ levels, repeats }: Policy['after']) => ({
  levels: levels.map(({ delayMinutes, targets }) => ({
    delay_minutes: delayMinutes,
    targets: targets.map(({ type, id }) => ({ type, id })),
  })),
  repeats,
});

/** What became of a plan, for a job summary. */
export function auditMarkdown({ outcome, trouble, requests }: Audit): string {
  const asked = `${plural(requests.writes, 'write')} and ${plural(requests.reads, 'read')}`;
  if (outcome === 'verified')
    return requests.writes === 0
      ? `Nothing was to be done, as ${plural(requests.reads, 'read')} told.`
      : `Done and read back, in ${asked}.`;
  return [`**Not done, after ${asked}:**`, '', ...trouble.map((line) => `- ${forMarkdown(line)}`)].join('\n');
}
