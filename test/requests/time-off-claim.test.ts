/** Claims of time off by issue: the count, who may approve it, and what is offered after a bad night. */
import { describe, expect, test } from 'vitest';
import { at, but, texts } from '../handbook.ts';
import { claimBody } from './bodies.ts';
import {
  closed,
  commented,
  shownIn as commentIn,
  edited,
  later,
  opened,
  ran,
  reopened,
  type World,
} from './machine.ts';

/** Ana is on call in the week from 28 December; now it is noon of Sunday, 3 January 2027. */
const claimed = (given: Parameters<typeof claimBody>[0] = {}, author = 'ana-h'): World =>
  ran(opened(claimBody(given), author));

/** The same with another handbook. */
const rewritten = (world: World, file: string, old: string, text: string): World => ({
  ...world,
  files: new Map([...world.files, [file, but(world.files.get(file) ?? '', old, text)]]),
});

/** Our comment as GitHub shows it. */
const shownIn = (world: World): string =>
  commentIn(world).replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const titleOf = (world: World) => /^### (.*)$/m.exec(shownIn(world))?.[1];

describe('a claim', () => {
  test('is counted, with the reason of each part, the rest, and who could take the next night', () => {
    const world = claimed();
    expect([world.phase, world.label, world.pull]).toEqual(['judged', 'accepted-for-review', undefined]);
    expect(shownIn(world).split('\n\n').slice(1, -1)).toEqual([
      '### 1.5 days (10.5 hours)',
      [
        '| Alerted | Alerts | Kind | Work | Days | Extra |',
        '|---|---|---|---|---|---|',
        '| Sun 3 Jan 02:10 | 2 | woken | 2 h 15 min | 0.5 | 0.5 |',
        '| Sun 3 Jan 06:00 | 1 | woken | 30 min | 0.5 | 0 |',
      ].join('\n'),
      [
        '- 0.5 days: alerted Sun 3 Jan 02:10 (Europe/London) as ops/on-call/primary, woken (by their own word)',
        '- 0 days: 1 further alert within 1 hour of the first, before 03:10',
        '- 0.5 days: 2 h 15 min of work out of hours, 1 hour included, 1 h 15 min beyond are 2 × 1 hour at 0.25 days, part ones rounded up',
        '- 0.5 days: alerted Sun 3 Jan 06:00 (Europe/London) as ops/on-call/primary, woken (by their own word)',
        '- 0 days: 30 min of work out of hours, 1 hour included',
      ].join('\n'),
      '**Late start**: you were woken, so you do not have to start at the usual time; 11 hours of rest end Sun 3 Jan 17:30. Tell your line manager, if you can.',
      '⚠️ **Too little rest**',
      '- after the alert of Sun 3 Jan 02:10, 1 h 35 min of rest before the next alert at Sun 3 Jan 06:00; 11 hours end Sun 3 Jan 15:25',
      '**The next night**: you are ops/on-call/primary Sun 3 Jan 12:00 – Mon 4 Jan 09:00. If you need a rest, ask a lead for a replacement, or a colleague, with the form *Swap or cover*. These colleagues are eligible, free and rested then, the least burdened first:',
      '- Ben (768 hours on call in the last 12 weeks)',
      expect.stringMatching(/^Lee can now comment `\/approve` \(or `\/approve [0-9a-f]{12}`/),
    ]);
  });

  test('is approved by a lead, with a text for the HR system, and closed', () => {
    const world = ran(commented(claimed(), 'lee-h', '/approve'));
    expect([world.phase, world.issue.state, world.done.slice(-2)]).toEqual([
      'granted',
      'closed',
      ['close-issue', 'comment'],
    ]);
    expect(titleOf(world)).toBe('Approved: 1.5 days (10.5 hours)');
    expect(/```text\n([\s\S]*)\n```/.exec(shownIn(world))?.[1]).toBe(
      `Time off in lieu: 1.5 days (10.5 hours)
Ana, alerted out of hours:
- Sun 3 Jan 2027 02:10 (Europe/London): 0.5 days, woken, and 0.5 days for 2 h 15 min of work
- Sun 3 Jan 2027 06:00 (Europe/London): 0.5 days, woken
Approved by Lee: https://github.com/a/b/issues/77`,
    );
    expect(ran(later(world)).done).toEqual(world.done);
  });

  test.each([
    ['the person', 'ana-h'],
    ['a colleague', 'ben-h'],
    ['a lead of another team', 'zoe-h'],
    ['somebody unknown', 'max-h'],
  ])('is not approved by %s', (_, login) => {
    const world = ran(commented(claimed(), login, '/approve'));
    expect([world.phase, world.done.at(-1)]).toEqual(['judged', 'reply']);
  });

  test('of a lead is approved by another one', () => {
    const world = rewritten(opened(claimBody()), 'rotas/ops/team.yaml', '[lee]', '[ana, lee]');
    const judged = ran(world);
    expect(ran(commented(judged, 'ana-h', '/approve')).phase).toBe('judged');
    expect(ran(commented(judged, 'lee-h', '/approve')).phase).toBe('granted');
  });

  test('is approved by the delivery lead, who hears of the late start', () => {
    const lead = ['rotas/people.yaml', 'ana: {name: Ana,', 'ana: {name: Ana, delivery_lead: zoe,'] as const;
    const judged = ran(rewritten(opened(claimBody()), ...lead));
    expect(shownIn(judged)).toContain('Tell Zoe, if you can.');
    expect(ran(commented(judged, 'zoe-h', '/approve')).phase).toBe('granted');
  });

  test('is declined with a reason', () => {
    const world = ran(commented(claimed(), 'lee-h', '/decline that was a test'));
    expect([world.phase, titleOf(world), world.issue.state]).toEqual(['declined', 'Declined', 'closed']);
    expect(shownIn(world)).toContain('Declined by Lee: that was a test');
    expect(shownIn(world)).not.toContain('0.5 days');
    expect(ran(reopened(world)).phase).toBe('judged');
  });

  test('that is closed is withdrawn, and shows nothing of the count', () => {
    const world = ran(closed(claimed()));
    expect([world.phase, titleOf(world)]).toEqual(['withdrawn', 'Closed']);
    expect(shownIn(world)).not.toContain('days');
  });

  test('that is edited after its approval waits for a new one', () => {
    const granted = ran(commented(claimed(), 'lee-h', '/approve'));
    const world = ran(edited(reopened(granted), claimBody({ 'Worked until': '2027-01-03T05:25' })));
    expect([world.phase, titleOf(world)]).toEqual(['judged', '1.75 days (12.25 hours)']);
    expect(shownIn(world)).toContain('the approval is void');
  });

  test('of which the count changes between comment and approval is not approved by it', () => {
    const judged = claimed();
    const dearer = new Map([...judged.files, ['policies/time-off.yaml', 'woken: 1 day\n']]);
    const world = ran({ ...commented(judged, 'lee-h', '/approve'), files: dearer });
    expect([world.phase, titleOf(world)]).toEqual(['judged', '2.5 days (17.5 hours)']);
    expect(shownIn(world)).toContain('An approval did not count');
    expect(ran(commented(world, 'lee-h', '/approve')).phase).toBe('granted');
  });

  test('of somebody who was not on call counts nothing, and cannot be approved', () => {
    const world = claimed({}, 'ben-h');
    expect([titleOf(world), world.label]).toEqual(['Nothing counts', 'needs-information']);
    expect(shownIn(world)).toContain('- Sun 3 Jan 02:10 counts nothing: they held no role then');
    expect(ran(commented(world, 'lee-h', '/approve')).phase).toBe('judged');
  });

  test('says no more of the night that is over', () => {
    const world = ran(later(claimed(), at('2027-01-04T12:00:00Z')));
    expect(shownIn(world)).not.toMatch(/Late start|Too little rest|The next night/);
    expect(titleOf(world)).toBe('1.5 days (10.5 hours)');
  });

  test('in times of another zone', () => {
    const world = claimed({
      'First alert': '2027-01-03T03:10',
      'Worked until': '',
      'Further alerts': '',
      'Zone of these times': 'UTC',
    });
    expect(shownIn(world)).toContain('| Sun 3 Jan 03:10 | 1 | woken | – | 0.5 | 0 |');
  });
});

describe('who could take the next night', () => {
  const TEAM = texts(`== rotas/people.yaml
people:
  ana: {name: Ana, github: ana-h, on_call_since: 2026-01-01}
  ben: {name: Ben, github: ben-h, on_call_since: 2026-01-01}
  lee: {name: Lee, github: lee-h}
  away: {name: Away, on_call_since: 2026-01-01, away: [{first_day: 2027-01-04, last_day: 2027-01-08}]}
  busy: {name: Busy, on_call_since: 2026-01-01}
  gone: {name: Gone, on_call_since: 2026-01-01, last_day: 2026-12-31}
  idle: {name: Idle, on_call_since: 2026-01-01}
  shy: {name: Shy}
  tired: {name: Tired, on_call_since: 2026-01-01}
`);

  test('are the eligible, free and rested, with the fewest hours first', () => {
    const others = `  second:
    needs: {on_call: true}
    rotation: [{first_turn: 2026-12-28, people: [busy]}]
  pool:
    counts: false
    rotation: [{first_turn: 2028-01-03, people: [shy, tired, idle, gone, away]}]
overrides:
  - {role: primary, person: tired, instead_of: ana, from: 2027-01-03T08:00, to: 2027-01-03T09:00}
`;
    const world = opened(claimBody());
    const file = 'rotas/ops/on-call.yaml';
    const files = new Map([...world.files, ...TEAM, [file, `${world.files.get(file)}${others}`]]);
    const shown = shownIn(ran({ ...world, files }));
    expect(shown.match(/^- .* hours on call/gm)).toEqual([
      '- Idle (0 hours on call',
      '- Ben (768 hours on call',
    ]);
  });

  test('nobody, where nobody is free', () => {
    const world = opened(claimBody());
    const alone = rewritten(world, 'rotas/people.yaml', 'ben-h, on_call_since: 2026-01-01', 'ben-h');
    expect(shownIn(ran(alone))).toContain('Nobody in the team is eligible, free and rested then');
  });

  test('is not asked in a night off', () => {
    const world = claimed({
      'First alert': '2027-01-03T02:10',
      'Worked until': '',
      'Further alerts': '',
      'Did it wake you': 'No',
    });
    expect(shownIn(world)).not.toMatch(/Late start|The next night/);
    const last = {
      ...opened(claimBody({ 'First alert': '2027-01-04T02:10', 'Worked until': '', 'Further alerts': '' })),
    };
    expect(shownIn(ran(later(last, at('2027-01-04T09:30:00Z'))))).not.toContain('The next night');
  });
});

describe('what is wrong with a claim', () => {
  test.each<[what: string, given: Parameters<typeof claimBody>[0], fault: string]>([
    [
      'a local time that does not exist',
      { 'First alert': '2026-03-29T01:30', 'Worked until': '', 'Further alerts': '' },
      '**First alert**: this is 2026-03-29T01:30, which does not exist in Europe/London: the clocks go forward over it; write a time after that',
    ],
    [
      'an alert in the future',
      { 'First alert': '2027-01-03T12:30', 'Worked until': '', 'Further alerts': '' },
      '**First alert**: this is 2027-01-03T12:30, which is in the future; write when it really was',
    ],
    [
      'work that ends before it begins',
      { 'Worked until': '2027-01-03T02:00' },
      '**Worked until**: this is 2027-01-03T02:00, which is before the alert at 2027-01-03T02:10; correct one of the two times',
    ],
    [
      'work of weeks',
      { 'Worked until': '2027-01-03T04:25', 'First alert': '2026-12-20T02:10', 'Further alerts': '' },
      '**Worked until**: this is 2027-01-03T04:25, more than 7 days after the alert; correct it',
    ],
    [
      'another form of time',
      { 'First alert': 'at two' },
      '**First alert**: "at two" is not a date and time such as "2026-12-03T02:10"',
    ],
    [
      'a line that is no alert',
      { 'Further alerts': '2027-01-03T02:40\nand <b>again</b>' },
      '**Further alerts**: line 2: this is no alert; write it as',
    ],
    [
      'a line in the future',
      { 'Further alerts': '- 2027-01-03T02:40\n\n- 2027-01-04T02:40' },
      '**Further alerts**: line 3: this is 2027-01-04T02:40, which is in the future',
    ],
    [
      'too many lines',
      { 'Further alerts': Array.from({ length: 51 }, () => '2027-01-03T02:40').join('\n') },
      '**Further alerts**: these are more than 50 lines; open several issues',
    ],
    [
      'alerts of a year',
      { 'First alert': '2026-01-03T02:10', 'Worked until': '' },
      '**Further alerts**: these alerts are over 31 days apart; open an issue for each month',
    ],
  ])('%s', (_, given, fault) => {
    const world = claimed(given);
    expect([world.phase, world.label, titleOf(world)]).toEqual([
      'judged',
      'needs-information',
      'This needs more information',
    ]);
    expect(shownIn(world)).toContain(fault);
    expect(commentIn(world)).not.toContain('<b>');
  });

  test('somebody whom the handbook does not know', () => {
    expect(shownIn(claimed({}, 'max-h'))).toContain('nobody in the handbook has the GitHub name max-h');
  });
});
