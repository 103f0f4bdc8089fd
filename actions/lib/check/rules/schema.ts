/**
 * A misspelt key would silently do nothing, so no object accepts unknown keys. Found while loading, in
 * `load/schema.ts`, with the schemas in `schemas/`. Reported at the faulty key or value; a missing key at the object
 * that lacks it.
 */
import type { LoadCodes, Shown, Thing } from '../../load/codes.ts';
import { suggestion } from '../../text/suggest.ts';
import { curlyQuotes, named, quoted } from '../load-words.ts';
import { loadFindings, rule } from '../rule.ts';

export const schema = rule<LoadCodes['schema']>({
  name: 'schema',
  severity: 'error',
  summary: 'Every file matches its schema: known keys, nothing missing, everything in bounds.',
  check: (context) => loadFindings(context, 'schema'),
  advice: ['nearest', 'known', 'example', 'emailKey', 'meant'],
  describe: {
    'unknown-key': ({ key, nearest, known, ...thing }) => {
      const advice =
        known === undefined
          ? suggestion(nearest)
          : `; its ${known.length === 1 ? 'only key is' : 'keys are'} ${list(known)}`;
      return `${quoted(key)} is not a key of ${named(thing)}${advice}`;
    },
    'no-colon-in-key': ({ meant }) => `this has no ": "; write "${meant}"`,
    'no-colon-in-line': ({ meant }) => `this line has no ": "; write "${meant}"`,
    'malformed-key': ({ key, example, meant, ...thing }) =>
      `${quoted(key)} is not ${expectedText(thing, example)}${meant === undefined ? '' : write(meant)}`,
    'key-too-long': ({ length, most, ...thing }) =>
      `this has ${length} characters; ${named(thing)} has at most ${most}`,
    'missing-key': ({ key, ...thing }) => `${quoted(key)} is missing from ${named(thing)}`,
    'missing-companion': ({ key, companion }) =>
      `${quoted(key)} is allowed only with ${quoted(companion)}, which is missing`,
    'excluded-key': ({ key }) => `${quoted(key)} is not allowed with the other keys here; remove one of them`,
    'no-choice': ({ choices, nearest, meant, ...value }) =>
      `${shown(value)} is not one of ${list(choices)}${meant === undefined ? suggestion(nearest) : write(meant)}`,
    'excluded-value': ({ value, meant, ...thing }) =>
      `${named(thing)} cannot be ${value}${meant === undefined ? '' : write(meant)}`,
    'other-value': ({ only, ...value }) => `this is ${shown(value)}, and only ${quoted(only)} is allowed`,
    'nothing-here': ({ example, ...thing }) =>
      example === 'true' || example === 'false'
        ? 'nothing is here; write true or false'
        : `nothing is here; it should be ${expectedText(thing, example)}`,
    'comment-instead': ({ meant }) =>
      `nothing is here, because "#" begins a comment; put it in quotes: "${meant}"`,
    'other-type': ({ found, type, meant, example, ...thing }) => {
      const quotes =
        type === 'string' && (found === 'number' || found === 'boolean') ? '; put it in quotes' : '';
      const advice =
        meant !== undefined ? write(meant) : example === undefined ? quotes : ` such as ${quoted(example)}`;
      return `this is ${TYPES[found] ?? found}, and ${named(thing)} is ${TYPES[type] ?? type}${advice}`;
    },
    'other-form': ({ example, thing, meant, ...value }) =>
      `${shown(value)} is not ${expectedText({ thing }, example)}${meant === undefined ? '' : write(meant)}`,
    'angle-brackets': ({ emailKey, ...thing }) => {
      const remedy = emailKey === undefined ? 'remove them' : `write the address under "${emailKey}"`;
      return `"<" and ">" are not allowed in ${named(thing)}; ${remedy}`;
    },
    'too-little': ({ least, ...thing }) =>
      `this has too few entries; ${named(thing)} needs ${entries(least)}`,
    'too-much': ({ most, ...thing }) =>
      `this has more entries than the ${most} that ${named(thing)} can have; remove old entries`,
    'too-long': ({ length, most, ...thing }) =>
      `this has ${length} characters; ${named(thing)} has at most ${most}`,
    'double-item': ({ first, second }) =>
      `the same entry appears twice, as numbers ${first} and ${second}; keep one of them`,
    'out-of-bounds': ({ value, bound, limit, ...thing }) =>
      `${value} is out of bounds; ${named(thing)} is at ${bound} ${limit}`,
    'other-handover': ({ meant }) => `no hand-over is written like this; write ${meant}`,
    'other-absence': ({ meant }) => `no absence is written like this; write ${meant}`,
    'too-long-span': ({ text, mostWeeks }) =>
      `"${text}" is more than ${mostWeeks} weeks, which is the most; take a shorter time`,
    'seats-of-a-follower': ({ role, follows = '…' }) =>
      `"seats" and "follows" exclude each other; write a role for each seat, such as ` +
      `"${role}-a: {follows: {role: ${follows}-1, by: 1}}"`,
    'seats-of-an-entry': ({ role }) =>
      `an entry has seats only in a role that has; write "seats: 1" under ${role}, whose one seat is then ${role}-1`,
    'fewer-than-seats': ({ people, seats }) =>
      `${people === 1 ? 'one person cannot' : `${people} people cannot`} hold ${seats} seats at once; ` +
      `name at least ${seats} different people, or write "seats: ${people}"`,
    'turn-of-seats': ({ role, person }) => `${role} has no seats; write "${person}" alone, or add "seats"`,
    'turn-without-seat': ({ seat: name, person }) =>
      `this turn is of several seats; write which of them: {${name}: ${person}}`,
    'two-seats': ({ person, seat: other }) =>
      `${person} has ${other} in this turn already; name somebody else`,
    'schedules-without-seats': ({ role, schedule }) =>
      `${role} has no seats; write "schedule: ${schedule}", or add "seats"`,
    'schedules-of-seats': ({ role, seats, ids }) => {
      const each = Array.from({ length: seats }, (_, i) => ids[i] ?? '…').join(', ');
      return `${role} has ${seats} seat${seats === 1 ? '' : 's'}; write a schedule for each: "schedules: [${each}]"`;
    },
    'many-faults': ({ places, isMore, shown: some }) =>
      `this file breaks its schema in ${isMore ? 'more than ' : ''}${places} places; ${some} of them are reported`,
    'curly-quotes': curlyQuotes,
  },
});

const write = (meant: string): string => `; write ${meant}`;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  null: 'nothing',
};

/** "a date such as 2026-12-02". */
const expectedText = (thing: Thing, example: string | undefined): string =>
  example === undefined ? named(thing) : `${named(thing)} such as ${quoted(example)}`;

const shown = (value: Shown): string =>
  'value' in value ? quoted(value.value) : value.holds === 'list' ? 'a list' : 'a block of keys';

const entries = (least: number): string => (least === 1 ? 'at least one entry' : `at least ${least} entries`);

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
