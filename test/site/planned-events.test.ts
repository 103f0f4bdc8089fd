/** A planned change in calendars and on pages: in which, and its event when the change moves or is removed. */
import { describe, expect, test } from 'vitest';
import { at, but, everything, published, texts } from '../handbook.ts';

const feedsWith = (text: string, what = 'Planned change: Website: Move the database') =>
  [...published(texts(text))].flatMap(([path, body]) =>
    path.endsWith('.ics') && body.replaceAll('\r\n ', '').includes(what)
      ? path.slice('calendars/'.length, -4)
      : [],
  );

const uidIn = (text: string) =>
  /BEGIN:VEVENT\r\nUID:(\S+)\r\n(?:(?!END:VEVENT)[\s\S])*Planned change/.exec(
    published(texts(text)).get('calendars/teams/paas.ics') ?? '',
  )?.[1];

test('is an event in the calendars of the team, the rota, everyone, and the people assigned', () => {
  expect(feedsWith(everything).toSorted()).toEqual([
    'all',
    'people/chi-wong',
    'rotas/paas/nights',
    'teams/paas',
  ]);
});

describe('its event', () => {
  const uid = uidIn(everything);

  test.each([
    ['moves with it', but(everything, 'from: 2026-12-11T11:00', 'from: 2026-12-11T12:00')],
    [
      'keeps its UID if it is assigned to somebody else',
      but(everything, 'engineer, person: chi-wong}\n==', 'engineer, person: dee-novak}\n=='),
    ],
    ['stays its own under another summary', but(everything, 'Move the database', 'Move all')],
  ])('%s', (_, text) => {
    expect([uid === undefined, uidIn(text)]).toEqual([false, uid]);
  });

  test('goes with it', () => {
    const without = everything.replace(/== rotas\/paas\/planned-changes.yaml[\s\S]*?(?=^== )/m, '');
    expect([uidIn(without), feedsWith(without)]).toEqual([undefined, []]);
  });

  test.each([
    ['requests: true', true],
    ['requests: false', false],
    ['back: 5 weeks', false],
  ])('with %s in the policy, has the address of its request: %s', (policy, isShown) => {
    const files = published(texts(but(everything, 'requests: true', policy)));
    const all = [...files.values()].join('\n').replaceAll('\r\n ', '');
    expect([all.includes('Requested in https://'), all.includes('/issues/')]).toEqual([isShown, isShown]);
  });

  test('shows initials instead of names if the policy requires it', () => {
    const files = published(texts(but(everything, 'names: full', 'names: initials')));
    const feed = (files.get('calendars/teams/paas.ics') ?? '').replaceAll('\r\n ', '');
    expect(feed).toContain('CW supports it (paas/nights/engineer)');
    expect(feed).not.toContain('Chi Wong');
  });
});

describe.each(['index.html', 'teams/paas.html'])('on %s', (path) => {
  const text = but(everything, 'Move the database', '"Move & more"');
  const page = (now: string) => published(texts(text), { now: at(now) }).get(path) ?? '';

  test('it is shown until it is over, escaped, with links to the people assigned', () => {
    expect(page('2026-12-11T18:29:00Z')).toMatch(
      /<b>Fri 11 Dec 11:00 – 18:30<\/b> <span class="hint">Europe\/London<\/span><br>Website: Move &amp; more<br><a href="(\.\.\/)?people\/chi-wong.html" data-person="chi-wong">Chi Wong<\/a>/,
    );
    expect(page('2026-12-11T18:30:00Z')).not.toContain('Move &amp; more');
  });
});
