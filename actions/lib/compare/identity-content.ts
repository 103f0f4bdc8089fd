/**
 * What is behind the names in a change of identity: an approval of "the chain nights calls Ben" is of the chain as it
 * was then, and of the services that used it. Digests of digests, so that a long list behind many services is read
 * once. It depends on the handbook only, not on the time, so that an approval lasts. Pure.
 */
import {
  type Escalation,
  type Handbook,
  type Hours,
  type Notified,
  type RoleRef,
  roleOf,
  roleText,
  type Window,
} from '../model.ts';
import { wholeDigestOf } from '../text/digest.ts';
import { ownersIn } from './account-owners.ts';
import { targetsOf } from './chain-targets.ts';
import type { IdentityChange } from './identity-change.ts';
import { rolesFilling, servicesByRole } from './role-services.ts';

/** Changes of identity, each with a digest of what is behind its names in the head. */
export function withContent(changes: readonly IdentityChange[], head: Handbook): readonly IdentityChange[] {
  const contents = contentsOf(head);
  return changes.map((change) => ({ ...change, content: contents[change.kind](change) }));
}

export type Digests = (id: string) => string;

/** For each service of a handbook, a digest of whom it calls by which chain, and when: its chains and support hours. */
export function callDigests(handbook: Handbook): Digests {
  const chain = chainDigests(handbook);
  const hours = hoursOf(handbook, listsOf(handbook));
  const offDuty = offDutyDigests(handbook, onDutyOf(handbook, hours));
  return (id) => {
    const { escalation, serviceLevel, pagerduty } = handbook.services.get(id) ?? {};
    const called = [...(escalation ?? [])].map(([window, it]) => [window, chain(it), offDuty(it)]);
    const own = hours(handbook.serviceLevels.get(serviceLevel ?? '')?.hours ?? '');
    // Where PagerDuty knows the service, a chain stays in force until the next.
    return wholeDigestOf([called, own, pagerduty !== undefined]);
  };
}

/**
 * The services that call a role, or the schedule that it fills, each with a digest of whom it calls by which chain,
 * and when: whoever holds a role without cover may be called.
 */
export function servicesCalling(handbook: Handbook, role: string): readonly (readonly [string, string])[] {
  const known = callers.get(handbook) ?? new Map<string, readonly (readonly [string, string])[]>();
  callers.set(handbook, known);
  const contentOf = digestsOf.get(handbook) ?? callDigests(handbook);
  digestsOf.set(handbook, contentOf);
  const own = known.get(role) ?? (servicesByRole(handbook).get(role) ?? []).map((id) => [id, contentOf(id)]);
  known.set(role, own);
  return own;
}

/** By handbook, because many changes ask. */
const callers = new WeakMap<Handbook, Map<string, readonly (readonly [string, string])[]>>();
const digestsOf = new WeakMap<Handbook, Digests>();

/** For each kind of identity, what decides who is called, known or asked, apart from what the change itself says. */
function contentsOf(
  head: Handbook,
): Readonly<Record<IdentityChange['kind'], (it: IdentityChange) => string>> {
  const { people, contacts, teams, rotas, changes, services } = head;
  const chain = chainDigests(head);
  const list = listsOf(head);
  const hours = hoursOf(head, list);
  const servicesBy = (keysOf: (service: string) => readonly string[]) => {
    const found = new Map<string, string[]>();
    for (const id of services.keys())
      for (const key of new Set(keysOf(id))) {
        const own = found.get(key) ?? [];
        found.set(key, own);
        own.push(id);
      }
    return found;
  };
  const leads: Digests = known((team) =>
    wholeDigestOf((teams.get(team)?.leads ?? []).map((lead) => [lead, people.get(lead)?.github ?? null])),
  );
  const hoursId = (service: string) =>
    head.serviceLevels.get(services.get(service)?.serviceLevel ?? '')?.hours ?? '';
  const service: Digests = known((id) => {
    const { team, escalation, pagerduty } = services.get(id) ?? {};
    const called = [...(escalation ?? [])].map(([window, it]) => [window, it, chain(it)]);
    return wholeDigestOf([
      team ?? null,
      leads(team ?? ''),
      called,
      hours(hoursId(id)),
      pagerduty !== undefined,
    ]);
  });
  const users = (by: () => ReadonlyMap<string, readonly string[]>): Digests => {
    let all: ReturnType<typeof by> | undefined;
    return known((id) => {
      all ??= by();
      return wholeDigestOf((all.get(id) ?? []).map((it) => [it, service(it)]));
    });
  };
  const chainUsers = users(() => servicesBy((id) => [...(services.get(id)?.escalation.values() ?? [])]));
  const listUsers = users(() => servicesBy((id) => listsIn(head.hours.get(hoursId(id)))));
  // Nothing keeps a contact from having the id of a person, so that both are behind it.
  const knownAs = (id: string) => {
    const [person, contact] = [people.get(id), contacts.get(id)];
    const asked = people.get(person?.deliveryLead ?? '')?.github ?? null;
    const own = [person, contact].map(
      (it) => it && [it.name, it.email ?? null, it.reach, it.pagerduty ?? null],
    );
    return wholeDigestOf([own.map((it) => it ?? null), person?.github ?? null, asked]);
  };
  const contactUsers: Digests = known((id) => {
    const calls = [...head.escalations.values()].filter(({ levels }) =>
      levels.some(({ notify }) => notify.some((it) => it.kind === 'contact' && it.contact === id)),
    );
    const roles = reachingOffDuty(head).get(id) ?? [];
    return wholeDigestOf([
      calls.map((it) => [it.id, chain(it.id), chainUsers(it.id)]),
      roles.map((it) => [it, reachOf(it)]),
    ]);
  });
  const filling = rolesFilling(head);
  const onDuty = onDutyOf(head, hours);
  /** When the schedule of a role is off duty, and what calls it. */
  const reachOf: Digests = known((role) =>
    wholeDigestOf([
      filling(roleOf(role)).map((it) => [it.rota, it.role, onDuty(it.rota)]),
      servicesCalling(head, role),
    ]),
  );
  const planned: Digests = (id) => {
    const { service: called = null, startAt = null, endAt = null, assigned = [] } = changes.get(id) ?? {};
    const who = assigned.map(({ role, person }) => [role, person, people.get(person)?.pagerduty ?? null]);
    return wholeDigestOf([called, service(called ?? ''), startAt, endAt, who]);
  };
  return {
    person: ({ id }) => knownAs(id),
    'known-as': ({ id }) => knownAs(id),
    contact: ({ id }) => wholeDigestOf([knownAs(id), contactUsers(id)]),
    leads: ({ id }) => leads(id),
    named: ({ id }) => leads(rotas.get(id)?.team ?? ''),
    chain: ({ id }) => wholeDigestOf([chain(id), chainUsers(id)]),
    service: ({ id }) => service(id),
    holidays: ({ id }) => wholeDigestOf([list(id), listUsers(id)]),
    'planned-change': ({ id }) => planned(id),
    'time-off': ({ id }) =>
      wholeDigestOf([onDuty(id), head.timeOff.terms.map(({ firstOn, inHours }) => [firstOn, inHours])]),
    schedule: ({ id, keys }) =>
      wholeDigestOf([
        keys.map(({ after }) => [after ?? null, contactUsers(after ?? ''), knownAs(after ?? '')]),
        reachOf(id),
      ]),
    // Their keys say everything.
    group: () => '',
    policy: () => '',
  };
}

/** When a rota is on duty. */
const onDutyOf = ({ rotas }: Handbook, hours: Digests): Digests =>
  known((rota) => {
    const { zone, terms = [] } = rotas.get(rota) ?? {};
    const parts = terms.map((it) => [it.firstOn, it.covers ?? null, it.hours ?? null, hours(it.hours ?? '')]);
    return wholeDigestOf([zone?.name ?? null, parts]);
  });

/** For each chain, a digest of when the schedules that it calls reach a contact, because nobody is on duty. */
function offDutyDigests({ escalations, rotas }: Handbook, onDuty: Digests): Digests {
  const filling = rolesFilling({ rotas });
  const times = (it: Notified): unknown => {
    const roles = it.kind === 'role' ? filling(it.role) : [];
    const isReached = roles.some((at) => rotas.get(at.rota)?.roles.get(at.role)?.offDuty !== undefined);
    return isReached ? roles.map(({ rota }) => onDuty(rota)).toSorted() : null;
  };
  return known((id) => wholeDigestOf(targetsOf(escalations.get(id)).map(times)));
}

/** By contact, the roles that reach it off duty. */
const reachingOffDuty = ({ rotas }: Handbook): ReadonlyMap<string | undefined, readonly string[]> => {
  const roles = [...rotas.values()].flatMap(({ id: rota, roles }) =>
    [...roles.values()].map(({ id: role, offDuty }) => ({ offDuty, id: roleText({ rota, role }) })),
  );
  const all = Map.groupBy(roles, ({ offDuty }) => offDuty);
  return new Map([...all].map(([contact, own]) => [contact, own.map(({ id }) => id)]));
};

/** The same digests, each computed once. */
function known(compute: Digests): Digests {
  const all = new Map<string, string>();
  return (id) => {
    const digest = all.get(id) ?? compute(id);
    all.set(id, digest);
    return digest;
  };
}

/**
 * For each chain, a digest of whom it calls, with which accounts, who else has these, and through which schedules,
 * when and for what. It does not say when a role is held or off duty.
 */
export function chainDigests(handbook: Handbook): Digests {
  const { escalations, people, contacts, rotas } = handbook;
  const filling = rolesFilling(handbook);
  const owners = ownersIn([handbook]);
  const inbox = (id: string) => {
    const { pagerduty } = contacts.get(id) ?? {};
    return [id, pagerduty ?? null, owners(pagerduty).toSorted()];
  };
  const wired = (ref: RoleRef) => {
    const { schedule = null, offDuty } = rotas.get(ref.rota)?.roles.get(ref.role) ?? {};
    return [ref.rota, ref.role, schedule, offDuty === undefined ? null : inbox(offDuty)];
  };
  const target = (it: Notified): unknown => {
    if (it.kind === 'role') {
      const [own, ...others] = filling(it.role).map(wired);
      return ['role', own, others.toSorted()];
    }
    if (it.kind === 'person') return ['person', it.person, people.get(it.person)?.pagerduty ?? null];
    return ['contact', inbox(it.contact), contacts.get(it.contact)?.reach ?? {}];
  };
  const level = ({ notify, escalateAfter, onlyFor, atOnceFor }: Escalation['levels'][number]) => [
    ...[notify.map(target), escalateAfter ?? null, onlyFor ?? null, atOnceFor],
  ];
  return known((id) => {
    const it = escalations.get(id);
    if (it === undefined) return '';
    return wholeDigestOf([it.levels.map(level), it.repeats, it.appliesIn, it.policy ?? null]);
  });
}

/** The days of a list of holidays, and whose they are. */
const listsOf = ({ holidays }: Handbook): Digests =>
  known((id) => {
    const it = holidays.get(id);
    return it === undefined
      ? ''
      : wholeDigestOf([it.zone?.name ?? null, it.fromOn, it.untilOn, [...it.days.keys()]]);
  });

const listsIn = (hours: Hours | undefined): readonly string[] =>
  hours?.terms.flatMap(({ holidays }) => holidays) ?? [];

/** In which window an instant lies. */
function hoursOf({ hours }: Handbook, list: Digests): Digests {
  const window = (it: Window): unknown => {
    if (it.kind === 'outside') return it.of;
    return it.stretches.map(({ days, from, to, zones }) => [
      ...[typeof days === 'string' ? days : [...days], from, to],
      ...[zones?.from.name ?? null, zones?.to.name ?? null],
    ]);
  };
  return known((id) => {
    const own = hours.get(id);
    if (own === undefined) return '';
    const terms = own.terms.map(({ firstOn, windows, workingDays, holidays }) => [
      ...[firstOn, [...windows].map(([name, it]) => [name, window(it)])],
      ...[[...workingDays], holidays.map((it) => [it, list(it)])],
    ]);
    return wholeDigestOf([own.zone.name, terms]);
  });
}
