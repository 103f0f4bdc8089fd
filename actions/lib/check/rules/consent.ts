/**
 * "Talk to your delivery lead, the person you'll swap with, and their delivery lead" (dxw, "Scheduling around out of
 * office time"). Everyone whose cover changes has approved the head commit or wrote the pull request, by GitHub's word,
 * and so have their delivery leads where the base's policy asks it. Where a rota could not be read before or after, nobody
 * knows whose time changes, so a lead answers for it. Only where reviews can be read. Told at the line that causes the
 * change, once for each person.
 */
import { missingConsent, personIn, unreviewedRotas } from '../../compare/verdict.ts';
import type { Rule } from '../rule.ts';

export const consent: Rule = {
  name: 'consent',
  severity: 'error',
  asks: 'where reviews can be read: have those whose cover changes, and their delivery leads, agreed?',
  playbook: 'dxw, Scheduling around out of office time',
  *check({ against }) {
    if (against === undefined) return;
    for (const { person: id, because, cause } of missingConsent(against)) {
      const login = personIn(against, id)?.github;
      const how =
        login === undefined
          ? 'people has no github name for them, so add it'
          : 'their approval of the pull request is wanted';
      yield { location: cause, message: `${id} has not agreed yet (${because}); ${how}` };
    }
    for (const { rota, leads } of unreviewedRotas(against)) {
      const file = against.head.rotas.get(rota)?.location.file ?? `rotas/${rota}.yaml`;
      yield {
        location: { file, path: [] },
        message: `whose time changes in ${rota} cannot be told, because it, or what it needs, could not be read before or after; the approval of a lead is wanted (${leads.join(', ') || 'no team names one'})`,
      };
    }
  },
};
