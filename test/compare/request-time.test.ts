/** By which clock a planned change was requested, where a pull request writes the file itself. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { foundInPull } from '../found.ts';
import { at, but, everything } from '../handbook.ts';

const ISSUE = 'https://github.com/example/handbook/issues/42';
const without = everything.replace(/== rotas\/paas\/planned-changes.yaml[\s\S]*?(?=^== )/m, '');
/** The change is on 11 December at 11:00, so that its 48 hours begin on the 9th. */
const NOW = '2026-12-10T12:00:00Z';
const [EARLY, LATE] = ['2026-12-05T10:00:00Z', '2026-12-10T10:00:00Z'];
const requested = (instant: string, text = everything) => but(text, '2026-11-20T10:30:00Z', instant);
const issueless = but(everything, `    request: ${ISSUE}\n`, '');

/** The codes of notice, each with its clock and time. */
const clocks = (base: string, head: string, pull: Partial<Pull> | undefined) =>
  foundInPull('notice', base, head, NOW, pull).map((line) => {
    const code = /(too-short|enough-by-request)/.exec(line)?.[1];
    const clock = /clock: (\w+)/.exec(line)?.[1];
    const time = /requestedAt: ([^,}]+)/.exec(line)?.[1];
    return [code, clock, ...(time === undefined ? [] : [at(time)])];
  });
const enough = (clock: string, time: string) => ['enough-by-request', clock, at(time)];
const short = (clock: string, time?: string) => [
  'too-short',
  clock,
  ...(time === undefined ? [] : [at(time)]),
];
const edited = (time: string): Partial<Pull> => ({ requestedAt: new Map([[ISSUE, at(time)]]) });

describe('the notice of a planned change counts', () => {
  test.each<[what: string, head: string, pull: Partial<Pull> | undefined, expected: unknown[]]>([
    ['from the file, without a pull request', requested(EARLY), undefined, enough('file', EARLY)],
    ['from nothing that GitHub does not know', requested(EARLY), {}, short('none')],
    ['from the last edit of the issue', requested(EARLY), edited(LATE), short('issue', LATE)],
    [
      'from the last edit of the issue, if that was early',
      requested('2026-11-01T10:00:00Z'),
      edited(EARLY),
      enough('issue', EARLY),
    ],
    ['from the file, where that is later', requested(LATE), edited(EARLY), short('file', LATE)],
    [
      'from the push, without an issue',
      requested(EARLY, issueless),
      { pushedAt: at(LATE) },
      short('push', LATE),
    ],
    [
      'from an early push',
      requested('2026-11-01T10:00:00Z', issueless),
      { pushedAt: at(EARLY) },
      enough('push', EARLY),
    ],
    [
      'from the opening of the pull request, where that came after the push',
      requested('2026-11-01T10:00:00Z', issueless),
      { pushedAt: at(EARLY), openedAt: at(LATE) },
      short('push', LATE),
    ],
    [
      'from when it was reopened or got its base, where that came last',
      requested('2026-11-01T10:00:00Z', issueless),
      { pushedAt: at(EARLY), openedAt: at(EARLY), offeredAt: at(LATE) },
      short('push', LATE),
    ],
    [
      'from the push after that',
      requested('2026-11-01T10:00:00Z', issueless),
      { pushedAt: at(EARLY), openedAt: at('2026-11-01T10:00:00Z'), offeredAt: at('2026-11-02T10:00:00Z') },
      enough('push', EARLY),
    ],
    [
      'from the push, where GitHub knows another issue only',
      requested(EARLY),
      {
        requestedAt: new Map([['https://github.com/example/handbook/issues/1', at(EARLY)]]),
        pushedAt: at(LATE),
      },
      short('push', LATE),
    ],
  ])('%s', (_, head, pull, expected) => expect(clocks(without, head, pull)).toEqual([expected]));
});

describe('where the base has the change already,', () => {
  const base = requested(EARLY);
  test.each<[what: string, head: string, expected: readonly unknown[][]]>([
    [
      'a longer time starts the clock again',
      but(base, 'from: 2026-12-11T11:00', 'from: 2026-12-11T09:00'),
      [short('push', LATE)],
    ],
    ['its words alone do not', but(base, 'summary: Move the database', 'summary: Move it'), []],
    ['its time of request alone does not', but(base, EARLY, '2026-11-01T10:00:00Z'), []],
  ])('%s', (_, head, expected) => {
    expect(clocks(base, head, { pushedAt: at(LATE) })).toEqual(expected);
  });

  /** Nobody is there by rotation; the change is extra time only where the rota does not cover the day. */
  const small = (covers: string, requestedAt: string, service = 'website') => `== rotas/people.yaml
people: {chi: {name: Chi}}
== rotas/paas/on-call.yaml
name: On call
timezone: Europe/London
hours: paas
covers: [${covers}]
handover: {day: wednesday, time: "10:00"}
roles: {engineer: {rotation: [{first_turn: 2026-09-02, people: []}]}}
== rotas/paas/planned-changes.yaml
changes:
  move:
    service: ${service}
    summary: Move
    timezone: Europe/London
    from: 2026-12-11T11:00
    to: 2026-12-11T17:00
    requested_at: ${requestedAt}
    assigned: [{role: paas/on-call/engineer, person: chi}]
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
windows:
  day: [{days: every, from: "09:00", to: "18:00"}]
  night: [{days: every, from: "18:00", to: "09:00"}]
`;
  test.each([
    [
      'the same change counts from the push, because nobody checked what the base says',
      'website',
      short('push', LATE),
    ],
    ['one for another service does too', 'shop', short('push', LATE)],
  ])('%s', (_, service, expected) => {
    const pull = { pushedAt: at(LATE) };
    expect(clocks(small('day', EARLY), small('night', '2026-11-01T10:00:00Z', service), pull)).toEqual([
      expected,
    ]);
  });
});
