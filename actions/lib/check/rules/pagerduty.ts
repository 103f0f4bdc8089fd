/**
 * What goes to PagerDuty can go there: who is not known there would be a hole in a schedule, and two roles on one
 * schedule would push each other off it (dxw, "On call escalation": PagerDuty alerts the on-call engineer, then the second
 * line). Asked of roles with a schedule and chains with a policy, and of nobody else. Told at the person without an id, at
 * the id that is there twice, at the level that calls somebody PagerDuty cannot. How many a level calls, how long it waits
 * and how often a chain repeats is bounded by the schema already, as PagerDuty bounds it.
 */
import { childLocation, type Escalation, type Handbook, type Person, roleText } from '../../model.ts';
import { byPerson, coversOf } from '../../resolve/resolve.ts';
import { type Context, firstOf, type Objection, type Rule, seat, upcoming } from '../rule.ts';

export const pagerduty: Rule = {
  name: 'pagerduty',
  severity: 'error',
  asks: 'does PagerDuty know everyone and every role that it is told of, and can it hold every chain?',
  *check(context) {
    const { handbook } = context;
    yield* shared(handbook);
    for (const person of handbook.people.values()) yield* unknownHolder(context, person);
    for (const chain of handbook.escalations.values()) {
      if (chain.policy !== undefined) yield* unfit(handbook, chain);
    }
  },
};

/** Ids of accounts, schedules and policies that stand for two things. */
function* shared({ people, rotas, escalations }: Handbook): Iterable<Objection> {
  const roles = [...rotas.values()].flatMap((rota) =>
    [...rota.roles.values()].map((role) => ({
      id: role.schedule,
      name: roleText({ rota: rota.id, role: role.id }),
      location: childLocation(role.location, 'pagerduty', 'schedule'),
    })),
  );
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
  for (const [noun, things] of [
    ['schedule', roles],
    ['escalation policy', chains],
    ['account', accounts],
  ] as const) {
    const first = new Map<string, string>();
    for (const { id, name, location } of things) {
      if (id === undefined) continue;
      const other = first.get(id);
      if (other === undefined) first.set(id, name);
      else yield { location, message: `${id} is the ${noun} of ${other} already; give ${name} its own` };
    }
  }
}

function* unknownHolder({ resolved, ahead }: Context, person: Person): Iterable<Objection> {
  if (person.pagerduty !== undefined) return;
  for (const cover of coversOf(resolved, person.id)) {
    if (cover.role.schedule === undefined) continue;
    const held = upcoming(byPerson(cover.cover), ahead).filter(({ value }) => value.person === person.id);
    if (held.length === 0) continue;
    const message = `${person.id} is on ${seat(cover)}, which goes to PagerDuty, ${firstOf(cover.rota.zone, held)}, and has no account there; add pagerduty: with the id of one`;
    yield { location: { ...person.location, key: true }, message };
    return;
  }
}

function* unfit(handbook: Handbook, chain: Escalation): Iterable<Objection> {
  for (const level of chain.levels) {
    for (const it of level.notify) {
      if (it.kind === 'person') {
        if (handbook.people.has(it.person) && handbook.people.get(it.person)?.pagerduty === undefined)
          yield {
            location: it.location,
            message: `PagerDuty cannot call ${it.person}, who has no account there; add pagerduty: with the id of one to them`,
          };
        continue;
      }
      const role = handbook.rotas.get(it.role.rota)?.roles.get(it.role.role);
      if (role !== undefined && role.schedule === undefined)
        yield {
          location: it.location,
          message: `PagerDuty cannot call ${roleText(it.role)}, which has no schedule there; add pagerduty: {schedule: …} to the role`,
        };
    }
  }
}
