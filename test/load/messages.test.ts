/** What messages say of common slips, and what they never contain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { described } from '../../actions/lib/check/describe.ts';
import { outline } from '../../actions/lib/load/load.ts';
import { yamlLines } from '../../actions/lib/load/source.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { at, but, checked, everything, texts } from '../handbook.ts';
import { runs } from '../sampled.ts';

/** What the messages about a handbook with one passage replaced tell to write. */
const advice = (passage: string, other: string): string[] =>
  checked(but(everything, passage, other)).flatMap(
    (line) => /(?:write|did you mean) (.*?)\??(?: \[[a-z-]+\])?$/.exec(line)?.[1] ?? [],
  );

describe('a common slip is answered with the text to write', () => {
  test.each([
    ['"24:00"', '"00:00"'],
    ['24:00', '"00:00"'],
    ['0900', '"09:00"'],
    ['1730', '"17:30"'],
    ['9', '"09:00"'],
    ['"9:00"', '"09:00"'],
    ['9am', '"09:00"'],
    ['"5.30 pm"', '"17:30"'],
  ])('a time of day: %s', (slip, meant) => {
    expect(advice('time: "10:00"', `time: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['24:00 America/New_York', '"00:00 America/New_York"'],
    ['"24:00 Etc/UTC"', '"00:00 Etc/UTC"'],
    ['0900 Europe/Dublin', '"09:00 Europe/Dublin"'],
    ['9am Europe/Dublin', '"09:00 Europe/Dublin"'],
    ['"17:00 EST"', '"America/New_York"'],
  ])('a time of day in a zone: %s', (slip, meant) => {
    expect(
      advice(
        'in-hours: [{days: working, from: "09:00", to: "17:00"}]',
        `in-hours: [{days: working, from: "09:00", to: ${slip}}]`,
      ),
    ).toEqual([meant]);
  });

  test.each([
    ['20261106', '2026-11-06'],
    ['2026-11-6', '2026-11-06'],
    ['2026/11/06', '2026-11-06'],
    ['06.11.2026', '2026-11-06'],
    ['30-9-2026', '2026-09-30'],
    ['9/30/2026', '2026-09-30'],
  ])('a date: %s', (slip, meant) => {
    expect(advice('first_turn: 2026-09-30', `first_turn: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['2026-12-03 18:00', '2026-12-03T18:00'],
    ['2026-12-03T9:00', '2026-12-03T09:00'],
    ['2026-12-03T18:00:00', '2026-12-03T18:00'],
    ['2026-12-03', '2026-12-03T00:00'],
    ['2026-12-02T24:00', '2026-12-03T00:00'],
  ])('a date-time: %s', (slip, meant) => {
    expect(advice('from: 2026-12-03T18:00', `from: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['7', '7 days'],
    ['1', '1 day'],
    ['"7"', '7 days'],
    ['7d', '7 days'],
    ['7days', '7 days'],
    ['7 Days', '7 days'],
    ['48h', '48 hours'],
    ['P7D', '7 days'],
    ['2wk', '2 weeks'],
    ['a week', '1 week'],
    ['Seven days', '7 days'],
  ])('an amount of notice: %s', (slip, meant) => {
    expect(advice('minimum: 7 days', `minimum: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['yes', 'true'],
    ['on', 'true'],
    ['"true"', 'true'],
    ['1', 'true'],
  ])('true or false: %s', (slip, meant) => {
    expect(advice('vetted: true', `vetted: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['no', 'false'],
    ['off', 'false'],
  ])('true or false: %s', (slip, meant) => {
    expect(advice('counts: false', `counts: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['fri', '"friday"'],
    ['Fri.', '"friday"'],
    ['Friday', '"friday"'],
    ['wednesdays', '"wednesday"'],
  ])('a weekday: %s', (slip, meant) => {
    expect(advice('handover: {day: wednesday', `handover: {day: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['fri', '[friday]'],
    ['weekdays', '[monday, tuesday, wednesday, thursday, friday]'],
    ['mon-wed', '[monday, tuesday, wednesday]'],
    ['weekend', '[saturday, sunday]'],
    ['daily', 'every'],
  ])('days: %s', (slip, meant) => {
    expect(advice('in-hours: [{days: working', `in-hours: [{days: ${slip}`)).toEqual([meant]);
  });

  test.each([
    ['skills: [developer]\n    github', 'skills: developer\n    github', '[developer]'],
    ['skills: [developer]\n    github', 'skills: developer, writer\n    github', '[developer, writer]'],
    ['covers: [overnight]', 'covers: overnight', '[overnight]'],
    ['days: non-working, from: "09:00"', 'days: mon, from: "09:00"', '[monday]'],
    ['people: [amara-osei, ben-adeyemi, chi-wong]}', 'people: amara-osei}', '[amara-osei]'],
    [
      '  nia-rhys: {name: Nia Rhys,',
      '  nia-rhys: {name: Nia Rhys, works: [{days: mon-wed}],',
      '[monday, tuesday, wednesday]',
    ],
    [
      '  nia-rhys: {name: Nia Rhys,',
      '  nia-rhys: {name: Nia Rhys, works: {days: [monday]},',
      '"- " before it, or [ ] around it',
    ],
    [
      'overnight: [paas/nights/engineer, paas/nights/second]',
      'overnight: {any: [paas/nights/engineer]}',
      '"- " before it, or [ ] around it',
    ],
    ['{notify: [person: nia-rhys]}', '{notify: [person: nia-rhys], only_for: P1}', '[P1]'],
    ['service_level: paas,', 'service_level: paas, duties: Answer every ticket,', '[Answer every ticket]'],
  ])('a list: %s as %s', (passage, slip, meant) => {
    expect(advice(passage, slip)).toEqual([meant]);
  });

  test.each(['7', '[1]', '"a: b"', '{a: b}'])('and no list of skills is made up for %s', (slip) => {
    expect(advice('skills: [developer]\n    github', `skills: ${slip}\n    github`)).toEqual([]);
  });

  test.each([
    ['5pm America/New_York', '17:00 America/New_York'],
    ['America/New_York 17:00', '17:00 America/New_York'],
    ['24:00 America/New_York', '00:00 America/New_York'],
  ])('a time in another zone: %s', (slip, meant) => {
    expect(
      advice('days: working, from: "09:00", to: "17:00"', `days: working, from: "09:00", to: "${slip}"`),
    ).toEqual([`"${meant}"`]);
  });

  test.each(['http://example.org/a', 'example.org/a'])('an address: %s', (slip) => {
    expect(advice('service_level: paas,', `service_level: paas, runbook: "${slip}",`)).toEqual([
      'https://example.org/a',
    ]);
  });

  test.each([
    ['2026-12-17', '{first_day: 2026-12-17, last_day: 2026-12-17}'],
    [
      '{first_day: 2026-12-17T09:00, last_day: 2026-12-17T13:00}',
      '{from: 2026-12-17T09:00, to: 2026-12-17T13:00}',
    ],
    ['{first_day: 2026-12-17, to: 2026-12-18T13:00}', '{from: 2026-12-17T00:00, to: 2026-12-18T13:00}'],
    ['{from: 2026-12-17T09:00, last_day: 2026-12-31}', '{from: 2026-12-17T09:00, to: 2027-01-01T00:00}'],
    ['{from: 2026-12-17, last_day: 2026-12-20}', '{first_day: 2026-12-17, last_day: 2026-12-20}'],
    ['{first_day: 2026-12-17T09:00}', '{from: 2026-12-17T09:00}'],
  ])('an absence: %s', (slip, meant) => {
    expect(
      checked(but(everything, '{first_day: 2026-12-17, last_day: 2026-12-20, reason: leave}', slip)),
    ).toEqual([`rotas/people.yaml:17:9 no absence is written like this; write ${meant} [schema]`]);
  });

  test.each([
    ['mon-fri', '[monday, tuesday, wednesday, thursday, friday]'],
    ['mon, tue', '[monday, tuesday]'],
    ['friday', '[friday]'],
  ])('a list of weekdays: %s', (slip, meant) => {
    expect(
      advice(
        'working_days: [monday, tuesday, wednesday, thursday, friday]',
        `working_days: ${slip.includes(',') ? `"${slip}"` : slip}`,
      ),
    ).toEqual([meant]);
    expect(advice('name: Chi Wong,', `name: Chi Wong, works: [{days: "${slip}"}],`)).toEqual([meant]);
  });

  test('a list of one or of several', () => {
    const people = 'people: [amara-osei, ben-adeyemi, chi-wong]}\n';
    expect(advice(people, 'people: amara-osei}\n')).toEqual(['[amara-osei]']);
    expect(advice(people, 'people: "amara-osei, chi-wong"}\n')).toEqual(['[amara-osei, chi-wong]']);
    expect(
      advice('handover: {day: wednesday, time: "10:00"}', 'handover: {every: day, times: "06:00, 18:00"}'),
    ).toEqual(['["06:00", "18:00"]']);
    expect(advice(people, 'people: "a: b"}\n')).toEqual([]);
  });

  test.each([
    ['0', '1'],
    ['-0', '1'],
    ['"1"', '1'],
    ['one', '1'],
    ['twice', '2'],
  ])('a number of turns: %s', (slip, meant) => {
    expect(advice('by: 1}', `by: ${slip}}`)).toEqual([meant]);
  });

  test('and what is out of bounds is not proposed', () => {
    expect(checked(but(everything, 'by: 1}', 'by: 0}'))[0]).toContain('"by" cannot be 0; write 1');
    expect(advice('by: 1}', 'by: "100"}')).toEqual([]);
  });

  test.each([
    ['wednesday 10:00', '{day: wednesday, time: "10:00"}'],
    ['Wed, 10:00', '{day: wednesday, time: "10:00"}'],
    ['weekly', '{day: monday, time: "09:00"}'],
    ['2 weeks', '{day: monday, time: "09:00", weeks: 2}'],
    ['fortnightly on fridays', '{day: friday, time: "09:00", weeks: 2}'],
    ['monthly', '{date: 1, time: "09:00"}'],
    ['daily 08:30', '{every: day, time: "08:30"}'],
  ])('a hand-over in words: %s', (slip, meant) => {
    expect(advice('handover: {day: wednesday, time: "10:00"}', `handover: "${slip}"`)).toEqual([meant]);
  });

  test.each([
    ['GMT', '"Europe/London", or "Etc/GMT" for the same time all year'],
    ['BST', '"Europe/London"'],
    ['CET', '"Europe/Paris"'],
    ['EST5EDT', '"America/New_York"'],
    ['Z', '"UTC"'],
    ['UTC+1', '"Etc/GMT-1"'],
    ['"-05:00"', '"Etc/GMT+5"'],
    ['london', '"Europe/London"'],
  ])('a time zone: %s', (slip, meant) => {
    expect(advice('name: Nights\ntimezone: Europe/London', `name: Nights\ntimezone: ${slip}`)).toEqual([
      meant,
    ]);
  });

  test.each(['Etc/UTC', 'Etc/GMT+5', 'Etc/GMT', 'Asia/Calcutta', 'UTC'])('%s is a time zone', (zone) => {
    const lines = checked(
      but(everything, 'name: Nights\ntimezone: Europe/London', `name: Nights\ntimezone: ${zone}`),
    );
    expect(lines.filter((line) => line.includes('time zone'))).toEqual([]);
  });

  test.each(['tomorrow', '2/3/2026', '2026-13-45', '2026-02-30'])('and nothing is made up for %s', (slip) => {
    expect(advice('first_turn: 2026-09-30', `first_turn: ${slip}`)).toEqual([]);
  });

  test('a number that is no amount in any unit gets an example, not quotes', () => {
    expect(checked(but(everything, 'minimum: 7 days', 'minimum: 0'))[0]).toContain(
      'this is a number, and a notice is text such as "7 days" [schema]',
    );
  });
});

describe('no message', () => {
  const files = texts(everything);
  const NAMES = [...files.keys()];
  /** The paths of all values in data. */
  const paths = (data: unknown, path: readonly string[] = []): (readonly string[])[] => [
    path,
    ...(typeof data === 'object' && data !== null
      ? Object.entries(data).flatMap(([key, value]) => paths(value, [...path, key]))
      : []),
  ];
  const replaced = (data: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
    if (step === undefined) return value;
    if (Array.isArray(data))
      return data.map((it, i) => (String(i) === step ? replaced(it, rest, value) : it));
    const own = data as Record<string, unknown>;
    return { ...own, [step]: replaced(own[step], rest, value) };
  };
  const hostile = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      1.5,
      true,
      [],
      {},
      'nobody',
      '2026-13-01',
      '24:00',
      'GMT',
      [[]],
      'undefined'.slice(2),
    ),
    fc.constantFrom('a\u202eb', 'a\u0007b', 'a\u200bb', 'a\u2028b', 'a\u{e0041}b', '\u061c', 'a\u009bb'),
    fc.constantFrom<unknown>({ 'a\u202eb': 1 }, ['a\u202eb', 'a\u202eb'], { notify: ['a\u200b'] }),
  );

  test('has "undefined", or a control, format or direction character of the input', () => {
    const at3 = at('2026-11-21T12:00:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        hostile,
        (file, which, value) => {
          const { data } = outline(files.get(file) as string);
          const all = paths(data);
          const changed = replaced(data, all[Math.floor(which * all.length)] ?? [], value);
          const written = `${yamlLines(changed).join('\n')}\n`;
          const { findings } = evaluate(
            { texts: new Map(files).set(file, written), findings: [] },
            at3,
            () => {},
          );
          for (const { message } of described(findings)) {
            expect(message).not.toMatch(/undefined|NaN|Infinity|\[object/);
            expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
