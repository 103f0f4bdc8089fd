/** What has reached the default branch although somebody whose agreement it needed has not given it. Pure. */
import type { Against } from '../compare/against.ts';
import { missingConsent, unreviewedRotas } from '../compare/verdict.ts';
import type { JudgedMerge } from './judge-merges.ts';

/** A part of a push that somebody has not agreed to. */
export interface UnagreedMerge {
  readonly name: string;
  /** The ids of the people who have not agreed. */
  readonly people: readonly string[];
  /** The ids of the leads of the base who can allow it. */
  readonly leads: readonly string[];
}

/** The leads of the teams concerned, or, where these name none, of any team; as the base names them. */
function leadsOf({ handbook: { teams }, ahead, past, unread }: Against): readonly string[] {
  const rotas = [...ahead, ...past].map(({ rota }) => rota);
  const own = [...rotas, ...unread].flatMap(
    (rota) => teams.get(rota.slice(0, rota.indexOf('/')))?.leads ?? [],
  );
  const all = [...teams.values()].flatMap(({ leads }) => leads);
  return [...new Set(own.length > 0 ? own : all)];
}

export const unagreedIn = (merges: readonly JudgedMerge[]): readonly UnagreedMerge[] =>
  merges.flatMap(({ name, judged: { against } }) => {
    const people = missingConsent(against).map(({ person }) => person);
    const unread = unreviewedRotas(against);
    return people.length + unread.length === 0 ? [] : [{ name, people, leads: leadsOf(against) }];
  });

export const unagreedText = ({ name, people, leads }: UnagreedMerge): string =>
  `${name} is on the default branch, and ${people.join(', ')} has not agreed to it; revert it, or ` +
  `let a lead allow it (${leads.join(', ') || 'no team names one'})`;
