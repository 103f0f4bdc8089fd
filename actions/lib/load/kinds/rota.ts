/** A duty of a team, and whose turn it is in each of its roles: `rotas/<team>/<rota>.yaml`. */
import schema from '../../../../schemas/rota.schema.json' with { type: 'json' };
import {
  type Assignment,
  childLocation,
  type Handover,
  type Meeting,
  NOBODY_OFF_DUTY,
  type Override,
  type PathLocation,
  type Role,
  type Rota,
  type RotaTerms,
  type RotationEntry,
  type Seat,
} from '../../model.ts';
import { timeOf, type Wall, WEEKDAYS, wallOfText } from '../../time/date.ts';
import { durationOf } from '../../time/duration.ts';
import { type TurnOn, turnOnOfText } from '../../time/turn-name.ts';
import { isZoneName, type Zone, zoneOf } from '../../time/zone.ts';
import { amended } from '../amendments.ts';
import { assignment } from '../assignment.ts';
import { eachFile, entries, guideOf } from '../decode.ts';
import { handoverForms } from '../handover-forms.ts';
import type { Kind } from '../kind.ts';
import {
  type Choices,
  contactNames,
  idsOf,
  mention,
  namesOf,
  type Registry,
  type UnknownName,
  vitalMention,
} from '../mentions.ts';
import { completeNeeds, statedNeeds, withTeamNeeds } from '../needs.ts';
import { at, keysOf, type Path, type RawFile, visit } from '../raw-data.ts';
import {
  entryOfSeat,
  rolesWithSeats,
  seatChecks,
  seatFault,
  seatId,
  seatIds,
  seatsIn,
  seatsOf,
  seatTurn,
  withSingleSeats,
} from '../role-seats.ts';
import { amendmentDays, checkSpan, fileZone, hasForm, type TimeCheck, TURN_NAME } from '../times.ts';
import { unknownWindowsOfRotas } from '../windows-named.ts';
import type {
  WrittenHandover,
  WrittenMeeting,
  WrittenOverride,
  WrittenRole,
  WrittenRota,
  WrittenWeeklyHandover,
} from '../written.generated.ts';

type WrittenTerms = Pick<WrittenRota, 'handover' | 'hours' | 'covers'>;

function rota(id: string, written: WrittenRota, location: PathLocation): Rota {
  const zone = zoneOf(written.timezone);
  return {
    id,
    team: id.slice(0, id.indexOf('/')),
    name: written.name,
    zone,
    terms: amended<WrittenTerms>(written, location).map(
      ({ firstOn, terms, location: here }): RotaTerms => ({
        firstOn,
        handover: handover(terms.handover),
        hours: terms.hours,
        covers: terms.covers,
        location: here,
      }),
    ),
    roles: new Map(
      entries(written.roles)
        .flatMap(([name, it]) => rolesOf(name, it, childLocation(location, 'roles', name)))
        .map((it) => [it.id, it]),
    ),
    overrides: (written.overrides ?? []).map((it, i) =>
      override(it, zone, childLocation(location, 'overrides', i)),
    ),
    handoverMeeting: meeting(written.handover_meeting),
    standup: meeting(written.standup),
    location,
  };
}

const meeting = (written: WrittenMeeting | undefined): Meeting | undefined =>
  written && {
    time: timeOf(written.time),
    duration: durationOf(written.duration ?? '30 minutes'),
    where: written.where,
  };

const weekdayIndex = (name: string): number => (WEEKDAYS as readonly string[]).indexOf(name);

function handover(written: WrittenHandover): Handover {
  // The list is recognised first: every array has a method named "every".
  if (isList(written)) return weekly(written);
  if ('times' in written)
    return { kind: 'times', times: written.times.map(timeOf).toSorted((a, b) => a - b) };
  const time = timeOf(written.time);
  if ('date' in written) {
    const date = typeof written.date === 'number' ? written.date : 'last';
    return { kind: 'monthly', date, time };
  }
  if ('day' in written) {
    const { day: name, weeks = 1 } = written;
    return weeks === 1 ? weekly([written]) : { kind: 'weeks', weeks, weekday: weekdayIndex(name), time };
  }
  switch (written.every) {
    case 'day':
      return { kind: 'weekly', times: WEEKDAYS.map(() => time) };
    case 'working_day':
      return { kind: 'working-days', time };
    case 'weekday':
      return { kind: 'weekdays', time };
  }
}

const isList = (written: WrittenHandover): written is readonly WrittenWeeklyHandover[] =>
  Array.isArray(written);

function weekly(days: readonly WrittenWeeklyHandover[]): Handover {
  const times = new Map<string, number>(days.map(({ day: name, time }) => [name, timeOf(time)]));
  return { kind: 'weekly', times: WEEKDAYS.map((name) => times.get(name)) };
}

/** The checks of times have already rejected dates that do not exist. */
const turnNamed = (text: string): TurnOn => turnOnOfText(text) as TurnOn;

/** The role, or each of its seats. */
function rolesOf(name: string, written: WrittenRole, location: PathLocation): readonly Role[] {
  const rotation = (written.rotation ?? []).map(({ first_turn, people, seats }, i) => ({
    firstOn: turnNamed(first_turn),
    seats: seats ?? written.seats,
    people: people.map((person, j) =>
      assignment(person, 'rotation', childLocation(location, 'rotation', i, 'people', j)),
    ),
    location: childLocation(location, 'rotation', i),
  }));
  return seatsIn(name, seatsOf(written)).map((seat) => role(name, written, location, rotation, seat));
}

function role(
  name: string,
  written: WrittenRole,
  location: PathLocation,
  rotation: readonly RotationEntry[],
  seat: Seat | undefined,
): Role {
  const id = seat === undefined ? name : seatId(name, seat.number);
  const stated = statedNeeds(written.needs);
  const { schedule, schedules, off_duty: offDuty } = written.pagerduty ?? {};
  return {
    id,
    needs: completeNeeds(stated),
    statedNeeds: stated,
    rotation: rotation.map((entry) => entryOfSeat(entry, seat)),
    turns: new Map(
      entries(written.turns).flatMap(([on, given]): readonly (readonly [TurnOn, Assignment])[] => {
        const own = seatTurn({ id, seat }, given);
        if (own === undefined) return [];
        const [person, key] = own;
        return [[turnNamed(on), assignment(person, 'turn', childLocation(location, 'turns', on, ...key))]];
      }),
    ),
    follows: written.follows,
    counts: written.counts ?? true,
    schedule: seat === undefined ? schedule : schedules?.[seat.number - 1],
    offDuty,
    seat,
    guide: guideOf(written),
    location,
  };
}

function override(written: WrittenOverride, zone: Zone, location: PathLocation): Override {
  const { role: seat, person, instead_of: insteadOf } = written;
  if ('turn' in written) {
    const given = assignment(person, 'override', location, insteadOf);
    return { kind: 'turn', role: seat, turnOn: turnNamed(written.turn), assignment: given, location };
  }
  const isExtra = written.extra === true;
  return {
    kind: isExtra ? 'extra' : 'hours',
    role: seat,
    startAt: zone.instantOf(wallOfText(written.from) as Wall),
    endAt: zone.instantOf(wallOfText(written.to) as Wall),
    assignment: assignment(person, isExtra ? 'extra' : 'override', location, insteadOf),
    location,
  };
}

/** The roles of the rota that one person holds: a role with seats is named by seat. */
const ownRoles: Choices = ({ definitions }, { id, data }) => {
  const withSeats = rolesWithSeats(data);
  const all = definitions('rota').get(id);
  const roles = all && new Set([...all].filter((name) => !withSeats.has(name)));
  return () => roles;
};

/** Whom a schedule may reach off duty. */
const contactsOrNobody: Choices = (registry) => {
  const contacts = contactNames(registry);
  const all = contacts && new Set([...contacts, NOBODY_OFF_DUTY]);
  return () => all;
};

const ownSeatFault = ({ data }: RawFile, name: string) => seatFault(data, name);

function* unknownNames({ filesOf }: Registry): Iterable<UnknownName> {
  yield* unknownWindowsOfRotas(filesOf('rota'), filesOf('support-hours'));
  for (const file of filesOf('rota')) yield* circles(file);
}

/** Roles of a rota that follow each other in a circle. */
function circles(file: RawFile): readonly UnknownName[] {
  const found: UnknownName[] = [];
  const circular = rolesInCircles(file.data);
  visit(file.data, ['roles', '*', 'follows', 'role'], (value, path) => {
    const role = String(path[1]);
    if (typeof value !== 'string' || !circular.has(role)) return;
    const args = { role, follows: value };
    found.push({ location: { file: file.file, path: [...path] }, code: 'follows-itself', args, vital: true });
  });
  return found;
}

function rolesInCircles(data: unknown): ReadonlySet<string> {
  const circular = new Set<string>();
  const seen = new Set<string>();
  for (const role of keysOf(at(data, 'roles'))) {
    const trail: string[] = [];
    let next: unknown = role;
    while (typeof next === 'string' && !seen.has(next)) {
      seen.add(next);
      trail.push(next);
      next = at(data, 'roles', next, 'follows', 'role');
    }
    const begin = trail.indexOf(String(next));
    if (begin !== -1) for (const it of trail.slice(begin)) circular.add(it);
  }
  return circular;
}

const overrides: TimeCheck = (data, report) => {
  const name = at(data, 'timezone');
  if (typeof name !== 'string' || !isZoneName(name)) return;
  visit(data, ['overrides', '*'], (it, path) => void checkSpan(zoneOf(name), it, path, report));
};

const rotationOrder: TimeCheck = (data, report) =>
  visit(data, ['roles', '*', 'rotation'], (rotation, path) => {
    if (!Array.isArray(rotation)) return;
    for (const [i, entry] of rotation.entries()) {
      const above = at(rotation, i - 1, 'first_turn');
      const here = at(entry, 'first_turn');
      if (!hasForm(above, TURN_NAME) || !hasForm(here, TURN_NAME) || here > above) continue;
      const args = { firstTurn: here, above };
      report([...path, i, 'first_turn'], { rule: 'times', code: 'rotation-order', args });
    }
  });

const handoverDays: TimeCheck = (data, report) => {
  for (const steps of [['handover'], ['amendments', '*', 'handover']]) {
    visit(data, steps, (it, path) => {
      const seen = new Set<unknown>();
      for (const i of Array.isArray(it) ? it.keys() : []) {
        const name = at(it, i, 'day');
        if (seen.has(name))
          report([...path, i, 'day'], {
            rule: 'times',
            code: 'double-handover',
            args: { day: String(name) },
          });
        seen.add(name);
      }
    });
  }
};

/** The dates of turns exist; the schema cannot ask it of a name that may contain a time. */
const turnNames: TimeCheck = (data, report) => {
  const check = (text: unknown, path: Path, place?: 'key') => {
    if (!hasForm(text, TURN_NAME) || turnOnOfText(text) !== undefined) return;
    report(path, { rule: 'times', code: 'no-such-date', args: { date: text.slice(0, 10) } }, place);
  };
  visit(data, ['roles', '*', 'rotation', '*', 'first_turn'], (text, path) => check(text, path));
  visit(data, ['roles', '*', 'turns'], (turns, path) => {
    for (const name of keysOf(turns)) check(name, [...path, name], 'key');
  });
  visit(data, ['overrides', '*', 'turn'], (text, path) => check(text, path));
};

/** A hand-over every working day needs support hours, which say what working days are. */
const workingDayHours: TimeCheck = (data, report) => {
  const amendments = at(data, 'amendments');
  const listed = Array.isArray(amendments) ? [...amendments.entries()] : [];
  const inOrder = listed.toSorted(([, one], [, other]) =>
    String(at(one, 'first_day')) < String(at(other, 'first_day')) ? -1 : 1,
  );
  let hours = at(data, 'hours');
  let every = at(data, 'handover', 'every');
  const check = (path: Path) => {
    if (every !== 'working_day' || hours !== undefined) return;
    report(path, { rule: 'times', code: 'working-days-of-no-hours', args: {} });
  };
  check(['handover', 'every']);
  for (const [i, it] of inOrder) {
    hours = at(it, 'hours') ?? hours;
    if (at(it, 'handover') === undefined) continue;
    every = at(it, 'handover', 'every');
    check(['amendments', i, 'handover', 'every']);
  }
};

export const rotaKind = {
  name: 'rota',
  paths: ['rotas/<id>/<id>.yaml'],
  schema,
  defines: ['roles'],
  definesMore: seatIds,
  mentions: [
    vitalMention('hours', 'support hours', idsOf('support-hours')),
    vitalMention('amendments.*.hours', 'support hours', idsOf('support-hours')),
    mention('roles.*.rotation.*.people.*', 'person', namesOf('people')),
    mention('roles.*.turns.*', 'person', namesOf('people')),
    mention('roles.*.turns.*.*', 'person', namesOf('people')),
    vitalMention('roles.*.follows.role', 'role', ownRoles, 'this rota', ownSeatFault),
    mention('roles.*.pagerduty.off_duty', 'contact', contactsOrNobody),
    mention('overrides.*.role', 'role', ownRoles, 'this rota', ownSeatFault),
    mention('overrides.*.person', 'person', namesOf('people')),
    mention('overrides.*.instead_of', 'person', namesOf('people')),
  ],
  unknownNames,
  times: [
    fileZone,
    overrides,
    rotationOrder,
    amendmentDays,
    handoverDays,
    turnNames,
    workingDayHours,
    handoverForms,
    seatChecks,
  ],
  assemble: (files) => ({ rotas: eachFile(files, rota) }),
  link: (handbook) => withSingleSeats(withTeamNeeds(handbook)),
} as const satisfies Kind<'rota'>;
