/** Prints, at the end of a run, how long each project took, and the seed of the samples. */
import type { Reporter, TestModule } from 'vitest/node';

interface Times {
  files: number;
  /** Total milliseconds of its files, including imports. */
  worked: number;
  startedAt: number;
  endedAt: number;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);

export class ProjectTimes implements Reporter {
  readonly #sample: string;
  readonly #queuedAt = new Map<string, number>();
  readonly #times = new Map<string, Times>();

  constructor(seed: number, isNightly: boolean) {
    this.#sample = isNightly ? `complete, seed ${seed}` : `a sample, SEED=${seed}; NIGHTLY=1 runs all`;
  }

  onTestModuleQueued(module: TestModule): void {
    this.#queuedAt.set(module.id, Date.now());
  }

  onTestModuleEnd(module: TestModule): void {
    const endedAt = Date.now();
    const startedAt = this.#queuedAt.get(module.id) ?? endedAt;
    const { name } = module.project;
    const times = this.#times.get(name) ?? { files: 0, worked: 0, startedAt, endedAt };
    this.#times.set(name, {
      files: times.files + 1,
      worked: times.worked + endedAt - startedAt,
      startedAt: Math.min(times.startedAt, startedAt),
      endedAt,
    });
  }

  onTestRunEnd(): void {
    for (const [name, { files, worked, startedAt, endedAt }] of this.#times) {
      const clock = `${seconds(endedAt - startedAt)} from first to last`;
      process.stdout.write(
        `${name.padStart(11)}  ${String(files).padStart(3)} files ${seconds(worked)} in all,${clock}\n`,
      );
    }
    process.stdout.write(`     Sample  ${this.#sample}\n`);
    this.#queuedAt.clear();
    this.#times.clear();
  }
}
