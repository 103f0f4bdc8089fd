/**
 * "Team members that are new to the rota should ensure that they have a secondary who has enough knowledge and
 * experience of the process to support them" (Modernisation Platform, "Our on call process"). New and experienced are
 * counted from `on_call_since` by `policies/on-call.yaml`; the fellow holds another counting role of the same rota at
 * the same time. Told at whoever put the newcomer there.
 */
import { type Assignment, isUnread } from '../../model.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { daysOf, durationText } from '../../time/duration.ts';
import { clip, type Instant, overlay, type Span, type Timeline, without } from '../../timeline.ts';
import { type Context, firstOf, type Objection, type Rule, seat } from '../rule.ts';

export const newToOnCall: Rule = {
  name: 'new-to-on-call',
  severity: 'warning',
  asks: "does a newcomer's fellow in the rota have experience?",
  playbook: 'Modernisation Platform, Our on call process',
  *check(context) {
    for (const cover of context.resolved.roles.values()) {
      if (cover.role.needs.onCall && cover.role.counts) yield* alone(context, cover);
    }
  },
};

function* alone({ handbook, resolved, ahead }: Context, cover: RoleCover): Iterable<Objection> {
  const { first, experiencedAfter } = handbook.onCall.newcomers;
  /** The instant at which somebody has been on call for so long; undefined for somebody who is not. */
  const since = (person: string, days: number): Instant | undefined => {
    const day = handbook.people.get(person)?.onCallSince;
    return day === undefined ? undefined : cover.rota.zone.startOf(day + days);
  };
  const newcomers = clip(cover.cover, ahead).flatMap((span) => {
    const endAt = Math.min(span.endAt, since(span.value.person, daysOf(first)) ?? span.startAt);
    return span.startAt < endAt ? [{ ...span, endAt }] : [];
  });
  if (newcomers.length === 0) return;
  const experienced = ({ cover: held }: RoleCover): Timeline<Assignment> =>
    held.flatMap((span) => {
      // Of somebody who could not be read nobody can say that they are not.
      const isUnknown = isUnread(handbook, 'people', span.value.person);
      const startAt = Math.max(
        span.startAt,
        since(span.value.person, daysOf(experiencedAfter)) ?? (isUnknown ? span.startAt : span.endAt),
      );
      return startAt < span.endAt ? [{ ...span, startAt }] : [];
    });
  const beside = fellows(resolved, cover).reduce<Timeline<Assignment>>(
    (all, other) => overlay(all, experienced(other)),
    [],
  );
  for (const [person, spans] of Map.groupBy(without(newcomers, beside), ({ value }) => value.person)) {
    const message = `${person} is new to on call and is ${seat(cover)} ${firstOf(cover.rota.zone, spans)} with nobody beside them who has ${durationText(experiencedAfter)} of experience; let somebody experienced take the other role`;
    yield { location: (spans[0] as Span<Assignment>).value.location, message };
  }
}

const fellows = ({ roles }: Resolved, cover: RoleCover): readonly RoleCover[] =>
  [...cover.rota.roles.keys()].flatMap((id) => {
    const fellow = roles.get(`${cover.rota.id}/${id}`);
    return fellow === undefined || fellow === cover || !fellow.role.counts ? [] : [fellow];
  });
