/**
 * An escalation always reaches somebody (dxw, "On call escalation": 5 minutes, then the second line, then a head of
 * department). A chain ends at a person or at a role that is always held; every level before the
 * last has the time after which the next is called; no level calls one person twice, or only people who were already
 * called; and the last level is called within the response time of the services that name the chain. Reported at the
 * level, or at the service that names a chain in a window where it does not apply.
 */
import { type Clock, childLocation, type Escalation, type Service } from '../../model.ts';
import { coverOf } from '../../resolve/resolve.ts';
import { MINUTE } from '../../time/date.ts';
import { type Duration, durationText, elapsedOf } from '../../time/duration.ts';
import { combine, overlay, type Timeline, without } from '../../timeline.ts';
import { called, inUse, sameList } from '../chains.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

/** Levels are counted from 1. */
interface Codes {
  readonly 'never-escalates': { readonly level: number };
  readonly 'nobody-left': FirstSpan;
  readonly 'called-twice': FirstSpan & { readonly level: number; readonly person: string };
  readonly 'nobody-new': FirstSpan & { readonly level: number; readonly people: readonly string[] };
  readonly 'not-applicable': {
    readonly chain: string;
    readonly window: string;
    readonly appliesIn: readonly string[];
  };
  readonly 'too-late': {
    /** After how many minutes the last level is called. */
    readonly minutes: number;
    readonly serviceLevel: string;
    readonly priority: string;
    readonly respond: Duration;
    readonly clock: Clock;
    readonly service: string;
  };
}

export const escalationEnds = rule<Codes>({
  name: 'escalation-ends',
  severity: 'error',
  summary:
    'Every chain ends at a person or a covered role, calls somebody new at every level, ' +
    'and reaches its last level within the response time of its services.',
  playbook: 'dxw, On call escalation',
  *check(context) {
    for (const chain of context.handbook.escalations.values()) {
      yield* levelsWithoutTimeout(chain);
      yield* openEnd(context, chain);
      yield* repeatedCalls(context, chain);
    }
    for (const service of context.handbook.services.values()) yield* misusedBy(context, service);
  },
  describe: {
    'never-escalates': ({ level }) =>
      `level ${level} never escalates to level ${level + 1}; add escalate_after`,
    'nobody-left': (first) =>
      `nobody is left to call at the last level ${firstWords(first)}; end the chain at a person, or cover the role`,
    'called-twice': ({ level, person, ...first }) =>
      `level ${level} calls ${person} twice ${firstWords(first)}; name somebody else once`,
    'nobody-new': ({ level, people, ...first }) =>
      `level ${level} calls nobody new ${firstWords(first)}: ` +
      `${people.join(' and ')} was called before; name somebody else`,
    'not-applicable': ({ chain, window, appliesIn }) =>
      `${chain} does not apply in "${window}", only in ${appliesIn.join(', ')}; ` +
      'name another chain or widen its applies_in',
    'too-late': ({ minutes, serviceLevel, priority, respond, clock, service }) =>
      `the last level is called after ${minutes} minutes, and ${serviceLevel} promises ${priority} ` +
      `a response within ${durationText(respond)} ${WORDS[clock]} for ${service}; escalate sooner`,
  },
});

function* levelsWithoutTimeout({ levels }: Escalation): Iterable<Objection<Codes>> {
  for (const [i, { escalateAfter, location }] of levels.slice(0, -1).entries()) {
    if (escalateAfter !== undefined) continue;
    yield { code: 'never-escalates', args: { level: i + 1 }, location };
  }
}

function* openEnd(context: Context, chain: Escalation): Iterable<Objection<Codes>> {
  const last = chain.levels.at(-1);
  const use = inUse(context, chain);
  if (last === undefined || use === undefined || last.notify.some(({ kind }) => kind === 'person')) return;
  const covers = last.notify.map((it) =>
    it.kind === 'role' ? coverOf(context.resolved, it.role) : undefined,
  );
  if (covers.includes(undefined)) return;
  const held = covers.reduce<Timeline<unknown>>(
    (all, cover) => overlay(all, cover?.role.counts === true ? cover.cover() : []),
    [],
  );
  const gaps = without(use.mask, held);
  if (gaps.length === 0) return;
  yield { code: 'nobody-left', args: firstOf(use.zone, gaps), location: last.location };
}

function* repeatedCalls(context: Context, chain: Escalation): Iterable<Objection<Codes>> {
  const use = inUse(context, chain);
  if (use === undefined) return;
  let before: Timeline<readonly string[]> = [];
  for (const [i, level] of chain.levels.entries()) {
    const now = called(context, level, use.mask);
    const twice = now.filter(({ value }) => new Set(value).size < value.length);
    const person = twice[0]?.value.find((id, j, all) => all.indexOf(id) !== j);
    if (person !== undefined)
      yield {
        code: 'called-twice',
        args: { level: i + 1, person, ...firstOf(use.zone, twice) },
        location: level.location,
      };
    const stale = combine(
      before,
      now,
      (earlier = [], here = []) =>
        here.length > 0 && here.every((id) => earlier.includes(id)) ? here : undefined,
      sameList,
    );
    const people = stale[0]?.value;
    if (people !== undefined)
      yield {
        code: 'nobody-new',
        args: { level: i + 1, people, ...firstOf(use.zone, stale) },
        location: level.location,
      };
    before = combine(before, now, (earlier = [], here = []) => [...earlier, ...here], sameList);
  }
}

function* misusedBy({ handbook }: Context, service: Service): Iterable<Objection<Codes>> {
  const serviceLevel = handbook.serviceLevels.get(service.serviceLevel ?? '');
  for (const [window, id] of service.escalation) {
    const chain = handbook.escalations.get(id);
    if (chain === undefined) continue;
    if (!chain.appliesIn.includes(window)) {
      yield {
        code: 'not-applicable',
        args: { chain: id, window, appliesIn: chain.appliesIn },
        location: childLocation(service.location, 'escalation', window),
      };
    }
    const clock = serviceLevel?.clock.get(window);
    const last = chain.levels.at(-1);
    if (serviceLevel === undefined || clock === undefined || last === undefined) continue;
    const reached = chain.levels
      .slice(0, -1)
      .reduce((sum, { escalateAfter }) => sum + ((escalateAfter && elapsedOf(escalateAfter)) ?? 0), 0);
    const tightest = tightestResponse(
      [...serviceLevel.priorities.values()].map(({ id: name, targets }) => ({
        name,
        respond: targets[clock]?.respond,
      })),
    );
    if (tightest === undefined || reached <= tightest.within) continue;
    yield {
      code: 'too-late',
      args: {
        minutes: reached / MINUTE,
        serviceLevel: serviceLevel.id,
        priority: tightest.name,
        respond: tightest.respond,
        clock,
        service: service.id,
      },
      location: last.location,
    };
  }
}

const WORDS: Readonly<Record<Clock, string>> = { in_hours: 'in hours', out_of_hours: 'out of hours' };

type Response = {
  readonly name: string;
  readonly respond: Duration;
  readonly within: number;
};

/** The shortest response target in elapsed time; targets in working time are longer than any chain. */
const tightestResponse = (
  responses: readonly {
    readonly name: string;
    readonly respond: Duration | undefined;
  }[],
): Response | undefined =>
  responses
    .flatMap(({ name, respond }): Response[] => {
      const elapsed = respond === undefined ? undefined : elapsedOf(respond);
      return respond === undefined || elapsed === undefined ? [] : [{ name, respond, within: elapsed }];
    })
    .toSorted((one, other) => one.within - other.within)[0];
