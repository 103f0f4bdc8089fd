/** Entry of the action `tickets`: context and clock in, one call, exit status out. */
import { readContext } from '../lib/github/context.ts';
import { exitStatusOf, logError, logInfo, writeSummary } from '../lib/github/log.ts';
import { processTickets } from '../lib/programs/process-tickets.ts';

const output = { info: logInfo, error: logError, summary: writeSummary };
process.exitCode = await exitStatusOf(() => processTickets(readContext(process.env, Date.now()), output));
