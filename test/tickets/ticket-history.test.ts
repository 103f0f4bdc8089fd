/** Histories: what a ticket's events make of its status, priority and replies, and which events cannot be true. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TicketEvent } from '../../actions/lib/tickets/event.ts';
import { ticketFaultText } from '../../actions/lib/tickets/ticket-faults.ts';
import { historyOf, type TicketHistory } from '../../actions/lib/tickets/ticket-history.ts';
import { eventsOf, short, ticketBook } from './tickets.ts';

const book = ticketBook();
const isHistory = (found: ReturnType<typeof historyOf>): found is TicketHistory => 'openedAt' in found;

/** What the clocks depend on, in short. */
function course(events: readonly TicketEvent[]): Readonly<Record<string, string>> {
  const found = historyOf(book, events);
  if (!isHistory(found)) throw new Error(found.map(ticketFaultText).join('\n'));
  const { statuses, solved, priorities, replies, estimates } = found;
  return {
    statuses: statuses.map(({ at, status }) => `${short(at)} ${status}`).join(', '),
    solved: solved.map(({ startAt, endAt }) => `${short(startAt)} to ${short(endAt)}`).join(', '),
    priorities: priorities.map(({ at, priority }) => `${short(at)} ${priority}`).join(', '),
    replies: replies.map(short).join(', '),
    estimates: estimates.map(({ at, length }) => `${short(at)} ${length / 60_000} min`).join(', '),
  };
}

const OPENED = '2026-11-25T09:00Z opened service=paas author=client';
const ticket = (...texts: readonly string[]) => course(eventsOf('a', [OPENED, ...texts]));

describe('statuses', () => {
  test.each<[what: string, texts: readonly string[], statuses: string, solved: string]>([
    ['the first at the opening', [], '11-25T09:00 new', ''],
    ['set at the very opening', ['2026-11-25T09:00Z status open'], '11-25T09:00 new, 11-25T09:00 open', ''],
    [
      'the same again',
      ['2026-11-25T10:00Z status open', '2026-11-25T11:00Z status open'],
      '11-25T09:00 new, 11-25T10:00 open',
      '',
    ],
    ['solved', ['2026-11-25T10:00Z solved'], '11-25T09:00 new', '11-25T10:00 to –'],
    [
      're-opened into the second',
      ['2026-11-25T10:00Z solved', '2026-11-25T12:00Z reopened'],
      '11-25T09:00 new, 11-25T12:00 open',
      '11-25T10:00 to 11-25T12:00',
    ],
    [
      'solved and re-opened in one instant',
      ['2026-11-25T10:00Z solved', '2026-11-25T10:00Z reopened'],
      '11-25T09:00 new, 11-25T10:00 open',
      '',
    ],
    [
      'a status while an event says solved',
      ['2026-11-25T10:00Z solved', '2026-11-25T11:00Z status pending'],
      '11-25T09:00 new',
      '11-25T10:00 to –',
    ],
    [
      'and then re-opened, which goes to the second all the same',
      [
        '2026-11-25T10:00Z solved',
        '2026-11-25T11:00Z status pending',
        '2026-11-25T12:00Z reopened',
        '2026-11-25T13:00Z status pending',
      ],
      '11-25T09:00 new, 11-25T12:00 open, 11-25T13:00 pending',
      '11-25T10:00 to 11-25T12:00',
    ],
    [
      'solved after four days',
      ['2026-11-25T10:00Z status believed-solved'],
      '11-25T09:00 new, 11-25T10:00 believed-solved',
      '11-29T10:00 to –',
    ],
    [
      'the same again does not begin anew',
      ['2026-11-25T10:00Z status believed-solved', '2026-11-27T10:00Z status believed-solved'],
      '11-25T09:00 new, 11-25T10:00 believed-solved',
      '11-29T10:00 to –',
    ],
    [
      'left before',
      ['2026-11-25T10:00Z status believed-solved', '2026-11-29T09:59Z status pending'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 11-29T09:59 pending',
      '',
    ],
    [
      'left at that very instant',
      ['2026-11-25T10:00Z status believed-solved', '2026-11-29T10:00Z status pending'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 11-29T10:00 pending',
      '',
    ],
    [
      'a status re-opens what counts as solved',
      ['2026-11-25T10:00Z status believed-solved', '2026-12-01T10:00Z status pending'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 12-01T10:00 pending',
      '11-29T10:00 to 12-01T10:00',
    ],
    [
      'and so does the same one, from when on it counts anew',
      ['2026-11-25T10:00Z status believed-solved', '2026-12-01T10:00Z status believed-solved'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 12-01T10:00 believed-solved',
      '11-29T10:00 to 12-01T10:00, 12-05T10:00 to –',
    ],
    [
      're-opened while it counts as solved',
      ['2026-11-25T10:00Z status believed-solved', '2026-12-01T10:00Z reopened'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 12-01T10:00 open',
      '11-29T10:00 to 12-01T10:00',
    ],
    [
      're-opened at the very instant',
      ['2026-11-25T10:00Z status believed-solved', '2026-11-29T10:00Z reopened'],
      '11-25T09:00 new, 11-25T10:00 believed-solved, 11-29T10:00 open',
      '',
    ],
    [
      'said to be solved before that',
      ['2026-11-25T10:00Z status believed-solved', '2026-11-26T10:00Z solved'],
      '11-25T09:00 new, 11-25T10:00 believed-solved',
      '11-26T10:00 to –',
    ],
    [
      'said to be solved after that',
      ['2026-11-25T10:00Z status believed-solved', '2026-12-01T10:00Z solved'],
      '11-25T09:00 new, 11-25T10:00 believed-solved',
      '11-29T10:00 to –',
    ],
    [
      'a status after that changes nothing',
      [
        '2026-11-25T10:00Z status believed-solved',
        '2026-12-01T10:00Z solved',
        '2026-12-02T10:00Z status open',
      ],
      '11-25T09:00 new, 11-25T10:00 believed-solved',
      '11-29T10:00 to –',
    ],
  ])('%s', (_, texts, statuses, solved) => {
    expect(ticket(...texts)).toMatchObject({ statuses, solved });
  });

  test('days are local days of the support hours, over a clock change too', () => {
    expect(
      course(
        eventsOf('a', ['2026-10-29T12:00Z opened service=site', '2026-10-29T13:00Z status believed-solved']),
      ),
    ).toMatchObject({ solved: '11-02T14:00 to –' });
  });

  test('of a service without a policy are the usual four, of which none is solved by itself', () => {
    const texts = ['2026-11-25T09:00Z opened service=plain', '2026-11-25T10:00Z status pending'];
    expect(course(eventsOf('a', texts))).toMatchObject({
      statuses: '11-25T09:00 new, 11-25T10:00 pending',
      solved: '',
    });
  });
});

test('a reply is ours unless its author opened the ticket, or it is a bot', () => {
  const texts = [
    '2026-11-25T10:00Z reply',
    '2026-11-25T11:00Z reply author=client',
    '2026-11-25T12:00Z reply author=amara',
    '2026-11-25T13:00Z reply author=amara bot=true',
    '2026-11-25T14:00Z reply bot=false',
    '2026-11-25T15:00Z note author=amara',
  ];
  expect(ticket(...texts)).toMatchObject({ replies: '11-25T10:00, 11-25T12:00, 11-25T14:00' });
  const unsigned = ['2026-11-25T09:00Z opened service=paas', '2026-11-25T10:00Z reply author=client'];
  expect(course(eventsOf('a', unsigned))).toMatchObject({ replies: '11-25T10:00' });
});

test('an opening comes before what happened at the same instant, also where it is written after that', () => {
  const texts = ['2026-11-25T09:00Z status open', '2026-11-25T09:00Z reply author=client', OPENED];
  expect(course(eventsOf('a', texts))).toMatchObject({
    statuses: '11-25T09:00 new, 11-25T09:00 open',
    replies: '',
  });
});

test('priorities apply from when they are set, also while solved; estimates in days of the policy', () => {
  const texts = [
    '2026-11-25T09:00Z opened service=paas priority=P2',
    '2026-11-25T10:00Z priority P2',
    '2026-11-25T11:00Z solved',
    '2026-11-25T12:00Z priority P1',
    '2026-11-25T13:00Z estimate 0.5 days',
    '2026-11-25T14:00Z estimate 3 hours',
  ];
  expect(course(eventsOf('a', texts))).toMatchObject({
    priorities: '11-25T09:00 P2, 11-25T12:00 P1',
    estimates: '11-25T13:00 210 min, 11-25T14:00 180 min',
  });
});

/** The faults of a ticket, each with its line. */
function faults(...texts: readonly string[]): readonly string[] {
  const found = historyOf(book, eventsOf('a', texts));
  return isHistory(found)
    ? []
    : found.map((fault) => `${fault.line} ${fault.ticket}: ${ticketFaultText(fault)}`);
}

describe('what cannot be true', () => {
  test.each<[readonly string[], readonly string[]]>([
    [
      ['2026-11-25T10:00Z reply', '2026-11-25T09:00Z note'],
      ['2 a: this ticket is not opened by any event; add one of the kind "opened" with its service'],
    ],
    [
      ['2026-11-25T08:59Z reply', OPENED],
      ['1 a: this "reply" lies before the opening at 2026-11-25T09:00:00Z; correct one of the two times'],
    ],
    [['2026-11-25T09:00Z reply', OPENED], []],
    [
      [OPENED, '2026-11-26T09:00Z opened service=paas'],
      [
        '2 a: this ticket is opened already in line 1; write "reopened" if it was solved, or give this one another name',
      ],
    ],
    [
      ['2026-11-26T09:00Z opened service=paas', OPENED],
      [
        '1 a: this ticket is opened already in line 2; write "reopened" if it was solved, or give this one another name',
      ],
    ],
    [
      [OPENED, '2026-11-25T10:00Z solved', '2026-11-25T11:00Z solved'],
      [
        '3 a: this ticket is solved already since 2026-11-25T10:00:00Z; remove this event, or write "reopened" between the two',
      ],
    ],
    [[OPENED, '2026-11-25T10:00Z solved', '2026-11-25T11:00Z reopened', '2026-11-25T12:00Z solved'], []],
    [
      [OPENED, '2026-11-25T10:00Z reopened'],
      [
        '2 a: this ticket is not solved at that time, so it cannot be re-opened; write "solved" before, or "status"',
      ],
    ],
    [
      [OPENED, '2026-11-25T10:00Z status believed-solved', '2026-11-27T10:00Z reopened'],
      [
        '3 a: this ticket is not solved at that time, so it cannot be re-opened; write "solved" before, or "status"',
      ],
    ],
    [
      [OPENED, '2026-11-25T10:00Z priority P9'],
      ['2 a: there is no priority "P9" in the service level paas; did you mean "P1"?'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z priority urgent'],
      ['2 a: there is no priority "urgent" in the service level paas; write "P1", "P2", "P3", "P4" or "P5"'],
    ],
    [
      ['2026-11-25T09:00Z opened service=paas priority=p1'],
      ['1 a: there is no priority "p1" in the service level paas; did you mean "P1"?'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z priority __proto__'],
      [
        '2 a: there is no priority "__proto__" in the service level paas; write "P1", "P2", "P3", "P4" or "P5"',
      ],
    ],
    [
      ['2026-11-25T09:00Z opened service=none priority=P1'],
      ['1 a: none has no service level, so it has no priority "P1"; leave it out'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z status onhold'],
      ['2 a: there is no status "onhold"; did you mean "on-hold"?'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z status solved'],
      ['2 a: there is no status "solved"; did you mean "believed-solved"?'],
    ],
    [
      ['2026-11-25T09:00Z opened service=plain', '2026-11-25T10:00Z status x'],
      ['2 a: there is no status "x"; write "new", "open", "on-hold" or "pending"'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z estimate soon'],
      ['2 a: "soon" is no estimate; write "30 minutes", "3 hours" or "0.5 days"'],
    ],
    [
      [OPENED, '2026-11-25T10:00Z estimate 0 hours'],
      ['2 a: "0 hours" is no estimate; write "30 minutes", "3 hours" or "0.5 days"'],
    ],
    [['2026-11-25T09:00Z opened service=pass'], ['1 a: there is no service "pass"; did you mean "paas"?']],
    [
      ['2026-11-25T09:00Z opened service=__proto__'],
      [
        '1 a: there is no service "__proto__"; write "paas", "site", "kolkata", "lunch", "plain", "asap" or "none"',
      ],
    ],
    [
      [OPENED, '2026-11-25T10:00Z priority P9', '2026-11-25T11:00Z status x'],
      [
        '2 a: there is no priority "P9" in the service level paas; did you mean "P1"?',
        '3 a: there is no status "x"; write "new", "open", "on-hold", "pending" or "believed-solved"',
      ],
    ],
  ])('%j', (texts, expected) => {
    expect(faults(...texts)).toEqual(expected);
  });

  test('what the handbook lacks because it could not be read', () => {
    const without = (key: 'serviceLevels' | 'hours' | 'ticketPolicies') =>
      historyOf({ ...book, [key]: new Map() }, eventsOf('a', [OPENED]));
    const unread = { ...book, services: new Map(), unread: [{ kind: 'services' as const, id: 'paas' }] };
    const all = [
      without('serviceLevels'),
      without('hours'),
      without('ticketPolicies'),
      historyOf(unread, eventsOf('a', [OPENED])),
    ];
    expect(all.map((found) => (isHistory(found) ? '' : found.map(ticketFaultText).join()))).toEqual(
      ['the service level', 'the support hours', 'the policy on tickets', 'the entry'].map(
        (what) => `${what} of paas could not be read, so nothing is known of this ticket; see "rota check"`,
      ),
    );
  });
});

/** Events that can follow an opening in any order, at different minutes. */
const some = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 1, max: 20_000 }),
    what: fc.constantFrom(
      'status open',
      'status on-hold',
      'status believed-solved',
      'reply',
      'priority P1',
      'priority P4',
      'estimate 2 hours',
      'note',
    ),
  }),
  { selector: ({ minute }) => minute, maxLength: 12 },
);

const START = Date.UTC(2026, 10, 2, 9);
const written = (list: readonly { readonly minute: number; readonly what: string }[]) =>
  eventsOf('a', [
    '2026-11-02T09:00Z opened service=paas author=client',
    ...list.map(({ minute, what }) => `${new Date(START + minute * 60_000).toISOString()} ${what}`),
  ]);

test('a history is the same in whatever order its events come', () => {
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.nat()), (list, keys) => {
      const events = written(list);
      const order = new Map(events.map((it) => [it, keys.next().value as number]));
      const shuffled = events.toSorted(
        (one, other) => (order.get(one) as number) - (order.get(other) as number),
      );
      expect(historyOf(book, shuffled)).toEqual(historyOf(book, events));
    }),
  );
});

test('what lies after an instant changes nothing before it', () => {
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 21_000 }), (list, minute) => {
      const at = START + minute * 60_000;
      const events = written(list);
      const [whole, part] = [events, events.filter((it) => it.at <= at)].map((it) => historyOf(book, it));
      if (whole === undefined || part === undefined || !isHistory(whole) || !isHistory(part))
        throw new Error('faults');
      const until = <T extends { readonly at: number }>(all: readonly T[]) => all.filter((it) => it.at <= at);
      const solvedBy = ({ solved }: TicketHistory) =>
        solved
          .filter(({ startAt }) => startAt <= at)
          .map(({ startAt, endAt }) => [startAt, endAt > at ? undefined : endAt]);
      expect(until(whole.statuses)).toEqual(until(part.statuses));
      expect(until(whole.priorities)).toEqual(until(part.priorities));
      expect(whole.replies.filter((it) => it <= at)).toEqual(part.replies);
      expect(solvedBy(whole)).toEqual(solvedBy(part));
    }),
  );
});
