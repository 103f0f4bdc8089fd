/** Feeds: exact bytes, and every feed of two handbooks read back by an independent parser. */
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { ShiftEntry } from '../../actions/lib/query/shifts.ts';
import { type Event, eventText, type Feed, feedHead, feedText } from '../../actions/lib/site/calendar.ts';
import { at, published, SAMPLE, texts } from '../handbook.ts';

const SITE = '== policies/publishing.yaml\nsite: https://example.org/rota/\n';

/** One turn, of which Ben covers two hours. */
const payments = `
== rotas/people.yaml
people:
  ben-adeyemi: {name: Ben Adeyemi}
  zoe-akesson: {name: Zoë Åkesson}
== rotas/paas/team.yaml
name: Platform, as a service
== rotas/paas/payments.yaml
name: Payments
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  primary:
    rotation:
      - {first_turn: 2026-10-21, people: [zoe-akesson]}
      - {first_turn: 2026-10-28, people: []}
overrides:
  - {role: primary, person: ben-adeyemi, instead_of: zoe-akesson, from: 2026-10-24T23:00, to: 2026-10-25T01:00, reason: a party}
`;

const names = {
  john: String.raw`Smith, John; "JS" \ o'Neil\n`,
  zoe: '👩‍👩‍👧 Zoë 😀 Åkesson',
  dana: 'דנה כהן, محمد',
  long: '語'.repeat(100),
};

/** Names with characters that have a meaning in iCalendar, in every field for a name. */
const nasty = `
== rotas/people.yaml
people:
${Object.entries(names)
  .map(([id, name]) => `  ${id}: {name: ${JSON.stringify(name)}}\n`)
  .join('')}== rotas/team/team.yaml
name: ${JSON.stringify(`${names.john}, ${names.dana}`)}
== rotas/team/one.yaml
name: ${JSON.stringify(`${names.zoe}; ${names.john}`)}
timezone: Asia/Kolkata
handover: [{day: monday, time: "09:00"}, {day: thursday, time: "17:30"}]
roles:
  first: {rotation: [{first_turn: 2026-10-01, people: [john, zoe, dana, long]}]}
  second: {follows: {role: first, by: 1}}
overrides:
  - {role: first, turn: 2026-11-23, person: dana, instead_of: john, reason: swap}
== rotas/team/two.yaml
name: ${JSON.stringify(names.dana)}
timezone: America/St_Johns
handover: {every: day, time: "00:00"}
roles:
  only: {rotation: [{first_turn: 2026-10-01, people: [long, zoe]}]}
`;

const sample = readFolder(SAMPLE)?.texts ?? new Map();
const handbooks = [
  ['the sample', sample],
  ['nasty names', texts(nasty + SITE)],
  ['nasty names without a site', texts(nasty)],
] as const;

const event: Event = {
  identity: 'paas/payments/primary/0',
  startAt: at('2026-12-02T17:00:00Z'),
  endAt: at('2026-12-03T09:00:00Z'),
  summary: 'Zoë Åkesson on call: Payments (primary)',
  description: ['Zoë'],
  category: 'Payments',
  url: undefined,
  revisedAt: at('2030-01-02T03:04:05Z'),
};
const feed: Feed = { name: 'N', description: 'D', source: undefined, url: undefined };

const feedsOf = (files: ReadonlyMap<string, string>): (readonly [string, string])[] =>
  [...published(files)].filter(([path]) => path.endsWith('.ics'));

/** All values of a property, unfolded, as text. */
const valuesOf = (text: string, name: string): string[] =>
  [...text.replaceAll('\r\n ', '').matchAll(new RegExp(`^${name}(?:;[^:\r\n]*)?:(.*)\r$`, 'gm'))].map(
    ([, value]) => value ?? '',
  );

const parsed = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]);

/** All events of a feed, read by the independent parser. */
const eventsIn = (text: string) =>
  parsed(text)
    .getAllSubcomponents('vevent')
    .map((component) => {
      const value = (name: string) => component.getFirstPropertyValue(name);
      const [head, span, ...exceptions] = String(value('description')).split('\n');
      return {
        uid: String(value('uid')),
        exceptions,
        shown: {
          start: String(value('dtstart')),
          end: String(value('dtend')),
          summary: String(value('summary')),
          description: [head, span],
          categories: component.getFirstProperty('categories')?.getValues(),
          stamps: [String(value('dtstamp')), String(value('last-modified'))],
          sequence: value('sequence'),
          looks: ['transp', 'status', 'x-microsoft-cdo-busystatus'].map((name) => String(value(name))),
          url: value('url'),
        },
      };
    });

/** A local time as text, by luxon instead of our own code. */
const inWords = (instant: string, zone: string) => DateTime.fromISO(instant, { zone, locale: 'en-US' });

/** The expected events of each feed, by path, from `shifts.json` and the handbook only. */
function expectedEvents(files: ReadonlyMap<string, string>): Map<string, object[]> {
  const { people, rotas, teams, publishing, services, changes } = load({
    texts: files,
    findings: [],
  }).handbook;
  const shifts = JSON.parse(published(files).get('shifts.json') ?? '') as ShiftEntry[];
  const feeds = new Map<string, object[]>();
  const put = (path: string, expected: object) => feeds.set(path, [...(feeds.get(path) ?? []), expected]);
  const paths = new Set(published(files).keys());
  const add = (expected: object, owners: readonly string[], looks: readonly string[] = common.looks) => {
    for (const owner of owners) {
      put(`calendars/${owner}.ics`, expected);
      const busy = `calendars/${owner}-busy.ics`;
      if (paths.has(busy)) put(busy, { ...expected, looks });
    }
  };
  const common = {
    stamps: ['2030-01-02T03:04:05Z', '2030-01-02T03:04:05Z'],
    sequence: (Date.UTC(2030, 0, 2, 3, 4, 5) - Date.UTC(2026, 0, 1)) / 1000,
    looks: ['TRANSPARENT', 'CONFIRMED', 'FREE'],
    url: publishing.site ?? null,
  };
  for (const { rota: id, role, person, start, end } of shifts) {
    const rota = rotas.get(id);
    if (rota === undefined) throw new Error(id);
    const name = people.get(person)?.name;
    const [from, to] = [inWords(start, rota.zone.name), inWords(end, rota.zone.name)];
    const until = to.toFormat(from.hasSame(to, 'day') ? 'HH:mm' : 'ccc d LLL HH:mm');
    const duty = `${teams.get(rota.team)?.name}, ${rota.name} (${role})`;
    const expected = {
      start,
      end,
      summary: `${name} ${rota.roles.get(role)?.counts === false ? 'shadowing' : 'on call'}: ${duty}`.slice(
        0,
        250,
      ),
      description: [
        `${name}: ${duty}`.slice(0, 250),
        `${from.toFormat('ccc d LLL HH:mm')} – ${until}, ${rota.zone.name}`,
      ],
      categories: [rota.name],
      ...common,
    };
    const seat = rota.roles.get(role);
    const isOptedIn = [...rota.roles.values()].some(({ needs }) => needs.onCall);
    const isBusy = seat?.counts === true && rota.terms[0]?.hours !== undefined && !isOptedIn;
    const looks = isBusy ? ['OPAQUE', 'CONFIRMED', 'BUSY'] : common.looks;
    add(expected, ['all', `people/${person}`, `teams/${rota.team}`, `rotas/${id}`], looks);
  }
  for (const { team, service, summary, zone, startAt, endAt, assigned } of changes.values()) {
    const [start, end] = [startAt, endAt].map((each) => DateTime.fromMillis(each, { zone: 'utc' }).toISO());
    const [from, to] = [start, end].map((each) => inWords(`${each}`, zone.name).toFormat('ccc d LLL HH:mm'));
    const what = `${services.get(service)?.name}: ${summary}`;
    const expected = {
      start: start?.replace('.000', ''),
      end: end?.replace('.000', ''),
      summary: `Planned change: ${what}`,
      description: [what, `${from} – ${to}, ${zone.name}`],
      categories: ['Planned change'],
      ...common,
    };
    const owners = assigned.flatMap(({ person, role }) => [`people/${person}`, `rotas/${role.rota}`]);
    add(expected, ['all', `teams/${team}`, ...new Set(owners)]);
  }
  return feeds;
}

const inOrder = (events: readonly object[]) =>
  events.map((it) => JSON.stringify(it)).toSorted((one, other) => (one < other ? -1 : 1));

describe('the bytes', () => {
  test('of a small feed are these', () => {
    expect(
      published(texts(payments + SITE))
        .get('calendars/people/ben-adeyemi.ics')
        ?.split('\r\n'),
    ).toStrictEqual(
      `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//rota-as-code//rota-as-code//EN
URL:https://example.org/rota/
SOURCE;VALUE=URI:https://example.org/rota/calendars/people/ben-adeyemi.ics
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:On call: Ben Adeyemi
X-WR-CALNAME:On call: Ben Adeyemi
X-WR-CALDESC:Every shift of Ben Adeyemi
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
UID:b7d47963-2283-5248-89d7-d017fb535a84
SEQUENCE:126327845
DTSTAMP:20300102T030405Z
DTSTART:20261024T220000Z
DTEND:20261025T000000Z
SUMMARY:Ben Adeyemi on call: Platform\\, as a service\\, Payments (primary)
TRANSP:TRANSPARENT
DESCRIPTION:Ben Adeyemi: Platform\\, as a service\\, Payments (primary)\\nSat
  24 Oct 23:00 – Sun 25 Oct 01:00\\, Europe/London\\nInstead of Zoë Åkess
 on
CATEGORIES:Payments
URL;VALUE=URI:https://example.org/rota/
STATUS:CONFIRMED
X-MICROSOFT-CDO-BUSYSTATUS:FREE
LAST-MODIFIED:20300102T030405Z
END:VEVENT
END:VCALENDAR
`.split('\n'),
    );
  });

  test('of a feed without events are these: without a site no URL and no SOURCE, and one zone to be valid', () => {
    const text =
      published(texts(payments.replace('2026-10-21', '2028-10-25'))).get('calendars/all.ics') ?? '';
    expect(text.split('\r\n')).toStrictEqual(
      `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//rota-as-code//rota-as-code//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:On call: everyone
X-WR-CALNAME:On call: everyone
X-WR-CALDESC:Every shift of every rota
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VTIMEZONE
TZID:UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
`.split('\n'),
    );
    expect(eventsIn(text)).toStrictEqual([]);
    expect(parsed(text).getAllSubcomponents('vtimezone')).toHaveLength(1);
  });
});

/** Events that belong to no shift; they have tests of their own. */
const BESIDE_SHIFTS = /^(Hand-over meeting: |Stand-up: |On support)/;

describe.each(handbooks)('every feed of %s', (_, files) => {
  const feeds = feedsOf(files);
  const expected = expectedEvents(files);

  test('reads back as the shifts of its owner and nothing else', () => {
    expect(feeds.length).toBeGreaterThan(5);
    for (const [path, text] of feeds) {
      const events = eventsIn(text).filter(({ shown }) => !BESIDE_SHIFTS.test(shown.summary));
      for (const { uid, exceptions } of events) {
        expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        for (const line of exceptions)
          expect(line).toMatch(/ instead of |^Instead of | supports it \(|^Requested in |^Runbook: https:/);
      }
      expect(inOrder(events.map(({ shown }) => shown)), path).toStrictEqual(
        inOrder(expected.get(path) ?? []),
      );
    }
  });

  test('has the name that the list of calendars gives', () => {
    const plain = (text: string) => text.replace(/\\([\\;,])/g, '$1');
    const called = feeds.map(([path, text]) => ({ path, name: plain(valuesOf(text, 'NAME').join()) }));
    expect(called.toSorted((one, other) => (one.path < other.path ? -1 : 1))).toStrictEqual(
      JSON.parse(published(files).get('calendars/index.json') ?? ''),
    );
    for (const [, text] of feeds)
      expect(valuesOf(text, 'X-WR-CALNAME')).toStrictEqual(valuesOf(text, 'NAME'));
  });

  test('is CRLF throughout, in lines of at most 75 octets, none of which ends inside a character', () => {
    for (const [path, text] of feeds) {
      expect(text.endsWith('END:VCALENDAR\r\n'), path).toBe(true);
      expect(text.replaceAll('\r\n', ''), path).not.toMatch(/[\r\n]/);
      expect(Buffer.from(text).toString(), path).toBe(text);
      for (const line of text.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed(), line).toBe(true);
      }
    }
  });

  test('has times in UTC only, and no attendees, alarms, rules, zones or floating times', () => {
    for (const [path, text] of feeds) {
      const stamps = ['DTSTART', 'DTEND', 'DTSTAMP', 'LAST-MODIFIED'];
      const empty = eventsIn(text).length === 0;
      expect(text.includes('BEGIN:VTIMEZONE'), path).toBe(empty);
      for (const name of empty ? [] : stamps) {
        const values = valuesOf(text, name);
        expect(values).toHaveLength(eventsIn(text).length);
        expect(values.filter((value) => !/^\d{8}T\d{6}Z$/.test(value))).toStrictEqual([]);
      }
      expect(text, path).not.toMatch(
        /^(ORGANIZER|ATTENDEE|BEGIN:VALARM|RRULE|RDATE|EXDATE|X-WR-TIMEZONE|TIMEZONE-ID|GEO|LOCATION)/m,
      );
      expect(text, path).not.toContain('CANCELLED');
      if (!empty) expect(text, path).not.toContain('TZID');
    }
  });

  test('has the same UID for a shift in all feeds, and no UID twice', () => {
    const all = new Map<string, string>();
    const blocks = (text: string) => text.match(/BEGIN:VEVENT\r\n[\s\S]*?END:VEVENT\r\n/g) ?? [];
    for (const block of blocks(Object.fromEntries(feeds)['calendars/all.ics'] ?? ''))
      all.set(valuesOf(block, 'UID')[0] ?? '', block);
    expect(all.size).toBe(expected.get('calendars/all.ics')?.length);
    for (const [path, text] of feeds) {
      const uids = valuesOf(text, 'UID');
      expect(new Set(uids).size, path).toBe(uids.length);
      for (const [i, block] of blocks(text).entries())
        if (!BESIDE_SHIFTS.test(valuesOf(block, 'SUMMARY')[0] ?? ''))
          expect(all.get(uids[i] ?? '')).toBe(
            path.endsWith('-busy.ics')
              ? block
                  .replace('TRANSP:OPAQUE', 'TRANSP:TRANSPARENT')
                  .replace('BUSYSTATUS:BUSY', 'BUSYSTATUS:FREE')
              : block,
          );
    }
  });
});

describe('a change', () => {
  const uidsOf = (text: string | undefined) =>
    eventsIn(text ?? '').map(({ uid, shown }) => `${shown.start} ${uid}`);

  test('of the person by a swap keeps the UID', () => {
    const swapped = payments.replace(
      'overrides:',
      'overrides:\n  - {role: primary, turn: 2026-10-21, person: ben-adeyemi, instead_of: zoe-akesson, reason: swap}',
    );
    const [before, after] = [payments, swapped.replace(/^ {2}- .*a party.*$/m, '')].map((text) =>
      uidsOf(published(texts(text)).get('calendars/all.ics')),
    );
    expect(before).toStrictEqual([
      '2026-10-21T09:00:00Z 600e54ec-4879-5f93-a471-4ebb870ab493',
      '2026-10-24T22:00:00Z b7d47963-2283-5248-89d7-d017fb535a84',
      '2026-10-25T00:00:00Z 67e4a5ee-0971-548e-b982-5c1dd3824c43',
    ]);
    expect(after).toStrictEqual(before?.slice(0, 1));
  });

  test('of the site, the names and the people changes no UID', () => {
    const before = uidsOf(published(texts(payments)).get('calendars/all.ics'));
    for (const text of [
      payments + SITE,
      payments.replace('Payments', 'Paying'),
      payments.replace('Zoë', 'Z'),
    ])
      expect(uidsOf(published(texts(text)).get('calendars/all.ics'))).toStrictEqual(before);
  });

  test('increases SEQUENCE by one for every second that the revision is later, and LAST-MODIFIED with it', () => {
    const output = ['2030-01-02T03:04:05Z', '2030-01-02T03:04:06Z', '2035-07-01T00:00:00.900Z'].map(
      (revisedAt) => {
        const text = eventText({ ...event, revisedAt: at(revisedAt) });
        return ['SEQUENCE', 'DTSTAMP', 'LAST-MODIFIED'].map((name) => valuesOf(text, name).join());
      },
    );
    expect(output).toStrictEqual([
      ['126327845', '20300102T030405Z', '20300102T030405Z'],
      ['126327846', '20300102T030406Z', '20300102T030406Z'],
      ['299635200', '20350701T000000Z', '20350701T000000Z'],
    ]);
  });

  test('before the last change of the event text counts as that change, so that clients update old events', () => {
    const [ancient, old] = [0, at('2026-10-01T00:00:00Z')].map((revisedAt) =>
      eventText({ ...event, revisedAt }),
    );
    expect(ancient).toBe(old);
    expect(Number(valuesOf(ancient ?? '', 'SEQUENCE')[0])).toBeGreaterThan(0);
  });
});

describe('wrong or hostile input', () => {
  test('a shift that does not end after its start throws', () => {
    const backwards = { ...event, startAt: event.endAt, endAt: event.startAt };
    expect(() => eventText(backwards)).toThrow('a shift that ends before it begins: paas/payments/primary/0');
    expect(() => eventText({ ...event, endAt: event.startAt })).toThrow('ends before it begins');
  });

  const evil = ['\r\n', '\n', '\r', '\u0085', '\u2028', '\0'].map(
    (end) => `a${end}BEGIN:VEVENT${end}UID:x${end}END:VCALENDAR`,
  );

  test.each(evil)('line ends in the text of an event inject no line: %j', (text) => {
    const output = eventText({
      ...event,
      summary: text,
      description: [text, text],
      category: text,
      url: text,
    });
    const kinds = (it: string) =>
      it
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .map((line) => line.split(/[:;]/)[0]);
    expect(kinds(output)).toStrictEqual(kinds(eventText({ ...event, url: 'https://example.org/' })));
    expect(output.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u0085\u2028\0]/);
    expect(eventsIn(feedText(feed, [output]))).toHaveLength(1);
  });

  test.each(evil)('line ends in the properties of a feed inject no line: %j', (text) => {
    const output = feedHead({ name: text, description: text, source: text, url: text });
    const kinds = (it: string) =>
      it
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .map((line) => line.split(/[:;]/)[0]);
    expect(kinds(output)).toStrictEqual(
      kinds(feedHead({ ...feed, source: 'https://a/', url: 'https://a/' })),
    );
    expect(eventsIn(feedText({ ...feed, name: text }, [eventText(event)]))).toHaveLength(1);
  });

  test('the name and description of a feed are escaped as text', () => {
    const output = feedText({ ...feed, name: names.john, description: `${names.john};` }, []);
    const escaped = String.raw`Smith\, John\; "JS" \\ o'Neil\\n`;
    expect(
      ['NAME', 'X-WR-CALNAME', 'X-WR-CALDESC'].map((name) => valuesOf(output, name).join()),
    ).toStrictEqual([escaped, escaped, String.raw`${escaped}\;`]);
  });

  test('an address keeps its meaning', () => {
    const urls = [
      'https://example.org/a,b;c/',
      'https://example.org/a%2Fb/',
      'https://example.org/%C3%BC/?q=%25#x',
    ];
    const read = urls.map((url) => valuesOf(feedHead({ ...feed, url }), 'URL')[0]);
    expect(read).toStrictEqual([
      'https://example.org/a%2Cb%3Bc/',
      'https://example.org/a%2Fb/',
      'https://example.org/%C3%BC/?q=%25#x',
    ]);
  });

  test('any address that the check accepts can be published', () => {
    const files = texts(payments + SITE.replace('rota/', '%ff/'));
    expect(load({ texts: files, findings: [] }).findings).toStrictEqual([]);
    expect(published(files).get('calendars/all.ics')).toContain('\r\nURL:https://example.org/%ff/\r\n');
  });

  test('a text that is too long is truncated between two characters', () => {
    const output = eventText({ ...event, summary: `x${'😀'.repeat(200)}`, category: '😀'.repeat(200) });
    expect(output.isWellFormed()).toBe(true);
    expect(Buffer.from(output).toString()).not.toContain('\ufffd');
  });
});
