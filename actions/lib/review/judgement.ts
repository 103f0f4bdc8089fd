/** The input of a review, and its people, roles and findings formatted as Markdown. Pure. */
import { describe } from '../check/describe.ts';
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import { hasNamesake } from '../compare/namesakes.ts';
import type { Handbook, LocatedFinding } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';
import { fitMarkdown } from './budget.ts';

/** A handbook, its comparison with the base, and its findings. */
export interface Judgement {
  readonly handbook: Handbook;
  readonly against: Against;
  readonly findings: readonly LocatedFinding[];
  readonly now: Instant;
  /** The commit that was checked. */
  readonly commit: string;
}

/** The characters of a name in Markdown, which takes nine characters to write one of some. */
const LONGEST_NAME = 160;

/**
 * A person's name as plain text, as the base has it, or their id if they have none: a pull request must not choose by
 * which name a comment calls whom. Somebody new with the name of somebody in the base has their id beside it.
 */
export function plainName(
  { handbook, against }: Pick<Judgement, 'handbook' | 'against'>,
  id: string,
): string {
  const before = against.handbook.people;
  const known = before.get(id)?.name;
  const name = known ?? handbook.people.get(id)?.name ?? id;
  return known === undefined && name !== id && hasNamesake(before, name) ? `${name} (${id})` : name;
}

/** The same as Markdown. */
export const personName = (judgement: Judgement, id: string): string =>
  fitMarkdown(plainName(judgement, id), LONGEST_NAME);

/** A role with the names of its team and rota. */
export function seatName({ handbook, against }: Judgement, { rota: id, role }: Exception): string {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  const team = handbook.teams.get(rota?.team ?? '')?.name ?? rota?.team ?? '';
  const names = [team, rota?.name ?? id].map((it) => fitMarkdown(it, LONGEST_NAME)).join(', ');
  return `${names} (${forMarkdown(role)})`;
}

/** A finding as a list item of at most about so many characters. */
export const findingLine = (finding: LocatedFinding, most = 10_000): string => {
  const { severity, file, line, rule } = finding;
  const mark = severity === 'error' ? '❌' : '⚠️';
  const message = fitMarkdown(describe(finding), most);
  return `- ${mark} ${fitMarkdown(file, most)} line ${line}: ${message} [${forMarkdown(rule)}]`;
};
