/**
 * A swap needs the consent of both people and of their delivery leads (dxw, "Scheduling around out of office time").
 * Everyone whose cover changes has approved the head commit, or opened the pull request and moved its branch there,
 * and so have their delivery leads where the base branch's policy requires it. A change of who somebody is
 * (`identity`) needs the person concerned or a lead. What could not be read before or after needs a lead of the base,
 * because whose time changes, or who agrees, is unknown. A login that two people share is nobody's. Runs only where
 * reviews can be read. Reported at the line that causes the change, once for each consent.
 */
import type { Against } from '../../compare/against.ts';
import { doubtText, listText } from '../../compare/consent-words.ts';
import type { RequiredConsent } from '../../compare/consents.ts';
import type { IdentityKind } from '../../compare/identity-change.ts';
import { PERSON_KEYS } from '../../compare/person-identity.ts';
import { missingConsent } from '../../compare/verdict.ts';
import { type Doubt, doubtAbout, voicesIn } from '../../compare/voices.ts';
import { type Objection, rule } from '../rule.ts';

interface Asked {
  readonly person: string;
  /** The people whose delivery lead they are; undefined for somebody whose own time changes. */
  readonly leadOf: readonly string[] | undefined;
}

interface Codes {
  readonly 'not-approved': Asked;
  /** They opened or approved the pull request, but not so that it counts. */
  readonly 'not-counted': Asked & { readonly login: string; readonly doubt: Doubt };
  /** Somebody without a GitHub name in the handbook, whose approval would not be recognised. */
  readonly 'no-login': Asked;
  readonly 'shared-login': { readonly login: string; readonly people: readonly string[] };
  /** Somebody whom the base names without saying who they are. */
  readonly 'unknown-person': { readonly person: string; readonly leads: readonly string[] };
  readonly 'identity-not-agreed': {
    readonly kind: IdentityKind;
    readonly id: string;
    readonly keys: readonly string[];
    readonly anyOf: readonly string[];
  };
  readonly 'first-leads': { readonly of: readonly string[]; readonly person: string };
  readonly 'rota-unread': { readonly rota: string; readonly leads: readonly string[] };
  readonly 'base-unread': { readonly files: readonly string[]; readonly leads: readonly string[] };
}

export const consent = rule<Codes>({
  name: 'consent',
  severity: 'error',
  summary:
    'Everyone whose cover changes has agreed, and so have their delivery leads; the person concerned or a lead ' +
    'has agreed to a change of who somebody is, and a lead to what could not be read.',
  needs: 'reviews',
  playbook: 'dxw, Scheduling around out of office time',
  *check({ against }) {
    if (against?.pull === undefined) return;
    for (const missing of missingConsent(against)) yield objection(against, missing);
  },
  describe: {
    'not-approved': (asked) => `${openText(asked)}; they need to approve the pull request`,
    'not-counted': ({ login, doubt, ...asked }) => `${openText(asked)}; ${login} ${doubtText(doubt)}`,
    'no-login': (asked) =>
      `${openText(asked)}; people has no github name for them, so add it first, in a pull request of its own`,
    'shared-login': ({ login, people }) =>
      `${people.join(' and ')} share the github name ${login}, so that it is nobody's; write each person's own`,
    'unknown-person': ({ person, leads }) =>
      `who ${person} is cannot be read from the base branch, so a lead needs to agree for them (${whoText(leads)})`,
    'identity-not-agreed': ({ kind, id, keys, anyOf }) => {
      // The key of somebody who is called, or assigned, is the person.
      if (keys.length === 1 && anyOf.includes(keys[0] ?? ''))
        return (
          `${keys[0]} has not agreed yet to what ${NOUNS[kind]}${id} changes for them; ` +
          'they need to approve the pull request'
        );
      const who = kind === 'person' && !isByLead(keys) ? 'the person concerned or a lead' : 'a lead';
      return (
        `nobody has agreed yet to the change of ${listText(keys, 5, ', ')} of ${NOUNS[kind]}${id}; ` +
        `${who} needs to approve the pull request (${whoText(anyOf)})`
      );
    },
    'first-leads': ({ of, person }) =>
      `${person} has not agreed yet to what changes of ${listText(of, 5, ', ')}; ` +
      'no lead is named so far who could, so everybody with a place in a rota needs to approve the pull request',
    'rota-unread': ({ rota, leads }) =>
      `whose time changes in ${rota} is unknown, because the rota, or a file it needs, could not be read ` +
      `before or after the change; a lead needs to approve the pull request (${whoText(leads)})`,
    'base-unread': ({ files, leads }) =>
      `${listText(files, 3, ', ')} could not be read before the change, so who agrees to what is uncertain; ` +
      `a lead needs to approve the pull request (${whoText(leads)}); ` +
      'fix what cannot be read first, in a pull request that changes nothing else',
  },
});

const NOUNS: Readonly<Record<IdentityKind, string>> = {
  person: '',
  leads: 'the team ',
  schedule: 'the role ',
  group: 'the team ',
  chain: 'the chain ',
  service: 'the service ',
  contact: 'the contact ',
  'known-as': '',
  holidays: 'the list of holidays ',
  'planned-change': 'the planned change ',
  named: 'the rota ',
  policy: 'the policy ',
  'time-off': 'the hours of the rota ',
};

const isByLead = (keys: readonly string[]): boolean =>
  keys.every((key) => PERSON_KEYS.some((it) => it.key === key && it.byLead));

const whoText = (people: readonly string[]): string =>
  listText(people, 5, ', ') || 'the base branch names none with a github name; an administrator has to help';

const openText = ({ person, leadOf }: Asked): string => {
  const reason =
    leadOf === undefined ? 'their time changes' : `delivery lead of ${listText(leadOf, 5, ', ')}`;
  return `${person} has not agreed yet (${reason})`;
};

function objection(against: Against, missing: RequiredConsent): Objection<Codes> {
  const { person = '', anyOf, reason, cause: location } = missing;
  switch (reason.kind) {
    case 'identity': {
      const { kind, id, keys } = reason.change;
      const args = { kind, id, keys: keys.map(({ key }) => key), anyOf };
      return { code: 'identity-not-agreed', args, location };
    }
    case 'first-leads': {
      const of = [...new Set(reason.changes.map(({ id }) => id))];
      return { code: 'first-leads', args: { of, person }, location };
    }
    case 'unread-rota':
      return { code: 'rota-unread', args: { rota: reason.rota, leads: anyOf }, location };
    case 'unread-base':
      return { code: 'base-unread', args: { files: reason.files, leads: anyOf }, location };
    default:
      return personal(
        against,
        { person, leadOf: reason.kind === 'time' ? undefined : reason.of },
        anyOf,
        location,
      );
  }
}

/** Why one person's consent is missing. */
function personal(
  against: Against,
  asked: Asked,
  leads: readonly string[],
  location: RequiredConsent['cause'],
): Objection<Codes> {
  const { person } = asked;
  const voice = voicesIn(against).of(person);
  switch (voice.kind) {
    case 'unknown':
      return { code: 'unknown-person', args: { person, leads }, location };
    case 'shared':
      return { code: 'shared-login', args: { login: voice.login, people: voice.people }, location };
    case 'no-login':
      return { code: 'no-login', args: asked, location };
    case 'login': {
      const { login } = voice;
      const doubt = against.pull === undefined ? undefined : doubtAbout(against.pull, login);
      return doubt === undefined
        ? { code: 'not-approved', args: asked, location }
        : { code: 'not-counted', args: { ...asked, login, doubt }, location };
    }
  }
}
