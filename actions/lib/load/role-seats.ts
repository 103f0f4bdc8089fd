/**
 * Roles with seats. Each seat is loaded as a role of its own, so that everything after loading knows single roles only:
 * `engineer` with two seats becomes `engineer-1` and `engineer-2`. In turn n the seats 1 to k are given to the next k
 * people of the rotation. Pure.
 *
 * An entry of the rotation may have fewer seats than the role; the others are nobody's then, and not needed.
 */
import {
  type Handbook,
  type MemberGroup,
  type Notified,
  type Role,
  type RoleRef,
  type RotationEntry,
  roleOf,
  roleText,
  type Seat,
} from '../model.ts';
import type { Coded, NameCodes } from './codes.ts';
import { at, isMap, keysOf, type Path } from './raw-data.ts';
import type { ReportTime, TimeCheck } from './times.ts';

const MOST_SEATS = 20;

/** The name of a seat in overrides, findings and output. */
export const seatId = (role: string, number: number): string => `${role}-${number}`;

/** The seats of a role as written: undefined for a role that one person holds at a time. */
export const seatsIn = (role: string, seats: number | undefined): readonly (Seat | undefined)[] =>
  seats === undefined
    ? [undefined]
    : Array.from({ length: seats }, (_, i) => ({ of: role, number: i + 1, seats }));

/**
 * A rotation entry as it concerns one seat: the person whom each turn gives this seat. After as many turns as the list
 * has people, at the latest, the order repeats.
 */
export function entryOfSeat(entry: RotationEntry, seat: Seat | undefined): RotationEntry {
  const { people, seats } = entry;
  if (seat === undefined || seats === undefined || people.length === 0) return entry;
  if (seat.number > seats) return { ...entry, people: [] };
  const turns = people.length / greatestDivisor(people.length, seats);
  const own = Array.from({ length: turns }, (_, n) => people[(n * seats + seat.number - 1) % people.length]);
  return { ...entry, people: own.filter((it) => it !== undefined) };
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other);

/** The handbook in which `covered_by` and chains name single seats where they name a role with seats. */
export function withSingleSeats(handbook: Handbook): Handbook {
  const seats = new Map<string, RoleRef[]>();
  for (const rota of handbook.rotas.values())
    for (const { id, seat } of rota.roles.values()) {
      if (seat === undefined) continue;
      const all = `${rota.id}/${seat.of}`;
      const one = { rota: rota.id, role: id };
      seats.set(all, [...(seats.get(all) ?? []), one]);
    }
  if (seats.size === 0) return handbook;
  const singles = (ref: RoleRef): readonly RoleRef[] => seats.get(`${ref.rota}/${ref.role}`) ?? [ref];
  return {
    ...handbook,
    hours: requiredSeats(handbook, singles),
    escalations: notifiedSeats(handbook, singles),
    teams: groupsOfSeats(handbook, singles),
  };
}

type Singles = (ref: RoleRef) => readonly RoleRef[];

/** A role by itself requires each of its seats; among others, it counts as held when all of its seats are. */
const requiredSeats = ({ hours }: Handbook, singles: Singles): Handbook['hours'] =>
  new Map(
    [...hours].map(([id, policy]) => {
      const terms = policy.terms.map((own) => ({
        ...own,
        coveredBy: own.coveredBy.flatMap((requirement) => {
          const sets = requirement.anyOf.map((set) => set.flatMap(singles));
          const [only, another] = sets;
          return only === undefined || another !== undefined
            ? [{ ...requirement, anyOf: sets }]
            : only.map((role) => ({ ...requirement, anyOf: [[role]], isSeat: only[1] !== undefined }));
        }),
      }));
      return [id, { ...policy, terms }];
    }),
  );

const notifiedSeats = ({ escalations }: Handbook, singles: Singles): Handbook['escalations'] =>
  new Map(
    [...escalations].map(([id, chain]) => {
      const levels = chain.levels.map((level) => ({
        ...level,
        notify: level.notify.flatMap((it): readonly Notified[] =>
          it.kind === 'role' ? singles(it.role).map((role) => ({ ...it, role })) : [it],
        ),
      }));
      return [id, { ...chain, levels }];
    }),
  );

/** The holders of all seats of a role are members of the groups that name it. */
function groupsOfSeats({ teams }: Handbook, singles: Singles): Handbook['teams'] {
  const withSeats = <K>(groups: ReadonlyMap<K, MemberGroup>): ReadonlyMap<K, MemberGroup> =>
    new Map(
      [...groups].map(([group, own]) => [
        group,
        { ...own, roles: own.roles.flatMap((role) => singles(roleOf(role)).map(roleText)) },
      ]),
    );
  return new Map(
    [...teams].map(([id, team]) => [
      id,
      {
        ...team,
        zendeskGroups: withSeats(team.zendeskGroups),
        slack: team.slack && { ...team.slack, userGroups: withSeats(team.slack.userGroups) },
      },
    ]),
  );
}

/** How many seats a role has, in data of any shape: the most of its own number and those of its entries. */
export function seatsOf(written: unknown): number | undefined {
  const own = at(written, 'seats');
  if (!isSeats(own)) return undefined;
  const rotation = at(written, 'rotation');
  const entries = (Array.isArray(rotation) ? rotation : []).map((entry) => at(entry, 'seats'));
  return Math.max(own, ...entries.slice(0, MOST_ENTRIES).filter(isSeats));
}

/** More than a rotation may have, which the schema reports. */
const MOST_ENTRIES = 501;

/** The names of the seats of every role of a rota, in raw data of any shape. */
export const seatIds = (data: unknown): readonly string[] =>
  keysOf(at(data, 'roles')).flatMap((role) => {
    const written = at(data, 'roles', role);
    if (at(written, 'seats') === undefined) return [];
    // The schema reports a number that is none; any seat may be meant.
    const many = seatsOf(written) ?? MOST_SEATS;
    return Array.from({ length: many }, (_, i) => seatId(role, i + 1));
  });

const isSeats = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_SEATS;

/** The roles of a rota that have seats: their names do not name one seat. */
export const rolesWithSeats = (data: unknown): ReadonlySet<string> =>
  new Set(keysOf(at(data, 'roles')).filter((role) => at(data, 'roles', role, 'seats') !== undefined));

/** The fault of a name that stands where one seat is named, if the rota has a role with seats that was meant. */
export function seatFault(data: unknown, name: string): Coded<NameCodes> | undefined {
  const isWithSeats = at(data, 'roles', name, 'seats') !== undefined;
  const role = isWithSeats ? name : withoutNumber(name);
  const seats = seatsOf(at(data, 'roles', role));
  if (seats === undefined) return undefined;
  return { code: 'name-a-seat', args: { role, seats } };
}

/** A name without the number at its end, read backwards once. */
function withoutNumber(name: string): string {
  let end = name.length;
  while (end > 0 && /\d/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, name.charAt(end - 1) === '-' ? end - 1 : end);
}

/** The length of a name in a message, whatever its length in the file. */
const clipped = (name: string): string => name.slice(0, 100);

/** Checks what a role with seats says against their number, and that no role has the name of another's seat. */
export const seatChecks: TimeCheck = (data, report) => {
  const roles = at(data, 'roles');
  const taken = new Map<string, string>();
  for (const role of keysOf(roles)) {
    const written = at(roles, role);
    if (!isMap(written)) continue;
    const seats = seatsOf(written);
    const path = ['roles', role];
    if (written.seats === undefined) checkWithoutSeats(clipped(role), written, path, report);
    else if (seats !== undefined) {
      checkSeats(role, seats, written, path, report);
      for (let i = 1; i <= seats; i++) taken.set(seatId(role, i), role);
    }
  }
  for (const name of keysOf(roles)) {
    const role = taken.get(name);
    const args = { name: clipped(name), role: clipped(String(role)) };
    if (role !== undefined)
      report(['roles', name], { rule: 'known-names', code: 'name-of-a-seat', args }, 'key');
  }
};

function checkWithoutSeats(role: string, written: unknown, path: Path, report: ReportTime): void {
  const rotation = at(written, 'rotation');
  for (const [i, entry] of (Array.isArray(rotation) ? rotation : []).entries()) {
    if (!isSeats(at(entry, 'seats'))) continue;
    report(
      [...path, 'rotation', i, 'seats'],
      { rule: 'schema', code: 'seats-of-an-entry', args: { role } },
      'key',
    );
  }
  const turns = at(written, 'turns');
  for (const on of keysOf(turns)) {
    const [person] = Object.values(isMap(at(turns, on)) ? (at(turns, on) as object) : {});
    if (typeof person !== 'string') continue;
    report([...path, 'turns', on], {
      rule: 'schema',
      code: 'turn-of-seats',
      args: { role, person: clipped(person) },
    });
  }
  const schedules = at(written, 'pagerduty', 'schedules');
  if (Array.isArray(schedules)) {
    const args = { role, schedule: clipped(String(schedules[0])) };
    report(
      [...path, 'pagerduty', 'schedules'],
      { rule: 'schema', code: 'schedules-without-seats', args },
      'key',
    );
  }
}

function checkSeats(role: string, seats: number, written: unknown, path: Path, report: ReportTime): void {
  const name = seatId(role, seats);
  const most = 64 - name.length + role.length;
  if (role.length > most) {
    const args = { thing: 'Id of a role with seats', length: role.length, most };
    report(path, { rule: 'schema', code: 'key-too-long', args }, 'key');
  }
  const follows = at(written, 'follows', 'role');
  if (at(written, 'follows') !== undefined) {
    // A seat is named where its role is meant, too.
    const other = typeof follows === 'string' ? clipped(follows).replace(/-\d+$/, '') : undefined;
    const args = { role: clipped(role), follows: other };
    report([...path, 'seats'], { rule: 'schema', code: 'seats-of-a-follower', args }, 'key');
  }
  checkPeople(Number(at(written, 'seats')), at(written, 'rotation'), [...path, 'rotation'], report);
  checkTurns(clipped(role), seats, at(written, 'turns'), [...path, 'turns'], report);
  checkSchedules(clipped(role), seats, at(written, 'pagerduty'), [...path, 'pagerduty'], report);
}

function checkPeople(ofRole: number, rotation: unknown, path: Path, report: ReportTime): void {
  for (const [i, entry] of (Array.isArray(rotation) ? rotation : []).entries()) {
    const list = at(entry, 'people');
    const own = at(entry, 'seats');
    const seats = isSeats(own) ? own : ofRole;
    const people = new Set(Array.isArray(list) ? list : []).size;
    if (people === 0 || people >= seats) continue;
    report([...path, i, 'people'], { rule: 'schema', code: 'fewer-than-seats', args: { people, seats } });
  }
}

function checkTurns(role: string, seats: number, turns: unknown, path: Path, report: ReportTime): void {
  for (const on of keysOf(turns)) {
    const given = at(turns, on);
    if (typeof given === 'string') {
      const args = { seat: seatId(role, 1), person: clipped(given) };
      report([...path, on], { rule: 'schema', code: 'turn-without-seat', args });
    }
    const held = new Map<unknown, string>();
    for (const name of keysOf(given)) {
      const person = at(given, name);
      const other = held.get(person);
      if (!Array.from({ length: seats }, (_, i) => seatId(role, i + 1)).includes(name))
        report(
          [...path, on, name],
          { rule: 'known-names', code: 'name-a-seat', args: { role, seats } },
          'key',
        );
      else if (other !== undefined) {
        const args = { person: clipped(String(person)), seat: other };
        report([...path, on, name], { rule: 'schema', code: 'two-seats', args });
      }
      held.set(person, name);
    }
  }
}

function checkSchedules(role: string, seats: number, written: unknown, path: Path, report: ReportTime): void {
  const schedules = at(written, 'schedules');
  const schedule = at(written, 'schedule');
  const ids = (Array.isArray(schedules) ? schedules : [schedule]).slice(0, MOST_SEATS + 1);
  const args = { role, seats, ids: ids.map((id) => clipped(String(id))) };
  if (schedule !== undefined)
    report([...path, 'schedule'], { rule: 'schema', code: 'schedules-of-seats', args }, 'key');
  else if (schedules !== undefined && ids.length !== seats && ids.length > 0 && ids.length <= MOST_SEATS)
    report([...path, 'schedules'], { rule: 'schema', code: 'schedules-of-seats', args });
}

/** The agreed turns of a role as they concern one seat: the key of the seat in each, for a role with seats. */
export const seatTurn = (
  role: Pick<Role, 'id' | 'seat'>,
  given: unknown,
): readonly [person: string, key: Path] | undefined => {
  if (typeof given === 'string') return role.seat === undefined ? [given, []] : undefined;
  const person = at(given, role.id);
  return typeof person === 'string' ? [person, [role.id]] : undefined;
};
