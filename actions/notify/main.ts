/** Entry of the action `notify`: context, inputs, secrets and clock in, one call, exit status out. */
import { setTimeout as pause } from 'node:timers/promises';
import { core } from '#github';
import { gitCredentials, readContext } from '../lib/github/context.ts';
import { exitStatusOf } from '../lib/github/log.ts';
import { hiddenWords, NOTIFY_SECRETS, type NotifySecrets } from '../lib/programs/notify-inputs.ts';
import { runNotifyJob } from '../lib/programs/notify-job.ts';

process.exitCode = await exitStatusOf(() => {
  const secrets = Object.fromEntries(
    NOTIFY_SECRETS.map((it) => [it, process.env[it] ?? '']),
  ) as NotifySecrets;
  for (const word of Object.values(secrets).flatMap(hiddenWords)) core.setSecret(word);
  const context = readContext(process.env, Date.now());
  const startedAt = performance.now();
  // What is compared with the tip, and commits that are not checked out, are fetched with the token.
  Object.assign(process.env, gitCredentials(context));
  return runNotifyJob(
    context,
    {
      mode: core.getInput('mode'),
      parts: core.getInput('parts'),
      allow: core.getInput('allow'),
      mostWrites: core.getInput('most-writes'),
      approved: core.getInput('approved'),
      slackApi: core.getInput('slack-api'),
      zendeskSubdomain: core.getInput('zendesk-subdomain'),
      zendeskApi: core.getInput('zendesk-api'),
      secrets,
    },
    {
      clock: () => context.now + Math.round(performance.now() - startedAt),
      wait: (ms) => pause(ms),
      patienceMs: 1000,
    },
  );
});
