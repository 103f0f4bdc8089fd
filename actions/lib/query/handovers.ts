/**
 * Hand-overs: when somebody takes a role over from somebody else, with every role of the rota that changes hands then.
 * A hand-over is at the first instant of duty of the next holder, and only where the holder really changes. Roles that
 * give no cover and extra time outside the windows hand nothing over, and neither does who only changes seats. Pure.
 */
import { type Assignment, type Handbook, inSeatOrder, type Rota, type Team, writtenRole } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Turn } from '../resolve/rotation.ts';
import { DAY } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { combine, type Instant, type Interval, spanAt, type Timeline } from '../timeline.ts';

/** One per rota and instant. */
export interface HandoverEvent {
  readonly team: string;
  readonly rota: string;
  readonly zone: Zone;
  readonly at: Instant;
  /**
   * `turn`: with the turn; `cover`: within a turn, because an override begins or ends; `daily`: nobody changes within
   * the rota, but its windows begin where those of another rota of the team end.
   */
  readonly kind: 'turn' | 'cover' | 'daily';
  /** The turn in progress from then on; undefined where the rota has none. */
  readonly turn: Turn | undefined;
  /** Those within the rota by role, then those from other rotas of the team; never empty. */
  readonly passes: readonly Pass[];
}

/**
 * A role that changes hands; `from` and `to` are never the same person, and undefined for nobody. Of a role with seats,
 * whoever leaves it hands over to whoever comes, whichever seats they have.
 */
export interface Pass {
  readonly role: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The rota and the role that `from` held: the same, another seat, or those of a rota whose windows end then. */
  readonly fromRota: string;
  readonly fromRole: string;
}

/** How far before a span the last holder is searched: turns and windows may be as far apart. */
const FURTHEST = 62 * DAY;

/** The hand-overs of a handbook, or of one team, that begin within a span, by instant and rota. */
export function handoversIn(handbook: Handbook, span: Interval, team?: string): readonly HandoverEvent[] {
  const teams = Map.groupBy(handbook.rotas.values(), (rota) => rota.team);
  const chosen = team === undefined ? [...teams.values()] : [teams.get(team) ?? []];
  return chosen
    .flatMap((rotas) => teamHandovers(handbook, rotas, span))
    .toSorted((one, other) => one.at - other.at || (one.rota < other.rota ? -1 : 1));
}

/**
 * Hand-overs without those from rota to rota, for teams that do not want them: none of kind `daily`, and no pass from
 * another rota in the others.
 */
export const withinRotas = (handovers: readonly HandoverEvent[]): readonly HandoverEvent[] =>
  handovers
    .filter(({ kind }) => kind !== 'daily')
    .map((handover) => ({
      ...handover,
      passes: handover.passes.filter(({ fromRota }) => fromRota === handover.rota),
    }));

/** The hand-overs within a span that concern people, by instant and rota: from rota to rota only as each team wants. */
export const announcedHandovers = (
  handbook: Handbook,
  span: Interval,
  team?: string,
): readonly HandoverEvent[] =>
  handoversIn(handbook, span, team).flatMap((it) =>
    handsOverDaily(handbook.teams.get(it.team)) ? it : withinRotas([it]),
  );

const handsOverDaily = (team: Team | undefined): boolean =>
  team?.slack?.handOver?.daily === true || team?.teamsPosts?.daily === true;

/** How far ahead the next hand-over of a rota is searched: first where it nearly always is. */
export const FURTHEST_HANDOVER = 400 * DAY;
const SEARCHED = [35 * DAY, FURTHEST_HANDOVER];

/** The first hand-over of a rota at an instant or later, of those that concern people; undefined if there is none. */
export function nextHandover(handbook: Handbook, rota: Rota, at: Instant): HandoverEvent | undefined {
  for (const ahead of SEARCHED) {
    const found = announcedHandovers(handbook, { startAt: at, endAt: at + ahead }, rota.team);
    const own = found.find((it) => it.rota === rota.id);
    if (own !== undefined) return own;
  }
  return undefined;
}

function teamHandovers(handbook: Handbook, rotas: readonly Rota[], span: Interval): readonly HandoverEvent[] {
  const named = rotas.flatMap(({ terms }) => terms.map(({ hours }) => handbook.hours.get(hours ?? '')));
  const hours = new Map(named.filter((it) => it !== undefined).map((it) => [it.id, it]));
  const own = { ...handbook, hours, rotas: new Map(rotas.map((rota) => [rota.id, rota])) };
  const wide = { startAt: span.startAt - FURTHEST, endAt: span.endAt + DAY };
  const covers = [...resolve(own, wide).roles.values()].filter(({ role }) => role.counts);
  const duties = Array.from(Map.groupBy(covers, ({ rota }) => rota).entries(), dutyOf);
  return duties.flatMap((duty) => rotaHandovers(duty, duties, span));
}

/** A role with its turns, and who holds it while its rota is on duty, or `NOBODY`; without extra time. */
interface HeldRole {
  readonly rota: Rota;
  readonly role: string;
  /** The role that the file names: for a seat, that which has the seats. */
  readonly written: string;
  readonly list: readonly Turn[];
  readonly held: Timeline<string>;
}

/** The roles of a rota that give cover, and when its time on duty begins and ends. */
interface RotaDuty {
  readonly rota: Rota;
  readonly roles: readonly HeldRole[];
  readonly begins: ReadonlySet<Instant>;
  readonly ends: ReadonlySet<Instant>;
}

/** Not a valid id. */
const NOBODY = '';

function dutyOf([rota, covers]: readonly [Rota, readonly RoleCover[]]): RotaDuty {
  const duty = covers[0]?.duty ?? [];
  return {
    rota,
    roles: covers.map(({ role, list, cover }) => ({
      rota,
      role: role.id,
      written: writtenRole(role),
      list,
      held: holders(cover(), duty),
    })),
    begins: new Set(duty.map(({ startAt }) => startAt)),
    ends: new Set(duty.map(({ endAt }) => endAt)),
  };
}

const holders = (cover: Timeline<Assignment>, duty: Timeline<unknown>): Timeline<string> =>
  combine(cover, duty, (held, on) =>
    on === undefined ? undefined : held === undefined || held.by === 'extra' ? NOBODY : held.person,
  );

function rotaHandovers(
  duty: RotaDuty,
  ofTeam: readonly RotaDuty[],
  span: Interval,
): readonly HandoverEvent[] {
  const { rota, roles, begins } = duty;
  const changes = Map.groupBy(roles.flatMap(holderChanges), ({ at }) => at);
  const others = ofTeam.filter((other) => other !== duty);
  const instants = [...new Set([...changes.keys(), ...begins])];
  return instants.flatMap((at): HandoverEvent[] => {
    if (at < span.startAt || at >= span.endAt) return [];
    const own = withoutSeatChanges(changes.get(at) ?? []);
    const ending = begins.has(at) ? others.filter(({ ends }) => ends.has(at)) : [];
    const passes = [
      ...own.map(({ pass }) => pass).toSorted((one, other) => inSeatOrder(one.role, other.role)),
      ...ending.flatMap((other) => passesBetween(other.roles, roles, at)),
    ];
    if (passes.length === 0) return [];
    const kind = own.some(({ withTurn }) => withTurn) ? 'turn' : own.length > 0 ? 'cover' : 'daily';
    const turn = roles.map(({ list }) => turnAt(list, at)).find((it) => it !== undefined);
    return [{ team: rota.team, rota: rota.id, zone: rota.zone, at, kind, turn, passes }];
  });
}

/** A change of holder, and whether the turn changes with it. */
interface HolderChange {
  readonly at: Instant;
  readonly withTurn: boolean;
  readonly written: string;
  readonly pass: Pass;
}

/** Every change of the holder of a role, however long the rota is off duty in between. */
const holderChanges = (role: HeldRole): readonly HolderChange[] =>
  role.held.flatMap((next, i): HolderChange[] => {
    const last = role.held[i - 1];
    if (last === undefined || last.value === next.value) return [];
    const turn = turnAt(role.list, next.startAt);
    const withTurn = turn !== undefined && turn.startAt >= last.endAt;
    const pass = passOf(role, last.value, role, next.value);
    return [{ at: next.startAt, withTurn, written: role.written, pass }];
  });

/** The changes at one instant, from those who leave a role to those who come. */
const withoutSeatChanges = (changes: readonly HolderChange[]): readonly HolderChange[] =>
  [...Map.groupBy(changes, ({ written }) => written).values()].flatMap((ofRole) =>
    ofRole.length === 1 ? ofRole : fromLeaversToComers(ofRole),
  );

function fromLeaversToComers(seats: readonly HolderChange[]): readonly HolderChange[] {
  const [before, after] = [seats.map(({ pass }) => pass.from), seats.map(({ pass }) => pass.to)];
  const leaves = ({ pass }: HolderChange) => !after.includes(pass.from);
  const comes = ({ pass }: HolderChange) => !before.includes(pass.to);
  const same = seats.filter((it) => leaves(it) && comes(it));
  const inOrder = seats
    .filter((it) => !same.includes(it))
    .toSorted((one, other) => inSeatOrder(one.pass.role, other.pass.role));
  const [leaving, coming] = [inOrder.filter(leaves), inOrder.filter(comes)];
  const pairs = Array.from({ length: Math.max(leaving.length, coming.length) }, (_, i) => {
    const [giver, taker] = [leaving[i], coming[i]];
    const [one, other] = [giver ?? taker, taker ?? giver] as [HolderChange, HolderChange];
    const pass = {
      ...one.pass,
      from: giver?.pass.from,
      fromRole: one.pass.role,
      role: other.pass.role,
      to: taker?.pass.to,
    };
    return { ...one, withTurn: one.withTurn || other.withTurn, pass };
  });
  return [...same, ...pairs];
}

const turnAt = (list: readonly Turn[], at: Instant): Turn | undefined =>
  list.find(({ startAt, endAt }) => startAt <= at && at < endAt);

const passOf = (giving: HeldRole, from: string, taking: HeldRole, to: string): Pass => ({
  role: taking.role,
  from: from === NOBODY ? undefined : from,
  to: to === NOBODY ? undefined : to,
  fromRota: giving.rota.id,
  fromRole: giving.role,
});

/**
 * What passes from the roles of a rota whose duty ends to those of one whose duty begins. A role is taken over from the
 * role of the same name, or else from the first one; nothing is where the same person continues.
 */
function passesBetween(
  givers: readonly HeldRole[],
  takers: readonly HeldRole[],
  at: Instant,
): readonly Pass[] {
  const giverOf = (taker: HeldRole) => givers.find(({ role }) => role === taker.role) ?? givers[0];
  const matched = new Set(takers.map(giverOf));
  const pairs = [
    ...takers.map((taker) => [giverOf(taker), taker] as const),
    // Roles without a counterpart pass to the first role, so that nobody's work is left out.
    ...givers.filter((giver) => !matched.has(giver)).map((giver) => [giver, takers[0]] as const),
  ];
  return pairs.flatMap(([giver, taker]) => {
    if (giver === undefined || taker === undefined) return [];
    const from = spanAt(giver.held, at - 1)?.value ?? NOBODY;
    const to = spanAt(taker.held, at)?.value ?? NOBODY;
    return from === to ? [] : [passOf(giver, from, taker, to)];
  });
}
