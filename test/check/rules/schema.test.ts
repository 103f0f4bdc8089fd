/** Files that do not match their schema; every keyword's message is in `load/schema.test.ts`. */
import { expect, test } from 'vitest';
import { schema } from '../../../actions/lib/check/rules/schema.ts';
import type { LoadCodes } from '../../../actions/lib/load/codes.ts';
import { checked, folk } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const team = (text: string) => checked(`${folk('amara')}== rotas/paas/team.yaml\n${text}`);

test('a file that matches its schema is fine', () => {
  expect(team('name: PaaS\nleads: [amara]\n')).toEqual([]);
});

test('a misspelt key is reported at the key', () => {
  expect(team('name: PaaS\nleeds: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:2:1 "leeds" is not a key of a team; did you mean "leads"? [schema]',
  ]);
});

test('a missing key is reported at the object that lacks it', () => {
  expect(team('leads: [amara]\n')).toEqual([
    'rotas/paas/team.yaml:1:1 "name" is missing from a team [schema]',
  ]);
});

const WORDS: WordTable<LoadCodes['schema']> = {
  'angle-brackets': [
    [{ thing: 'Name', emailKey: undefined }, '"<" and ">" are not allowed in a name; remove them'],
    [
      { thing: 'Name', emailKey: 'email' },
      '"<" and ">" are not allowed in a name; write the address under "email"',
    ],
  ],
  'comment-instead': [
    [{ meant: '#paas' }, 'nothing is here, because "#" begins a comment; put it in quotes: "#paas"'],
  ],
  'curly-quotes': [[{ meant: '10:00' }, 'these are curly quotes; use plain ones: "10:00"']],
  'double-item': [
    [{ first: 1, second: 3 }, 'the same entry appears twice, as numbers 1 and 3; keep one of them'],
  ],
  'excluded-key': [[{ key: 'turns' }, '"turns" is not allowed with the other keys here; remove one of them']],
  'fewer-than-seats': [
    [
      { people: 2, seats: 3 },
      '2 people cannot hold 3 seats at once; name at least 3 different people, or write "seats: 2"',
    ],
    [
      { people: 1, seats: 2 },
      'one person cannot hold 2 seats at once; name at least 2 different people, or write "seats: 1"',
    ],
  ],
  'seats-of-an-entry': [
    [
      { role: 'lead' },
      'an entry has seats only in a role that has; write "seats: 1" under lead, whose one seat is then lead-1',
    ],
  ],
  'seats-of-a-follower': [
    [
      { role: 'second', follows: 'engineer' },
      '"seats" and "follows" exclude each other; write a role for each seat, such as ' +
        '"second-a: {follows: {role: engineer-1, by: 1}}"',
    ],
  ],
  'turn-of-seats': [
    [{ role: 'lead', person: 'ben' }, 'lead has no seats; write "ben" alone, or add "seats"'],
  ],
  'turn-without-seat': [
    [
      { seat: 'engineer-1', person: 'ben' },
      'this turn is of several seats; write which of them: {engineer-1: ben}',
    ],
  ],
  'two-seats': [
    [{ person: 'ben', seat: 'engineer-1' }, 'ben has engineer-1 in this turn already; name somebody else'],
  ],
  'schedules-without-seats': [
    [{ role: 'lead', schedule: 'PSCHED1' }, 'lead has no seats; write "schedule: PSCHED1", or add "seats"'],
  ],
  'schedules-of-seats': [
    [
      { role: 'engineer', seats: 2, ids: ['PONE'] },
      'engineer has 2 seats; write a schedule for each: "schedules: [PONE, …]"',
    ],
    [
      { role: 'engineer', seats: 2, ids: ['PONE', 'PTWO', 'PTHREE'] },
      'engineer has 2 seats; write a schedule for each: "schedules: [PONE, PTWO]"',
    ],
    [
      { role: 'engineer', seats: 1, ids: ['PONE'] },
      'engineer has 1 seat; write a schedule for each: "schedules: [PONE]"',
    ],
  ],
  'key-too-long': [[{ thing: 'Id', length: 65, most: 64 }, 'this has 65 characters; an id has at most 64']],
  'malformed-key': [
    [{ key: 'p1', thing: 'Priority code', example: 'P1' }, '"p1" is not a priority code such as "P1"'],
  ],
  'many-faults': [
    [
      { places: 2000, isMore: true, shown: 100 },
      'this file breaks its schema in more than 2000 places; 100 of them are reported',
    ],
    [
      { places: 150, isMore: false, shown: 100 },
      'this file breaks its schema in 150 places; 100 of them are reported',
    ],
  ],
  'missing-companion': [
    [{ key: 'covers', companion: 'hours' }, '"covers" is allowed only with "hours", which is missing'],
  ],
  'missing-key': [[{ key: 'name', thing: 'Rota' }, '"name" is missing from a rota']],
  'no-choice': [
    [
      { value: 'none', choices: ['full', 'initials'], nearest: undefined },
      '"none" is not one of full and initials',
    ],
    [
      { value: 'workin', choices: ['working', 'non-working', 'every', 'holidays'], nearest: 'working' },
      '"workin" is not one of working, non-working, every and holidays; did you mean "working"?',
    ],
  ],
  'no-colon-in-key': [[{ meant: 'day: wednesday' }, 'this has no ": "; write "day: wednesday"']],
  'no-colon-in-line': [[{ meant: 'name: Nia Rhys' }, 'this line has no ": "; write "name: Nia Rhys"']],
  'nothing-here': [
    [{ thing: 'Name', example: 'Amara Osei' }, 'nothing is here; it should be a name such as "Amara Osei"'],
    [{ thing: 'Person', example: undefined }, 'nothing is here; it should be a person'],
  ],
  'other-form': [
    [{ value: '', thing: 'Name', example: 'Amara Osei' }, '"" is not a name such as "Amara Osei"'],
  ],
  'other-type': [
    [
      { thing: 'name', isKey: true, found: 'number', type: 'string' },
      'this is a number, and "name" is text; put it in quotes',
    ],
    [
      { thing: 'name', isKey: true, found: 'boolean', type: 'string' },
      'this is true or false, and "name" is text; put it in quotes',
    ],
    [{ thing: 'name', isKey: true, found: 'array', type: 'string' }, 'this is a list, and "name" is text'],
    [
      { thing: 'name', isKey: true, found: 'object', type: 'string' },
      'this is a block of keys, and "name" is text',
    ],
  ],
  'excluded-value': [
    [{ value: '0', thing: 'by', isKey: true, meant: '1' }, '"by" cannot be 0; write 1'],
    [{ value: '0', thing: 'by', isKey: true, meant: undefined }, '"by" cannot be 0'],
  ],
  'other-value': [[{ value: 'false', only: 'true' }, 'this is "false", and only "true" is allowed']],
  'out-of-bounds': [
    [
      { value: '53', thing: 'by', isKey: true, bound: 'most', limit: 52 },
      '53 is out of bounds; "by" is at most 52',
    ],
  ],
  'too-little': [
    [
      { thing: 'notify', isKey: true, least: 1 },
      'this has too few entries; "notify" needs at least one entry',
    ],
    [{ thing: 'Amendment', least: 2 }, 'this has too few entries; an amendment needs at least 2 entries'],
    [{ thing: 'Roles', least: 1 }, 'this has too few entries; roles needs at least one entry'],
  ],
  'too-long': [
    [
      { thing: 'name', isKey: true, length: 101, most: 100 },
      'this has 101 characters; "name" has at most 100',
    ],
  ],
  'other-handover': [
    [
      { meant: '{date: last, time: "09:00"}' },
      'no hand-over is written like this; write {date: last, time: "09:00"}',
    ],
  ],
  'other-absence': [
    [
      { meant: '{first_day: 2026-12-21, last_day: 2026-12-21}' },
      'no absence is written like this; write {first_day: 2026-12-21, last_day: 2026-12-21}',
    ],
  ],
  'too-long-span': [
    [
      { text: '521 weeks', mostWeeks: 520 },
      '"521 weeks" is more than 520 weeks, which is the most; take a shorter time',
    ],
  ],
  'too-much': [
    [
      { thing: 'notify', isKey: true, most: 10 },
      'this has more entries than the 10 that "notify" can have; remove old entries',
    ],
  ],
  'unknown-key': [
    [
      { key: 'nam', thing: 'Person', nearest: 'name', known: undefined },
      '"nam" is not a key of a person; did you mean "name"?',
    ],
    [
      { key: 'key-0', thing: 'Team', known: ['name', 'leads', 'channel'], nearest: undefined },
      '"key-0" is not a key of a team; its keys are name, leads and channel',
    ],
    [
      { key: 'bye', thing: 'follows', isKey: true, nearest: 'by', known: undefined },
      '"bye" is not a key of "follows"; did you mean "by"?',
    ],
  ],
};

test.each(worded(schema, WORDS))('%s: %s', (_, expected, made) => expect(made).toBe(expected));
