/** `rota apply`: makes an outside system match the handbook. */
import type { Command } from 'commander';
import type { CommandAction } from '../invocation.ts';
import { addPagerDutyOptions, type PagerDutyOptions, runPagerDuty } from '../pagerduty.ts';
import { slackService } from '../slack.ts';
import { postsService } from '../slack-posts.ts';
import { addStateService } from '../states.ts';
import { zendeskService } from '../zendesk-groups.ts';

export function addApply(command: Command, action: CommandAction): void {
  addPagerDutyOptions(
    command
      .command('pagerduty')
      .description('apply the plan to PagerDuty, read the result back, and compare it minute by minute')
      .option('--audit <file>', 'where to write the audit, as JSON without personal data'),
  ).action(action((invocation, options: PagerDutyOptions) => runPagerDuty(invocation, options, 'apply')));
  addStateService(command, 'apply', slackService, action);
  addStateService(command, 'apply', zendeskService, action);
  addStateService(command, 'apply', postsService, action);
}
