/**
 * Whom the schedule of a role reaches in time that becomes off duty: a contact can have the account of a person, who
 * agreed to be reached outside the hours that the role had. Pure.
 */
import {
  type Handbook,
  isUnread,
  offDutyLocation,
  type Role,
  type RoleRef,
  type Rota,
  roleText,
} from '../model.ts';
import { offDutyTime } from '../resolve/off-duty.ts';
import { type Interval, type Timeline, without } from '../timeline.ts';
import { calledIn } from './account-owners.ts';
import { counterpartOf } from './counterpart.ts';
import { holdersIn } from './role-holders.ts';
import type { Callee, NewCall } from './service-calls.ts';

/** Somebody whom the schedule of a role reaches from then on. */
export interface OffDutyCall {
  readonly subject: { readonly kind: 'role'; readonly id: string };
  readonly callee: Callee;
  readonly calls: Timeline<NewCall>;
}

interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly span: Interval;
}

/**
 * The people who are reached through a contact in time that was on duty before. A contact that a role newly has is a
 * change of its schedule, to which they agree by itself.
 */
export function offDutyCalls(sides: Sides): readonly OffDutyCall[] {
  const { base, head, span } = sides;
  const concerned = rolesWithPeople(sides);
  if (concerned.length === 0) return [];
  const [was, is] = [holdersIn(base, span), holdersIn(head, span)];
  return concerned.flatMap(({ ref, role, before, people }): OffDutyCall[] => {
    const [then, now] = [was(before), is(ref)];
    if (then === undefined || now === undefined) return [];
    const longer = without(offDutyTime(head, now, span), offDutyTime(base, then, span));
    const location = offDutyLocation(role);
    const contact = role.offDuty ?? '';
    const call: NewCall = {
      ...{ isFirst: true, wasCalled: false, window: '', chain: '' },
      target: { kind: 'contact', contact, location },
      via: { kind: 'contact', of: contact, location },
    };
    const calls: Timeline<NewCall> = longer.map((it) => ({ ...it, value: call }));
    if (calls.length === 0) return [];
    const subject = { kind: 'role', id: roleText(ref) } as const;
    return people.map((id) => ({ subject, callee: { kind: 'person', id }, calls }));
  });
}

/** A role of the head that reaches people off duty as it did in the base. */
interface OffDutyRole {
  readonly ref: RoleRef;
  readonly role: Role;
  /** The role in the base. */
  readonly before: RoleRef;
  readonly people: readonly string[];
}

function rolesWithPeople({ base, head }: Sides): readonly OffDutyRole[] {
  return [...head.rotas.values()].flatMap((rota: Rota) => {
    if (isUnread(base, 'rota', rota.id)) return [];
    return [...rota.roles.values()].flatMap((role): OffDutyRole[] => {
      if (role.offDuty === undefined) return [];
      const before = counterpartOf(base.rotas.get(rota.id), role);
      if (before?.offDuty !== role.offDuty) return [];
      const target = { kind: 'contact', contact: role.offDuty, location: role.location } as const;
      const people = [...new Set(calledIn(head, [base, head])([target]))];
      const ref = { rota: rota.id, role: role.id };
      return people.length === 0 ? [] : [{ ref, role, before: { rota: rota.id, role: before.id }, people }];
    });
  });
}
