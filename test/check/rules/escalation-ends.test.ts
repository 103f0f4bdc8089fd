/** Chains that can end without reaching anybody, and chains that differ from them in one word. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escalationEnds as escalationEndsRule } from '../../../actions/lib/check/rules/escalation-ends.ts';
import type { Service } from '../../../actions/lib/model.ts';
import { escalationFor } from '../../../actions/lib/query/escalation.ts';
import { DAY } from '../../../actions/lib/time/date.ts';
import { found, wordsOf } from '../../found.ts';
import { at, but, folk, sound as soundHandbook } from '../../handbook.ts';
import { runs } from '../../sampled.ts';

/** Without `promises`, which reports that the service has no chain by day. */
const findingsIn = (text: string, now?: string): readonly string[] =>
  found(text, now).filter((line) => !line.includes(' promises/'));

const CHAIN = 'policies/escalation/chain.yaml';

const sound = `${folk('amara', 'ben', 'boss')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
hours: hours
handover: {day: monday, time: "10:00"}
roles:
  lead: {rotation: [{first_turn: 2026-11-16, people: [amara]}]}
  second: {counts: true, rotation: [{first_turn: 2026-11-16, people: [ben]}]}
overrides: []
== policies/support-hours/hours.yaml
name: Hours
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "17:00"}]
  night: {outside: [day]}
== policies/service-levels/level.yaml
name: Level
hours: hours
priorities:
  P1: {name: Critical, in_hours: {respond: 1 hour}, out_of_hours: {respond: 15 minutes}}
  P2: {name: Serious, in_hours: {respond: 2 working hours}, out_of_hours: {update: 1 minute}}
clock: {day: in_hours, night: out_of_hours}
example: true
== policies/services.yaml
services:
  web: {name: Web, team: team, service_level: level, escalation: {night: chain}}
== ${CHAIN}
name: Chain
applies_in: [night]
levels:
  - {notify: [team/rota/lead], escalate_after: 10 minutes}
  - {notify: [team/rota/second], escalate_after: 5 minutes}
  - {notify: [person: boss]}
`;
const reported = (found: readonly string[]) => found.map((line) => `${CHAIN}:${line}`);

test('a chain that calls somebody new at every level, in time, and ends at a person is fine', () => {
  expect(findingsIn(sound)).toEqual([]);
});

const LAST = '  - {notify: [person: boss]}\n';
const nights = 'startAt: 2026-11-21T17:00+00:00, endAt: 2026-11-22T09:00+00:00, more: 191';

describe('a chain', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'with a level that never hands on',
      ', escalate_after: 10 minutes}',
      '}',
      '4:5 escalation-ends/never-escalates {level: 1, next: 2}',
    ],
    [
      'with a last level that would hand on to nobody',
      '[person: boss]',
      '[person: boss], escalate_after: 1 hour',
    ],
    ['that ends at a role that is always held', LAST, ''],
    ['that ends at a role that does not count', `counts: true, rotation`, `counts: false, rotation`],
    [
      'that ends a minute late',
      'escalate_after: 10 minutes',
      'escalate_after: 11 minutes',
      '6:5 escalation-ends/too-late {minutes: 16, serviceLevel: level, priority: P1, respond: 15 minutes, clock: out_of_hours, service: web}',
    ],
    [
      'that ends a minute late, and the promise is longer',
      'respond: 15 minutes',
      'respond: 14 minutes',
      '6:5 escalation-ends/too-late {minutes: 15, serviceLevel: level, priority: P1, respond: 14 minutes, clock: out_of_hours, service: web}',
    ],
    [
      'that ends far too late',
      'escalate_after: 10 minutes',
      'escalate_after: 2 hours',
      '6:5 escalation-ends/too-late {minutes: 125, serviceLevel: level, priority: P1, respond: 15 minutes, clock: out_of_hours, service: web}',
    ],
    [
      'that would be late for a promise in working time, which is longer than any chain',
      'out_of_hours: {respond: 15 minutes}',
      'out_of_hours: {respond: 1 working hour}',
    ],
    [
      'that serves the promise of other hours',
      'day: in_hours, night: out_of_hours',
      'day: out_of_hours, night: in_hours',
    ],
    [
      'that calls one person by two names',
      '[team/rota/lead]',
      '[team/rota/lead, person: amara]',
      `4:5 escalation-ends/called-twice {level: 1, person: amara, ${nights}}`,
    ],
    [
      'that calls two people at a level',
      '[team/rota/lead]',
      '[team/rota/lead, person: boss]',
      `6:5 escalation-ends/nobody-new {level: 3, people: [boss], ${nights}}`,
    ],
    [
      'that calls a person again together with somebody new',
      '[person: boss]',
      '[person: boss, person: amara]',
    ],
    [
      'that calls again who was called before',
      '[person: boss]',
      '[person: amara]',
      `6:5 escalation-ends/nobody-new {level: 3, people: [amara], ${nights}}`,
    ],
    [
      'that calls one person again for some hours',
      'overrides: []',
      'overrides: [{role: second, person: boss, from: 2026-12-01T18:00, to: 2026-12-01T20:00}]',
      '6:5 escalation-ends/nobody-new {level: 3, people: [boss], startAt: 2026-12-01T18:00+00:00, endAt: 2026-12-01T20:00+00:00}',
    ],
    [
      'that calls one person again for some hours in which it does not apply',
      'overrides: []',
      'overrides: [{role: second, person: boss, from: 2026-12-01T10:00, to: 2026-12-01T12:00}]',
    ],
    [
      'with a level that is held by nobody for a week',
      'people: [ben]}',
      'people: [ben]}, {first_turn: 2026-12-07, people: []}, {first_turn: 2026-12-14, people: [ben]}',
    ],
  ])('%s', (_, passage, other, ...found) => {
    expect(findingsIn(but(sound, passage, other))).toEqual(reported(found));
  });
});

describe('a chain that ends at a role', () => {
  const ending = but(but(sound, LAST, ''), ', escalate_after: 5 minutes', '');
  const open = (when: string) => reported([`5:5 escalation-ends/nobody-left {${when}}`]);

  test.each<[what: string, passage: string, other: string, found?: string]>([
    ['that is always held', 'counts: true', 'counts: true'],
    ['that does not count', 'counts: true', 'counts: false', nights],
    [
      'that nobody holds for a week',
      'people: [ben]}',
      'people: [ben]}, {first_turn: 2026-12-07, people: []}, {first_turn: 2026-12-14, people: [ben]}',
      'startAt: 2026-12-07T17:00+00:00, endAt: 2026-12-08T09:00+00:00, more: 6',
    ],
    [
      'that nobody holds when the chain does not apply',
      'hours: hours\nhandover',
      'hours: hours\ncovers: [night]\nhandover',
    ],
  ])('%s', (_, passage, other, found) => {
    expect(findingsIn(but(ending, passage, other))).toEqual(found === undefined ? [] : open(found));
  });

  test('that nobody ever holds in the window, is left to chain-held: a warning, or an error if nobody is called', () => {
    const byDay = but(ending, 'hours: hours\nhandover', 'hours: hours\ncovers: [day]\nhandover');
    expect(findingsIn(byDay)).toEqual([`${CHAIN}:1:1 chain-held/nobody {window: night, ${nights}}`]);
    expect(findingsIn(but(byDay, '[team/rota/lead]', '[person: boss]'))).toEqual([
      `${CHAIN}:5:5 chain-held/empty-level {level: 2, windows: [night]}`,
    ]);
  });

  test('that does not count, next to a person or a role that does', () => {
    const last = (notify: string) =>
      findingsIn(
        but(
          but(
            but(ending, 'counts: true', 'counts: false'),
            '[team/rota/lead], escalate',
            '[person: boss], escalate',
          ),
          '[team/rota/second]',
          notify,
        ),
      );
    expect(last('[team/rota/second]')).toEqual(open(nights));
    expect(last('[team/rota/second, person: amara]')).toEqual([]);
    expect(last('[team/rota/second, team/rota/lead]')).toEqual([]);
  });
});

describe('a service', () => {
  test('names a chain that applies in the window, or is reported where it names it', () => {
    expect(findingsIn(but(sound, 'applies_in: [night]', 'applies_in: [night, day]'))).toEqual([]);
    expect(findingsIn(but(sound, '{night: chain}', '{night: chain, day: chain}'))).toEqual([
      'policies/services.yaml:2:86 escalation-ends/not-applicable {chain: chain, window: day, appliesIn: [night]}',
    ]);
  });

  test('has the response time of each window by the clock in its service level', () => {
    const slow = but(
      but(sound, 'escalate_after: 10 minutes', 'escalate_after: 56 minutes'),
      'applies_in: [night]',
      'applies_in: [night, day]',
    );
    const day = but(slow, '{night: chain}', '{day: chain}');
    expect(findingsIn(but(day, 'escalate_after: 56', 'escalate_after: 55'))).toEqual([]);
    expect(findingsIn(day)).toEqual(
      reported([
        '6:5 escalation-ends/too-late {minutes: 61, serviceLevel: level, priority: P1, respond: 1 hour, clock: in_hours, service: web}',
      ]),
    );
  });
});

describe('a level for some priorities', () => {
  const two = but(sound, 'out_of_hours: {update: 1 minute}', 'out_of_hours: {respond: 1 hour}');
  const levels = (...lines: readonly string[]) =>
    two.replace(/levels:\n[\s\S]*$/, `levels:\n${lines.map((line) => `  - {${line}}\n`).join('')}`);

  test.each<[what: string, lines: readonly string[], ...found: string[]]>([
    [
      'may call the person whom another level calls for others',
      [
        'notify: [team/rota/lead], escalate_after: 10 minutes',
        'notify: [person: boss], escalate_after: 5 minutes, only_for: [P1]',
        'notify: [person: boss], only_for: [P2]',
      ],
    ],
    [
      'that brings in nobody new for one of them',
      [
        'notify: [team/rota/lead], escalate_after: 10 minutes',
        'notify: [person: amara], escalate_after: 5 minutes, only_for: [P1]',
        'notify: [person: boss]',
      ],
      `5:5 escalation-ends/nobody-new {level: 2, people: [amara], ${nights}}`,
    ],
    [
      'that comes too late for them alone',
      [
        'notify: [team/rota/lead], escalate_after: 10 minutes',
        'notify: [team/rota/second], escalate_after: 6 minutes, only_for: [P1]',
        'notify: [person: boss]',
      ],
      '6:5 escalation-ends/too-late {minutes: 16, serviceLevel: level, priority: P1, respond: 15 minutes, clock: out_of_hours, service: web}',
    ],
    [
      'that is at once for them, and takes no time later',
      [
        'notify: [team/rota/lead], escalate_after: 15 minutes',
        'notify: [team/rota/second], escalate_after: 6 minutes, at_once_for: [P1]',
        'notify: [person: boss]',
      ],
    ],
    [
      'that needs a time only for the others',
      [
        'notify: [team/rota/lead], escalate_after: 10 minutes',
        'notify: [team/rota/second], at_once_for: [P1]',
        'notify: [person: boss]',
      ],
      '5:5 escalation-ends/never-escalates {level: 2, next: 3}',
    ],
    [
      'at once for all that it is for, after which nobody waits',
      ['notify: [team/rota/lead]', 'notify: [person: boss], only_for: [P1], at_once_for: [P1]'],
    ],
  ])('%s', (_, lines, ...found) => expect(findingsIn(levels(...lines))).toEqual(reported(found)));
});

test('a level that reaches nobody takes no time from a promise', () => {
  const late = but(sound, 'escalate_after: 10 minutes', 'escalate_after: 30 minutes');
  const tooLate = (minutes: number) =>
    `6:5 escalation-ends/too-late {minutes: ${minutes}, serviceLevel: level, priority: P1, respond: 15 minutes, clock: out_of_hours, service: web}`;
  expect(findingsIn(late)).toEqual(reported([tooLate(35)]));
  const byDay = but(late, 'people: [amara]}', 'people: []}');
  expect(findingsIn(byDay)).toEqual([`${CHAIN}:4:5 chain-held/empty-level {level: 1, windows: [night]}`]);
  // For one week the level is held: the promise is judged by its worst time.
  const week = but(
    late,
    'people: [amara]}',
    'people: []}, {first_turn: 2026-12-07, people: [amara]}, {first_turn: 2026-12-14, people: []}',
  );
  expect(findingsIn(week)).toEqual(reported([tooLate(35)]));
});

test('is as late as the latest call that "who" computes for any night, over the change of the clocks too', () => {
  const weeks = but(
    sound,
    'people: [amara]}',
    'people: []}, {first_turn: 2026-11-30, people: [amara]}, {first_turn: 2027-01-18, people: []}, {first_turn: 2027-03-22, people: [amara]}, {first_turn: 2027-03-29, people: []}',
  ).replace('respond: 15 minutes', 'respond: 1 minute');
  const nightsAhead = Array.from({ length: 190 }, (_, i) => at('2026-11-21T18:00Z') + i * DAY);
  const level = fc.record({
    who: fc.constantFrom('team/rota/lead', 'team/rota/second', 'person: boss'),
    wait: fc.integer({ min: 1, max: 40 }),
    more: fc.constantFrom('', ', only_for: [P1]', ', only_for: [P2]', ', at_once_for: [P1]'),
  });
  fc.assert(
    fc.property(fc.array(level, { minLength: 2, maxLength: 5 }), (levels) => {
      const lines = levels.map(({ who, wait, more }, i) => {
        const timed = `notify: [${who}], escalate_after: ${wait} minutes`;
        return `  - {${timed}${i === 0 ? '' : more}}\n`;
      });
      const text = weeks.replace(/levels:\n[\s\S]*$/, `levels:\n${lines.join('')}`);
      const handbook = soundHandbook(text);
      const service = handbook.services.get('web') as Service;
      const last = levels.findLastIndex(
        ({ more }, i) => i === 0 || more === '' || more === ', only_for: [P1]',
      );
      const latest = nightsAhead.map((night) => {
        const steps = escalationFor(handbook, service, night, 'P1').levels.filter(
          (step, i) => i === 0 || step.at_once_for === undefined,
        );
        return steps.at(-1)?.after_minutes ?? 0;
      });
      const minutes = Math.max(...latest);
      const found = findingsIn(text).flatMap((line) => /too-late \{minutes: (\d+)/.exec(line)?.[1] ?? []);
      expect(found).toEqual(last > 0 && minutes > 1 ? [String(minutes)] : []);
    }),
    { numRuns: runs(24) },
  );
});

test('a chain that no service names is checked in the hours of its own rotas', () => {
  const own = sound.replace(/== policies\/service-levels[^=]*== policies\/services[^=]*/, '');
  expect(findingsIn(own)).toEqual([]);
  expect(findingsIn(but(own, '[person: boss]', '[person: amara]'))).toEqual(
    reported([`6:5 escalation-ends/nobody-new {level: 3, people: [amara], ${nights}}`]),
  );
});

test('what is over is not reported, and of what continues only the rest', () => {
  const hours = but(
    sound,
    'overrides: []',
    'overrides: [{role: second, person: boss, from: 2026-12-01T18:00, to: 2026-12-01T20:00}]',
  );
  expect(findingsIn(hours, '2026-12-01T19:59:00Z')).toEqual(
    reported([
      '6:5 escalation-ends/nobody-new {level: 3, people: [boss], startAt: 2026-12-01T19:59+00:00, endAt: 2026-12-01T20:00+00:00}',
    ]),
  );
  expect(findingsIn(hours, '2026-12-01T20:00:00Z')).toEqual([]);
});

const format = wordsOf(escalationEndsRule);
test.each([
  [
    format({ code: 'never-escalates', args: { level: 1, next: 2 } }),
    'level 1 never escalates to level 2; add escalate_after',
  ],
  [format({ code: 'first-at-once', args: {} }), 'level 1 is called at once anyway; take out at_once_for'],
  [
    format({ code: 'never-at-once', args: { level: 3, priority: 'P2' } }),
    'level 3 is not called for P2 at all, by its only_for; name it there too, or take it out here',
  ],
  [
    format({
      code: 'too-late',
      args: {
        minutes: 16,
        serviceLevel: 'level',
        priority: 'P1',
        respond: { count: 15, unit: 'minute' },
        clock: 'out_of_hours',
        service: 'web',
      },
    }),
    'the last level is called after 16 minutes, and level promises P1 a response within 15 minutes out of hours for web; escalate sooner',
  ],
  [
    format({
      code: 'too-late',
      args: {
        minutes: 61,
        serviceLevel: 'level',
        priority: 'P1',
        respond: { count: 1, unit: 'hour' },
        clock: 'in_hours',
        service: 'web',
      },
    }),
    'the last level is called after 61 minutes, and level promises P1 a response within 1 hour in hours for web; escalate sooner',
  ],
  [
    format({
      code: 'called-twice',
      args: {
        level: 1,
        person: 'amara',
        zone: 'Europe/London',
        startAt: at('2026-11-21T17:00Z'),
        endAt: at('2026-11-22T09:00Z'),
        more: 191,
      },
    }),
    'level 1 calls amara twice Sat 21 Nov 17:00 – Sun 22 Nov 09:00 and 191 more times; name somebody else once',
  ],
  [
    format({
      code: 'nobody-new',
      args: {
        level: 3,
        people: ['boss'],
        zone: 'Europe/London',
        startAt: at('2026-11-21T17:00Z'),
        endAt: at('2026-11-22T09:00Z'),
        more: 191,
      },
    }),
    'level 3 brings in nobody new Sat 21 Nov 17:00 – Sun 22 Nov 09:00 and 191 more times: boss was called before; name somebody else',
  ],
  [
    format({
      code: 'nobody-new',
      args: {
        level: 3,
        people: ['boss'],
        zone: 'Europe/London',
        startAt: at('2026-12-01T18:00Z'),
        endAt: at('2026-12-01T20:00Z'),
        more: 0,
      },
    }),
    'level 3 brings in nobody new Tue 1 Dec 18:00 – 20:00: boss was called before; name somebody else',
  ],
  [
    format({
      code: 'nobody-left',
      args: {
        zone: 'Europe/London',
        startAt: at('2026-11-21T17:00Z'),
        endAt: at('2026-11-22T09:00Z'),
        more: 191,
      },
    }),
    'nobody is left to call at the last level Sat 21 Nov 17:00 – Sun 22 Nov 09:00 and 191 more times; end the chain at a person, or cover the role',
  ],
  [
    format({ code: 'not-applicable', args: { chain: 'chain', window: 'day', appliesIn: ['night'] } }),
    'chain does not apply in "day", only in night; name another chain or widen its applies_in',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
