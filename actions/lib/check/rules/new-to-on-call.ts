/**
 * "Team members that are new to the rota should ensure that they have a secondary who has enough knowledge and
 * experience of the process to support them" (Modernisation Platform, "Our on call process"). New and experienced are
 * counted from `on_call_since` by `policies/on-call.yaml`; the fellow holds another counting role of the same rota at
 * the same time. Told at whoever put the newcomer there.
 */
import type { Assignment, Person } from '../../model.ts';
import type { Resolved, RoleCover } from '../../resolve/resolve.ts';
import { daysOf, durationText } from '../../time.ts';
import { clip, type Interval, overlay, type Span, type Timeline, without } from '../../timeline.ts';
import { type Context, firstOf, type Objection, type Rule, seat, upcoming } from '../rule.ts';

export const newToOnCall: Rule = {
  name: 'new-to-on-call',
  severity: 'warning',
  asks: "does a newcomer's fellow in the rota have experience?",
  *check(context) {
    for (const cover of context.resolved.roles.values()) {
      if (cover.role.needs.onCall && cover.role.counts) yield* alone(context, cover);
    }
  },
};

function* alone({ handbook, resolved, ahead }: Context, cover: RoleCover): Iterable<Objection> {
  const { first, experiencedAfter } = handbook.onCall.newcomers;
  const isOnFor = (person: Person | undefined, span: Interval, days: number) =>
    person?.onCallSince !== undefined && cover.rota.zone.dayOf(span.startAt) - person.onCallSince >= days;
  const isNew = (span: Span<Assignment>) => {
    const person = handbook.people.get(span.value.person);
    return person?.onCallSince !== undefined && !isOnFor(person, span, daysOf(first));
  };
  const newcomers = upcoming(cover.cover, ahead).filter(isNew);
  if (newcomers.length === 0) return;
  const isExperienced = (span: Span<Assignment>) =>
    isOnFor(handbook.people.get(span.value.person), span, daysOf(experiencedAfter));
  const beside = fellows(resolved, cover).reduce<Timeline<Assignment>>(
    (all, other) => overlay(all, other.cover.filter(isExperienced)),
    [],
  );
  for (const [person, spans] of Map.groupBy(
    without(clip(newcomers, ahead), beside),
    ({ value }) => value.person,
  )) {
    const message = `${person} is new to on call and is ${seat(cover)} ${firstOf(cover.rota.zone, spans)} with nobody beside them who has ${durationText(experiencedAfter)} of experience; let somebody experienced take the other role`;
    yield { place: (spans[0] as Span<Assignment>).value.spot, message };
  }
}

const fellows = ({ roles }: Resolved, cover: RoleCover): readonly RoleCover[] =>
  [...cover.rota.roles.keys()].flatMap((id) => {
    const fellow = roles.get(`${cover.rota.id}/${id}`);
    return fellow === undefined || fellow === cover || !fellow.role.counts ? [] : [fellow];
  });
