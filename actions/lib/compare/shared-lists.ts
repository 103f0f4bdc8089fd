/**
 * Rotas that come to a list of holidays by which those of another team go on the same days, then or so far. A lead of
 * either may then agree to its further days, so that one of a team that had it agrees to a further team, and one of the
 * rota's own team, unless the rota shared a list with the others already. Pure.
 */
import { childLocation, type Handbook } from '../model.ts';
import type { Day } from '../time/date.ts';
import { layered, restrict, type Timeline, without } from '../timeline.ts';
import { type RotaUsers, rotaUsers, serviceUsers } from './holiday-lists.ts';
import { agreedByEach, type IdentityChange, type KeyChange } from './identity-change.ts';
import { teamsText } from './shared-identity.ts';

/** What is said of a rota that comes to a list, before the teams that go by it as well. */
export const SHARED_WITH = 'shared with ';

/** A rota that comes to a list on some days, and who agrees to that. */
interface Coming {
  readonly key: KeyChange;
  /** The teams that had it, a lead of any of which agrees. */
  readonly asked: readonly string[];
  /** The team of the rota, if a lead of it agrees as well. */
  readonly own: readonly string[];
}

/** The changes, by list and by who agrees. From `from` on, a list has the services whose hours have it. */
export function* sharedLists(base: Handbook, head: Handbook, from: Day): Iterable<IdentityChange> {
  const [before, after] = [rotaUsers(base), rotaUsers(head)];
  const ofServices = serviceUsers(base, from);
  const areShared = sharedBefore(before);
  for (const [id, teams] of after) {
    const had = before.get(id) ?? new Map();
    const [teamsBefore, teamsNow] = [teamsOn(had), teamsOn(teams)];
    const coming = [...teams].flatMap(([team, { rotas }]) =>
      [...rotas].flatMap(([rota, all]): Coming[] => {
        const days = without(all, had.get(team)?.rotas.get(rota) ?? []);
        if (days.length === 0) return [];
        const ofRotas = teamsBefore(days);
        const known = ofRotas.length > 0 ? ofRotas : [...(ofServices.get(id)?.keys() ?? [])];
        const together = teamsNow(days).filter((it) => it !== team);
        const isOwn = base.teams.has(team) && !areShared(rota, team, together, days);
        const others = teamsText([...known, ...together].filter((it) => it !== team));
        const location = childLocation(head.rotas.get(rota)?.location ?? { file: '', path: [] }, 'hours');
        return [
          {
            key: { key: rota, before: undefined, after: `${SHARED_WITH}${others}`, location },
            asked: known.includes(team) ? [] : known.toSorted(),
            own: isOwn ? [team] : [],
          },
        ];
      }),
    );
    const concerning = coming.filter(({ asked, own }) => asked.length + own.length > 0);
    for (const all of Map.groupBy(concerning, ({ asked }) => asked.join()).values()) {
      const [asked, own] = [all[0]?.asked ?? [], new Set(all.flatMap((it) => it.own))];
      const consent = asked.length === 0 ? agreedByEach(own) : { teams: asked, alsoTeams: [...own] };
      yield { kind: 'holidays', id, keys: all.map(({ key }) => key), concerned: [], ...consent };
    }
  }
}

/** The teams that go by a list on some of certain days. */
function teamsOn(users: ReadonlyMap<string, { readonly days: Timeline<true> }>) {
  const known = new Map<string, readonly string[]>();
  return (days: Timeline<true>): readonly string[] => {
    const key = daysText(days);
    const found =
      known.get(key) ??
      [...users].flatMap(([team, it]) => (restrict(it.days, days).length > 0 ? [team] : []));
    known.set(key, found);
    return found;
  };
}

/** Whether each of some teams went by a list by which a rota of a team went, on each of certain days. */
function sharedBefore(before: RotaUsers) {
  const lists = Map.groupBy(
    [...before].flatMap(([list, teams]) =>
      [...teams].flatMap(([team, { rotas }]) =>
        [...rotas].map(([rota, days]) => ({ list, team, rota, days })),
      ),
    ),
    ({ rota }) => rota,
  );
  const known = new Map<string, boolean>();
  return (rota: string, team: string, others: readonly string[], days: Timeline<true>): boolean => {
    const own = lists.get(rota) ?? [];
    const texts = own.map((it) => `${it.list} ${daysText(it.days)}`);
    const key = [...texts, team, others.join(), daysText(days)].join(';');
    const compute = () =>
      others.every((other) => {
        const shared = own.flatMap((it) => restrict(before.get(it.list)?.get(other)?.days ?? [], it.days));
        return without(days, layered(shared)).length === 0;
      });
    const found = known.get(key) ?? compute();
    known.set(key, found);
    return found;
  };
}

const daysText = (days: Timeline<true>): string =>
  days.map(({ startAt, endAt }) => `${startAt} ${endAt}`).join();
