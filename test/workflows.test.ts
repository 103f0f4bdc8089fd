// Validates workflows and actions with GitHub's own language service, and checks conventions that it does not know.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cronTime } from '../actions/lib/drivers/pagerduty/runs.ts';
import { APPLYING } from '../actions/lib/github/apply-runs.ts';
import { NOTIFY_SECRETS } from '../actions/lib/programs/notify-inputs.ts';
import { applyRuns } from '../actions/lib/programs/workflow-runs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const workflows = globSync('.github/workflows/*.yml', { cwd: root }).toSorted();
const actions = globSync('actions/*/action.yml', { cwd: root }).toSorted();
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
const DEFAULT_BRANCH = '${{ github.event.repository.default_branch }}';
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}
interface Value {
  coerceString(): string;
}
interface Service {
  readonly Lexer: new (text: string) => { lex: () => { readonly tokens: unknown } };
  readonly Parser: new (
    tokens: unknown,
    contexts: readonly string[],
    functions: readonly never[],
  ) => { parse: () => unknown };
  readonly Evaluator: new (parsed: unknown, context: unknown) => { evaluate: () => Value };
  readonly data: { readonly reviver: (key: string, value: unknown) => unknown };
  readonly validate: (document: unknown) => Promise<readonly Diagnostic[]>;
  readonly TextDocument: {
    create: (uri: string, language: string, version: number, text: string) => unknown;
  };
}

const folder = mkdtempSync(join(tmpdir(), 'language-'));
let service: Service;

/** The service imports JSON in a way that Node does not, so it is bundled first. */
beforeAll(async () => {
  const outfile = join(folder, 'service.mjs');
  const contents =
    "export { validate } from '@actions/languageservice'; export { TextDocument } from 'vscode-languageserver-textdocument'; export { Lexer, Parser, Evaluator, data } from '@actions/expressions';";
  const js = "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);";
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js },
    logLevel: 'error',
  });
  service = (await import(pathToFileURL(outfile).href)) as Service;
});
afterAll(() => rmSync(folder, { recursive: true }));

let documents = 0;

/** The service caches by address, so every document gets its own. */
async function faults(file: string, content: string): Promise<string[]> {
  documents++;
  const document = service.TextDocument.create(`file:///${documents}/${file}`, 'yaml', 1, content);
  return (await service.validate(document)).map(
    ({ message, range }) => `${file}:${range.start.line + 1} ${message}`,
  );
}

/** The value of an expression, with or without its brackets, in the contexts that are given. */
function evaluated(expression: string, contexts: Readonly<Record<string, unknown>>): string {
  const { Lexer, Parser, Evaluator, data } = service;
  const { tokens } = new Lexer(expression.replace(/^\$\{\{|\}\}$/g, '')).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), []).parse();
  return new Evaluator(parsed, JSON.parse(JSON.stringify(contexts), data.reviver)).evaluate().coerceString();
}

test('there are workflows and actions', () => {
  expect([workflows.length >= 2, actions.length >= 1]).toEqual([true, true]);
});

test.each([...workflows, ...actions])('%s is valid', async (file) => {
  expect(await faults(file, text(file))).toEqual([]);
});

test('the service finds errors', async () => {
  const broken = text('.github/workflows/check.yml').replace('runs-on:', 'run-on:');
  expect(await faults('.github/workflows/check.yml', broken)).not.toEqual([]);
  const action = text('actions/check/action.yml').replace('\nruns:', '\nrun:');
  expect(await faults('actions/check/action.yml', action)).not.toEqual([]);
});

interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly {
    readonly id?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe.each(workflows)('%s', (file) => {
  const workflow = parse(text(file)) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('grants no permission at the top, and gives a reason at each grant', () => {
    expect(workflow.permissions).toEqual({});
    const grants = text(file).match(/^ {6}[a-z-]+: (read|write)\b.*$/gm) ?? [];
    expect(grants.length).toBeGreaterThan(0);
    expect(grants.filter((line) => !line.includes(' # '))).toEqual([]);
  });

  test('never runs the code of a fork with the token of the repository', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter(({ with: given }) => given?.['persist-credentials'] !== false)).toEqual([]);
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  test('pins every action by commit, with its version in a comment, and has a timeout for every job', () => {
    const used = text(file).match(/(?<=- )uses: .*/g) ?? [];
    const others = used.filter((line) => !line.startsWith('uses: $/'));
    expect(others.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    expect(jobs.filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });
});

test.each(actions)('%s runs on Node 24', (file) => {
  expect((parse(text(file)) as { runs: { using: string } }).runs.using).toBe('node24');
});

test('the required check runs for every pull request: it has no path filter', () => {
  const { on } = parse(text('.github/workflows/check.yml')) as Workflow;
  expect(JSON.stringify(on)).not.toContain('paths');
  expect(Object.keys(on)).toEqual(
    expect.arrayContaining(['pull_request', 'pull_request_review', 'merge_group', 'schedule']),
  );
});

test.each([
  ['pull_request', { action: 'opened', pull_request: { state: 'open' } }, 'rota'],
  ['pull_request', { action: 'closed', pull_request: { state: 'closed' } }, 'closed'],
  ['pull_request', { action: 'labeled', pull_request: { state: 'closed' } }, 'closed'],
  ['pull_request_review', { action: 'submitted', pull_request: { state: 'open' } }, 'rota'],
  ['pull_request_review', { action: 'submitted', pull_request: { state: 'closed' } }, 'closed'],
  ['merge_group', { action: 'checks_requested' }, 'rota'],
  ['push', {}, 'rota'],
  ['workflow_dispatch', {}, 'look'],
])(
  'the name of the required check is only that of runs that judge its commit: %s %j',
  (name, event, expected) => {
    const { jobs } = parse(text('.github/workflows/check.yml')) as { jobs: Record<string, { name: string }> };
    const github = { event_name: name, event };
    expect(Object.values(jobs).map((job) => evaluated(job.name, { github }))).toEqual([expected]);
  },
);

test.each(['check', 'test'])('a required check of a commit is of the default branch: %s', (name) => {
  const { on } = parse(text(`.github/workflows/${name}.yml`)) as Workflow;
  expect(on.pull_request).toMatchObject({ branches: ['main'] });
});

test.each(['notify', 'pagerduty', 'publish'])(
  '%s is not started by a tag with the name of the default branch',
  (name) => {
    const { jobs } = parse(text(`.github/workflows/${name}.yml`)) as {
      jobs: Record<string, { if?: string }>;
    };
    const isRun = (condition: string, ref: string): boolean => {
      const event = { repository: { default_branch: 'main' } };
      const github = { event_name: 'workflow_dispatch', event, repository: 'a/b', ref, ref_name: 'main' };
      return evaluated(condition, { github, vars: { PAGERDUTY_REGION: 'eu' } }) === 'true';
    };
    const started = (ref: string) =>
      Object.values(jobs).filter((job) => job.if !== undefined && isRun(job.if, ref));
    expect([started('refs/heads/main').length, started('refs/tags/main')]).toEqual([1, []]);
  },
);

test('requests are processed with the code and handbook of the default branch, one at a time, and none is skipped', () => {
  const file = '.github/workflows/requests.yml';
  const workflow = parse(text(file)) as Workflow & { readonly concurrency: unknown };
  expect(Object.keys(workflow.on)).toEqual(expect.arrayContaining(['issues', 'issue_comment', 'schedule']));
  expect(workflow.on.issues).toEqual({
    types: ['opened', 'edited', 'reopened', 'closed', 'labeled', 'unlabeled', 'deleted', 'transferred'],
  });
  expect(workflow.on.pull_request).toEqual({ types: ['closed', 'reopened'] });
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.map(({ with: given }) => given?.ref)).toEqual([DEFAULT_BRANCH]);
  expect(workflow.concurrency).toEqual({ group: 'requests', 'cancel-in-progress': false, queue: 'max' });
});

test('people are told on merge and every ten minutes, with the code of the default branch, and no run is skipped', () => {
  const workflow = parse(text('.github/workflows/notify.yml')) as Workflow & {
    readonly concurrency: unknown;
  };
  expect(workflow.on).toMatchObject({
    push: { branches: ['main'] },
    schedule: [{ cron: expect.stringMatching(/^\d+-\d+\/10 \* \* \* \*$/) }],
    workflow_dispatch: { inputs: { mode: {}, parts: {}, allow: {} } },
  });
  expect(workflow.concurrency).toEqual({ group: 'notify', 'cancel-in-progress': false, queue: 'max' });
  expect(Object.values(workflow.jobs).map(({ permissions }) => permissions)).toEqual([
    { contents: 'read', issues: 'write', 'pull-requests': 'write' },
  ]);
  const [checkout, step] = Object.values(workflow.jobs).flatMap((job) => job.steps);
  expect(checkout?.with?.ref).toBe(DEFAULT_BRANCH);
  const { inputs } = parse(text('actions/notify/action.yml')) as { readonly inputs: object };
  expect(Object.keys(step?.with ?? {}).filter((it) => !(it in inputs))).toEqual([]);
  // Each secret is passed by its name, and no other.
  expect(step?.env).toEqual(Object.fromEntries(NOTIFY_SECRETS.map((it) => [it, `\${{ secrets.${it} }}`])));
});

test('PagerDuty is updated on merge and twice a month, and compared every morning, one run at a time', () => {
  interface Conditional extends Job {
    readonly if: string;
    readonly concurrency: unknown;
  }
  const { on, jobs } = parse(text('.github/workflows/pagerduty.yml')) as {
    readonly on: { readonly schedule: readonly { readonly cron: string }[] };
    readonly jobs: Readonly<Record<'apply' | 'drift', Conditional>>;
  };
  const [daily, applied] = ['23 6 * * *', '11 4 1,20 * *'];
  expect(on).toMatchObject({ push: { branches: ['main'] }, schedule: [{ cron: daily }, { cron: applied }] });
  expect(jobs.apply.if).toContain(`github.event_name == 'schedule' && github.event.schedule != '${daily}'`);
  expect(jobs.drift.if).toContain(`github.event.schedule == '${daily}'`);
  // A run that somebody starts again has the commit of then.
  expect(jobs.drift.steps[0]?.with?.ref).toBe(DEFAULT_BRANCH);
  // By these names a later run knows that this one applied the handbook.
  expect([APPLYING.workflow, 'name' in jobs[APPLYING.job]]).toEqual([
    '.github/workflows/pagerduty.yml',
    false,
  ]);
  // The repository could have a file of the audit's name, and a link in its place would be followed.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  expect(jobs.apply.steps.at(-1)?.with?.path).toBe('${{ steps.apply.outputs.audit }}');
  const { outputs } = parse(text('actions/pagerduty/action.yml')) as { readonly outputs: object };
  expect([jobs.apply.steps.at(-2)?.id, 'audit' in outputs]).toEqual(['apply', true]);
  const oneByOne = { group: 'pagerduty', queue: 'max' };
  expect([jobs.apply.concurrency, jobs.drift.concurrency]).toEqual([oneByOne, oneByOne]);
  expect(applyRuns(root)).toEqual([cronTime(applied ?? '')]);
});

test('the site is published on merge and daily, one run at a time, with the whole history, by a job that cannot deploy', () => {
  const workflow = parse(text('.github/workflows/publish.yml')) as Workflow & {
    readonly concurrency: unknown;
  };
  expect(workflow.on).toMatchObject({
    push: { branches: ['main'] },
    schedule: [{ cron: expect.any(String) }],
  });
  expect(workflow.concurrency).toEqual({ group: 'pages', 'cancel-in-progress': false });
  const { build: made, deploy } = workflow.jobs;
  expect(made?.permissions).toEqual({ contents: 'read' });
  // A run that somebody starts again has the commit of then.
  expect(made?.steps[0]?.with).toMatchObject({
    ref: DEFAULT_BRANCH,
    'fetch-depth': 0,
  });
  expect(made?.steps[1]?.uses).toBe('$/actions/publish');
  expect(deploy?.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
});
