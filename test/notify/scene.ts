/**
 * A small handbook, in git and on loopback stand-ins of GitHub, Slack and Zendesk, whose clocks go together. A swap of
 * two people with two delivery leads is opened as a pull request and merged. Asserts nothing.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHub, startGitHub } from '../github/github.ts';
import { aHandbook, at, texts } from '../handbook.ts';
import { fill, git } from '../process.ts';
import { type SlackStandIn, startSlack, type Workspace } from '../slack/stand-in.ts';
import type { GroupSettings } from '../zendesk/groups.ts';
import { startZendesk, type ZendeskStandIn } from '../zendesk/stand-in.ts';

/** Tuesday in London. On Friday, Amara hands over to Ben, unless Dee has taken his turn. */
const TUESDAY = '2026-09-08T08:00:00Z';

export const GROUP = 360_001;
/** The default group of everybody. */
const HOME = 360_009;
export const [AMARA, BEN, CHI, DEE] = [9001, 9002, 9003, 9004];

const PEOPLE = {
  amara: `name: Amara Osei, github: amara-osei, slack: U0AMARA, zendesk: ${AMARA}, delivery_lead: nia`,
  ben: `name: Ben Adeyemi, github: ben-adeyemi, slack: U0BEN, zendesk: ${BEN}, delivery_lead: nia`,
  chi: `name: Chi Wong, github: chi-wong, slack: U0CHI, zendesk: ${CHI}, email: canary-chi@example.org, delivery_lead: omar`,
  dee: `name: Dee Novak, github: dee-novak, slack: U0DEE, zendesk: ${DEE}, email: canary-dee@example.org, delivery_lead: omar`,
  nia: 'name: Nia Rhys, github: nia-rhys, slack: U0NIA',
  omar: 'name: Omar Haddad, github: omar-haddad, slack: U0OMAR',
};

export const TEAM = `name: PaaS
slack:
  channel: C0PAAS
  topic: "On support: {paas/support/engineer}"
  user_groups: {S0SUPPORT: [paas/support/engineer]}
  hand_over: {before: 15 minutes}
  news: true
zendesk:
  groups:
    ${GROUP}: {roles: [paas/support/engineer], removes: true}
checklists:
  start: [Read all tickets]
  end: [Push unfinished branches]
`;

export const ROTA_FILE = 'rotas/paas/support.yaml';

/** Turns begin on Mondays and Fridays. */
const ROTA = `name: Support
timezone: Europe/London
handover:
  - {day: monday, time: "10:00"}
  - {day: friday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-07, people: [amara, ben, chi, dee]}
`;

/** What the handbook begins with, but for what a test says otherwise. */
export interface Given {
  readonly messages?: string;
  readonly team?: string;
  readonly people?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** The files of another handbook, and what is in Slack and Zendesk for it. */
  readonly other?: {
    readonly files: ReadonlyMap<string, string>;
    readonly workspace: Workspace;
    readonly groups: GroupSettings;
  };
}

export interface Scene {
  /** A checkout that is its own origin. */
  readonly root: string;
  readonly github: GitHub;
  readonly slack: SlackStandIn;
  readonly zendesk: ZendeskStandIn;
  /** The time on every clock. */
  readonly now: () => string;
  readonly goTo: (time: string) => Promise<void>;
  /** Commits everything to the default branch, with no pull request; its commit. */
  readonly push: (files?: Readonly<Record<string, string>>) => string;
  /** Opens a pull request with what is in the folder and merges it. */
  readonly merge: (number: number, files?: Readonly<Record<string, string>>) => void;
  /** The commits of the default branch, oldest first. */
  readonly commits: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Everything is as if the handbook had just been written: nothing was applied yet. */
export async function startScene({
  messages = '',
  team = TEAM,
  people = {},
  files = {},
  other,
}: Given = {}): Promise<Scene> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rota-notify-')));
  const text = aHandbook({
    people: { ...PEOPLE, ...people },
    policies: messages === '' ? {} : { messages },
    rotas: { 'paas/team': team, 'paas/support': ROTA },
  });
  fill(root, other?.files ?? new Map([...texts(text), ...Object.entries(files)]));
  const peers = await startPeers(other?.workspace ?? WORKSPACE, other?.groups ?? ACCOUNT);
  let now = TUESDAY;
  const commits: string[] = [];
  const push: Scene['push'] = (changed = {}) => {
    fill(root, new Map(Object.entries(changed)));
    git(root, now, 'add', '-A');
    git(root, now, 'commit', '-q', '--allow-empty', '-m', `Commit ${commits.length}`);
    const commit = git(root, now, 'rev-parse', 'HEAD').trim();
    commits.push(commit);
    peers.github.state.git.refs.set('heads/main', commit);
    return commit;
  };
  git(root, now, 'init', '-q', '-b', 'main');
  git(root, now, 'remote', 'add', 'origin', root);
  push();
  return {
    ...{ root, ...peers, commits, push, now: () => now },
    goTo: async (time) => {
      await peers.slack.wait(at(time) - at(now));
      now = time;
      peers.github.state.now = time;
    },
    merge: (number, changed) => {
      const base = { sha: commits.at(-1) ?? '', ref: 'main' };
      const commit = push(changed);
      peers.github.open({
        ...{ number, base, head: { ref: `swap-${number}` }, state: 'closed' },
        ...{ title: 'Swap', merged_at: now, merge_commit_sha: commit },
      });
    },
    stop: async () => {
      await Promise.all([peers.github.stop(), peers.slack.stop(), peers.zendesk.stop()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const WORKSPACE: Workspace = {
  users: Object.fromEntries(
    ['AMARA', 'BEN', 'CHI', 'DEE', 'NIA', 'OMAR'].map((it) => [`U0${it}`, 'active' as const]),
  ),
  groups: { S0SUPPORT: { handle: 'support', users: ['U0CHI'] } },
  channels: { C0PAAS: { topic: 'Welcome' } },
};

const AGENTS = [AMARA, BEN, CHI, DEE];
const ACCOUNT: GroupSettings = {
  users: AGENTS.map((id) => ({ id, home: HOME })),
  members: { [GROUP]: [AMARA], [HOME]: AGENTS },
  tickets: [{ group: GROUP, assignee: AMARA, status: 'open' }],
};

async function startPeers(workspace: Workspace, groups: GroupSettings) {
  const logins = ['amara-osei', 'ben-adeyemi', 'chi-wong', 'dee-novak'];
  const github = await startGitHub({
    now: TUESDAY,
    permissions: Object.fromEntries(logins.map((login) => [login, 'write' as const])),
  });
  const slack = await startSlack({ ...workspace, now: at(TUESDAY) });
  return { github, slack, zendesk: await startZendesk({ groups }) };
}

/** Dee takes Chi's turn of Monday 14 September, and Chi hers of the Friday after. */
export const NEXT_SWAPPED = `${ROTA}overrides:
  - {role: engineer, turn: 2026-09-14, person: dee, instead_of: chi, reason: swap}
  - {role: engineer, turn: 2026-09-18, person: chi, instead_of: dee, reason: swap}
`;

/** Dee takes Ben's turn of Friday 11 September, and Ben hers a week later. */
export const SWAPPED = `${ROTA}overrides:
  - {role: engineer, turn: 2026-09-11, person: dee, instead_of: ben, reason: swap}
  - {role: engineer, turn: 2026-09-18, person: ben, instead_of: dee, reason: swap}
`;

/** The requests to each peer, and how many of them write. */
export interface Traffic {
  readonly requests: Readonly<Record<'GitHub' | 'Slack' | 'Zendesk', number>>;
  readonly writes: Readonly<Record<'GitHub' | 'Slack' | 'Zendesk', number>>;
}

/** Those since the start. */
export function trafficOf({ github, slack, zendesk }: Pick<Scene, 'github' | 'slack' | 'zendesk'>): Traffic {
  const written = github.requests.filter((it) => it.method !== 'GET' && it.operation !== 'graphql');
  return {
    requests: {
      GitHub: github.requests.length,
      Slack: slack.requests.length,
      Zendesk: zendesk.requests.length,
    },
    writes: { GitHub: written.length, Slack: slack.writes.length, Zendesk: zendesk.writes.length },
  };
}

/** Those between two times. */
export function trafficSince(before: Traffic, after: Traffic): Traffic {
  const less = (one: Traffic['requests'], other: Traffic['requests']) => ({
    GitHub: one.GitHub - other.GitHub,
    Slack: one.Slack - other.Slack,
    Zendesk: one.Zendesk - other.Zendesk,
  });
  return {
    requests: less(after.requests, before.requests),
    writes: less(after.writes, before.writes),
  };
}

/** What a client did to a peer that it must never do. */
export const violationsOf = ({ github, slack, zendesk }: Scene): readonly string[] => [
  ...github.violations,
  ...slack.violations,
  ...zendesk.violations,
];
