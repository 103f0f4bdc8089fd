/**
 * Gives services the policies that they are to have, one by one, and reads each back. A policy whose window begins
 * within the next minute is given when it does: until then it may reach nobody.
 */
import { type ApplyContext, ApplyStopped } from './apply-context.ts';
import type { ServicePlan } from './service-plan.ts';

/** A service that got another policy. */
export interface SwitchedService {
  readonly service: string;
  readonly counterpart: string;
  readonly policy: string;
}

/** How often a service is read back before the run stops. */
const MAX_ATTEMPTS = 3;

/** Switches every service that is to change now; the levels of all policies are as they are to be by then. */
export async function switchServices(
  plans: readonly ServicePlan[],
  { client, clock, wait, progress }: ApplyContext,
  done: SwitchedService[],
): Promise<void> {
  for (const { service, counterpart, change } of plans) {
    if (change === undefined) continue;
    progress(`switching ${service} to ${change.chain}`);
    await client.ready();
    const ahead = change.at - clock();
    if (ahead > 0) await wait(ahead);
    await client.assign(counterpart, change.policy);
    for (let attempt = 1; (await client.service(counterpart))?.policy !== change.policy; attempt++) {
      if (attempt >= MAX_ATTEMPTS) throw new ApplyStopped({ kind: 'service-differs', service, counterpart });
      await wait(1000 * attempt);
    }
    done.push({ service, counterpart, policy: change.policy });
  }
}
