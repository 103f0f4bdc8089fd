/**
 * A chain is a promise that somebody answers (dxw, "On call escalation": second line after 5 minutes, then the Head of
 * Technical Operations or the CTO). It ends at a person or at a role that is always held; every level before the last
 * says when the next is called; no level calls one person twice, or only people who were called already; and the last
 * level is reached within the response that its services promise. Told at the level, or at the service that uses a
 * chain where it does not apply.
 */
import { type Clock, childLocation, type Escalation, type Level, type Service } from '../../model.ts';
import { byPerson, coverOf, windowAt } from '../../resolve/resolve.ts';
import { MINUTE } from '../../time/date.ts';
import { durationText, elapsedOf } from '../../time/duration.ts';
import type { Zone } from '../../time/zone.ts';
import { clip, combine, merge, overlay, restrict, type Timeline, without } from '../../timeline.ts';
import { type Context, firstOf, type Objection, type Rule } from '../rule.ts';

export const escalationEnds: Rule = {
  name: 'escalation-ends',
  severity: 'error',
  asks: 'does every chain end at a person or a covered role, bring in somebody new at every level, and reach its last level within the promise it serves?',
  playbook: 'dxw, On call escalation',
  *check(context) {
    for (const chain of context.handbook.escalations.values()) {
      yield* silentLevels(chain);
      yield* openEnd(context, chain);
      yield* repeatedCalls(context, chain);
    }
    for (const service of context.handbook.services.values()) yield* brokenPromises(context, service);
  },
};

function* silentLevels({ levels }: Escalation): Iterable<Objection> {
  for (const [i, { escalateAfter, location }] of levels.slice(0, -1).entries()) {
    if (escalateAfter !== undefined) continue;
    yield {
      location: location,
      message: `level ${i + 1} never hands on to level ${i + 2}; say escalate_after`,
    };
  }
}

/** When a chain is in use: the windows it applies in, by the hours of its services, or else of its own rotas. */
function inUse(
  { handbook, resolved, ahead }: Context,
  chain: Escalation,
): { mask: Timeline<unknown>; zone: Zone } | undefined {
  const served = [...handbook.services.values()]
    .filter(({ escalation }) => [...escalation.values()].includes(chain.id))
    .flatMap(({ serviceLevel }) => handbook.serviceLevels.get(serviceLevel ?? '')?.hours ?? []);
  const own = chain.levels
    .flatMap(({ notify }) =>
      notify.flatMap((it) => (it.kind === 'role' ? (handbook.rotas.get(it.role.rota)?.terms ?? []) : [])),
    )
    .flatMap(({ hours }) => hours ?? []);
  const hours = [...new Set(served.length > 0 ? served : own)].flatMap((id) => handbook.hours.get(id) ?? []);
  const [first] = hours;
  if (first === undefined) return undefined;
  const windows = hours.map(({ id }) =>
    (windowAt(resolved, id) ?? []).filter(({ value }) => chain.appliesIn.includes(value)),
  );
  const mask = windows.reduce<Timeline<string>>((all, one) => overlay(all, one), []);
  return {
    mask: clip(
      merge(mask, () => true),
      ahead,
    ),
    zone: first.zone,
  };
}

function* openEnd(context: Context, chain: Escalation): Iterable<Objection> {
  const last = chain.levels.at(-1);
  const use = inUse(context, chain);
  if (last === undefined || use === undefined || last.notify.some(({ kind }) => kind === 'person')) return;
  const covers = last.notify.map((it) =>
    it.kind === 'role' ? coverOf(context.resolved, it.role) : undefined,
  );
  if (covers.includes(undefined)) return;
  const held = covers.reduce<Timeline<unknown>>(
    (all, cover) => overlay(all, cover?.role.counts === true ? cover.cover : []),
    [],
  );
  const gaps = without(use.mask, held);
  if (gaps.length === 0) return;
  yield {
    location: last.location,
    message: `nobody is left to call at the last level ${firstOf(use.zone, gaps)}; end the chain at a person, or cover the role`,
  };
}

/** Who each level calls at each instant; an empty list where its roles are held by nobody. */
function called(
  { resolved }: Context,
  { notify }: Level,
  mask: Timeline<unknown>,
): Timeline<readonly string[]> {
  const nobody: Timeline<readonly string[]> = mask.map((span) => ({ ...span, value: [] }));
  return notify.reduce((people, it) => {
    const held: Timeline<{ readonly person: string }> =
      it.kind === 'person'
        ? mask.map((span) => ({ ...span, value: it }))
        : restrict(byPerson(coverOf(resolved, it.role)?.cover ?? []), mask);
    return combine(
      people,
      held,
      (before = [], holder) => (holder === undefined ? before : [...before, holder.person]),
      sameList,
    );
  }, nobody);
}

const sameList = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

function* repeatedCalls(context: Context, chain: Escalation): Iterable<Objection> {
  const use = inUse(context, chain);
  if (use === undefined) return;
  let before: Timeline<readonly string[]> = [];
  for (const [i, level] of chain.levels.entries()) {
    const now = called(context, level, use.mask);
    const twice = now.filter(({ value }) => new Set(value).size < value.length);
    if (twice.length > 0) {
      const person = twice[0]?.value.find((id, j, all) => all.indexOf(id) !== j);
      yield {
        location: level.location,
        message: `level ${i + 1} calls ${person} twice ${firstOf(use.zone, twice)}; name somebody else once`,
      };
    }
    const stale = combine(before, now, (earlier = [], here = []) =>
      here.length > 0 && here.every((id) => earlier.includes(id)) ? here.join(' and ') : undefined,
    );
    if (stale.length > 0) {
      yield {
        location: level.location,
        message: `level ${i + 1} brings in nobody new ${firstOf(use.zone, stale)}: ${stale[0]?.value} was called before; name somebody else`,
      };
    }
    before = combine(before, now, (earlier = [], here = []) => [...earlier, ...here], sameList);
  }
}

function* brokenPromises({ handbook }: Context, service: Service): Iterable<Objection> {
  const promise = handbook.serviceLevels.get(service.serviceLevel ?? '');
  for (const [window, id] of service.escalation) {
    const chain = handbook.escalations.get(id);
    if (chain === undefined) continue;
    if (!chain.appliesIn.includes(window)) {
      const message = `${id} does not apply in "${window}", only in ${chain.appliesIn.join(', ')}; name another chain or widen its applies_in`;
      yield { location: childLocation(service.location, 'escalation', window), message };
    }
    const clock = promise?.clock.get(window);
    const last = chain.levels.at(-1);
    if (promise === undefined || clock === undefined || last === undefined) continue;
    const reached = chain.levels
      .slice(0, -1)
      .reduce((sum, { escalateAfter }) => sum + ((escalateAfter && elapsedOf(escalateAfter)) ?? 0), 0);
    const tightest = tightestResponse(
      [...promise.priorities.values()].map(({ id: name, targets }) => ({
        name,
        respond: targets[clock]?.respond,
      })),
    );
    if (tightest === undefined || reached <= tightest.within) continue;
    const words = `${tightest.name} a response within ${durationText(tightest.respond)} ${WORDS[clock]}`;
    yield {
      location: last.location,
      message: `the last level is called after ${reached / MINUTE} minutes, and ${promise.id} promises ${words} for ${service.id}; escalate sooner`,
    };
  }
}

const WORDS: Readonly<Record<Clock, string>> = { in_hours: 'in hours', out_of_hours: 'out of hours' };

type Response = {
  readonly name: string;
  readonly respond: Parameters<typeof elapsedOf>[0];
  readonly within: number;
};

/** The shortest response promised in elapsed time; working time is longer than any chain. */
const tightestResponse = (
  promised: readonly {
    readonly name: string;
    readonly respond: Parameters<typeof elapsedOf>[0] | undefined;
  }[],
): Response | undefined =>
  promised
    .flatMap(({ name, respond }): Response[] => {
      const elapsed = respond === undefined ? undefined : elapsedOf(respond);
      return respond === undefined || elapsed === undefined ? [] : [{ name, respond, within: elapsed }];
    })
    .toSorted((one, other) => one.within - other.within)[0];
