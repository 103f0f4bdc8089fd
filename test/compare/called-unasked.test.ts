/**
 * For any two handbooks: PagerDuty calls nobody at a time at which it did not call them, and at which they are not on
 * duty, unless they are asked. Whom it calls is read from what an apply would write on either side: services, policies
 * and schedules, at every level, off duty included.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
import { at, but, loaded, local, texts } from '../handbook.ts';
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

/** Hours like those of the day, by a list in which every day that the other does not cover is a holiday. */
const HOLIDAYS = Array.from({ length: 27 }, (_, i) => `2027-02-${String(i + 2).padStart(2, '0')}: Day`);
const DECOY = `== policies/holidays/decoy.yaml
name: Decoy
complete_from: 2026-01-01
complete_until: 2028-12-31
holidays: {2027-01-19: A day, ${HOLIDAYS.join(', ')}}
== policies/support-hours/decoy.yaml
name: Decoy
timezone: Europe/London
holidays: decoy
windows:
  morning: [{days: working, from: "07:00", to: "09:00"}]
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: {outside: [day, morning]}
== policies/service-levels/decoy.yaml
name: Decoy
hours: decoy
priorities: {P1: {name: Critical, in_hours: {respond: 1 hour}}, P4: {name: Minor, in_hours: {respond: 2 hours}}}
clock: {day: in_hours, night: none, morning: none}
`;
/** The schedule of the day, off duty as well, in another rota with the hours of the day. */
const LATE = `== rotas/paas/late.yaml
name: Late
timezone: Europe/London
hours: early
covers: [day]
handover: {day: wednesday, time: "00:00"}
roles:
  engineer:
    pagerduty: {schedule: PDAY, off_duty: desk}
    rotation: [{first_turn: 2026-12-23, people: [amara]}]
`;

/** When somebody gains calls for the first time, and for how many spans. */
const gained = (base: string, head: string, person: string) =>
  compare(loaded(base).handbook, loaded(head).handbook, NOW, [], undefined).reached.flatMap((it) =>
    it.callee.id === person && it.gained.length > 0
      ? `${it.subject.id}: ${local(it.gained[0]?.startAt ?? 0, 'Europe/London')} ${it.gained.length}`
      : [],
  );

describe('who is called anew from a further day on has notice of that, whatever holidays it is given', () => {
  const longer: Choices = { earlyAmendment: SHORTER };
  test('for another service', () => {
    const choices: Choices = {
      nightPeople: 'ben',
      nightChain: 'other',
      deskEscalation: '{day: main, night: other}',
    };
    const base = handbookText({ ...choices, knownUntil: '2027-02-01' });
    const head = handbookText({ ...choices, ...longer });
    const desk = 'team: paas, service_level: early, pagerduty: {service: PDESKS}';
    const decoy = but(head, desk, desk.replace('early', 'decoy')) + DECOY;
    const site = 'site: 2027-02-02T10:00+00:00 19';
    expect(gained(base, head, 'chi')).toEqual([site, site.replace('site', 'desk')]);
    expect(gained(base, decoy, 'chi')).toEqual([site]);
  });

  test('for a rota that had the schedule', () => {
    const choices: Choices = { dayOffDuty: ', off_duty: desk' };
    const base = handbookText({ ...choices, knownUntil: '2027-02-01' });
    const moved = but(
      handbookText({ ...choices, ...longer, daySchedule: 'PFREE', dayOffDuty: '' }),
      'notify: [paas/day/engineer',
      'notify: [paas/late/engineer',
    );
    const decoy = moved.replace(/(rotas\/paas\/day\.yaml[\s\S]*?)hours: early/, '$1hours: decoy');
    const late = 'paas/late/engineer: 2027-02-02T10:00+00:00 19';
    expect(gained(base, moved + LATE, 'ben')).toEqual([late]);
    expect(gained(base, decoy + LATE + DECOY, 'ben')).toEqual([late]);
  });

  test('for a role without cover, whose holder was called as that', () => {
    const choices: Choices = {
      mainFirst: 'paas/night/engineer',
      mainBeside: ', paas/shadow/engineer',
      nightChain: 'other',
      otherFirst: 'paas/day/engineer',
      dayAmendment: '{first_day: 2027-01-27, hours: late}',
      dayCounts: 'false',
      dayPeople: 'ben',
    };
    const base = handbookText({ ...choices, knownUntil: '2027-02-01' });
    const head = handbookText({ ...choices, ...longer });
    const decoy = head.replace(/(rotas\/paas\/shadow\.yaml[\s\S]*?)hours: early/, '$1hours: decoy') + DECOY;
    expect(gained(base, decoy, 'ben')).toEqual(['site: 2027-02-02T10:00+00:00 19']);
  });

  test.each<[what: string, choices: Choices, person: string, subject: string]>([
    ['the service itself', { nightPeople: 'ben', nightChain: 'other' }, 'chi', 'site'],
    ['the rota itself', { dayOffDuty: ', off_duty: desk' }, 'ben', 'paas/day/engineer'],
  ])('for %s, by the list that is made longer', (_, choices, person, subject) => {
    const base = handbookText({ ...choices, knownUntil: '2027-02-01' });
    for (const holiday of ['', `, ${HOLIDAYS.join(', ')}`])
      expect(gained(base, handbookText({ ...choices, ...longer, holiday }), person)).toEqual([
        `${subject}: 2027-02-02T10:00+00:00 19`,
      ]);
  });

  test('for other hours of the same rota, which knew it', () => {
    const choices: Choices = {
      dayOffDuty: ', off_duty: desk',
      dayAmendment: '{first_day: 2027-01-27, hours: late}',
    };
    const withOwnList = (until: string, more: string) =>
      handbookText({ ...choices, knownUntil: until }).replace(
        /(support-hours\/late\.yaml[\s\S]*?)holidays: days/,
        '$1holidays: late',
      ) +
      `== policies/holidays/late.yaml
name: Late
complete_from: 2026-01-01
complete_until: 2028-12-31
holidays: {2027-01-19: A day${more}}
`;
    const base = withOwnList('2027-01-26', '');
    const head = withOwnList('2028-12-31', ', 2027-01-27: A day');
    expect(gained(base, head, 'ben')).toEqual(['paas/day/engineer: 2027-01-27T10:00+00:00 1']);
  });
});

describe('a list that is made longer gives nobody calls that they have', () => {
  const renamed = (text: string) =>
    text
      .replaceAll('paas/day/engineer', 'paas/day/duty')
      .replace(/(rotas\/paas\/day\.yaml[\s\S]*?)engineer:/, '$1duty:');

  test.each<[what: string, choices: Choices, person: string, head?: (text: string) => string]>([
    [
      'where another rota fills the same schedule',
      { dayOffDuty: ', off_duty: desk', nightSchedule: 'PDAY' },
      'ben',
    ],
    ['where a role gets another id', { dayOffDuty: ', off_duty: desk' }, 'ben', renamed],
    [
      'where they are called before others',
      { mainFirst: 'person: ben' },
      'nia',
      (text) => but(text, 'notify: [person: ben]', 'notify: [person: ben, person: nia]'),
    ],
  ])('%s', (_, choices, person, head = (text) => text) => {
    const base = handbookText({ ...choices, knownUntil: '2027-02-01' });
    const longer = handbookText(choices);
    expect(gained(base, head(longer), person)).toEqual([]);
    expect(gained(longer, head(longer), person)).toEqual([]);
  });
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
