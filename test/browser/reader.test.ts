// Different readers: with only a keyboard, without scripts, with a calendar app.
import { describe, expect, test } from 'vitest';
import { texts } from '../handbook.ts';
import { hard } from './handbooks.ts';
import { show, useBrowser } from './site.ts';

useBrowser();

const files = texts(hard);

describe('with scripts off', () => {
  test('the page shows when it was generated, that it does not update, and who is next', async () => {
    const page = await (await show(files)).open('index.html', { scripts: 'off' });
    expect(await page.locator('.made').textContent()).toBe(
      'Made from commit c0ffee0123,\nchecked at Sat 21 Nov 2026, 12:00 UTC\n',
    );
    expect(await page.locator('noscript').textContent()).toContain('Scripts are off');
    const seat = page.locator('[data-seat="large/nights/first"]');
    expect(await seat.locator('.now').textContent()).toBe('Ben Adeyemi until Mon 23 Nov 09:00');
    expect(await seat.locator('.next').textContent()).toContain('then Chi Wong, Wed 25 Nov 17:00');
    expect(await page.locator('button').first().isVisible()).toBe(false);
  });

  test('a team’s coming weeks are in its table, and a person’s shifts on their page', async () => {
    const site = await show(files);
    const team = await site.open('teams/large.html', { scripts: 'off' });
    await team.getByText('The chart as a table').click();
    expect(await team.getByRole('cell', { name: 'Wed 25 Nov 17:00' }).first().isVisible()).toBe(true);
    const person = await site.open('people/chi-wong.html', { scripts: 'off' });
    expect(await person.locator('.run').first().textContent()).toContain('Wed 25 Nov 17:00');
  });
});

describe('with only the keyboard', () => {
  test('the first tab stop skips the header, and every tab stop is visible', async () => {
    const page = await (await show(files)).open('teams/large.html');
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    expect(await skip.textContent()).toBe('Skip to the content');
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const stops = new Set<string>();
    for (let i = 0; i < 90; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<{ name: string; seen: boolean; ring: string }>(`(() => {
        const it = document.activeElement;
        const style = getComputedStyle(it);
        const box = it.getBoundingClientRect();
        return { name: it.tagName + ' ' + (it.getAttribute('aria-label') ?? it.textContent).trim().slice(0, 40),
          seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight, ring: style.boxShadow + style.outlineStyle };
      })()`);
      if (stop.name.startsWith('BODY')) break;
      expect(stop.seen, stop.name).toBe(true);
      expect(stop.ring, stop.name).not.toBe('nonenone');
      stops.add(stop.name);
    }
    const names = [...stops].join('\n');
    expect(names).toContain('DIV Chart of the coming 13 weeks');
    expect(names).toContain('SUMMARY The chart as a table');
    expect(names).toContain('A Dee Novák');
    expect(names).toContain('SUMMARY On call: A team of twelve people');
  });

  test('the chart scrolls with the arrow keys, and collapsed parts open', async () => {
    const page = await (await show(files)).open('teams/large.html', { width: 360 });
    const chart = page.locator('.chart');
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.evaluate("document.querySelector('.chart').scrollLeft")).toBeGreaterThan(0);
    await page.getByText('The chart as a table').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.as-table table').isVisible()).toBe(true);
  });
});

describe('a calendar', () => {
  const links = async (path: string, name: string) => {
    const page = await (await show(files)).open(path);
    const part = page.locator('details.subscribe', { hasText: name }).first();
    await part.locator('summary').click();
    const own = await part.locator('a').all();
    const all = await Promise.all(
      own.map(async (it) => [await it.textContent(), await it.getAttribute('href')]),
    );
    return { page, part, all };
  };

  test('has a link for each client, and the address to copy', async () => {
    const { page, part, all } = await links('people/dee-novak.html', 'Dee');
    expect(all).toStrictEqual([
      ['Apple Calendar', 'webcal://example.org/rota/calendars/people/dee-novak.ics'],
      [
        'Google Calendar',
        'https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fexample.org%2Frota%2Fcalendars%2Fpeople%2Fdee-novak.ics',
      ],
      [
        'Outlook on the web',
        'https://outlook.office.com/calendar/0/addfromweb?url=https%3A%2F%2Fexample.org%2Frota%2Fcalendars%2Fpeople%2Fdee-novak.ics&name=On%20call%3A%20Dee%20Nov%C3%A1k',
      ],
      ['Download the file', '../calendars/people/dee-novak.ics'],
    ]);
    await part.getByRole('button', { name: 'Copy the address of On call: Dee Novák' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'https://example.org/rota/calendars/people/dee-novak.ics',
    );
    expect(await part.locator('button').textContent()).toContain('Copied');
  });

  test('shows how often each client refreshes', async () => {
    const { part } = await links('index.html', 'everyone');
    expect(
      (await part.locator('li, p').allTextContents()).map((text) => text.replace(/(?<=address: ).*/, '…')),
    ).toStrictEqual([
      'Apple Calendar refreshes every hour',
      'Google Calendar refreshes every 8 to 24 hours',
      'Outlook on the web refreshes every 4 to 6 hours with Microsoft 365, about every 3 with Outlook.com',
      'Download the file, which does not follow swaps',
      'Thunderbird (refreshes every 30 minutes) and other calendar apps take the address: …',
    ]);
  });

  test('without a known address names the missing setting, and can be downloaded', async () => {
    const site = await show(texts(hard.replace('site: "https://example.org/rota/", ', '')));
    const page = await site.open('index.html');
    const part = page.locator('details.subscribe').first();
    await part.locator('summary').click();
    expect(await part.textContent()).toContain('set it as site in policies/publishing.yaml');
    const [download] = await Promise.all([page.waitForEvent('download'), part.locator('a').click()]);
    expect(download.suggestedFilename()).toBe('large.ics');
  });
});

test('every link on every page has a target', async () => {
  const site = await show(files);
  const page = await site.open('index.html', { scripts: 'off' });
  const seen = new Set<string>(['index.html']);
  const open = ['index.html'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = await (await page.request.get(site.address + path)).text();
    for (const [, href = ''] of text.matchAll(/(?:href|src)="([^"#]+)(?:#[^"]*)?"/g)) {
      if (/^(https?|webcal):/.test(href)) continue;
      const next = new URL(href, site.address + path).href.slice(site.address.length);
      if (seen.has(next)) continue;
      seen.add(next);
      const response = await page.request.get(site.address + next);
      expect([response.status(), next, `linked from ${path}`]).toStrictEqual([
        200,
        next,
        `linked from ${path}`,
      ]);
      if (next.endsWith('.html')) open.push(next);
    }
  }
  expect(seen.size).toBeGreaterThan(40);
});
