/**
 * What announcements of hand-overs are sent with: planned ahead inside Slack where there is the token of a bot, and by
 * webhooks otherwise, which can post while a run lasts and nothing else. What cannot be done is said.
 */
import { type Chat, WEBHOOK_SECRETS, type Webhooks } from '../drivers/webhook/access.ts';
import type { Handbook, Team } from '../model.ts';
import { plural } from '../text/plural.ts';

/** What there is to post with. */
export interface PostingMeans {
  readonly hasSlackToken: boolean;
  readonly webhooks: readonly Webhooks[];
}

/** The webhooks to use: with a token, the posts of Slack are planned ahead, and its webhook would repeat them. */
export const usedWebhooks = ({ hasSlackToken, webhooks }: PostingMeans): readonly Webhooks[] =>
  webhooks.filter(({ chat }) => !hasSlackToken || chat !== 'slack');

const NAMES: Readonly<Record<Chat, string>> = { slack: 'Slack', teams: 'Teams' };

const wantsPosts = ({ slack, teamsPosts }: Team, chat: Chat): boolean =>
  (chat === 'slack' ? slack?.handOver : teamsPosts) !== undefined;

/** What is switched off, and what webhooks cannot do; one sentence each, without anything of a secret. */
export const postingNotes = (handbook: Handbook, means: PostingMeans): readonly string[] =>
  (Object.keys(WEBHOOK_SECRETS) as Chat[]).flatMap((chat) => notesOn(handbook, means, chat));

function notesOn(
  { teams }: Handbook,
  { hasSlackToken, webhooks }: PostingMeans,
  chat: Chat,
): readonly string[] {
  const webhook = webhooks.find((it) => it.chat === chat);
  const [name, secret] = [NAMES[chat], WEBHOOK_SECRETS[chat]];
  if (chat === 'slack' && hasSlackToken)
    return webhook === undefined
      ? []
      : [`${secret} is not used for hand-overs, because SLACK_BOT_TOKEN is set`];
  const without = [...teams.values()].filter(
    (team) => wantsPosts(team, chat) && webhook?.of(team.id) === undefined,
  );
  const strangers = webhook?.teams.filter((id) => !teams.has(id)).length ?? 0;
  const remedy = chat === 'slack' ? `SLACK_BOT_TOKEN or ${secret}` : secret;
  return [
    ...(webhook === undefined ? [] : [`${secret} ${ONLY_POSTS[chat]}`]),
    ...(strangers === 0 ? [] : [`${plural(strangers, 'line')} of ${secret} name no team of the handbook`]),
    ...without.map(
      ({ id }) => `${id} wants posts of hand-overs in ${name}, and nothing can send them; set ${remedy}`,
    ),
  ];
}

const ONLY_POSTS: Readonly<Record<Chat, string>> = {
  slack:
    'can only post, and only while a run lasts; topics, user groups and posts at the exact time need SLACK_BOT_TOKEN',
  teams: 'can only post, and only while a run lasts',
};
