/**
 * The state machine of requests with GitHub reduced to values: a world has an issue, its comments and the last pull
 * request; events change it, and a run reconciles it. Everything is immutable. Asserts nothing.
 */
import { load } from '../../actions/lib/load/load.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { applyCommands, loginsToLookUp } from '../../actions/lib/requests/commands.ts';
import type {
  IssueComment,
  RequestContext,
  RequestIssue,
  RequestPull,
} from '../../actions/lib/requests/facts.ts';
import { requestComment } from '../../actions/lib/requests/issue-comment.ts';
import { labelFor } from '../../actions/lib/requests/labels.ts';
import type { Phase } from '../../actions/lib/requests/phase.ts';
import { type Case, readIssue } from '../../actions/lib/requests/read-issue.ts';
import {
  branchToRead,
  type RequestAction,
  type RequestOutcome,
  reconcile,
} from '../../actions/lib/requests/reconcile.ts';
import { decidersOf } from '../../actions/lib/requests/request.ts';
import { at, texts } from '../handbook.ts';
import { changeBody, swapBody } from './bodies.ts';

/** A team that is on call outside working hours; Lee leads it, Zoe leads another, Max is in no team. */
const HANDBOOK = texts(`
== rotas/people.yaml
people:
  ana: {name: Ana, github: ana-h, on_call_since: 2026-01-01}
  ben: {name: Ben, github: ben-h, on_call_since: 2026-01-01}
  lee: {name: Lee, github: lee-h}
  zoe: {name: Zoe, github: zoe-h}
== rotas/ops/team.yaml
name: Ops
leads: [lee]
channel: "#ops"
== rotas/web/team.yaml
name: Web
leads: [zoe]
channel: "#web"
== rotas/ops/on-call.yaml
name: On call
timezone: Europe/London
hours: ops
covers: [on-call]
handover: {day: monday, time: "09:00"}
roles:
  primary:
    needs: {on_call: true}
    rotation: [{first_turn: 2026-09-07, people: [ana, ben]}]
== policies/support-hours/ops.yaml
name: Ops
timezone: Europe/London
holidays: none
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  on-call: {outside: [in-hours]}
== policies/holidays/none.yaml
name: None
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {}
== policies/service-levels/ops.yaml
name: Ops
hours: ops
priorities:
  P1:
    name: Incident
    in_hours: {respond: 30 minutes}
    out_of_hours: {respond: 30 minutes}
clock: {in-hours: in_hours, on-call: out_of_hours}
== policies/escalation/ops.yaml
name: Ops
applies_in: [on-call]
levels:
  - notify: [ops/on-call/primary]
== policies/services.yaml
services:
  router: {name: Router, team: ops, service_level: ops, escalation: {on-call: ops}}
== policies/notice.yaml
rota_change: {minimum: 7 days, recommended: 14 days}
out_of_hours_change: {minimum: 48 hours}
emergency: {label: emergency-cover, approved_by: team-leads}
`);

export const CHANGE_77 = changeBody({ Service: 'Router (router)' });
export const SWAP_77 = swapBody({
  'Rota and role': 'ops/on-call/primary',
  'My turn': '2027-03-08',
  'Their turn': '2027-03-01',
  'With whom': 'Ben (ben)',
});

const SELF = 'github-actions[bot]';

export interface World {
  readonly now: number;
  readonly files: ReadonlyMap<string, string>;
  readonly issue: RequestIssue;
  readonly comments: readonly IssueComment[];
  readonly pull: (RequestPull & { readonly files: ReadonlyMap<string, string> }) | undefined;
  /** Whether the last event opened the issue again, until a run has processed it. */
  readonly isReopened: boolean;
  /** Logins with write access. */
  readonly writers: readonly string[];
  /** The outcome of the last run. */
  readonly phase: Phase['kind'] | undefined;
  readonly label: string | undefined;
  /** Every action carried out, oldest first. */
  readonly done: readonly string[];
}

const START = at('2027-01-03T12:00:00Z');
const MINUTE = 60_000;

/** A world in which an issue was opened a moment ago and nothing has run. */
export const opened = (body: string, author = 'ana-h'): World => ({
  now: START,
  files: HANDBOOK,
  issue: {
    ...{
      number: 77,
      nodeId: 'I_77',
      url: 'https://github.com/a/b/issues/77',
      body,
      author,
      labels: [],
      state: 'open',
    },
    ...{ createdAt: START, lastEditedAt: undefined },
  },
  comments: [],
  pull: undefined,
  isReopened: false,
  writers: ['ana-h', 'ben-h', 'lee-h', 'zoe-h', 'max-h'],
  phase: undefined,
  label: undefined,
  done: [],
});

/** The same world after some time, by default a minute. */
export const later = (world: World, until = world.now + MINUTE): World => ({
  ...world,
  now: until,
  isReopened: false,
});

export function commented(
  world: World,
  author: string,
  body: string,
  given: Partial<IssueComment> = {},
): World {
  const next = later(world);
  const { now: createdAt } = next;
  const id = 1000 + world.comments.length;
  const comment: IssueComment = {
    id,
    author,
    body,
    createdAt,
    updatedAt: createdAt,
    isBot: false,
    nodeId: `C_${id}`,
    editedBy: 'nobody',
    ...given,
  };
  return { ...next, comments: [...world.comments, comment] };
}

export function edited(world: World, body: string): World {
  const next = later(world);
  return { ...next, issue: { ...world.issue, body, lastEditedAt: next.now } };
}

export const closed = (world: World): World => ({
  ...later(world),
  issue: { ...world.issue, state: 'closed' },
});
export const reopened = (world: World): World => ({
  ...later(world),
  issue: { ...world.issue, state: 'open' },
  isReopened: true,
});

/** The world after somebody merges or closes the pull request; undefined if none is open. */
export function pulled(world: World, state: 'merged' | 'closed'): World | undefined {
  const { pull } = world;
  if (pull?.state !== 'open') return undefined;
  const files = state === 'merged' ? pull.files : world.files;
  return { ...later(world), files, pull: { ...pull, state, isClosedByOther: state === 'closed' } };
}

const handbooks = new WeakMap<ReadonlyMap<string, string>, Handbook>();

/** Loaded once for all worlds with the same files. */
function handbookOf(files: ReadonlyMap<string, string>): Handbook {
  const handbook = handbooks.get(files) ?? load({ texts: files, findings: [] }).handbook;
  handbooks.set(files, handbook);
  return handbook;
}

/** The context of every run of a world. */
export const contextOf = ({ files, now }: World): RequestContext => ({
  texts: { texts: files, findings: [] },
  handbook: handbookOf(files),
  folder: '.',
  commit: '0'.repeat(40),
  base: 'main',
  now,
  self: SELF,
});

/** A request whose new commands are applied, and the reply; undefined for an issue that is no request. */
export function decidedIn(
  world: World,
): { readonly at: Case; readonly reply: string | undefined } | undefined {
  const context = contextOf(world);
  const at = readIssue(context, world);
  if (at === undefined) return undefined;
  const writers = loginsToLookUp(context, at).filter((login) => world.writers.includes(login));
  const { state, verdict, reply } = applyCommands(context, at, new Set(writers));
  return { at: { ...at, state, verdict }, reply };
}

/** The world after one run of the machine. */
export function ran(world: World): World {
  const context = contextOf(world);
  const decided = decidedIn(world);
  if (decided === undefined) return { ...world, phase: undefined };
  const { at, reply } = decided;
  const { verdict, state } = at;
  const pull = branchToRead(context, at) === undefined ? undefined : world.pull;
  const outcome = reconcile(context, at, pull);
  const after = carriedOut(world, outcome);
  const phase: Phase =
    outcome.kind === 'reach'
      ? outcome.phase
      : { kind: 'proposed', pull: after.pull?.number ?? 0, refused: [] };
  const { handbook } = context;
  const deciders = decidersOf(context, at);
  const { now } = world;
  const recorded = phase.kind === 'proposed' ? { ...state, proposed: phase.pull } : state;
  const shown = kept(after, requestComment({ handbook, now, verdict, phase, state: recorded, deciders }));
  const isNew = reply !== undefined && !shown.done.includes('reply');
  const label = labelFor(verdict, phase)?.name;
  return {
    ...{ ...shown, isReopened: false, phase: phase.kind, label },
    done: isNew ? [...shown.done, 'reply'] : shown.done,
  };
}

function carriedOut(world: World, outcome: RequestOutcome): World {
  if (outcome.kind === 'propose') {
    const { body, edited } = outcome.desired;
    const isOpen = world.pull?.state === 'open';
    const isSame = isOpen && world.pull?.body === body;
    const number = isOpen ? (world.pull?.number ?? 0) : (world.pull?.number ?? 77) + 1;
    const pull = { number, state: 'open', body, isClosedByOther: false, files: edited.texts } as const;
    return {
      ...world,
      pull,
      done: isSame ? world.done : [...world.done, `${isOpen ? 'update' : 'open'} #${number}`],
    };
  }
  let after = world;
  for (const action of outcome.actions) after = acted(after, action);
  return after;
}

function acted(world: World, action: RequestAction): World {
  const done = [...world.done, action.kind];
  switch (action.kind) {
    case 'drop-pull':
      return world.pull === undefined ? world : { ...world, done, pull: { ...world.pull, state: 'closed' } };
    case 'close-issue':
      return { ...world, done, issue: { ...world.issue, state: 'closed' } };
    // Posted and set once, however often it is requested.
    case 'block-pull':
    case 'post-question':
      return world.done.includes(action.kind) ? world : { ...world, done };
  }
}

/** Our comment, created or edited at the end of a run. */
function kept(world: World, body: string): World {
  const own = world.comments.find(({ author }) => author === SELF);
  if (own?.body === body) return world;
  const times = { createdAt: own?.createdAt ?? world.now, updatedAt: world.now };
  const id = own?.id ?? 900;
  const made: IssueComment = {
    id,
    nodeId: `C_${id}`,
    author: SELF,
    isBot: true,
    body,
    editedBy: 'author',
    ...times,
  };
  const others = world.comments.filter((it) => it !== own);
  return { ...world, comments: [made, ...others], done: [...world.done, 'comment'] };
}

/** The visible text of our comment. */
export const shownIn = ({ comments }: World): string =>
  comments.find(({ author }) => author === SELF)?.body ?? '';
