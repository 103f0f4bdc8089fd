/**
 * A chain that is in use calls somebody (dxw, "On call escalation": an alert that one person misses reaches another).
 * An error where for some time of a window it serves nobody holds any of its roles: whoever calls then reaches nobody.
 * A warning where a level is empty throughout such a window: it is passed over, which its author may not know.
 * Reported at the chain or at the level, once for each window.
 */
import type { Escalation, Level } from '../../model.ts';
import { overlay, restrict, type Timeline, without } from '../../timeline.ts';
import {
  heldTime,
  isAlwaysReached,
  isUnknown,
  type ServedWindow,
  servedWindows,
  usesByChain,
  waysThrough,
} from '../chains.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Codes {
  /** The priority is undefined where the chain is the same for all of them. */
  readonly nobody: FirstSpan & { readonly window: string; readonly priority: string | undefined };
  /** Levels are counted from 1. */
  readonly 'empty-level': { readonly level: number; readonly windows: readonly string[] };
}

export const chainHeld = rule<Codes>({
  name: 'chain-held',
  severity: 'error',
  summary:
    'Every chain reaches somebody at all times of the windows it serves, and no level is empty throughout one.',
  playbook: 'dxw, On call escalation',
  *check(context) {
    const uses = usesByChain(context.handbook);
    for (const chain of context.handbook.escalations.values()) {
      const served = servedWindows(context, chain, uses.get(chain.id));
      for (const window of served) yield* heldIn(context, chain, window);
      yield* emptyLevels(context, chain, served);
    }
  },
  describe: {
    nobody: ({ window, priority, ...first }) =>
      `this chain reaches nobody ${firstWords(first)} (${window}` +
      `${priority === undefined ? '' : `, for ${priority}`}); cover one of its roles, or add a person or a contact`,
    'empty-level': ({ level, windows }) =>
      `level ${level} reaches nobody in ${windows.join(' and ')} and is passed over there; ` +
      'name a role that covers it, or use a chain of its own for it',
  },
});

function* heldIn(
  context: Context,
  chain: Escalation,
  { window, zone, mask, priorities }: ServedWindow,
): Iterable<Objection<Codes>> {
  const ways = waysThrough(chain, priorities);
  for (const { priority, levels } of ways) {
    const gaps = nobodyOf(
      context,
      levels.map(({ level }) => level),
      mask,
    );
    if (gaps.length === 0) continue;
    const only = ways.length > 1 ? priority : undefined;
    yield {
      code: 'nobody',
      args: { window, priority: only, ...firstOf(zone, gaps) },
      location: chain.location,
    };
    return;
  }
}

/** The time of a window in which none of some levels reaches anybody. */
function nobodyOf(context: Context, levels: readonly Level[], mask: Timeline<unknown>): Timeline<unknown> {
  if (levels.some((level) => isAlwaysReached(level) || isUnknown(context, level))) return [];
  return without(
    mask,
    levels.reduce<Timeline<unknown>>((all, level) => overlay(all, heldTime(context, level)), []),
  );
}

/** A window with nobody at all is left to the error above. */
function* emptyLevels(
  context: Context,
  { levels }: Escalation,
  served: readonly ServedWindow[],
): Iterable<Objection<Codes>> {
  for (const [i, level] of levels.entries()) {
    if (isAlwaysReached(level) || isUnknown(context, level)) continue;
    const held = heldTime(context, level, () => true);
    const windows = served
      .filter(({ mask }) => mask.length > 0 && restrict(held, mask).length === 0)
      .filter(({ mask }) => nobodyOf(context, levels, mask).length < mask.length)
      .map(({ window }) => window);
    if (windows.length === 0) continue;
    yield {
      code: 'empty-level',
      severity: 'warning',
      args: { level: i + 1, windows: [...new Set(windows)] },
      location: level.location,
    };
  }
}
