/** The published pages as text: escaping, size, and when they change. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../../actions/lib/git/working-tree.ts';
import { hard, large } from '../../browser/handbooks.ts';
import { at, checked, published, SAMPLE, texts } from '../../handbook.ts';

const root = join(import.meta.dirname, '../../..');
const sample = new Map(readFolder(SAMPLE)?.texts);
const htmlOf = (all: ReadonlyMap<string, string>) => [...all].filter(([path]) => path.endsWith('.html'));
const page = (all: ReadonlyMap<string, string>, path: string): string => {
  const text = all.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
};
const plain = (html: string): string =>
  html
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

test('the difficult handbook has no findings', () => {
  expect(checked(hard).filter((line) => !line.endsWith('[decided-ahead]'))).toStrictEqual([]);
});

test('there is a front page, a page for each team and each person, and one for everyone', () => {
  expect(htmlOf(published(texts(hard))).map(([path]) => path)).toStrictEqual([
    'index.html',
    ...['large', 'three', 'waiting'].map((id) => `teams/${id}.html`),
    'everyone.html',
    ...[
      'amara-osei',
      'ben-adeyemi',
      'chi-wong',
      'dee-novak',
      'eli-shah',
      'fiona-macaulay',
      'gareth-llewellyn',
      'lukasz-zielinski',
      'maximiliana-wolfeschlegelsteinhausenbergerdorff-de-oliveira',
      'nia-rhys',
      'ola-berg',
      'pia-lund',
      'rohan-mukherjee',
      'uma-ray',
      'wang-xiaoming',
      'yasmin-haddad',
      'zoe-akesson',
    ].map((id) => `people/${id}.html`),
  ]);
});

describe('every page', () => {
  const all = htmlOf(published(texts(hard)));

  test('declares its language and encoding, and loads nothing from other sites', () => {
    for (const [path, text] of all) {
      expect(text, path).toMatch(/^<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n/);
      expect(text, path).toContain(
        `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;; img-src &#39;self&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
      );
      expect(text, path).not.toMatch(
        /<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src="[./]*now\.js" defer><)/,
      );
      expect(
        text.match(/(?:src|<link[^>]*href)="(?![./]*(?:now\.js|site\.css|icon\.svg)")/g),
        path,
      ).toBeNull();
    }
  });

  test('closes every tag, and has no id twice', () => {
    const empty = new Set(['meta', 'link', 'path', 'rect']);
    for (const [path, text] of all) {
      const open: string[] = [];
      for (const [whole, close, name = '', inside = ''] of text.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/gi)) {
        if (close === '/') expect(open.pop(), `${path} ${whole}`).toBe(name);
        else if (!empty.has(name)) open.push(name);
        else if (name === 'path' || name === 'rect') expect(inside.endsWith('/'), whole).toBe(true);
      }
      expect(open, path).toStrictEqual([]);
      const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });
});

test('text from the handbook is escaped: pages contain only their own tags', () => {
  const evil = '"><img src=x onerror=alert(1)>&amp;\u202e';
  const calm = published(texts(hard));
  const marked = published(
    texts(
      hard.replaceAll(
        /name: ([A-Z][^,}\n]*)/g,
        (_, name: string) => `name: ${JSON.stringify(`${name}${evil}`)}`,
      ),
    ),
  );
  const tags = (all: ReadonlyMap<string, string>, path: string) =>
    new Set(page(all, path).match(/<\/?[a-z0-9]+/gi));
  // The schemas refuse such names, so they are added to a loaded handbook: as ids and names of feeds.
  for (const [path] of htmlOf(calm)) {
    if (!marked.has(path)) continue;
    expect(
      [...tags(marked, path)].filter((tag) => !tags(calm, path).has(tag)),
      path,
    ).toStrictEqual([]);
    expect(page(marked, path)).not.toContain('<img');
  }
});

describe('a change of a page', () => {
  const made = (now: string, files = texts(hard)) => published(files, { now: at(now) });
  const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...one].flatMap(([path, text]) => {
      const [before, after] = [text.split('\n'), (other.get(path) ?? '').split('\n')];
      return before.length === after.length
        ? before.flatMap((line, i) => (line === after[i] ? [] : [`${path}: ${line.replace(/<[^>]+>/g, '')}`]))
        : [`${path}: another number of lines`];
    });

  test('a minute later is only in the line with the time of the check', () => {
    const found = differing(made('2026-11-21T12:00:00Z'), made('2026-11-21T12:01:00Z'));
    expect(new Set(found.map((line) => line.replace(/^.*: /, '')))).toStrictEqual(
      new Set(['checked at Sat 21 Nov 2026, 12:00 UTC']),
    );
    expect(found).toHaveLength(htmlOf(made('2026-11-21T12:00:00Z')).length);
  });

  test('does not happen if the input is the same', () => {
    expect([...published(sample)]).toStrictEqual([...published(sample)]);
  });

  test('follows a hand-over', () => {
    const found = differing(made('2026-11-23T08:59:00Z'), made('2026-11-23T09:00:00Z'));
    expect(found.some((line) => line.startsWith('index.html: ') && !line.includes('checked at'))).toBe(true);
  });
});

describe('the size of a page', () => {
  const LIMIT = 150_000;
  const many = (rotas: number, handover: string) =>
    texts(`
== rotas/people.yaml
people: {${Array.from({ length: 24 }, (_, i) => `p${i}: {name: Person of the name ${i}}`).join(', ')}}
${Array.from(
  { length: rotas },
  (_, i) => `== rotas/team/rota-${i}.yaml
name: The rota of the number ${i}
timezone: Europe/London
handover: ${handover}
roles:
  engineer: {rotation: [{first_turn: 2026-09-07, people: [p0, p1, p2, p3, p4, p5, p6, p7]}]}
  comms: {rotation: [{first_turn: 2026-09-07, people: [p8, p9, p10, p11, p12, p13, p14]}]}
`,
).join('')}`);

  test.each([
    ['the sample', sample],
    ['twelve people and long names', texts(hard)],
    ['ten rotas handed over weekly', many(10, '{day: monday, time: "09:00"}')],
    ['twenty rotas handed over weekly', many(20, '{day: monday, time: "09:00"}')],
    ['six rotas handed over daily', many(6, '{every: day, time: "09:00"}')],
    ['forty rotas handed over daily', many(40, '{every: day, time: "09:00"}')],
  ])('is under 150 kB for a team of %s', (_, files) => {
    const teams = [...published(files)].filter(([path]) => /^teams\/.*\.html$/.test(path));
    expect(teams.length).toBeGreaterThan(0);
    for (const [path, text] of teams) expect(Buffer.byteLength(text), path).toBeLessThan(LIMIT);
  });

  test('is under 11 kB for the script', () => {
    expect(statSync(join(root, 'actions/lib/site/page/now.js')).size).toBeLessThan(11_000);
  });
});

describe('the front page', () => {
  const text = plain(page(published(texts(hard)), 'index.html'));

  test('shows who holds each role, until when, and who is next, those on duty first', () => {
    expect(text).toContain(
      'Nights and weekends first Ben Adeyemi until Mon 23 Nov 09:00 Next: Ben Adeyemi , Mon 23 Nov 17:00 , then Chi Wong , Wed 25 Nov 17:00',
    );
    expect(text.indexOf('Nights and weekends')).toBeLessThan(text.indexOf('Days comms'));
    expect(text).toContain('Days comms Off duty Next: Zoë Åkesson , Mon 23 Nov 09:00');
  });

  test('lists the coming holidays, a team without rotas, and whom to call', () => {
    expect(text).toContain('Fri 25 Dec Christmas Day Mon 28 Dec Boxing Day');
    expect(text).toContain('A team that has not begun This team has no rota yet.');
    expect(text).toContain('Whom to call for The website');
  });

  test('links to each of several teams', () => {
    const html = page(published(texts(hard)), 'index.html');
    const jumps = [...html.matchAll(/<a href="#(team-[^"]+)">/g)].map(([, id]) => id);
    expect(jumps).toStrictEqual(['team-large', 'team-three', 'team-waiting']);
    expect([...html.matchAll(/<h2 id="(team-[^"]+)">/g)].map(([, id]) => id)).toStrictEqual(jumps);
    const one = published(texts('== rotas/people.yaml\npeople: {}\nteams: {ops: {name: Ops}}\n'));
    expect(page(one, 'index.html')).not.toContain('href="#team');
  });

  test('of an empty handbook says that it has no teams', () => {
    const empty = published(texts('== rotas/people.yaml\npeople: {}\n'));
    expect(plain(page(empty, 'index.html'))).toContain('There is no team in this handbook yet.');
  });
});

describe('a team’s page', () => {
  const all = published(texts(hard));
  const large = page(all, 'teams/large.html');
  const text = plain(large);

  test('has a row for each role, with names in the bars, weekends, holidays, hand-overs and today', () => {
    expect(
      large.match(/<text class="row-name"[^>]*>([^<]*)/g)?.map((it) => it.replace(/.*>/, '')),
    ).toStrictEqual([
      'Days comms',
      'Days engineer',
      'Nights and weekends first',
      'Nights and weekends second',
    ]);
    expect(large.match(/class="weekend" d=/g)).toHaveLength(13);
    expect(large).toContain('<g class="holiday"><title>Fri 25 Dec: Christmas Day</title>');
    expect(large).toMatch(/<path class="handover" d="M\d/);
    expect(large).toContain('<text y="25">today</text>');
    expect(large).toMatch(
      /<title>Chi Wong, Wed 25 Nov 17:00 – Wed 2 Dec 09:00<\/title><rect [^>]*><text [^>]*>Chi Wong</,
    );
  });

  test('marks swaps, covers and extra cover, with the person replaced', () => {
    expect(text).toContain(
      'Thu 3 Dec 18:00 – 21:00 Nia Rhys in place of Dee Novák Nights and weekends, first',
    );
    expect(text).toContain('Thu 10 Dec 12:00 – 14:00 Nia Rhys as extra cover, beyond the hours of the rota');
    expect(text).toContain(
      'Mon 14 Dec 09:00 – Fri 18 Dec 17:00 Dee Novák in place of Chi Wong Days, engineer',
    );
    expect(large).toContain('<title>Nia Rhys in place of Dee Novák, Thu 3 Dec 18:00</title>');
  });

  test('shows an empty seat in the chart and in its table', () => {
    expect(large).toContain(
      '<g class="bar nobody"><title>nobody, Wed 25 Nov 17:00 – Wed 9 Dec 09:00</title>',
    );
    expect(text).toContain('Wed 25 Nov 17:00 Wed 9 Dec 09:00 nobody');
  });

  test('lists the hours by day, including a holiday', () => {
    expect(text).toContain(
      'Monday to Friday out-of-hours 00:00–09:00; in-hours 09:00–17:00; out-of-hours 17:00–24:00 Saturday to Sunday out-of-hours all day Holiday out-of-hours all day',
    );
  });

  test('shows each chain as steps with delays, and who would be called now', () => {
    expect(text).toContain(
      'By night In force now out-of-hours: The website P1 is answered within 40 minutes , promised At once Ben Adeyemi Nights and weekends, first After 5 minutes Yasmin Haddad Nights and weekends, second After 15 minutes Uma Ray Then from the top again, 2 times',
    );
    expect(text).toContain(
      'At once Nobody now ; from Mon 23 Nov 09:00 王小明 Days, engineer After 10 minutes Uma Ray',
    );
    expect(large.match(/<div class="chain on"/g)).toHaveLength(1);
  });

  test('shows a chain as in force while it is for any of the services that share it', () => {
    const shared = hard
      .replace(
        /(\n {2}website: .*)/,
        '$1\n  yard: {name: The yard, team: large, service_level: half, escalation: {in-hours: days}}',
      )
      .concat(`== policies/support-hours/half.yaml
{name: Half days, timezone: Europe/London, windows: {in-hours: [{days: working, from: "09:00", to: "12:00"}]}}
== policies/service-levels/half.yaml
{name: Half, hours: half, priorities: {P1: {name: Down, in_hours: {respond: 1 hour}}}, clock: {in-hours: in_hours}}
`);
    const chain = /data-spans="([^"]*)">\n<h3>By day/.exec(
      page(published(texts(shared)), 'teams/large.html'),
    );
    expect(chain?.[1]?.split(' ')[0]).toBe('2026-11-16T09:00:00Z/2026-11-16T17:00:00Z');
  });

  test('shows the chain in force first, and within a step the people on duty first', () => {
    const both = hard
      .replace('notify: [large/nights/first]', 'notify: [large/days/engineer, large/nights/first]')
      .replace('notify: [large/days/engineer]', 'notify: [large/nights/first, large/days/engineer]');
    const stepsAt = (now: string) =>
      plain(page(published(texts(both), { now: at(now) }), 'teams/large.html')).match(
        /(?<=Whom to call ).*?(?= After)/,
      )?.[0];
    expect(stepsAt('2026-11-21T12:00:00Z')).toBe(
      'By night In force now out-of-hours: The website P1 is answered within 40 minutes , promised At once Ben Adeyemi Nights and weekends, first Nobody now ; from Mon 23 Nov 09:00 王小明 Days, engineer',
    );
    expect(stepsAt('2026-11-23T12:00:00Z')).toBe(
      'By day In force now in-hours: The website P1 is answered within 15 minutes , promised At once 王小明 Days, engineer Nobody now ; from Mon 23 Nov 17:00 Ben Adeyemi Nights and weekends, first',
    );
  });

  const changed = (text: string, path: string, now = '2026-11-21T12:00:00Z') =>
    plain(page(published(texts(text), { now: at(now) }), path));

  test('passes over a level that reaches nobody, in a chain that is in force', () => {
    const night = '2026-11-25T18:00:00Z';
    expect(changed(hard, 'teams/large.html', night)).toMatch(
      /By night In force now .* At once .* Passed over Nobody .* After 5 minutes Uma Ray/,
    );
  });

  test('says for which priorities a level is, and calls a contact by its name', () => {
    const some = hard
      .replace(
        'escalate_after: 10 minutes}\n  - {notify: [person: uma-ray]}',
        'escalate_after: 10 minutes, at_once_for: [P1]}\n  - {notify: [person: uma-ray, contact: desk], only_for: [P1], at_once_for: [P1]}',
      )
      .replace(
        '== policies/support-hours',
        'contacts:\n  desk: {name: The desk, reach: {slack: "#desk", phone: "1234"}}\n== policies/support-hours',
      );
    expect(changed(some, 'teams/large.html')).toContain(
      'At once Ben Adeyemi Nights and weekends, first At once only for P1 Uma Ray The desk chat #desk After 5 minutes at once for P1 Yasmin Haddad',
    );
  });

  test('shows the people of a planned change under way first of all, and a later one hidden', () => {
    const planned = `${hard}== rotas/large/planned-changes.yaml
changes:
  network: {service: website, summary: New network, timezone: Europe/London, from: 2026-12-01T20:00, to: 2026-12-01T22:00, requested_at: 2026-11-20T10:00:00Z, assigned: [{role: large/nights/first, person: eli-shah}]}
`;
    expect(changed(planned, 'teams/large.html', '2026-12-01T20:00:00Z')).toContain(
      'Whom to call Planned change Under way now The website: New network, Tue 1 Dec 20:00 – 22:00 Europe/London First of all Eli Shah Nights and weekends, first Then the chain in force, if there is one By night',
    );
    const before = page(published(texts(planned), { now: at('2026-12-01T19:59:00Z') }), 'teams/large.html');
    expect(before).toMatch(
      /<div class="chain change" data-spans="2026-12-01T20:00:00Z\/2026-12-01T22:00:00Z" hidden>/,
    );
  });

  test('says example beside figures and steps that are one, and where others come from', () => {
    const marked = hard
      .replace('source: The agreement', 'example: true')
      .replace(
        'P1: {name: Everything is down,',
        'P1: {name: Everything is down, source: https://example.org/gold,',
      )
      .replace('escalate_after: 5 minutes}', 'escalate_after: 5 minutes, example: true}')
      .concat('== policies/notice.yaml\nrota_change: {minimum: 7 days, example: true}\n');
    const team = changed(marked, 'teams/large.html');
    expect(team).toContain('At once example Ben Adeyemi');
    expect(team).toContain('Gold example Priority');
    expect(team).toContain('Promised in https://example.org/gold');
    expect(team).toContain('7 days at least example ; any notice is enough');
    expect(changed(hard, 'teams/large.html')).not.toContain('example ');
  });

  test("gives a team's own figures with their own origins, and the common ones with those of the file", () => {
    const own = hard.concat(`== policies/notice.yaml
source: A playbook
published_ahead: 13 weeks
rota_change: {minimum: 7 days}
teams: {large: {rota_change: {minimum: 2 days, example: true}, published_ahead: 5 weeks}}
== policies/on-call.yaml
rest: {longest_unbroken: 8 days, source: Another playbook}
teams: {large: {rest: {longest_unbroken: 6 days}}}
`);
    const large = changed(own, 'teams/large.html');
    expect(large).toContain('2 days at least example any notice is enough');
    expect(large).toMatch(/out of hours From A playbook/);
    expect(large).toContain('5 weeks ahead Based on');
    expect(large).toContain('6 days at most Based on');
    const three = changed(own, 'teams/three.html');
    expect(three).toContain('7 days at least ; any notice is enough');
    expect(three).toContain('13 weeks ahead From A playbook');
    expect(three).toContain('8 days at most From Another playbook');
  });

  test('says what is promised without a figure', () => {
    const soon = hard.replace(
      'in_hours: {respond: 15 minutes, update: 1 hour}',
      'in_hours: {as_soon_as_possible: true}',
    );
    expect(changed(soon, 'teams/large.html')).toContain('P1 Everything is down respond as soon as possible');
  });

  test('has what whoever is on needs, with links, and its text escaped', () => {
    const guided = hard
      .replace(
        '  engineer: {rotation: [{first_turn: 2026-09-07, people: [',
        '  engineer: {duties: [Watch "it" & tell], runbook: "https://example.org/a?b=1&c=2", rotation: [{first_turn: 2026-09-07, people: [',
      )
      .replace(
        '{name: The website,',
        '{name: The website, links: {"Logs & more": https://example.org/logs},',
      );
    expect(checked(guided).filter((line) => !line.endsWith('[decided-ahead]'))).toStrictEqual([]);
    const html = page(published(texts(guided)), 'teams/large.html');
    expect(html).toContain('<li>Watch &quot;it&quot; &amp; tell</li>');
    expect(html).toContain('<a href="https://example.org/a?b=1&amp;c=2">Runbook</a>');
    expect(html).toContain('<a href="https://example.org/logs">Logs &amp; more</a>');
    expect(large).not.toContain('For whoever is on');
  });

  test('shows how people are reached by chat, and otherwise only as the policy says', () => {
    const reached = hard.replace(
      'name: Amara Osei',
      'name: Amara Osei, reach: {slack: "@amara", phone: "+44 20", email: a@example.org}',
    );
    expect(changed(reached, 'teams/large.html')).toContain(
      'How to reach the people of this team Amara Osei : chat @amara ',
    );
    expect(changed(reached, 'people/amara-osei.html')).toContain('Reached by chat @amara.');
    const more = reached.replace('ahead: 52 weeks}', 'ahead: 52 weeks, reach: [phone, email]}');
    expect(changed(more, 'people/amara-osei.html')).toContain(
      'Reached by phone +44 20, e-mail a@example.org.',
    );
    const none = reached.replace('ahead: 52 weeks}', 'ahead: 52 weeks, reach: []}');
    expect(changed(none, 'people/amara-osei.html')).not.toContain('Reached');
  });

  test('shows the channel and the leads of the team; the front page shows the channel', () => {
    const reached = (more: string) =>
      published(texts(hard.replace('name: A team of twelve people\n', (name) => name + more)));
    const both = reached('channel: "#ops & friends"\nleads: [nia-rhys, uma-ray]\n');
    expect(plain(page(both, 'teams/large.html'))).toContain(
      'Ask the team in #ops &amp; friends . Led by Nia Rhys , Uma Ray .',
    );
    expect(plain(page(both, 'index.html'))).toContain(
      'Whom to call for The website Ask the team in #ops &amp; friends',
    );
    expect(page(reached('leads: [nia-rhys]\n'), 'teams/large.html')).toContain(
      '<p class="reach">Led by <a href="../people/nia-rhys.html">Nia Rhys</a>.</p>',
    );
    expect(large).not.toContain('class="reach"');
  });

  test('shows the service levels', () => {
    expect(text).toContain(
      'Gold Priority In hours in-hours Out of hours out-of-hours P1 Everything is down respond in 15 minutes an update every 1 hour respond in 40 minutes',
    );
  });

  test('lists the rules that apply to it, with the figures of its policies, and no others', () => {
    expect(text).toContain('Every change of cover gives the notice that the policy requires.');
    expect(text).toContain('any notice is enough for a short cover of up to 1 day');
    expect(text).not.toContain('out-of-hours turns are separated');
    expect(plain(page(published(sample), 'teams/paas.html'))).toContain(
      "A person's out-of-hours turns are separated by enough turns of others. 1 turn of others in between example Based on this handbook's own policy",
    );
  });
});

describe('a person’s page', () => {
  const all = published(texts(hard));

  test('shows their coming shifts, whom they replace, and their workload', () => {
    const text = plain(page(all, 'people/dee-novak.html'));
    expect(text).toContain('December 2026 Wed 2 Dec 17:00 – Thu 3 Dec 18:00 On now');
    expect(text).toContain('A team of twelve people , Days, engineer in place of Chi Wong');
    expect(text).toMatch(
      /Workload shifts 1\d\d weeks \d+ weekend days \d+ holidays \d+ From Thu 1 Oct 2026 to Tue 30 Nov 2027/,
    );
  });

  test('says if there is no shift', () => {
    expect(plain(page(all, 'people/uma-ray.html'))).toContain('No shift until Tue 30 Nov 2027.');
  });
});

describe('holidays', () => {
  const list = (id: string, days: string) => `== policies/holidays/${id}.yaml
{name: ${id}, complete_from: 2026-01-01, complete_until: 2030-12-31, holidays: {${days}}}
`;
  const hours = (id: string, more = '') => `== policies/support-hours/${id}.yaml
{name: ${id}, timezone: UTC, holidays: england, windows: {all: [{days: every, from: "00:00", to: "00:00"}]}${more}}
`;
  const handbook = (rota: string, office: string) => `== rotas/people.yaml
people: {ann: {name: Ann}}
== rotas/t/desk.yaml
name: Desk
timezone: UTC
hours: office
handover: {day: wednesday, time: "10:00"}
roles: {e: {rotation: [{first_turn: 2026-11-04, people: [ann]}]}}
${rota}== policies/publishing.yaml
{back: 1 week, ahead: 20 weeks}
${hours('office', office)}${hours('moved').replace('england', 'scotland')}${list('england', '2026-12-25: Christmas Day')}${list('scotland', '2026-11-30: St Andrew’s Day, 2027-02-08: A day of theirs')}`;

  test.each([
    ['the rota goes by other hours', 'amendments: [{first_day: 2027-02-01, hours: moved}]\n', ''],
    ['its hours go by another list', '', ', amendments: [{first_day: 2027-02-01, holidays: scotland}]'],
  ])('are those in force on their day, where %s from then on', (_, rota, office) => {
    expect(checked(handbook(rota, office)).filter((line) => !line.includes('decided'))).toStrictEqual([]);
    const all = published(texts(handbook(rota, office)));
    for (const path of ['index.html', 'teams/t.html'])
      expect(plain(page(all, path)).replaceAll(/ (england|scotland)/g, '')).toMatch(
        /Holidays ahead Fri 25 Dec Christmas Day Mon 8 Feb A day of theirs (Calendars|Support hours)/,
      );
    expect(plain(page(all, 'people/ann.html'))).toContain('holidays 2');
  });
});

describe('a shift that ends beyond the published months', () => {
  const long = `
== rotas/long/year.yaml
name: Year
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {e: {rotation: [{first_turn: 2026-11-04, people: [p0]}, {first_turn: 2027-08-04, people: [p1]}]}}
`;
  const people = '== rotas/people.yaml\npeople: {p0: {name: P Nought}, p1: {name: P One}}\n';
  const all = published(texts(people + long));

  test('has its real end on every page', () => {
    expect(plain(page(all, 'index.html'))).toContain('e P Nought until Wed 4 Aug 10:00');
    expect(plain(page(all, 'people/p0.html'))).toContain('Wed 4 Nov 10:00 – Wed 4 Aug 10:00');
    expect(plain(page(all, 'teams/long.html'))).toContain('Wed 4 Nov 10:00 Wed 4 Aug 10:00 P Nought');
    for (const [path, text] of htmlOf(all)) expect(text, path).not.toContain('until further notice');
  });

  test('shows the year of its end if that is nearly a year away or more', () => {
    const longer = published(texts(people + long.replace('2027-08-04', '2027-11-03')));
    expect(plain(page(longer, 'index.html'))).toContain('e P Nought until Wed 3 Nov 2027 10:00');
    expect(plain(page(longer, 'people/p0.html'))).toContain('Wed 4 Nov 10:00 – Wed 3 Nov 2027 10:00');
    expect(plain(page(longer, 'teams/long.html'))).toContain('Wed 4 Nov 10:00 Wed 3 Nov 2027 10:00');
    expect(page(longer, 'teams/long.html')).toContain(
      '<title>P Nought, Wed 4 Nov 10:00 – Wed 3 Nov 2027 10:00</title>',
    );
  });

  test('is not clipped in the file of a large organisation’s team either', () => {
    const shifts = published(texts(large + long)).get('teams/long.json') ?? '';
    expect(JSON.parse(shifts)).toStrictEqual([
      {
        rota: 'long/year',
        role: 'e',
        person: 'p0',
        start: '2026-11-04T10:00:00Z',
        end: '2027-08-04T09:00:00Z',
      },
    ]);
  });

  test('without an end is until further notice', () => {
    const forever = published(texts(people + long.replace(/, {first_turn: 2027[^}]*}/, '')));
    for (const path of ['index.html', 'people/p0.html', 'teams/long.html'])
      expect(plain(page(forever, path)), path).toContain('until further notice');
  });

  test('of days with nights between them continues to the last day', () => {
    const office = long
      .replace('timezone: Europe/London\n', 'timezone: Europe/London\nhours: office\n')
      .concat(`== policies/support-hours/office.yaml
{name: Office, timezone: Europe/London, windows: {all: [{days: working, from: "09:00", to: "17:00"}]}}
`);
    expect(plain(page(published(texts(people + office)), 'people/p0.html'))).toContain(
      'Wed 4 Nov 10:00 – Wed 4 Aug 10:00',
    );
  });
});

test('everyone’s share is shown as numbers and bars, with weekends and holidays separate, the largest first', () => {
  const text = page(published(texts(hard)), 'everyone.html');
  const rows = [...text.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([row]) => plain(row).trim());
  expect(rows[0]).toBe('Dee Novák 107 20 0 32 1726');
  expect(rows.find((row) => row.startsWith('Nia'))).toBe('Nia Rhys 2 0 0 2 5');
  expect(text).toMatch(/<td class="shifts"><span>107<\/span><svg [^>]*><rect width="100" /);
  expect(text).toMatch(/<a href="people\/uma-ray.html">Uma Ray<\/a>/);
});

test('an unknown commit is not shown', () => {
  const text = page(published(texts(hard), { commit: undefined }), 'index.html');
  expect(plain(text)).toContain('Checked at Sat 21 Nov 2026, 12:00 UTC');
  expect(text).not.toContain('commit');
});
