/**
 * Keeps the issues of hand-overs as the handbook says. Everything is computed again from the handbook and the issues,
 * so that a run that was stopped at any point is completed by the next one; a fault with one issue stops no other.
 */
import type { Connection } from '../github/connection.ts';
import { HandoverIssues } from '../github/handover-issues.ts';
import { Issues } from '../github/issues.ts';
import { errorText } from '../github/log.ts';
import {
  HANDOVER_COMMENT,
  HANDOVER_LABEL,
  type HandoverIssue,
  type IssueRun,
  type IssueStep,
  planHandoverIssues,
} from '../messages/handover-issue.ts';
import { type HandoverRecord, recordIn } from '../messages/handover-record.ts';
import type { Handbook } from '../model.ts';
import { plural } from '../text/plural.ts';
import { DAY } from '../time/date.ts';

/** What a run knows: a handbook without errors, where that is, and the current time. */
export interface HandoverRun extends IssueRun {
  readonly handbook: Handbook;
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
}

/** An issue that nobody touched for longer is left alone, ticked or not. */
const CHANGED_SINCE = 60 * DAY;

/** Brings the issues of all hand-overs up to date; 1 if something was left undone. */
export const keepHandoverIssues = (connection: Connection, run: HandoverRun): Promise<0 | 1> =>
  new IssueWork(connection, run).all();

/** One run. */
class IssueWork {
  readonly #run: HandoverRun;
  readonly #handovers: HandoverIssues;
  readonly #issues: Issues;

  constructor(connection: Connection, run: HandoverRun) {
    this.#run = run;
    this.#handovers = new HandoverIssues(connection, HANDOVER_LABEL.name);
    this.#issues = new Issues(connection);
  }

  async all(): Promise<0 | 1> {
    const issues = await this.#list();
    const steps = this.#plan(issues);
    if (steps.some(({ kind }) => kind === 'create')) await this.#issues.ensureLabels([HANDOVER_LABEL]);
    let failed = 0;
    for (const step of steps)
      try {
        await this.#carryOut(step, issues);
      } catch (error) {
        failed++;
        this.#run.error(`${nameOf(step)}: ${errorText(error)}; the next run tries again`);
      }
    if (steps.length === 0) this.#run.info('every hand-over issue is as it should be');
    if (failed > 0) this.#run.error(`${plural(failed, 'hand-over issue')} not done`);
    return failed > 0 ? 1 : 0;
  }

  #list(): Promise<readonly HandoverIssue[]> {
    return this.#handovers.list(this.#run.now - CHANGED_SINCE);
  }

  #plan(issues: readonly HandoverIssue[]): readonly IssueStep[] {
    return planHandoverIssues(this.#run.handbook, issues, this.#run);
  }

  /** What to do with the issues of one rota. */
  #planOf(id: string, issues: readonly HandoverIssue[]): readonly IssueStep[] {
    const { rotas } = this.#run.handbook;
    const team = rotas.get(id)?.team;
    const own = new Map([...rotas].filter(([, rota]) => rota.team === team));
    return planHandoverIssues({ ...this.#run.handbook, rotas: own }, issues, this.#run);
  }

  async #carryOut(step: IssueStep, issues: readonly HandoverIssue[]): Promise<void> {
    if (step.kind === 'create') return this.#create(step);
    const issue = issues.find(({ number }) => number === step.number);
    if (issue === undefined) throw new Error('the issue is not among those that were read');
    if (step.comment !== undefined)
      await this.#issues.upsertComment(step.number, HANDOVER_COMMENT, `${HANDOVER_COMMENT}\n${step.comment}`);
    if (step.kind === 'update') return this.#update(issue, step);
    if (step.body !== undefined) await this.#handovers.update(issue, { body: step.body });
    await this.#issues.close(step.number, step.reason);
    this.#run.info(
      `issue ${step.number}: closed, ${step.reason === 'completed' ? 'all is ticked' : 'no more'}`,
    );
  }

  /** People are assigned once it is certain that the issue is the only one of its hand-over: that mails them. */
  async #create(step: Extract<IssueStep, { readonly kind: 'create' }>): Promise<void> {
    const ofSame = async () => (await this.#list()).filter(({ body }) => isSame(recordIn(body), step.record));
    const created = await this.#handovers.create(step, async () => (await ofSame())[0]);
    this.#run.info(`issue ${created.number}: opened for ${step.record.rota}, ${step.record.key}`);
    const all = await ofSame();
    const others = all.some(({ number }) => number === created.number) ? all : [...all, created];
    for (const next of this.#planOf(step.record.rota, others).filter(({ kind }) => kind !== 'create'))
      await this.#carryOut(next, others);
  }

  async #update(
    issue: HandoverIssue,
    { change, asked }: Extract<IssueStep, { readonly kind: 'update' }>,
  ): Promise<void> {
    const refused = await this.#handovers.update(issue, change);
    const parts = Object.keys(change).map((key) => (key === 'isOpen' ? 'opened again' : key));
    this.#run.info(`issue ${issue.number}: brought up to date (${parts.join(', ')})`);
    for (const login of refused.filter((it) => asked.includes(it)))
      this.#run.info(
        `issue ${issue.number}: GitHub does not assign ${login}; give them access to the repository, then assign them`,
      );
  }
}

const isSame = (one: HandoverRecord | undefined, other: HandoverRecord): boolean =>
  one !== undefined && one.folder === other.folder && one.rota === other.rota && one.key === other.key;

const nameOf = (step: IssueStep): string =>
  step.kind === 'create' ? `hand-over ${step.record.rota}, ${step.record.key}` : `issue ${step.number}`;
