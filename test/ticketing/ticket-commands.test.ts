/** Commands as people write them, and what they get for those that are wrong. */
import { describe, expect, test } from 'vitest';
import { commandsIn } from '../../actions/lib/ticketing/ticket-commands.ts';
import { HOUR } from '../../actions/lib/time/date.ts';

const status = (asksReason: boolean) => ({ asksReason, solvedAfter: undefined });
const choices = {
  priorities: ['URGENT', 'HIGH', 'LOW', 'P1'],
  statuses: new Map([
    ['new', status(false)],
    ['on-hold', status(true)],
    ['pending', status(false)],
  ]),
  dayLength: 7 * HOUR,
};
const read = (body: string) => commandsIn(body, choices);

/** The commands in one line each, the wrong ones by what is wrong. */
const shown = (body: string): string[] =>
  read(body).commands.map((it) => (it.kind === 'wrong' ? it.why : Object.values(it).join(' ')));

test.each<[body: string, commands: string[]]>([
  ['/priority HIGH', ['priority HIGH']],
  ['/Priority high', ['priority HIGH']],
  ['/priority   HIGH  because it is', ['priority HIGH']],
  ['/status pending', ['status pending']],
  ['/status on-hold the supplier is away', ['status on-hold']],
  ['/hold the supplier is away', ['status on-hold']],
  ['/estimate 3 hours', ['estimate 3 hours']],
  ['/estimate about 0.5 days', ['estimate 0.5 days']],
  ['/chargeable about 2 days: a new form', ['chargeable 2 days']],
  ['/return it is another service', ['return']],
  [
    '/priority LOW\r\n/estimate 1 hour\r\n\r\n/status pending',
    ['priority LOW', 'estimate 1 hour', 'status pending'],
  ],
])('%j', (body, commands) => {
  expect([shown(body), read(body).hasText]).toEqual([commands, false]);
});

test('a service without the status on-hold has no /hold', () => {
  const statuses = new Map([['open', status(false)]]);
  expect(commandsIn('/hold why', { ...choices, statuses }).commands).toEqual([
    { kind: 'wrong', why: 'there is no status "on-hold" for this service (one of open)' },
  ]);
});

test.each<[body: string, why: string]>([
  ['/priority', '"/priority" needs a priority; write "/priority URGENT"'],
  [
    '/priority HIHG',
    'there is no priority "HIHG" for this service (one of URGENT, HIGH, LOW, P1); did you mean "HIGH"?',
  ],
  ['/status', '"/status" needs a status (one of new, on-hold, pending); write "/status on-hold why"'],
  [
    '/status holding',
    'there is no status "holding" for this service (one of new, on-hold, pending); did you mean "pending"?',
  ],
  ['/status on-hold', 'the status "on-hold" needs a reason; write "/status on-hold why"'],
  ['/status on-hold  ', 'the status "on-hold" needs a reason; write "/status on-hold why"'],
  ['/estimate', '"" is no estimate; write "/estimate 3 hours", or minutes, or days such as "0.5 days"'],
  [
    '/estimate 0 hours',
    '"0 hours" is no estimate; write "/estimate 3 hours", or minutes, or days such as "0.5 days"',
  ],
  [
    '/chargeable 2 days',
    '"/chargeable" needs how much work it is and a reason; write "/chargeable about 2 days: why"',
  ],
  [
    '/chargeable : why',
    '"/chargeable" needs how much work it is and a reason; write "/chargeable about 2 days: why"',
  ],
  ['/return', '"/return" needs a reason; write "/return why"'],
  ['/prioritty HIGH', 'there is no command "/prioritty"; write "/priority P1"'],
  ['/prio HIGH', 'there is no command "/prio"; write "/priority P1"'],
  ['/est 3 hours', 'there is no command "/est"; write "/estimate 3 hours"'],
  ['/high', 'there is no command "/high"; write "/priority HIGH"'],
  ['/low', 'there is no command "/low"; write "/priority LOW"'],
  ['/P1', 'there is no command "/p1"; write "/priority P1"'],
  ['/hold', '"/hold" needs the reason why the work cannot go on; write "/hold why"'],
  ['/pending', 'there is no command "/pending"; write "/status pending"'],
])('%j is wrong', (body, why) => {
  expect(shown(body)).toEqual([why]);
});

describe('what is no command', () => {
  test.each([
    '/etc/hosts is empty',
    '/home',
    'Please /priority HIGH',
    ' /priority HIGH',
    '//',
    '/',
    '/approve',
  ])('%j', (body) => {
    expect(read(body)).toEqual({ commands: [], hasText: true });
  });

  test('after other text, nothing is a command', () => {
    expect(read('Thanks.\n/priority HIGH')).toEqual({ commands: [], hasText: true });
    expect(read('/priority HIGH\nThanks.\n/priority LOW')).toEqual({
      commands: [{ kind: 'priority', value: 'HIGH' }],
      hasText: true,
    });
  });

  test('an empty comment has neither', () => {
    expect(read(' \n\n')).toEqual({ commands: [], hasText: false });
  });
});

test('a comment of the greatest length is read to its end, whatever it repeats', () => {
  for (const unit of [
    '/priority HIGH\n',
    '/',
    '\n',
    '/a ',
    '/status ',
    '/chargeable :',
    '\u0301',
    '/priority \u202e',
  ])
    for (const length of [65_536, 262_144])
      expect(read(unit.repeat(length / unit.length)).commands.length).toBeLessThan(11);
  expect(shown(`/priority ${'x'.repeat(5000)}`)[0]).toHaveLength(112);
});
