/**
 * A policy is a promise to users and colleagues, so its change is pointed out, judged against the base branch's
 * policy, and approved by its owners (`.github/CODEOWNERS`). Reported at the file that changed.
 */
import { rule } from '../rule.ts';

interface Codes {
  readonly changed: Readonly<Record<string, never>>;
}

export const policyChange = rule<Codes>({
  name: 'policy-change',
  severity: 'warning',
  summary: 'A change of a policy is approved by its owners.',
  needs: 'base',
  *check({ against }) {
    for (const file of against?.policies ?? [])
      yield { code: 'changed', args: {}, location: { file, path: [] } };
  },
  describe: {
    changed: () =>
      'this policy changes; its owners approve it, and until it is merged the old one is the judge',
  },
});
