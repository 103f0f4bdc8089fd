/** Every state of a request with every event, and that a second run changes nothing. */
import { describe, expect, test } from 'vitest';
import { branchToRead, type RequestOutcome, reconcile } from '../../actions/lib/requests/reconcile.ts';
import { at } from '../handbook.ts';
import { claimBody } from './bodies.ts';
import {
  CHANGE_77,
  closed,
  commented,
  contextOf,
  decidedIn,
  edited,
  later,
  opened,
  pulled,
  ran,
  reopened,
  SWAP_77,
  type World,
} from './machine.ts';

type Step = (world: World) => World | undefined;

const approve: Step = (world) => commented(world, 'lee-h', '/approve');
const decline: Step = (world) => commented(world, 'lee-h', '/decline not this week');
const merge: Step = (world) => pulled(world, 'merged');
const rewritten =
  (from: string, to: string): Step =>
  (world) =>
    edited(world, world.issue.body.replace(from, to));
const until =
  (instant: string): Step =>
  (world) =>
    later(world, at(instant));

/** Runs after every step. */
function following(world: World, ...steps: readonly Step[]): World {
  return steps.reduce((now, step) => ran(step(now) ?? now), ran(world));
}

const EVENTS: Readonly<Record<string, Step>> = {
  nothing: (world) => later(world),
  'approved by a lead': approve,
  'declined by a lead': decline,
  'approved by a stranger': (world) => commented(world, 'mallory', '/approve'),
  'approved by an engineer': (world) => commented(world, 'ben-h', '/approve'),
  "approved by another team's lead": (world) => commented(world, 'zoe-h', '/approve'),
  'approved without write access': (world) =>
    commented({ ...world, writers: ['ana-h', 'ben-h', 'zoe-h'] }, 'lee-h', '/approve'),
  'edited, same meaning': (world) => edited(world, `${world.issue.body}\n\n`),
  edited: (world) =>
    edited(
      world,
      world.issue.body.replace('Replace the network routers', 'Other routers').replace('A course.', 'Leave.'),
    ),
  'edited to lack something': (world) =>
    edited(
      world,
      world.issue.body.replace('Put the old ones back.', '_No response_').replace('Ben (ben)', 'Nobody'),
    ),
  closed: (world) => (world.issue.state === 'open' ? closed(world) : undefined),
  reopened: (world) => (world.issue.state === 'closed' ? reopened(world) : undefined),
  'pull request merged': merge,
  'pull request closed': (world) => pulled(world, 'closed'),
  'much later': until('2027-03-20T00:00:00Z'),
};

/** The visible state of a world: its phase and label, a closed issue, and the last pull request. */
const shown = ({ phase, label, issue, pull }: World): string =>
  [
    `${phase}${label === undefined ? '' : ` ${label}`}`,
    ...(issue.state === 'closed' ? ['closed'] : []),
    ...(pull === undefined ? [] : [`#${pull.number} ${pull.state}`]),
  ].join(', ');

const change = opened(CHANGE_77, 'service-team');
const swap = opened(SWAP_77);
const emergency = { ...swap, issue: { ...swap.issue, labels: ['emergency-cover'] } };

interface State {
  readonly world: World;
  readonly shown: string;
  /** The states after the events that change anything visible. */
  readonly moves: Readonly<Record<string, string>>;
}

const STATES: Readonly<Record<string, State>> = {
  'change accepted': {
    world: following(change),
    shown: 'judged accepted-for-review',
    moves: {
      'approved by a lead': 'proposed accepted-for-review, #78 open',
      'declined by a lead': 'declined, closed',
      'edited to lack something': 'judged needs-information',
      closed: 'withdrawn, closed',
      'much later': 'judged needs-information',
    },
  },
  'change that lacks something': {
    world: following(opened(CHANGE_77.replace('Put the old ones back.', ''), 'x')),
    shown: 'judged needs-information',
    moves: {
      'declined by a lead': 'declined, closed',
      closed: 'withdrawn, closed',
    },
  },
  'change with short notice': {
    world: following(opened(CHANGE_77.replace('2027-01-06T23', '2027-01-05T11'), 'x')),
    shown: 'judged needs-more-notice',
    moves: {
      'declined by a lead': 'declined, closed',
      'edited to lack something': 'judged needs-information',
      closed: 'withdrawn, closed',
      'much later': 'judged needs-information',
    },
  },
  'change proposed': {
    world: following(change, approve),
    shown: 'proposed accepted-for-review, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      edited: 'judged accepted-for-review, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'written, #78 merged',
      'pull request closed': 'returned, #78 closed',
      'much later': 'proposed needs-information, #78 open',
    },
  },
  'change declined': {
    world: following(change, decline),
    shown: 'declined, closed',
    moves: {
      'approved by a lead': 'withdrawn, closed',
      edited: 'withdrawn, closed',
      'edited to lack something': 'withdrawn, closed',
      reopened: 'judged accepted-for-review',
    },
  },
  'change declined after approval': {
    world: following(change, approve, decline),
    shown: 'declined, closed, #78 closed',
    moves: {
      'approved by a lead': 'withdrawn, closed, #78 closed',
      edited: 'withdrawn, closed, #78 closed',
      'edited to lack something': 'withdrawn, closed, #78 closed',
      reopened: 'judged accepted-for-review, #78 closed',
    },
  },
  'change withdrawn': {
    world: following(change, approve, closed),
    shown: 'withdrawn, closed, #78 closed',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      reopened: 'proposed accepted-for-review, #79 open',
    },
  },
  'change returned': {
    world: following(change, approve, (world) => pulled(world, 'closed')),
    shown: 'returned, #78 closed',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      edited: 'judged accepted-for-review, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
    },
  },
  'change written': {
    world: following(change, approve, merge),
    shown: 'written, #78 merged',
    moves: {
      closed: 'written, closed, #78 merged',
      'much later': 'over, #78 merged',
    },
  },
  'change over': {
    world: following(change, approve, merge, until('2027-01-08T00:00:00Z')),
    shown: 'over, #78 merged',
    moves: {
      closed: 'over, closed, #78 merged',
    },
  },
  'change stalled': {
    world: following(change, approve, until('2027-01-08T00:00:00Z')),
    shown: 'proposed needs-information, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      edited: 'judged needs-information, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'over, #78 merged',
      'pull request closed': 'returned, #78 closed',
    },
  },
  'change void': {
    world: following(change, approve, rewritten('2027-01-07T01:00', '2027-01-07T02:00')),
    shown: 'judged accepted-for-review, #78 closed',
    moves: {
      'approved by a lead': 'proposed accepted-for-review, #79 open',
      'declined by a lead': 'declined, closed, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'much later': 'judged needs-information, #78 closed',
    },
  },
  'swap proposed': {
    world: following(swap),
    shown: 'proposed accepted-for-review, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'written, closed, #78 merged',
      'pull request closed': 'returned, #78 closed',
      'much later': 'proposed needs-information, #78 open',
    },
  },
  'swap that lacks something': {
    world: following(opened(SWAP_77.replace('Ben (ben)', 'Nobody'))),
    shown: 'judged needs-information',
    moves: {
      'declined by a lead': 'declined, closed',
      closed: 'withdrawn, closed',
    },
  },
  'swap declined': {
    world: following(swap, decline),
    shown: 'declined, closed, #78 closed',
    moves: {
      edited: 'withdrawn, closed, #78 closed',
      'edited to lack something': 'withdrawn, closed, #78 closed',
      reopened: 'proposed accepted-for-review, #79 open',
    },
  },
  'swap withdrawn': {
    world: following(swap, closed),
    shown: 'withdrawn, closed, #78 closed',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      reopened: 'proposed accepted-for-review, #79 open',
    },
  },
  'swap returned': {
    world: following(swap, (world) => pulled(world, 'closed')),
    shown: 'returned, #78 closed',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      edited: 'proposed accepted-for-review, #79 open',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
    },
  },
  'swap merged': {
    world: following(swap, merge),
    shown: 'written, closed, #78 merged',
    moves: {},
  },
  'swap late, never proposed': {
    world: following(later(swap, at('2027-02-26T12:00:00Z'))),
    shown: 'judged needs-more-notice',
    moves: {
      'declined by a lead': 'declined, closed',
      'edited to lack something': 'judged needs-information',
      closed: 'withdrawn, closed',
      'much later': 'judged needs-information',
    },
  },
  'swap late, proposed': {
    world: following(swap, until('2027-02-26T12:00:00Z')),
    shown: 'proposed needs-more-notice, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'written, closed, #78 merged',
      'pull request closed': 'returned, #78 closed',
      'much later': 'proposed needs-information, #78 open',
    },
  },
  'swap late, emergency': {
    world: following(later(emergency, at('2027-02-26T12:00:00Z'))),
    shown: 'proposed accepted-for-review, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'written, closed, #78 merged',
      'pull request closed': 'returned, #78 closed',
      'much later': 'proposed needs-information, #78 open',
    },
  },
  'swap that cannot be done': {
    world: following(swap, until('2027-03-02T00:00:00Z')),
    shown: 'proposed needs-information, #78 open',
    moves: {
      'declined by a lead': 'declined, closed, #78 closed',
      'edited to lack something': 'judged needs-information, #78 closed',
      edited: 'judged needs-information, #78 closed',
      closed: 'withdrawn, closed, #78 closed',
      'pull request merged': 'written, closed, #78 merged',
      'pull request closed': 'returned, #78 closed',
    },
  },
};

describe('every state with every event', () => {
  test.each(Object.entries(STATES))('%s', (_, { world, shown: expected, moves }) => {
    const happened = Object.entries(EVENTS).flatMap(([name, event]) => {
      const next = event(world);
      return next === undefined ? [] : [[name, ran(next)] as const];
    });
    expect(shown(world)).toBe(expected);
    expect(Object.fromEntries(happened.map(([name, next]) => [name, shown(next)]))).toEqual({
      ...Object.fromEntries(happened.map(([name]) => [name, expected])),
      ...moves,
    });
    for (const [name, next] of happened) {
      const again = ran(later(next));
      expect([again.done, again.comments, again.pull], `${name}, run again`).toEqual([
        next.done,
        next.comments,
        next.pull,
      ]);
    }
  });
});

/** The outcome for a world. */
function outcomeOf(world: World): RequestOutcome {
  const context = contextOf(world);
  const decided = decidedIn(world);
  if (decided === undefined) throw new Error('this is no request');
  return reconcile(context, decided.at, world.pull);
}

describe('an outcome is data', () => {
  const proposed = following(change, approve);

  test('a desired pull request: branch, file, text, title, description, labels, people', () => {
    const outcome = outcomeOf(emergency);
    if (outcome.kind !== 'propose') throw new Error(outcome.phase.kind);
    const { edited: texts, files, body: description, ...desired } = outcome.desired;
    const text = files[0]?.text ?? '';
    expect(desired).toEqual({
      branch: 'swap/issue-77',
      base: 'main',
      commit: '0'.repeat(40),
      title: 'Swap: ops/on-call, ana and ben',
      labels: ['emergency-cover'],
      people: ['ana', 'ben'],
    });
    expect(description).toMatch(/^<!-- rota-as-code: request [0-9a-f]{64} -->\n\nRequested in #77\.\n/);
    expect(files.map(({ file }) => file)).toEqual(['rotas/ops/on-call.yaml']);
    expect(text).toContain('turn: 2027-03-08');
    expect(texts.texts).toEqual(new Map(emergency.files).set('rotas/ops/on-call.yaml', text));
  });

  test('of a handbook in a folder: the file is in that folder', () => {
    const decided = decidedIn(swap);
    if (decided === undefined) throw new Error('this is no request');
    expect(reconcile({ ...contextOf(swap), folder: 'docs/handbook' }, decided.at, undefined)).toMatchObject({
      desired: { files: [{ file: 'docs/handbook/rotas/ops/on-call.yaml' }] },
    });
  });

  const why = 'this cannot be done any more; see #77';
  const BLOCKED = [
    { context: 'rota / consent', state: 'pending', description: why },
    { context: 'rota', state: 'failure', description: why },
  ];
  const dropped = { kind: 'drop-pull', pull: 78 };
  test.each<[string, World | undefined, readonly unknown[]]>([
    ['declined', decline(proposed), [dropped, { kind: 'close-issue', reason: 'not_planned' }]],
    ['declined when closed', decline(closed(proposed)), [dropped]],
    ['closed', closed(proposed), [dropped]],
    ['edited', edited(proposed, CHANGE_77.replace('01:00', '02:00')), [dropped]],
    [
      'too late to be written',
      later(proposed, at('2027-01-08T00:00:00Z')),
      [{ kind: 'block-pull', pull: 78, statuses: BLOCKED }],
    ],
    ['merged', merge(proposed), []],
    ['pull request closed by somebody', pulled(proposed, 'closed'), []],
    ['swap merged', merge(following(swap)), [{ kind: 'close-issue', reason: 'completed' }]],
    ['swap merged and closed', closed(following(swap, merge)), []],
  ])('%s', (_, world, actions) => {
    expect(world && outcomeOf(world)).toMatchObject({ kind: 'reach', actions });
  });

  test('the question about the outcome of a change, while its issue is open', () => {
    const over = later(following(change, approve, merge), at('2027-01-07T01:00:00Z'));
    expect(outcomeOf(over)).toMatchObject({
      phase: { kind: 'over' },
      actions: [
        { kind: 'post-question', body: expect.stringContaining('This change ended Thu 7 Jan 01:00 UTC') },
      ],
    });
    expect(outcomeOf(closed(over))).toEqual({ kind: 'reach', phase: { kind: 'over' }, actions: [] });
    expect(outcomeOf({ ...over, now: over.now - 1 })).toMatchObject({ phase: { kind: 'written' } });
  });
});

describe('which pull request is read', () => {
  test.each<[string, World, string | undefined]>([
    ['a change', change, 'change/issue-77'],
    ['a swap', swap, 'swap/issue-77'],
    ['a claim of time off', opened(claimBody()), undefined],
    ['a change that the handbook has', following(change, approve, merge), undefined],
    ['a swap that is merged', following(swap, merge), 'swap/issue-77'],
  ])('%s', (_, world, branch) => {
    const decided = decidedIn(world);
    expect(decided && branchToRead(contextOf(world), decided.at)).toBe(branch);
  });
});

test('a merged change is over even if its service no longer exists', () => {
  const merged = merge(following(change, approve));
  if (merged === undefined) throw new Error('there is no pull request');
  const services = merged.files.get('policies/services.yaml') ?? '';
  const files = new Map(merged.files).set('policies/services.yaml', services.replace('router:', 'switch:'));
  expect(ran(later({ ...merged, files }, at('2027-01-08T00:00:00Z'))).phase).toBe('over');
});

const cycles: Readonly<Record<string, readonly Step[]>> = {
  'closed and reopened': [closed, reopened],
  'edited and edited back': [
    rewritten('### Wh', '### Wh '),
    (world) => edited(world, world.issue.author === 'ana-h' ? SWAP_77 : CHANGE_77),
  ],
  'declined and reopened': [decline, reopened],
};
test.each(
  ([change, swap] as const).flatMap((world) =>
    Object.entries(cycles).map(
      ([name, steps]) => [world === change ? 'change' : 'swap', name, world, steps] as const,
    ),
  ),
)('a %s that is %s can be requested again', (_, __, world, steps) => {
  const again = following(world, approve, ...steps, approve);
  expect([again.done.includes('drop-pull'), shown(again)]).toEqual([
    true,
    'proposed accepted-for-review, #79 open',
  ]);
});

test('a choice whose name changes keeps the pull request', () => {
  const proposed = following(change, approve);
  const services = proposed.files.get('policies/services.yaml') ?? '';
  const files = new Map(proposed.files).set(
    'policies/services.yaml',
    services.replace('name: Router', 'name: Switch'),
  );
  const next = ran(later({ ...proposed, files }));
  expect([shown(next), next.pull?.number]).toEqual(['proposed accepted-for-review, #78 open', 78]);
});

test('an issue that no form made, or that was closed before any run, is no request', () => {
  expect(ran(opened('Hello.\n\n### Service\n\nx')).phase).toBeUndefined();
  expect(ran(closed(change)).phase).toBeUndefined();
});
