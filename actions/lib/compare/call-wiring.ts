/**
 * What lies between a chain and people in one of two handbooks: whoever holds a role, fills its schedule, has an
 * account or is reached off duty. Pure.
 */
import {
  childLocation,
  type Handbook,
  type Notified,
  type PathLocation,
  type RoleRef,
  roleText,
  scheduleLocation,
} from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import type { Timeline } from '../timeline.ts';
import { ownersIn } from './account-owners.ts';
import type { ChainsInForce } from './chains-in-force.ts';
import { counterpartOf } from './counterpart.ts';

/** Whom a call goes to: whoever holds a role that counts, one person, or an inbox. */
export type Callee =
  | { readonly kind: 'role'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'contact'; readonly id: string };

/** What else than a name in the chain leads a call to somebody, and the line that says so. */
export interface CallVia {
  readonly kind: 'account' | 'contact' | 'schedule';
  /** The person or contact that has their account, or the role that fills the schedule. */
  readonly of: string;
  /** Of a schedule: whether it is the one that the role has in the same handbook, not only the one of the base. */
  readonly isCurrent?: boolean;
  readonly location: PathLocation;
}

/** Somebody whom a target reaches, and when. */
export interface ReachedCallee {
  readonly callee: Callee;
  readonly via: CallVia | undefined;
  readonly when: Timeline<unknown>;
}

/** The contact that a schedule reaches off duty, the people who have its account, and when. */
export interface OffDutyReach {
  readonly people: readonly string[];
  readonly contact: string;
  readonly location: PathLocation;
  readonly when: Timeline<unknown>;
}

/** What lies between services and people in one of two handbooks. */
export interface Wiring {
  readonly handbook: Handbook;
  readonly inForce: ChainsInForce;
  readonly reach: (target: Notified) => readonly ReachedCallee[];
}

/** Who holds a role; undefined for a role that there is not. */
export type Holders = (role: RoleRef) => RoleCover | undefined;

const ALWAYS: Timeline<unknown> = [
  { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY, value: true },
];

/**
 * The wiring of one of two handbooks, in which `holders` hold the roles. An account wakes whoever has it in the base,
 * and a call for a role goes to whichever roles fill the schedule that it has in either, and off duty, as by that
 * handbook, to the people behind its contact.
 */
export function wiringOf(
  own: Handbook,
  { base, head }: { readonly base: Handbook; readonly head: Handbook },
  holders: Holders,
  inForce: ChainsInForce,
  offDuty: (role: RoleRef) => readonly OffDutyReach[],
): Wiring {
  const others = othersWoken(base, own);
  const fills = schedulesFilled(base, own);
  const owners = ownersIn(own === base ? [base] : [base, head]);
  const woken = (person: string, when: Timeline<unknown>): readonly ReachedCallee[] =>
    others(person).map((id) => ({
      ...{ callee: { kind: 'person', id }, when },
      via: { kind: 'account', of: person, location: accountOf(own, person) },
    }));
  const held = (role: RoleRef, via: CallVia | undefined): readonly ReachedCallee[] => {
    const cover = holders(role);
    if (cover === undefined) return [];
    const id = roleText({ rota: cover.rota.id, role: cover.role.id });
    const all: Timeline<{ readonly person: string }> = cover.cover();
    const { counts } = cover.role;
    return [
      ...(counts ? [{ callee: { kind: 'role', id }, via, when: all } as const] : []),
      ...[...Map.groupBy(all, ({ value }) => value.person)].flatMap(([person, when]) => [
        ...(counts ? [] : [{ callee: { kind: 'person', id: person }, via, when } as const]),
        ...woken(person, when),
      ]),
    ];
  };
  const reach = (target: Notified): readonly ReachedCallee[] => {
    if (target.kind === 'person') {
      const { person: id } = target;
      return [{ callee: { kind: 'person', id }, via: undefined, when: ALWAYS }, ...woken(id, ALWAYS)];
    }
    if (target.kind === 'role')
      return [
        ...held(target.role, undefined),
        ...fills(target.role).flatMap(({ role, location, isCurrent }) =>
          held(role, { kind: 'schedule', of: roleText(role), location, isCurrent }),
        ),
        ...offDuty(target.role).flatMap(({ people, contact, location, when }): readonly ReachedCallee[] => [
          { callee: { kind: 'contact', id: contact }, via: undefined, when },
          ...people.map((id) => ({
            ...{ callee: { kind: 'person', id } as const, when },
            via: { kind: 'contact', of: contact, location } as const,
          })),
        ]),
      ];
    const contact = own.contacts.get(target.contact);
    if (contact === undefined) return [];
    const { id, pagerduty, location } = contact;
    const via: CallVia = { kind: 'contact', of: id, location: childLocation(location, 'pagerduty') };
    return [
      { callee: { kind: 'contact', id }, via: undefined, when: ALWAYS },
      ...owners(pagerduty).map(
        (it): ReachedCallee => ({ callee: { kind: 'person', id: it }, via, when: ALWAYS }),
      ),
    ];
  };
  return { handbook: own, inForce, reach };
}

const accountOf = ({ people }: Handbook, person: string): PathLocation =>
  childLocation(people.get(person)?.location ?? { file: 'rotas/people.yaml', path: [] }, 'pagerduty');

/** By person of a handbook, the others who have their account in the base: the rule `pagerduty` allows no two. */
export function othersWoken(base: Handbook, { people }: Handbook): (person: string) => readonly string[] {
  const owners = ownersIn([base]);
  return (person) => owners(people.get(person)?.pagerduty).filter((it) => it !== person);
}

/** A role that fills the schedule of another one. */
interface FillingRole {
  readonly role: RoleRef;
  readonly location: PathLocation;
  /** Whether the other role has that schedule in the same handbook. */
  readonly isCurrent: boolean;
}

/** By role of a handbook, the other roles that fill the schedule that it has there, or has in the base. */
export function schedulesFilled(
  base: Handbook,
  { rotas }: Handbook,
): (role: RoleRef) => readonly FillingRole[] {
  const filling = new Map<string, Omit<FillingRole, 'isCurrent'>[]>();
  for (const { id: rota, roles } of rotas.values())
    for (const own of roles.values()) {
      if (own.schedule === undefined) continue;
      const all = filling.get(own.schedule) ?? [];
      filling.set(own.schedule, all);
      all.push({ role: { rota, role: own.id }, location: scheduleLocation(own) });
    }
  return ({ rota, role }) => {
    const own = rotas.get(rota)?.roles.get(role);
    const before = own && counterpartOf(base.rotas.get(rota), own);
    return [...new Set([own?.schedule, before?.schedule])].flatMap((schedule) =>
      (filling.get(schedule ?? '') ?? [])
        .filter((it) => it.role.rota !== rota || it.role.role !== role)
        .map((it) => ({ ...it, isCurrent: schedule === own?.schedule })),
    );
  };
}

/** The name that a role of the base has in the head. */
export function roleNow(base: Handbook, head: Handbook, role: RoleRef): RoleRef {
  const before = base.rotas.get(role.rota);
  const roles = [...(head.rotas.get(role.rota)?.roles.values() ?? [])];
  const now = roles.find((it) => counterpartOf(before, it)?.id === role.role);
  return now === undefined ? role : { rota: role.rota, role: now.id };
}
