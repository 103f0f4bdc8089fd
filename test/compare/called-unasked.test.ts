/**
 * For any two handbooks: PagerDuty calls nobody at a time at which it did not call them, and at which they are not on
 * duty, unless they are asked. Whom it calls is read from what an apply would write on either side: services, policies
 * and schedules, at every level, off duty included.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../actions/lib/compare/compare.ts';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import { desiredState } from '../../actions/lib/drivers/pagerduty/desired.ts';
import {
  type DesiredService,
  desiredServices,
} from '../../actions/lib/drivers/pagerduty/desired-services.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { byPerson, publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY } from '../../actions/lib/time/date.ts';
import {
  clip,
  type Instant,
  type Interval,
  overlay,
  restrict,
  type Timeline,
  without,
} from '../../actions/lib/timeline.ts';
import { at, loaded, local, texts } from '../handbook.ts';
import { isNightly, runs } from '../sampled.ts';
import { asLeadsAgree, type Choices, families, handbookText, SHORTER } from './called-handbooks.ts';

const NOW = at('2027-01-10T12:00:00Z');

/** All but the only lead, who is asked about most changes as such. */
const PEOPLE = ['amara', 'ben', 'chi', 'nia'];

const all = (timelines: readonly Timeline<unknown>[]): Timeline<unknown> =>
  timelines.reduce((sum, it) => overlay(sum, it), []);

/** A handbook, and when PagerDuty calls each account by it. */
interface Side {
  readonly handbook: Handbook;
  readonly called: (account: string | undefined) => Timeline<unknown>;
}

/** Undefined where a handbook cannot be read; it takes over the policies that are in force by `base`. */
function sideOf(choices: Choices, base?: Side): Side | undefined {
  const { handbook, findings } = loaded(handbookText(choices));
  return findings.some(({ severity }) => severity === 'error')
    ? undefined
    : { handbook, called: calledIn(handbook, base?.handbook ?? handbook) };
}

/** A policy stays in force until the next one; the first of the base are those of the last windows before. */
function inForce({ service, chains }: DesiredService, base: Handbook): Timeline<string> {
  const before = desiredServices(base, { startAt: NOW - 400 * DAY, endAt: NOW });
  const last = before.find((it) => it.service === service)?.chains.at(-1)?.value;
  const all = last === undefined ? chains : [{ startAt: NOW, endAt: NOW, value: last }, ...chains];
  return all
    .map((it, i) => ({ ...it, endAt: all[i + 1]?.startAt ?? Number.POSITIVE_INFINITY }))
    .filter(({ startAt, endAt }) => startAt < endAt);
}

/** When PagerDuty calls each account for some service, by what an apply of the handbook writes. */
function calledIn(handbook: Handbook, base: Handbook): (account: string | undefined) => Timeline<unknown> {
  const { seats, chains, services } = desiredState(handbook, [], NOW);
  const accountsOf = new Map(seats.map(({ schedule, current }) => [schedule, current]));
  const levelsOf = new Map(chains.map(({ chain, levels }) => [chain, levels]));
  const calls = services.flatMap((service) =>
    [...Map.groupBy(inForce(service, base), ({ value }) => value)].flatMap(([chain, mask]) =>
      (levelsOf.get(chain) ?? []).flatMap(({ targets }) =>
        targets.flatMap(
          ({ type, id }): Timeline<string> =>
            type === 'user_reference'
              ? mask.map((it) => ({ ...it, value: id }))
              : restrict(accountsOf.get(id) ?? [], mask),
        ),
      ),
    ),
  );
  const byAccount = Map.groupBy(calls, ({ value }) => value);
  return (account) => all((byAccount.get(account ?? '') ?? []).map((it) => [it]));
}

/** When somebody holds a role that counts. */
function onDutyIn(handbook: Handbook, span: Interval, person: string): Timeline<unknown> {
  const covers = [...resolve(handbook, span).roles.values()].filter(({ role }) => role.counts);
  return all(covers.map((it) => byPerson(it.cover()).filter(({ value }) => value.person === person)));
}

/**
 * Whom PagerDuty calls by the head at a time at which it did not by the base, nor by what leads agree to alone, and at
 * which they are not on duty; and from when.
 */
function calledAnew(base: Side, agreed: () => Side | undefined, head: Side): ReadonlyMap<string, Instant> {
  const span = { startAt: NOW, endAt: publishedSpan(base.handbook, NOW).endAt };
  const anew = PEOPLE.flatMap((person) => {
    // Which account is whose is agreed to by its owner, or a lead.
    const accounts = [base, head].map(({ handbook }) => handbook.people.get(person)?.pagerduty);
    const callsIn = (side: Side | undefined) => all(accounts.map((it) => side?.called(it) ?? []));
    const fresh = clip(without(callsIn(head), callsIn(base)), span);
    if (fresh.length === 0) return [];
    const left = without(without(fresh, onDutyIn(head.handbook, span, person)), callsIn(agreed()));
    return left.slice(0, 1).map(({ startAt }) => [person, startAt] as const);
  });
  return new Map(anew);
}

/** Who is asked as one who alone can agree. */
const askedAlone = (base: Side, head: Side): readonly (string | undefined)[] =>
  requiredConsents(compare(base.handbook, head.handbook, NOW, [], undefined)).flatMap(
    ({ anyOf: [person, ...others] }) => (others.length > 0 ? [] : person),
  );

/** Who of them is not asked, as one who alone can agree. */
function unasked(base: Side, agreed: () => Side | undefined, head: Side): readonly string[] {
  const anew = calledAnew(base, agreed, head);
  if (anew.size === 0) return [];
  const alone = askedAlone(base, head);
  return textOf(anew).filter((line) => !alone.some((person) => line.startsWith(`${person} `)));
}

const textOf = (anew: ReadonlyMap<string, Instant>): readonly string[] =>
  [...anew].map(([person, from]) => `${person} from ${local(from, 'Europe/London')}`);

/** The rules by which a handbook cannot be merged. */
const broken = (choices: Choices): readonly string[] => {
  const files = { texts: texts(handbookText(choices)), findings: [] };
  return evaluate(files, NOW, () => {}).findings.flatMap(({ severity, rule }) =>
    severity === 'error' ? [rule] : [],
  );
};

/** Whether a base can become a head; its list of holidays runs out as time goes by. */
const canFollow = (base: Choices, head: Choices): boolean =>
  broken(base).every((it) => it === 'holidays-run-out') && broken(head).length === 0;

test.each<[what: string, base: Choices, head: Choices, anew: readonly string[]]>([
  ['nothing', {}, {}, []],
  ['an id of PagerDuty, as a lead agrees', { mainPolicy: 'NONE', siteService: 'NONE' }, {}, []],
  ['somebody who is on duty', {}, { mainFirst: 'paas/night/engineer' }, []],
  ['somebody named', {}, { mainBeside: ', person: chi' }, ['chi from 2027-01-11T07:00+00:00']],
  ['a level for all', { mainSecondFor: ', only_for: [P1]' }, {}, ['nia from 2027-01-10T12:00+00:00']],
  ['a contact off duty', {}, { dayOffDuty: ', off_duty: desk' }, ['ben from 2027-01-10T12:00+00:00']],
])('whom PagerDuty calls anew: %s', (_, base, head, anew) => {
  expect(canFollow(base, head)).toBe(true);
  const was = sideOf(base);
  const is = sideOf(head, was);
  expect(was && is && textOf(calledAnew(was, () => sideOf(asLeadsAgree(base, head), was), is))).toEqual(anew);
});

test.each<[what: string, base: Choices, anew: string]>([
  [
    'a schedule off duty',
    { dayOffDuty: ', off_duty: desk', shadowPeople: 'amara' },
    'ben from 2027-02-02T10:00+00:00',
  ],
  [
    'the chain of another window',
    { nightChain: 'other', nightPeople: 'ben' },
    'chi from 2027-02-02T10:00+00:00',
  ],
])('whom hours with another id, and further days, call anew is asked: %s', (_, choices, anew) => {
  const base: Choices = { ...choices, knownUntil: '2027-02-01' };
  const head: Choices = { ...choices, earlyId: 'first', earlyAmendment: SHORTER };
  expect(canFollow(base, head)).toBe(true);
  // What is new is new against a base with the further days, which a lead agrees to.
  const known = sideOf(choices);
  const is = sideOf(head, known);
  expect(known && is && textOf(calledAnew(known, () => known, is))).toContain(anew);
  const was = sideOf(base);
  expect(was && is && askedAlone(was, is)).toContain(anew.split(' ')[0]);
});

test('whoever is called anew is asked, whatever differs', () => {
  fc.assert(
    fc.property(families, ([base, heads]) => {
      const was = sideOf(base);
      fc.pre(was !== undefined);
      for (const head of heads) {
        const is = sideOf(head, was);
        const found = is === undefined ? [] : unasked(was, () => sideOf(asLeadsAgree(base, head), was), is);
        if (found.length > 0 && canFollow(base, head)) expect({ head, found }).toEqual([]);
      }
    }),
    { numRuns: runs(isNightly ? 600 : 90) },
  );
}, 300_000);
