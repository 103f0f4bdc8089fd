/**
 * A policy is a promise to users and colleagues, so its change is said aloud, judged by the policy that stood before,
 * and approved by its owners (`.github/CODEOWNERS`). Told at the file that changed.
 */
import type { Rule } from '../rule.ts';

export const policyChange: Rule = {
  name: 'policy-change',
  severity: 'warning',
  asks: 'against the base: did a policy change, so that its owners have to approve?',
  *check({ against }) {
    for (const file of against?.policies ?? []) {
      yield {
        location: { file, path: [] },
        message:
          'this policy changes; its owners approve it, and until it is merged the old one is the judge',
      };
    }
  },
};
