/**
 * PagerDuty can represent everything that is sent to it: somebody without an account would be a gap in a schedule,
 * and two roles on one schedule would overwrite each other, unless they are never on duty at once (dxw, "On call
 * escalation": PagerDuty alerts the on-call engineer, then the second line). Concerns only roles with a schedule and
 * chains with a policy. Reported at the person without an id, at the second use of an id, or at the level that calls
 * somebody whom PagerDuty cannot call. The schema already enforces PagerDuty's limits on delays and repeats, and on
 * targets per level except for seats. Off duty, a schedule reaches one contact, or nobody; a service gets one policy
 * after another, so each of its chains needs one. The driver finds ids that PagerDuty does not have, and schedules that
 * cannot be written there, and reports them with the codes and messages defined here.
 */
import {
  childLocation,
  type Escalation,
  type Handbook,
  NOBODY_OFF_DUTY,
  offDutyLocation,
  type PathLocation,
  type Person,
  pagerdutyServiceLocation,
  roleText,
  type Service,
  scheduleLocation,
  writtenRole,
} from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { byPerson, coverOf, coversOf, OVERHANG, resolveOver } from '../../resolve/resolve.ts';
import { clip, type Interval, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import { heldTime, isAlwaysReached, isUnknown, servedWindows, usesByChain } from '../chains.ts';
import { seat, upcoming } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

/** What a PagerDuty id identifies, and its name in messages. */
const NOUNS = {
  schedule: 'schedule',
  policy: 'escalation policy',
  account: 'account',
  service: 'service',
} as const;

interface Codes {
  readonly 'shared-id': {
    readonly id: string;
    readonly noun: keyof typeof NOUNS;
    readonly other: string;
    readonly owner: string;
  };
  readonly 'no-account': FirstSpan & { readonly person: string; readonly role: string };
  readonly 'person-without-account': { readonly person: string };
  readonly 'contact-without-account': { readonly contact: string };
  readonly 'no-common-level': { readonly chain: string };
  readonly 'role-without-schedule': { readonly role: string; readonly seats?: number };
  /** How many a level has with the seats of its roles, and how many PagerDuty can call. */
  readonly 'too-many-targets': { readonly level: number; readonly targets: number; readonly most: number };
  readonly 'off-duty-without-schedule': { readonly role: string };
  /** Two roles on one schedule with different values of `off_duty`. */
  readonly 'off-duty-differs': {
    readonly schedule: string;
    readonly role: string;
    readonly offDuty: string;
    readonly other: string;
    readonly otherOffDuty: string;
  };
  readonly 'contact-named-nobody': { readonly role: string };
  /** A level, counted from 1, that `who` passes over, while PagerDuty reaches the contact of `off_duty` there. */
  readonly 'off-duty-called': FirstSpan & {
    readonly level: number;
    readonly contact: string;
    readonly role: string;
    readonly window: string;
  };
  readonly 'chain-without-policy': {
    readonly chain: string;
    readonly window: string;
    readonly service: string;
  };
  readonly 'service-without-chain': { readonly service: string };
  readonly 'unknown-service': { readonly id: string; readonly service: string };
  readonly 'unknown-schedule': { readonly schedule: string; readonly role: string };
  readonly 'unknown-kind': { readonly schedule: string; readonly role: string; readonly type: string };
  readonly 'rotations-at-once': FirstSpan & { readonly schedule: string; readonly role: string };
  readonly 'ends-at-shifts': { readonly chain: string; readonly schedule: string };
  readonly 'unknown-policy': { readonly policy: string; readonly chain: string };
  readonly 'unknown-user': { readonly user: string; readonly person: string };
}

export const pagerduty = rule<Codes>({
  name: 'pagerduty',
  severity: 'error',
  summary:
    'Everyone and every role that is sent to PagerDuty has an id there, and PagerDuty can call every level of a chain.',
  *check(context) {
    const { handbook } = context;
    const uses = usesByChain(handbook);
    yield* shared(handbook);
    yield* sharedSchedules(context);
    yield* offDuty(handbook);
    for (const service of handbook.services.values()) yield* unservedWindows(handbook, service);
    for (const person of handbook.people.values()) yield* unknownHolder(context, person);
    for (const chain of handbook.escalations.values()) {
      if (chain.policy === undefined) continue;
      yield* unreachable(handbook, chain);
      yield* calledOffDuty(context, chain, uses.get(chain.id));
    }
  },
  describe: {
    'shared-id': ({ id, noun, other, owner }) =>
      `${id} is already the ${NOUNS[noun]} of ${other}; give ${owner} its own`,
    'no-account': ({ person, role, ...first }) =>
      `${person} is on ${role}, which is sent to PagerDuty, ${firstWords(first)}, and has no account there; ` +
      'add pagerduty: with the id of one',
    'person-without-account': ({ person }) =>
      `PagerDuty cannot call ${person}, who has no account there; add pagerduty: with the id of one to them`,
    'contact-without-account': ({ contact }) =>
      `PagerDuty cannot call the contact ${contact}, which has no account there; ` +
      'add pagerduty: with the id of one to it',
    'no-common-level': ({ chain }) =>
      `PagerDuty knows no priorities, and every level of ${chain} is only for some, so its policy would be empty; ` +
      'add a level without only_for, or take out pagerduty',
    'role-without-schedule': ({ role, seats }) =>
      `PagerDuty cannot call ${role}, which has no schedule there; add ` +
      `pagerduty: ${seats === undefined ? '{schedule: …}' : '{schedules: […]}'} to the role`,
    'too-many-targets': ({ level, targets, most }) =>
      `level ${level} calls ${targets} seats and people at once, and PagerDuty can call ${most}; name single seats`,
    'off-duty-without-schedule': ({ role }) =>
      `${role} has no schedule in PagerDuty that could reach anybody off duty; ` +
      'add schedule: with the id of one, or take out off_duty',
    'off-duty-differs': ({ schedule, role, offDuty, other, otherOffDuty }) =>
      `${role} has ${offDuty} off duty, and ${other} on the same schedule ${schedule} has ${otherOffDuty}; ` +
      'a schedule is off duty outside all of its roles, so write the same, or only one of them',
    'contact-named-nobody': ({ role }) =>
      `off_duty of ${role} says nobody, which is also the id of a contact; give the contact another id`,
    'off-duty-called': ({ level, contact, role, window, ...first }) =>
      `level ${level} is passed over ${firstWords(first)} (${window}), but PagerDuty calls ${contact} there, by ` +
      `off_duty of ${role}; use a chain of its own for ${window}, or off_duty: nobody`,
    'chain-without-policy': ({ chain, window, service }) =>
      `${chain} has no escalation policy in PagerDuty for ${service} in ${window}; ` +
      'add pagerduty: {policy: …} to the chain, or take out pagerduty here',
    'service-without-chain': ({ service }) =>
      `no chain decides the escalation policy of ${service} in PagerDuty; add escalation:, or take out pagerduty`,
    'unknown-service': ({ id, service }) =>
      `PagerDuty has no service ${id}, which ${service} names; create one there and put its id here`,
    'unknown-schedule': ({ schedule, role }) =>
      `PagerDuty has no schedule ${schedule}, which ${role} names; create one there and put its id here`,
    'unknown-kind': ({ schedule, role, type }) =>
      `PagerDuty's ${schedule}, which ${role} names, is of the type "${type}", which rota cannot write; ` +
      'name one that is made of layers or of shifts',
    'rotations-at-once': ({ schedule, role, ...first }) =>
      `PagerDuty's ${schedule}, which ${role} names, has rotations with several people on at once ` +
      `${firstWords(first)}, so more than one person would be called; leave one at a time there`,
    'ends-at-shifts': ({ chain, schedule }) =>
      `${chain} ends at PagerDuty's ${schedule}, which has shifts only: in a gap between them nobody would be ` +
      'called; add a last level with a person or a contact',
    'unknown-policy': ({ policy, chain }) =>
      `PagerDuty has no escalation policy ${policy}, which ${chain} names; create one there and put its id here`,
    'unknown-user': ({ user, person }) =>
      `PagerDuty has no user ${user}, the id given for ${person}; ` +
      'put the id of their account here, or take them off the rota',
  },
});

/** Roles with one schedule that are on duty, or have cover, at the same time. */
function* sharedSchedules({ handbook, resolved, ahead }: Context): Iterable<Objection<Codes>> {
  const covers = [...resolved.roles.values()];
  const bySchedule = Map.groupBy(covers, ({ role }) => role.schedule);
  for (const [id, all] of bySchedule) {
    if (id === undefined || all.length < 2) continue;
    const sharing = all.map((it) => pushedOf(handbook, it, ahead));
    for (const [i, own] of sharing.entries()) {
      const { cover } = own;
      const other = sharing.slice(0, i).find((it) => areAtOnce(it, own))?.cover;
      if (other === undefined) continue;
      yield {
        code: 'shared-id',
        args: { id, noun: 'schedule', other: seat(other), owner: seat(cover) },
        location: scheduleLocation(cover.role),
        related: [scheduleLocation(other.role)],
      };
    }
  }
}

/** When the schedule of a role is its own, and when it is by what is pushed until the horizon, in whole shifts. */
interface Pushed {
  readonly cover: RoleCover;
  readonly inUse: Timeline<unknown>;
  readonly shifts: Timeline<unknown>;
}

function pushedOf(handbook: Handbook, cover: RoleCover, { startAt, endAt }: Interval): Pushed {
  const far = { startAt, endAt: endAt + OVERHANG };
  const whole = resolveOver(handbook, cover, far);
  const used = clip(whole === undefined ? [] : inUse(whole), far);
  const shifts = byPerson(whole?.cover() ?? []).filter((it) => it.startAt < endAt);
  // After the horizon, only the rest of shifts that began before it is pushed.
  return { cover, inUse: used, shifts: overlay<unknown>(clip(used, { startAt, endAt }), shifts) };
}

const areAtOnce = (one: Pushed, other: Pushed): boolean =>
  restrict(one.shifts, other.inUse).length > 0 || restrict(one.inUse, other.shifts).length > 0;

/** When a role is on duty or has extra time. */
const inUse = ({ duty, cover }: RoleCover): Timeline<unknown> => overlay<unknown>(duty, cover());

/** When any of the roles on a schedule is on duty. */
const inUseOf = ({ resolved }: Context, schedule: string | undefined): Timeline<unknown> =>
  [...resolved.roles.values()]
    .filter(({ role }) => role.schedule === schedule)
    .reduce<Timeline<unknown>>((all, it) => overlay(all, inUse(it)), []);

/** Ids of accounts, policies and services that are used twice. */
function* shared({ people, escalations, services }: Handbook): Iterable<Objection<Codes>> {
  const chains = [...escalations.values()].map(({ id, policy, location }) => ({
    id: policy,
    name: id,
    location: childLocation(location, 'pagerduty', 'policy'),
  }));
  const accounts = [...people.values()].map((person) => ({
    id: person.pagerduty,
    name: person.id,
    location: childLocation(person.location, 'pagerduty'),
  }));
  const counterparts = [...services.values()].map((service) => ({
    id: service.pagerduty,
    name: service.id,
    location: pagerdutyServiceLocation(service),
  }));
  for (const [noun, things] of [
    ['policy', chains],
    ['service', counterparts],
    ['account', accounts],
  ] as const) {
    const first = new Map<string, (typeof things)[number]>();
    for (const thing of things) {
      const { id, name: owner, location } = thing;
      if (id === undefined) continue;
      const other = first.get(id);
      if (other === undefined) first.set(id, thing);
      else
        yield {
          code: 'shared-id',
          args: { id, noun, other: other.name, owner },
          location,
          related: [other.location],
        };
    }
  }
}

function* unknownHolder({ resolved, ahead }: Context, person: Person): Iterable<Objection<Codes>> {
  if (person.pagerduty !== undefined) return;
  for (const cover of coversOf(resolved, person.id)) {
    if (cover.role.schedule === undefined) continue;
    const held = upcoming(byPerson(cover.cover()), ahead).filter(({ value }) => value.person === person.id);
    if (held.length === 0) continue;
    yield {
      code: 'no-account',
      args: { person: person.id, role: seat(cover), ...firstOf(cover.rota.zone, held) },
      location: { ...person.location, key: true },
    };
    return;
  }
}

/** How many targets a level of an escalation policy can have. */
const MOST_TARGETS = 10;

function* unreachable(handbook: Handbook, chain: Escalation): Iterable<Objection<Codes>> {
  if (chain.levels.every(({ onlyFor }) => onlyFor !== undefined))
    yield {
      code: 'no-common-level',
      args: { chain: chain.id },
      location: childLocation(chain.location, 'pagerduty', 'policy'),
    };
  for (const [i, level] of chain.levels.entries()) {
    if (level.onlyFor !== undefined) continue;
    const targets = level.notify.length;
    if (targets > MOST_TARGETS)
      yield {
        code: 'too-many-targets',
        args: { level: i + 1, targets, most: MOST_TARGETS },
        location: level.location,
      };
    const reported = new Set<PathLocation>();
    for (const it of level.notify) {
      if (it.kind === 'person') {
        if (handbook.people.has(it.person) && handbook.people.get(it.person)?.pagerduty === undefined)
          yield { code: 'person-without-account', args: { person: it.person }, location: it.location };
        continue;
      }
      if (it.kind === 'contact') {
        if (handbook.contacts.has(it.contact) && handbook.contacts.get(it.contact)?.pagerduty === undefined)
          yield { code: 'contact-without-account', args: { contact: it.contact }, location: it.location };
        continue;
      }
      const role = handbook.rotas.get(it.role.rota)?.roles.get(it.role.role);
      if (role === undefined || role.schedule !== undefined || reported.has(it.location)) continue;
      reported.add(it.location);
      const name = roleText({ rota: it.role.rota, role: writtenRole(role) });
      yield {
        code: 'role-without-schedule',
        args: { role: name, ...(role.seat && { seats: role.seat.seats }) },
        location: it.location,
      };
    }
  }
}

/** What cannot be reached off duty. A role with seats is reported once. */
function* offDuty({ rotas, contacts }: Handbook): Iterable<Objection<Codes>> {
  const sharing = new Map<string, { readonly role: string; readonly offDuty: string }>();
  for (const { id, roles } of rotas.values())
    for (const role of roles.values()) {
      const { schedule, offDuty: stated } = role;
      if (stated === undefined) continue;
      const name = roleText({ rota: id, role: writtenRole(role) });
      const location = offDutyLocation(role);
      if (schedule !== undefined) {
        const other = sharing.get(schedule);
        if (other === undefined) sharing.set(schedule, { role: name, offDuty: stated });
        else if (other.offDuty !== stated) {
          const args = { schedule, role: name, offDuty: stated, other: other.role };
          yield { code: 'off-duty-differs', args: { ...args, otherOffDuty: other.offDuty }, location };
        }
      }
      if (role.seat !== undefined && role.seat.number > 1) continue;
      const contact = contacts.get(stated);
      if (schedule === undefined) yield { code: 'off-duty-without-schedule', args: { role: name }, location };
      else if (stated === NOBODY_OFF_DUTY && contact !== undefined)
        yield { code: 'contact-named-nobody', args: { role: name }, location };
      else if (contact !== undefined && contact.pagerduty === undefined)
        yield { code: 'contact-without-account', args: { contact: stated }, location };
    }
}

/** A service whose policy nothing decides, for all or some of the windows in which it is supported. */
function* unservedWindows(handbook: Handbook, service: Service): Iterable<Objection<Codes>> {
  if (service.pagerduty === undefined) return;
  if (service.escalation.size === 0) {
    const location = childLocation(service.location, 'pagerduty');
    yield { code: 'service-without-chain', args: { service: service.id }, location };
  }
  for (const [window, id] of service.escalation) {
    const chain = handbook.escalations.get(id);
    if (chain === undefined || chain.policy !== undefined) continue;
    yield {
      code: 'chain-without-policy',
      args: { chain: id, window, service: service.id },
      location: childLocation(service.location, 'escalation', window),
    };
  }
}

/** Levels that PagerDuty does not pass over, because their schedules reach a contact off duty. */
function* calledOffDuty(
  context: Context,
  chain: Escalation,
  uses: Parameters<typeof servedWindows>[2],
): Iterable<Objection<Codes>> {
  const served = servedWindows(context, chain, uses);
  for (const [i, level] of chain.levels.entries()) {
    if (level.onlyFor !== undefined || isAlwaysReached(level) || isUnknown(context, level)) continue;
    const held = heldTime(context, level, () => true);
    for (const it of level.notify) {
      const cover = it.kind === 'role' ? coverOf(context.resolved, it.role) : undefined;
      const contact = cover?.role.schedule === undefined ? undefined : cover.role.offDuty;
      if (cover === undefined || contact === undefined || contact === NOBODY_OFF_DUTY) continue;
      const use = overlay<unknown>(held, inUseOf(context, cover.role.schedule));
      const found = served
        .map((window) => ({ ...window, spans: without(window.mask, use) }))
        .find(({ spans }) => spans.length > 0);
      if (found === undefined) continue;
      const args = { level: i + 1, contact, role: seat(cover), window: found.window };
      yield {
        code: 'off-duty-called',
        severity: 'warning',
        args: { ...args, ...firstOf(found.zone, found.spans) },
        location: level.location,
      };
      break;
    }
  }
}
