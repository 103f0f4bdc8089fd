/** What has reached the default branch although somebody whose word it needs has not agreed. Pure. */
import type { RequiredConsent } from '../compare/consents.ts';
import { missingConsent } from '../compare/verdict.ts';
import { voicesIn } from '../compare/voices.ts';
import type { UnagreedChange } from '../drivers/pagerduty/guard.ts';
import type { JudgedMerge } from './judge-merges.ts';

/** A part of a push to which somebody has not agreed. */
export interface UnagreedMerge extends UnagreedChange {
  /** The logins of the leads, as the base has them. */
  readonly leadLogins: readonly string[];
}

/** Those of the judged parts to which somebody has not agreed. */
export const unagreedIn = (merges: readonly JudgedMerge[]): readonly UnagreedMerge[] =>
  merges.flatMap(({ name, judged: { against } }) => {
    const missing = [...new Set(missingConsent(against).map(whoText))];
    if (missing.length === 0) return [];
    const voices = voicesIn(against);
    const leads = voices.leadsOf([...against.ahead, ...against.past].map(({ rota }) => teamOf(rota)));
    const leadLogins = leads.flatMap((id) => {
      const voice = voices.of(id);
      return voice.kind === 'login' ? [voice.login] : [];
    });
    return [{ name, missing, leads, leadLogins }];
  });

const teamOf = (rota: string): string => rota.slice(0, rota.indexOf('/'));

const whoText = ({ person, anyOf }: RequiredConsent): string =>
  person ?? (anyOf.length > 0 ? `one of ${anyOf.join(', ')}` : 'a lead');

/** The error on the run of the default branch. */
export const unagreedText = ({ name, missing, leads }: UnagreedMerge): string =>
  `${name} is on the default branch, and these have not agreed to it: ${missing.join(', ')}; revert it, or let a ` +
  `lead (${leads.join(' or ') || 'no team of the handbook before it names one'}) have it applied to PagerDuty`;
