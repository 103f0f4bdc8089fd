/**
 * A PagerDuty account as people set it up for a handbook: with everybody in it, and schedules that fall back to the
 * inbox.
 */
import type { Handbook } from '../../actions/lib/model.ts';
import type { Written, WrittenLayer } from './state.ts';

/** Who is on call without an override. */
const INBOX = 'PINBOX1';

const layer: WrittenLayer = {
  virtualStart: '2026-01-07T10:00:00Z',
  turnSeconds: 604_800,
  users: [INBOX],
};

/**
 * Users for all people and contacts, a schedule for every role, a policy for every chain and a service for every service
 * that names one; each service has the policy of its first window. The schedules with the given ids are shift-based and
 * empty, so nobody is on call by them without a shift.
 */
export function accountFor(
  { people, contacts, rotas, escalations, services: supported }: Handbook,
  shiftBased: readonly string[] = [],
): Written {
  const users = [...people.values(), ...contacts.values()].flatMap(({ pagerduty, name }) =>
    pagerduty === undefined ? [] : [{ id: pagerduty, name }],
  );
  const roles = [...rotas.values()].flatMap((rota) =>
    [...rota.roles.values()].flatMap(({ id, schedule }) =>
      schedule === undefined
        ? []
        : [
            {
              id: schedule,
              name: `${rota.id} ${id}`,
              timeZone: rota.zone.name,
              ...(shiftBased.includes(schedule) ? { kind: 'v3' as const } : { layers: [layer] }),
            },
          ],
    ),
  );
  const policies = [...escalations.values()].flatMap(({ id, policy }) =>
    policy === undefined
      ? []
      : [{ id: policy, name: id, rules: [{ targets: [{ id: INBOX, type: 'user_reference' as const }] }] }],
  );
  const all = users.some(({ id }) => id === INBOX) ? users : [...users, { id: INBOX, name: 'The inbox' }];
  const services = [...supported.values()].flatMap(({ name, pagerduty, escalation }) => {
    const policy = [...escalation.values()].flatMap((chain) => escalations.get(chain)?.policy ?? [])[0];
    return pagerduty === undefined || policy === undefined ? [] : [{ id: pagerduty, name, policy }];
  });
  return { users: all, schedules: roles, policies, services };
}
