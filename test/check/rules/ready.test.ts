/** First turns with open items of onboarding: whose, of which lists, since when they are open, and how bad it is. */
import { describe, expect, test } from 'vitest';
import { ready } from '../../../actions/lib/check/rules/ready.ts';
import { giveTurn } from '../../../actions/lib/edit/edit.ts';
import { evaluate } from '../../../actions/lib/pipeline.ts';
import { foundBy } from '../../found.ts';
import { at, texts } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

interface Given {
  /** Keys of chi, and the list. */
  readonly chi?: string;
  readonly list?: string;
  readonly role?: string;
  readonly more?: string;
}

const LIST = `name: Support
rotas: [desk/calls]
items:
  - {id: vpn, text: Access to the VPN}
  - {id: vault, text: Access to the vault}
  - {id: test-page, text: A test page arrived, before: first-on-call-turn}
`;

/** Amara and ben had the weeks from 2 November; chi has a first one from 30 November. */
const handbook = ({ chi = '', list = LIST, role = '', more = '' }: Given = {}) => `== rotas/people.yaml
people:
  amara: {name: Amara, on_call_since: 2020-01-01}
  ben: {name: Ben, on_call_since: 2020-01-01}
  chi: {name: Chi, on_call_since: 2020-01-01${chi}}
== policies/onboarding/desk.yaml
${list}== rotas/desk/calls.yaml
name: Calls
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  clerk:
    ${role}rotation:
      - {first_turn: 2026-11-02, people: [amara, ben]}
      - {first_turn: 2026-11-30, people: [chi, amara, ben]}
${more}`;

const NOW = '2026-11-14T12:00:00Z';
const found = (given?: Given, now = NOW) => foundBy('ready', handbook(given), now);
const open = (items: string, role = 'desk/calls/clerk', start = '2026-11-30T09:00') =>
  `rotas/people.yaml:4:3 open-items {person: chi, onboarding: desk, list: Support, role: ${role}, items: [${items}], startAt: ${start}+00:00, endAt: 2026-12-07T09:00+00:00, todayOn: 2026-11-14}`;

const OTHER =
  '== rotas/desk/other.yaml\nname: Other\ntimezone: Europe/London\nhandover: {day: monday, time: "09:00"}\nroles: {clerk: {rotation: [{first_turn: 2026-11-02, people: [ben]}]}}\n';

describe('a first turn of chi', () => {
  test.each<[what: string, given: Given, ...found: string[]]>([
    ['with nothing done', {}, open('vpn, vault')],
    ['with one of two done', { chi: ', onboarded: {desk: {vpn: 2026-11-10}}' }, open('vault')],
    ['with everything done', { chi: ', onboarded: {desk: {vpn: 2026-11-10, vault: 2026-11-14}}' }],
    [
      'with something that is to be done tomorrow',
      { chi: ', onboarded: {desk: {vpn: 2026-11-10, vault: 2026-11-15}}' },
      open('vault'),
    ],
    [
      'with nothing done, and a retired item',
      { list: LIST.replace('vault}', 'vault, retired: true}') },
      open('vpn'),
    ],
    ['that is on call', { role: 'needs: {on_call: true}\n    ' }, open('vpn, vault, test-page')],
    ['in a role that gives no cover', { role: 'counts: false\n    ' }],
    ['in a rota of another list', { list: LIST.replace('desk/calls', 'desk/other'), more: OTHER }],
    [
      'in a rota of a team with a list',
      { list: LIST.replace('rotas: [desk/calls]', 'teams: [desk]') },
      open('vpn, vault'),
    ],
    ['in any rota', { list: LIST.replace('rotas: [desk/calls]\n', '') }, open('vpn, vault')],
  ])('%s', (_, given, ...lines) => expect(found(given)).toEqual(lines));

  test('is no first one after some hours in the last two years, and is again after more', () => {
    const hours = (day: string) =>
      `overrides: [{role: clerk, person: chi, instead_of: amara, from: ${day}T10:00, to: ${day}T11:00}]\n`;
    const earlier = (year: number) => ({ more: hours(`${year}-11-20`), role: '' });
    const since = (given: Given) =>
      handbook(given).replace('first_turn: 2026-11-02', 'first_turn: 2020-11-02');
    const lines = (year: number) =>
      foundBy('ready', since(earlier(year)).replace('instead_of: amara, ', ''), NOW);
    expect(lines(2025)).toEqual([]);
    expect(lines(2023)).toEqual([open('vpn, vault')]);
  });

  test('on call comes after a first turn in hours, and has items of its own', () => {
    const rota = (name: string, rest: string) =>
      `== rotas/desk/${name}.yaml\nname: ${name}\ntimezone: Europe/London\nhandover: {day: monday, time: "09:00"}\nroles: {clerk: {${rest}}}\n`;
    const nights = rota(
      'nights',
      'needs: {on_call: true}, rotation: [{first_turn: 2026-12-07, people: [chi]}, {first_turn: 2026-12-14, people: []}]',
    );
    expect(found({ list: LIST.replace('rotas: [desk/calls]', 'teams: [desk]'), more: nights })).toEqual([
      open('vpn, vault'),
      'rotas/people.yaml:4:3 open-items {person: chi, onboarding: desk, list: Support, role: desk/nights/clerk, items: [test-page], startAt: 2026-12-07T09:00+00:00, endAt: 2026-12-14T09:00+00:00, todayOn: 2026-11-14}',
    ]);
  });

  test('that has begun is not reported any more', () => {
    expect(found({}, '2026-11-30T09:00:00Z')).toHaveLength(1);
    expect(found({}, '2026-11-30T09:00:01Z')).toEqual([]);
  });

  test('is an error within the notice of the team, where its policy asks for one', () => {
    const severities = (policy: string, now: string) =>
      evaluate({ texts: texts(handbook({ more: policy })), findings: [] }, at(now), () => {})
        .findings.filter(({ rule }) => rule === 'ready')
        .map(({ severity }) => severity);
    const week = '== policies/notice.yaml\nrota_change: {minimum: 7 days}\n';
    expect(severities(week, '2026-11-23T09:00:00Z')).toEqual(['warning']);
    expect(severities(week, '2026-11-23T09:00:01Z')).toEqual(['error']);
    expect(
      severities('== policies/notice.yaml\nrota_change: {recommended: 14 days}\n', '2026-11-29T09:00:00Z'),
    ).toEqual(['warning']);
  });
});

test('an edit of a turn that is far away is not refused, as its pull request says how far', () => {
  const text = handbook({ chi: '', role: '' }).replace('people: [chi, amara, ben]', 'people: [amara, ben]');
  const given = { rota: 'desk/calls', role: 'clerk', turn: '2027-02-01', person: 'chi' };
  expect(giveTurn({ texts: texts(text), findings: [] }, at(NOW), given)).toHaveProperty('files');
});

const args = {
  ...{ person: 'chi', onboarding: 'desk', list: 'Support', role: 'desk/calls/clerk' },
  ...{
    zone: 'Europe/London',
    startAt: at('2026-11-30T09:00Z'),
    endAt: at('2026-12-07T09:00Z'),
    todayOn: 20_406,
  },
};
const many = Array.from({ length: 12 }, (_, i) => `item-${i}`);

test.each(
  worded(ready, {
    'open-items': [
      [
        { ...args, items: ['vpn', 'vault'] },
        'chi has a first turn as desk/calls/clerk Mon 30 Nov 09:00 – Mon 7 Dec 09:00, and of the onboarding "Support" there is still to do: vpn, vault; write what is done under chi, such as onboarded: {desk: {vpn: 2025-11-14}}, or give the turn to somebody else',
      ],
      [
        { ...args, items: many },
        'chi has a first turn as desk/calls/clerk Mon 30 Nov 09:00 – Mon 7 Dec 09:00, and of the onboarding "Support" there is still to do: item-0, item-1, item-2, item-3, item-4, item-5, item-6, item-7, item-8, item-9 and 2 more; write what is done under chi, such as onboarded: {desk: {item-0: 2025-11-14}}, or give the turn to somebody else',
      ],
    ],
  } satisfies WordTable<Record<'open-items', typeof args & { readonly items: readonly string[] }>>),
)('its message for %s', (_, expected, made) => expect(made).toBe(expected));
