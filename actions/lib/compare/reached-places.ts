/** By whose terms, in whose days and at which line a new call is judged. Pure. */
import { childLocation, type Handbook, type PathLocation, roleOf } from '../model.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import type { Interval } from '../timeline.ts';
import { calledIn } from './account-owners.ts';
import type { Callee } from './call-wiring.ts';
import { notifiedText } from './chain-identity.ts';
import { placesWithin } from './people.ts';
import type { Call } from './service-calls.ts';

interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
  readonly span: Interval;
}

/** A service, or a role with a schedule that no chain calls. */
export interface CallSubject {
  readonly kind: 'service' | 'role';
  readonly id: string;
}

/** How the calls of a subject are judged. */
export interface CallPlace {
  /** The teams whose terms judge it; every one of them has to be kept. */
  readonly teams: readonly [string, ...string[]];
  /** The zone of its times, and, where the base has one, the zone in whose days it is judged. */
  readonly zone: Zone;
  readonly judgedIn: Zone | undefined;
}

/**
 * Which terms and days judge a subject: those of the base. A service that is new has a team that the pull request
 * chooses, so the teams on whose rotas the person is have to be content as well.
 */
export function placesFor({ base, head, span }: Sides) {
  let places: ReturnType<typeof placesWithin> | undefined;
  const zoneIn = (own: Handbook, id: string) =>
    own.hours.get(own.serviceLevels.get(own.services.get(id)?.serviceLevel ?? '')?.hours ?? '')?.zone;
  return ({ kind, id }: CallSubject, callee: Callee): CallPlace => {
    if (kind === 'role') {
      const { rota } = roleOf(id);
      const [was, is] = [base.rotas.get(rota), head.rotas.get(rota)];
      const team = (was ?? is)?.team ?? '';
      return { teams: [team], zone: (is ?? was)?.zone ?? zoneOf('UTC'), judgedIn: was?.zone };
    }
    const zone = zoneIn(head, id) ?? zoneOf('UTC');
    const team = base.services.get(id)?.team;
    if (team !== undefined) return { teams: [team], zone, judgedIn: zoneIn(base, id) };
    places ??= placesWithin(base, span);
    const own = callee.kind === 'person' ? (places.get(callee.id) ?? []) : [];
    return { teams: [head.services.get(id)?.team ?? '', ...own], zone, judgedIn: undefined };
  };
}

/** The line of the head that lets a service, or a role, call somebody, as precisely as possible. */
export function causeIn({ base, head }: Sides, subject: CallSubject, call: Call | undefined): PathLocation {
  const { location } = call?.target ?? {};
  const service = head.services.get(subject.id);
  if (subject.kind === 'role' || service === undefined || call === undefined || location === undefined)
    return call?.via?.location ?? { file: '', path: [] };
  const was = base.services.get(service.id);
  if (was?.escalation.get(call.window) !== call.chain)
    return childLocation(service.location, 'escalation', call.window);
  const [before, after] = [base, head].map(({ escalations }) =>
    (escalations.get(call.chain)?.levels ?? []).map(({ notify }) => notify.map(notifiedText)),
  );
  if (JSON.stringify(before) !== JSON.stringify(after)) return location;
  if (call.via !== undefined) return call.via.location;
  const { target } = call;
  const isKnown = calledIn(base, [base])([target]).length > 0 || target.kind !== 'contact';
  return isKnown ? childLocation(service.location, 'service_level') : location;
}
