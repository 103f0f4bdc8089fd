/** Requests to join a rota: who joins, whose words count for what, and where the newcomer goes. */
import { describe, expect, test } from 'vitest';
import type { JoinVerdict } from '../../actions/lib/requests/join.ts';
import { filesOf, isBrought } from '../../actions/lib/requests/written.ts';
import { at } from '../handbook.ts';
import { bodyWith, HANDBOOK, world, type ZOE } from './joining.ts';
import {
  commented,
  contextOf,
  decidedIn,
  edited,
  later,
  pulled,
  ran,
  shownIn,
  type World,
} from './machine.ts';

function verdictOf(it: World): JoinVerdict {
  const verdict = decidedIn(it)?.at.verdict;
  if (verdict?.of !== 'join') throw new Error('this is no request to join');
  return verdict.join;
}

/** What is done, and which words were refused. */
function counted(it: World): readonly [done: string, ...refused: string[]] {
  const verdict = verdictOf(it);
  if (verdict.kind === 'lacking' || verdict.joining === undefined) throw new Error(JSON.stringify(verdict));
  const { items, refused } = verdict.joining;
  const done = items.flatMap(({ item, done }) => (done === undefined ? [] : [item.id]));
  return [done.join(' '), ...refused.map(({ item, login, why }) => `${item} ${login} ${why}`)];
}

describe('a word that something is done counts', () => {
  test.each<[who: string, login: string, body: string, done: string, ...refused: string[]]>([
    ['from whoever has the role', 'ana-h', '/done vpn', 'vpn'],
    ['from whoever had it in the last four weeks', 'ben-h', '/done vpn', 'vpn'],
    ['not from whoever had it before that', 'cy-h', '/done vpn', '', 'vpn cy-h not-asked'],
    ['from the person who is asked', 'max-h', '/done badge', 'badge'],
    ['not from another', 'max-h', '/done vpn', '', 'vpn max-h not-asked'],
    ['from a lead', 'lee-h', '/done vpn badge, talk', 'vpn badge talk'],
    ['for what the leads alone know', 'ana-h', '/done talk', '', 'talk ana-h not-asked'],
    [
      'with the name of its list',
      'lee-h',
      '/done ops/vpn other/badge',
      'vpn',
      'other/badge lee-h no-such-item',
    ],
    ['not from the newcomer', 'zoe-q', '/done vpn', ''],
    ['not from somebody who is in no handbook', 'eve', '/done vpn', ''],
    ['not of an item before another turn', 'lee-h', '/done test-page', '', 'test-page lee-h no-such-item'],
    ['in the first line only', 'lee-h', 'So:\n/done vpn', ''],
    ['with its name and a space', 'lee-h', '/donevpn', ''],
    ['with an item', 'lee-h', '/done', ''],
  ])('%s', (_, login, text, ...expected) => {
    expect(counted(commented(world(), login, text))).toEqual(expected);
  });

  test('without an edit, in a comment of a person with write access', () => {
    const said = (given: object) => counted(commented(world(), 'lee-h', '/done vpn', given));
    expect(said({ updatedAt: at('2027-01-03T13:00:00Z') })).toEqual(['']);
    expect(said({ editedBy: 'author' })).toEqual(['']);
    expect(said({ editedBy: 'unknown' })).toEqual(['']);
    expect(said({ isBot: true })).toEqual(['']);
    const reader = { ...commented(world(), 'lee-h', '/done vpn'), writers: [] };
    expect(counted(reader)).toEqual(['', 'vpn lee-h no-access']);
  });

  test('by a login that is of one person', () => {
    const shared = HANDBOOK.replace('max-h', 'lee-h');
    expect(counted(commented(world({}, shared), 'lee-h', '/done vpn'))).toEqual(['']);
  });

  test('of nobody themselves', () => {
    const own = world({ 'Who will join': 'max', 'Their GitHub name': 'max-h' });
    expect(counted(commented(own, 'max-h', '/done badge'))).toEqual(['', 'badge max-h own']);
  });

  test('for the person and the role that the issue named then', () => {
    const done = ran(commented(ran(world()), 'lee-h', '/done vpn'));
    expect(counted(done)).toEqual(['vpn']);
    expect(counted(edited(done, bodyWith({ Skills: 'writer, singer' })))).toEqual(['vpn']);
    const other = edited(done, bodyWith({ 'Who will join': 'Eve Adams', 'Their GitHub name': 'eve' }));
    expect(counted(other)).toEqual(['']);
    // Nor does it when the first name is back.
    expect(counted(edited(ran(other), bodyWith()))).toEqual(['']);
  });
});

describe('the fields say who joins', () => {
  const faults = (given: Partial<typeof ZOE>, handbook = HANDBOOK) => {
    const verdict = verdictOf(world(given, handbook));
    return verdict.kind === 'lacking'
      ? verdict.faults.map(({ field, message }) => `${field}: ${message}`)
      : [];
  };

  test.each<[what: string, given: Partial<typeof ZOE>, ...faults: string[]]>([
    ['somebody new', {}],
    ['somebody known, by id', { 'Who will join': 'max', 'Their GitHub name': 'MAX-H' }],
    ['somebody known, by name', { 'Who will join': 'dee novak', 'Their GitHub name': 'dee-h' }],
    [
      'a name with the login of another',
      { 'Who will join': 'Zoë', 'Their GitHub name': 'max-h' },
      'Their GitHub name: this is the GitHub name of max; write that id above, or another GitHub name',
    ],
    [
      'a known name with another login',
      { 'Who will join': 'Max', 'Their GitHub name': 'eve' },
      'Their GitHub name: max has the GitHub name max-h in people; for somebody else of that name, write the name so that it differs',
    ],
    [
      'a name that only looks like a known one',
      { 'Who will join': 'Mаx', 'Their GitHub name': 'eve' },
      'Their GitHub name: max has the GitHub name max-h in people; for somebody else of that name, write the name so that it differs',
    ],
    [
      'somebody without a login in people',
      { 'Who will join': 'Eli', 'Their GitHub name': 'eli-h' },
      'Their GitHub name: eli has no GitHub name in people, and a pull request adds it first; for somebody else of that name, write the name so that it differs',
    ],
    ['a name whose id is taken', { 'Who will join': 'In-box', 'Their GitHub name': 'eve' }],
    [
      'a name that is a contact',
      { 'Who will join': 'INBOX', 'Their GitHub name': 'eve' },
      'Who will join: the id inbox is taken in people; write the name so that it differs',
    ],
    [
      'what is no login',
      { 'Their GitHub name': '@zoe' },
      'Their GitHub name: "@zoe" is not a GitHub name such as "robin-hale"',
    ],
    ['markup', { 'Who will join': '<b>Zoë</b>' }, 'Who will join: this has angle brackets; remove them'],
    ['no date', { 'Vetted on': 'soon' }, 'Vetted on: "soon" is not a date such as "2026-11-20"'],
    [
      'a date that is none',
      { 'Vetted on': '2026-11-31' },
      'Vetted on: there is no 2026-11-31 in the calendar',
    ],
    [
      'a date that has not come',
      { 'Vetted on': '2027-01-04' },
      'Vetted on: 2027-01-04 has not come yet; write the date once vetting is completed',
    ],
    [
      'no id of PagerDuty',
      { 'PagerDuty user': 'zoe' },
      'PagerDuty user: "zoe" is not an id of PagerDuty such as "PROBIN1"',
    ],
    [
      'other skills than people',
      { 'Who will join': 'cy', 'Their GitHub name': 'cy-h', Skills: 'singer' },
      'Skills: people says writer; leave this empty, or change it there by a pull request',
    ],
    [
      'a role with seats',
      { 'Which rota and role': 'ops/desk/pair' },
      'Which rota and role: "ops/desk/pair" is not among the choices; choose one from the list',
    ],
  ])('%s', (_, given, ...expected) => expect(faults(given)).toEqual(expected));

  test('by a login that is of one person', () => {
    const shared = HANDBOOK.replace('max-h', 'lee-h');
    expect(faults({ 'Who will join': 'Max', 'Their GitHub name': 'lee-h' }, shared)).toEqual([
      'Their GitHub name: several people have lee-h; correct people first',
    ]);
  });

  test('by an id that files can have', () => {
    const idOf = (who: string, login = 'zoe-q') => {
      const verdict = verdictOf(world({ 'Who will join': who, 'Their GitHub name': login }));
      return verdict.kind === 'lacking' ? undefined : verdict.joining?.newcomer.id;
    };
    expect(idOf("Zoë O'Neill-Łukasz")).toBe('zoe-o-neill-lukasz');
    expect(idOf('李雷', 'Lei-Li')).toBe('lei-li');
    expect(idOf('--- x ---')).toBe('x');
  });
});

describe('what cannot be written', () => {
  const everything = '/done vpn badge talk';
  const reasons = (given: Partial<typeof ZOE> = {}, handbook = HANDBOOK) => {
    const verdict = verdictOf(commented(world(given, handbook), 'lee-h', everything));
    return verdict.kind === 'wrong' ? verdict.reasons : [];
  };

  test.each<[what: string, given: Partial<typeof ZOE>, change: [string, string], ...reasons: string[]]>([
    ['nothing', {}, ['', '']],
    [
      'a missing skill',
      { Skills: 'singer' },
      ['', ''],
      'Skills: the role needs writer; write it, or add it to people',
    ],
    [
      'missing vetting, skills of which one is enough, consent and an account',
      { Skills: '' },
      [
        'needs: {skills: [writer]}',
        'pagerduty: {schedule: PX}\n    needs: {any_skill: [writer, singer], vetted: true}',
      ],
      'Skills: the role needs one of writer, singer; write it, or add it to people',
      'PagerDuty user: the role is written to a schedule of PagerDuty; write the id of their user there',
      'Vetted on: the role needs vetting; write the date once it is completed',
    ],
    [
      'somebody who is there already',
      { 'Who will join': 'ana', 'Their GitHub name': 'ana-h' },
      ['', ''],
      'ana is in the rotation of ops/desk/clerk already',
    ],
    [
      'a rota without a list',
      {},
      ['name: Ops\nitems', 'name: Ops\nteams: [web]\nitems'],
      'no list of policies/onboarding/ is for ops/desk; add one, or add zoe-quinn to the rotation by a pull request',
    ],
    [
      'turns one by one',
      {},
      ['people: [ben, ana]}', 'people: [ana]}\n      - {first_turn: 2026-12-28, people: [ben]}'],
      'the turns of ops/desk/clerk are decided one by one; add the newcomer to the rota by a pull request',
    ],
    [
      'a list that has ended',
      {},
      ['people: [ben, ana]}', 'people: []}'],
      'ops/desk/clerk has no rotation with people; add the newcomer to the rota by a pull request',
    ],
    [
      'a record that has begun',
      { 'Who will join': 'dee', 'Their GitHub name': 'dee-h' },
      ['github: dee-h', 'github: dee-h, onboarded: {ops: {vpn: 2026-12-01}}'],
      'dee has a record in people; add to onboarded there what is done, by a pull request',
    ],
    [
      'a clash',
      { 'Who will join': 'dee', 'Their GitHub name': 'dee-h' },
      ['', ''],
      expect.stringContaining('dee is ops/desk/clerk and ops/desk/pair-1 at once') as unknown as string,
    ],
  ])('%s', (_, given, [passage, other], ...expected) => {
    expect(reasons(given, HANDBOOK.replace(passage, other))).toEqual(expected);
  });
});

describe('the newcomer goes', () => {
  const done = (now: string, handbook = HANDBOOK, given: Partial<typeof ZOE> = {}) => {
    const opened = world(given, handbook);
    const said = commented({ ...opened, now: at(now) - 60_000 }, 'lee-h', '/done vpn badge talk');
    return ran(said);
  };
  const rotaOf = (it: World) =>
    it.pull?.files.get('rotas/ops/desk.yaml')?.split('\n').slice(6, 10).join('\n');

  test('to the end of the list, from the first round on with the notice that is recommended', () => {
    const written = done('2027-01-04T09:00:00Z');
    expect(rotaOf(written)).toBe(
      `    rotation:
      - {first_turn: 2026-11-16, people: [cy]}
      - {first_turn: 2026-11-23, people: [ben, ana]}
      - {first_turn: 2027-01-18, people: [ben, ana, zoe-quinn]}`,
    );
    expect(shownIn(written)).toContain('the first turn is that of 2027-02-01 (Mon 1 Feb 09&#58;00');
    expect(rotaOf(done('2027-01-04T09:00:01Z'))).toContain('first_turn: 2027-02-01');
  });

  test('after a list that begins later', () => {
    const ahead = HANDBOOK.replace('first_turn: 2026-11-23', 'first_turn: 2027-03-01');
    expect(rotaOf(done('2027-01-04T09:00:00Z', ahead))).toContain('first_turn: 2027-03-15');
  });

  test('where they are as long as the minimum allows, and then to the next round', () => {
    const first = done('2027-01-04T09:00:00Z');
    expect(rotaOf(ran(later(first, at('2027-01-11T09:00:00Z'))))).toContain('first_turn: 2027-01-18');
    expect(rotaOf(ran(later(first, at('2027-01-11T09:00:01Z'))))).toContain('first_turn: 2027-02-01');
  });

  test('into people with what the form says', () => {
    const people = done('2027-01-04T09:00:00Z').pull?.files.get('rotas/people.yaml') ?? '';
    expect(people).toContain(`  eli: {name: Eli}
  zoe-quinn:
    name: Zoë Quinn
    skills: [writer]
    github: zoe-q
    onboarded:
      ops:
        vpn: 2027-01-04
        badge: 2027-01-04
        talk: 2027-01-04
contacts:`);
  });

  test('into people as somebody known, with what their entry lacks', () => {
    const given = { 'Who will join': 'max', 'Their GitHub name': 'max-h' };
    const alone = HANDBOOK.replace('people: [dee, max]', 'people: [dee, lee]').replace(
      '{name: Max, github: max-h}',
      '\n    name: Max\n    github: max-h # here',
    );
    const inLines = done('2027-01-04T09:00:00Z', alone, given).pull?.files.get('rotas/people.yaml');
    expect(inLines).toContain(
      '    github: max-h # here\n    skills: [writer]\n    onboarded:\n      ops:\n        vpn: 2027-01-04\n',
    );
    const braces = HANDBOOK.replace('people: [dee, max]', 'people: [dee, lee]');
    const inBraces = done('2027-01-04T09:00:00Z', braces, given).pull?.files.get('rotas/people.yaml');
    expect(inBraces).toContain(
      '  max: {name: Max, github: max-h, skills: [writer], onboarded: {ops: {vpn: 2027-01-04, badge: 2027-01-04, talk: 2027-01-04}}}',
    );
  });

  test('by a merge that put them into the rotation, and by no other', () => {
    const base = world();
    const after = done('2027-01-04T09:00:00Z').pull?.files ?? new Map<string, string>();
    const [context, request] = [contextOf(base), decidedIn(base)?.at];
    if (request === undefined) throw new Error('this is no request');
    const files = filesOf(context, request);
    expect(files).toEqual(['rotas/ops/desk.yaml', 'rotas/people.yaml']);
    const isBroughtBy = (...[from, to]: readonly ReadonlyMap<string, string>[]) =>
      isBrought(
        context,
        request,
        files.map((file) => ({ file, before: from?.get(file), after: to?.get(file) })),
      );
    expect(isBroughtBy(base.files, after)).toBe(true);
    expect(isBroughtBy(base.files, base.files)).toBe(false);
    expect(isBroughtBy(after, after)).toBe(false);
  });

  test('nowhere twice, once it is merged', () => {
    const merged = pulled(done('2027-01-04T09:00:00Z'), 'merged');
    if (merged === undefined) throw new Error('there is no pull request');
    const closed = ran(merged);
    expect([closed.phase, closed.issue.state]).toEqual(['written', 'closed']);
    expect(ran(later(closed)).done).toEqual(closed.done);
  });
});

test('the comment has no live markup, and a decline ends it', () => {
  const asked = ran(
    commented(ran(world({ 'Who will join': '@all [x](https://e.org)' })), 'lee-h', '/done @team'),
  );
  const shown = shownIn(asked);
  expect(shown).toContain('| ⬜ | `badge` | A @<!-- -->badge | Max |  |');
  expect(shown).toContain('[The VPN](https://example.org/a%28b%29)');
  expect(shown).toContain('**@<!-- -->all &#91;x&#93;(https&#58;&#47;&#47;e.org)**');
  expect(shown).toContain('- @<!-- -->team, of lee-h&#58; the lists above have no such item');
  const approved = ran(commented(asked, 'lee-h', '/approve'));
  expect(shownIn(approved)).toContain('`/approve` here does nothing');
  const declined = ran(commented(approved, 'lee-h', '/decline not now'));
  expect([declined.phase, declined.issue.state]).toEqual(['declined', 'closed']);
  expect(shownIn(declined)).toContain('Declined by Lee: not now');
});
