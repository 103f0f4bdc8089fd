/** The shifts of a rota as calendar events, and the files that their times and text depend on. Pure. */
import type { Assignment, Handbook, Rota } from '../model.ts';
import { rosterOf } from '../query/roster.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { formatSpan } from '../time/format.ts';
import type { Zone } from '../time/zone.ts';
import { clip, type Instant, type Interval, indexFrom, type Span } from '../timeline.ts';
import { isInHours } from './busy.ts';
import { eventText } from './calendar.ts';
import type { Publication } from './publication.ts';

/** The shifts of one role that overlap the published span, not clipped to it. */
export interface RoleShifts {
  readonly cover: RoleCover;
  readonly shifts: readonly Span<Assignment>[];
}

/** A shift as an event, and as the busy flavour of a person's calendar has it. */
export interface ShiftEvent {
  readonly person: string;
  readonly text: string;
  readonly busy: string;
}

/** The events of one rota, in order of start. */
export function shiftEvents(
  handbook: Handbook,
  rota: Rota,
  roles: readonly RoleShifts[],
  revisedAt: Instant,
): readonly ShiftEvent[] {
  const { site } = handbook.publishing;
  const held = roles.flatMap(({ cover, shifts }) => shifts.map((shift) => ({ cover, shift })));
  return held
    .toSorted((one, other) => one.shift.startAt - other.shift.startAt)
    .map(({ cover, shift: { startAt, endAt, value } }) => {
      const name = publishedName(handbook, value.person);
      const duty = `${teamName(handbook, rota.team)}, ${rota.name} (${cover.role.id})`;
      const event = {
        identity: `${rota.id}/${cover.role.id}/${startAt}`,
        startAt,
        endAt,
        summary: `${name} ${cover.role.counts ? 'on call' : 'shadowing'}: ${duty}`,
        description: [
          `${name}: ${duty}`,
          ...zonesOf(handbook, rota, value.person).map(
            (zone) => `${formatSpan(zone, startAt, endAt, startAt)}, ${zone.name}`,
          ),
          ...exceptions(handbook, cover, { startAt, endAt }),
          ...(cover.role.guide.runbook === undefined ? [] : [`Runbook: ${cover.role.guide.runbook}`]),
        ],
        category: rota.name,
        url: site,
        revisedAt,
      };
      const text = eventText(event);
      const isBusy = isInHours(rota, cover.role);
      return { person: value.person, text, busy: isBusy ? eventText({ ...event, isBusy }) : text };
    });
}

/** When anything last changed that the events of a rota depend on; `plannedAt` is that of the planned changes. */
export const revisionOf = ({ handbook, revisedAt }: Publication, rota: Rota, plannedAt: Instant): Instant =>
  Math.max(plannedAt, ...inputsOf(handbook, rota).map(revisedAt));

/** The zones in which the times of a shift are written: that of the rota, and one of the person's own. */
export function zonesOf({ people }: Handbook, { zone }: Rota, id: string): readonly Zone[] {
  const own = people.get(id)?.zone;
  return own === undefined || own === zone ? [zone] : [zone, own];
}

/** Who is replaced in a shift, with the times if it is only for a part of the shift. */
function exceptions(handbook: Handbook, { rota, cover }: RoleCover, shift: Interval): readonly string[] {
  const held = cover();
  return clip(held.slice(indexFrom(held, shift.startAt)), shift).flatMap(
    ({ startAt, endAt, value: { insteadOf } }) => {
      if (insteadOf === undefined) return [];
      const name = publishedName(handbook, insteadOf);
      return startAt === shift.startAt && endAt === shift.endAt
        ? [`Instead of ${name}`]
        : [`${formatSpan(rota.zone, startAt, endAt, shift.startAt)} instead of ${name}`];
    },
  );
}

/**
 * The teams' files of planned changes, any of which may assign people in any rota. Includes files that do not exist: a
 * deleted file changes the shifts that it assigned.
 */
export const plannedFiles = ({ teams, rotas }: Handbook): readonly string[] =>
  [...new Set([...teams.keys(), ...[...rotas.values()].map(({ team }) => team)])].map(
    (team) => `rotas/${team}/planned-changes.yaml`,
  );

/**
 * The files that a rota's shifts and their text depend on, except planned changes. Independent of the published span:
 * otherwise SEQUENCE would decrease when somebody's shifts leave it.
 */
function inputsOf(handbook: Handbook, rota: Rota): readonly string[] {
  const { team, terms, location, overrides } = rota;
  const hours = terms.flatMap(({ hours: policy }) => handbook.hours.get(policy ?? '') ?? []);
  const holidays = hours.flatMap((it) =>
    it.terms.flatMap((own) => own.holidays.flatMap((id) => handbook.holidays.get(id) ?? [])),
  );
  const named = [...rosterOf(rota), ...overrides.flatMap(({ assignment }) => assignment.insteadOf ?? [])];
  return [
    location.file,
    `rotas/${team}/team.yaml`,
    'policies/publishing.yaml',
    ...hours.map((it) => it.location.file),
    ...holidays.map((it) => it.location.file),
    ...new Set(named.flatMap((id) => handbook.people.get(id)?.location.file ?? [])),
  ];
}
