/** What is published of an evaluated handbook, by the action and by the command. */
import type { Evaluation } from '../pipeline.ts';
import type { Piece, Publication } from '../site/publication.ts';
import { publish } from '../site/publish.ts';

/** The files to publish, or none where the handbook has errors: a calendar that is wrong is worse than an old one. */
export function publishable(
  { findings, handbook }: Evaluation,
  given: Omit<Publication, 'handbook'>,
): Iterable<Piece> | undefined {
  return findings.some(({ severity }) => severity === 'error') ? undefined : publish({ ...given, handbook });
}
