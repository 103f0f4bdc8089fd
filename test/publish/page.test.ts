/** The page: who is on, every calendar, and no markup but its own, whatever names say. */
import { describe, expect, test } from 'vitest';
import { indexPage } from '../../actions/lib/publish/page.ts';
import { who } from '../../actions/lib/publish/who.ts';
import { at, loaded } from '../handbook.ts';

const handbook = `
== rotas/people.yaml
people:
  amara-osei: {name: "Amara & \\"Osei\\""}
  ben-adeyemi: {name: Ben O'Adeyemi}
== rotas/paas/team.yaml
name: GOV.UK & PaaS
== rotas/paas/desk.yaml
name: Desk "one"
timezone: Europe/London
hours: paas
handover: {day: monday, time: "09:00"}
roles:
  clerk: {rotation: [{first_turn: 2026-11-02, people: [amara-osei, ben-adeyemi]}]}
  idle: {}
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
windows: {in-hours: [{days: working, from: "09:00", to: "17:00"}]}
`;

const page = (iso: string, feeds: readonly { path: string; name: string }[] = [], text = handbook) => {
  const { handbook: given } = loaded(text);
  return indexPage(given, who(given, at(iso)), feeds, at(iso));
};

const rows = (html: string): string[] => html.match(/(?<=<tr><td>).*(?=<\/td><\/tr>)/g) ?? [];

describe('the table', () => {
  test.each([
    [
      '2026-11-18T12:00:00Z',
      'Amara &amp; &quot;Osei&quot;',
      'Wed 18 Nov 17:00',
      'Amara &amp; &quot;Osei&quot;, Thu 19 Nov 09:00',
    ],
    ['2026-11-20T17:00:00Z', 'nobody', 'Mon 23 Nov 09:00', 'Ben O&#39;Adeyemi, Mon 23 Nov 09:00'],
    // In summer, London is an hour ahead of UTC, and the page speaks London.
    [
      '2027-07-01T15:30:00Z',
      'Amara &amp; &quot;Osei&quot;',
      'Thu 1 Jul 17:00',
      'Amara &amp; &quot;Osei&quot;, Fri 2 Jul 09:00',
    ],
  ])('at %s says who is on, until when and who is next, in the zone of the rota', (iso, on, until, next) => {
    expect(rows(page(iso))).toStrictEqual([
      ['GOV.UK &amp; PaaS, Desk &quot;one&quot;', 'clerk', on, until, next].join('</td><td>'),
      ['GOV.UK &amp; PaaS, Desk &quot;one&quot;', 'idle', 'nobody', '', ''].join('</td><td>'),
    ]);
  });

  test('says when it was made, in UTC', () => {
    expect(page('2027-07-01T15:30:00Z')).toContain('<p>As it stood on Thu 1 Jul 15:30 UTC. ');
  });

  test('names a team without a file by its folder', () => {
    expect(
      rows(page('2026-11-18T12:00:00Z', [], handbook.replace(/== rotas\/paas\/team.yaml\n.*\n/, '')))[0],
    ).toMatch(/^paas, Desk/);
  });
});

describe('the calendars', () => {
  test('are linked by a path beside the page, under the names they have', () => {
    const feeds = [
      { path: 'calendars/all.ics', name: 'On call: everyone' },
      { path: 'calendars/people/amara-osei.ics', name: 'On call: Amara & "Osei"' },
    ];
    expect(page('2026-11-18T12:00:00Z', feeds).match(/<li>.*<\/li>/g)).toStrictEqual([
      '<li><a href="calendars/all.ics">On call: everyone</a></li>',
      '<li><a href="calendars/people/amara-osei.ics">On call: Amara &amp; &quot;Osei&quot;</a></li>',
    ]);
  });
});

test('text from elsewhere brings no markup: each tag of the page is one of its own', () => {
  const evil = '</a><script>alert("1")</script><img src=x onerror=\'y\'>\u202e';
  const tags = (html: string) => [...new Set(html.match(/<\/?[a-z0-9]+/g))].toSorted();
  const feeds = [{ path: `calendars/"><b onclick="${evil}`, name: evil }];
  const html = page('2026-11-18T12:00:00Z', feeds);
  expect(tags(html)).toStrictEqual(tags(page('2026-11-18T12:00:00Z', [{ path: 'a', name: 'b' }])));
  expect(html).toContain(
    '&lt;/a&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;y&#39;&gt; </a>',
  );
  expect(html).toContain('href="calendars/&quot;&gt;&lt;b onclick=&quot;');
});

test('every tag that opens closes, and the page names its language and its letters', () => {
  const html = page('2026-11-18T12:00:00Z', [{ path: 'calendars/all.ics', name: 'x' }]);
  for (const tag of [
    'html',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'ul',
    'li',
    'a',
    'p',
    'h1',
    'h2',
    'style',
    'title',
  ]) {
    const count = (pattern: string) => html.match(new RegExp(pattern, 'g'))?.length;
    expect(count(`<${tag}[ >]`), tag).toBe(count(`</${tag}>`));
  }
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n/);
});
