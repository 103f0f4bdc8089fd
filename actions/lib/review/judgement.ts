/** What a review is made from, and how its people, roles and findings read in Markdown. Pure. */
import { describe } from '../check/describe.ts';
import type { Against } from '../compare/against.ts';
import type { Exception } from '../compare/exceptions.ts';
import type { Handbook, LocatedFinding } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';

/** A handbook compared with the one before it, and checked. */
export interface Judgement {
  readonly handbook: Handbook;
  readonly against: Against;
  readonly findings: readonly LocatedFinding[];
  readonly now: Instant;
  /** The commit that was judged. */
  readonly commit: string;
}

/** A person as people call them. */
export const personName = ({ handbook, against }: Judgement, id: string): string =>
  forMarkdown((handbook.people.get(id) ?? against.handbook.people.get(id))?.name ?? id);

/** A role as people call it, with its team. */
export function seatName({ handbook, against }: Judgement, { rota: id, role }: Exception): string {
  const rota = handbook.rotas.get(id) ?? against.handbook.rotas.get(id);
  const team = handbook.teams.get(rota?.team ?? '')?.name ?? rota?.team ?? '';
  return `${forMarkdown(`${team}, ${rota?.name ?? id}`)} (${forMarkdown(role)})`;
}

/** A finding as an item of a list. */
export const findingLine = (finding: LocatedFinding): string => {
  const { severity, file, line, rule } = finding;
  return `- ${severity === 'error' ? '❌' : '⚠️'} ${forMarkdown(file)} line ${line}: ${forMarkdown(describe(finding))} [${forMarkdown(rule)}]`;
};
