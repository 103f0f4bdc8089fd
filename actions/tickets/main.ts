/** Entry of the action `tickets`: context, inputs, key and clock in, one call, exit status out. */
import { core } from '#github';
import { readContext } from '../lib/github/context.ts';
import { exitStatusOf, logError, logInfo, writeSummary } from '../lib/github/log.ts';
import { processTickets } from '../lib/programs/process-tickets.ts';

process.exitCode = await exitStatusOf(() => {
  const key = process.env.PAGERDUTY_EVENTS_KEY ?? '';
  if (key !== '') core.setSecret(key);
  const context = readContext(process.env, Date.now());
  const pager = { key, api: core.getInput('events-api'), serviceRegion: core.getInput('service-region') };
  return processTickets(context, pager, { info: logInfo, error: logError, summary: writeSummary });
});
