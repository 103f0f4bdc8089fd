// All means at once: posts of Slack are planned with a token and sent by its webhook without one, never both.
import { expect, test } from 'vitest';
import { webhooksIn } from '../../actions/lib/drivers/webhook/access.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { LedgerEntry, PostLedger } from '../../actions/lib/messages/post-ledger.ts';
import type { StateMode } from '../../actions/lib/programs/converge-states.ts';
import { planPosts } from '../../actions/lib/programs/plan-posts.ts';
import { announcedText } from '../../actions/lib/programs/webhook-posts.ts';
import { aHandbook, at, NIGHTS_ROTA, texts } from '../handbook.ts';
import { folder } from '../process.ts';
import { slackStandIn } from '../slack/stand-in.ts';
import { webhookStandIn } from '../webhook/stand-in.ts';

const POSTS = 'hand_over: {before: 1 hour}';
const FILES = texts(
  aHandbook({
    rotas: {
      'paas/team': `name: PaaS\nslack: {channel: C0PAAS, ${POSTS}}\nmicrosoft_teams: {${POSTS}}`,
      'paas/nights': NIGHTS_ROTA,
    },
  }),
);
/** A quarter of an hour before a hand-over; seven days later there is another one. */
const NOW = '2026-09-09T08:45:00Z';

async function desk() {
  const slack = await slackStandIn({ now: at(NOW), channels: { C0PAAS: { topic: '' } } });
  const hook = await webhookStandIn();
  const webhooks = webhooksIn({ SLACK_WEBHOOK: hook.of('slack'), TEAMS_WEBHOOK: hook.of('teams') });
  let entries: readonly LedgerEntry[] = [];
  const ledger: PostLedger = {
    read: async () => entries,
    write: async (next) => {
      entries = next;
    },
  };
  const run = async (mode: StateMode, hasToken: boolean) => {
    const lines: string[] = [];
    const outcome = await planPosts(
      load({ texts: FILES, findings: [] }).handbook,
      {
        ...{ mode, root: folder(FILES), now: slack.clock() },
        ...{ allow: ['not-the-tip'], mostWrites: 100, approved: undefined },
      },
      {
        ...{ slack: hasToken ? slack.client() : undefined, source: 'example/handbook', webhooks },
        ...{ ledger, clock: slack.clock },
      },
      {
        ...{ progress: () => {}, plan: () => {} },
        note: (text) => void lines.push(text),
        announced: (it) => void lines.push(announcedText(it)),
      },
    );
    const channels = hook.posts.map(({ channel }) => channel);
    return { kind: outcome?.kind, lines: lines.length, channels, planned: slack.state.scheduled.length };
  };
  return { slack, run };
}

test('with a token, Slack is planned ahead and its webhook not used', async () => {
  const { run } = await desk();
  expect(await run('plan', true)).toEqual({ kind: 'planned', lines: 2, channels: [], planned: 0 });
  const applied = { kind: 'applied', channels: ['teams'], planned: 1 };
  expect(await run('apply', true)).toEqual({ ...applied, lines: 3 });
  expect(await run('apply', true)).toEqual({ ...applied, lines: 2 });
});

test('without a token, both webhooks announce what is due, once', async () => {
  const { run } = await desk();
  const first = { kind: undefined, lines: 4, channels: ['slack', 'teams'], planned: 0 };
  expect(await run('apply', false)).toEqual(first);
  expect(await run('apply', false)).toEqual({ ...first, lines: 2 });
});
