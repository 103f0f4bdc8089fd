/**
 * A swap needs the consent of both people and of their delivery leads (dxw, "Scheduling around out of office time").
 * Everyone whose cover changes has approved the head commit or opened the pull request, according to GitHub, and so
 * have their delivery leads where the base branch's policy requires it. Where a rota could not be read before or
 * after the change, whose time changes is unknown, so a lead approves instead. Runs only where reviews can be read.
 * Reported at the line that causes the change, once for each person.
 */
import { type MissingConsent, missingConsent, personIn, unreviewedRotas } from '../../compare/verdict.ts';
import { reasonText } from '../../compare/words.ts';
import { rule } from '../rule.ts';

type Missing = Pick<MissingConsent, 'person' | 'leadOf'>;

interface Codes {
  readonly 'not-approved': Missing;
  /** Somebody without a GitHub name in the handbook, whose approval would not be recognised. */
  readonly 'no-login': Missing;
  readonly 'rota-unread': { readonly rota: string; readonly leads: readonly string[] };
}

export const consent = rule<Codes>({
  name: 'consent',
  severity: 'error',
  summary: 'Everyone whose cover changes has agreed, and so have their delivery leads.',
  needs: 'reviews',
  playbook: 'dxw, Scheduling around out of office time',
  *check({ against }) {
    if (against === undefined) return;
    for (const { person, leadOf, cause: location } of missingConsent(against)) {
      const login = personIn(against, person)?.github;
      yield { code: login === undefined ? 'no-login' : 'not-approved', args: { person, leadOf }, location };
    }
    for (const { rota, leads } of unreviewedRotas(against)) {
      const file = against.head.rotas.get(rota)?.location.file ?? `rotas/${rota}.yaml`;
      yield { code: 'rota-unread', args: { rota, leads }, location: { file, path: [] } };
    }
  },
  describe: {
    'not-approved': (missing) => sentence(missing, 'they need to approve the pull request'),
    'no-login': (missing) => sentence(missing, 'people has no github name for them, so add it'),
    'rota-unread': ({ rota, leads }) => {
      const who = leads.join(', ') || 'no team names one';
      return (
        `whose time changes in ${rota} is unknown, because the rota, or a file it needs, ` +
        `could not be read before or after the change; a lead needs to approve the pull request (${who})`
      );
    },
  },
});

const sentence = (missing: Missing, advice: string): string =>
  `${missing.person} has not agreed yet (${reasonText(missing)}); ${advice}`;
