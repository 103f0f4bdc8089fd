/** Two handbooks compared: the properties of changes for any handbooks, and how changes are grouped. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Against } from '../../actions/lib/compare/against.ts';
import { type CoverChange, changesWithin } from '../../actions/lib/compare/changes.ts';
import { compare } from '../../actions/lib/compare/compare.ts';
import type { Exception } from '../../actions/lib/compare/exceptions.ts';
import { changeText, factsOf, noticeText } from '../../actions/lib/compare/words.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { byPerson, publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import { overlay, type Span, type Timeline, without } from '../../actions/lib/timeline.ts';
import { at, but, compared, loaded, local, sound, texts } from '../handbook.ts';

const NOW = at('2026-10-20T12:00:00Z');

/** The published span: October and November, with a change of the clocks in both London and New York. */
const FIXED = `== rotas/people.yaml
people: {amara: {name: Amara}, ben: {name: Ben}, chi: {name: Chi}}
== policies/publishing.yaml
back: 1 week
ahead: 2 weeks
== policies/support-hours/one.yaml
name: One
timezone: Europe/London
holidays: days
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: [{days: every, from: "17:00", to: "09:00"}]
`;

const person = fc.constantFrom('amara', 'ben', 'chi');
const two = (value: number): string => String(value).padStart(2, '0');
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${two(day)}`);
const time = fc.constantFrom('00:00', '09:00', '13:30', '17:00');

const override = fc.oneof(
  fc
    .tuple(person, fc.constantFrom('2026-10-05', '2026-10-26', '2026-11-09'))
    .map(([who, turn]) => `{role: lead, turn: ${turn}, person: ${who}}`),
  fc
    .tuple(person, fc.integer({ min: 1, max: 27 }), fc.integer({ min: 1, max: 2 }), time, time, fc.boolean())
    .map(
      ([who, day, length, from, to, extra]) =>
        `{role: lead, person: ${who}, from: 2026-10-${two(day)}T${from}, to: 2026-10-${two(day + length)}T${to}${extra ? ', extra: true' : ''}}`,
    ),
);

/** What two states of a rota have in common, where only what is added from some day on differs. */
const terms = fc.record({
  zone: fc.constantFrom('Europe/London', 'America/New_York', 'UTC'),
  duty: fc.constantFrom('', 'hours: one\n', 'hours: one\ncovers: [day]\n', 'hours: one\ncovers: [night]\n'),
  handover: time,
  first: fc.array(person, { minLength: 1, maxLength: 3 }),
  second: fc.boolean(),
});
const additions = fc.record({
  later: fc.option(fc.tuple(fc.constantFrom('2026-10-26', '2026-11-02'), fc.array(person, { maxLength: 2 }))),
  overrides: fc.array(override, { maxLength: 3 }),
});
type Values<T> = T extends fc.Arbitrary<infer V> ? V : never;

const rotaText = (
  { zone, duty, handover, first, second }: Values<typeof terms>,
  { later, overrides }: Values<typeof additions>,
): string =>
  [
    `name: Rota\ntimezone: ${zone}\n${duty}handover: {day: monday, time: "${handover}"}\nroles:\n  lead:\n    rotation:`,
    `      - {first_turn: 2026-09-28, people: [${first.join(', ')}]}`,
    ...(later === null ? [] : [`      - {first_turn: ${later[0]}, people: [${later[1].join(', ')}]}`]),
    ...(second ? ['  second: {follows: {role: lead, by: 1}}'] : []),
    ...(overrides.length === 0 ? [] : ['overrides:', ...overrides.map((it) => `  - ${it}`)]),
    '',
  ].join('\n');

const rota = fc.tuple(terms, additions).map(([own, added]) => rotaText(own, added));

const handbookText = (one: string | null, other: string | null, holiday: string | null): string =>
  [
    FIXED,
    `== policies/holidays/days.yaml\nname: Days\ncomplete_from: 2026-01-01\ncomplete_until: 2027-12-31\nholidays: {2026-12-25: Christmas${holiday === null ? '' : `, ${holiday}: A day`}}\n`,
    one === null ? '' : `== rotas/team/one.yaml\n${one}`,
    other === null ? '' : `== rotas/team/two.yaml\n${other}`,
  ].join('');

const handbook: fc.Arbitrary<string> = fc
  .tuple(fc.option(rota), fc.option(rota), fc.option(days))
  .map(([one, other, holiday]) => handbookText(one, other, holiday));

/** A handbook, and the same with other entries and holidays. */
const edited: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(terms, fc.tuple(additions, fc.option(days)), fc.tuple(additions, fc.option(days)), fc.boolean())
  .map(([own, [before, was], [after, is], hasSameDays]) => [
    handbookText(rotaText(own, before), null, was),
    handbookText(rotaText(own, after), null, hasSameDays ? was : is),
  ]);

const between = (base: Handbook, head: Handbook): Against => compare(base, head, NOW, [], undefined);
const read = (text: string): Handbook => {
  const { handbook: read, findings } = loaded(text);
  expect(findings.filter(({ rule }) => rule !== 'known-names')).toEqual([]);
  return read;
};

/** Who holds each role, by person. */
const covers = (of: Handbook): Map<string, Timeline<string>> =>
  new Map(
    [...resolve(of, publishedSpan(of, NOW)).roles].map(([seat, { cover }]) => [
      seat,
      byPerson(cover()).map(({ startAt, endAt, value }) => ({ startAt, endAt, value: value.person })),
    ]),
  );

const plain = ({ rota: id, role, startAt, endAt, before, after }: CoverChange) => ({
  rota: id,
  role,
  startAt,
  endAt,
  before,
  after,
});
/** The changes of who holds a role, without those for somebody who keeps it. */
const ofHolders = (changes: readonly CoverChange[]) => changes.filter(({ effect }) => effect === undefined);
const seatOf = ({ rota: id, role }: CoverChange) => `${id}/${role}`;

/** The cover that a change leaves behind. */
function applied(cover: Timeline<string>, changes: readonly CoverChange[]): Timeline<string> {
  const spans: Span<CoverChange>[] = changes.map((change) => ({ ...plain(change), value: change }));
  const gains = changes.flatMap(({ startAt, endAt, after }) =>
    after === undefined ? [] : [{ startAt, endAt, value: after }],
  );
  return overlay(without(cover, spans), gains);
}

/** All that differs between these handbooks is over long since. */
const LATER = at('2027-03-20T12:00:00Z');
const YEAR = { count: 12, unit: 'month' } as const;

const property = (law: (base: Handbook, head: Handbook) => void) =>
  fc.assert(
    fc.property(handbook, handbook, (one, other) => law(read(one), read(other))),
    { numRuns: 150 },
  );

describe('for any two handbooks,', () => {
  test('a handbook compared with itself has no change', () => {
    fc.assert(
      fc.property(handbook, (text) => {
        expect(between(read(text), read(text))).toMatchObject({ changes: [], ahead: [], past: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('the reverse comparison has the same changes with before and after exchanged', () => {
    property((base, head) => {
      const mirrored = ofHolders(between(head, base).changes).map((change) => ({
        ...plain(change),
        before: change.after,
        after: change.before,
      }));
      const { changes, horizon } = between(base, head);
      // Only a new rota may bring an archive, and beyond the horizon, only turns of the base are somebody's.
      const isOld = ({ rota: id }: { readonly rota: string }) => base.rotas.has(id) && head.rotas.has(id);
      const within = (all: readonly ReturnType<typeof plain>[]) =>
        all
          .filter((it) => isOld(it) && it.startAt < horizon)
          .map((it) => ({ ...it, endAt: Math.min(it.endAt, horizon) }));
      expect(within(ofHolders(changes).map(plain))).toEqual(within(mirrored));
    });
  });

  test('the record of before the published span is compared as if that reached back to it', () => {
    let older = 0;
    const law = (base: Handbook, head: Handbook) => {
      const isOld = ({ rota: id }: CoverChange) => base.rotas.has(id) && head.rotas.has(id);
      const all = { ...base, publishing: { ...base.publishing, back: YEAR } };
      const [own, whole] = [base, all].map((it) =>
        compare(it, head, LATER, [], undefined).changes.filter(isOld).map(plain),
      );
      expect(own).toEqual(whole);
      older += (own ?? []).filter(({ startAt }) => startAt < publishedSpan(base, LATER).startAt).length;
    };
    property(law);
    fc.assert(
      fc.property(edited, ([one, other]) => law(read(one), read(other))),
      { numRuns: 300 },
    );
    expect(older).toBeGreaterThan(50);
  });

  test('the changes applied to the cover of the base give the cover of the head', () => {
    property((base, head) => {
      const [was, is] = [covers(base), covers(head)];
      const span = publishedSpan(base, NOW);
      const changes = changesWithin(ofHolders(between(base, head).changes), span);
      for (const seat of new Set([...was.keys(), ...is.keys()])) {
        const own = changes.filter((change) => seatOf(change) === seat);
        expect(applied(was.get(seat) ?? [], own)).toEqual(is.get(seat) ?? []);
      }
    });
  });

  test('every changed instant is in one change of its role, and in one exception, past or ahead', () => {
    property((base, head) => {
      const { changes, ahead, past } = between(base, head);
      for (const [i, { startAt, endAt, before, after, ...change }] of changes.entries()) {
        expect(startAt).toBeLessThan(endAt);
        expect(before).not.toBe(after);
        const next = changes[i + 1];
        if (next !== undefined && seatOf(next) === `${change.rota}/${change.role}`)
          expect(endAt).toBeLessThanOrEqual(next.startAt);
      }
      const pieces = [...past, ...ahead].flatMap((exception) => exception.changes);
      const parts = changes.flatMap((change) =>
        change.startAt < NOW && NOW < change.endAt
          ? [
              { ...change, endAt: NOW },
              { ...change, startAt: NOW },
            ]
          : [change],
      );
      const inOrder = (all: readonly CoverChange[]) =>
        all
          .map((change) =>
            JSON.stringify([seatOf(change), change.startAt, change.endAt, change.before, change.after]),
          )
          .toSorted();
      expect(inOrder(pieces)).toEqual(inOrder(parts));
    });
  });

  test('an exception is of one pair in one role, and runs from its first changed instant to its last', () => {
    property((base, head) => {
      const { ahead, past } = between(base, head);
      for (const { changes, startAt, endAt, before, after, ...own } of [...ahead, ...past]) {
        expect(new Set(changes.map((it) => JSON.stringify([it.rota, it.role, it.before, it.after])))).toEqual(
          new Set([JSON.stringify([own.rota, own.role, before, after])]),
        );
        expect([startAt, endAt]).toEqual([changes[0]?.startAt, changes.at(-1)?.endAt]);
      }
    });
  });

  test('the order of the files makes no difference', () => {
    fc.assert(
      fc.property(handbook, handbook, (one, other) => {
        const backwards = (text: string) =>
          load({ texts: new Map([...texts(text)].toReversed()), findings: [] }).handbook;
        expect(between(backwards(one), backwards(other)).changes.map(plain)).toEqual(
          between(read(one), read(other)).changes.map(plain),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** Nights from 17:00 to 09:00, changing on Mondays at 10:00 in London: amara 5 October, ben 12 October, … */
const nights = `${FIXED}== policies/holidays/days.yaml
name: Days
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-12-25: Christmas}
== rotas/team/nights.yaml
name: Nights
timezone: Europe/London
hours: one
covers: [night]
handover: {day: monday, time: "10:00"}
roles:
  lead:
    rotation:
      - {first_turn: 2026-10-05, people: [amara, ben, chi]}
`;
const cover = (who: string, from: string, to: string) =>
  `  - {role: lead, person: ${who}, from: ${from}, to: ${to}}\n`;
const describedAs = (exceptions: readonly Exception[]) =>
  exceptions.map(
    ({ zone, startAt, endAt, before, after, changes }) =>
      `${local(startAt, zone.name)} ${local(endAt, zone.name)} ${before} → ${after}, ${changes.length}`,
  );
const exceptions = (...covered: string[]) => {
  const { ahead, past } = between(sound(nights), sound(`${nights}overrides:\n${covered.join('')}`));
  return { past: describedAs(past), ahead: describedAs(ahead) };
};

describe('changes are grouped', () => {
  test('when the time between them is no longer than a short cover', () => {
    expect(
      exceptions(
        cover('ben', '2026-10-26T17:00', '2026-10-27T09:00'),
        cover('ben', '2026-10-27T17:00', '2026-10-28T09:00'),
      ),
    ).toEqual({ past: [], ahead: ['2026-10-26T17:00+00:00 2026-10-28T09:00+00:00 amara → ben, 2'] });
  });

  test('but not with a night between them', () => {
    expect(
      exceptions(
        cover('ben', '2026-10-26T17:00', '2026-10-27T09:00'),
        cover('ben', '2026-10-28T17:00', '2026-10-29T09:00'),
      ),
    ).toEqual({
      past: [],
      ahead: [
        '2026-10-26T17:00+00:00 2026-10-27T09:00+00:00 amara → ben, 1',
        '2026-10-28T17:00+00:00 2026-10-29T09:00+00:00 amara → ben, 1',
      ],
    });
  });

  test('but not when either person differs', () => {
    expect(
      exceptions(
        cover('ben', '2026-10-26T17:00', '2026-10-27T09:00'),
        cover('chi', '2026-10-27T17:00', '2026-10-28T09:00'),
        cover('amara', '2026-11-02T17:00', '2026-11-03T09:00'),
      ),
    ).toEqual({
      past: [],
      ahead: [
        '2026-10-26T17:00+00:00 2026-10-27T09:00+00:00 amara → ben, 1',
        '2026-10-27T17:00+00:00 2026-10-28T09:00+00:00 amara → chi, 1',
        '2026-11-02T17:00+00:00 2026-11-03T09:00+00:00 ben → amara, 1',
      ],
    });
  });

  test('when one line causes them, however far apart', () => {
    const { ahead } = between(sound(nights), sound(but(nights, '[amara, ben, chi]', '[amara, chi, ben]')));
    expect(describedAs(ahead)).toEqual([
      '2026-10-20T17:00+01:00 2026-12-07T09:00+00:00 chi → ben, 20',
      '2026-11-02T17:00+00:00 2026-11-30T09:00+00:00 ben → chi, 14',
    ]);
  });

  test('split at the current instant into past and ahead', () => {
    expect(exceptions(cover('ben', '2026-10-19T17:00', '2026-10-21T09:00'))).toEqual({
      past: ['2026-10-19T17:00+01:00 2026-10-20T09:00+01:00 chi → ben, 1'],
      ahead: ['2026-10-20T17:00+01:00 2026-10-21T09:00+01:00 chi → ben, 1'],
    });
  });
});

describe('beyond the horizon of the base', () => {
  const longer = but(nights, 'back: 1 week\nahead: 2 weeks', 'back: 20 weeks\nahead: 20 weeks');
  const swap = 'overrides: [{role: lead, turn: 2026-12-07, person: ben}]\n';
  const follower = `${nights}  second: {follows: {role: lead, by: 1}}\n`;
  const agreed = (text: string) =>
    but(text, '[amara, ben, chi]}', '[amara, ben, chi]}\n    turns: {2027-01-11: ben}');
  const later = (text: string) =>
    but(text, '[amara, ben, chi]}', '[amara, ben, chi]}\n      - {first_turn: 2026-12-14, people: [ben]}');

  test.each([
    ['time is no change, however far the head is published', nights, longer, []],
    ['a rotation is no change', nights, later(nights), []],
    ['nor where both have the same override', nights + swap, later(nights) + swap, []],
    [
      'a swapped turn is one',
      nights,
      nights + swap,
      ['2026-12-07T17:00+00:00 2026-12-14T09:00+00:00 amara → ben, 7'],
    ],
    [
      'and so is one that is taken out again',
      nights + swap,
      nights,
      ['2026-12-07T17:00+00:00 2026-12-14T09:00+00:00 ben → amara, 7'],
    ],
    [
      'only the turn is, even if the rotation changes as well',
      nights,
      later(nights) + swap,
      ['2026-12-07T17:00+00:00 2026-12-14T09:00+00:00 amara → ben, 7'],
    ],
    [
      'an hour that somebody takes years from now is one',
      nights,
      `${nights}overrides:\n${cover('amara', '2027-12-06T17:00', '2027-12-06T19:00')}`,
      ['2027-12-06T17:00+00:00 2027-12-06T19:00+00:00 ben → amara, 1'],
    ],
    [
      'an agreed turn is one, for a follower too',
      follower,
      agreed(follower),
      [
        '2027-01-11T17:00+00:00 2027-01-18T09:00+00:00 chi → ben, 7',
        '2027-01-04T17:00+00:00 2027-01-11T09:00+00:00 chi → ben, 7',
      ],
    ],
    [
      'an override that only began before it is one, whole',
      nights,
      `${nights}overrides:\n${cover('amara', '2026-11-24T17:00', '2026-12-04T09:00')}`,
      [
        '2026-11-24T17:00+00:00 2026-11-30T09:00+00:00 ben → amara, 6',
        '2026-11-30T17:00+00:00 2026-12-04T09:00+00:00 chi → amara, 4',
      ],
    ],
    [
      'an agreed turn that both have is one, where an amended hand-over makes it longer',
      agreed(nights),
      `${but(agreed(nights), '[amara, ben, chi]}', '[amara, ben, chi]}\n      - {first_turn: 2027-02-03, people: [chi]}')}amendments: [{first_day: 2027-01-18, handover: {day: wednesday, time: "17:00"}}]\n`,
      [
        '2027-01-18T17:00+00:00 2027-01-25T09:00+00:00 amara → ben, 7',
        '2027-02-01T17:00+00:00 2027-02-03T09:00+00:00 chi → ben, 2',
      ],
    ],
    [
      'and a base that is published further sees the same',
      longer,
      longer + swap,
      ['2026-12-07T17:00+00:00 2026-12-14T09:00+00:00 amara → ben, 7'],
    ],
  ])('%s', (_, base, head, changes) => {
    expect(describedAs(between(sound(base), sound(head)).ahead)).toEqual(changes);
  });

  /** The same rota with a month each, or with two turns a day, and with who was on the turn before as second. */
  const other = (handover: string, first: string) =>
    nights
      .replace(/handover: .*/, `handover: ${handover}`)
      .replace(/first_turn: [\d-]+/, `first_turn: ${first}`)
      .concat('  second: {follows: {role: lead, by: -1}}\n');

  test.each([
    [
      'a turn of a month is compared to its end',
      other('{date: 1, time: "12:00"}', '2026-10-01'),
      '2027-01-01',
      ['2027-01-01T17:00+00:00 2027-02-01T09:00+00:00 amara → chi, 31'],
    ],
    [
      'a turn of half a day is no longer than that',
      other('{every: day, times: ["06:00", "18:00"]}', '2026-10-05T06:00'),
      '2027-01-01T18:00',
      ['2027-01-01T18:00+00:00 2027-01-02T06:00+00:00 amara → chi, 1'],
    ],
  ])('%s', (_, base, turn, changes) => {
    const head = `${base}overrides: [{role: lead, turn: ${turn}, person: chi}]\n`;
    expect(describedAs(between(sound(base), sound(head)).ahead)).toEqual(changes);
  });

  test('a turn of a year is compared to its end where an entry beyond ends it early', () => {
    const year = (more: string) =>
      but(nights, '[amara, ben, chi]}', `[amara]}${more}`).replace(
        /handover: .*/,
        'handover: {day: monday, time: "12:00", weeks: 52}',
      );
    const head = year('\n      - {first_turn: 2027-08-02, people: [ben]}');
    const [first, ...more] = describedAs(between(sound(year('')), sound(head)).ahead);
    expect([first, more]).toEqual(['2027-08-02T17:00+01:00 2027-10-04T09:00+01:00 amara → ben, 63', []]);
    expect(
      describedAs(
        between(sound(year('')), sound(year('\n      - {first_turn: 2027-10-04, people: [ben]}'))).ahead,
      ),
    ).toEqual([]);
  });

  test.each<[what: string, entries: readonly string[], changes: readonly string[]]>([
    [
      'though it begins later, with the same person',
      ['2026-12-07, people: [amara]', '2027-08-02, people: [ben]'],
      ['2027-08-02T17:00+01:00 2027-10-04T09:00+01:00 amara → ben, 63'],
    ],
    [
      'though it ends with the published span',
      ['2026-12-14, people: [ben]'],
      ['2026-12-14T17:00+00:00 2027-10-04T09:00+01:00 amara → ben, 294'],
    ],
  ])('a turn of a year is compared to its end, %s', (_, entries, changes) => {
    const year = (weeks: number, more: readonly string[]) =>
      but(
        nights,
        '[amara, ben, chi]}',
        ['[amara]}', ...more.map((it) => `{first_turn: ${it}}`)].join('\n      - '),
      ).replace(/handover: .*/, `handover: {day: monday, time: "12:00", weeks: ${weeks}}`);
    const head = year(1, entries);
    expect(describedAs(between(sound(year(52, [])), sound(head)).ahead)).toEqual(changes);
  });

  test('the rest of a turn is compared where another begins just at the horizon and ends with it', () => {
    const base = nights
      .replace(/timezone: Europe\/London\nhours: one\ncovers: \[night\]\n/, 'timezone: UTC\n')
      .replace(/handover: .*/, 'handover: {day: friday, time: "00:00", weeks: 6}')
      .replace(
        '{first_turn: 2026-10-05, people: [amara, ben, chi]}',
        '{first_turn: 2026-10-09, people: [amara]}',
      );
    const head = `${base}      - {first_turn: 2026-12-01, people: [ben]}
amendments: [{first_day: 2026-12-01, handover: {date: 1, time: "00:00"}}]
`;
    expect(between(sound(base), sound(base)).horizon).toBe(at('2026-12-01T00:00Z'));
    expect(describedAs(between(sound(base), sound(head)).ahead)).toEqual([
      '2026-12-01T00:00+00:00 2027-01-01T00:00+00:00 amara → ben, 1',
    ]);
  });

  // Off duty from Monday 17:00 until the horizon, which is midnight.
  const mondays = but(nights, '[amara, ben, chi]}', '[amara]}')
    .replace('[night]', '[day]')
    .replace(/handover: .*/, 'handover: {day: monday, time: "17:00"}');
  test.each<[what: string, head: string, changes: readonly string[]]>([
    [
      'an entry takes it',
      but(mondays, '[amara]}', '[amara]}\n      - {first_turn: 2026-11-30, people: [ben]}'),
      ['2026-12-01T09:00+00:00 2026-12-07T17:00+00:00 amara → ben, 5'],
    ],
    [
      'the time on duty is another beyond it',
      `${mondays}amendments: [{first_day: 2026-12-03, covers: [night]}]\n`,
      [
        '2026-12-03T00:00+00:00 2026-12-07T09:00+00:00 undefined → amara, 5',
        '2026-12-03T09:00+00:00 2026-12-07T17:00+00:00 amara → undefined, 3',
      ],
    ],
    [
      'the next one is nobody’s time yet',
      but(mondays, '[amara]}', '[amara]}\n      - {first_turn: 2026-12-07, people: [ben]}'),
      [],
    ],
  ])(
    'a turn that begins before it is compared whole, though nobody is on duty until then: %s',
    (_, head, changes) => {
      expect(describedAs(between(sound(mondays), sound(head)).ahead)).toEqual(changes);
    },
  );

  test('an agreed turn of long ago, which a follower holds then, is one where the time on duty is amended', () => {
    const rotation = '2025-10-06, people: [amara, chi]}\n    turns: {2025-10-20: ben}';
    const fortnights = but(
      but(nights, '2026-10-05, people: [amara, ben, chi]}', rotation),
      'time: "10:00"}',
      'time: "10:00", weeks: 2}',
    );
    const base = `${fortnights}  second: {follows: {role: lead, by: -30}}\n`;
    const head = `${base}amendments: [{first_day: 2026-12-14, covers: [day]}]\n`;
    const lines = describedAs(between(sound(base), sound(head)).ahead);
    // The second has Ben's two weeks sixty weeks later.
    expect(lines.filter((it) => it.includes('ben'))).toEqual([
      '2026-12-14T10:00+00:00 2026-12-28T10:00+00:00 undefined → ben, 10',
      '2026-12-14T17:00+00:00 2026-12-28T09:00+00:00 ben → undefined, 14',
    ]);
  });

  test('an agreed turn of a month is one for who follows a month later', () => {
    const base = other('{date: 1, time: "12:00"}', '2026-10-01');
    const head = but(base, '[amara, ben, chi]}', '[amara, ben, chi]}\n    turns: {2027-01-01: chi}');
    expect(describedAs(between(sound(base), sound(head)).ahead)).toEqual([
      '2027-01-01T17:00+00:00 2027-02-01T09:00+00:00 amara → chi, 31',
      '2027-02-01T17:00+00:00 2027-03-01T09:00+00:00 amara → chi, 28',
    ]);
  });
});

test('two changes of one role in another order of people are sorted by role and start', () => {
  const two = `${nights}  second:\n    rotation: [{first_turn: 2026-10-05, people: [chi]}]\n`;
  const head = `${two}overrides:\n${cover('ben', '2026-11-20T17:00', '2026-11-21T09:00')}${cover('ben', '2026-10-28T17:00', '2026-10-29T09:00')}${cover('amara', '2026-10-22T17:00', '2026-10-23T09:00').replace('lead', 'second')}`;
  expect(
    between(sound(two), sound(head)).changes.map(
      ({ role, startAt }) => `${role} ${local(startAt, 'Europe/London')}`,
    ),
  ).toEqual(['lead 2026-10-28T17:00+00:00', 'lead 2026-11-20T17:00+00:00', 'second 2026-10-22T17:00+01:00']);
});

describe('in words', () => {
  const [exception] = between(
    sound(nights),
    sound(`${nights}overrides:\n${cover('ben', '2026-10-28T17:00', '2026-10-29T09:00')}`),
  ).ahead;
  const text = (more: Partial<Exception>) =>
    changeText(factsOf({ ...(exception as Exception), ...more }), NOW);

  test('a change names who gives up what, when, to whom', () => {
    expect(text({})).toBe('amara gives up team/nights/lead Wed 28 Oct 17:00 – Thu 29 Oct 09:00 to ben');
    expect(text({ after: undefined })).toBe(
      'amara is no longer team/nights/lead Wed 28 Oct 17:00 – Thu 29 Oct 09:00 (nobody is)',
    );
    expect(text({ before: undefined })).toBe(
      'ben is team/nights/lead Wed 28 Oct 17:00 – Thu 29 Oct 09:00 (nobody was)',
    );
  });

  test('one with other time in between is described span by span, and a distant one with its year', () => {
    const head = sound(but(nights, '[amara, ben, chi]', '[amara, chi, ben]'));
    const [far] = between(sound(nights), head).ahead;
    expect(changeText(factsOf(far as Exception), NOW)).toBe(
      'chi gives up team/nights/lead Tue 20 Oct 17:00 – Mon 26 Oct 09:00, Mon 9 Nov 17:00 – Mon 16 Nov 09:00 ' +
        'and Mon 30 Nov 17:00 – Mon 7 Dec 09:00 to ben',
    );
    expect(changeText(factsOf(exception as Exception), at('2025-10-20T12:00:00Z'))).toContain(
      'Wed 28 Oct 2026 17:00 – Thu 29 Oct 2026 09:00',
    );
  });

  test.each([
    ['2026-10-22T12:00:00Z', '2026-10-29T13:00:00Z', "7 days'", 'in local days, whatever the clocks do'],
    ['2026-10-22T12:00:00Z', '2026-10-29T12:59:59Z', "6 days'", 'a second less'],
    ['2026-10-21T12:00:00Z', '2026-10-23T12:00:00Z', "2 days'", ''],
    ['2026-10-21T12:00:00Z', '2026-10-23T11:59:00Z', "47 hours'", 'below two days, in hours'],
    ['2026-10-21T12:00:00Z', '2026-10-21T14:00:00Z', "2 hours'", ''],
    ['2026-10-21T12:00:00Z', '2026-10-21T13:59:59Z', "1 hour's", ''],
    ['2026-10-21T12:00:00Z', '2026-10-21T12:59:00Z', "59 minutes'", ''],
    ['2026-10-21T12:00:00Z', '2026-10-21T12:01:59Z', "1 minute's", ''],
    ['2026-10-21T12:00:00Z', '2026-10-21T12:00:59Z', 'no', ''],
    ['2026-10-21T12:00:00Z', '2026-10-01T12:00:00Z', 'no', 'in the past'],
  ])('from %s to %s there is %s notice %s', (from, to, expected) => {
    expect(noticeText(zoneOf('Europe/London'), at(from), at(to))).toBe(expected);
  });
});

test('without a pull request it is undefined, and policies are listed as they were given', () => {
  const { against } = compared(nights, nights, '2026-10-20T12:00:00Z');
  expect(against).toMatchObject({ pull: undefined, policies: [] });
  expect(compare(sound(nights), sound(nights), NOW, ['policies/notice.yaml'], undefined).policies).toEqual([
    'policies/notice.yaml',
  ]);
});

test('a holiday more moves everybody after it where hand-overs follow working days, and the list is the cause', () => {
  const rota = (holidays: string, every: string) => `${FIXED}== policies/holidays/days.yaml
{name: Days, complete_from: 2026-01-01, complete_until: 2027-12-31, holidays: {${holidays}}}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
hours: one
covers: [day]
handover: {every: ${every}, time: "09:00"}
roles:
  lead: {rotation: [{first_turn: 2026-10-05, people: [amara, ben, chi]}]}
`;
  const changes = (every: string) =>
    between(sound(rota('', every)), sound(rota('2026-11-25: Holiday', every))).ahead.flatMap(
      (it) => it.changes,
    );
  const day = (startAt: number) => local(startAt, 'Europe/London').slice(0, 10);
  const shown = (every: string) =>
    changes(every).map(({ startAt, before, after }) => `${day(startAt)} ${before} → ${after}`);
  expect(shown('weekday')).toEqual(['2026-11-25 ben → undefined']);
  expect(shown('working_day').toSorted()).toEqual([
    '2026-11-25 ben → undefined',
    '2026-11-26 chi → ben',
    '2026-11-27 amara → chi',
    '2026-11-30 ben → amara',
  ]);
  expect(new Set(changes('working_day').map(({ cause }) => `${cause.file} ${cause.path.join('.')}`))).toEqual(
    new Set(['policies/holidays/days.yaml holidays']),
  );
});
