/** The queue: order of work, the clock that a row shows, groups, and what is left out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import type { TicketEvent } from '../../actions/lib/tickets/event.ts';
import { type ReadEvents, readEvents } from '../../actions/lib/tickets/event-texts.ts';
import { type Queue, type QueueRow, queueOf } from '../../actions/lib/tickets/queue.ts';
import { ticketFaultText } from '../../actions/lib/tickets/ticket-faults.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { at, but, sound } from '../handbook.ts';
import { event, eventsOf, TICKETS, ticketBook } from './tickets.ts';

const book = ticketBook();
const NOON = at('2026-11-26T12:00Z');
const folder = import.meta.dirname;
const fifty = readEvents(readFileSync(join(folder, 'fifty.json'), 'utf8')) as ReadEvents;

const queue = (events: readonly TicketEvent[], when: Instant = NOON, all = true): Queue =>
  queueOf(new Counter(book), { events, faults: [], at: when, all });

/** The one row of a ticket opened in `paas`, at noon. */
function row(...texts: readonly string[]): QueueRow {
  const { rows, faults } = queue(eventsOf('a', texts));
  expect(faults.map(ticketFaultText)).toEqual([]);
  return rows[0] as QueueRow;
}

describe('a file of fifty tickets, named in the order in which they are to be worked on', () => {
  const all = queue(fifty.events);

  test('is in that order, solved tickets last', () => {
    expect(fifty.faults).toEqual([]);
    const names = Array.from({ length: 50 }, (_, i) => `t${String(i + 1).padStart(2, '0')}`);
    expect(all.rows.map(({ ticket }) => ticket)).toEqual(names);
    expect(queue(fifty.events, NOON, false).rows).toEqual(all.rows.slice(0, 43));
  });

  test('has these rows', () => {
    expect(all).toEqual({
      rows: JSON.parse(readFileSync(join(folder, 'fifty-rows.json'), 'utf8')),
      faults: [],
      unknownRoles: [],
    });
  });

  test('is the same whatever the order of the events', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (keys) => {
        const key = new Map(fifty.events.map((it) => [it, keys.next().value as number]));
        // Events of one ticket at one instant apply in their order, so they move together.
        const order = (it: TicketEvent) =>
          key.get(
            fifty.events.find(({ ticket, at: when }) => ticket === it.ticket && when === it.at) ?? it,
          ) ?? 0;
        const shuffled = fifty.events.toSorted((one, other) => order(one) - order(other));
        expect(queue(shuffled)).toEqual(all);
      }),
      { numRuns: 20 },
    );
  });

  test('is at each instant that of the events up to it', () => {
    const instants = [...new Set(fifty.events.map((it) => it.at))].toSorted((one, other) => one - other);
    for (const when of instants)
      for (const cut of [when - 1, when, when + 1]) {
        const before = fifty.events.filter((it) => it.at <= cut);
        expect(queue(before, cut).rows).toEqual(queue(fifty.events, cut).rows);
      }
  });
});

describe('the clock of a row', () => {
  test.each<[what: string, texts: readonly string[], expected: Partial<QueueRow>]>([
    [
      'a breached one before one with less time left',
      ['2026-11-26T09:00Z opened service=paas priority=P2', '2026-11-26T09:10Z reply'],
      { clock: 'update', state: 'breached', left_minutes: -50, breached_at: '2026-11-26T11:10:00Z' },
    ],
    [
      'of two that run the one with less left',
      ['2026-11-26T10:00Z opened service=paas priority=P2', '2026-11-26T10:10Z reply'],
      { clock: 'update', state: 'running', left_minutes: 10, due_at: '2026-11-26T12:10:00Z' },
    ],
    [
      'of two that are paused, too, without a due instant',
      [
        '2026-11-26T10:00Z opened service=paas priority=P2',
        '2026-11-26T10:10Z reply',
        '2026-11-26T10:20Z status on-hold',
      ],
      { clock: 'update', state: 'paused', left_minutes: 110, due_at: null },
    ],
    [
      'breached and paused is breached',
      [
        '2026-11-26T09:00Z opened service=paas priority=P1',
        '2026-11-26T09:10Z reply',
        '2026-11-26T11:00Z status on-hold',
      ],
      { clock: 'update', state: 'breached', status: 'on-hold', left_minutes: -50 },
    ],
    [
      'minutes are rounded down, also below zero',
      ['2026-11-26T11:38:30Z opened service=paas priority=P1'],
      { state: 'breached', left_minutes: -2, breached_at: '2026-11-26T11:58:30Z' },
    ],
    [
      'and above',
      ['2026-11-26T11:40:01Z opened service=paas priority=P1'],
      { state: 'running', left_minutes: 0 },
    ],
    [
      'by re-triage',
      ['2026-11-26T10:00Z opened service=paas', '2026-11-26T11:00Z priority P1'],
      {
        state: 'breached',
        by_retriage: true,
        breached_at: '2026-11-26T11:00:00Z',
        due_at: '2026-11-26T11:00:00Z',
      },
    ],
    [
      'the default priority until somebody sets one',
      ['2026-11-26T11:00Z opened service=paas', '2026-11-26T13:00Z priority P1'],
      { priority: 'P3', clock: 'respond', left_minutes: 60 },
    ],
    [
      'nothing where nothing is promised',
      ['2026-11-26T11:00Z opened service=none'],
      {
        priority: null,
        clock: null,
        state: 'none',
        due_at: null,
        left_minutes: null,
        breached_at: null,
        verdicts: [],
      },
    ],
    [
      'the last verdict where no clock runs',
      ['2026-11-23T15:00Z opened service=site', '2026-11-26T11:00Z reply'],
      { clock: 'respond', state: 'breached', left_minutes: null, breached_at: '2026-11-24T15:00:00Z' },
    ],
    [
      'solved by its status',
      ['2026-11-20T09:00Z opened service=paas', '2026-11-20T10:00Z status believed-solved'],
      { status: 'solved', clock: 'respond', state: 'breached', left_minutes: null },
    ],
  ])('%s', (_, texts, expected) => {
    expect(row(...texts)).toMatchObject(expected);
  });
});

describe('the group of a row', () => {
  const group = (estimate: string, more: readonly string[] = []) => {
    const opened = '2026-11-26T11:00Z opened service=paas';
    const { group: id, role, person } = row(opened, `2026-11-26T11:10Z estimate ${estimate}`, ...more);
    return [id, role, person];
  };

  test.each([
    ['59 minutes', ['small', 'paas/desk/first', 'ben']],
    ['1 hour', ['small', 'paas/desk/first', 'ben']],
    ['61 minutes', ['large', 'paas/desk/second', null]],
    ['0.5 days', ['large', 'paas/desk/second', null]],
    ['211 minutes', ['scoping', null, null]],
  ])('an estimate of %s', (estimate, expected) => {
    expect(group(estimate)).toEqual(expected);
  });

  test('is that of the last estimate that was made by then', () => {
    expect(
      group('1 hour', ['2026-11-26T11:20Z estimate 2 hours', '2026-11-26T12:01Z estimate 5 days'])[0],
    ).toBe('large');
  });

  test('is nobody where nobody holds its role, and unknown where that cannot be told', () => {
    const events = eventsOf('a', [
      '2026-12-08T11:00Z opened service=paas',
      '2026-12-08T11:00Z estimate 2 hours',
    ]);
    expect(queue(events, at('2026-12-08T12:00Z')).rows[0]?.person).toBe('ben');
    const without = new Counter({ ...book, rotas: new Map() });
    const found = queueOf(without, { events, faults: [], at: at('2026-12-08T12:00Z'), all: false });
    expect(found.unknownRoles).toEqual([{ rota: 'paas/desk', role: 'second' }]);
    expect(found.rows[0]?.person).toBeNull();
  });
});

describe('a ticket that is left out', () => {
  const good = event('good', '2026-11-26T11:00Z opened service=paas');

  test('is one with a fault, and that one alone', () => {
    const events = [
      good,
      event('bad', '2026-11-26T11:00Z opened service=paas'),
      event('bad', '2026-11-26T11:30Z status x', 7),
    ];
    const { rows, faults } = queue(events);
    expect(rows.map(({ ticket }) => ticket)).toEqual(['good']);
    expect(faults.map(({ ticket, line, code }) => [ticket, line, code])).toEqual([
      ['bad', 7, 'status-unknown'],
    ]);
  });

  test('is one of which an event could not be read', () => {
    const bad = { ticket: 'bad', line: 3, code: 'comma', args: {} } as const;
    const events = [good, event('bad', '2026-11-26T11:00Z opened service=paas')];
    const found = queueOf(new Counter(book), { events, faults: [bad], at: NOON, all: false });
    expect(found.rows.map(({ ticket }) => ticket)).toEqual(['good']);
    expect(found.faults).toEqual([bad]);
  });

  test('is one with more faults than a call can have arguments', () => {
    const opening = event('bad', '2026-11-26T11:00Z opened service=paas');
    const { rows, faults } = queue([good, ...Array.from({ length: 200_000 }, () => ({ ...opening }))]);
    expect([rows.map(({ ticket }) => ticket), faults.length]).toEqual([['good'], 199_999]);
  });

  test('is one that leaves its holiday list, with the line of its opening', () => {
    const late = event('late', '2027-12-31T16:45Z opened service=paas', 9);
    const { rows, faults } = queue([good, late], at('2027-12-31T16:50Z'));
    expect(rows.map(({ ticket }) => ticket)).toEqual(['good']);
    expect(faults).toEqual([
      { ticket: 'late', line: 9, code: 'past-holiday-list', args: { hours: 'london' } },
    ]);
  });

  test('is one whose holiday list could not be read', () => {
    const broken = new Counter({ ...book, holidays: new Map() });
    const { rows, faults } = queueOf(broken, { events: [good], faults: [], at: NOON, all: false });
    expect([rows, faults.map(ticketFaultText)]).toEqual([
      [],
      ['the holiday list of paas could not be read, so nothing is known of this ticket; see "rota check"'],
    ]);
  });

  test('is no fault where it is opened later, though its later events are checked', () => {
    const later = [
      event('later', '2026-11-26T12:00:01Z opened service=paas'),
      event('later', '2026-11-26T13:00Z status open'),
    ];
    expect(queue(later)).toMatchObject({ rows: [], faults: [] });
    const bad = [good, event('good', '2026-11-27T13:00Z solved'), event('good', '2026-11-27T14:00Z solved')];
    expect(queue(bad)).toMatchObject({ rows: [], faults: [{ code: 'solved-twice' }] });
  });
});

test('of equal urgency, a ticket of the more urgent priority comes first, then the older, then by name', () => {
  const opened = (name: string, when: string, priority: string) =>
    event(name, `2026-11-26T${when}Z opened service=asap priority=${priority}`);
  const rows = queue([
    opened('d', '10:00', 'P2'),
    opened('c', '10:00', 'P1'),
    opened('b', '10:00', 'P1'),
    opened('a', '11:00', 'P1'),
  ]);
  expect(rows.rows.map(({ ticket }) => ticket)).toEqual(['b', 'c', 'a', 'd']);
});

test('what a status pauses and which terms apply is that of the instant asked for', () => {
  const amended = sound(TICKETS);
  const events = eventsOf('a', ['2027-02-26T16:00Z opened service=paas']);
  const left = (when: string) =>
    queueOf(new Counter(amended), { events, faults: [], at: at(when), all: false }).rows[0];
  expect(left('2027-02-26T17:00Z')).toMatchObject({
    state: 'running',
    // From then on half an hour is promised, which is used up by then.
    due_at: '2027-03-01T00:00:00Z',
    left_minutes: 0,
  });
  expect(left('2027-03-01T09:00Z')).toMatchObject({
    state: 'breached',
    by_retriage: true,
    breached_at: '2027-03-01T00:00:00Z',
  });
});

test('a first response is not due where no window counts in hours', () => {
  const without = sound(
    but(TICKETS, '{office: in_hours, other: out_of_hours}', '{office: none, other: out_of_hours}'),
  );
  const events = eventsOf('a', ['2026-11-26T10:00Z opened service=paas priority=P1']);
  const [found] = queueOf(new Counter(without), { events, faults: [], at: NOON, all: false }).rows;
  expect(found).toMatchObject({ state: 'running', due_at: '2026-11-26T17:40:00Z' });
});
