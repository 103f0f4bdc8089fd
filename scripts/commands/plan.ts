/** `rota plan`: what an outside system would be changed by. */
import type { Command } from 'commander';
import type { Action } from '../invocation.ts';
import { addPagerDutyOptions, type PagerDutyOptions, runPagerDuty } from '../pagerduty.ts';

export function addPlan(command: Command, action: Action): void {
  addPagerDutyOptions(
    command
      .command('pagerduty')
      .description('what would change in PagerDuty; the key in PAGERDUTY_API_KEY need only read')
      .option('--expect-no-changes', 'end with status 1 when somebody changed PagerDuty'),
  ).action(action((invocation, options: PagerDutyOptions) => runPagerDuty(invocation, options, 'plan')));
}
