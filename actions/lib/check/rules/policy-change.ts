/**
 * A policy commits the team to its users and colleagues, so a change to it is reported, and its owners
 * (`.github/CODEOWNERS`) approve it. Reported at the file that changed.
 */
import { rule } from '../rule.ts';

interface Codes {
  readonly changed: Readonly<Record<string, never>>;
}

export const policyChange = rule<Codes>({
  name: 'policy-change',
  severity: 'warning',
  summary: 'The owners of a policy approve every change to it.',
  needs: 'base',
  *check({ against }) {
    for (const file of against?.policies ?? [])
      yield { code: 'changed', args: {}, location: { file, path: [] } };
  },
  describe: {
    changed: () =>
      "this policy changes; its owners need to approve it, and the base branch's policy applies until it is merged",
  },
});
