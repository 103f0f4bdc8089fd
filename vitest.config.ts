import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ProjectTimes } from './test/reporter.ts';

const nightly = process.env.NIGHTLY === '1';

/**
 * What a sampled run leaves out depends on it, and which values properties try. A commit has one seed, so that what was
 * green stays green when the same commit runs again; each commit and each night has another.
 */
const seed = Number(process.env.SEED ?? (nightly ? undefined : seedOfCommit()) ?? Date.now() % 2 ** 31);

function seedOfCommit(): number | undefined {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' });
  return /^[0-9a-f]{40,}$/.test(stdout?.trim() ?? '') ? Number.parseInt(stdout.slice(0, 7), 16) : undefined;
}

/** Where tests start children, have git, or serve HTTP. */
const PROCESS = [
  'test/{actions,drivers,git,github,notify,pagerduty,programs,scripts}/**/*.test.ts',
  'test/site/write.test.ts',
  'test/text/bounded-fetch.test.ts',
  'test/{another-team,determinism,readme}.test.ts',
];
const BROWSER = ['test/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    // Libraries are taken as they stand, as those in node_modules are.
    server: { deps: { external: [/\/actions\/vendor\//] } },
    // Vitest leaves a core to itself, which on two is half of the machine. It begins with the projects whose files are
    // isolated, and in each with the file that took longest, so that short files are left for the end.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    provide: { seed, nightly },
    reporters: [
      'default',
      ...(process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : []),
      new ProjectTimes(seed, nightly),
    ],
    projects: [
      {
        extends: true,
        // One module graph for all files: they leave nothing behind that another could find.
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: [...PROCESS, ...BROWSER],
          isolate: false,
          setupFiles: ['test/seed.ts'],
        },
      },
      { extends: true, test: { name: 'process', include: PROCESS, setupFiles: ['test/seed.ts'] } },
      { extends: true, test: { name: 'browser', include: BROWSER } },
    ],
  },
});
