/** The contents of a publication: the shifts of each feed, the list of feeds, and no private data. */
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import type { ShiftEntry } from '../../actions/lib/query/shifts.ts';
import { isFeedPath } from '../../actions/lib/site/feeds.ts';
import type { ListedFeed } from '../../actions/lib/site/publication.ts';
import { at, checked, published, SAMPLE, texts } from '../handbook.ts';

/** Weeks in two rotas of one team, a rota round the clock held by one person, and somebody without a seat. */
const handbook = `
== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei}
  ben-adeyemi: {name: Ben Adeyemi}
  chi-wong: {name: Chi Wong}
  nia-rhys: {name: Nia Rhys}
== rotas/paas/team.yaml
name: GOV.UK PaaS
== rotas/paas/in-hours.yaml
name: In hours
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-09-07, people: [amara-osei, ben-adeyemi]}]}
== rotas/paas/out-of-hours.yaml
name: Out of hours
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-09-09, people: [ben-adeyemi, amara-osei]}]}
== rotas/other/desk.yaml
name: Desk
timezone: UTC
handover: {every: day, time: "00:00"}
roles:
  clerk: {rotation: [{first_turn: 2026-09-01, people: [chi-wong]}]}
== policies/publishing.yaml
{back: 4 weeks, ahead: 1 week}
`;
const files = texts(handbook);

/** The times of the shifts in a feed, as in its lines. */
const spans = (text: string | undefined): string[] =>
  [
    ...(text ?? '')
      .replaceAll('\r\n ', '')
      .replaceAll('\\,', ',')
      .matchAll(/^DTSTART:(\S+)\r\nDTEND:(\S+)\r\nSUMMARY:(.*)\r$/gm),
  ].map((it) => it.slice(1).join(' '));

const listed = (all: ReadonlyMap<string, string>): ListedFeed[] =>
  JSON.parse(all.get('calendars/index.json') ?? '') as ListedFeed[];

const calendars = (all: ReadonlyMap<string, string>) =>
  new Map([...all].filter(([path]) => path.startsWith('cal')));

describe('the shifts in a feed', () => {
  const all = published(files, { now: at('2026-11-21T12:00:00Z') });

  test('are those that overlap the published months, not clipped', () => {
    expect(spans(all.get('calendars/rotas/paas/in-hours.ics'))).toStrictEqual([
      '20260928T080000Z 20261005T080000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
      '20261005T080000Z 20261012T080000Z Amara Osei on call: GOV.UK PaaS, In hours (engineer)',
      '20261012T080000Z 20261019T080000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
      '20261019T080000Z 20261026T090000Z Amara Osei on call: GOV.UK PaaS, In hours (engineer)',
      '20261026T090000Z 20261102T090000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
      '20261102T090000Z 20261109T090000Z Amara Osei on call: GOV.UK PaaS, In hours (engineer)',
      '20261109T090000Z 20261116T090000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
      '20261116T090000Z 20261123T090000Z Amara Osei on call: GOV.UK PaaS, In hours (engineer)',
      '20261123T090000Z 20261130T090000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
      '20261130T090000Z 20261207T090000Z Amara Osei on call: GOV.UK PaaS, In hours (engineer)',
    ]);
  });

  test.each([
    // back: 4 weeks, ahead: 1 week. The span is whole months in UTC; a shift that ends where it begins is outside.
    ['2026-10-24T23:59:59Z', '2026-09-07T08:00:00Z', '2026-11-02T09:00:00Z'],
    ['2026-10-25T00:00:00Z', '2026-09-07T08:00:00Z', '2026-12-07T09:00:00Z'],
    ['2026-10-28T23:59:59Z', '2026-09-07T08:00:00Z', '2026-12-07T09:00:00Z'],
    ['2026-10-29T00:00:00Z', '2026-09-28T08:00:00Z', '2026-12-07T09:00:00Z'],
    ['2026-11-23T23:59:59Z', '2026-09-28T08:00:00Z', '2026-12-07T09:00:00Z'],
    ['2026-11-24T00:00:00Z', '2026-09-28T08:00:00Z', '2027-01-04T09:00:00Z'],
    ['2026-11-29T00:00:00Z', '2026-10-26T09:00:00Z', '2027-01-04T09:00:00Z'],
  ])('at %s run from %s to %s', (now, first, last) => {
    const text = published(files, { now: at(now) }).get('shifts.json') ?? '';
    const shifts = (JSON.parse(text) as ShiftEntry[]).filter(({ rota }) => rota === 'paas/in-hours');
    expect([shifts[0]?.start, shifts.at(-1)?.end]).toStrictEqual([first, last]);
  });

  test('do not include one that ends at the start of the span or starts at its end', () => {
    const midnights = texts(
      handbook.replace('time: "09:00"', 'time: "00:00"').replaceAll('Europe/London', 'UTC'),
    );
    // Monday 1 February 2027 and Monday 1 March 2027 are hand-overs and the first days of months.
    const text = published(midnights, { now: at('2027-03-05T00:00:00Z') }).get(
      'calendars/rotas/paas/in-hours.ics',
    );
    expect(spans(text).at(0)).toBe(
      '20270201T000000Z 20270208T000000Z Ben Adeyemi on call: GOV.UK PaaS, In hours (engineer)',
    );
    const before = published(midnights, { now: at('2027-02-20T00:00:00Z') }).get('shifts.json') ?? '';
    const own = (JSON.parse(before) as ShiftEntry[]).filter(({ rota }) => rota === 'paas/in-hours');
    expect(own.at(-1)?.end).toBe('2027-03-01T00:00:00Z');
  });

  test('are one for somebody who is never replaced, from the first turn to the end of the century, the same in every month', () => {
    expect(spans(all.get('calendars/people/chi-wong.ics'))).toStrictEqual([
      '20260901T000000Z 21000101T000000Z Chi Wong on call: other, Desk (clerk)',
    ]);
    const later = published(files, { now: at('2031-05-06T12:00:00Z') });
    const path = 'calendars/people/chi-wong.ics';
    expect(later.get(path)).toBe(all.get(path));
    expect(later.get('shifts.json')).toContain('"end":"2100-01-01T00:00:00Z"');
  });

  test('name the year of their end if that is nearly a year after their start, whatever the time of publication', () => {
    for (const now of ['2026-11-21T12:00:00Z', '2026-11-01T12:00:00Z']) {
      const feed = published(files, { now: at(now) }).get('calendars/people/chi-wong.ics') ?? '';
      expect(feed.replaceAll('\r\n ', '')).toContain('\\nTue 1 Sep 00:00 – Fri 1 Jan 2100 00:00\\, UTC\r\n');
    }
  });

  test('are those of its owner: a rota, a person, a team, or all', () => {
    const count = (path: string) => spans(all.get(`calendars/${path}.ics`)).length;
    const [inHours, outOfHours] = [count('rotas/paas/in-hours'), count('rotas/paas/out-of-hours')];
    expect([inHours, outOfHours, count('rotas/other/desk')]).toStrictEqual([10, 9, 1]);
    expect(count('teams/paas')).toBe(19);
    expect(count('people/amara-osei') + count('people/ben-adeyemi')).toBe(19);
    expect(
      spans(all.get('calendars/people/amara-osei.ics')).filter((it) => !it.includes('Amara Osei')),
    ).toStrictEqual([]);
    expect(count('teams/other')).toBe(1);
    expect(count('people/nia-rhys')).toBe(0);
    expect(count('all')).toBe(20);
  });
});

describe('the text of a shift', () => {
  const two = texts(`
== rotas/people.yaml
people: {ann: {name: Ann}, bob: {name: Bob}, cat: {name: Cat}}
== rotas/ops/team.yaml
name: Ops
== rotas/ops/on-call.yaml
name: On call
timezone: UTC
handover: {day: monday, time: "09:00"}
roles:
  first: {rotation: [{first_turn: 2026-11-02, people: [ann, bob]}]}
  shadow: {counts: false, rotation: [{first_turn: 2026-11-30, people: [bob]}]}
overrides:
  - {role: first, turn: 2026-11-16, person: cat, instead_of: ann, reason: x}
  - {role: first, person: ann, instead_of: bob, from: 2026-12-14T05:00, to: 2026-12-14T09:00, reason: x}
== rotas/web/team.yaml
name: Web
== rotas/web/on-call.yaml
{name: On call, timezone: UTC, handover: {day: monday, time: "09:00"}, roles: {first: {rotation: [{first_turn: 2026-11-02, people: [ann]}]}}}
== policies/publishing.yaml
{back: 4 weeks, ahead: 4 weeks}
`);
  const all = published(two);
  const lines = (path: string, name: string) => [
    ...new Set(
      [...(all.get(path) ?? '').replaceAll('\r\n ', '').matchAll(new RegExp(`^${name}:(.*)\r$`, 'gm'))].map(
        ([, value]) => value?.replaceAll('\\,', ','),
      ),
    ),
  ];

  test('names the team, since rotas of two teams can have the same name', () => {
    expect(lines('calendars/people/ann.ics', 'SUMMARY')).toStrictEqual([
      'Ann on call: Ops, On call (first)',
      'Ann on call: Web, On call (first)',
    ]);
  });

  test('does not describe somebody as on call who gives no cover', () => {
    expect(lines('calendars/people/bob.ics', 'SUMMARY')).toStrictEqual([
      'Bob on call: Ops, On call (first)',
      'Bob shadowing: Ops, On call (shadow)',
    ]);
  });

  test('gives the times of a replacement, unless it is for the whole shift', () => {
    const texts = lines('calendars/rotas/ops/on-call.ics', 'DESCRIPTION').filter((it) =>
      /instead/i.test(it ?? ''),
    );
    expect(texts.map((it) => it?.split('\\n').slice(1))).toStrictEqual([
      ['Mon 16 Nov 09:00 – Mon 23 Nov 09:00, UTC', 'Instead of Ann'],
      ['Mon 14 Dec 05:00 – Mon 21 Dec 09:00, UTC', 'Mon 14 Dec 05:00 – 09:00 instead of Bob'],
    ]);
  });
});

describe('the files', () => {
  test('are a calendar for each person, team, rota and everyone, the data and the pages', () => {
    const all = published(files);
    expect([...all.keys()].toSorted()).toStrictEqual([
      'calendars/all.ics',
      'calendars/index.json',
      'calendars/people/amara-osei.ics',
      'calendars/people/ben-adeyemi.ics',
      'calendars/people/chi-wong.ics',
      'calendars/people/nia-rhys.ics',
      'calendars/rotas/other/desk.ics',
      'calendars/rotas/paas/in-hours.ics',
      'calendars/rotas/paas/out-of-hours.ics',
      'calendars/teams/other.ics',
      'calendars/teams/paas.ics',
      'everyone.html',
      'icon.svg',
      'index.html',
      'now.js',
      'people/amara-osei.html',
      'people/ben-adeyemi.html',
      'people/chi-wong.html',
      'people/nia-rhys.html',
      'shifts.json',
      'site.css',
      'teams/other.html',
      'teams/paas.html',
      'who.json',
    ]);
    expect(listed(all)).toStrictEqual([
      { path: 'calendars/all.ics', name: 'On call: everyone' },
      { path: 'calendars/people/amara-osei.ics', name: 'On call: Amara Osei' },
      { path: 'calendars/people/ben-adeyemi.ics', name: 'On call: Ben Adeyemi' },
      { path: 'calendars/people/chi-wong.ics', name: 'On call: Chi Wong' },
      { path: 'calendars/people/nia-rhys.ics', name: 'On call: Nia Rhys' },
      { path: 'calendars/rotas/other/desk.ics', name: 'On call: other, Desk' },
      { path: 'calendars/rotas/paas/in-hours.ics', name: 'On call: GOV.UK PaaS, In hours' },
      { path: 'calendars/rotas/paas/out-of-hours.ics', name: 'On call: GOV.UK PaaS, Out of hours' },
      { path: 'calendars/teams/other.ics', name: 'On call: other' },
      { path: 'calendars/teams/paas.ics', name: 'On call: GOV.UK PaaS' },
    ]);
    expect(all.get('calendars/people/nia-rhys.ics')).toContain('BEGIN:VTIMEZONE');
  });

  test('of an empty handbook are still a publication', () => {
    const all = published(texts('== policies/publishing.yaml\nnames: full\n'));
    expect([...all.keys()].toSorted()).toStrictEqual([
      'calendars/all.ics',
      'calendars/index.json',
      'everyone.html',
      'icon.svg',
      'index.html',
      'now.js',
      'shifts.json',
      'site.css',
      'who.json',
    ]);
    expect([all.get('shifts.json'), all.get('who.json')]).toStrictEqual(['[]\n', '[]\n']);
    expect(all.get('calendars/all.ics')).toContain('BEGIN:VTIMEZONE');
  });

  test('shifts.json is sorted by start, rota and role, across pieces of a thousand too, and who.json is for now', () => {
    const daily = texts(
      `${handbook.replace('people: [chi-wong]', 'people: [chi-wong, nia-rhys]').replace('ahead: 1 week', 'ahead: 500 weeks')}`,
    );
    const shifts = JSON.parse(published(daily).get('shifts.json') ?? '') as ShiftEntry[];
    const key = ({ start, rota, role }: ShiftEntry) => `${start} ${rota} ${role}`;
    expect(shifts.length).toBeGreaterThan(2000);
    expect(shifts.map(key)).toStrictEqual(shifts.map(key).toSorted());
    expect(JSON.parse(published(files).get('who.json') ?? '')[1]).toStrictEqual({
      rota: 'paas/in-hours',
      role: 'engineer',
      person: 'amara-osei',
      from: '2026-11-16T09:00:00Z',
      until: '2026-11-23T09:00:00Z',
      next: { person: 'ben-adeyemi', from: '2026-11-23T09:00:00Z' },
    });
  });

  test('contain no address if the site is not set, and the site if it is', () => {
    for (const [path, text] of calendars(published(files)))
      expect(text, path).not.toMatch(/URL|SOURCE|https?:/);
    const sited = published(texts(handbook.replace('{back', '{site: https://example.org/r/, back')));
    expect(sited.get('calendars/teams/paas.ics')).toContain(
      '\r\nURL:https://example.org/r/\r\nSOURCE;VALUE=URI:https://example.org/r/calendars/teams/paas.ics\r\n',
    );
  });

  test('do not depend on the order of files, and are the same each time', () => {
    const backwards = new Map([...files].toReversed());
    expect(published(backwards)).toStrictEqual(published(files));
  });
});

describe('calendars', () => {
  test('are the same on all days on which the published months are the same', () => {
    const sample = readFolder(SAMPLE)?.texts ?? new Map();
    const [today, tomorrow, later] = ['2026-11-10', '2026-11-11', '2026-11-28'].map((day) =>
      calendars(published(sample, { now: at(`${day}T12:00:00Z`) })),
    );
    expect(today?.size).toBeGreaterThan(40);
    expect(tomorrow).toStrictEqual(today);
    expect(later).toStrictEqual(today);
  });

  test('have the time of the newest file they depend on: rota, team, hours, holidays, people, publishing, changes', () => {
    const rota = `${handbook.replace('name: In hours\n', 'name: In hours\nhours: h\n')}
== policies/support-hours/h.yaml
name: h
timezone: Europe/London
holidays: e
windows: {all: [{days: every, from: "00:00", to: "00:00"}]}
== policies/holidays/e.yaml
name: e
complete_from: 2026-01-01
complete_until: 2040-12-31
holidays: {}
== policies/notice.yaml
published_ahead: 1 week
`;
    const sequences = (newest: string) => {
      const all = published(texts(rota), {
        revisedAt: (file) => at(file === newest ? '2031-01-01T00:00:00Z' : '2030-01-01T00:00:00Z'),
      });
      return ['paas/in-hours', 'other/desk'].map((id) => {
        const stamps = all.get(`calendars/rotas/${id}.ics`)?.match(/(?<=LAST-MODIFIED:)\d{4}/g) ?? [];
        return [...new Set(stamps)].join();
      });
    };
    const inputs = [...texts(rota).keys(), 'rotas/other/planned-changes.yaml'];
    expect(inputs.map((file) => [file, ...sequences(file)])).toStrictEqual([
      ['rotas/people.yaml', '2031', '2031'],
      ['rotas/paas/team.yaml', '2031', '2030'],
      ['rotas/paas/in-hours.yaml', '2031', '2030'],
      ['rotas/paas/out-of-hours.yaml', '2030', '2030'],
      ['rotas/other/desk.yaml', '2030', '2031'],
      ['policies/publishing.yaml', '2031', '2031'],
      ['policies/support-hours/h.yaml', '2031', '2030'],
      ['policies/holidays/e.yaml', '2031', '2030'],
      ['policies/notice.yaml', '2030', '2030'],
      // A planned change of any team can assign somebody in any rota, and can be deleted with its file.
      ['rotas/other/planned-changes.yaml', '2031', '2031'],
    ]);
  });

  test('never get an earlier time when the published months move past the shifts of a person', () => {
    const files = texts(`
== rotas/people/first.yaml
people: {amara-osei: {name: Amara Osei}}
== rotas/people/then.yaml
people: {ben-adeyemi: {name: Ben Adeyemi}}
== rotas/paas/in-hours.yaml
name: In hours
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-11-02, people: [amara-osei]}, {first_turn: 2027-01-04, people: [ben-adeyemi]}]}
== policies/publishing.yaml
{back: 4 weeks, ahead: 26 weeks}
`);
    const revisedAt = (file: string) =>
      at(file.endsWith('first.yaml') ? '2031-01-01T00:00:00Z' : '2030-01-01T00:00:00Z');
    for (const now of ['2026-11-21T12:00:00Z', '2028-11-21T12:00:00Z']) {
      const feed = published(files, { now: at(now), revisedAt }).get('calendars/people/ben-adeyemi.ics');
      expect(feed, now).toContain('LAST-MODIFIED:20310101T000000Z');
    }
  });

  test('depend on the file of a person who is only named as replaced', () => {
    const replaced = texts(`
== rotas/people/here.yaml
people: {ben-adeyemi: {name: Ben Adeyemi}}
== rotas/people/gone.yaml
people: {amara-osei: {name: Amara Osei}}
== rotas/paas/in-hours.yaml
name: In hours
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-11-23, people: [amara-osei]}, {first_turn: 2026-11-30, people: []}]}
overrides:
  - {role: engineer, turn: 2026-11-23, person: ben-adeyemi, instead_of: amara-osei, reason: swap}
`);
    const revisedAt = (file: string) =>
      at(file.endsWith('gone.yaml') ? '2031-01-01T00:00:00Z' : '2030-01-01T00:00:00Z');
    const feed = published(replaced, { revisedAt }).get('calendars/rotas/paas/in-hours.ics');
    expect(feed?.replaceAll('\r\n ', '')).toContain('\\nInstead of Amara Osei\r\n');
    expect(feed).toContain('LAST-MODIFIED:20310101T000000Z');
  });
});

describe('a calendar that was published before', () => {
  const gone = { path: 'calendars/teams/old.ics', name: 'On call: Zoë’s team, old' };

  test('and whose owner was removed stays, empty, under its old name', () => {
    const all = published(files, { previous: [gone] });
    const text = all.get(gone.path) ?? '';
    expect(text.split('\r\n').filter((line) => /^(NAME|BEGIN|X-WR)/.test(line))).toStrictEqual([
      'BEGIN:VCALENDAR',
      String.raw`NAME:On call: Zoë’s team\, old`,
      String.raw`X-WR-CALNAME:On call: Zoë’s team\, old`,
      'X-WR-CALDESC:No longer in use\\; kept empty so that old entries disappear',
      'BEGIN:VTIMEZONE',
      'BEGIN:STANDARD',
    ]);
    expect(listed(all)).toContainEqual(gone);
  });

  test('and belonged to a removed person no longer contains their name, whatever the policy on names is now', () => {
    const path = 'calendars/people/zoe-akesson.ics';
    const all = published(files, { previous: [{ path, name: 'On call: Zoë Åkesson' }] });
    expect(listed(all)).toContainEqual({ path, name: 'On call: no longer in use' });
    for (const [where, text] of all) expect(text, where).not.toContain('Zoë');
    expect(all.get(path)).toContain('\r\nNAME:On call: no longer in use\r\n');
  });

  test('stays through any number of publications, and has events again when its owner returns', () => {
    const once = published(files, { previous: [gone] });
    const twice = published(files, { previous: listed(once) });
    expect(twice).toStrictEqual(once);
    const renamed = published(texts(handbook.replaceAll('nia-rhys', 'nia-jones')), {
      previous: listed(twice),
    });
    const path = 'calendars/people/nia-rhys.ics';
    expect(listed(renamed)).toContainEqual({ path, name: 'On call: no longer in use' });
    const back = published(files, { previous: listed(renamed) });
    expect(listed(back)).toContainEqual({ path, name: 'On call: Nia Rhys' });
  });

  const hostile = [
    '../calendars/all.ics',
    '/etc/passwd',
    'calendars/../../x.ics',
    'calendars/people/../all.ics',
    'calendars/people/a/b.ics',
    'calendars/people/a.ics/../../x.ics',
    'calendars/people/a.html',
    'calendars/people/.ics',
    'calendars/people/A.ics',
    'calendars/people/a.ics\n',
    'calendars/people/a\0.ics',
    'calendars\\people\\a.ics',
    'calendars/rotas/a.ics',
    'calendars/rotas/a/b/c.ics',
    `calendars/people/${'a'.repeat(65)}.ics`,
    'index.html',
    'shifts.json',
    'calendars/index.json',
    '__proto__',
    '',
  ];

  test.each(hostile)('and has the path %j is ignored, and creates no file', (path) => {
    expect(isFeedPath(path)).toBe(false);
    expect(published(files, { previous: [{ path, name: 'x' }] })).toStrictEqual(published(files));
  });

  test('with the path of a feed is kept', () => {
    const paths = ['all', 'people/a', 'teams/a-1', 'rotas/a/b', `people/${'a'.repeat(64)}`];
    expect(paths.map((path) => isFeedPath(`calendars/${path}.ics`))).toStrictEqual(paths.map(() => true));
  });
});

describe('private data', () => {
  /** Every private field has a unique value. */
  const secrets = `
== rotas/people.yaml
people:
  amara-osei:
    name: Amara Osei
    skills: [canary-skill]
    github: canary-github
    pagerduty: PCANARY1
    email: canary-mail@example.org
    vetted_on: 2019-03-07
    on_call_since: 2019-04-09
    delivery_lead: canary-lead
    away: [{first_day: 2027-01-11, last_day: 2027-01-13, reason: canary-absence}]
    works: [{days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], since: 2019-05-06}]
    holidays: canary-list
    first_day: 2019-06-03
    last_day: 2031-05-17
    reach: {phone: "+44 2019 2031", email: canary-reach@example.org}
  ben-adeyemi: {name: Ben Adeyemi, skills: [canary-skill], pagerduty: PCANARY5, vetted_on: 2019-03-07, on_call_since: 2019-04-09}
  canary-lead: {name: Delivery Lead, email: canary-lead-mail@example.org}
contacts:
  canary-desk: {name: Canary Inbox, email: canary-inbox@example.org, pagerduty: PCANARY2, reach: {phone: "2019"}}
== rotas/paas/team.yaml
{name: GOV.UK PaaS, leads: [amara-osei], channel: "#paas"}
== rotas/paas/in-hours.yaml
name: In hours
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles:
  engineer:
    needs: {skills: [canary-skill]}
    rotation: [{first_turn: 2026-09-07, people: [amara-osei, ben-adeyemi]}]
    turns: {2027-01-11: ben-adeyemi} # canary-comment
    pagerduty: {schedule: PCANARY3}
overrides:
  - {role: engineer, turn: 2026-12-07, person: amara-osei, instead_of: ben-adeyemi, reason: canary-swap}
  - role: engineer
    person: ben-adeyemi
    instead_of: amara-osei
    from: 2026-12-10T18:00
    to: 2026-12-10T20:00
    reason: canary-cover
== policies/escalation/chain.yaml
{name: canary-chain, applies_in: [in-hours], levels: [{notify: [{person: amara-osei}]}], pagerduty: {policy: PCANARY4}}
== policies/holidays/canary-list.yaml
{name: canary-list, complete_from: 2026-01-01, complete_until: 2031-12-31, holidays: {2027-01-12: canary-day}}
== policies/support-hours/h.yaml
{name: h, timezone: Europe/London, windows: {in-hours: [{days: working, from: "09:00", to: "17:00"}]}}
`;

  test('is in no file: no address, absence, reason, vetting, account or PagerDuty id', () => {
    expect(checked(secrets)).toStrictEqual([]);
    for (const names of ['full', 'initials']) {
      const all = published(texts(`${secrets}== policies/publishing.yaml\nnames: ${names}\n`));
      expect([...all.keys()]).toContain('people/amara-osei.html');
      // The id of a person without a seat is the name of a feed and a page, and thus public, as are the rules.
      for (const [path, text] of all)
        if (!path.endsWith('.css'))
          expect(
            text.replaceAll(/canary-lead\.(ics|html)/g, '').replace(/<ul class="rules".*?<\/ul>/s, ''),
            path,
          ).not.toMatch(
            /canary(?!-lead"|-lead\.)|@(?!type|param|returns)|2019|2031|away|reason|last_day|vetted|Inbox/i,
          );
    }
  });

  test('includes how somebody is reached, which is in pages alone and only as the policy says', () => {
    const chat = secrets.replace(
      'reach: {phone: "+44 2019 2031"',
      'reach: {slack: "@chat-amara", phone: "+44 2019 2031"',
    );
    const publishedIn = (policy: string, what: string) =>
      [...published(texts(`${chat}== policies/publishing.yaml\n${policy}\n`))].flatMap(([path, text]) =>
        text.includes(what) ? [path] : [],
      );
    const pages = ['teams/paas.html', 'people/amara-osei.html'];
    expect(publishedIn('names: full', '@chat-amara')).toStrictEqual(pages);
    expect(publishedIn('names: initials', '@chat-amara')).toStrictEqual([]);
    expect(publishedIn('reach: []', '@chat-amara')).toStrictEqual([]);
    for (const what of ['+44 2019 2031', 'canary-reach@example.org'])
      expect(publishedIn('names: full', what)).toStrictEqual([]);
    expect(publishedIn('reach: [phone]', '+44 2019 2031')).toStrictEqual(pages);
    expect(publishedIn('reach: [phone]', '@chat-amara')).toStrictEqual([]);
  });

  test('includes names if the policy asks for initials, also those of people who were replaced', () => {
    const all = published(texts(`${secrets}== policies/publishing.yaml\nnames: initials\n`));
    for (const [path, text] of all)
      expect(text.replaceAll('\r\n ', ''), path).not.toMatch(/Amara|Osei|Adeyemi|Delivery/);
    const feed = all.get('calendars/people/ben-adeyemi.ics')?.replaceAll('\r\n ', '');
    expect(feed).toContain('NAME:On call: BA\r\n');
    expect(feed).toContain('SUMMARY:BA on call: GOV.UK PaaS\\, In hours (engineer)\r\n');
    expect(feed).toContain('\\nInstead of AO\r\n');
    expect(all.get('index.html')).toContain('<a href="people/amara-osei.html">AO</a>');
  });
});

describe('somebody with a zone of their own', () => {
  const abroad = texts(
    handbook.replace('{name: Ben Adeyemi}', '{name: Ben Adeyemi, zone: America/New_York}'),
  );
  const all = published(abroad, { now: at('2026-11-21T12:00:00Z') });
  const feed = (path: string) => all.get(`calendars/${path}.ics`)?.replaceAll('\r\n ', '') ?? '';

  test('reads the times of their shifts in it, beside those of the rota', () => {
    const both =
      'Mon 28 Sep 09:00 – Mon 5 Oct 09:00\\, Europe/London\\nMon 28 Sep 04:00 – Mon 5 Oct 04:00\\, America/New_York\r\n';
    expect(feed('people/ben-adeyemi')).toContain(both);
    expect(feed('rotas/paas/in-hours')).toContain(both);
    expect(feed('people/amara-osei')).not.toContain('New_York');
  });

  test('has a page in it', () => {
    const page = all.get('people/ben-adeyemi.html') ?? '';
    expect(page).toContain('Times are those of America/New_York.');
    expect(page).toContain('Mon 23 Nov 04:00');
    expect(page).not.toContain('Mon 23 Nov 09:00');
    expect(all.get('people/amara-osei.html')).toContain('Times are those of Europe/London.');
  });
});

test('who has left is not among those without a shift; who has not started is', () => {
  const people = (keys: string) =>
    published(texts(handbook.replace('{name: Nia Rhys}', `{name: Nia Rhys, ${keys}}`)), {
      now: at('2026-11-21T12:00:00Z'),
    }).get('everyone.html');
  expect(people('last_day: 2026-11-21')).toContain('Nia Rhys');
  expect(people('last_day: 2026-11-20')).not.toContain('Nia Rhys');
  expect(people('last_day: 2026-11-20, zone: Pacific/Auckland')).not.toContain('Nia Rhys');
  expect(people('first_day: 2027-01-04')).toContain('Nia Rhys');
});
