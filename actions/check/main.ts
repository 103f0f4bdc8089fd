/** Entry of the action `check`: context, inputs and clock in, one call, exit status out. */
import { core } from '#github';
import { gitCredentials, readContext } from '../lib/github/context.ts';
import { exitStatusOf } from '../lib/github/log.ts';
import { checkPullRequest } from '../lib/programs/check-pull-request.ts';

process.exitCode = await exitStatusOf(async () => {
  const context = readContext(process.env, Date.now());
  // A base that is not checked out is fetched with the token, which the checkout does not keep.
  Object.assign(process.env, gitCredentials(context));
  return checkPullRequest(context, core.getInput('base'), Date.now);
});
