/** The input of a review, and its people, roles and findings formatted as Markdown. Pure. */
import { describe } from '../check/describe.ts';
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import type { Handbook, LocatedFinding } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';

/** A handbook, its comparison with the base, and its findings. */
export interface Judgement {
  readonly handbook: Handbook;
  readonly against: Against;
  readonly findings: readonly LocatedFinding[];
  readonly now: Instant;
  /** The commit that was checked. */
  readonly commit: string;
}

/** A person's name, or their id if they have no name here. */
export const personName = ({ handbook, against }: Judgement, id: string): string =>
  forMarkdown((handbook.people.get(id) ?? against.handbook.people.get(id))?.name ?? id);

/** A role with the names of its team and rota. */
export function seatName({ handbook, against }: Judgement, { rota: id, role }: Exception): string {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  const team = handbook.teams.get(rota?.team ?? '')?.name ?? rota?.team ?? '';
  return `${forMarkdown(`${team}, ${rota?.name ?? id}`)} (${forMarkdown(role)})`;
}

/** A finding as a list item. */
export const findingLine = (finding: LocatedFinding): string => {
  const { severity, file, line, rule } = finding;
  const mark = severity === 'error' ? '❌' : '⚠️';
  const message = forMarkdown(describe(finding));
  return `- ${mark} ${forMarkdown(file)} line ${line}: ${message} [${forMarkdown(rule)}]`;
};
