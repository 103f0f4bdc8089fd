/**
 * Runs an action as GitHub's runner does (actions/runner, August 2026), and returns the results of the step, injected
 * commands included.
 */

import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { eventFaults, type GitHub } from './github.ts';

/** The value of `${{ github.token }}`; it may appear only in the headers of requests. */
export const TOKEN = 'ghs_canary0123456789ABCDEFGHIJKLMNOPqrst';
const MOST_ANNOTATIONS = 10;
const LONGEST_MESSAGE = 4096;
const LARGEST_SUMMARY = 1024 * 1024;
/** As long as a job of a workflow may take, where all of something is run. */
const TIMEOUT_MS = process.env.NIGHTLY === '1' ? 600_000 : 60_000;

export interface Run {
  /** An `action.yml`, or a script with an `action.yml` in its folder or a parent folder. */
  readonly main: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Validated against the contract if that describes the event; a string is written to the event file unchanged. */
  readonly event?: object | string;
  readonly eventName?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The workspace; by default an empty folder. */
  readonly cwd?: string;
  /** Without it, every request fails. */
  readonly github?: Pick<GitHub, 'url' | 'state'>;
}
interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}
interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
  readonly title?: string;
}
export interface Ran {
  /** The exit code; also 1 if the runner fails the step because of a rejected command. */
  readonly status: number;
  /** The output of the process, not masked. */
  readonly stdout: string;
  readonly stderr: string;
  /** All processed commands, in order. */
  readonly commands: readonly Command[];
  /** The displayed annotations: ten of each level. */
  readonly annotations: readonly Annotation[];
  readonly masks: readonly string[];
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

interface Manifest {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
  readonly runs: { readonly main: string };
}

function manifestOf(main: string): { readonly manifest: Manifest; readonly script: string } {
  const folders = [dirname(main), dirname(dirname(main))];
  const file = /\.ya?ml$/.test(main)
    ? main
    : folders.map((folder) => join(folder, 'action.yml')).find((each) => existsSync(each));
  if (file === undefined) throw new Error(`there is no action.yml next to ${main}`);
  const manifest = parse(readFileSync(file, 'utf8')) as Manifest;
  return { manifest, script: file === main ? join(dirname(file), manifest.runs.main) : main };
}

/** The `github` context of a run, which is also the `GITHUB_…` variables, except the token. */
function contextOf({ github, event, eventName = 'workflow_dispatch' }: Run, workspace: string) {
  interface Said {
    readonly pull_request?: {
      number: number;
      merge_commit_sha: string;
      head: { ref: string };
      base: { ref: string };
    };
    readonly merge_group?: { head_sha: string; head_ref: string };
    readonly sender?: { login: string };
    readonly after?: string;
  }
  const {
    pull_request: pull,
    merge_group: group,
    sender,
    after,
  }: Said = typeof event === 'object' ? event : {};
  const ref = pull ? `refs/pull/${pull.number}/merge` : (group?.head_ref ?? 'refs/heads/main');
  const repository = github ? `${github.state.owner}/${github.state.name}` : 'example/handbook';
  const api = github?.url ?? 'http://127.0.0.1:9';
  return {
    action: '__self',
    actor: sender?.login ?? 'amara-osei',
    api_url: api,
    base_ref: pull?.base.ref ?? '',
    event_name: eventName,
    graphql_url: `${api}/graphql`,
    head_ref: pull?.head.ref ?? '',
    job: 'rota',
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: 'branch',
    repository,
    repository_owner: repository.split('/')[0] ?? '',
    run_attempt: '1',
    run_id: '1001',
    run_number: '1',
    server_url: 'https://github.com',
    sha: pull?.merge_commit_sha ?? group?.head_sha ?? after ?? '0'.repeat(40),
    triggering_actor: sender?.login ?? 'amara-osei',
    workflow: 'rota',
    workspace,
  };
}

/** The inputs of the step: the given value, else the default, else empty. */
function inputsOf(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
) {
  const known = Object.entries(manifest.inputs ?? {});
  const inputs: Record<string, string> = {};
  const isKnown = (name: string) => known.some(([each]) => each.toLowerCase() === name.toLowerCase());
  for (const [name, input] of known)
    inputs[name.toLowerCase()] = String(input?.default ?? '').replace(
      /\$\{\{\s*(.*?)\s*\}\}/g,
      (_, expression: string) => {
        const value = context[expression.replace(/^github\./, '')];
        if (value === undefined)
          throw new Error(`the default of ${name} uses ${expression}, which this runner does not know`);
        return value;
      },
    );
  for (const [name, value] of Object.entries(given)) inputs[name.toLowerCase()] = value;
  return {
    inputs,
    unexpected: Object.keys(given).filter((name) => !isKnown(name)),
    known: known.map(([name]) => name),
  };
}

const COMMANDS =
  'stop-commands set-env set-output save-state add-mask add-path add-matcher remove-matcher debug warning error notice group endgroup echo';

const unescaped = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((done, [code, sign]) => done.replaceAll(code, sign), text);
const BREAKS = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const;
const PERCENT = ['%25', '%'] as const;
const DATA = [...BREAKS, PERCENT];
const PROPERTY = [...BREAKS, ['%3A', ':'], ['%2C', ','], PERCENT] as const;
const OLD = [['%3B', ';'], ...BREAKS, ['%5D', ']'], PERCENT] as const;

/** The command in a line: `::name::` at its start, or `##[name]` anywhere in it. */
function commandIn(line: string, registered: ReadonlySet<string>): Command | undefined {
  const read = (
    info: string,
    data: string,
    between: string,
    codes: typeof PROPERTY | typeof OLD,
    dataCodes: typeof DATA | typeof OLD,
  ) => {
    const space = info.indexOf(' ');
    const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
    if (!registered.has(name)) return undefined;
    const properties: Record<string, string> = {};
    for (const pair of space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(between)) {
      const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
      if (key !== undefined && value !== undefined) properties[key.toLowerCase()] = unescaped(value, codes);
    }
    return { name, properties, data: unescaped(data, dataCodes) };
  };
  const [, info, data] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? [];
  const found = info === undefined ? undefined : read(info, data ?? '', ',', PROPERTY, DATA);
  if (found !== undefined) return found;
  const [, oldInfo, oldData] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  return oldInfo === undefined ? undefined : read(oldInfo, oldData ?? '', ';', OLD, OLD);
}

/** `name=value` and `name<<end … end`, as in the files of outputs, environment and state. */
function pairsIn(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, sign, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (line === '') continue;
    if (name === undefined || (sign === '<<' && (name === '' || rest === '')))
      throw new Error(`Invalid format '${line}'`);
    const end = lines.indexOf(rest);
    if (sign === '<<' && end < 0) throw new Error(`Invalid value. Matching delimiter not found '${rest}'`);
    pairs[name] =
      sign === '='
        ? rest
        : lines
            .splice(0, end + 1)
            .slice(0, -1)
            .join('\n');
  }
  return pairs;
}

/** The runner's view of a step: reads its lines and files, and keeps the results. */
export class Step {
  readonly commands: Command[] = [];
  readonly annotations: Annotation[] = [];
  readonly masks: string[] = [];
  readonly outputs: Record<string, string> = {};
  env: Record<string, string> = {};
  summary = '';
  hasFailed = false;
  readonly #registered = new Set(COMMANDS.split(' '));
  readonly #workspace: string;
  #stop: string | undefined;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  masked(text: string): string {
    const longestFirst = [TOKEN, ...this.masks].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((done, mask) => done.replaceAll(mask, '***'), text);
  }

  annotate(
    level: Annotation['level'],
    message: string,
    at: Omit<Annotation, 'level' | 'message'> = {},
  ): void {
    if (this.annotations.filter((each) => each.level === level).length < MOST_ANNOTATIONS)
      this.annotations.push({ level, message: this.masked(message).slice(0, LONGEST_MESSAGE), ...at });
  }

  read(line: string): void {
    const command = commandIn(line, this.#registered);
    if (command === undefined) return;
    if (this.#stop !== undefined) {
      if (command.name !== this.#stop) return;
      this.#registered.delete(this.#stop);
      this.#stop = undefined;
      return;
    }
    this.commands.push(command);
    try {
      this.#process(command);
    } catch (error) {
      this.hasFailed = true;
      this.annotate('error', `Unable to process command '${line}' successfully.`);
      this.annotate('error', error instanceof Error ? error.message : String(error));
    }
  }

  #process({ name, properties, data }: Command): void {
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.annotate(name, data, this.#place(properties));
        break;
      case 'add-mask':
        if (data.trim() === '')
          this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
        else
          this.masks.push(
            ...new Set([data, ...data.split(/[\r\n]+/).map((part) => part.trim())].filter(Boolean)),
          );
        break;
      case 'set-output':
        if (!properties.name) throw new Error("Required field 'name' is missing in ##[set-output] command.");
        this.outputs[properties.name] = data;
        break;
      case 'set-env':
      case 'add-path':
        throw new Error(`The \`${name}\` command is disabled.`);
      case 'stop-commands':
        if (data === '' || this.#registered.has(data.toLowerCase()))
          throw new Error('The token is not allowed.');
        this.#stop = data.toLowerCase();
        this.#registered.add(this.#stop);
    }
  }

  #place(properties: Command['properties']): Omit<Annotation, 'level' | 'message'> {
    const { file, title } = properties;
    const inside = file && isAbsolute(file) ? relative(this.#workspace, file).split(sep).join('/') : file;
    const numbers = Object.entries({ line: properties.line ?? properties.endline, col: properties.col })
      .map(([key, text]) => [key, Number.parseInt(text ?? '', 10)] as const)
      .filter(([, value]) => Number.isInteger(value));
    return {
      ...(inside ? { file: inside.startsWith('../') ? (file as string) : inside } : {}),
      ...Object.fromEntries(numbers),
      ...(title ? { title } : {}),
    };
  }

  readFile(name: 'output' | 'env' | 'state' | 'step_summary', text: string): void {
    const size = Buffer.byteLength(text);
    if (name === 'step_summary') {
      if (size > LARGEST_SUMMARY)
        this.annotate(
          'error',
          `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(size / 1024)}k.`,
        );
      else this.summary = this.masked(text);
      return;
    }
    try {
      const { NODE_OPTIONS: refused, ...pairs } = pairsIn(text);
      if (name === 'output')
        Object.assign(this.outputs, pairs, refused === undefined ? {} : { NODE_OPTIONS: refused });
      if (name === 'env') this.env = pairs;
      if (name === 'env' && refused !== undefined)
        this.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    } catch (error) {
      this.hasFailed = true;
      this.annotate('error', `Unable to process file command '${name}' successfully.`);
      this.annotate('error', error instanceof Error ? error.message : String(error));
    }
  }
}

/** The exit code and the output, which is read immediately, so that a full pipe blocks nothing. */
async function started(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      texts[name] += part;
    });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const [code, signal] = await new Promise<[number | null, string | null]>((done, failed) => {
    child.once('error', failed).once('close', (...end) => done(end));
  });
  clearTimeout(timer);
  if (code === null) throw new Error(`${script} was killed by ${signal}\n${texts.stdout}${texts.stderr}`);
  return { code, ...texts };
}

const FILES = ['step_summary', 'output', 'env', 'state', 'path'] as const;

const ROOT = join(import.meta.dirname, '../..');
let installed: string | undefined;

/**
 * A script of this repository as on GitHub's runner: in a copy without `node_modules`, made once for each process. Any
 * other script is used in place.
 */
function asInstalled(script: string): string {
  const path = relative(ROOT, script);
  if (path.startsWith('..') || isAbsolute(path)) return script;
  if (installed === undefined) {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'installed-')));
    const remove = () => rmSync(copy, { recursive: true, force: true });
    process.once('exit', remove);
    // Vitest ends its processes with this signal.
    process.once('SIGTERM', () => {
      remove();
      process.kill(process.pid, 'SIGTERM');
    });
    for (const part of ['actions', 'schemas', 'package.json'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    installed = copy;
  }
  return join(installed, path);
}

/** Runs an action and returns what GitHub would keep of it. */
export async function runAction(run: Run): Promise<Ran> {
  const broken = typeof run.event === 'object' ? eventFaults(run.eventName ?? '', run.event) : [];
  if (broken.length > 0) throw new Error(`this is not a valid GitHub event:\n${broken.join('\n')}`);
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')));
  try {
    for (const folder of ['work', 'temp', 'home', 'tools']) mkdirSync(join(temporary, folder));
    const workspace = resolve(run.cwd ?? join(temporary, 'work'));
    const file = (name: string): string => join(temporary, 'temp', name);
    const { manifest, script } = manifestOf(resolve(run.main));
    const context = contextOf(run, workspace);
    const { inputs, unexpected, known } = inputsOf(manifest, run.inputs ?? {}, { ...context, token: TOKEN });
    writeFileSync(
      file('event.json'),
      typeof run.event === 'string' ? run.event : JSON.stringify(run.event ?? {}),
    );
    for (const name of FILES) writeFileSync(file(name), '');
    const { PATH = '', SystemRoot = '' } = process.env;
    const env: Record<string, string> = {
      PATH,
      ...(SystemRoot === '' ? {} : { SystemRoot }),
      HOME: join(temporary, 'home'),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'GitHub Actions 1',
      RUNNER_ENVIRONMENT: 'github-hosted',
      RUNNER_TEMP: join(temporary, 'temp'),
      RUNNER_TOOL_CACHE: join(temporary, 'tools'),
      GITHUB_EVENT_PATH: file('event.json'),
    };
    for (const [name, value] of Object.entries(context)) env[`GITHUB_${name.toUpperCase()}`] = value;
    for (const name of FILES) env[`GITHUB_${name.toUpperCase()}`] = file(name);
    for (const [name, value] of Object.entries(inputs))
      env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;

    const step = new Step(workspace);
    if (unexpected.length > 0)
      step.annotate(
        'warning',
        `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${known.join("', '")}']`,
      );
    const startedAt = performance.now();
    const { code, stdout, stderr } = await started(asInstalled(script), workspace, { ...env, ...run.env });
    const milliseconds = performance.now() - startedAt;
    for (const line of `${stdout}\n${stderr}`.split(/\r\n|\r|\n/)) step.read(line);
    for (const name of ['env', 'step_summary', 'state', 'output'] as const)
      step.readFile(name, existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
    const { commands, annotations, masks, summary, outputs } = step;
    const status = code === 0 && step.hasFailed ? 1 : code;
    return {
      status,
      stdout,
      stderr,
      commands,
      annotations,
      masks,
      summary,
      outputs,
      env: step.env,
      milliseconds,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
