/**
 * Who somebody is, is cover, too: whoever has the login of a colleague agrees for them, whoever has their account is
 * woken for them, and a lead approves emergencies. So is whom a chain, a service or a planned change calls, and whose a
 * schedule of PagerDuty is. Each such change is reported, and the rule `consent` asks those whom `compare/identity.ts`
 * and its neighbours name, by the logins that the base has; SECURITY has the table. Somebody new is no
 * change, apart from what a lead has to give them; the first leads of a team are one, and so is what a colleague is
 * known by. Reported at the key that changes.
 */
import { type IdentityFacts, identityText } from '../../compare/consent-words.ts';
import { identityAsked } from '../../compare/consents.ts';
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
    for (const { kind, id, keys } of against === undefined ? [] : identityAsked(against))
      for (const { key, before, after, location } of keys)
        yield { code: 'changed', args: { kind, id, key, before, after }, location };
  },
  describe: { changed: (facts) => identityText(facts, (person) => person) },
});
