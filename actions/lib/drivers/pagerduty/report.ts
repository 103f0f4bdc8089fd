/**
 * A plan and an audit as text and as Markdown: people and roles by the handbook's names, not by PagerDuty's ids. Pure.
 */

import { forMarkdown, forTerminal } from '../../text/escape.ts';
import type { Paint } from '../../text/findings.ts';
import { plural } from '../../text/plural.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { UnwrittenPriority } from './desired.ts';
import type { Audit } from './entries.ts';
import { hasChanges, hasDrift, type Plan, type SchedulePlan } from './plan.ts';
import type { PolicyLevels } from './policy-plan.ts';
import { lostTexts, refusalText } from './refusal-text.ts';
import { notComparedText, serviceTexts, strangerTexts } from './service-text.ts';

type Escape = (text: string) => string;

/** What a plan is made for: to be applied, or to detect drift. */
export type Purpose = 'plan' | 'drift';

function nameIn({ names }: Plan, safe: Escape): (id: string | undefined) => string {
  return (id) => (id === undefined ? 'nobody' : safe(names.get(id) ?? `${id} (not in the handbook)`));
}

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00: ben-adeyemi instead of amara-osei". */
const coverLines = (plan: Plan, { cover, zone }: SchedulePlan, safe: Escape): readonly string[] => {
  const nameOf = nameIn(plan, safe);
  return cover.map(
    ({ startAt, endAt, before, after }) =>
      `${safe(formatSpan(zone, startAt, endAt))}: ${nameOf(after)} instead of ${nameOf(before)}`,
  );
};

const manualLines = (plan: Plan, { manual, zone }: SchedulePlan, safe: Escape): readonly string[] =>
  manual.map(
    ({ startAt, endAt, user }) =>
      `${safe(formatSpan(zone, startAt, endAt))}: ${nameIn(plan, safe)(user)}, added by hand in PagerDuty; kept`,
  );

const strangerLines = (plan: Plan, schedule: SchedulePlan, safe: Escape): readonly string[] =>
  strangerTexts(schedule, (user) => plan.names.get(user) ?? `${user} (not in the handbook)`).map(safe);

function countsOf({ add, remove, manual, strangers }: SchedulePlan): string {
  const parts = [
    ...(add.length > 0 ? [`${plural(add.length, 'override')} to add`] : []),
    ...(remove.length > 0
      ? [`${add.length > 0 ? remove.length : plural(remove.length, 'override')} to remove`]
      : []),
    ...(manual.length > 0 ? [`${manual.length} made by hand`] : []),
    ...(strangers.length > 0 ? [`${plural(strangers.length, 'time')} off duty with somebody on`] : []),
  ];
  return parts.join(', ');
}

function levelsText(plan: Plan, { levels, repeats }: PolicyLevels, safe: Escape): string {
  const nameOf = nameIn(plan, safe);
  const steps = levels.map(({ delayMinutes, targets }, i) => {
    const who = targets.map(({ id }) => nameOf(id)).join(' and ') || 'nobody';
    return i < levels.length - 1 ? `${who}, ${delayMinutes} min` : who;
  });
  return `${steps.join(' → ')}, ${repeats === 0 ? 'once' : `repeated ${plural(repeats, 'time')}`}`;
}

/** "level 3 of paas-out-of-hours is only for P1, so …". */
const unwrittenText = ({ chain, level, kind, priorities }: UnwrittenPriority): string =>
  kind === 'only-for'
    ? `level ${level} of ${chain} is only for ${priorities.join(', ')}; PagerDuty's policies know no priorities, ` +
      'so it is not written there'
    : `level ${level} of ${chain} is called at once for ${priorities.join(', ')}; PagerDuty's policies know no ` +
      'priorities, so it is called in its turn there';

const headline = (plan: Plan, purpose: Purpose): string => {
  const until = formatInstant(zoneOf('UTC'), plan.horizon);
  if (!hasDrift(plan)) return `PagerDuty matches the handbook, up to ${until} UTC`;
  const changes = plural(plan.writes, 'change');
  const others = [
    ...(plan.manualCount > 0 ? [`${plural(plan.manualCount, 'override')} made by hand`] : []),
    ...(plan.strangerCount > 0 ? [`${plural(plan.strangerCount, 'time')} off duty with somebody on`] : []),
  ];
  const beside = others.map((it) => `, and ${it}`).join('');
  if (purpose === 'drift') {
    const what = [...(plan.writes > 0 ? [`${changes} to make`] : []), ...others];
    return `PagerDuty differs from the handbook: ${what.join(', and ')}`;
  }
  return plan.writes === 0
    ? `Nothing to change in PagerDuty${beside}, up to ${until} UTC`
    : `${changes} to make in PagerDuty${beside}, up to ${until} UTC`;
};

/** A plan for a terminal or a log; with `all`, every time that a refusal is about. */
export function planLines(plan: Plan, purpose: Purpose, paint: Paint, all = false): readonly string[] {
  const schedules = plan.schedules
    .filter(hasChanges)
    .flatMap((schedule) => [
      '',
      `${paint('bold', forTerminal(schedule.role))} (${schedule.schedule}, ${schedule.zone.name}): ` +
        countsOf(schedule),
      ...coverLines(plan, schedule, forTerminal).map((line) => `  ${line}`),
      ...manualLines(plan, schedule, forTerminal).map((line) => `  ${paint('yellow', line)}`),
      ...strangerLines(plan, schedule, forTerminal).map((line) => `  ${paint('yellow', line)}`),
    ]);
  const policies = plan.policies.flatMap((policy) => [
    '',
    `${paint('bold', forTerminal(policy.chain))} (${policy.policy})`,
    `  was ${levelsText(plan, policy.before, forTerminal)}`,
    `  now ${levelsText(plan, policy.after, forTerminal)}`,
  ]);
  const services = plan.services.flatMap((service) => {
    const lines = serviceTexts(service).map(forTerminal);
    if (lines.length === 0) return [];
    const name = `${paint('bold', forTerminal(service.service))} (${service.counterpart}, ${service.zone.name})`;
    return ['', name, ...lines.map((line) => `  ${line}`)];
  });
  const open = notComparedText(plan);
  const refusals = plan.refusals.flatMap((refusal) => [
    `${paint('red', 'refused')}: ${forTerminal(refusalText(refusal))} ${paint('dim', `[${refusal.reason}]`)}`,
    ...(all && 'lost' in refusal && refusal.lost.more > 0
      ? lostTexts(refusal.lost).map((it) => `  ${it}`)
      : []),
  ]);
  return [
    headline(plan, purpose),
    ...schedules,
    ...policies,
    ...services,
    ...(plan.unwritten.length > 0 ? ['', ...plan.unwritten.map(unwrittenText).map(forTerminal)] : []),
    ...(open === undefined ? [] : ['', forTerminal(open)]),
    ...(refusals.length > 0 ? ['', ...refusals] : []),
    ...(plan.writes > 0 ? ['', paint('dim', `digest ${plan.digest}`)] : []),
  ];
}

/** The most lines of one role that a comment shows. */
const MOST_LINES = 30;

/** A plan for a job summary or a comment. */
export function planMarkdown(plan: Plan, purpose: Purpose): string {
  const some = (lines: readonly string[]) => [
    ...lines.slice(0, MOST_LINES).map((line) => `- ${line}`),
    ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
  ];
  const schedules = plan.schedules
    .filter(hasChanges)
    .flatMap((schedule) => [
      `**${forMarkdown(schedule.role)}**, ${countsOf(schedule)}, times of ${forMarkdown(schedule.zone.name)}:`,
      '',
      ...some(
        [coverLines, manualLines, strangerLines].flatMap((lines) => lines(plan, schedule, forMarkdown)),
      ),
      '',
    ]);
  const policies = plan.policies.flatMap((policy) => [
    `**${forMarkdown(policy.chain)}**:`,
    '',
    `- was ${levelsText(plan, policy.before, forMarkdown)}`,
    `- now ${levelsText(plan, policy.after, forMarkdown)}`,
    '',
  ]);
  const services = plan.services.flatMap((service) => {
    const lines = serviceTexts(service).map(forMarkdown);
    if (lines.length === 0) return [];
    const name = `**${forMarkdown(service.service)}**, times of ${forMarkdown(service.zone.name)}:`;
    return [name, '', ...lines.map((line) => `- ${line}`), ''];
  });
  const open = notComparedText(plan);
  const refusals = plan.refusals.map(
    (refusal) => `- ❌ ${forMarkdown(refusalText(refusal))} (${refusal.reason})`,
  );
  return [
    `### ${headline(plan, purpose)}`,
    '',
    ...schedules,
    ...policies,
    ...services,
    ...(open === undefined ? [] : [forMarkdown(open), '']),
    ...(plan.unwritten.length > 0 ? [...some(plan.unwritten.map(unwrittenText).map(forMarkdown)), ''] : []),
    ...(refusals.length > 0 ? ['**Refused as it is:**', '', ...refusals, ''] : []),
    ...(plan.writes > 0 ? [`<sub>Plan ${plan.digest}</sub>`] : []),
  ]
    .join('\n')
    .trimEnd();
}

/** The result of an apply, for a job summary. */
export function auditMarkdown({ outcome, trouble, requests }: Audit): string {
  const requestsText = `${plural(requests.writes, 'write')} and ${plural(requests.reads, 'read')}`;
  if (outcome === 'verified')
    return requests.writes === 0
      ? `Nothing to do, after ${plural(requests.reads, 'read')}.`
      : `Done and verified, in ${requestsText}.`;
  return [
    `**Not done, after ${requestsText}:**`,
    '',
    ...trouble.map((line) => `- ${forMarkdown(line)}`),
  ].join('\n');
}
