/** Takes README's screenshots of the sample's site again: `npm run screenshots`. Needs Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { publishable } from '../../actions/lib/programs/publishable.ts';
import { assets } from '../../actions/lib/site/page/assets.ts';
import { writeAll } from '../../actions/lib/site/write.ts';
import { serve } from '../serve.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const now = Date.parse('2026-12-10T18:30:00Z');
const PICTURES = [
  { file: 'front.png', path: 'index.html', width: 360, height: 760, top: 0 },
  { file: 'team.png', path: 'teams/paas.html', width: 1140, height: 900, top: 760 },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const evaluation = evaluate(
  readFolder(join(root, 'test/sample')) ?? { texts: new Map(), findings: [] },
  now,
  () => {},
);
const pieces = publishable(evaluation, {
  now,
  revisedAt: () => now,
  previous: [],
  commit: undefined,
  assets: assets(),
});
writeAll(join(folder, 'site'), pieces ?? []);
const { address, stop } = await serve(join(folder, 'site'), 0);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const { file, path, width, height, top } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, timezoneId: 'Europe/London' });
  await page.clock.install({ time: now });
  await page.goto(address + path, { waitUntil: 'networkidle' });
  const clip = { x: 0, y: top, width, height };
  await page.screenshot({ path: join(root, '.github/screenshots', file), clip, fullPage: true });
}
await browser.close();
stop();
rmSync(folder, { recursive: true });
