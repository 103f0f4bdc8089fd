// Reads the tables in actions/lib/README.md and checks every module against them.
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'actions/lib/README.md'), 'utf8');
const files = globSync('{actions,scripts}/**/*.ts', { cwd: root })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.startsWith('actions/vendor/'))
  .toSorted();
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Import {
  readonly file: string;
  readonly target: string;
  readonly by: string;
}
const imports = files.flatMap((file): Import[] =>
  [...text(file).matchAll(/\bfrom '([^']+)'|\bimport\(\s*'([^']+)'|^import '([^']+)'/gm)].map(
    ([, fixed, later, alone]) => {
      const name = (fixed ?? later ?? alone) as string;
      const target = name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), name)) : name;
      return { file, target, by: `${file} imports ${target}` };
    },
  ),
);
const isOurs = (target: string): boolean => /^(actions|scripts)\/.*\.ts$/.test(target);
const ours = imports.filter(({ target }) => isOurs(target));

/** The rows of the table under a heading, each a list of cells without code marks. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const part = readme.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? '';
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}
const wordsIn = (cell: string): readonly string[] => cell.split(/,\s*/).filter((word) => word !== '–');

const MODULES = rowsUnder('Modules and what they may import').map(([name = '', , allowed = '']) => ({
  name,
  allowed: wordsIn(allowed),
}));
/** The module of a file: the longest row that matches it. */
function moduleOf(file: string): string | undefined {
  const inside = file.replace(/^actions\/lib\//, '');
  return MODULES.map(({ name }) => name)
    .filter((name) => inside === name || inside.startsWith(`${name}/`) || matches(name, file))
    .toSorted((one, other) => other.length - one.length)[0];
}
const matches = (name: string, file: string): boolean =>
  name.includes('*') &&
  new RegExp(`^${name.replaceAll('*', '[^/]+')}(/|$)`).test(file.replace(/^actions\/lib\//, ''));

test('there are files and modules to check', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(ours.length).toBeGreaterThan(400);
  expect(MODULES.length).toBeGreaterThan(15);
});

test('every file belongs to a module, and every module has files', () => {
  expect(files.filter((file) => moduleOf(file) === undefined)).toEqual([]);
  const used = new Set(files.map(moduleOf));
  expect(MODULES.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
});

test('modules import only what the table allows', () => {
  const allowed = new Map(MODULES.map(({ name, allowed }) => [name, allowed]));
  const wrong = ours.filter(({ file, target }) => {
    const [from, to] = [moduleOf(file) ?? '', moduleOf(target) ?? ''];
    const own = allowed.get(from) ?? [];
    return from !== to && !own.includes(to) && !own.includes('everything');
  });
  expect(wrong.map(({ by }) => by)).toEqual([]);
});

test('every allowed import is used', () => {
  const used = new Set(ours.map(({ file, target }) => `${moduleOf(file)} imports ${moduleOf(target)}`));
  const idle = MODULES.flatMap(({ name, allowed }) => allowed.map((to) => `${name} imports ${to}`));
  expect(idle.filter((it) => !used.has(it) && !it.endsWith(' everything'))).toEqual([]);
});

test('modules of the tier outside never import one another', () => {
  const isOutside = (module = '') => TIERS.outside?.includes(module) === true;
  expect(
    ours
      .filter(({ file, target }) => isOutside(moduleOf(file)) && isOutside(moduleOf(target)))
      .filter(({ file, target }) => moduleOf(file) !== moduleOf(target))
      .map(({ by }) => by),
  ).toEqual([]);
});

test('rules, kinds and commands never import a sibling', () => {
  const siblings = /^(actions\/lib\/check\/rules|actions\/lib\/load\/kinds|scripts\/commands)\//;
  expect(
    ours
      .filter(({ file, target }) => siblings.exec(file)?.[1] === (siblings.exec(target)?.[1] ?? ''))
      .map(({ by }) => by),
  ).toEqual([]);
});

test('there are no import cycles, not even of types', () => {
  const next = Map.groupBy(ours, ({ file }) => file);
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const { target } of next.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

/** Folders whose files are named by their subject, so the same name may occur in several of them. */
const BY_SUBJECT = rowsUnder('Folders whose files are named by their subject').map(([name = '']) => name);
const subjectFolder = (file: string): string | undefined =>
  BY_SUBJECT.find((name) => {
    const folder = new RegExp(`^${name.replaceAll('*', '[^/]+')}$`);
    return folder.test(dirname(file).replace(/^actions\/lib\//, ''));
  });

test('no two files of unrelated modules share a name', () => {
  const named = Map.groupBy(
    files.filter((file) => subjectFolder(file) === undefined),
    (file) => basename(file),
  );
  const twice = [...named].filter(([, all]) => all.length > 1);
  expect(twice.map(([name, all]) => `${name}: ${all.join(', ')}`)).toEqual([]);
});

/** The templates of a generator contain exports of the generated file. */
const withoutTemplates = (code: string): string => code.replaceAll(/`[^`]*`/g, '``');

test('no two exports share a name, except in sibling files that are alike by design', () => {
  const exported = files.flatMap((file) =>
    [
      ...withoutTemplates(text(file)).matchAll(
        /^export (?:async )?(?:const|let|function\*?|class|interface|type|abstract class) (\w+)/gm,
      ),
    ].map(([, name]) => ({ name: name as string, file })),
  );
  const named = Map.groupBy(exported, ({ name }) => name);
  const twice = [...named].filter(([, all]) => {
    const homes = new Set(all.map(({ file }) => file));
    const folders = new Set(all.map(({ file }) => subjectFolder(file) ?? file));
    return homes.size > 1 && folders.size > 1;
  });
  expect(twice.map(([name, all]) => `${name}: ${all.map(({ file }) => file).join(', ')}`)).toEqual([]);
});

test('no file re-exports what another defines', () => {
  const reexporting = files.filter((file) => /^export (type )?(\{|\*)/m.test(text(file)));
  // GitHub's packages are bundled together, from this file.
  expect(reexporting).toEqual(['scripts/dev/github-libraries.ts']);
});

test('lines of the source end by column 120', () => {
  const long = globSync('{actions,scripts}/**/*.{ts,js,css}', { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !file.startsWith('actions/vendor/') && !file.endsWith('.generated.ts'))
    .toSorted()
    .flatMap((file) =>
      text(file)
        .split('\n')
        .flatMap((line, i) => ([...line].length > 120 ? [`${file}:${i + 1}`] : [])),
    );
  expect(long).toEqual([]);
});

test('entries are short, and the only files of their actions', () => {
  const entries = files.filter((file) => /^actions\/[a-z-]+\/main\.ts$/.test(file));
  expect(entries.length).toBeGreaterThanOrEqual(4);
  expect(entries.filter((file) => text(file).trimEnd().split('\n').length > 40)).toEqual([]);
  expect(
    globSync('actions/*/*.ts', { cwd: root })
      .map((file) => file.split(sep).join('/'))
      .filter((file) => !/^actions\/(lib|vendor)\//.test(file) && !file.endsWith('/main.ts')),
  ).toEqual([]);
});

/** Built-in modules without input and output. */
const PURE = ['node:crypto', 'node:util'];
const TIERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  rowsUnder('Tiers').map(([tier = '', modules = '']) => [tier, wordsIn(modules)]),
);
const tierOf = (file: string): string | undefined =>
  Object.keys(TIERS).find((tier) => TIERS[tier]?.includes(moduleOf(file) ?? ''));

test('every module has a tier, and imports only its own tier or those above it in the table', () => {
  expect(files.filter((file) => tierOf(file) === undefined)).toEqual([]);
  const order = Object.keys(TIERS);
  expect(
    ours
      .filter(({ file, target }) => order.indexOf(tierOf(target) ?? '') > order.indexOf(tierOf(file) ?? ''))
      .map(({ by }) => by),
  ).toEqual([]);
});

test('core, handbook and intent use no file system, process or network', () => {
  const pure = (file: string) => ['core', 'handbook', 'intent'].includes(tierOf(file) ?? '');
  expect(
    imports
      .filter(({ file, target }) => pure(file) && /^(node:|@actions\/|@octokit\/|#github)/.test(target))
      .filter(({ target }) => !PURE.includes(target))
      .map(({ by }) => by),
  ).toEqual([]);
  expect(
    files.filter((file) => pure(file) && /\bprocess\.|\bconsole\.|\bfetch\(|Math\.random\(/.test(text(file))),
  ).toEqual([]);
});

test('only entries and commands read the clock and the environment', () => {
  const isEntry = (file: string) => tierOf(file) === 'top' && !file.startsWith('actions/lib/');
  expect(
    files.filter(
      (file) => !isEntry(file) && /\bDate\.now\(|new Date\(\)|\bprocess\.(env|argv|exit)/.test(text(file)),
    ),
  ).toEqual([]);
});

const HOMES: ReadonlyMap<string, readonly string[]> = new Map(
  rowsUnder('Libraries and their homes').map(([name = '', , home = '']) => [name, wordsIn(home)]),
);

test('each library is imported only by its home, and is used there', () => {
  const used = imports.filter(
    ({ file, target }) =>
      !file.startsWith('scripts/dev/') && !/^(actions|scripts|schemas)\/|^node:|^package\.json$/.test(target),
  );
  const isHome = (file: string, home: string) =>
    matches(home, file) || file.replace(/^actions\/lib\//, '') === home;
  expect(
    used
      .filter(({ file, target }) => !HOMES.get(target)?.some((home) => isHome(file, home)))
      .map(({ by }) => by),
  ).toEqual([]);
  expect([...HOMES.keys()].filter((name) => !used.some(({ target }) => target === name))).toEqual([]);
});
