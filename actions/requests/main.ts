/** Entry of the action `requests`: context and clock in, one call, exit status out. */
import { readContext } from '../lib/github/context.ts';
import { exitStatusOf, logInfo } from '../lib/github/log.ts';
import { processRequests } from '../lib/programs/process-requests.ts';

process.exitCode = await exitStatusOf(() => processRequests(readContext(process.env, Date.now()), logInfo));
