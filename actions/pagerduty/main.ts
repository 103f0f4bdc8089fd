/** Entry of the action `pagerduty`: context, inputs, key and clock in, one call, exit status out. */
import { core } from '#github';
import { connect } from '../lib/github/connection.ts';
import { gitCredentials, readContext } from '../lib/github/context.ts';
import { exitStatusOf } from '../lib/github/log.ts';
import { runPagerDutyJob } from '../lib/programs/pagerduty-job.ts';

process.exitCode = await exitStatusOf(async () => {
  const key = process.env.PAGERDUTY_API_KEY ?? '';
  if (key !== '') core.setSecret(key);
  const context = readContext(process.env, Date.now());
  const startedAt = performance.now();
  // A revision that is not checked out is fetched with the token, which the checkout does not keep.
  Object.assign(process.env, gitCredentials(context));
  return runPagerDutyJob(
    context,
    connect(context),
    {
      mode: core.getInput('mode'),
      key,
      api: core.getInput('api'),
      serviceRegion: core.getInput('service-region'),
      applied: core.getInput('applied'),
      environment: core.getInput('environment'),
      allow: core.getInput('allow'),
      triggeringActor: process.env.GITHUB_TRIGGERING_ACTOR ?? '',
      mostWrites: core.getInput('most-writes'),
      approved: core.getInput('approved'),
      audit: core.getInput('audit'),
    },
    () => context.now + Math.round(performance.now() - startedAt),
  );
});
