/** What the action and the command publish of an evaluated handbook. */
import type { Evaluation } from '../pipeline.ts';
import type { Piece, Publication } from '../site/publication.ts';
import { publish } from '../site/publish.ts';

/** The files to publish; undefined if the handbook has errors, because a wrong calendar is worse than an old one. */
export function publishable(
  { findings, handbook }: Evaluation,
  given: Omit<Publication, 'handbook'>,
): Iterable<Piece> | undefined {
  return findings.some(({ severity }) => severity === 'error') ? undefined : publish({ ...given, handbook });
}
