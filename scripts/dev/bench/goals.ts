/** The goals of the check, and what one run of the benchmark measured for each. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../table.ts';
import { median, ratio } from './figures.ts';

/** What was measured of a handbook of one size. */
export interface SizeFigures {
  /**
   * Milliseconds of each round, of whole processes: the check alone, called again on the same machine, against an equal
   * base, and with one file changed; a loop of yaml and ajv; and ajv-cli on the schema of rotas.
   */
  readonly times: (name: 'check' | 'again' | 'same' | 'pull' | 'bare' | 'cli') => readonly number[];
  /** The most memory of a check, with a base or without. */
  readonly checkMb: number;
  /** From YAML to calendars. */
  readonly pipelineMs: number;
  readonly pipelineMb: number;
}

/** Commits the handbook in a folder, packed as a clone has it. */
export function commitAll(folder: string): void {
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...words], {
      cwd: folder,
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'base');
  git('repack', '-a', '-d', '--quiet');
}

/** Does something while one rota of a handbook hands over an hour later. */
export function oneFileChanged<T>(folder: string, work: () => T): T {
  const file = join(folder, 'rotas/team-0/rota-3.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"10:00"', '"11:00"'));
  try {
    return work();
  } finally {
    writeFileSync(file, text);
  }
}

/** A row for each goal whose sizes were measured. */
export function goalLines(measured: ReadonlyMap<number, SizeFigures>): readonly string[] {
  const [small, large] = [measured.get(1000), measured.get(10_000)];
  const rows: string[][] = [];
  if (small !== undefined) {
    const { times } = small;
    const add = (goal: string, most: string, ours: Parameters<typeof times>[0], theirs: typeof ours) =>
      rows.push([goal, most, `${ratio(times(ours), times(theirs))} ×`]);
    add('check of 1,000 rotas ÷ ajv-cli, schema only', '2.5 ×', 'check', 'cli');
    add('check of 1,000 rotas, called again ÷ ajv-cli', '–', 'again', 'cli');
    add('check of 1,000 rotas ÷ yaml + ajv', '0.8 ×', 'check', 'bare');
    add('check --base of 1,000 rotas without a change ÷ check', '1.15 ×', 'same', 'check');
    add('check --base of 1,000 rotas with one file changed ÷ check', '1.15 ×', 'pull', 'check');
  }
  if (small !== undefined && large !== undefined) {
    const growth = median(large.times('check')) / median(small.times('check'));
    const pipeline = large.pipelineMs / small.pipelineMs;
    rows.push(['check of 10,000 rotas ÷ of 1,000', '9 ×', `${growth.toFixed(1)} ×`]);
    rows.push(['YAML to calendars of 10,000 rotas ÷ of 1,000', '–', `${pipeline.toFixed(1)} ×`]);
  }
  if (large !== undefined) {
    rows.push(['memory of a check of 10,000 rotas', '700 MB', `${large.checkMb.toFixed(0)} MB`]);
    rows.push(['memory from YAML to calendars of 10,000 rotas', '–', `${large.pipelineMb.toFixed(0)} MB`]);
  }
  return table(['goal', 'at most', 'measured'], rows);
}
