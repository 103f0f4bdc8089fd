/**
 * One issue, from what GitHub says of it to what is said on it. Everything is read anew and brought to where it should be, so
 * that a run that was stopped anywhere is made good by the next.
 */

import { LABELS, labelFor, requestComment } from '../requests/answer.ts';
import { applyCommands, reasonIn, stateOf, storedState } from '../requests/commands.ts';
import type { RequestContext, Trigger } from '../requests/context.ts';
import type { Phase } from '../requests/phase.ts';
import { reconcileChange, reconcileSwap } from '../requests/reconcile.ts';
import { decidersOf, judge, readRequest } from '../requests/requests.ts';
import { REQUEST_MARKER } from '../requests/state.ts';

/** Answers the request in an issue; what came of it, or undefined for an issue that is none. */
export async function answerRequest(
  desk: RequestContext,
  number: number,
  heard: Trigger,
): Promise<string | undefined> {
  const { handbook, texts, now, issues } = desk;
  const issue = await issues.get(number);
  if (issue === undefined) return undefined;
  const remarks = await issues.comments(number);
  const remembered = storedState(remarks, desk, issue);
  const old = remembered?.state;
  const request = readRequest(handbook, issue.body, old?.form);
  if (request === undefined || (issue.state === 'closed' && old === undefined)) return undefined;
  const begun = stateOf(issue, request, heard, old);
  const verdict = judge(texts, handbook, now, request, { ...issue, requestedAt: begun.requestedAt });
  const state = await applyCommands(desk, issue, request, verdict, remarks, {
    state: begun,
    old: remembered,
  });
  const reason = state.decision === undefined ? '' : reasonIn(remarks, state.decision.comment);
  const say = (phase: Phase) =>
    issues.upsertComment(
      number,
      REQUEST_MARKER,
      requestComment({ handbook, verdict, phase, state, deciders: decidersOf(handbook, request) }),
    );
  // A decision is written down before anything is done about it, so that a later run knows of it.
  if (state.decision?.comment !== old?.decision?.comment) await say({ kind: 'judged' });
  const at = { issue, request, state, reason };
  const phase =
    verdict.of === 'change'
      ? await reconcileChange(desk, at, verdict.change)
      : await reconcileSwap(desk, at, verdict.swap);
  await say(phase);
  await issues.setLabel(issue, labelFor(verdict, phase), Object.values(LABELS));
  return phase.kind;
}
