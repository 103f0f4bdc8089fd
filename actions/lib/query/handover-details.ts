/**
 * What those who hand over should know: the meetings, what happens in the coming turn, and the team's checklists. Has
 * no reasons of absences or overrides. Pure.
 */
import type { Checklists, Handbook, PlannedChange, Rota } from '../model.ts';
import { absenceSpan, zoneOfPerson } from '../resolve/availability.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { resolve } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import { turnText } from '../time/turn-name.ts';
import { type Instant, type Interval, spanAt } from '../timeline.ts';
import type { HandoverEvent, Pass } from './handovers.ts';
import { type Meetings, type MeetingTime, meetingsOf } from './meetings.ts';
import { rosterOf } from './roster.ts';
import { type Exchange, exchangesOf } from './turns.ts';

/** A hand-over with everything that belongs to it. */
export interface HandoverDetails extends Meetings {
  readonly handover: HandoverEvent;
  /** From the hand-over to the end of the turn, of the window for a daily one, or to the next one within the turn. */
  readonly coming: Interval;
  /** The planned changes in that time that the team makes, or that somebody of the rota supports; by start. */
  readonly changes: readonly PlannedChange[];
  /** When people of the rota are away in that time; `endAt` is infinite when the return is not known. */
  readonly absences: readonly (Interval & { readonly person: string })[];
  /** The overrides in that time, by role. */
  readonly swaps: readonly (Exchange & { readonly role: string })[];
  readonly checklists: Checklists;
}

/** How far ahead the details of a turn without an end go. */
const FURTHEST = 62 * DAY;

/** The details of a hand-over; undefined if its rota does not exist any more. */
export function handoverDetails(handbook: Handbook, handover: HandoverEvent): HandoverDetails | undefined {
  const rota = handbook.rotas.get(handover.rota);
  if (rota === undefined) return undefined;
  const { at, kind } = handover;
  const further = { startAt: at, endAt: at + FURTHEST };
  const covers = [...resolve({ ...handbook, rotas: new Map([[rota.id, rota]]) }, further).roles.values()];
  const coming = { startAt: at, endAt: Math.min(endOf(handover, covers), further.endAt) };
  const none: Meetings = { meeting: undefined, standup: undefined };
  return {
    ...(kind === 'turn' ? meetingsOf(handbook, rota, at) : none),
    handover,
    coming,
    changes: changesIn(handbook, rota, coming),
    absences: absencesIn(handbook, rota, coming),
    swaps: covers.flatMap((cover) =>
      exchangesOf(cover, coming).map((exchange) => ({ ...exchange, role: cover.role.id })),
    ),
    checklists: handbook.teams.get(rota.team)?.checklists ?? { start: [], end: [] },
  };
}

function endOf({ at, kind, turn, passes }: HandoverEvent, covers: readonly RoleCover[]): Instant {
  const [first] = covers;
  const window = first === undefined ? undefined : spanAt(first.duty, at);
  const end = (kind === 'daily' ? window?.endAt : turn?.endAt) ?? at + 7 * DAY;
  if (kind !== 'cover') return end;
  const until = passes.map(({ role, to }) => {
    const cover = covers.find((it) => it.role.id === role);
    return (cover === undefined ? undefined : nextHolderAt(cover, to, at)) ?? end;
  });
  return Math.min(end, Math.max(...until));
}

/** When somebody else takes a role over, or whoever has it stops; undefined if that is not known. */
function nextHolderAt({ cover }: RoleCover, person: string | undefined, at: Instant): Instant | undefined {
  const ahead = cover().filter(({ endAt, value }) => endAt > at && value.by !== 'extra');
  return ahead.find(({ value }) => value.person !== person)?.startAt;
}

const touches = (one: Interval, other: Interval): boolean =>
  one.startAt < other.endAt && one.endAt > other.startAt;

const changesIn = (handbook: Handbook, rota: Rota, span: Interval): readonly PlannedChange[] =>
  [...handbook.changes.values()]
    .filter((it) => it.team === rota.team || it.assigned.some(({ role }) => role.rota === rota.id))
    .filter((it) => touches(it, span))
    .toSorted((one, other) => one.startAt - other.startAt || (one.id < other.id ? -1 : 1));

const absencesIn = ({ people }: Handbook, rota: Rota, span: Interval): HandoverDetails['absences'] =>
  [...rosterOf(rota)].toSorted().flatMap((id) => {
    const person = people.get(id);
    const away = person?.away ?? [];
    return away
      .map((absence) => ({
        person: id,
        ...absenceSpan(person ? zoneOfPerson(person, rota) : rota.zone, absence),
      }))
      .filter((it) => touches(it, span))
      .toSorted((one, other) => one.startAt - other.startAt);
  });

/** A hand-over in JSON: ids, instants such as `2026-12-02T17:00:00Z`, and null for nobody and nothing. */
export function handoverEntry({ handover, meeting, standup, coming, ...details }: HandoverDetails) {
  const { rota, at, kind, turn, passes } = handover;
  return {
    rota,
    at: instantText(at),
    kind,
    turn: turn === undefined ? null : turnText(turn.on),
    until: instantText(coming.endAt),
    passes: passes.map(passEntry),
    meeting: meetingEntry(meeting),
    standup: meetingEntry(standup),
    changes: details.changes.map(({ id, service, summary, startAt, endAt, assigned }) => ({
      ...{ id, service, summary, start: instantText(startAt), end: instantText(endAt) },
      people: [...new Set(assigned.map(({ person }) => person))],
    })),
    absences: details.absences.map(({ person, startAt, endAt }) => ({
      ...{ person, start: instantText(startAt) },
      end: Number.isFinite(endAt) ? instantText(endAt) : null,
    })),
    swaps: details.swaps.flatMap(({ role, kind: how, person, instead, spans }) =>
      spans.map(({ startAt, endAt }) => ({
        ...{ role, kind: how, person, instead_of: instead ?? null },
        ...{ start: instantText(startAt), end: instantText(endAt) },
      })),
    ),
    checklists: details.checklists,
  };
}

const passEntry = ({ role, from, to, fromRota, fromRole }: Pass) => ({
  ...{ role, from: from ?? null, to: to ?? null },
  ...{ from_rota: fromRota, from_role: fromRole },
});

const meetingEntry = (meeting: MeetingTime | undefined) =>
  meeting === undefined
    ? null
    : {
        start: instantText(meeting.startAt),
        end: instantText(meeting.endAt),
        where: meeting.where ?? null,
      };
