/** The demo runs in a process of its own, as in a new clone, and shows what becomes of a merged swap. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'demo.ts')], {
  encoding: 'utf8',
  env: { PATH: process.env.PATH },
});
const [, first = '', swap = '', dayBefore = '', before = '', after = '', again = ''] =
  stripVTControlCharacters(stdout).split(/^# (?=\w{3} \d+ Sep)/m);

/** What is shown of a state. */
const shown = (part: string, label: string): string =>
  new RegExp(`^${label} +(.*)$`, 'm').exec(part)?.[1] ?? '';

const states = (part: string) => ['topic in Slack', 'user group in Slack'].map((it) => shown(part, it));

/** The planned posts, from whom to whom and when. */
const posts = (part: string): readonly string[] =>
  [...part.matchAll(/(\w+ \d+ Sep \d\d:\d\d), engineer: (\w+) hands over to (\w+)/g)].map(
    ([, time, from, to]) => `${time} ${from} ${to}`,
  );

test('it runs to its end', () => {
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.match(/the action: status \d/g)?.every((it) => it.endsWith('0'))).toBe(true);
});

test('a merged swap is one comment that mentions two people and two leads', () => {
  expect(swap.match(/### Whose support time changes/g)).toHaveLength(1);
  expect(swap.match(/^@[\w-]+/gm)).toEqual(['@ben-adeyemi', '@dee-novak', '@nia-rhys', '@omar-haddad']);
  expect(swap).toContain('writes of all requests: GitHub 1 of ');
});

test('the two posts move to the new person at once, and each appears at its time', () => {
  expect(posts(first)).toEqual(['Fri 11 Sep 09:45 Amara Ben', 'Mon 14 Sep 09:45 Ben Chi']);
  expect(posts(swap)).toEqual(['Fri 11 Sep 09:45 Amara Dee', 'Mon 14 Sep 09:45 Dee Chi']);
  expect(before).toContain('posted by Slack      Fri 11 Sep 09:45, engineer: Amara hands over to Dee\n');
});

test('one issue with two assignees is opened on the working day before', () => {
  expect(swap).not.toContain('issue 8');
  expect(dayBefore.match(/^issue .*$/gm)).toEqual([
    'issue 8, "Hand-over: paas/support, Fri 11 Sep 10:00", assigned to amara-osei and dee-novak',
  ]);
});

test('topic and user group change at the hand-over, and not before', () => {
  const amara = ['On support: Amara Osei', 'Amara'];
  expect([first, swap, before].map(states)).toEqual([amara, amara, amara]);
  expect(swap).toMatch(/\$ rota plan slack\nSlack matches the handbook\n/);
  expect(before).toContain('Slack 1 of 5');
  expect(states(after)).toEqual(['On support: Dee Novak', 'Dee']);
});

test('the group in Zendesk gains a member first, and then loses one', () => {
  expect([first, before].map((it) => shown(it, 'group in Zendesk'))).toEqual(['Amara', 'Amara']);
  expect(after).toContain('the group in Zendesk had, one after another: Amara; Amara, Dee; Dee\n');
});

test('the whole run again changes nothing', () => {
  const nothing =
    /\(the action: status 0; writes of all requests: GitHub 0 of \d, Slack 0 of \d, Zendesk 0 of \d\)/g;
  expect(again.match(nothing)).toHaveLength(2);
});
