/** `rota apply`: changes an outside system as its plan says. */
import type { Command } from 'commander';
import type { Action } from '../invocation.ts';
import { addPagerDutyOptions, type PagerDutyOptions, runPagerDuty } from '../pagerduty.ts';

export function addApply(command: Command, action: Action): void {
  addPagerDutyOptions(
    command
      .command('pagerduty')
      .description('changes PagerDuty as the plan says, reads it back, and compares minute for minute')
      .option('--audit <file>', 'where to write what was done, as JSON without personal data'),
  ).action(action((invocation, options: PagerDutyOptions) => runPagerDuty(invocation, options, 'apply')));
}
