/** Groups that no ticket reaches, and tickets that are solved before anybody has looked at them. */
import { describe, expect, test } from 'vitest';
import { tickets } from '../../../actions/lib/check/rules/tickets.ts';
import { foundBy } from '../../found.ts';
import { aHandbook, but } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const sound = aHandbook({
  policies: {
    'tickets/desk': `statuses:
  new: {}
  open: {}
  done: {solved_after: 4 days}
groups:
  - {id: first, up_to: 90 minutes, role: paas/nights/engineer}
  - {id: second, up_to: 0.5 days}
  - {id: third, notify: leads}`,
  },
});
const findings = (text: string) =>
  foundBy('tickets', text).map((line) => line.replace('policies/tickets/desk.yaml:', ''));

test('groups from the smallest to the largest are fine', () => expect(findings(sound)).toEqual([]));

describe('a group', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'as large as the one before',
      'up_to: 0.5 days',
      'up_to: 1.5 hours',
      '7:25 takes-nothing {group: second, before: first}',
    ],
    [
      'smaller than the one before by the length of a day',
      'groups:',
      'day: 3 hours\ngroups:',
      '8:25 takes-nothing {group: second, before: first}',
    ],
    ['larger than the one before by the length of a day', 'groups:', 'day: 3.2 hours\ngroups:'],
    [
      'for any size that is not the last',
      ', up_to: 90 minutes',
      '',
      '6:5 takes-anything {group: first, after: [second, third]}',
    ],
    ['last that takes no more than some size', 'id: third', 'id: third, up_to: 3 days'],
    [
      'last that is smaller than one before it',
      'id: third',
      'id: third, up_to: 10 minutes',
      '8:24 takes-nothing {group: third, before: first}',
    ],
    ['with the name of another', 'id: third', 'id: first', '8:10 same-group {group: first}'],
  ])('%s', (_, passage, other, ...found) => expect(findings(but(sound, passage, other))).toEqual(found));
});

describe('the first status', () => {
  test('after which a ticket counts as solved', () => {
    expect(findings(but(sound, 'new: {}', 'new: {solved_after: 9 days}'))).toEqual([
      '2:23 solved-unread {status: new, solvedAfter: 9 days}',
    ]);
  });
  test('is the one written first', () => {
    expect(findings(but(sound, 'new: {}', 'new: {}\n  seen: {solved_after: 9 days}'))).toEqual([]);
  });
});

const table: WordTable<Record<'takes-nothing' | 'takes-anything' | 'same-group' | 'solved-unread', object>> =
  {
    'takes-nothing': [
      [
        { group: 'second', before: 'first' },
        'second never takes a ticket, because first before it takes all that are as small; write a larger up_to, or put the smaller group first',
      ],
    ],
    'takes-anything': [
      [
        { group: 'first', after: ['second', 'third'] },
        'first takes tickets of any size, so that none is left for second and third; write "up_to: <estimate>" here, or put first last',
      ],
    ],
    'same-group': [[{ group: 'first' }, 'there is a group first above; give this one another id']],
    'solved-unread': [
      [
        { status: 'new', solvedAfter: { count: 4, unit: 'day' } },
        'a ticket that nobody has looked at is in the status "new", and counts as solved after 4 days; move solved_after to a later status',
      ],
    ],
  };
test.each(worded(tickets, table))('its message for %s: %s', (_, expected, made) =>
  expect(made).toBe(expected),
);
