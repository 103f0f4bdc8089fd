/**
 * Whoever a change has called by name, in a chain or with the account of a contact, can be called: they have begun and
 * have not left, are not away, and have opted in where it is out of hours (dxw, "Support and on call"). Whoever is
 * called as the holder of a role is judged by `eligible` and `away`. A chain cannot leave out somebody's holiday, so
 * that an absence is a warning. Reported at the line that causes the call; what is too much to compare, at the service.
 */
import { listText } from '../../compare/consent-words.ts';
import type { Reached } from '../../compare/reached.ts';
import type { NewCall } from '../../compare/service-calls.ts';
import type { Person } from '../../model.ts';
import { absenceSpan } from '../../resolve/availability.ts';
import { DAY } from '../../time/date.ts';
import type { Zone } from '../../time/zone.ts';
import { layered, restrict, type Timeline } from '../../timeline.ts';
import { type Context, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

interface Called extends FirstSpan {
  readonly person: string;
  readonly service: string;
}

interface Codes {
  readonly 'not-started': Called;
  readonly 'has-left': Called;
  readonly 'not-opted-in': Called;
  readonly away: Called;
  /** There is too much to compare of whom these services call. */
  readonly uncompared: { readonly services: readonly string[] };
}

export const newCalls = rule<Codes>({
  name: 'new-calls',
  severity: 'error',
  summary: 'Whoever a change has called by name has started, has not left, is not away, and has opted in.',
  needs: 'base',
  playbook: 'dxw, Support and on call',
  *check(context) {
    const [first, ...others] = context.against?.uncomparedServices ?? [];
    const service = context.handbook.services.get(first ?? '');
    if (first !== undefined && service !== undefined)
      yield { code: 'uncompared', args: { services: [first, ...others] }, location: service.location };
    for (const reached of context.against?.reached ?? []) {
      const { callee, subject, cause: location } = reached;
      const person = callee.kind === 'person' ? context.handbook.people.get(callee.id) : undefined;
      const calls = reached.calls.filter(({ value }) => !value.wasCalled && isByName(value));
      if (person === undefined || calls.length === 0) continue;
      const zone = person.zone ?? reached.zone;
      for (const [code, spans] of objections(context, reached, person, calls, zone)) {
        if (spans.length === 0) continue;
        const args = { person: person.id, service: subject.id, ...firstOf(zone, spans) };
        yield code === 'away'
          ? { code, args, location, severity: 'warning' as const }
          : { code, args, location };
      }
    }
  },
  describe: {
    'not-started': (called) => sentence(called, 'has not started by then (first_day)'),
    'has-left': (called) => sentence(called, 'has left by then (last_day)'),
    'not-opted-in': (called) =>
      sentence(called, 'has not opted in to out-of-hours work by then (on_call_since)'),
    away: (called) => sentence(called, 'is away'),
    uncompared: ({ services }) =>
      `whom ${listText(services, 3, ', ')} call may change, and this is too much to compare at once; ` +
      'change fewer services, or give their support hours fewer windows',
  },
});

const sentence = ({ person, service, ...first }: Called, why: string): string =>
  `${person} ${why}, and is called for ${service} ${firstWords(first)} from this change on; ` +
  'name somebody else, or correct people';

const isByName = ({ target, via }: NewCall): boolean =>
  target.kind !== 'role' && (via === undefined || via.kind === 'contact');

/** When a person is called although they cannot be, by reason. */
function* objections(
  { handbook }: Context,
  { subject }: Reached,
  { firstOn, lastOn, onCallSince, away }: Person,
  calls: Timeline<NewCall>,
  zone: Zone,
): Iterable<readonly [Exclude<keyof Codes, 'uncompared'>, Timeline<unknown>]> {
  const level = handbook.serviceLevels.get(handbook.services.get(subject.id)?.serviceLevel ?? '');
  const before = (day: number) => restrict(calls, [{ ...ALWAYS, endAt: zone.startOf(day) }]);
  const isOutOfHours = ({ window, isPause }: NewCall) =>
    isPause || level?.terms.every(({ clock }) => clock.get(window) !== 'in_hours') === true;
  if (firstOn !== undefined) yield ['not-started', before(firstOn)];
  if (lastOn !== undefined)
    yield ['has-left', restrict(calls, [{ ...ALWAYS, startAt: zone.startOf(lastOn + 1) }])];
  const late = onCallSince === undefined ? calls : before(onCallSince);
  yield ['not-opted-in', late.filter(({ value }) => isOutOfHours(value))];
  const absences = layered(away.map((it) => ({ ...absenceSpan(zone, it), value: true })));
  yield ['away', restrict(calls, absences)];
}

const ALWAYS = { startAt: -1e6 * DAY, endAt: 1e6 * DAY, value: true } as const;
