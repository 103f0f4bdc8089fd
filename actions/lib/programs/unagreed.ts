/** What has reached the default branch although somebody whose word it needs has not agreed. Pure. */
import type { Against } from '../compare/against.ts';
import { missingConsent, unreviewedRotas } from '../compare/verdict.ts';
import type { UnagreedChange } from '../drivers/pagerduty/guard.ts';
import type { JudgedMerge } from './judge-merges.ts';

/** A part of a push to which somebody has not agreed. */
export interface UnagreedMerge extends UnagreedChange {
  /** The logins of the leads, as the base has them. */
  readonly leadLogins: readonly string[];
}

/** The leads of the teams concerned, or, where these name none, of any team; as the base names them. */
function leadsOf({ handbook: { teams }, ahead, past, unread }: Against): readonly string[] {
  const rotas = [...[...ahead, ...past].map(({ rota }) => rota), ...unread];
  const own = rotas.flatMap((rota) => teams.get(rota.slice(0, rota.indexOf('/')))?.leads ?? []);
  const all = [...teams.values()].flatMap(({ leads }) => leads);
  return [...new Set(own.length > 0 ? own : all)];
}

/** Those of the judged parts to which somebody has not agreed. */
export const unagreedIn = (merges: readonly JudgedMerge[]): readonly UnagreedMerge[] =>
  merges.flatMap(({ name, judged: { against } }) => {
    const missing = [
      ...missingConsent(against).map(({ person }) => person),
      ...unreviewedRotas(against).map(({ rota }) => `a lead, for ${rota}, which could not be read`),
    ];
    if (missing.length === 0) return [];
    const leads = leadsOf(against);
    const leadLogins = leads.flatMap((id) => against.handbook.people.get(id)?.github ?? []);
    return [{ name, missing, leads, leadLogins }];
  });

/** The error on the run of the default branch. */
export const unagreedText = ({ name, missing, leads }: UnagreedMerge): string =>
  `${name} is on the default branch, and these have not agreed to it: ${missing.join(', ')}; revert it, or let a ` +
  `lead (${leads.join(' or ') || 'no team of the handbook before it names one'}) have it applied to PagerDuty`;
