/** Which comments are commands, whose commands count, and which are ignored, with the reason. */
import { describe, expect, test } from 'vitest';
import { declineReason, loginsToLookUp } from '../../actions/lib/requests/commands.ts';
import type { IssueComment } from '../../actions/lib/requests/facts.ts';
import { readIssue } from '../../actions/lib/requests/read-issue.ts';
import type { RequestState } from '../../actions/lib/requests/stored-state.ts';
import { at } from '../handbook.ts';
import {
  CHANGE_77,
  commented,
  contextOf,
  decidedIn,
  edited,
  later,
  opened,
  ran,
  SWAP_77,
  shownIn,
  type World,
} from './machine.ts';

const judged = ran(opened(CHANGE_77, 'service-team'));
const digest = /\/approve ([0-9a-f]{12})/.exec(shownIn(judged))?.[1] ?? '';

function stateOf(world: World): RequestState {
  const decided = decidedIn(world);
  if (decided === undefined) throw new Error('this is no request');
  return decided.at.state;
}

/** `approved`, `declined`, or why the command was ignored; `nothing` where it was no command. */
const effect = (world: World): string => {
  const { decision, ignored } = stateOf(world);
  return decision?.kind ?? ignored?.why ?? 'nothing';
};

test.each<[string, string]>([
  ['/approve', 'approved'],
  ['/approve  ', 'approved'],
  ['/approve\r\nThank you', 'approved'],
  [`/approve ${digest}`, 'approved'],
  [`/approve\t${digest.toUpperCase()}`, 'approved'],
  [`/approve ${digest.slice(0, 7)}`, 'approved'],
  [`/approve ${digest.slice(0, 6)}`, 'changed'],
  ['/approve 0123456789ab', 'changed'],
  ['/approve again', 'changed'],
  ['/decline', 'declined'],
  ['/decline not this week', 'declined'],
  ['/Decline', 'declined'],
  ['/decline. Not this week', 'declined'],
  ['\r\n\n /decline', 'declined'],
  ['/declined', 'nothing'],
  ['/decline-later', 'nothing'],
  ['/approved', 'nothing'],
  ['/Approve', 'nothing'],
  [' /approve', 'nothing'],
  ['Please\n/approve', 'nothing'],
  ['> /approve', 'nothing'],
])('a comment of %j by a lead: %s', (body, expected) => {
  expect(effect(commented(judged, 'lee-h', body))).toBe(expected);
});

test.each<[string, Partial<IssueComment>, string]>([
  ['as it was written', {}, 'approved'],
  ['that its author edited', { editedBy: 'author' }, 'nothing'],
  ['that somebody else edited', { editedBy: 'others' }, 'nothing'],
  ['whose history is not known', { editedBy: 'unknown' }, 'nothing'],
  ['that was changed later', { updatedAt: at('2027-02-01T00:00:00Z') }, 'nothing'],
  ['of a bot', { isBot: true }, 'nothing'],
  ['of our own', { author: 'github-actions[bot]' }, 'nothing'],
  ['of a login in other letters', { author: 'LEE-H' }, 'approved'],
])('a comment %s: %s', (_, given, expected) => {
  const world = commented(judged, given.author ?? 'lee-h', '/approve', given);
  expect(effect({ ...world, writers: [...world.writers, 'LEE-H'] })).toBe(expected);
});

describe('whose commands count', () => {
  test.each(['ana', 'zoe'])('nobody’s, where a lead shares a login with %s', (other) => {
    const file = 'rotas/people.yaml';
    const shared = (judged.files.get(file) ?? '').replace(`github: ${other}-h`, 'github: LEE-H');
    const world = { ...judged, files: new Map([...judged.files, [file, shared]]) };
    expect(effect(commented(world, 'lee-h', '/approve'))).toBe('nothing');
  });

  test.each([
    ['2026-06-30', 'nothing'],
    ['2026-12-31', 'approved'],
  ])('those of a lead whose last day was on %s, if that is published: %s', (day, expected) => {
    const file = 'rotas/people.yaml';
    const text = (judged.files.get(file) ?? '').replace('github: lee-h', `github: lee-h, last_day: ${day}`);
    const world = { ...judged, files: new Map([...judged.files, [file, text]]) };
    expect(effect(commented(world, 'lee-h', '/approve'))).toBe(expected);
  });

  const people = {
    'a stranger': ['mallory', []],
    'an engineer who is no lead': ['ben-h', []],
    'a lead of another team': ['zoe-h', []],
    'a lead': ['lee-h', ['lee-h']],
  } as const;
  test.each(Object.entries(people))(
    'write access is looked up for %s only if needed',
    (_, [login, expected]) => {
      for (const body of ['/approve', '/decline no']) {
        const world = commented(commented(judged, login, body), login, body);
        const at = readIssue(contextOf(world), world);
        expect(at && loginsToLookUp(contextOf(world), at)).toEqual(expected);
      }
    },
  );

  test('nobody is looked up without a command', () => {
    const world = commented(commented(judged, 'lee-h', 'Looks good'), 'lee-h', '/approve', {
      editedBy: 'author',
    });
    const at = readIssue(contextOf(world), world);
    expect(at && loginsToLookUp(contextOf(world), at)).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['a stranger', 'mallory', ['mallory']],
    ['an engineer who is no lead', 'ben-h', ['ben-h']],
    ['a lead of another team', 'zoe-h', ['zoe-h']],
    ['a lead without write access', 'lee-h', []],
  ])('%s gets one reply, and nothing else changes', (_, login, writers) => {
    const world = { ...commented(commented(judged, login, '/approve'), login, '/decline'), writers };
    const decided = decidedIn(world);
    expect(decided?.reply).toContain(
      'Thank you. `/approve` and `/decline` count only from the leads of the team (Lee)',
    );
    expect(decided?.at.state).toEqual({ ...stateOf(judged), seen: 1002 });
    const after = ran(world);
    expect(after.done.slice(judged.done.length)).toEqual(['comment', 'reply']);
    expect(ran(commented(after, login, '/approve')).done.filter((it) => it === 'reply')).toHaveLength(1);
  });

  test('a stranger among leads gets the reply, and the lead the decision', () => {
    const world = commented(commented(judged, 'mallory', '/decline'), 'lee-h', '/approve');
    expect([effect(world), decidedIn(world)?.reply !== undefined]).toEqual(['approved', true]);
  });
});

describe('an approval covers what our comment showed when it was given', () => {
  const body = CHANGE_77.replace('Replace the network routers', 'Replace everything');
  const rewritten = ran(edited(judged, body));
  const shownAt = rewritten.now;

  test.each([
    ['a second before our comment was edited', -1000, 'changed'],
    ['in the second of its edit', 0, 'changed'],
    ['a second after it', 1000, 'approved'],
  ])('%s: %s', (_, offset, expected) => {
    const times = { createdAt: shownAt + offset, updatedAt: shownAt + offset };
    expect(effect(commented(rewritten, 'lee-h', '/approve', times))).toBe(expected);
  });

  test('before the first run', () => {
    expect(effect(commented(opened(CHANGE_77), 'lee-h', '/approve'))).toBe('changed');
  });

  test('before an edit that no run has seen', () => {
    expect(effect(edited(commented(judged, 'lee-h', '/approve'), body))).toBe('changed');
    expect(shownIn(ran(edited(commented(judged, 'lee-h', '/approve'), body)))).toContain('did not count');
  });

  test('an edit of a value makes it void, an edit of the layout does not', () => {
    const approved = ran(commented(judged, 'lee-h', '/approve'));
    expect(stateOf(edited(approved, body))).toMatchObject({ decision: undefined, ignored: { why: 'void' } });
    expect(shownIn(ran(edited(approved, body)))).toContain('the approval is void');
    expect(effect(edited(approved, `${CHANGE_77}\n\n`))).toBe('approved');
  });
});

test.each<[string, string, string, string]>([
  ['a swap', SWAP_77, '/approve', 'not-asked'],
  ['a swap', SWAP_77, '/decline', 'declined'],
  [
    'a change with short notice',
    CHANGE_77.replace('2027-01-06T23', '2027-01-05T11'),
    '/approve',
    'not-ready',
  ],
  ['a change that lacks something', CHANGE_77.replace('Put the old ones back.', ''), '/approve', 'not-ready'],
  ['a change that lacks something', CHANGE_77.replace('Put the old ones back.', ''), '/decline', 'declined'],
])('%s: %s', (_, body, command, expected) => {
  const world = ran(opened(body));
  expect(effect(commented(world, 'lee-h', command))).toBe(expected);
});

test('commands are applied in order, each once, and one that counts clears an ignored one', () => {
  const twice = commented(commented(judged, 'lee-h', '/approve 0123456789ab'), 'lee-h', '/approve');
  expect(stateOf(twice)).toMatchObject({ decision: { kind: 'approved', comment: 1002 }, ignored: undefined });
  const declined = commented(commented(judged, 'lee-h', '/approve'), 'lee-h', '/decline');
  expect(effect(declined)).toBe('declined');
  expect(stateOf(later(ran(twice)))).toEqual({ ...stateOf(twice), proposed: 78 });
});

test.each<[string, Partial<IssueComment>, string]>([
  ['/decline', { editedBy: 'author' }, 'edited'],
  ['/decline', { updatedAt: at('2027-02-01T00:00:00Z') }, 'declined'],
  ['Looks good', { editedBy: 'author' }, 'approved'],
  ['Looks good', { editedBy: 'others' }, 'edited'],
])('after an approval, %j of a lead, %j: %s', (body, given, expected) => {
  const approved = ran(commented(judged, 'lee-h', '/approve'));
  expect(effect(commented(approved, 'lee-h', body, given))).toBe(expected);
});

test.each(['Let me think', '/approve'])(
  'an approval is void once a lead edits an older %j into a decline',
  (body) => {
    const first = ran(commented(judged, 'lee-h', body));
    const approved = body === '/approve' ? first : ran(commented(first, 'lee-h', '/approve'));
    expect(effect(approved)).toBe('approved');
    const [older] = approved.comments.filter(({ author }) => author === 'lee-h');
    const updatedAt = approved.now + 60_000;
    const comments = approved.comments.map((it) =>
      it === older ? { ...it, body: '/decline', editedBy: 'author' as const, updatedAt } : it,
    );
    const declined = { ...approved, comments, now: updatedAt + 60_000 };
    expect(effect(declined)).toBe('edited');
    expect(effect(later(ran(declined)))).toBe('edited');
  },
);

test('the reason of a decline is the rest of its line, while the comment exists unedited', () => {
  const world = commented(judged, 'lee-h', '/decline **not** in @everyone week\nor ever');
  const reason = (comments: readonly IssueComment[]) => declineReason(comments, 1001);
  expect(reason(world.comments)).toBe('**not** in @everyone week');
  expect(reason(commented(judged, 'lee-h', '/Decline: not now').comments)).toBe('not now');
  expect(reason(world.comments.map((it) => ({ ...it, editedBy: 'author' as const })))).toBe('');
  expect(reason([])).toBe('');
  expect(shownIn(ran(world))).toMatch(/Declined by Lee: &#42;&#42;not/);
  expect(shownIn(ran(world))).not.toContain('@everyone');
  expect(reason(commented(judged, 'lee-h', `/decline ${'x'.repeat(600)}`).comments)).toHaveLength(500);
});
