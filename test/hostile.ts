/**
 * Files of at most the largest size that is read, made to take as long as possible: `TEXTS` for any kind of file,
 * `FILES` for one kind each. Asserts nothing.
 */
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';

/** A file, laid over the handbook `everything`. */
export interface HostileFile {
  readonly what: string;
  readonly path: string;
  readonly text: string;
}

const length = (text: string): number => Buffer.byteLength(text);

/** As many units between a head and a tail as a file can hold, but at most `most`. */
function filled(head: string, unit: (i: number) => string, tail = '', most = MOST_BYTES): string {
  const parts = [head];
  let left = MOST_BYTES - length(head) - length(tail);
  for (let i = 0; i < most; i++) {
    const part = unit(i);
    left -= length(part);
    if (left < 0) break;
    parts.push(part);
  }
  return parts.join('') + tail;
}

const run = (unit: string) => (head: string, tail: string) => filled(head, () => unit, tail);
const spaces = run(' ');
const short = (i: number): string => i.toString(36);
const stairs = (line: (i: number) => string): string => filled('', (i) => `${' '.repeat(i)}${line(i)}\n`);

/** Texts that are hostile whatever the file is. */
export const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['nothing but spaces', spaces('', '')],
  ['nothing but line breaks', run('\n')('', '')],
  ['nothing but carriage returns', run('\r')('', '')],
  ['nothing but tabs', run('\t')('', '')],
  ['nothing but byte order marks', run('\ufeff')('', '')],
  ['nothing but no-break spaces', run('\u00a0')('', '')],
  ['nothing but line separators', run('\u2028')('a: ', '')],
  ['nothing but next-line characters', run('\u0085')('a: ', '')],
  ['a long gap in a comment in place of a text', spaces('name: x\nchannel: #x', 'y\n')],
  ['brackets in a comment in place of a text', run(' ,]}')('name: #x', 'y\n')],
  ['a long gap in a line without a colon', spaces('a: 1\nb', 'c\nd: 1\n')],
  ['a long gap before a colon', spaces('a', ': 1\n')],
  ['a long gap after a colon', spaces('a:', '1\n')],
  ['a long gap before a bracket', spaces('a: [1', ']\n')],
  ['a long gap in quotes', spaces('a: "', '"\n')],
  ['a long gap after quotes', spaces('a: "x"', 'y\n')],
  ['a long gap before a comment', spaces('a: x', '#y\nb\n')],
  ['a long gap of line breaks in quotes', run(' \n')('a: "', '"\n')],
  ['a long gap of line breaks in a text', run('\n')('a: x', ' y\n')],
  ['gaps of carriage returns', run('a: 1\r')('', '')],
  ['lines that end in both', run('a\r\n')('', '')],
  ['lines with a byte order mark', run('\ufeffa: 1\n')('', '')],
  ['lines indented by a no-break space', run('\u00a0a: 1\n')('a:\n', '')],
  ['lines indented by a tab', run('\ta: 1\n')('a:\n', '')],
  ['one line of letters', run('a')('', '')],
  ['one line of digits', run('1')('a: ', '\n')],
  ['one number with a long fraction', run('0')('a: 0.', '1\n')],
  ['one number of hexadecimal digits', run('f')('a: 0x', '\n')],
  ['one key of letters', run('a')('', ': 1\n')],
  ['one key in quotes', run('a')('"', '": 1\n')],
  ['one text of escapes', run('\\n')('a: "', '"\n')],
  ['one text of broken escapes', run('\\q')('a: "', '"\n')],
  ['one text of doubled quotes', run("''")("a: '", "'\n")],
  ['one text of many lines', run('a\n ')('a: a', '\n')],
  ['one text of many lines in quotes', run('a\n ')('a: "', '"\n')],
  ['one literal block', run('  a\n')('a: |\n', '')],
  ['one folded block', run('  a\n\n')('a: >\n', '')],
  ['one folded block of growing indents', filled('a: >\n', (i) => `${' '.repeat(2 + (i % 300))}a\n`)],
  ['many literal blocks', filled('', (i) => `${short(i)}: |\n`)],
  ['many short keys', filled('', (i) => `${short(i)}:\n`)],
  ['many short keys in braces', filled('{', (i) => `${short(i)},`, '}')],
  ['many short keys in braces, with values', filled('a: {', (i) => `${short(i)}: 1,`, '}\n')],
  ['one key again and again', run('a:\n')('', '')],
  ['one key again and again in braces', run('a,')('{', '}')],
  ['keys of nothing', run(':\n')('', '')],
  ['questions', run('? \n')('', '')],
  ['questions in a line', run('? ')('', 'a\n')],
  ['numbers as keys', filled('', (i) => `${4_000_000_000 - i}:\n`)],
  ['a list of nothing', run('-\n')('', '')],
  ['a list of letters', run('- a\n')('', '')],
  ['a list in brackets', run('a,')('[', ']')],
  ['a list of pairs in brackets', run('a: 1,')('[', ']')],
  ['a list of commas', run(',')('[', ']')],
  ['a list of empty lists', run('[],')('a: [', ']\n')],
  ['a list of empty maps', run('{},')('a: [', ']\n')],
  ['dashes in a line', run('- ')('', 'a\n')],
  ['dashes without spaces', run('-')('', '\n')],
  ['open brackets', run('[')('', '')],
  ['open braces', run('{')('', '')],
  ['open braces with keys', run('{a: ')('', '')],
  ['closing brackets', run(']')('', '')],
  ['closing braces after a text', run('}')('a: b', '\n')],
  ['brackets in turn', run('[}')('a: ', '\n')],
  ['a bracket opened on each line', run('a: [\n')('', '')],
  ['a bracket closed on each line', run('a: ]\n')('', '')],
  ['a stray bracket after a long line', run('b ')('a: [] ', ']\n')],
  ['an open bracket before quotes', run(', "')('a: [b', '\nb: 1\n')],
  ['an open bracket before comments', run(' #b]\n')('a: [b', '\nb: 1\n')],
  ['an open bracket before pairs of brackets', run('[]{}')('a: [b', '\nb: 1\n')],
  ['open brackets that the next one closes', run('{[')('a: [', ']\nb: 1\n')],
  ['double quotes', run('"')('', '')],
  ['single quotes', run("'")('', '')],
  ['a quote on each line', run('a: "\n')('', '')],
  ['quotes in quotes on each line', run("a: 'b' c'\n")('', '')],
  ['colons', run(':')('', '\n')],
  ['colons in a line', run('a: ')('', '\n')],
  ['colons in a text', run(' b:')('a: x', '\n')],
  ['lines without a colon', run('a\n')('a: 1\n', 'b: 1\n')],
  ['lines without a colon, but a comment', run('a #b\n')('a: 1\n', 'b: 1\n')],
  ['comments', run('#\n')('', '')],
  ['comments of brackets', run('# ]}\n')('a: [\n', '')],
  ['one comment', run('# ')('a: 1 ', '\n')],
  ['anchors', filled('', (i) => `${short(i)}: &${short(i)} 1\n`)],
  ['one anchor again and again', run('- &a 1\n')('', '')],
  ['anchors in a line', run('&a ')('a: ', '1\n')],
  ['anchors and aliases', filled('a: &a 1\n', (i) => `${short(i)}: *a\n`)],
  ['tags', run('- !!str a\n')('', '')],
  ['tags in a line', run('!a ')('a: ', '1\n')],
  ['exclamation marks', run('!')('a: ', ' 1\n')],
  ['tags in angle brackets', run('- !<!a> a\n')('', '')],
  ['directives', run('%FOO\n')('', '---\na: 1\n')],
  ['directives of tags', filled('', (i) => `%TAG !${short(i)}! a\n`, '---\na: 1\n')],
  ['documents', run('---\n')('', '')],
  ['ends of documents', run('...\n')('', '')],
  ['marks of a conflict', run('<<<<<<< a\n')('', '')],
  ['marks of a conflict, one too short', run('<<<<<<\n')('a: 1\n', '')],
  ['merge keys', run('- <<: {a: 1}\n')('', '')],
  ['stairs of keys', stairs((i) => `${short(i)}:`)],
  ['stairs of dashes', stairs(() => '-')],
  ['stairs of comments', stairs(() => '#')],
  ['stairs down', filled('', (i) => `${' '.repeat(Math.max(0, 700 - i))}a:\n`)],
  ['an indent that comes and goes', run('a:\n  b:\n c:\n')('', '')],
  ['pairs of surrogates', run('😀')('a: ', '\n')],
  ['marks on a letter', run('\u0301')('a: e', '\n')],
  ['reserved characters', run('a: @\n')('', '')],
  ['typographic quotes', run('“')('a: ', '\n')],
];

const date = (i: number): string =>
  new Date(Date.UTC(2026, 9, 7) + i * 86_400_000).toISOString().slice(0, 10);
/** A day of a century, in no order. */
const scattered = (i: number): string => date((i * 7919) % 26_000);
const hour = (i: number): string => new Date(Date.UTC(2026, 10, 1, i)).toISOString().slice(0, 16);
/** Long names that differ from the start. */
const name = (i: number): string => `${short(i)}${'x'.repeat(64)}`.slice(0, 60);
/** Long names that differ only at the end. */
const alike = (i: number): string => `${'x'.repeat(55)}${short(i).padStart(5, '0')}`;
const list = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(', ');

const ROTA = 'rotas/paas/nights.yaml';
const PEOPLE = 'rotas/people.yaml';
const TEAM = 'rotas/paas/team.yaml';
const CHANGES = 'rotas/paas/planned-changes.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const HOLIDAYS = 'policies/holidays/england.yaml';
const LEVELS = 'policies/service-levels/paas.yaml';
const CHAIN = 'policies/escalation/nights.yaml';
const TICKETS = 'policies/tickets/govpress.yaml';
const SERVICES = 'policies/services.yaml';
const NOTICE = 'policies/notice.yaml';
const PUBLISHING = 'policies/publishing.yaml';
const TIME_OFF = 'policies/time-off.yaml';
const MESSAGES = 'policies/messages.yaml';
const ON_CALL = 'policies/on-call.yaml';
const ONBOARDING = 'policies/onboarding/paas.yaml';

const rotaHead = (more = ''): string =>
  `name: N\ntimezone: Europe/London\nhandover: {every: day, time: "10:00"}\n${more}roles:\n`;
const engineer =
  '  engineer:\n    rotation: [{first_turn: 2026-09-30, people: [amara-osei, ben-adeyemi, chi-wong]}]\n';
const overrides = (unit: (i: number) => string, role = 'engineer'): string =>
  filled(`${rotaHead()}${engineer}overrides:\n`, (i) => `  - {role: ${role}, ${unit(i)}}\n`, '', 5_000);
const HOURS_HEAD = 'name: H\ntimezone: Europe/London\nholidays: england\nworking_days: [monday]\n';

/** Files of one kind each, within the limits of its schema unless that is the attack. */
export const FILES: readonly HostileFile[] = (
  [
    ['overrides of one turn', ROTA, overrides(() => 'turn: 2026-12-02, person: ben-adeyemi')],
    ['overrides of turns, day by day', ROTA, overrides((i) => `turn: ${date(i)}, person: ben-adeyemi`)],
    [
      'overrides of turns of a century',
      ROTA,
      overrides((i) => `turn: ${scattered(i)}, person: ben-adeyemi, instead_of: chi-wong`),
    ],
    [
      'overrides of hours, all at once',
      ROTA,
      overrides((i) => `from: 2026-12-0${1 + (i % 9)}T10:00, to: 2099-12-02T10:00, person: ben-adeyemi`),
    ],
    [
      'overrides of hours, all in each other',
      ROTA,
      overrides(
        (i) => `from: ${hour(i)}, to: ${hour(10_000 - i)}, person: ${i % 2 ? 'ben-adeyemi' : 'chi-wong'}`,
      ),
    ],
    [
      'overrides of hours, in turn',
      ROTA,
      overrides((i) => `from: ${hour(i)}, to: ${hour(i + 1)}, person: ben-adeyemi, instead_of: chi-wong`),
    ],
    [
      'overrides of hours of a century',
      ROTA,
      overrides(
        (i) =>
          `from: ${scattered(i)}T20:00, to: ${scattered(i)}T21:00, person: ben-adeyemi, instead_of: chi-wong`,
      ),
    ],
    [
      'overrides of 80 years each',
      ROTA,
      overrides(
        (i) =>
          `from: ${date(i % 99)}T20:00, to: 2099-0${1 + (i % 9)}-01T20:00, person: ben-adeyemi, extra: true`,
      ),
    ],
    [
      'overrides that are extra',
      ROTA,
      overrides((i) => `from: ${hour(i)}, to: ${hour(i + 2)}, person: ben-adeyemi, extra: true`),
    ],
    ['overrides of people who do not exist', ROTA, overrides((i) => `turn: ${date(i)}, person: ${name(i)}`)],
    [
      'overrides of people who nearly exist',
      ROTA,
      overrides((i) => `turn: ${date(i)}, person: amara-ose${short(i).at(-1)}`),
    ],
    [
      'overrides of roles that do not exist',
      ROTA,
      overrides(() => 'turn: 2026-12-02, person: chi-wong', 'engineers'),
    ],
    ['overrides of nothing', ROTA, filled(`${rotaHead()}${engineer}overrides:\n`, () => '- {}\n')],
    ['overrides with unknown keys', ROTA, overrides((i) => `${short(i)}: 1, from: x`)],
    ['overrides with misspelt keys', ROTA, overrides(() => 'persn: ben, tun: 2026-12-02')],
    [
      'an override with thousands of keys',
      ROTA,
      filled(`${rotaHead()}${engineer}overrides:\n  - `, (i) => `${i ? '    ' : ''}${short(i)}: 1\n`),
    ],
    [
      'turns',
      ROTA,
      filled(`${rotaHead()}${engineer}    turns:\n`, (i) => `      ${date(i)}: ben-adeyemi\n`, '', 5_000),
    ],
    [
      'turns on no hand-over',
      ROTA,
      filled(
        `${rotaHead().replace('every: day', 'day: monday')}${engineer}    turns:\n`,
        (i) => `      ${scattered(i)}: ben-adeyemi\n`,
        '',
        5_000,
      ),
    ],
    [
      'turns on no hand-over, between many entries',
      ROTA,
      filled(
        `${rotaHead().replace('every: day', 'day: monday')}  engineer:\n    rotation:\n${Array.from({ length: 500 }, (_, i) => `      - {first_turn: ${date(5 + 7 * i)}, people: [ben-adeyemi]}\n`).join('')}    turns:\n`,
        (i) => `      ${scattered(i)}: ben-adeyemi\n`,
        '',
        5_000,
      ),
    ],
    [
      'overrides on no hand-over, between many entries',
      ROTA,
      filled(
        `${rotaHead().replace('every: day', 'day: monday')}  engineer:\n    rotation:\n${Array.from({ length: 500 }, (_, i) => `      - {first_turn: ${date(5 + 7 * i)}, people: [ben-adeyemi]}\n`).join('')}overrides:\n`,
        (i) => `  - {role: engineer, turn: ${scattered(i)}, person: chi-wong}\n`,
        '',
        5_000,
      ),
    ],
    [
      'turns of people who do not exist',
      ROTA,
      filled(`${rotaHead()}${engineer}    turns:\n`, (i) => `      ${scattered(i)}: ${name(i)}\n`, '', 5_000),
    ],
    [
      'rotation entries',
      ROTA,
      filled(
        `${rotaHead()}  engineer:\n    rotation:\n`,
        (i) =>
          `      - {first_turn: ${date(i)}, people: [${list(20, (j) => (j % 2 ? 'ben-adeyemi' : 'chi-wong'))}]}\n`,
        '',
        500,
      ),
    ],
    [
      'rotation entries out of order',
      ROTA,
      filled(
        `${rotaHead()}  engineer:\n    rotation:\n`,
        (i) => `      - {first_turn: ${date(9_999 - i)}, people: [ben-adeyemi]}\n`,
        '',
        500,
      ),
    ],
    [
      'rotation entries of people who do not exist',
      ROTA,
      filled(
        `${rotaHead()}  engineer:\n    rotation:\n`,
        (i) => `      - {first_turn: ${date(i)}, people: [${list(8, name)}]}\n`,
        '',
        500,
      ),
    ],
    [
      'roles, each with rotation entries and turns',
      ROTA,
      filled(
        rotaHead(),
        (i) =>
          `  r${i}:\n    rotation:\n${Array.from({ length: 30 }, (_, j) => `      - {first_turn: ${date(j * 30)}, people: [ben-adeyemi, chi-wong]}\n`).join('')}    turns: {${list(60, (j) => `${date(j * 20)}: chi-wong`)}}\n`,
        '',
        50,
      ),
    ],
    [
      'roles that follow each other',
      ROTA,
      filled(
        rotaHead() + engineer,
        (i) => `  r${i}: {follows: {role: ${i === 0 ? 'engineer' : `r${i - 1}`}, by: 52}}\n`,
        '',
        49,
      ),
    ],
    [
      'roles that follow each other, thousands',
      ROTA,
      filled(rotaHead(), (i) => `  r${i}: {follows: {role: r${i - 1}, by: 1}}\n`),
    ],
    ['roles, thousands', ROTA, filled(rotaHead(), (i) => `  r${i}: {counts: false}\n`)],
    [
      'roles with long needs',
      ROTA,
      filled(
        rotaHead(),
        (i) =>
          `  r${i}: {needs: {skills: [${list(50, alike)}]}, rotation: [{first_turn: 2026-10-07, people: [ben-adeyemi]}]}\n`,
        '',
        50,
      ),
    ],
    [
      'roles, each with overrides at once',
      ROTA,
      filled(
        `${rotaHead()}${Array.from({ length: 50 }, (_, i) => `  r${i}: {rotation: [{first_turn: 2026-10-07, people: [ben-adeyemi, chi-wong]}]}\n`).join('')}overrides:\n`,
        (i) =>
          `  - {role: r${i % 50}, person: dee-novak, from: ${hour(i % 999)}, to: ${hour(3_000 - (i % 999))}}\n`,
        '',
        5_000,
      ),
    ],
    [
      'amendments of hours',
      ROTA,
      filled(
        `${rotaHead('hours: paas\ncovers: [waking]\n')}${engineer}amendments:\n`,
        (i) =>
          `  - {first_day: ${date(i)}, covers: [${list(20, (j) => (j % 2 ? 'waking' : name(j + i)))}]}\n`,
        '',
        200,
      ),
    ],
    [
      'amendments of the hand-over',
      ROTA,
      filled(
        `${rotaHead()}${engineer}amendments:\n`,
        (i) =>
          `  - {first_day: ${date(i * 5)}, handover: {day: ${['monday', 'friday'][i % 2]}, time: "1${i % 9}:00"}}\n`,
        '',
        200,
      ),
    ],
    [
      'amendments, thousands',
      ROTA,
      filled(
        `${rotaHead('hours: paas\ncovers: [waking]\n')}${engineer}amendments:\n`,
        (i) => `  - {first_day: ${date(i)}, covers: [${short(i)}]}\n`,
      ),
    ],
    [
      'skills that are alike',
      ROTA,
      filled(rotaHead(), (i) => `  r${i}: {needs: {skills: [${list(3_000, short)}]}}\n`),
    ],
    [
      'one list of skills',
      ROTA,
      filled(`${rotaHead()}  r: {needs: {skills: [`, (i) => `${short(i)}, `, ']}}\n'),
    ],
    [
      'one list of lists of skills',
      ROTA,
      filled(`${rotaHead()}  r: {needs: {skills: [`, (i) => `[${short(i)}], `, ']}}\n'),
    ],
    ['people', PEOPLE, filled('people:\n', (i) => `  p${short(i)}: {name: ${short(i)}}\n`, '', 5_000)],
    [
      'people with leads who do not exist',
      PEOPLE,
      filled('people:\n', (i) => `  ${name(i)}: {name: X, delivery_lead: ${name(9_000 + i)}}\n`, '', 5_000),
    ],
    [
      'people with leads who nearly exist',
      PEOPLE,
      filled(
        'people:\n',
        (i) => `  ${alike(i)}: {name: X, delivery_lead: ${alike(50_000 + i)}}\n`,
        '',
        5_000,
      ),
    ],
    [
      'people with short names of leads who do not exist',
      PEOPLE,
      filled('people:\n', (i) => `  p${short(i)}: {name: X, delivery_lead: q${short(i)}}\n`, '', 5_000),
    ],
    [
      'people who are away',
      PEOPLE,
      filled(
        'people:\n',
        (i) =>
          `  p${i}:\n    name: X\n    away:\n${Array.from({ length: 99 }, (_, j) => `      - {first_day: ${date(j)}, last_day: ${date(j + 99)}}\n`).join('')}`,
      ),
    ],
    [
      'one person who is away',
      PEOPLE,
      filled(
        'people:\n  ben-adeyemi:\n    name: Ben\n    away:\n',
        (j) => `      - {first_day: ${date(j % 99)}, last_day: ${date((j % 99) + 999)}}\n`,
        '',
        500,
      ),
    ],
    [
      'people of one login',
      PEOPLE,
      filled('people:\n', (i) => `  p${short(i)}: {name: X, github: same, pagerduty: PSAME}\n`, '', 5_000),
    ],
    [
      'people with skills',
      PEOPLE,
      filled('people:\n', (i) => `  p${short(i)}: {name: X, skills: [${list(50, alike)}]}\n`),
    ],
    [
      'people with names of marks',
      PEOPLE,
      filled('people:\n', (i) => `  p${short(i)}: {name: "${'\u0301'.repeat(45)}"}\n`),
    ],
    [
      'people with a key of all letters',
      PEOPLE,
      filled('people:\n', (i) => `  ${alike(i)}${alike(i)}: {name: X}\n`),
    ],
    ['people with keys between dashes', PEOPLE, filled('people:\n  a', () => '-a', '-: {name: X}\n')],
    ['a name of joiners', PEOPLE, filled('people:\n  a: {name: "', () => '\u200c', '"}\n')],
    ['a name of letters and joiners', PEOPLE, filled('people:\n  a: {name: "', () => 'a\u200c', '"}\n')],
    ['a name of marks', PEOPLE, filled('people:\n  a: {name: "', () => '\u0301', '"}\n')],
    ['an email of dots', PEOPLE, filled('people:\n  a: {name: X, email: "', () => 'a.', '@a"}\n')],
    ['an email of hosts', PEOPLE, filled('people:\n  a: {name: X, email: "a@', () => 'a.', '"}\n')],
    ['an email in angle brackets', PEOPLE, filled('people:\n  a: {name: "', () => '<', '@"}\n')],
    ['people without a colon', PEOPLE, filled('people: ', () => 'name people ', '\n')],
    ['a key of words', PEOPLE, filled('people:\n  a: {name: X}\n', () => 'name ', ': 1\n')],
    [
      'contacts',
      PEOPLE,
      filled(
        'people:\n  a: {name: X}\ncontacts:\n',
        (i) => `  c${short(i)}: {name: X, email: x@example.org}\n`,
      ),
    ],
    ['leads', TEAM, filled('name: X\nleads: [', (i) => `${name(i)}, `, ']\n')],
    ['leads in one item', TEAM, filled('name: X\nleads: [', () => 'nia-rhys ', ']\n')],
    ['a long channel', TEAM, filled('name: X\nchannel: "', () => '#x ', '"\n')],
    [
      'planned changes',
      CHANGES,
      filled(
        'changes:\n',
        (i) =>
          `  c${short(i)}: {service: website, summary: X, timezone: Europe/London, from: 2026-12-11T11:00, to: 2027-12-11T18:30, requested_at: 2026-11-20T10:30:00Z, assigned: [{role: paas/nights/engineer, person: chi-wong}]}\n`,
        '',
        2_000,
      ),
    ],
    [
      'planned changes of one role',
      CHANGES,
      filled(
        'changes:\n',
        (i) =>
          `  c${short(i)}: {service: website, summary: X, timezone: Europe/London, from: ${hour(i + 600)}, to: ${hour(i + 900)}, requested_at: 2026-11-20T10:30:00Z, assigned: [{role: paas/nights/engineer, person: ${i % 2 ? 'chi-wong' : 'dee-novak'}}]}\n`,
        '',
        2_000,
      ),
    ],
    [
      'planned changes with 20 people each',
      CHANGES,
      filled(
        'changes:\n',
        (i) =>
          `  c${short(i)}: {service: website, summary: X, timezone: Europe/London, from: 2026-12-11T11:00, to: 2026-12-11T18:30, requested_at: 2026-11-20T10:30:00Z, assigned: [${list(20, () => '{role: paas/nights/second, person: chi-wong}')}]}\n`,
        '',
        2_000,
      ),
    ],
    [
      'planned changes of services that do not exist',
      CHANGES,
      filled(
        'changes:\n',
        (i) =>
          `  c${short(i)}: {service: ${name(i)}, assigned: [{role: a/b/${name(i)}, person: ${name(i)}}]}\n`,
        '',
        2_000,
      ),
    ],
    [
      'planned changes in zones that do not exist',
      CHANGES,
      filled('changes:\n', (i) => `  c${short(i)}: {timezone: Europe/Lond${short(i)}}\n`, '', 2_000),
    ],
    [
      'planned changes in zones with long names',
      CHANGES,
      filled(
        'changes:\n',
        (i) => `  c${short(i)}: {timezone: America/Argentina/Xxxx_${short(i)}}\n`,
        '',
        2_000,
      ),
    ],
    ['a zone of a long name', ROTA, filled('name: N\ntimezone: ', () => 'Europe/', '\n')],
    [
      'windows',
      HOURS,
      filled(
        `${HOURS_HEAD}windows:\n`,
        (i) => `  w${i}: [${list(40, (j) => `{days: every, from: "0${j % 9}:00", to: "2${j % 4}:00"}`)}]\n`,
        '',
        50,
      ),
    ],
    [
      'windows outside each other',
      HOURS,
      filled(
        `${HOURS_HEAD}windows:\n  w: [{days: working, from: "09:00", to: "17:00"}]\n`,
        (i) => `  w${i}: {outside: [${list(49, (j) => `w${j}`)}]}\n`,
        '',
        49,
      ),
    ],
    [
      'windows, thousands',
      HOURS,
      filled(`${HOURS_HEAD}windows:\n`, (i) => `  w${short(i)}: {outside: [w1]}\n`),
    ],
    [
      'windows, thousands, outside what does not exist',
      HOURS,
      filled(`${HOURS_HEAD}windows:\n`, (i) => `  w${short(i)}: {outside: [v${short(i)}]}\n`),
    ],
    [
      'windows, thousands, gone',
      HOURS,
      filled(
        `${HOURS_HEAD}windows: {w: {}}\namendments:\n${Array.from({ length: 200 }, (_, i) => `  - {first_day: ${date(i)}, windows: {v: {}}}\n`).join('')}covered_by:\n`,
        (i) => `  w${short(i)}: []\n`,
      ),
    ],
    [
      'windows outside thousands',
      HOURS,
      filled(`${HOURS_HEAD}windows:\n  w: {outside: [`, (i) => `${name(i)}, `, ']}\n'),
    ],
    [
      'windows of days',
      HOURS,
      filled(`${HOURS_HEAD}windows:\n  w: [{days: [`, () => 'monday, ', '], from: "09:00", to: "17:00"}]\n'),
    ],
    [
      'amendments of windows',
      HOURS,
      filled(
        `${HOURS_HEAD}windows: {w: [{days: every, from: "00:00", to: "00:00"}]}\namendments:\n`,
        (i) =>
          `  - {first_day: ${date(i)}, windows: {${list(20, (j) => `w${(i * j) % 97}: [{days: every, from: "0${j % 9}:00", to: "2${j % 4}:00"}]`)}}}\n`,
        '',
        200,
      ),
    ],
    [
      'amendments of windows outside windows',
      HOURS,
      filled(
        `${HOURS_HEAD}windows: {w: [{days: every, from: "00:00", to: "00:00"}]}\namendments:\n`,
        (i) =>
          `  - {first_day: ${date(i)}, windows: {w: [{days: every, from: "10:00", to: "11:00"}], ${list(7, (j) => `x${j}: {outside: [w, ${name(j)}]}`)}}}\n`,
        '',
        200,
      ),
    ],
    [
      'roles that cover windows',
      HOURS,
      filled(
        `${HOURS_HEAD}windows: {w: [{days: every, from: "00:00", to: "00:00"}]}\ncovered_by:\n`,
        (i) => `  w${i}: [${list(50, (j) => `paas/nights/${name(j)}`)}]\n`,
        '',
        50,
      ),
    ],
    [
      'holidays',
      HOLIDAYS,
      filled(
        'name: X\ncomplete_from: 2026-01-01\ncomplete_until: 2099-12-31\nholidays:\n',
        (i) => `  ${scattered(i)}: X\n`,
        '',
        5_000,
      ),
    ],
    [
      'holidays outside the list',
      HOLIDAYS,
      filled(
        'name: X\ncomplete_from: 2026-01-01\ncomplete_until: 2026-01-02\nholidays:\n',
        (i) => `  ${date(i)}: X\n`,
        '',
        5_000,
      ),
    ],
    [
      'holidays on no day',
      HOLIDAYS,
      filled(
        'name: X\ncomplete_from: 2026-01-01\ncomplete_until: 2099-12-31\nholidays:\n',
        (i) => `  2026-02-30${short(i)}: X\n`,
      ),
    ],
    [
      'priorities',
      LEVELS,
      filled(
        'name: X\nhours: paas\npriorities:\n',
        (i) => `  P${i}: {name: X, out_of_hours: {respond: 1 hour}}\n`,
      ),
    ],
    [
      'amendments of default priorities that an amendment has removed',
      LEVELS,
      filled(
        'name: X\nhours: paas\nexample: true\npriorities: {P1: {name: X}}\nclock: {in-hours: in_hours}\namendments:\n',
        (i) =>
          i % 2
            ? `  - {first_day: ${scattered(i)}, priorities: {P${i}: {name: X}}}\n`
            : `  - {first_day: ${scattered(i)}, default_priority: P1}\n`,
      ),
    ],
    [
      'amendments of pauses by statuses that no ticket has',
      LEVELS,
      filled(
        'name: X\nhours: paas\nexample: true\npriorities: {P1: {name: X}}\nclock: {in-hours: in_hours, waking: none, overnight: none}\namendments:\n',
        (i) => `  - {first_day: ${date(i)}, pauses: {update: [${list(20, (j) => short(i * 20 + j))}]}}\n`,
        '',
        200,
      ),
    ],
    [
      'figures in working days without working hours',
      LEVELS,
      filled(
        'name: X\nhours: paas\nexample: true\npriorities: {P1: {name: X}}\nclock: {in-hours: none, waking: none, overnight: none}\namendments:\n',
        (i) =>
          `  - {first_day: ${date(i)}, first_response: 1 working day, priorities: {${list(20, (j) => `P${j}: {name: X, in_hours: {respond: 9 working days}}`)}}}\n`,
        '',
        200,
      ),
    ],
    ['statuses', TICKETS, filled('statuses:\n', (i) => `  ${name(i)}: {}\n`)],
    [
      'groups, each smaller than the one before',
      TICKETS,
      filled(
        'statuses: {new: {solved_after: 1 day}, open: {}}\ngroups:\n',
        (i) => `  - {id: same, up_to: ${9_000 - i} minutes, role: paas/nights/${name(i)}}\n`,
        '',
        20,
      ),
    ],
    [
      'groups of roles that do not exist',
      TICKETS,
      filled(
        'statuses: {new: {}, open: {}}\ngroups:\n',
        (i) => `  - {id: ${name(i)}, role: paas/nights/${name(i)}}\n`,
      ),
    ],
    ['clocks', LEVELS, filled('name: X\nhours: paas\nclock:\n', (i) => `  ${name(i)}: in_hours\n`)],
    [
      'levels',
      CHAIN,
      filled(
        'name: X\napplies_in: [waking, overnight]\nlevels:\n',
        () =>
          `  - {notify: [${list(10, (j) => (j % 2 ? 'paas/nights/second' : 'person: nia-rhys'))}], escalate_after: 5 minutes}\n`,
        '',
        20,
      ),
    ],
    [
      'levels, thousands',
      CHAIN,
      filled(
        'name: X\napplies_in: [waking, overnight]\nlevels:\n',
        (i) => `  - {notify: [a/b/${short(i)}], escalate_after: 5 minutes}\n`,
      ),
    ],
    [
      'callees, thousands',
      CHAIN,
      filled(
        'name: X\napplies_in: [waking]\nlevels:\n  - notify: [',
        (i) => `{person: ${short(i)}}, `,
        ']\n',
      ),
    ],
    [
      'windows of a chain',
      CHAIN,
      filled('name: X\napplies_in: [', (i) => `${name(i)}, `, ']\nlevels: [{notify: [person: nia-rhys]}]\n'),
    ],
    [
      'services',
      SERVICES,
      filled(
        'services:\n',
        (i) =>
          `  s${short(i)}: {name: X, team: paas, service_level: paas, escalation: {overnight: nights}}\n`,
        '',
        2_000,
      ),
    ],
    [
      'services of teams that do not exist',
      SERVICES,
      filled(
        'services:\n',
        (i) =>
          `  s${short(i)}: {name: X, team: ${name(i)}, service_level: ${name(i)}, escalation: {${name(i)}: ${name(i)}}}\n`,
        '',
        2_000,
      ),
    ],
    ['kinds of consent', NOTICE, filled('consent: [', (i) => `${short(i)}, `, ']\n')],
    ['a long time of notice', NOTICE, filled('rota_change: {minimum: ', () => '9', ' days}\n')],
    ['a label of marks', NOTICE, filled('emergency: {label: "', () => '\u0301', '"}\n')],
    ['an address of dots', PUBLISHING, filled('site: "https://', () => '../', '"\n')],
    ['an address of percent signs', PUBLISHING, filled('site: "https://example.org/', () => '%', '"\n')],
    ['an address of hosts', PUBLISHING, filled('site: "https://', () => 'a.', '"\n')],
    ['the longest spans', PUBLISHING, 'ahead: 9999 weeks\nback: 9999 weeks\n'],
    [
      'amendments of time off',
      TIME_OFF,
      filled('woken: 0.5 days\namendments:\n', (i) => `  - {first_day: ${date(i)}, woken: 1 day}\n`),
    ],
    ['a long fraction of days', TIME_OFF, filled('woken: "0.', () => '1', ' days"\n')],
    [
      'items of onboarding',
      ONBOARDING,
      filled('name: O\nitems:\n', (i) => `  - {id: ${short(i)}, text: x, ask: ${name(i)}/a/b}\n`),
    ],
    [
      'one item of onboarding again and again',
      ONBOARDING,
      filled('name: O\nitems:\n', () => '  - {id: a, text: x}\n'),
    ],
    [
      'records of items that do not exist',
      PEOPLE,
      filled('people:\n', (i) => `  ${short(i)}: {name: P, onboarded: {paas: {${alike(i)}: 2026-11-01}}}\n`),
    ],
    [
      'records of lists that do not exist',
      PEOPLE,
      filled('people:\n', (i) => `  ${short(i)}: {name: P, onboarded: {${alike(i)}: {vpn: 2026-11-01}}}\n`),
    ],
    ['ways of news', MESSAGES, filled('news: {by: [', (i) => `${short(i)}, `, 'github]}\n')],
    ['a long time of quiet', MESSAGES, filled('quiet_hours: {from: "', () => '2', '", to: "08:00"}\n')],
    [
      'a topic of roles that do not exist',
      TEAM,
      filled('name: T\nslack:\n  channel: C0PAAS\n  topic: "', (i) => `{paas/nights/${short(i)}}`, '"\n'),
    ],
    ['a topic of braces', TEAM, filled('name: T\nslack: {channel: C0PAAS, topic: "', () => '{', '"}\n')],
    [
      'user groups of roles that do not exist',
      TEAM,
      filled(
        'name: T\nslack:\n  channel: C0PAAS\n  user_groups:\n',
        (i) => `    S${i}: [paas/nights/${short(i)}]\n`,
      ),
    ],
    ['items to do', TEAM, filled('name: T\nchecklists:\n  start:\n', (i) => `    - Read ${short(i)}\n`)],
    ['turns between', ON_CALL, filled('rest: {turns_between: ', () => '9', '}\n')],
  ] satisfies readonly (readonly [string, string, string])[]
).map(([what, path, text]) => ({ what, path, text }));
