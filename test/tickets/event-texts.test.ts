/** Texts of events: what is read, and the line and words of each fault. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvents } from '../../actions/lib/tickets/event-texts.ts';
import { ticketFaultText } from '../../actions/lib/tickets/ticket-faults.ts';

/** The tickets whose events were read, and the faults with line and ticket; or the refusal. */
function read(
  text: string,
): { readonly tickets: readonly string[]; readonly faults: readonly string[] } | string {
  const result = readEvents(text);
  if ('refusal' in result) return ticketFaultText(result.refusal);
  return {
    tickets: result.events.map(({ ticket }) => ticket),
    faults: result.faults.map((fault) => `${fault.line} ${fault.ticket ?? '–'}: ${ticketFaultText(fault)}`),
  };
}

const faultsOf = (text: string): readonly string[] => {
  const found = read(text);
  return typeof found === 'string' ? [found] : found.faults;
};

const reply = (ticket: string, more = ''): string =>
  `{"ticket": "${ticket}", "at": "2026-11-25T09:12:00Z", "kind": "reply"${more}}`;
const A = reply('a');
const B = reply('b');
const C = reply('c');

describe('what is read', () => {
  test.each<[what: string, text: string, tickets: readonly string[]]>([
    ['a list', `[${A}, ${B}]`, ['a', 'b']],
    ['an empty list', '[]', []],
    ['one event a line', `${A}\n${B}\n`, ['a', 'b']],
    ['one event a line, without the last line break', `${A}\n${B}`, ['a', 'b']],
    ['a byte order mark and CRLF', `\ufeff[\r\n${A},\r\n${B}\r\n]\r\n`, ['a', 'b']],
    ['events over several lines', JSON.stringify([JSON.parse(A), JSON.parse(B)], undefined, 2), ['a', 'b']],
    [
      'objects over several lines, one after another',
      JSON.stringify(JSON.parse(A), undefined, 2).repeat(2),
      ['a', 'a'],
    ],
    ['brackets and escaped quotes in a text', `[${reply('a', ', "author": "]}\\"{[,"')}, ${B}]`, ['a', 'b']],
    ['keys that are null', `[${reply('a', ', "title": null, "bot": null')}]`, ['a']],
    ['keys in another order', '[{"kind": "note", "at": "2026-11-25T09:12:00+01:00", "ticket": "a"}]', ['a']],
  ])('%s', (_, text, tickets) => {
    expect(read(text)).toEqual({ tickets, faults: [] });
  });

  test('with the line of each event, also where several share one', () => {
    const { events } = readEvents(`[\n${A}, ${B},\n\n${C}]`) as Extract<
      ReturnType<typeof readEvents>,
      { readonly events: unknown }
    >;
    expect(events.map(({ line }) => line)).toEqual([2, 2, 4]);
    expect(events[0]).toEqual({ ticket: 'a', at: Date.UTC(2026, 10, 25, 9, 12), kind: 'reply', line: 2 });
  });
});

describe('a text that is refused whole', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'the file is empty; write [] if there are no tickets'],
    ['nothing but a mark and spaces', '\ufeff \n', 'the file is empty; write [] if there are no tickets'],
    [
      'prose',
      'tickets',
      'this is no JSON, because it begins with "t"; write a list of events in [ ], or one event in { } a line',
    ],
    [
      'a page',
      '<html>',
      'this is no JSON, because it begins with "<"; write a list of events in [ ], or one event in { } a line',
    ],
    [
      'sections',
      '[section]\nkey = value',
      'this is no JSON; write a list of events in [ ], or one event in { } a line',
    ],
    [
      'an answer of a service',
      `{"tickets": [${A}]}`,
      'this is one object that holds something else; write only the list of events, in [ ], or one event in { } a line',
    ],
    [
      'open brackets',
      '['.repeat(1_000_000),
      'this is no JSON; write a list of events in [ ], or one event in { } a line',
    ],
  ])('%s', (_, text, message) => {
    expect(read(text)).toBe(message);
  });
});

const WRITE = 'write it as {"ticket": "1042", "at": "2026-11-25T09:12:00Z", "kind": "reply"}';
const UNFINISHED =
  'the text ends here within the list: what follows is missing, so tickets may lack their last events; write the rest, and a ] at the end';
const COMMA = 'write one comma between two events, and none after the last';

describe('a text that is broken', () => {
  test.each<[what: string, text: string, tickets: readonly string[], faults: readonly string[]]>([
    ['half a list', `[${A},\n${B},\n${C.slice(0, -20)}`, ['a', 'b'], [`3 c: ${UNFINISHED}`]],
    [
      'half a list, cut in the name of the ticket',
      `[${A},\n${C.slice(0, 12)}`,
      ['a'],
      [`2 –: ${UNFINISHED}`],
    ],
    ['half a list, cut between two events', `[${A},\n${B},\n`, ['a', 'b'], [`2 –: ${UNFINISHED}`]],
    ['half a list, cut before its end', `[${A},\n${B}\n\n`, ['a', 'b'], [`2 –: ${UNFINISHED}`]],
    ['half a line', `${A}\n${B.slice(0, -8)}`, ['a'], [`2 b: ${UNFINISHED}`]],
    [
      'a missing quote',
      `[${A},\n${B.replace('"reply"', '"reply')},\n${C}]`,
      ['a', 'c'],
      [`2 b: this event cannot be read: a quote is missing at the end of a text; ${WRITE}`],
    ],
    [
      'a missing quote in one line',
      `[${A},${B.replace('"reply"', '"reply')},${C}]`,
      ['a', 'c'],
      [`1 b: this event cannot be read: a bracket or a quote is missing; ${WRITE}`],
    ],
    [
      'two missing quotes in one line',
      `[${A.replace('"reply"', '"reply')},${B},${C.replace('"reply"', '"reply')},${A}]`,
      ['b', 'a'],
      [
        `1 a: this event cannot be read: it is not JSON; ${WRITE}`,
        `1 c: this event cannot be read: a bracket or a quote is missing; ${WRITE}`,
      ],
    ],
    [
      'a missing bracket',
      `[${A.slice(0, -1)},\n${B}]`,
      ['b'],
      [`1 a: this event cannot be read: it is not JSON; ${WRITE}`],
    ],
    [
      'a stray bracket in one line',
      `[${A},${B.replace('"b", ', '"b"]')},${C}]`,
      ['a', 'c'],
      [`1 –: this event cannot be read: it is not JSON; ${WRITE}`],
    ],
    [
      'a missing colon',
      `${A}\n${B.replace('"kind":', '"kind"')}\n${C}`,
      ['a', 'c'],
      [`2 b: this event cannot be read: it is not JSON; ${WRITE}`],
    ],
    [
      'a control character in a text',
      `[${reply('a', ', "author": "\u0001"')}, ${B}]`,
      ['b'],
      [`1 a: this event cannot be read: it is not JSON; ${WRITE}`],
    ],
    [
      'a long event',
      `[${reply('a', `, "title": "${'x'.repeat(70_000)}"`)},\n${B}]`,
      ['b'],
      [`1 a: this event cannot be read: it is longer than 65,536 characters; ${WRITE}`],
    ],
    [
      'deep nesting',
      `[{"x": ${'['.repeat(40_000)}${']'.repeat(40_000)}},\n${B}]`,
      ['b'],
      [`1 –: this event cannot be read: it is longer than 65,536 characters; ${WRITE}`],
    ],
    ['no comma', `[${A}\n${B}]`, ['a', 'b'], [`2 –: ${COMMA}`]],
    [
      'commas at the beginning, twice and at the end',
      `[,${A},,\n${B},]`,
      ['a', 'b'],
      [`1 –: ${COMMA}`, `1 –: ${COMMA}`, `2 –: ${COMMA}`],
    ],
    [
      'commas between lines',
      `${A},\n${B},\n${C}`,
      ['a', 'b', 'c'],
      [
        '1 –: events that are written one a line have no commas between them; leave them out, or put the whole list in [ ]',
      ],
    ],
    [
      'two lists',
      `[${A}]\n[${B}]`,
      ['a', 'b'],
      ['2 –: the list of events ends before this; write all events in one pair of [ ]'],
    ],
    [
      'other things',
      `[1, "a]", null, [2], ${A}]`,
      ['a'],
      [
        '1 –: what begins with "1" is no event; write an event in { }',
        '1 –: a text is no event; write an event in { }',
        '1 –: what begins with "n" is no event; write an event in { }',
        '1 –: a list is no event; write an event in { }',
        '1 –: what begins with "2" is no event; write an event in { }',
        '1 –: the list of events ends before this; write all events in one pair of [ ]',
      ],
    ],
  ])('%s', (_, text, tickets, faults) => {
    expect(read(text)).toEqual({ tickets, faults });
  });

  test('text of a ticket is in no message', () => {
    const secret = reply('a', ', "title": "SECRET", "author": ["SECRET"], "bot": "SECRET"');
    for (let cut = 0; cut <= secret.length; cut++) {
      const found = faultsOf(`[${secret.slice(0, cut)}`).concat(faultsOf(`[${secret.slice(cut)}]`));
      expect(found.join('\n')).not.toContain('SECRET');
    }
  });
});

describe('an event that is wrong', () => {
  const event = (keys: string) => faultsOf(`[{${keys}}]`);
  const BASE = '"ticket": "a", "at": "2026-11-25T09:12:00Z"';
  const AT = 'write an instant of the years 2000 to 2099, such as "2026-11-25T09:12:00Z"';
  const TICKET = 'write the name of the ticket in quotes, such as "1042"';
  test.each<[string, readonly string[]]>([
    [
      '',
      [
        `1 –: "ticket" is missing; ${TICKET}`,
        `1 –: "at" is missing; ${AT}`,
        '1 –: "kind" is missing; write one of "opened", "priority", "reply", "note", "status", "estimate", "solved", "reopened"',
      ],
    ],
    [`${BASE}, "kind": "replay"`, ['1 a: there is no kind of event "replay"; did you mean "reply"?']],
    [
      `${BASE}, "kind": "closed-by-cat"`,
      [
        '1 a: there is no kind of event "closed-by-cat"; write "opened", "priority", "reply", "note", "status", "estimate", "solved" or "reopened"',
      ],
    ],
    [
      `${BASE}, "kind": 1`,
      [
        '1 a: "kind" is a number; write one of "opened", "priority", "reply", "note", "status", "estimate", "solved", "reopened"',
      ],
    ],
    [
      '"ticket": 1042, "at": "2026-11-25T09:12:00Z", "kind": "note"',
      ['1 –: "ticket" is a number; write "1042", in quotes'],
    ],
    [
      '"ticket": 1e400, "at": "2026-11-25T09:12:00Z", "kind": "note"',
      [`1 –: "ticket" is a number; ${TICKET}`],
    ],
    [
      '"ticket": 9007199254740993, "at": "2026-11-25T09:12:00Z", "kind": "note"',
      [`1 –: "ticket" is a number; ${TICKET}`],
    ],
    ['"ticket": "", "at": "2026-11-25T09:12:00Z", "kind": "note"', [`1 –: "ticket" is empty; ${TICKET}`]],
    ['"ticket": " a", "at": "2026-11-25T09:12:00Z", "kind": "note"', [`1 –: "ticket" is " a"; ${TICKET}`]],
    [
      '"ticket": "a\\u202e", "at": "2026-11-25T09:12:00Z", "kind": "note"',
      [`1 –: "ticket" is "a\u202e"; ${TICKET}`],
    ],
    [
      '"ticket": "a", "at": "2026-02-30T09:12:00Z", "kind": "note"',
      [`1 a: "at" is "2026-02-30T09:12:00Z"; ${AT}`],
    ],
    [
      '"ticket": "a", "at": "2026-11-25T09:12:00", "kind": "note"',
      [`1 a: "at" is "2026-11-25T09:12:00"; ${AT}`],
    ],
    ['"ticket": "a", "at": 1764061920, "kind": "note"', [`1 a: "at" is a number; ${AT}`]],
    ['"ticket": "a", "at": {}, "kind": "note"', [`1 a: "at" is an object; ${AT}`]],
    [
      `${BASE}, "kind": "opened"`,
      ['1 a: "service" is missing; write the id of a service, such as "lincolnshire-website"'],
    ],
    [
      `${BASE}, "kind": "opened", "service": "website", "title": 5`,
      ['1 a: "title" is a number; write a text in quotes'],
    ],
    [
      `${BASE}, "kind": "status"`,
      ['1 a: "value" is missing; write a text, such as "P1", "on-hold" or "3 hours"'],
    ],
    [
      `${BASE}, "kind": "status", "value": true`,
      ['1 a: "value" is a yes or no; write a text, such as "P1", "on-hold" or "3 hours"'],
    ],
    [`${BASE}, "kind": "reply", "bot": "yes"`, ['1 a: "bot" is a text; write true or false']],
    [
      `${BASE}, "kind": "reply", "value": "x"`,
      [
        '1 a: an event of the kind "reply" has no "value", only "priority", "status" or "estimate" has; leave it out',
      ],
    ],
    [
      `${BASE}, "kind": "solved", "service": "website"`,
      ['1 a: an event of the kind "solved" has no "service", only "opened" has; leave it out'],
    ],
    [`${BASE}, "kind": "note", "tittle": "x"`, ['1 a: an event has no "tittle"; did you mean "title"?']],
    [
      `${BASE}, "kind": "note", "__proto__": {"ticket": "b"}`,
      [
        '1 a: an event has no "__proto__"; write "ticket", "at", "kind", "value", "service", "title", "priority", "author" or "bot"',
      ],
    ],
    [
      `${BASE}, "kind": "note", "constructor": 1`,
      [
        '1 a: an event has no "constructor"; write "ticket", "at", "kind", "value", "service", "title", "priority", "author" or "bot"',
      ],
    ],
    [
      `${BASE}, "kind": "note", "kind": "reply"`,
      ['1 a: "kind" is written twice in this event; write it once'],
    ],
    [
      `${BASE}, "kind": "note", "at": "2026-11-25T09:12:00Z"`,
      ['1 a: "at" is written twice in this event; write it once'],
    ],
    [
      `${BASE}, "kind": "note", "k\\u0069nd": "reply"`,
      ['1 a: "kind" is written twice in this event; write it once'],
    ],
  ])('{%s}', (keys, faults) => {
    expect(event(keys)).toEqual(faults);
  });
});

/** Each takes a megabyte or more. What is read of them matters less than that they end. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['open braces', '{'.repeat(2_000_000)],
  ['events in the texts of events', '[{"at":" '.repeat(200_000)],
  ['events within events', '{"at": [\n'.repeat(200_000)],
  ['empty events', '{}'.repeat(100_000)],
  ['broken events', '{x}'.repeat(100_000)],
  ['broken events in a list', `[${'{"at":},'.repeat(50_000)}]`],
  ['commas', `[${','.repeat(2_000_000)}`],
  ['quotes', `[${'"'.repeat(1_000_001)}`],
  ['numbers', `[${'1,'.repeat(500_000)}1]`],
  ['line breaks', `[${'\n'.repeat(2_000_000)}]`],
  ['lines of brackets', `{}\n${'}\n'.repeat(500_000)}`],
  ['a text without an end', `[{"ticket": "${'\\"'.repeat(1_000_000)}`],
  ['unknown keys', `[{${Array.from({ length: 5000 }, (_, i) => `"k${i}": 1`).join(',')}}]`],
];

describe('a hostile text ends, with few faults that belong to no ticket', () => {
  test.each(HOSTILE)('%s', (_, text) => {
    const found = read(text);
    expect(typeof found === 'string' ? 0 : found.faults.length).toBeLessThan(310_000);
  });

  test('two hundred thousand events, of which each hundredth is broken', () => {
    const all = Array.from({ length: 200_000 }, (_, i) =>
      i % 100 === 0 ? reply(String(i)).replace('"reply"', 'reply') : reply(String(i)),
    );
    const found = read(`[${all.join(',\n')}]`) as Exclude<ReturnType<typeof read>, string>;
    expect([found.tickets.length, found.faults.length]).toEqual([198_000, 2000]);
    expect(found.faults[1]).toBe(`101 100: this event cannot be read: it is not JSON; ${WRITE}`);
  });
});

test('whatever is cut, changed or put in, no event is read that was not written, and the rest is read', () => {
  const tickets = ['a', 'b', 'c', 'd', 'e', 'f'];
  fc.assert(
    fc.property(
      fc.nat({ max: 500 }),
      fc.nat({ max: 40 }),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', '\\', '\n', 'x', '\u0000'),
      fc.constantFrom(',\n', ', '),
      (from, length, put, separator) => {
        const text = `[${tickets.map((it) => reply(it)).join(separator)}]`;
        const at = from % text.length;
        const found = read(text.slice(0, at) + put + text.slice(at + length));
        const known = typeof found === 'string' ? [] : found.tickets;
        // What takes the place of a name exactly is the name of a ticket.
        expect(known.filter((it) => it.length === 1 && ![...tickets, put].includes(it))).toEqual([]);
        // At most the events that the change touches, and the one that it opens up to the next, are lost.
        if (at > 1 && at + length < text.length - 1) expect(known.length).toBeGreaterThanOrEqual(3);
      },
    ),
  );
});
