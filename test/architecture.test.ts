// The law of the house: rooms look only to the left, through the front door; edges are few; each library has one home.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{actions,scripts}/**/*.ts', { cwd: root })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.includes('/bench/') && !file.includes('/dist/'));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const imports = files.flatMap((file) =>
  [...text(file).matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)].map(([, fixed, later]) => {
    const name = (fixed ?? later) as string;
    const target = name.startsWith('.')
      ? relative(root, join(root, dirname(file), name))
          .split(sep)
          .join('/')
      : name;
    return { file, target, by: `${file} imports ${target}` };
  }),
);

const ROOMS = [
  'ground',
  'load',
  'resolve',
  'compare',
  'check',
  'edit',
  'requests',
  'plan',
  'publish',
  'story',
  'entry',
] as const;
function room(file: string): (typeof ROOMS)[number] {
  const inside = /^actions\/lib\/(?:(\w+)\/)?/.exec(file);
  if (inside === null) return 'entry';
  if (file === 'actions/lib/story.ts') return 'story';
  return (inside[1] ?? 'ground') as (typeof ROOMS)[number];
}

const EDGES = [
  'actions/lib/load/files.ts',
  'actions/lib/load/revision.ts',
  'actions/lib/digest.ts',
  'actions/lib/publish/branches.ts',
  'actions/lib/publish/github.ts',
  'actions/lib/publish/issues.ts',
  'actions/lib/publish/page/assets.ts',
  'actions/lib/publish/pagerduty/client.ts',
  'actions/lib/publish/revisions.ts',
  'actions/lib/publish/runner.ts',
  'actions/lib/publish/write.ts',
];
const within = imports.filter(({ target }) => target.startsWith('actions/') || target.startsWith('scripts/'));

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(within.length).toBeGreaterThan(100);
});

test('rooms look only to the left', () => {
  expect(
    within.filter(({ file, target }) => ROOMS.indexOf(room(target)) > ROOMS.indexOf(room(file))),
  ).toEqual([]);
});

test('rooms look at each other through the front door', () => {
  const doors = within.filter(
    ({ file, target }) => room(file) !== room(target) && !['ground', 'story', 'entry'].includes(room(target)),
  );
  const isFront = (target: string) => target === `actions/lib/${room(target)}/${room(target)}.ts`;
  const isSide = (file: string, target: string) =>
    room(file) === 'entry' &&
    (EDGES.includes(target) || room(target) === 'publish' || file === 'scripts/rules.ts');
  expect(
    doors.filter(({ file, target }) => !isFront(target) && !isSide(file, target)).map(({ by }) => by),
  ).toEqual([]);
});

test('rules never look at each other', () => {
  const isRule = (file: string) => file.startsWith('actions/lib/check/rules/');
  expect(within.filter(({ file, target }) => isRule(file) && isRule(target)).map(({ by }) => by)).toEqual([]);
});

test('only edges and entries touch the machine', () => {
  const touches = imports.filter(
    ({ file, target }) => /^(node:|@actions\/|@octokit\/)/.test(target) && room(file) !== 'entry',
  );
  expect(touches.filter(({ file }) => !EDGES.includes(file)).map(({ by }) => by)).toEqual([]);
  const pure = files.filter((file) => room(file) !== 'entry' && !EDGES.includes(file));
  expect(
    pure.filter((file) => /\bDate\.now\(|new Date\(\)|\bprocess\.|\bconsole\.|\bfetch\(/.test(text(file))),
  ).toEqual([]);
});

test('edges read no clock and no environment', () => {
  expect(
    EDGES.filter((file) => /\bDate\.now\(|new Date\(\)|\bprocess\.|\bconsole\./.test(text(file))),
  ).toEqual([]);
});

test('each library has one home', () => {
  const HOMES: Readonly<Record<string, string>> = {
    yaml: 'actions/lib/load/source.ts',
    ajv: 'actions/lib/load/schema.ts',
    'ajv-formats/dist/formats.js': 'actions/lib/load/schema.ts',
    luxon: 'actions/lib/time.ts',
    tzdata: 'actions/lib/time.ts',
    leven: 'actions/lib/suggest.ts',
    'ical-generator': 'actions/lib/publish/calendar.ts',
    uuid: 'actions/lib/publish/calendar.ts',
    '@octokit/plugin-retry': 'actions/lib/publish/github.ts',
    '@octokit/plugin-throttling': 'actions/lib/publish/github.ts',
    '@octokit/rest': 'actions/lib/publish/github.ts',
    '@actions/core': 'actions/lib/publish/runner.ts',
    ky: 'actions/lib/publish/pagerduty/client.ts',
    esbuild: 'scripts/build.ts',
    sirv: 'scripts/serve.ts',
    'playwright-core': 'scripts/screenshots.ts',
    'date-holidays': 'scripts/holidays.ts',
    'string-width': 'scripts/table.ts',
  };
  // Every command names commander's options, and only commands do.
  const isCommand = (file: string, target: string) => target === 'commander' && file.startsWith('scripts/');
  // Every door reads its inputs by itself.
  const isDoor = (file: string, target: string) =>
    target === '@actions/core' && /^actions\/[a-z-]+\/main\.ts$/.test(file);
  const used = imports.filter(
    ({ file, target }) =>
      !isCommand(file, target) &&
      !isDoor(file, target) &&
      !/^(actions|scripts|schemas)\/|^node:|^package\.json$/.test(target),
  );
  expect(used.filter(({ file, target }) => HOMES[target] !== file).map(({ by }) => by)).toEqual([]);
  expect(new Set(used.map(({ target }) => target))).toEqual(new Set(Object.keys(HOMES)));
});
