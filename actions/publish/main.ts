/** Entry of the action `publish`: context, inputs and clock in, one call, exit status out. */
import { core } from '#github';
import { readContext } from '../lib/github/context.ts';
import { exitStatusOf } from '../lib/github/log.ts';
import { publishSite } from '../lib/programs/publish-site.ts';

process.exitCode = await exitStatusOf(() =>
  publishSite(readContext(process.env, Date.now()), {
    out: core.getInput('out'),
    previous: core.getInput('previous'),
  }),
);
