/** Absences that touch a shift, beside absences that end the day before or begin the day after. */
import { describe, expect, test } from 'vitest';
import { but, checked, folk } from '../../handbook.ts';

const ABSENCE = '{first_day: 2026-12-01, last_day: 2026-12-06}';

/** Amara has the turn of Monday 7 December 10:00, before her dee, after her ben, then chi. */
const sound = `${folk('ben', 'chi', 'dee')}  amara: {name: Amara, away: [${ABSENCE}]}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead:
    needs: {}
    rotation: [{first_turn: 2026-11-16, people: [ben, chi, dee, amara]}]
`;
const CLASH = but(sound, ABSENCE, '{first_day: 2026-12-08, last_day: 2026-12-10}');
const is = 'is team/rota/lead';
const away = (text: string, now?: string): string[] =>
  checked(text, now)
    .filter((line) => line.endsWith('[away]'))
    .map((line) => line.replace(' [away]', '').replace('rotas/people.yaml:', 'people:'));

describe('amara has the turn from 10:00 on 7 December to 10:00 on the 14th and is away', () => {
  test.each<[first: string, last: string, found?: string]>([
    ['2026-12-01', '2026-12-06'],
    ['2026-12-15', '2026-12-20'],
    [
      '2026-12-01',
      '2026-12-07',
      `amara is away Tue 1 Dec to Mon 7 Dec and ${is} Mon 7 Dec 10:00 – Tue 8 Dec 00:00; ben could take it`,
    ],
    [
      '2026-12-14',
      '2026-12-20',
      `amara is away Mon 14 Dec to Sun 20 Dec and ${is} Mon 14 Dec 00:00 – 10:00; ben could take it`,
    ],
    [
      '2026-12-09',
      '2026-12-09',
      `amara is away Wed 9 Dec and ${is} Wed 9 Dec 00:00 – Thu 10 Dec 00:00; ben could take it`,
    ],
    [
      '2026-11-30',
      '2027-01-10',
      `amara is away Mon 30 Nov to Sun 10 Jan and ${is} Mon 7 Dec 10:00 – Mon 14 Dec 10:00 and 1 more time; ben could take it`,
    ],
  ])('from %s to %s', (first, last, found) => {
    const text = but(sound, ABSENCE, `{first_day: ${first}, last_day: ${last}}`);
    expect(away(text)).toEqual(found === undefined ? [] : [`people:5:31 ${found}`]);
  });
});

describe('the colleague who could take it is the next in the order who', () => {
  const clash = `people:5:31 amara is away Tue 8 Dec to Thu 10 Dec and ${is} Tue 8 Dec 00:00 – Fri 11 Dec 00:00`;
  const edit = (passage: string, other: string) => away(but(CLASH, passage, other));

  test.each<[what: string, passage: string, other: string, hint: string]>([
    ['comes after', 'needs: {}', 'needs: {vetted: false}', 'ben could take it'],
    [
      'is not away',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-10, last_day: 2026-12-10}],',
      'chi could take it',
    ],
    [
      'is back only on the next day',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-01, last_day: 2026-12-08}],',
      'chi could take it',
    ],
    [
      'is back on that very day',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-01, last_day: 2026-12-07}],',
      'ben could take it',
    ],
    [
      'is away on other days',
      'ben: {name: ben,',
      'ben: {name: ben, away: [{first_day: 2026-12-11, last_day: 2026-12-11}],',
      'ben could take it',
    ],
    ['has not left', 'ben: {name: ben,', 'ben: {name: ben, last_day: 2026-12-09,', 'chi could take it'],
    [
      'is no fellow in another role',
      'roles:',
      'roles:\n  second: {rotation: [{first_turn: 2026-12-07, people: [ben]}, {first_turn: 2026-12-14, people: []}]}',
      'chi could take it',
    ],
    [
      'is a shadow at most',
      'roles:',
      'roles:\n  second: {counts: false, rotation: [{first_turn: 2026-12-07, people: [ben]}, {first_turn: 2026-12-14, people: []}]}',
      'ben could take it',
    ],
    [
      'is there at all',
      'people: [ben, chi, dee, amara]',
      'people: [amara]',
      'nobody else in the rotation is free then',
    ],
  ])('%s', (_, passage, other, hint) => {
    const found = edit(passage, other);
    expect(found.map((line) => line.split('; ')[1])).toEqual([hint]);
    if (hint !== 'nobody else in the rotation is free then') expect(found).toEqual([`${clash}; ${hint}`]);
  });

  test('meets the needs of the role', () => {
    const skilled = but(
      but(CLASH, 'needs: {}', 'needs: {skills: [dev]}'),
      'last_day: 2026-12-10}]',
      'last_day: 2026-12-10}], skills: [dev]',
    );
    expect(away(skilled.replaceAll(/(ben|chi|dee): \{name/g, '$1: {skills: [dev], name'))).toEqual([
      `${clash}; ben could take it`,
    ]);
    expect(
      away(skilled.replaceAll(/(chi|dee): \{name/g, '$1: {skills: [dev], name')).filter((line) =>
        line.startsWith('people'),
      ),
    ).toEqual([`${clash}; chi could take it`]);
  });
});

test('whoever was put there by name, in spite of the absence, is told where', () => {
  const put = (person: string) =>
    away(
      `${CLASH.replace('people: [ben, chi, dee, amara]', 'people: [ben, chi]')}    turns: {2026-12-07: ${person}}\n`,
    );
  expect(put('dee')).toEqual([]);
  expect(put('amara')).toEqual([
    `rotas/team/rota.yaml:8:25 amara is away Tue 8 Dec to Thu 10 Dec and ${is} Tue 8 Dec 00:00 – Fri 11 Dec 00:00; ben could take it`,
  ]);
  const overridden = (person: string) =>
    away(
      `${CLASH.replace('dee, amara]', 'dee]')}overrides:\n  - {role: lead, person: ${person}, from: 2026-12-09T10:00, to: 2026-12-09T12:00}\n`,
    );
  expect(overridden('dee')).toEqual([]);
  expect(overridden('amara')).toEqual([
    `rotas/team/rota.yaml:9:5 amara is away Tue 8 Dec to Thu 10 Dec and ${is} Wed 9 Dec 10:00 – 12:00; ben could take it`,
  ]);
});

test('an absence in two roles is told in each', () => {
  const two = (role: string) => `${CLASH}  ${role}: {counts: false, follows: {role: lead, by: 1}}\n`;
  expect(away(two('shadow'))).toEqual([
    `people:5:31 amara is away Tue 8 Dec to Thu 10 Dec and ${is} Tue 8 Dec 00:00 – Fri 11 Dec 00:00; ben could take it`,
  ]);
  const long = (text: string) =>
    but(text, '2026-12-08, last_day: 2026-12-10', '2026-12-06, last_day: 2026-12-07');
  expect(away(long(two('shadow')))).toEqual([
    `people:5:31 amara is away Sun 6 Dec to Mon 7 Dec and ${is} Mon 7 Dec 10:00 – Tue 8 Dec 00:00; ben could take it`,
    'people:5:31 amara is away Sun 6 Dec to Mon 7 Dec and is team/rota/shadow Sun 6 Dec 00:00 – Mon 7 Dec 10:00; ben could take it',
  ]);
});

test('an absence, or the part of a shift in it, that is over is not told', () => {
  expect(away(CLASH, '2026-12-10T23:59:00Z')).toHaveLength(1);
  expect(away(CLASH, '2026-12-11T00:00:00Z')).toEqual([]);
});
