/**
 * A plan and an audit as text and as Markdown: people and roles by the handbook's names, not by PagerDuty's ids. Pure.
 */

import { forMarkdown, forTerminal } from '../../text/escape.ts';
import type { Paint } from '../../text/findings.ts';
import { plural } from '../../text/plural.ts';
import { formatInstant, formatSpan } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { ExistingRecord } from './actual.ts';
import type { UnwrittenPriority } from './desired.ts';
import type { Audit } from './entries.ts';
import { namesOn } from './on-call.ts';
import { hasChanges, hasDrift, type Plan, type SchedulePlan } from './plan.ts';
import type { PolicyLevels } from './policy-plan.ts';
import { lostTexts, refusalText } from './refusal-text.ts';
import { notComparedTexts, serviceTexts, strangersText, strangerTexts } from './service-text.ts';
import { nounOf } from './trouble.ts';

type Escape = (text: string) => string;

/** What a plan is made for: to be applied, or to detect drift. */
export type Purpose = 'plan' | 'drift';

function nameIn({ names }: Plan, safe: Escape): (id: string | undefined) => string {
  return (id) => safe(namesOn(id, (user) => names.get(user) ?? `${user} (not in the handbook)`));
}

/** "Wed 2 Dec 17:00 – Wed 9 Dec 09:00: ben-adeyemi instead of amara-osei". */
const coverLines = (plan: Plan, { cover, zone }: SchedulePlan, safe: Escape): readonly string[] => {
  const nameOf = nameIn(plan, safe);
  return cover.map(
    ({ startAt, endAt, before, after }) =>
      `${safe(formatSpan(zone, startAt, endAt))}: ${nameOf(after)} instead of ${nameOf(before)}`,
  );
};

const manualLines = (plan: Plan, schedule: SchedulePlan, safe: Escape): readonly string[] => {
  const { edit, remove, manual, zone } = schedule;
  const changing = new Set([...edit.map(({ record }) => record), ...remove].map(({ id }) => id));
  return manual.map(({ startAt, endAt, user, over }) => {
    const fate = over !== undefined && changing.has(over.id) ? 'its shift changes, which ends it' : 'kept';
    const who = nameIn(plan, safe)(user);
    return `${safe(formatSpan(zone, startAt, endAt))}: ${who}, added by hand in PagerDuty; ${fate}`;
  });
};

/** What only a schedule of shifts has: people on together, and overrides of a rotation that was removed. */
const shiftLines = (
  plan: Plan,
  { crowded, orphans, zone }: SchedulePlan,
  safe: Escape,
): readonly string[] => {
  const nameOf = nameIn(plan, safe);
  return [
    ...crowded.map(
      ({ startAt, endAt, value }) =>
        `${safe(formatSpan(zone, startAt, endAt))}: ${nameOf(value)} are called together`,
    ),
    ...orphans.map(
      ({ startAt, endAt, user }) =>
        `${safe(formatSpan(zone, startAt, endAt))}: ${nameOf(user)}, by an override whose rotation or shift is gone; ` +
        'it does nothing, and cannot be removed',
    ),
  ];
};

const strangerLines = (plan: Plan, schedule: SchedulePlan, safe: Escape): readonly string[] =>
  strangerTexts(
    schedule,
    nameIn(plan, (text) => text),
  ).map(safe);

/** "3 custom shifts to change, 2 to add, 1 made by hand". */
function countsOf(schedule: SchedulePlan): string {
  const { add, edit, remove, manual, strangers } = schedule;
  const nouns = ['custom shift', 'override'] as const;
  const parts = nouns.flatMap((noun) => {
    const count = (all: readonly Pick<ExistingRecord, 'over'>[]) =>
      all.filter((it) => nounOf(schedule, it) === noun).length;
    const verbs = [
      ['to add', count(add)],
      ['to change', count(edit.map(({ record }) => record))],
      ['to remove', count(remove)],
    ] as const;
    return verbs
      .filter(([, own]) => own > 0)
      .map(([verb, own], i) => `${i === 0 ? plural(own, noun) : own} ${verb}`);
  });
  return [
    ...parts,
    ...(manual.length > 0 ? [`${manual.length} made by hand`] : []),
    ...(strangers.length > 0 ? [strangersText(strangers.length)] : []),
  ].join(', ');
}

/** Which kind of schedule PagerDuty has, where it is not made of layers any more. */
const upgradedTexts = ({ schedules }: Plan): readonly string[] =>
  schedules
    .filter(({ isOverRotations }) => isOverRotations)
    .map(
      ({ role, schedule }) =>
        `PagerDuty's ${schedule} (${role}) is shift-based now, with a rotation beneath; ` +
        'overrides replace whom the rotation has on',
    );

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

/** What people made by hand: overrides, or shifts where there are custom shifts among them. */
const manualNoun = ({ schedules }: Plan): string =>
  schedules.some((it) => it.manual.some((own) => nounOf(it, own) === 'custom shift')) ? 'shift' : 'override';

/** What holds for the whole plan, and is no change. */
const notesOn = (plan: Plan): readonly string[] => [
  ...plan.unwritten.map(unwrittenText),
  ...upgradedTexts(plan),
  ...notComparedTexts(plan),
];

const headline = (plan: Plan, purpose: Purpose): string => {
  const until = formatInstant(zoneOf('UTC'), plan.horizon);
  if (!hasDrift(plan)) return `PagerDuty matches the handbook, up to ${until} UTC`;
  const changes = plural(plan.writes, 'change');
  const others = [
    ...(plan.manualCount > 0 ? [`${plural(plan.manualCount, manualNoun(plan))} made by hand`] : []),
    ...(plan.strangerCount > 0 ? [strangersText(plan.strangerCount)] : []),
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
      ...[manualLines, shiftLines, strangerLines]
        .flatMap((lines) => lines(plan, schedule, forTerminal))
        .map((line) => `  ${paint('yellow', line)}`),
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
  const refusals = plan.refusals.flatMap((refusal) => [
    `${paint('red', 'refused')}: ${forTerminal(refusalText(refusal))} ${paint('dim', `[${refusal.reason}]`)}`,
    ...(all && 'lost' in refusal && refusal.lost.more > 0
      ? lostTexts(refusal.lost).map((it) => `  ${it}`)
      : []),
  ]);
  const notes = notesOn(plan).map(forTerminal);
  return [
    headline(plan, purpose),
    ...schedules,
    ...policies,
    ...services,
    ...(notes.length > 0 ? ['', ...notes] : []),
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
        [coverLines, manualLines, shiftLines, strangerLines].flatMap((lines) =>
          lines(plan, schedule, forMarkdown),
        ),
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
  const refusals = plan.refusals.map(
    (refusal) => `- ❌ ${forMarkdown(refusalText(refusal))} (${refusal.reason})`,
  );
  const notes = notesOn(plan).map(forMarkdown);
  return [
    `### ${headline(plan, purpose)}`,
    '',
    ...schedules,
    ...policies,
    ...services,
    ...(notes.length > 0 ? [...some(notes), ''] : []),
    ...(refusals.length > 0 ? ['**Refused as it is:**', '', ...refusals, ''] : []),
    ...(plan.writes > 0 ? [`<sub>Plan ${plan.digest}</sub>`] : []),
  ]
    .join('\n')
    .trimEnd();
}

/** The result of an apply, for a job summary. */
export function auditMarkdown(audit: Audit): string {
  const { outcome, trouble, requests } = audit;
  const requestsText = `${plural(requests.writes, 'write')} and ${plural(requests.reads, 'read')}`;
  if (outcome === 'verified')
    return requests.writes === 0
      ? `Nothing to do, after ${plural(requests.reads, 'read')}.`
      : ['Done and verified, in ', requestsText, '.', ...movedTexts(audit).map((it) => ` ${it}.`)].join('');
  return [
    `**Not done, after ${requestsText}:**`,
    '',
    ...trouble.map((line) => `- ${forMarkdown(line)}`),
  ].join('\n');
}

/** "PagerDuty moved the times of 2 records: 2026-12-02T17:00:05Z became 2026-12-02T17:00:00Z …". */
export function movedTexts({ schedules }: Pick<Audit, 'schedules'>): readonly string[] {
  const moved = schedules.flatMap(({ added }) =>
    added.flatMap(({ start, end, asked }) => (asked === undefined ? [] : [{ start, end, asked }])),
  );
  const [first] = moved;
  if (first === undefined) return [];
  const { start, end, asked } = first;
  return [
    `PagerDuty moved the times of ${plural(moved.length, 'new record')}, such as ` +
      `${asked.start} – ${asked.end} to ${start} – ${end}`,
  ];
}
