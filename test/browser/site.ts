/** A published site in a real browser; external or inline resources and violations of its policy fail the test. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import type { Publication } from '../../actions/lib/site/publication.ts';
import { serve } from '../../scripts/serve.ts';
import { published } from '../handbook.ts';
import { fill, folder } from '../process.ts';

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

let browser: Browser;

const executablePath = process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));
const NONE =
  'skipped: there is no Chromium to open pages with; install it ("apt-get install chromium"), or name it in CHROMIUM';

/** Starts the browser for a test file. Without a browser the tests are skipped with a note; in CI they fail. */
export function useBrowser(): void {
  beforeEach(({ skip }) => {
    if (executablePath === undefined) skip(NONE);
  });
  beforeAll(async () => {
    if (executablePath === undefined && process.env.CI === undefined) return;
    if (executablePath === undefined) throw new Error(NONE);
    // Chromium's sandbox does not work as root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());
}

/** The settings of a reader. */
export interface Look {
  readonly at?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly zone?: string;
  readonly scripts?: 'on' | 'off';
  /** What to wait for: until there are no more requests, or only until the page is loaded. */
  readonly until?: 'load';
}

/** Deviations from the default publication of tests. */
type Given = Partial<Pick<Publication, 'now'>>;

/** A site that is served on this machine. */
export interface Shown {
  readonly address: string;
  /** Writes the site again over the old one, as the next deployment does. */
  readonly publish: (files: ReadonlyMap<string, string>, given?: Given) => void;
  /** Opens a page; errors of the browser fail the test at its end. */
  readonly open: (path: string, look?: Look) => Promise<Page>;
}

const NOW = '2026-11-21T12:00:00Z';

/** A cache of publications by handbook: most tests of a file use the same one. */
const sites = new Map<string, ReadonlyMap<string, string>>();

function site(texts: ReadonlyMap<string, string>, given: Given): ReadonlyMap<string, string> {
  const key = JSON.stringify([...texts, given]);
  const files = sites.get(key) ?? published(texts, given);
  sites.set(key, files);
  return files;
}

/** Publishes a handbook and serves it until the end of the test. */
export async function show(files: ReadonlyMap<string, string>, given: Given = {}): Promise<Shown> {
  const root = folder();
  const publish: Shown['publish'] = (texts, more = {}) => fill(root, site(texts, { ...given, ...more }));
  publish(files);
  const { address, stop } = await serve(root, 0);
  onTestFinished(stop);
  return { address, publish, open: (path, look = {}) => open(address, path, look) };
}

async function open(address: string, path: string, look: Look): Promise<Page> {
  const options: BrowserContextOptions = {
    viewport: { width: look.width ?? 1280, height: 800 },
    colorScheme: look.scheme ?? 'light',
    timezoneId: look.zone ?? 'Europe/London',
    locale: 'de-DE',
    javaScriptEnabled: look.scripts !== 'off',
    permissions: ['clipboard-read', 'clipboard-write'],
  };
  const context = await browser.newContext(options);
  const faults: string[] = [];
  onTestFinished(async () => {
    await context.close();
    expect(faults).toStrictEqual([]);
  });
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) faults.push(`a request to ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  if (look.scripts !== 'off') await page.clock.install({ time: new Date(look.at ?? NOW) });
  await page.goto(address + path, { waitUntil: look.until ?? 'networkidle' });
  return page;
}

/** Serious and critical findings of axe: rule and element, one line each. */
export async function serious(page: Page): Promise<readonly string[]> {
  // The page's policy blocks injected scripts, so axe is evaluated through the browser's protocol.
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 120))))`);
}
