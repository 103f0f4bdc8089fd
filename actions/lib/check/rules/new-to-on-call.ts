/**
 * Somebody new to on call is paired with a colleague who has enough experience to help (Modernisation Platform, "Our on
 * call process"). `policies/on-call.yaml` defines new and experienced by the time since `on_call_since`; the colleague
 * holds another counting role of the same rota at the same time. Reported at the line that assigns the newcomer.
 */
import { type Assignment, isUnread, termsFor } from '../../model.ts';
import { eachPossibleHolder, type Resolved, type RoleCover } from '../../resolve/cover.ts';
import { type Duration, dayAfter, durationText } from '../../time/duration.ts';
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
  summary: 'Somebody new to on call shares the rota with somebody experienced.',
  playbook: 'Modernisation Platform, Our on call process',
  *check(context) {
    for (const cover of context.resolved.roles.values()) {
      if (cover.role.needs.onCall && cover.role.counts) yield* alone(context, cover);
    }
  },
  describe: {
    alone: ({ person, role, experiencedAfter, ...first }) =>
      `${person} is new to on call and is ${role} ${firstWords(first)} ` +
      `without a colleague who has ${durationText(experiencedAfter)} of experience; ` +
      'assign somebody experienced to the other role',
  },
});

function* alone({ handbook, resolved, ahead }: Context, cover: RoleCover): Iterable<Objection<Codes>> {
  const { first, experiencedAfter } = termsFor(handbook.onCall, cover.rota.team).newcomers;
  /** The instant at which somebody has been on call for so long; undefined for somebody who is not on call. */
  const since = (person: string, time: Duration): Instant | undefined => {
    const day = handbook.people.get(person)?.onCallSince;
    return day === undefined ? undefined : cover.rota.zone.startOf(dayAfter(day, time));
  };
  const isNew = (person: string) => (since(person, first) ?? ahead.startAt) > ahead.startAt;
  const people = new Set<string>();
  eachPossibleHolder(cover, (person) => people.add(person));
  if (![...people].some(isNew)) return;
  const newcomers = clip(cover.cover(), ahead).flatMap((span) => {
    const endAt = Math.min(span.endAt, since(span.value.person, first) ?? span.startAt);
    return span.startAt < endAt ? [{ ...span, endAt }] : [];
  });
  if (newcomers.length === 0) return;
  const experienced = ({ cover: held }: RoleCover): Timeline<Assignment> =>
    held().flatMap((span) => {
      // A person whose entry could not be read may be experienced.
      const isUnknown = isUnread(handbook, 'people', span.value.person);
      const startAt = Math.max(
        span.startAt,
        since(span.value.person, experiencedAfter) ?? (isUnknown ? span.startAt : span.endAt),
      );
      return startAt < span.endAt ? [{ ...span, startAt }] : [];
    });
  const accompanied = otherRoles(resolved, cover).reduce<Timeline<Assignment>>(
    (all, other) => overlay(all, experienced(other)),
    [],
  );
  for (const [person, spans] of Map.groupBy(without(newcomers, accompanied), ({ value }) => value.person)) {
    yield {
      code: 'alone',
      args: { person, role: seat(cover), ...firstOf(cover.rota.zone, spans), experiencedAfter },
      location: (spans[0] as Span<Assignment>).value.location,
    };
  }
}

const otherRoles = ({ roles }: Resolved, cover: RoleCover): readonly RoleCover[] =>
  [...cover.rota.roles.keys()].flatMap((id) => {
    const other = roles.get(`${cover.rota.id}/${id}`);
    return other === undefined || other === cover || !other.role.counts ? [] : [other];
  });
