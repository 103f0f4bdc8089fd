/**
 * Who somebody is, is cover, too: whoever has the login of a colleague agrees for them, whoever has their account is
 * woken for them, and a lead approves emergencies. A change of a person's `github`, `pagerduty`, `reach` or
 * `delivery_lead`, of a team's leads, of a schedule, a chain, a contact, a service's chains or the holidays behind its
 * hours is reported, and the rule `consent` asks the person concerned, by the login that the base has, or a lead of the
 * base. Somebody new is no change; the first leads of a team are one, and so is a contact with the account of a
 * colleague. Reported at the key that changes.
 */
import { type IdentityFacts, identityText } from '../../compare/consent-words.ts';
import { rule } from '../rule.ts';

interface Codes {
  readonly changed: IdentityFacts;
}

export const identity = rule<Codes>({
  name: 'identity',
  severity: 'warning',
  summary:
    'A change of who agrees, who leads or who is woken is agreed to by the person concerned or a lead.',
  needs: 'base',
  *check({ against }) {
    for (const { kind, id, keys } of against?.identity ?? [])
      for (const { key, before, after, location } of keys)
        yield { code: 'changed', args: { kind, id, key, before, after }, location };
  },
  describe: { changed: (facts) => identityText(facts, (person) => person) },
});
