import { describe, expect, it } from 'vitest';
import type { Service } from '../../actions/lib/model.ts';
import { clocksOf } from '../../actions/lib/tickets/clocks.ts';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import { at } from '../handbook.ts';
import { clocksAt, handbookOf, LEVELS, stateText, type TicketRow } from './levels.ts';

const handbook = handbookOf(LEVELS);
const P1 = [['2026-01-01T00:00Z', 'P1']] as const;
const P3 = [['2026-01-01T00:00Z', 'P3']] as const;
const P4 = [['2026-01-01T00:00Z', 'P4']] as const;

/** The due instant of the first reply of a ticket that was opened and left alone. */
function due(row: TicketRow): string {
  const [respond] = clocksAt(handbook, row, row.opened).open;
  return respond?.dueAt === undefined ? 'never' : new Date(respond.dueAt).toISOString().slice(0, 16);
}

describe('when the first reply is due', () => {
  it.each<[string, string, string, readonly (readonly [string, string])[] | undefined, string]>([
    ['P1 in hours', 'paas', '2026-11-25T10:00Z', P1, '2026-11-25T10:20'],
    ['a quarter in hours, the rest out of them', 'paas', '2026-12-24T16:55Z', P1, '2026-12-24T17:30'],
    ['a quarter out of hours, the rest in them', 'paas', '2026-11-25T08:50Z', P1, '2026-11-25T09:15'],
    ['the default priority', 'paas', '2026-11-25T10:00Z', undefined, '2026-11-25T12:00'],
    ['hours over a night', 'paas', '2026-11-25T16:00Z', undefined, '2026-11-26T10:00'],
    ['hours over Christmas', 'paas', '2026-12-24T16:00Z', undefined, '2026-12-29T10:00'],
    ['a Friday evening', 'dxw', '2026-11-27T17:30-05:00', undefined, '2026-11-30T22:00'],
    ['the end of a Friday exactly', 'dxw', '2026-11-27T09:00-05:00', undefined, '2026-11-27T22:00'],
    ['over the clock change in spring', 'dxw', '2026-03-06T16:00-05:00', undefined, '2026-03-09T20:00'],
    ['over the clock change in autumn', 'dxw', '2026-10-30T16:00-04:00', undefined, '2026-11-02T21:00'],
    ['half an hour ahead of UTC', 'kolkata', '2026-11-25T16:30+05:30', undefined, '2026-11-26T04:30'],
    ['Maundy Thursday to Tuesday', 'dxw', '2026-04-02T16:00-04:00', undefined, '2026-04-07T20:00'],
    ['before the first counted minute', 'dxw', '2026-11-25T07:00-05:00', undefined, '2026-11-25T22:00'],
    ['a working day later', 'paas', '2026-11-25T10:10Z', P4, '2026-11-26T10:10'],
    ['before the opening', 'paas', '2026-11-25T07:00Z', P4, '2026-11-26T09:00'],
    ['after the closing', 'paas', '2026-11-25T17:00Z', P4, '2026-11-27T09:00'],
    ['a minute before the closing', 'paas', '2026-11-25T16:59Z', P4, '2026-11-26T16:59'],
    ['on a Saturday', 'paas', '2026-11-28T12:00Z', P4, '2026-12-01T09:00'],
    ['before Christmas', 'paas', '2026-12-24T10:00Z', P4, '2026-12-29T10:00'],
    ['over the spring change, by local days', 'paas', '2026-03-27T12:00Z', P4, '2026-03-30T11:00'],
    [
      'five working days',
      'dxw',
      '2026-11-25T12:00-05:00',
      [['2026-01-01T00:00Z', 'LOW']],
      '2026-12-02T17:00',
    ],
    ['calendar days', 'dxw', '2026-11-25T12:00-05:00', [['2026-01-01T00:00Z', 'SLOW']], '2026-11-27T17:00'],
    [
      'calendar days into a weekend',
      'dxw',
      '2026-11-26T12:00-05:00',
      [['2026-01-01T00:00Z', 'SLOW']],
      '2026-11-30T14:00',
    ],
    [
      'without a promise of its own',
      'paas',
      '2026-11-25T10:00Z',
      [['2026-01-01T00:00Z', 'P5']],
      '2026-11-27T10:00',
    ],
    ['elapsed time over the spring change', 'paas', '2026-03-29T00:50Z', P1, '2026-03-29T01:30'],
    ['elapsed time over the autumn change', 'paas', '2026-10-25T00:50Z', P1, '2026-10-25T01:30'],
    [
      'five working days over the autumn change and back into hours',
      'dxw',
      '2026-10-30T18:30-04:00',
      [['2026-01-01T00:00Z', 'LOW']],
      '2026-11-09T14:00',
    ],
    ['a Friday at the last minute', 'paas', '2026-11-27T16:59Z', undefined, '2026-11-30T10:59'],
    ['a Friday at the closing', 'paas', '2026-11-27T17:00Z', undefined, '2026-11-30T11:00'],
    ['a lunch break', 'lunch', '2026-11-24T11:00Z', undefined, '2026-11-24T16:00'],
    ['hours that are amended meanwhile', 'lunch', '2026-11-25T16:00Z', undefined, '2026-11-26T11:00'],
  ])('%s', (_, service, opened, priorities, expected) => {
    expect(due({ service, opened, ...(priorities && { priorities }) })).toBe(expected);
  });

  it('is known where only a later bound is past the end of the holiday list', () => {
    expect(due({ service: 'paas', opened: '2027-12-31T16:00Z', priorities: P1 })).toBe('2027-12-31T16:10');
    expect(due({ service: 'paas', opened: '2027-12-31T10:00Z', priorities: P3 })).toBe('2027-12-31T10:30');
  });

  it('is an error past the end of the holiday list', () => {
    expect(() => due({ service: 'paas', opened: '2027-12-31T16:45Z' })).toThrow('the holiday list of london');
    expect(() => due({ service: 'paas', opened: '2025-12-31T16:00Z' })).toThrow('the holiday list of london');
    expect(() => due({ service: 'paas', opened: '2027-12-31T10:00Z', priorities: P4 })).toThrow(
      'holiday list',
    );
  });
});

/** Its update is due at an opening, because two working days after half past seven are before that. */
const HELD_BEFORE_OPENING: TicketRow = {
  service: 'paas',
  opened: '2026-11-23T10:00Z',
  priorities: P4,
  replies: ['2026-11-24T07:30Z'],
  statuses: [
    ['2026-11-25T17:30Z', 'pending'],
    ['2026-11-26T18:00Z', 'open'],
  ],
};

describe('what a clock says', () => {
  it.each<[string, TicketRow, string, readonly string[]]>([
    [
      'runs',
      { service: 'paas', opened: '2026-11-25T16:30Z' },
      '2026-11-25T16:40:30Z',
      ['respond running, due 2026-11-26T10:30:00Z, 109.5 minutes left'],
    ],
    [
      'also outside counted windows',
      { service: 'paas', opened: '2026-11-25T16:30Z' },
      '2026-11-25T23:00Z',
      ['respond running, due 2026-11-26T10:30:00Z, 90 minutes left'],
    ],
    [
      'is in time at the due instant',
      { service: 'paas', opened: '2026-11-25T10:00Z' },
      '2026-11-25T12:00Z',
      ['respond running, due 2026-11-25T12:00:00Z, 0 minutes left'],
    ],
    [
      'is breached after it',
      { service: 'paas', opened: '2026-11-25T10:00Z' },
      '2026-11-25T12:03Z',
      ['respond breached, due 2026-11-25T12:00:00Z, breached 2026-11-25T12:00:00Z, -3 minutes left'],
    ],
    [
      'keeps what is used when it is re-triaged',
      { service: 'paas', opened: '2026-11-25T10:00Z', priorities: [['2026-11-25T10:10Z', 'P2']] },
      '2026-11-25T10:15Z',
      ['respond running, due 2026-11-25T10:30:00Z, 15 minutes left'],
    ],
    [
      'is breached at the instant of a re-triage',
      { service: 'paas', opened: '2026-11-25T10:00Z', priorities: [['2026-11-25T11:00Z', 'P2']] },
      '2026-11-25T11:05Z',
      [
        'respond breached, due 2026-11-25T11:00:00Z, breached 2026-11-25T11:00:00Z by re-triage, -5 minutes left',
      ],
    ],
    [
      'is breached by what is used up exactly',
      { service: 'paas', opened: '2026-11-25T10:00Z', priorities: [['2026-11-25T10:30Z', 'P2']] },
      '2026-11-25T10:30Z',
      [
        'respond breached, due 2026-11-25T10:30:00Z, breached 2026-11-25T10:30:00Z by re-triage, 0 minutes left',
      ],
    ],
    [
      'stays breached when it is downgraded',
      {
        service: 'paas',
        opened: '2026-11-25T10:00Z',
        priorities: [
          ['2026-11-25T10:00Z', 'P2'],
          ['2026-11-25T10:45Z', 'P4'],
        ],
      },
      '2026-11-25T11:00Z',
      ['respond breached, due 2026-11-25T10:30:00Z, breached 2026-11-25T10:30:00Z, -30 minutes left'],
    ],
    [
      'has time left while it is paused',
      {
        service: 'paas',
        opened: '2026-11-25T10:00Z',
        statuses: [['2026-11-25T10:30Z', 'pending']],
        priorities: P4,
      },
      '2026-11-25T12:00Z',
      // Everything has a first response within two working days, which nothing pauses.
      ['respond running, due 2026-11-27T10:00:00Z, 840 minutes left'],
    ],
    [
      'moves on by a pause',
      {
        service: 'dxw',
        opened: '2026-11-25T10:00-05:00',
        priorities: [['2026-01-01T00:00Z', 'NORMAL']],
        solved: [['2026-11-25T12:00-05:00', '2026-11-26T11:00-05:00']],
      },
      '2026-11-26T11:00-05:00',
      // Two of eight hours were used.
      ['respond running, due 2026-11-26T22:00:00Z, 360 minutes left'],
    ],
    [
      'is given another amount at an amendment',
      { service: 'paas', opened: '2027-02-26T16:00Z' },
      '2027-03-01T00:00Z',
      [
        'respond breached, due 2027-03-01T00:00:00Z, breached 2027-03-01T00:00:00Z by re-triage, 0 minutes left',
      ],
    ],
    [
      'looks ahead to an amendment that is written',
      { service: 'paas', opened: '2027-02-26T16:30Z' },
      '2027-02-26T16:40Z',
      ['respond running, due 2027-03-01T00:00:00Z, 20 minutes left'],
    ],
    [
      'looks ahead to an amendment that gives less time',
      { service: 'paas', opened: '2027-02-26T16:45Z' },
      '2027-02-26T17:40Z',
      ['respond running, due 2027-03-01T09:15:00Z, 15 minutes left'],
    ],
    [
      'looks ahead to an amendment while a pause goes on that does not stop the first response',
      { service: 'paas', opened: '2027-02-26T16:30Z', statuses: [['2027-02-26T16:40Z', 'pending']] },
      '2027-02-26T16:50Z',
      ['respond running, due 2027-03-02T16:30:00Z, 940 minutes left'],
    ],
    [
      'updates start at each reply',
      { service: 'paas', opened: '2026-11-25T10:00Z', replies: ['2026-11-25T10:30Z', '2026-11-25T11:30Z'] },
      '2026-11-25T12:30Z',
      ['update running, due 2026-11-25T15:30:00Z, 180 minutes left'],
    ],
    [
      'updates are paused',
      {
        service: 'paas',
        opened: '2026-11-25T10:00Z',
        replies: ['2026-11-25T10:30Z'],
        statuses: [['2026-11-25T11:30Z', 'on-hold']],
      },
      '2026-11-25T15:30Z',
      ['update paused, due –, 180 minutes left'],
    ],
    [
      'a pause over closed hours costs nothing',
      {
        service: 'paas',
        opened: '2026-11-25T10:00Z',
        replies: ['2026-11-25T16:30Z'],
        statuses: [
          ['2026-11-25T17:00Z', 'on-hold'],
          ['2026-11-26T09:00Z', 'open'],
        ],
      },
      '2026-11-26T09:00Z',
      ['update running, due 2026-11-26T12:30:00Z, 210 minutes left'],
    ],
    [
      'what is due at an opening is moved by a pause from before that to the first opening after it',
      HELD_BEFORE_OPENING,
      '2026-11-26T18:00Z',
      ['update running, due 2026-11-27T09:00:00Z, 0 minutes left'],
    ],
    [
      'and is not breached while that pause goes on',
      HELD_BEFORE_OPENING,
      '2026-11-26T17:30Z',
      ['update paused, due –, 0 minutes left'],
    ],
  ])('%s', (_, row, when, expected) => {
    const states = clocksAt(handbook, row, when)
      .open.filter(({ target }) => target !== 'resolve')
      .map(stateText);
    expect(states).toStrictEqual(expected);
  });
});

describe('clocks that ended', () => {
  const verdicts = (row: TicketRow, when: string) =>
    clocksAt(handbook, row, when).verdicts.map(({ target, startedAt, endedAt, breachedAt }) =>
      [
        target,
        ...[startedAt, endedAt, ...(breachedAt === undefined ? [] : [breachedAt])].map((it) =>
          new Date(it).toISOString().slice(5, 16),
        ),
      ].join(' '),
    );

  it('are those of replies, in time or late', () => {
    const replies = ['2026-11-25T12:00Z', '2026-11-25T16:30Z'];
    expect(
      verdicts({ service: 'paas', opened: '2026-11-25T10:00Z', replies }, '2026-11-25T17:00Z'),
    ).toStrictEqual(['respond 11-25T10:00 11-25T12:00', 'update 11-25T12:00 11-25T16:30 11-25T16:00']);
  });

  it('are those that run when it is solved, and again after it was re-opened', () => {
    const row: TicketRow = {
      service: 'paas',
      opened: '2026-11-25T10:00Z',
      priorities: [['2026-11-25T10:00Z', 'P2']],
      replies: ['2026-11-25T10:10Z', '2026-11-26T12:00Z'],
      solved: [['2026-11-25T11:10Z', '2026-11-26T11:00Z']],
    };
    expect(verdicts(row, '2026-11-26T13:00Z')).toStrictEqual([
      'respond 11-25T10:00 11-25T10:10',
      'update 11-25T10:10 11-25T11:10',
      'resolve 11-25T10:00 11-25T11:10',
      // One hour was used before it was solved, and one after it was re-opened: the very due instant.
      'update 11-25T10:10 11-26T12:00',
    ]);
    expect(clocksAt(handbook, row, '2026-11-25T12:00Z').open).toStrictEqual([]);
    expect(clocksAt(handbook, row, '2026-11-26T13:00Z').open.map(stateText)).toStrictEqual([
      'update running, due 2026-11-26T14:00:00Z, 60 minutes left',
      'resolve running, due 2026-11-27T09:50:00Z, 290 minutes left',
    ]);
  });

  it.each<[string, Partial<TicketRow>, string]>([
    [
      'that was met stays so when it is re-triaged',
      {
        replies: ['2026-11-25T11:30Z'],
        priorities: [['2026-11-25T11:40Z', 'P1']],
      },
      'respond 11-25T10:00 11-25T11:30',
    ],
    [
      'that was breached by re-triage is so from the change on',
      { replies: ['2026-11-25T11:30Z'], priorities: [['2026-11-25T11:00Z', 'P1']] },
      'respond 11-25T10:00 11-25T11:30 11-25T11:00',
    ],
    [
      'is in time at the very instant of a re-triage, which is then its due instant',
      { replies: ['2026-11-25T11:30Z'], priorities: [['2026-11-25T11:30Z', 'P1']] },
      'respond 11-25T10:00 11-25T11:30',
    ],
    [
      'is in time at the very due instant',
      { replies: ['2026-11-25T12:00Z'] },
      'respond 11-25T10:00 11-25T12:00',
    ],
    [
      'is late a millisecond after it',
      { replies: ['2026-11-25T12:00:00.001Z'] },
      'respond 11-25T10:00 11-25T12:00 11-25T12:00',
    ],
    [
      'is not paused by a status that the policy does not list for it',
      { replies: ['2026-11-25T12:30Z'], statuses: [['2026-11-25T10:30Z', 'on-hold']] },
      'respond 11-25T10:00 11-25T12:30 11-25T12:00',
    ],
    [
      'is paused by one that it lists',
      { replies: ['2026-11-25T12:30Z'], statuses: [['2026-11-25T10:30Z', 'pending']] },
      'respond 11-25T10:00 11-25T12:30',
    ],
  ])('a first reply %s', (_, row, expected) => {
    const whole: TicketRow = { service: 'paas', opened: '2026-11-25T10:00Z', ...row };
    expect(verdicts(whole, '2026-11-25T17:00Z')[0]).toBe(expected);
  });

  it.each<[string, Partial<TicketRow>, readonly string[]]>([
    [
      'a reply at the instant of the opening',
      { replies: ['2026-11-25T10:00Z'] },
      ['respond 11-25T10:00 11-25T10:00'],
    ],
    [
      'solved at the instant of the opening',
      { solved: [['2026-11-25T10:00Z', undefined]] },
      ['respond 11-25T10:00 11-25T10:00', 'resolve 11-25T10:00 11-25T10:00'],
    ],
    [
      'answered and solved at the instant of the opening',
      { replies: ['2026-11-25T10:00Z'], solved: [['2026-11-25T10:00Z', undefined]] },
      [
        'respond 11-25T10:00 11-25T10:00',
        'update 11-25T10:00 11-25T10:00',
        'resolve 11-25T10:00 11-25T10:00',
      ],
    ],
    [
      'answered and solved at one instant',
      { replies: ['2026-11-25T10:10Z'], solved: [['2026-11-25T10:10Z', undefined]] },
      [
        'respond 11-25T10:00 11-25T10:10',
        'update 11-25T10:10 11-25T10:10',
        'resolve 11-25T10:00 11-25T10:10',
      ],
    ],
    [
      'before the first counted minute',
      { opened: '2026-11-25T07:00Z', replies: ['2026-11-25T08:00Z'] },
      ['respond 11-25T07:00 11-25T08:00'],
    ],
  ])('are met with nothing used: %s', (_, row, expected) => {
    const opened = row.opened ?? '2026-11-25T10:00Z';
    const whole: TicketRow = { service: 'paas', opened, priorities: [[opened, 'P2']], ...row };
    expect(verdicts(whole, '2026-11-25T17:00Z')).toStrictEqual(expected);
    // At that very instant, too, and each of them has a due instant.
    const last = expected.at(-1)?.slice(-11);
    const atEnd = clocksAt(handbook, whole, `2026-${last}Z`).verdicts;
    expect(atEnd.map(({ target }) => target)).toStrictEqual(expected.map((it) => it.split(' ')[0]));
    expect(atEnd.every(({ dueAt }) => dueAt !== undefined)).toBe(true);
  });

  it('are known of a ticket to which a hundred thousand things happened', () => {
    const MINUTE = 60_000;
    const from = at('2026-01-05T10:00Z');
    const times = Array.from({ length: 100_000 }, (_, i) => from + i * 3 * MINUTE);
    const each = <T>(step: number, of: (at: number, i: number) => T) =>
      times.flatMap((when, i) => (i % 5 === step ? [of(when, i)] : []));
    const { verdicts: found } = clocksOf(
      new Counter(handbook),
      {
        service: handbook.services.get('paas') as Service,
        openedAt: from,
        priorities: each(0, (when, i) => ({ at: when, priority: i % 2 === 0 ? 'P2' : 'P4' })),
        statuses: each(1, (when, i) => ({ at: when, status: i % 2 === 0 ? 'on-hold' : 'open' })),
        solved: each(2, (startAt) => ({ startAt, endAt: startAt + 3 * MINUTE })),
        replies: each(4, (when) => when),
      },
      at('2027-12-01T00:00Z'),
    );
    // Each of the 20,000 times that it is solved ends two clocks, and each reply one.
    expect(found.filter(({ target }) => target !== 'resolve').length).toBe(40_000);
  });

  it('do not resume after a reply that came while it was solved', () => {
    const row: TicketRow = {
      service: 'paas',
      opened: '2026-11-25T10:00Z',
      replies: ['2026-11-25T11:30Z'],
      solved: [['2026-11-25T11:00Z', '2026-11-25T12:00Z']],
    };
    expect(verdicts(row, '2026-11-25T12:30Z')).toStrictEqual(['respond 11-25T10:00 11-25T11:00']);
    expect(clocksAt(handbook, row, '2026-11-25T12:30Z').open.map(stateText)).toStrictEqual([
      'update running, due 2026-11-25T16:00:00Z, 210 minutes left',
    ]);
  });
});
