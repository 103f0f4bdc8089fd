/** The bodies of PagerDuty's responses about shift-based schedules. Times are in UTC unless a zone is requested. */
import { type Zone, zoneOf } from '../../actions/lib/time/zone.ts';
import { clip, type Interval } from '../../actions/lib/timeline.ts';
import { reference, resource, timeText } from './bodies.ts';
import { idOf } from './ids.ts';
import { type ApiRequest, isRequested, requestedRange, requestedZone } from './request.ts';
import { type Assignment, assignments, usersOnCall } from './shift-rendering.ts';
import { clippedTo } from './shift-request.ts';
import type { CustomShift, Member, Rotation, ShiftEvent, ShiftOverride } from './shift-state.ts';
import { present, type Schedule } from './state.ts';

/** The zone of the times in a response. */
export const zoneIn = (request: ApiRequest): Zone => requestedZone(request) ?? zoneOf('UTC');

const memberBody = (member: Member) =>
  member === undefined ? { type: 'empty_member' } : { type: 'user_member', user_id: member };

const times = (zone: Zone, { startAt, endAt }: Interval) => ({
  start_time: timeText(zone, startAt),
  end_time: timeText(zone, endAt),
});

function links(schedule: Schedule, ...place: readonly string[]) {
  const { self, html_url } = resource('schedule_v3', 'schedule_v3', schedule);
  return { self: [self, ...place].join('/'), html_url };
}

export const customShiftBody = (schedule: Schedule, zone: Zone, shift: CustomShift) => ({
  id: shift.id,
  type: 'custom_shift',
  ...times(zone, shift),
  assignments: [
    { id: idOf('A', `${shift.id} assignment`), type: 'shift_assignment', member: memberBody(shift.member) },
  ],
  ...links(schedule, 'custom_shifts', shift.id),
});

export const shiftOverrideBody = (schedule: Schedule, zone: Zone, override: ShiftOverride) => ({
  id: override.id,
  type: 'override_shift',
  ...('rotationId' in override.source
    ? { rotation_id: override.source.rotationId }
    : { custom_shift_id: override.source.customShiftId }),
  ...times(zone, override),
  overridden_member: memberBody(override.overridden),
  overriding_member: memberBody(override.overriding),
  ...links(schedule, 'overrides', override.id),
});

export function eventBody(schedule: Schedule, rotationId: string, event: ShiftEvent) {
  const [own, utc] = [zoneOf(event.timeZone), zoneOf('UTC')];
  const zoned = (wall: number) => ({
    date_time: timeText(own, own.instantOf(wall)),
    time_zone: event.timeZone,
  });
  const members = event.members.map(memberBody);
  return {
    id: event.id,
    type: 'schedule_event',
    name: event.name,
    start_time: zoned(event.startWall),
    end_time: zoned(event.endWall),
    effective_since: timeText(utc, event.effectiveAt),
    effective_until: event.effectiveUntil === undefined ? null : timeText(utc, event.effectiveUntil),
    recurrence: event.recurrence,
    assignment_strategy:
      event.strategy === 'every'
        ? { type: 'every_member_assignment_strategy', members }
        : {
            type: 'rotating_member_assignment_strategy',
            shifts_per_member: event.shiftsPerMember,
            members,
          },
    ...links(schedule, 'rotations', rotationId, 'events', event.id),
  };
}

export const rotationBody = (schedule: Schedule, { id, events }: Rotation) => ({
  id,
  type: 'schedule_rotation',
  events: events.map((event) => eventBody(schedule, id, event)),
  ...links(schedule, 'rotations', id),
});

function sourceBody({ source, overrideId }: Assignment) {
  const isOverride = overrideId !== undefined;
  return {
    ...('rotationId' in source
      ? {
          type: isOverride ? 'schedule_rotation_override' : 'schedule_rotation',
          rotation_id: source.rotationId,
        }
      : { type: isOverride ? 'custom_shift_override' : 'custom_shift', shift_id: source.customShiftId }),
    ...(isOverride ? { override_id: overrideId } : {}),
  };
}

/** Time without a shift, as an entry; that such an entry names no rotation is an assumption. */
function holes(all: readonly Interval[], { startAt, endAt }: Interval): readonly Interval[] {
  const found: Interval[] = [];
  let heldTo = startAt;
  for (const each of all) {
    if (each.startAt > heldTo) found.push({ startAt: heldTo, endAt: each.startAt });
    heldTo = Math.max(heldTo, each.endAt);
  }
  return heldTo < endAt ? [...found, { startAt: heldTo, endAt }] : found;
}

/** The assignments in the requested range; several people at once have overlapping entries. */
function finalSchedule(request: ApiRequest, schedule: Schedule, range: Interval) {
  const zone = zoneIn(request);
  const entry = (interval: Interval, member: Member, source: object) => ({
    type: 'computed_shift_assignment',
    ...times(zone, interval),
    member: memberBody(member),
    source,
  });
  const all = assignments(schedule, range).map((each) =>
    isRequested(request, 'overflow') ? each : clippedTo(each, range),
  );
  const empty = request.shifts.holes === 'shown' ? holes(all, range) : [];
  const covered = clip(usersOnCall(schedule, range), range).reduce(
    (sum, it) => sum + it.endAt - it.startAt,
    0,
  );
  const whole = range.endAt - range.startAt;
  return {
    type: 'final_schedule',
    rendered_coverage_percentage: whole === 0 ? 0 : Math.round((covered / whole) * 1000) / 10,
    computed_shift_assignments: [
      ...all.map((each) => entry(each, each.member, sourceBody(each))),
      ...empty.map((each) => entry(each, undefined, { type: 'schedule_rotation' })),
    ],
  };
}

/** A schedule with its rotations; with the final schedule if that and a range are requested. */
export function shiftScheduleBody(request: ApiRequest, schedule: Schedule) {
  const { state, query } = request;
  const isFinal = query.getAll('include[]').includes('final_schedule');
  const range = isFinal && query.has('since') && query.has('until') ? requestedRange(request) : undefined;
  const policies = state.policies.filter(({ rules }) =>
    rules.some(({ targets }) => targets.some(({ id }) => id === schedule.id)),
  );
  return {
    ...resource('schedule_v3', 'schedule_v3', schedule),
    name: schedule.name,
    time_zone: present(schedule).timeZone,
    description: schedule.description,
    teams: schedule.teams.map((team) => reference('team', team)),
    escalation_policies: policies.map((policy) => reference('escalation_policy', policy)),
    rotations: schedule.rotations.map((rotation) => rotationBody(schedule, rotation)),
    ...(range === undefined ? {} : { final_schedule: finalSchedule(request, schedule, range) }),
  };
}
