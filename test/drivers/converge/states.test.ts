// A plan of states, what the guard refuses of it, and an apply of which one target fails.
import { expect, test } from 'vitest';
import { applyStates } from '../../../actions/lib/drivers/converge/apply.ts';
import type { StateDriver } from '../../../actions/lib/drivers/converge/driver.ts';
import { stateAudit, statePlanEntry } from '../../../actions/lib/drivers/converge/entries.ts';
import type { StateGuardOptions } from '../../../actions/lib/drivers/converge/guard.ts';
import { planStates, statesDiffer } from '../../../actions/lib/drivers/converge/plan.ts';
import { stateRefusalText } from '../../../actions/lib/drivers/converge/refusal-text.ts';
import {
  stateAuditMarkdown,
  statePlanLines,
  statePlanMarkdown,
} from '../../../actions/lib/drivers/converge/report.ts';
import { listChange, type StateTarget, textChange } from '../../../actions/lib/drivers/converge/target.ts';
import { loaded } from '../../handbook.ts';

const NOW = Date.parse('2026-12-02T10:00:00Z');
const plain = (_: string, text: string) => text;

const TIP: StateGuardOptions = {
  allow: [],
  mostWrites: 10,
  revision: 'a'.repeat(40),
  tip: 'a'.repeat(40),
  approved: undefined,
};

const target = (id: string, over: Partial<StateTarget> = {}): StateTarget => ({
  team: 'paas',
  kind: 'user group',
  id,
  change: undefined,
  kept: [],
  notes: [],
  obstacles: [],
  ...over,
});
const item = (id: string) => ({ id, text: `person-${id}` });

const TOPIC = target('C1', { kind: 'topic', change: textChange('', 'On: Ben @here') });
const GROUP = target('S1', {
  change: listChange([item('U1')], [item('U2'), item('U3')], 2),
  kept: [{ id: 'U9', text: 'U9 (not in the handbook)' }],
  notes: [{ code: 'no-id', message: 'cas-lee has no Slack id' }],
});
const LOCKED = target('S2', { obstacles: [{ code: 'locked', message: 'S2 is locked; unlock it' }] });

test('a plan counts, names and escapes its changes, and what prevents others', () => {
  const plan = planStates('Slack', NOW, [TOPIC, GROUP, LOCKED, target('S3')], TIP);
  expect(statePlanLines(plan, 'plan', plain)).toEqual([
    '4 changes to make in Slack, and 1 thing to fix first',
    '',
    'paas topic (C1)',
    '  was empty',
    '  now "On: Ben @here"',
    '',
    'paas user group (S1): 1 to add, 2 to remove, 1 kept',
    '  add person-U1',
    '  remove person-U2',
    '  remove person-U3',
    '  U9 (not in the handbook), added by hand in Slack; kept',
    '  cas-lee has no Slack id',
    '',
    'paas user group (S2)',
    '  S2 is locked; unlock it',
    '',
    `digest ${plan.digest}`,
  ]);
  expect(statePlanMarkdown(plan, 'plan')).toContain('- now &#34;On&#58; Ben @<!-- -->here&#34;');
  expect(statePlanEntry(plan)).toMatchObject({
    service: 'Slack',
    writes: 4,
    targets: [
      { id: 'C1', before: '', after: 'On: Ben @here' },
      { id: 'S1', add: [{ id: 'U1' }], remove: [{ id: 'U2' }, { id: 'U3' }], by_hand: [{ id: 'U9' }] },
      { id: 'S2', obstacles: [{ code: 'locked' }] },
    ],
  });
});

test('what is kept is no drift, an obstacle is', () => {
  const drift = (...targets: StateTarget[]) => {
    const plan = planStates('Slack', NOW, targets, TIP);
    return [statesDiffer(plan), statePlanLines(plan, 'drift', plain)[0]];
  };
  const { change: _, ...rest } = GROUP;
  expect(drift(target('S1', { kept: rest.kept }))).toEqual([false, 'Slack matches the handbook']);
  expect(drift(TOPIC)).toEqual([true, 'Drift: Slack differs from the handbook by 1 change to make']);
  expect(drift(LOCKED)).toEqual([true, 'Drift: Slack differs from the handbook by 1 thing to fix first']);
});

test('the digest covers what changes and nothing else, in any order of a list', () => {
  const digest = (...targets: StateTarget[]) => planStates('Slack', NOW, targets, TIP).digest;
  const reordered = { ...GROUP, kept: [], change: listChange([item('U1')], [item('U3'), item('U2')], 2) };
  expect(digest(TOPIC, reordered, LOCKED)).toBe(digest(TOPIC, GROUP));
  expect(digest(TOPIC)).not.toBe(digest(target('C1', { kind: 'topic', change: textChange('', 'On') })));
});

test.each([
  ['many changes', { mostWrites: 3 }, 'this makes 4 changes, and 3 are allowed at once'],
  [
    'another commit',
    { tip: 'b'.repeat(40) },
    'this is aaaaaaaaaa, and the tip of the main branch is bbbbbbbbbb',
  ],
  ['an unknown tip', { tip: undefined }, 'it is not known whether this is the tip'],
  ['another digest', { approved: '0'.repeat(16) }, 'the plan that was approved is 0000000000000000'],
])('refused: %s', (_, options, text) => {
  const all = { ...TIP, ...options };
  const refused = planStates('Slack', NOW, [TOPIC, GROUP], all).refusals;
  expect(refused.map(stateRefusalText)).toEqual([expect.stringContaining(text)]);
  const allow = refused.map(({ reason }) => reason);
  const left = planStates('Slack', NOW, [TOPIC, GROUP], { ...all, allow }).refusals;
  expect(left).toEqual(allow[0] === 'another-plan' ? refused : []);
});

test('a list that would lose its last member is refused, whatever is allowed', () => {
  const emptied = target('S1', { change: listChange([], [item('U2')], 0) });
  const plan = planStates('Slack', NOW, [emptied], { ...TIP, allow: ['emptied'] });
  expect(plan.refusals.map(stateRefusalText)).toEqual([
    'paas user group (S1) would have nobody left; put somebody on in the handbook',
  ]);
  const posts = target('C1', { kind: 'posts', change: listChange([], [item('Q1')], undefined) });
  expect(planStates('Slack', NOW, [posts], TIP).refusals).toEqual([]);
});

/** Applies a plan to targets of which some fail, and some do not keep what is written. */
async function applied(failing: ReadonlySet<string>, lost: ReadonlySet<string>, endsRun = false) {
  const all = ['S1', 'S2', 'S3'].map((id) => target(id, { change: textChange('a', 'b') }));
  const written: string[] = [];
  const driver: StateDriver = {
    service: 'Slack',
    targets: async (_handbook, _now, _progress, keys) =>
      all
        .filter(({ id }) => keys?.has(`user group ${id}`))
        .map((it) => (lost.has(it.id) ? it : { ...it, change: undefined })),
    carryOut: async ({ id }) => {
      if (failing.has(id)) throw new Error('Slack refuses it');
      written.push(id);
    },
    endsRun: () => endsRun,
    counts: () => ({ reads: 1, writes: written.length }),
  };
  const context = { handbook: loaded('').handbook, clock: () => NOW, progress: () => {} };
  const result = await applyStates(planStates('Slack', NOW, all, TIP), driver, context);
  return stateAudit(result);
}

test('a fault stops one target, and what was written is read back', async () => {
  const audit = await applied(new Set(['S1']), new Set(['S3']));
  expect(audit.trouble).toEqual([
    'paas user group (S1): Slack refuses it',
    'paas user group (S3): differs from what was written; check Slack, then run it again',
  ]);
  expect(audit.targets.map(({ id }) => id)).toEqual(['S2']);
  expect(stateAuditMarkdown(audit)).toContain('**Not all done, after 2 writes and 1 read:**');
  const fine = await applied(new Set(), new Set());
  expect(fine.outcome).toBe('verified');
  expect(stateAuditMarkdown(fine)).toBe('Done and verified, in 3 writes and 1 read.');
});

test('a fault that every request will meet ends the run', async () => {
  const audit = await applied(new Set(['S2']), new Set(), true);
  expect(audit.trouble).toEqual([
    'paas user group (S2): Slack refuses it',
    'paas user group (S3): not reached, because of what stopped the run; run it again',
  ]);
  expect(audit.targets.map(({ id }) => id)).toEqual(['S1']);
});
