/** Whose time changes, as people read it in a terminal. */
import { described } from '../actions/lib/check/describe.ts';
import type { Effect } from '../actions/lib/compare/changes.ts';
import { PLAIN_NAMES, reachedText } from '../actions/lib/compare/reached-words.ts';
import { amountText, horizonText, noticeGiven } from '../actions/lib/compare/words.ts';
import type { LocatedFinding } from '../actions/lib/model.ts';
import type { Evaluation } from '../actions/lib/pipeline.ts';
import { findingLines, type Paint } from '../actions/lib/text/findings.ts';
import { formatInstant } from '../actions/lib/time/format.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { headedTable, printedName } from './tables.ts';

/** How somebody who keeps a role holds it on the other side of the change. */
const EFFECTS: Readonly<Record<Effect, string>> = {
  'stops-counting': 'not counting as cover',
  'starts-counting': 'not counting as cover',
  'becomes-extra': 'as extra time',
};

/** A row for each span of time that changes hands, and the findings about it. */
export function changeLines(
  evaluation: Evaluation,
  findings: readonly LocatedFinding[],
  now: Instant,
  paint: Paint,
): readonly string[] {
  const { against } = evaluation;
  const changes = [...(against?.past ?? []), ...(against?.ahead ?? [])];
  const spans = changes.flatMap((change) => change.spans.map((span) => ({ change, ...span })));
  const inOrder = spans.toSorted((one, other) => one.startAt - other.startAt);
  const rows = inOrder.map(({ change, startAt, endAt }) => {
    const { rota, role, zone, before, after, effect } = change;
    const kept = effect === undefined ? 'nobody' : `the same, ${EFFECTS[effect]}`;
    return [
      formatInstant(zone, startAt, now),
      formatInstant(zone, endAt, now),
      `${rota}/${role}`,
      before === undefined ? kept : printedName(evaluation, before),
      after === undefined ? kept : printedName(evaluation, after),
      startAt < now ? 'past' : amountText(noticeGiven(zone, now, startAt)),
    ];
  });
  const lines: string[] = [];
  const unread = against?.unread ?? [];
  if (unread.length > 0)
    lines.push(`Whose time changes in ${unread.join(', ')} is unknown, because a file could not be read.`);
  else if (rows.length === 0)
    lines.push(`Nobody's time changes${against === undefined ? '' : ` up to ${horizonText(against)}`}.`);
  if (rows.length > 0)
    for (const line of headedTable(['From', 'To', 'Role', 'Before', 'After', 'Notice'], rows, paint))
      lines.push(line);
  const reached = against?.reached ?? [];
  const names = { ...PLAIN_NAMES, person: (id: string) => printedName(evaluation, id) };
  if (reached.length > 0)
    lines.push('', 'Who is called from then on:', ...reached.map((it) => `  ${reachedText(it, names, now)}`));
  if (findings.length > 0) lines.push('', ...findingLines(described(findings), paint));
  return lines;
}
