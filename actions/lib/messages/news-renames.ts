/** Leaves out what only gives people or rotas another id: whoever had the time has it still. Pure. */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import type { Handbook, Person } from '../model.ts';

/** A comparison with people by their present ids, without the changes that are of ids alone. */
export function withoutRenames(against: Against): Against {
  const { handbook, head } = against;
  const ids = presentIds(against);
  const present = <T extends Pick<CoverChange, 'before'>>(it: T): T =>
    ids.has(it.before ?? '') ? { ...it, before: ids.get(it.before ?? '') } : it;
  const changes = against.changes.map(present).filter((it) => it.before !== it.after);
  const own = against.ahead.map((it) => ({ ...present(it), changes: it.changes.map(present) }));
  const all = own.flatMap((it) => it.changes);
  const lost = new Set(all.filter((it) => isLost(it, head)).map(timeOf));
  const gained = new Set(all.filter((it) => isGained(it, handbook)).map(timeOf));
  const isMoved = (it: CoverChange) =>
    (isLost(it, head) && gained.has(timeOf(it))) || (isGained(it, handbook) && lost.has(timeOf(it)));
  const ahead = own.filter((it) => it.before !== it.after && !it.changes.every(isMoved));
  return { ...against, changes, ahead };
}

/** The present id of each person whose id is another one now, by the accounts that only they have. */
function presentIds({ handbook, head }: Against): ReadonlyMap<string, string> {
  const fresh = [...head.people].filter(([id]) => !handbook.people.has(id));
  return new Map(
    [...handbook.people].flatMap(([id, was]) => {
      const now = head.people.has(id) ? undefined : fresh.find(([, is]) => hasAccountOf(is, was))?.[0];
      return now === undefined ? [] : [[id, now] as const];
    }),
  );
}

const hasAccountOf = (is: Person, was: Person): boolean =>
  (['slack', 'github', 'email'] as const).some((key) => was[key] !== undefined && is[key] === was[key]);

const isLost = ({ rota, after }: CoverChange, head: Handbook): boolean =>
  after === undefined && !head.rotas.has(rota);

const isGained = ({ rota, before }: CoverChange, base: Handbook): boolean =>
  before === undefined && !base.rotas.has(rota);

/** A role's time and whose it is, whatever the rota is called. */
const timeOf = ({ role, startAt, endAt, before, after }: CoverChange): string =>
  JSON.stringify([role, startAt, endAt, after ?? before]);
