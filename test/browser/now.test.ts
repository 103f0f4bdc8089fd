// An open page stays current: the clock of the browser is set by the test.
import { describe, expect, test } from 'vitest';
import { at, texts } from '../handbook.ts';
import { hard, large } from './handbooks.ts';
import { show, useBrowser } from './site.ts';

useBrowser();

const files = texts(hard);
const FIRST = '[data-seat="large/nights/first"]';
const DAYS = '[data-seat="large/days/engineer"]';

describe('who is on now', () => {
  test('changes within a minute when a shift ends while the page is open', async () => {
    const page = await (await show(files)).open('index.html', { at: '2026-11-23T08:58:30Z' });
    const [night, day] = [page.locator(FIRST), page.locator(DAYS)];
    expect(await night.locator('.now').textContent()).toBe('Ben Adeyemi until Mon 23 Nov 09:00');
    expect(await day.locator('.now').textContent()).toBe('Off duty');
    await page.clock.runFor('00:59');
    expect(await day.locator('.now').textContent()).toBe('Off duty');
    await page.clock.runFor('00:40');
    expect(await night.locator('.now').textContent()).toBe('Off duty');
    expect(await day.locator('.now').textContent()).toBe('王小明 until Mon 23 Nov 17:00');
    expect(await day.locator('.next').textContent()).toBe(
      'Next: 王小明, Tue 24 Nov 09:00, then Amara Osei, Mon 30 Nov 09:00',
    );
    // People on duty are first.
    expect(await page.locator('.team').first().locator('.rota h3').allTextContents()).toStrictEqual([
      'Days',
      'Nights and weekends',
    ]);
  });

  test('changes at the exact instant, which belongs to the next shift', async () => {
    const page = await (await show(files)).open('index.html', { at: '2026-11-23T08:00:00Z' });
    await page.clock.setFixedTime('2026-11-23T09:00:00Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    expect(await page.locator(FIRST).locator('.now').textContent()).toBe('Off duty');
    expect(await page.locator(DAYS).locator('.now').textContent()).toContain('王小明');
  });

  test('changes when the page becomes visible again, however long it was hidden', async () => {
    const page = await (await show(files)).open('index.html', { at: '2026-11-21T12:00:00Z' });
    expect(await page.locator(FIRST).locator('.now').textContent()).toContain('Ben Adeyemi');
    await page.clock.setSystemTime('2026-11-22T23:00:00Z');
    await page.clock.setSystemTime('2026-11-23T16:59:00Z');
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    expect(await page.locator(FIRST).locator('.now').textContent()).toBe('Off duty');
    expect(await page.locator(DAYS).locator('.now').textContent()).toContain('王小明');
  });

  test('is the same as in the generated page', async () => {
    const site = await show(files);
    for (const path of ['index.html', 'teams/large.html', 'people/dee-novak.html']) {
      const seatsShown = async (scripts: 'on' | 'off') =>
        (
          await (
            await site.open(path, { scripts })
          )
            .locator('.rotas:not(:has([data-zone^=America])), .chain, .coming')
            .allTextContents()
        ).map((text) => text.replace(/\s+/g, ' '));
      expect((await seatsShown('off')).length).toBeGreaterThan(0);
      expect(await seatsShown('on'), path).toStrictEqual(await seatsShown('off'));
    }
  });

  test('changes in the chart, and in the chain that is in force', async () => {
    const page = await (await show(files)).open('teams/large.html', { at: '2026-11-23T08:59:30Z' });
    const x = () => page.locator('.today').getAttribute('transform');
    const inForce = () => page.locator('.chain.on h3').allTextContents();
    const before = await x();
    expect(await inForce()).toStrictEqual(['By night In force now']);
    await page.clock.runFor('12:00:00');
    expect(await x()).not.toBe(before);
    expect(await x()).toBe('translate(94.5 0)');
    expect(await inForce()).toStrictEqual(['By night In force now']);
    expect(await page.locator('.chain h3').allTextContents()).toStrictEqual([
      'By night In force now',
      'By day In force now',
    ]);
    await page.clock.runFor('12:01:00');
    expect(await inForce()).toStrictEqual(['By day In force now']);
    expect(await page.locator('.chain h3').allTextContents()).toStrictEqual([
      'By day In force now',
      'By night In force now',
    ]);
    expect(await page.locator('.chain.on .who').first().textContent()).toContain('王小明');
  });

  test('changes on a person’s page: past shifts disappear, current ones are marked', async () => {
    const page = await (await show(files)).open('people/ben-adeyemi.html', { at: '2026-11-21T12:00:00Z' });
    const first = () => page.locator('.run:not([hidden])').first();
    expect(await first().locator('.when').textContent()).toBe('Wed 18 Nov 17:00 – Wed 25 Nov 09:00 On now');
    expect(await first().locator('.flag').isVisible()).toBe(true);
    await page.clock.setSystemTime('2026-11-25T09:00:10Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    expect(await first().locator('.when').textContent()).toContain('Mon 7 Dec 09:00');
    expect(await first().locator('.flag').isVisible()).toBe(false);
  });
});

test('within a step of a chain the person on duty moves to the front', async () => {
  const both = hard.replace(
    'notify: [large/nights/first]',
    'notify: [large/days/engineer, large/nights/first]',
  );
  const page = await (await show(texts(both))).open('teams/large.html', { at: '2026-11-23T08:59:30Z' });
  const step = () =>
    page.locator('.chain', { hasText: 'By night' }).locator('li').first().locator('p').allTextContents();
  expect((await step()).map((text) => text.replace(/,.*/, ''))).toStrictEqual([
    'At once',
    'Ben Adeyemi Nights and weekends',
    'Nobody now; from Mon 23 Nov 09:00 王小明 Days',
  ]);
  await page.clock.runFor('00:40');
  expect((await step()).map((text) => text.replace(/,.*/, ''))).toStrictEqual([
    'At once',
    '王小明 Days',
    'Nobody now; from Mon 23 Nov 17:00 Ben Adeyemi Nights and weekends',
  ]);
});

describe('times', () => {
  test('are in the reader’s zone, with the rota’s zone where they differ', async () => {
    const page = await (await show(files)).open('index.html', { zone: 'America/New_York' });
    expect(await page.locator(FIRST).locator('.now').textContent()).toBe(
      'Ben Adeyemi until Mon 23 Nov 04:00 (09:00 Europe/London)',
    );
    expect(await page.locator('[data-seat^="three/"] .now').textContent()).toBe(
      'Ola Berg until Mon 23 Nov 09:00',
    );
    expect(await page.locator('.zones').first().textContent()).toBe(
      'Times are those of America/New_York, your zone.',
    );
  });

  test('that are far away show the year, as in the generated page', async () => {
    const rota = `== rotas/year/desk.yaml
name: Desk
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {a: {rotation: [{first_turn: 2026-11-04, people: [uma-ray]}, {first_turn: 2027-11-03, people: [ola-berg]}]}}
`;
    const page = await (await show(texts(hard + rota))).open('index.html');
    expect(await page.locator('[data-seat="year/desk/a"] .now').textContent()).toBe(
      'Uma Ray until Wed 3 Nov 2027 10:00',
    );
  });

  test('show both days where these differ', async () => {
    const page = await (await show(files)).open('index.html', { zone: 'Pacific/Auckland' });
    expect(await page.locator('[data-seat^="three/"] .now').textContent()).toBe(
      'Ola Berg until Tue 24 Nov 03:00 (Mon 23 Nov 09:00 America/New_York)',
    );
  });
});

describe('a page that is left open', () => {
  test('shows a swap that was published since, and a notice to reload', async () => {
    const site = await show(files);
    const page = await site.open('index.html');
    const swapped = hard.replace(
      'overrides:\n  - {role: first',
      'overrides:\n  - {role: first, person: uma-ray, instead_of: ben-adeyemi, from: 2026-11-21T13:00, to: 2026-11-21T15:00, reason: x}\n  - {role: first',
    );
    expect(swapped).not.toBe(hard);
    expect(await page.locator('#notice').isVisible()).toBe(false);
    site.publish(texts(swapped));
    // Last-Modified has a resolution of one second, and this site is rebuilt within one.
    await page.route('**/shifts.json', async (route) => {
      const response = await route.fetch();
      const modified = new Date(Date.now() + 3_600_000).toUTCString();
      await route.fulfill({ response, headers: { ...response.headers(), 'last-modified': modified } });
    });
    const asked = page.waitForResponse('**/shifts.json');
    await page.clock.setSystemTime('2026-11-21T13:30:00Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    await asked;
    await expect
      .poll(() => page.locator(FIRST).locator('.now').textContent())
      .toBe('uma-ray until Sat 21 Nov 15:00');
    expect(await page.locator('#notice').textContent()).toContain('A newer rota is published');
  });

  test('keeps its data if a request fails or returns nonsense', async () => {
    const page = await (await show(files)).open('index.html');
    await page.route('**/shifts.json', (route) =>
      route.fulfill({ status: 200, body: '<!doctype html>Sign in' }),
    );
    const asked = page.waitForResponse('**/shifts.json');
    await page.clock.runFor('02:00:00');
    await asked;
    expect(await page.locator(FIRST).locator('.now').textContent()).toContain('Ben Adeyemi');
  });

  test('warns that it may be out of date after two days without a check', async () => {
    const page = await (await show(files)).open('index.html', { at: '2026-11-23T11:58:30Z' });
    expect(await page.locator('#notice').isVisible()).toBe(false);
    await page.clock.runFor('02:00');
    expect(await page.locator('#notice').textContent()).toContain('may be out of date');
  });
});

describe('whom to call', () => {
  const delays = (page: Awaited<ReturnType<Awaited<ReturnType<typeof show>>['open']>>) =>
    page.locator('.chain:has-text("By night") .delay').allTextContents();

  test('passes over a level once it is empty', async () => {
    const page = await (await show(files)).open('teams/large.html', { at: '2026-11-25T08:58:30Z' });
    expect(await delays(page)).toStrictEqual(['At once', 'After 5 minutes', 'After 15 minutes']);
    await page.clock.setSystemTime('2026-11-25T17:00:10Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    expect(await delays(page)).toStrictEqual(['At once', 'Passed over', 'After 5 minutes']);
  });

  test('shows the people of a planned change while it is under way, and first', async () => {
    const planned = `${hard}== rotas/large/planned-changes.yaml
changes:
  network: {service: website, summary: New network, timezone: Europe/London, from: 2026-12-01T20:00, to: 2026-12-01T22:00, requested_at: 2026-11-20T10:00:00Z, assigned: [{role: large/nights/first, person: eli-shah}]}
`;
    const page = await (await show(texts(planned))).open('teams/large.html', { at: '2026-12-01T19:58:30Z' });
    const change = page.locator('.chain.change');
    expect(await change.isVisible()).toBe(false);
    await page.clock.runFor('02:00');
    expect(await change.isVisible()).toBe(true);
    expect(await change.locator('.who').textContent()).toBe('Eli Shah Nights and weekends, first');
    expect(await page.locator('.chain h3').first().textContent()).toContain('Planned change');
    await page.clock.setSystemTime('2026-12-01T22:00:10Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    expect(await change.isVisible()).toBe(false);
  });

  test('says until when nothing is supported, once it is so', async () => {
    const byDay = texts(hard.replace('{in-hours: days, out-of-hours: nights}', '{in-hours: days}'));
    const page = await (await show(byDay)).open('teams/large.html', { at: '2026-11-23T16:58:30Z' });
    const lines = page.locator('.chains > p:visible');
    expect(await lines.allTextContents()).toStrictEqual([]);
    await page.clock.runFor('02:00');
    expect(await lines.allTextContents()).toStrictEqual([
      'Not supported until Tue 24 Nov 09:00: The website',
    ]);
    await page.clock.setSystemTime('2026-11-24T09:00:10Z');
    await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
    expect(await lines.allTextContents()).toStrictEqual([]);
  });
});

test('a large organisation’s pages load only the shifts of the teams in view', async () => {
  const site = await show(texts(large), { now: at('2026-11-21T12:00:00Z') });
  const asked: string[] = [];
  const page = await site.open('index.html', { width: 360 });
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  expect(await page.locator('[data-seat="t00/desk/a"] .now').textContent()).toMatch(
    /^P \w+ until Sun 22 Nov 00:00$/,
  );
  await page.locator('#team-t29').scrollIntoViewIfNeeded();
  await expect.poll(() => asked.includes('/teams/t29.json')).toBe(true);
  expect(asked).not.toContain('/shifts.json');
});

/** The first team's service, whose chain calls a role of the second. */
const calling = `
== policies/support-hours/always.yaml
{name: Always, timezone: UTC, windows: {always: [{days: every, from: "00:00", to: "00:00"}]}}
== policies/service-levels/gold.yaml
{name: Gold, hours: always, priorities: {P1: {name: Down, in_hours: {respond: 1 hour}}}, clock: {always: in_hours}}
== policies/escalation/chain.yaml
{name: The chain, applies_in: [always], levels: [{notify: [t01/desk/a]}]}
== policies/services.yaml
services: {website: {name: The website, team: t00, service_level: gold, escalation: {always: chain}}}
`;

test('a large organisation’s chain that calls another team loads the shifts of that team', async () => {
  const site = await show(texts(large + calling), { now: at('2026-11-21T12:00:00Z') });
  const page = await site.open('teams/t00.html');
  const called = page.locator('.chain .now');
  const before = await called.textContent();
  expect(before).toMatch(/^P \w+$/);
  await page.clock.runFor('24:00:00');
  expect(await called.textContent()).toBe(before === 'P One' ? 'P Nought' : 'P One');
});

test('somebody of another team has their published name, now and when they take over', async () => {
  const site = await show(
    texts(`
== rotas/people.yaml
people: {amara-osei: {name: Amara Osei}, ben-adeyemi: {name: Ben Adeyemi}}
== rotas/t00/desk.yaml
{name: Desk, timezone: UTC, handover: {day: monday, time: "09:00"}, roles: {a: {rotation: [{first_turn: 2026-11-16, people: []}]}}}
== rotas/t01/desk.yaml
name: Desk
timezone: UTC
handover: {day: monday, time: "09:00"}
roles: {a: {rotation: [{first_turn: 2026-11-16, people: [amara-osei, ben-adeyemi]}]}}
${calling}== policies/publishing.yaml
names: initials
`),
  );
  const page = await site.open('teams/t00.html');
  expect(await page.locator('.chain .now').textContent()).toBe('AO');
  await page.clock.setSystemTime('2026-11-23T09:00:10Z');
  await page.evaluate("window.dispatchEvent(new Event('pageshow'))");
  expect(await page.locator('.chain .now').textContent()).toBe('BA');
});
