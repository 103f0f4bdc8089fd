/** The posts that are planned ahead in Slack, for `rota plan posts` and `rota apply posts`. */
import { gitText } from '../actions/lib/git/git.ts';
import { slackClient } from './slack.ts';
import type { StateOptions, StateService } from './states.ts';

interface PostOptions extends StateOptions {
  readonly repository?: string;
}

export const postsService: StateService<PostOptions> = {
  name: 'posts',
  service: 'Slack',
  states: 'posts of hand-overs, planned for the next seven days,',
  variables: 'the token of a bot in SLACK_BOT_TOKEN',
  addOptions: (command) =>
    command.option(
      '--repository <name>',
      'the repository of the handbook, by which its posts are known; that in GITHUB_REPOSITORY by default',
    ),
  connect: async ({ api = '', repository }, invocation) => {
    const { environment, clock, root } = invocation;
    const name = repository ?? environment.GITHUB_REPOSITORY ?? '';
    if (!/^[\w.-]+\/[\w.-]+$/.test(name))
      throw new Error(
        'name the repository of the handbook with --repository owner/name, ' +
          'as posts that another one planned are left alone',
      );
    const { sourceName } = await import('../actions/lib/messages/post-reference.ts');
    const folder = gitText(root, ['rev-parse', '--show-prefix'])?.trim().replace(/\/$/, '') || '.';
    const source = sourceName(name, folder);
    const { postsDriver } = await import('../actions/lib/drivers/slack/posts-driver.ts');
    return postsDriver({ client: await slackClient(api, invocation), source, clock });
  },
};
