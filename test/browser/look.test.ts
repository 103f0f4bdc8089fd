// Every kind of page, on phone and desktop, light and dark: no serious finding of axe, no horizontal overflow.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { SAMPLE, texts } from '../handbook.ts';
import { isPaired } from '../sampled.ts';
import { hard } from './handbooks.ts';
import { type Look, serious, show, useBrowser } from './site.ts';

useBrowser();

const sample = new Map(readFolder(SAMPLE)?.texts);
const PAGES = [
  'index.html',
  'teams/large.html',
  'teams/three.html',
  'teams/waiting.html',
  'people/dee-novak.html',
  'people/maximiliana-wolfeschlegelsteinhausenbergerdorff-de-oliveira.html',
  'people/uma-ray.html',
  'everyone.html',
];
const SAMPLE_PAGES = ['index.html', 'teams/govpress.html', 'people/chi-wong.html'];

/** Pairs of looks that differ in width and colour scheme, so that a pair covers both widths and both schemes. */
const PAIRS: readonly (readonly Look[])[] = [
  [
    { width: 360, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
  ],
  [
    { width: 360, scheme: 'dark' },
    { width: 1280, scheme: 'light' },
  ],
];
const paired = (paths: readonly string[]) =>
  paths.map((path, row) => ({ path, looks: PAIRS.filter((_, pair) => isPaired(row, pair, 2)).flat() }));

/** The findings of axe, and by how many pixels a page is wider than the window, in each look. */
async function looked(page: Page, looks: readonly Look[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const { width = 0, scheme = null } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.reload({ waitUntil: 'load' });
    // Opens collapsed parts, to check them too.
    await page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })");
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    found.push([width, scheme, await serious(page), Math.max(0, wider)]);
  }
  return found;
}
const nothing = (looks: readonly Look[]) => looks.map(({ width, scheme }) => [width, scheme, [], 0]);

test.each(paired(PAGES))('$path is accessible, and as wide as the window', async ({ path, looks }) => {
  const page = await (await show(texts(hard))).open(path, { until: 'load' });
  expect(await looked(page, looks)).toStrictEqual(nothing(looks));
});

test.each(paired(SAMPLE_PAGES))('so is $path of the sample', async ({ path, looks }) => {
  const page = await (await show(sample)).open(path, { until: 'load' });
  expect(await looked(page, looks)).toStrictEqual(nothing(looks));
});

test('axe detects a fault', async () => {
  const page = await (await show(texts(hard))).open('index.html');
  // Not one that the page writes again as time goes by.
  await page.evaluate("document.querySelector('h2 a, h3 a').textContent = ''");
  expect((await serious(page)).map((line) => line.split(' ')[0])).toStrictEqual(['link-name']);
});

test('dark is dark, and light is light', async () => {
  const site = await show(texts(hard));
  const grounds: unknown[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    const page = await site.open('index.html', { scheme });
    grounds.push(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'));
  }
  expect(grounds).toStrictEqual(['rgb(255, 255, 255)', 'rgb(16, 18, 20)']);
});

test('on a phone everyone on duty in the first team is within the first two screens', async () => {
  const page = await (await show(texts(hard))).open('index.html', { width: 360 });
  const on = page.locator('.team').first().locator('li.seat.on, li.seat.empty');
  expect(await on.count()).toBe(2);
  for (const seat of await on.all()) expect((await seat.boundingBox())?.y).toBeLessThan(1600);
});

test('in print the names of the rows are in the chart, and interactive parts are hidden', async () => {
  const page = await (await show(texts(hard))).open('teams/large.html');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.row-name').first().isVisible()).toBe(true);
  for (const gone of ['header', '.calendars', '.rows'])
    expect(await page.locator(gone).isVisible()).toBe(false);
});

test('an empty seat is labelled and hatched', async () => {
  const page = await (await show(texts(hard))).open('teams/large.html', { at: '2026-11-26T20:00:00Z' });
  const seat = page.locator('[data-seat="large/nights/second"]').first();
  expect(await seat.locator('.now').textContent()).toBe('Nobody');
  expect(
    await page.evaluate(
      `getComputedStyle(document.querySelector('[data-seat="large/nights/second"]')).backgroundImage`,
    ),
  ).toContain('gradient');
  expect(await page.locator('.bar.nobody title').textContent()).toBe(
    'nobody, Wed 25 Nov 17:00 – Wed 9 Dec 09:00',
  );
});
