/** A policy that changes, is added or is removed is reported at its file; anything else is not. */
import { describe, expect, test } from 'vitest';
import { policyChange as policyChangeRule } from '../../../actions/lib/check/rules/policy-change.ts';
import { foundInPull, wordsOf } from '../../found.ts';
import { but, everything } from '../../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const policies = (head: string, base = everything) => foundInPull('policy-change', base, head, NOW);
const reported = (...files: string[]) => files.map((file) => `policies/${file}:1:1 warning changed {}`);

/** The handbook without one of its files. */
const without = (file: string): string => {
  const startAt = everything.indexOf(`== ${file}\n`);
  const endAt = everything.indexOf('\n== ', startAt);
  return everything.slice(0, startAt) + (endAt < 0 ? '' : everything.slice(endAt + 1));
};

describe('a pull request that', () => {
  test.each<[what: string, head: string, ...files: string[]]>([
    ['changes nothing', everything],
    ['swaps a turn', but(everything, '2027-01-06: chi-wong', '2027-01-06: ben-adeyemi')],
    ['adds somebody', but(everything, '  nia-rhys: {', '  oz: {name: Oz}\n  nia-rhys: {')],
    ['edits the notice', but(everything, 'minimum: 7 days', 'minimum: 1 day'), 'notice.yaml'],
    [
      'edits a comment in it',
      but(
        everything,
        'rota_change: {minimum: 7 days, recommended: 14 days}\n',
        'rota_change: {minimum: 7 days, recommended: 14 days} # ours\n',
      ),
      'notice.yaml',
    ],
    ['edits what is published', but(everything, 'names: full', 'names: initials'), 'publishing.yaml'],
    [
      'edits the support hours',
      but(everything, 'name: GOV.UK PaaS\ntimezone', 'name: PaaS\ntimezone'),
      'support-hours/paas.yaml',
    ],
    ['adds a policy', `${everything}== policies/holidays/wales.yaml\nname: Wales\n`, 'holidays/wales.yaml'],
    ['removes a policy', without('policies/on-call.yaml'), 'on-call.yaml'],
    ['makes one unreadable', but(everything, 'rota_change: {', 'rota_change: {{'), 'notice.yaml'],
    [
      'moves one, and edits another',
      but(
        but(everything, 'holidays/england.yaml', 'holidays/english.yaml'),
        'rest: {turns_between: 1}',
        'rest: {turns_between: 2}',
      ),
      'holidays/england.yaml',
      'holidays/english.yaml',
      'on-call.yaml',
    ],
  ])('%s', (_, head, ...files) => expect(policies(head)).toEqual(reported(...files)));

  test('is not compared with anything changes no policy', () => {
    expect(policies('', '')).toEqual([]);
    expect(policies(without('policies/notice.yaml'), without('policies/notice.yaml'))).toEqual([]);
  });
});

const format = wordsOf(policyChangeRule);
test.each([
  [
    format({ code: 'changed', args: {} }),
    "this policy changes; its owners need to approve it, and the base branch's policy applies until it is merged",
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
