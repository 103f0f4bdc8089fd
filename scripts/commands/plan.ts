/** `rota plan`: shows what `rota apply` would change. */
import type { Command } from 'commander';
import type { CommandAction } from '../invocation.ts';
import { addPagerDutyOptions, type PagerDutyOptions, runPagerDuty } from '../pagerduty.ts';
import { slackService } from '../slack.ts';
import { postsService } from '../slack-posts.ts';
import { addStateService } from '../states.ts';
import { zendeskService } from '../zendesk-groups.ts';

export function addPlan(command: Command, action: CommandAction): void {
  addPagerDutyOptions(
    command
      .command('pagerduty')
      .description('show what would change in PagerDuty; a read-only key in PAGERDUTY_API_KEY is enough')
      .option('--expect-no-changes', 'exit with status 1 when somebody changed PagerDuty'),
  ).action(action((invocation, options: PagerDutyOptions) => runPagerDuty(invocation, options, 'plan')));
  addStateService(command, 'plan', slackService, action);
  addStateService(command, 'plan', zendeskService, action);
  addStateService(command, 'plan', postsService, action);
}
