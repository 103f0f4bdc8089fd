/** A plan of states and its audit as text and as Markdown. Pure. */
import { forMarkdown, forTerminal } from '../../text/escape.ts';
import type { Paint } from '../../text/findings.ts';
import { plural } from '../../text/plural.ts';
import type { StateAudit } from './entries.ts';
import { obstacleCount, type StatePlan, statesDiffer } from './plan.ts';
import { stateRefusalText } from './refusal-text.ts';
import { isReported, type StateTarget } from './target.ts';

type Tone = 'plain' | 'yellow' | 'red';

/** One line about a target, not escaped yet. */
interface Line {
  readonly text: string;
  readonly tone: Tone;
}

/** What a plan is made for: to be applied, or to detect drift. */
export type StatePurpose = 'plan' | 'drift';

/** "1 to add, 2 to remove, 1 kept". */
function countsOf({ change, kept }: StateTarget): string {
  const list = change?.kind === 'list' ? change : { add: [], remove: [] };
  const counts = [
    [list.add.length, 'to add'],
    [list.remove.length, 'to remove'],
    [kept.length, 'kept'],
  ] as const;
  return counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])).join(', ');
}

function linesOf({ change, kept, notes, obstacles }: StateTarget, service: string): readonly Line[] {
  const plain = (text: string): Line => ({ text, tone: 'plain' });
  const changes =
    change === undefined
      ? []
      : change.kind === 'text'
        ? [`was ${quoted(change.before)}`, `now ${quoted(change.after)}`]
        : [
            ...change.add.map(({ text }) => `add ${text}`),
            ...change.remove.map(({ text }) => `remove ${text}`),
          ];
  return [
    ...changes.map(plain),
    ...kept.map(({ text }): Line => ({ text: `${text}, added by hand in ${service}; kept`, tone: 'yellow' })),
    ...notes.map(({ message }): Line => ({ text: message, tone: 'yellow' })),
    ...obstacles.map(({ message }): Line => ({ text: message, tone: 'red' })),
  ];
}

const quoted = (text: string): string => (text === '' ? 'empty' : `"${text}"`);

function headline(plan: StatePlan, purpose: StatePurpose): string {
  const { service, writes } = plan;
  const obstacles = obstacleCount(plan);
  if (!statesDiffer(plan)) return `${service} matches the handbook`;
  const changes = `${plural(writes, 'change')} to make`;
  const blocked = `${plural(obstacles, 'thing')} to fix first`;
  if (purpose === 'drift') {
    const what = [...(writes > 0 ? [changes] : []), ...(obstacles > 0 ? [blocked] : [])];
    return `Drift: ${service} differs from the handbook by ${what.join(', and ')}`;
  }
  const beside = obstacles > 0 ? `, and ${blocked}` : '';
  return writes === 0 ? `Nothing to change in ${service}${beside}` : `${changes} in ${service}${beside}`;
}

/** A plan for a terminal or a log. */
export function statePlanLines(plan: StatePlan, purpose: StatePurpose, paint: Paint): readonly string[] {
  const shade = ({ text, tone }: Line) =>
    tone === 'plain' ? forTerminal(text) : paint(tone, forTerminal(text));
  const targets = plan.targets.filter(isReported).flatMap((target) => {
    const counts = countsOf(target);
    const name = `${paint('bold', forTerminal(`${target.team} ${target.kind}`))} (${forTerminal(target.id)})`;
    return [
      '',
      counts === '' ? name : `${name}: ${counts}`,
      ...linesOf(target, plan.service).map((line) => `  ${shade(line)}`),
    ];
  });
  const refusals = plan.refusals.map(
    (refusal) =>
      `${paint('red', 'refused')}: ${forTerminal(stateRefusalText(refusal))} ${paint('dim', `[${refusal.reason}]`)}`,
  );
  return [
    headline(plan, purpose),
    ...targets,
    ...(refusals.length > 0 ? ['', ...refusals] : []),
    ...(plan.writes > 0 ? ['', paint('dim', `digest ${plan.digest}`)] : []),
  ];
}

/** The most lines of one target that a comment shows. */
const MOST_LINES = 30;

/** A plan for a job summary. */
export function statePlanMarkdown(plan: StatePlan, purpose: StatePurpose): string {
  const targets = plan.targets.filter(isReported).flatMap((target) => {
    const lines = linesOf(target, plan.service);
    const counts = countsOf(target);
    const name = `**${forMarkdown(`${target.team} ${target.kind}`)}** (${forMarkdown(target.id)})`;
    return [
      `${name}${counts === '' ? '' : `, ${counts}`}:`,
      '',
      ...lines.slice(0, MOST_LINES).map(({ text }) => `- ${forMarkdown(text)}`),
      ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
      '',
    ];
  });
  const refusals = plan.refusals.map(
    (refusal) => `- ❌ ${forMarkdown(stateRefusalText(refusal))} (${refusal.reason})`,
  );
  return [
    `### ${headline(plan, purpose)}`,
    '',
    ...targets,
    ...(refusals.length > 0 ? ['**Refused as it is:**', '', ...refusals, ''] : []),
    ...(plan.writes > 0 ? [`<sub>Plan ${plan.digest}</sub>`] : []),
  ]
    .join('\n')
    .trimEnd();
}

/** The result of an apply, for a job summary. */
export function stateAuditMarkdown({ outcome, trouble, requests }: StateAudit): string {
  const requestsText = `${plural(requests.writes, 'write')} and ${plural(requests.reads, 'read')}`;
  if (outcome === 'verified')
    return requests.writes === 0
      ? `Nothing to do, after ${plural(requests.reads, 'read')}.`
      : `Done and verified, in ${requestsText}.`;
  return [
    `**Not all done, after ${requestsText}:**`,
    '',
    ...trouble.map((line) => `- ${forMarkdown(line)}`),
  ].join('\n');
}
