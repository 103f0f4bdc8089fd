/** The statuses of a pull request and of a merge group, as data. */
import { describe, expect, test } from 'vitest';
import type { Pull } from '../../actions/lib/compare/against.ts';
import {
  checkStatus,
  groupConsent,
  pullConsent,
  stalledStatuses,
  worstStatuses,
} from '../../actions/lib/review/statuses.ts';
import { at, compared } from '../handbook.ts';

const NOW = '2026-12-05T12:00:00Z';

/** Round the clock, Wednesdays at 10:00: ben 2 December, chi 9 December, amara 16 December, … */
const ROTA = `== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
`;
const BASE = `== rotas/people.yaml
people:
  amara: {name: Amara, github: amara-o}
  ben: {name: Ben, github: ben-a}
  chi: {name: Chi, github: chi-w}
  nia: {name: Nia, github: nia-r}
== rotas/paas/team.yaml
name: PaaS
leads: [nia]
${ROTA}`;
const TURN = `${BASE}overrides:\n  - {role: engineer, turn: 2026-12-16, person: ben}\n`;
const BROKEN = BASE.replace('name: Nights', 'nome: Nights');
const UNKNOWN = BASE.replace('people: [amara', 'people: [amaro');

function judged(base: string, head: string, approvals: Pull['approvals'] = []) {
  const { handbook, against, findings } = compared(base, head, NOW, { approvals });
  if (against === undefined) throw new Error('there is nothing to compare with');
  return { handbook, against, findings, now: at(NOW), commit: '0123' };
}

describe('consent', () => {
  test.each<
    [what: string, base: string, head: string, approvals: string[], open: boolean, description: string]
  >([
    ['nobody’s time changes', BASE, BASE, [], false, "nobody's time changes"],
    ['two have not agreed', BASE, TURN, [], true, 'waiting for amara, ben'],
    ['one has not agreed', BASE, TURN, ['amara-o'], true, 'waiting for ben'],
    ['both have agreed', BASE, TURN, ['amara-o', 'ben-a'], false, 'everyone whose time changes has agreed'],
    [
      'the policy asks nobody, which is no agreement',
      `${BASE}== policies/notice.yaml\nconsent: []\n`,
      `${TURN}== policies/notice.yaml\nconsent: []\n`,
      [],
      false,
      "the policy asks for nobody's agreement to changes of time",
    ],
    [
      'the policy asks delivery leads, who are not everyone whose time changes',
      `${BASE}== policies/notice.yaml\nconsent: [delivery-leads]\n`,
      `${TURN}== policies/notice.yaml\nconsent: [delivery-leads]\n`,
      ['amara-o', 'ben-a'],
      false,
      'everyone whom the policy asks about changes of time has agreed',
    ],
    [
      'a rota is not readable',
      BROKEN,
      BASE,
      [],
      true,
      'paas/nights could not be read, so a lead has to approve',
    ],
    [
      'a lead has approved that',
      BROKEN,
      BASE,
      ['nia-r'],
      false,
      'a lead has approved what could not be read',
    ],
  ])(
    '%s: it waits on a pull request, and fails a merge group',
    (_, base, head, approvals, open, description) => {
      const found = judged(base, head, approvals);
      const context = 'rota / consent';
      expect(pullConsent(found)).toEqual({ context, state: open ? 'pending' : 'success', description });
      expect(groupConsent(found.against)).toEqual({
        context,
        state: open ? 'failure' : 'success',
        description,
      });
    },
  );
});

test('of one commit in several pull requests, the worst counts', () => {
  const [agreed, waiting, wrong] = (
    [
      ['success', 'all well'],
      ['pending', 'waiting'],
      ['failure', '1 error'],
    ] as const
  ).map(([state, description]) => ({ context: 'rota', state, description }));
  const worst = (...all: readonly (typeof agreed)[]) =>
    worstStatuses(all.map((it, i) => ({ number: 7 + i, statuses: it === undefined ? [] : [it] })));
  expect(worst(agreed, waiting)).toEqual([{ ...waiting, description: '#8: waiting' }]);
  expect(worst(wrong, waiting, agreed)).toEqual([wrong]);
  expect(worst(agreed, waiting, wrong)).toEqual([{ ...wrong, description: '#9: 1 error' }]);
});

describe('the description of what is missing', () => {
  const long = (count: number) => {
    const ids = Array.from({ length: count }, (_, i) => `somebody-with-quite-a-long-id-${i}`);
    const people = ids.map((id) => `  ${id}: {name: X, github: ${id}}\n`).join('');
    const text = `== rotas/people.yaml\npeople:\n${people}${ROTA}`;
    return [ids, text.replace('[amara, ben, chi]', `[${ids.join(', ')}]`)] as const;
  };

  test.each([2, 4, 6])('of %i people names as many as fit, and the number of the others', (count) => {
    const [ids, own] = long(count);
    const { description } = pullConsent(
      judged(own, own.replace(ids.join(', '), ids.toReversed().join(', '))),
    );
    expect(description.length).toBeLessThanOrEqual(140);
    const shown = ids.filter((id) => description.split(/[ ,]+/).includes(id)).length;
    const more = Number(/and (\d+) more$/.exec(description)?.[1] ?? 0);
    expect(shown).toBeGreaterThan(1);
    expect(shown + more).toBe(count);
  });

  test.each<[what: string, base: string, head: string, approvals: string[], description: string]>([
    [
      'of an identity names whoever may agree',
      BASE,
      BASE.replace('github: ben-a', 'github: x'),
      [],
      'waiting for ben or nia',
    ],
    [
      'of an identity that is agreed to',
      BASE,
      BASE.replace('github: ben-a', 'github: x'),
      ['nia-r'],
      'the change of who somebody is has been agreed to',
    ],
    [
      'of a file of the base names the file',
      BASE.replace('chi: {name', 'chi: {nmae'),
      BASE,
      [],
      'rotas/people.yaml could not be read, so a lead has to approve',
    ],
    [
      'of time and of a file names both',
      BASE.replace('chi: {name', 'chi: {nmae'),
      TURN,
      [],
      'waiting for amara, ben; rotas/people.yaml could not be read, so a lead has to approve',
    ],
  ])('%s', (_, base, head, approvals, description) => {
    expect(pullConsent(judged(base, head, approvals)).description).toBe(description);
  });

  test('of many files fits too', () => {
    const rotas = (text: string) =>
      Array.from({ length: 9 }, (_, i) => text.replace('nights.yaml', `${'n'.repeat(60)}-${i}.yaml`)).join(
        '',
      );
    const files = BASE.replace(ROTA, '');
    const { description } = pullConsent(
      judged(files + rotas(ROTA.replace('name:', 'nome:')), files + rotas(ROTA)),
    );
    expect(description.length).toBeLessThanOrEqual(140);
    expect(description).toMatch(/lead/);
  });
});

describe('the check', () => {
  test.each<[what: string, head: string, state: string, description: string]>([
    ['finds nothing', BASE, 'success', 'no findings'],
    ['finds errors', UNKNOWN, 'failure', '2 errors and 1 warning'],
  ])('%s', (_, head, state, description) => {
    expect(checkStatus(compared(BASE, head, NOW, {}))).toEqual({ context: 'rota', state, description });
  });

  test('leaves missing consent to the other status', () => {
    const found = compared(BASE, TURN, NOW, {});
    expect(found.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toContain('consent error');
    expect(checkStatus(found)).toMatchObject({ state: 'success' });
  });
});

test('a request that cannot be carried out any more blocks both', () => {
  expect(stalledStatuses(12).map(({ context, state }) => `${context} ${state}`)).toEqual([
    'rota / consent pending',
    'rota failure',
  ]);
  expect(new Set(stalledStatuses(12).map(({ description }) => description))).toEqual(
    new Set(['this cannot be done any more; see #12']),
  );
});
