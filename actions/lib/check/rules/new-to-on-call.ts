/**
 * Somebody new to on call has a second beside them who knows the process well enough to help (Modernisation Platform,
 * "Our on call process"). New and experienced are counted from `on_call_since` by `policies/on-call.yaml`; the fellow
 * holds another counting role of the same rota at the same time. Reported at whatever put the newcomer there.
 */
import { type Assignment, isUnread } from '../../model.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { type Duration, daysOf, durationText } from '../../time/duration.ts';
import { clip, type Instant, overlay, type Span, type Timeline, without } from '../../timeline.ts';
import { seat } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Codes {
  readonly alone: FirstSpan & {
    readonly person: string;
    readonly role: string;
    readonly experiencedAfter: Duration;
  };
}

export const newToOnCall = rule<Codes>({
  name: 'new-to-on-call',
  severity: 'warning',
  summary: "A newcomer's fellow in the rota has experience.",
  playbook: 'Modernisation Platform, Our on call process',
  *check(context) {
    for (const cover of context.resolved.roles.values()) {
      if (cover.role.needs.onCall && cover.role.counts) yield* alone(context, cover);
    }
  },
  describe: {
    alone: ({ person, role, experiencedAfter, ...first }) =>
      `${person} is new to on call and is ${role} ${firstWords(first)} with nobody beside them who has ${durationText(experiencedAfter)} of experience; let somebody experienced take the other role`,
  },
});

function* alone({ handbook, resolved, ahead }: Context, cover: RoleCover): Iterable<Objection<Codes>> {
  const { first, experiencedAfter } = handbook.onCall.newcomers;
  /** The instant at which somebody has been on call for so long; undefined for somebody who is not. */
  const since = (person: string, days: number): Instant | undefined => {
    const day = handbook.people.get(person)?.onCallSince;
    return day === undefined ? undefined : cover.rota.zone.startOf(day + days);
  };
  const newcomers = clip(cover.cover(), ahead).flatMap((span) => {
    const endAt = Math.min(span.endAt, since(span.value.person, daysOf(first)) ?? span.startAt);
    return span.startAt < endAt ? [{ ...span, endAt }] : [];
  });
  if (newcomers.length === 0) return;
  const experienced = ({ cover: held }: RoleCover): Timeline<Assignment> =>
    held().flatMap((span) => {
      // Somebody who could not be read may be experienced.
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
    yield {
      code: 'alone',
      args: { person, role: seat(cover), ...firstOf(cover.rota.zone, spans), experiencedAfter },
      location: (spans[0] as Span<Assignment>).value.location,
    };
  }
}

const fellows = ({ roles }: Resolved, cover: RoleCover): readonly RoleCover[] =>
  [...cover.rota.roles.keys()].flatMap((id) => {
    const fellow = roles.get(`${cover.rota.id}/${id}`);
    return fellow === undefined || fellow === cover || !fellow.role.counts ? [] : [fellow];
  });
