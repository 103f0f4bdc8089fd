/** What somebody has to agree to, and why, in words; names and Markdown are the caller's. Pure. */
import { HOUR } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import type { ConsentReason } from './consents.ts';
import type { Exception } from './exceptions.ts';
import { NEW_FOR } from './holiday-identity.ts';
import type { IdentityChange, IdentityKind, KeyChange } from './identity-change.ts';
import { PERSON_KEYS } from './person-identity.ts';
import { FIRST_CALL } from './planned-identity.ts';
import { CRITICAL_REASONS, PAGERDUTY_SERVICE, WINDOW } from './service-identity.ts';
import { USERS } from './shared-identity.ts';
import { SHARED_WITH } from './shared-lists.ts';
import type { Doubt } from './voices.ts';
import { effectText, spanTextFor } from './words.ts';

/** A change of identity as data: what belongs to whom, before and after. */
export interface IdentityFacts extends Pick<KeyChange, 'key' | 'before' | 'after'> {
  readonly kind: IdentityKind;
  readonly id: string;
}

/** How people are named. */
export type NameOf = (person: string) => string;

/** When and how a text is read, and how many of somebody's own changes it describes one by one. */
interface Reading {
  readonly now: Instant;
  readonly zone: (person: string) => Zone | undefined;
  readonly most: number;
}

/**
 * "takes paas/on-call/engineer Wed 23 Dec 10:00 – Wed 30 Dec 10:00 from Mallory Muir", with the times in the zone of
 * the person whose time changes, too, where that is another one. Whoever agrees has to see what to: of somebody's time
 * that are the longest changes and the sum, and else everything.
 */
export function consentText(reason: ConsentReason, nameOf: NameOf, { now, zone, most }: Reading): string {
  switch (reason.kind) {
    case 'time':
      return ownTexts(reason, most, (it) =>
        ownText(it, reason.person, nameOf, spanTextFor(zone(reason.person), it, now)),
      );
    case 'delivery-lead':
      return `delivery lead of ${reason.of.map(nameOf).join(', ')}, whose time changes`;
    case 'identity':
      return changesText([reason.change], nameOf);
    case 'first-leads':
      return changesText(reason.changes, nameOf);
    case 'unread-rota':
      return (
        `whose time changes in ${reason.rota} is unknown, because the rota, or a file it needs, ` +
        'could not be read before or after the change'
      );
    case 'unread-base':
      return (
        `${reason.files.join(', ')} could not be read before the change, ` +
        'so who agrees to what is uncertain'
      );
  }
}

const changesText = (changes: readonly IdentityChange[], nameOf: NameOf): string =>
  changes
    .flatMap(({ kind, id, keys }) =>
      (kind === 'holidays' ? daysTogether(keys) : keys).map((key) =>
        identityText({ kind, id, ...key }, nameOf),
      ),
    )
    .join('; ');

/** Days of a list to which the same happens as one key, so that who is asked about ten of them reads one sentence. */
function daysTogether(keys: readonly KeyChange[]): readonly KeyChange[] {
  const alike = Map.groupBy(keys, ({ key, before, after }) =>
    isDay(key) ? JSON.stringify([before, after]) : key,
  );
  return [...alike.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, key: [first, ...more].map(({ key }) => key).join(', ') }],
  );
}

const isDay = (key: string): boolean => /^\d/.test(key);

/** The first of several texts, and how many more there are. */
export function listText(texts: readonly string[], most: number, separator = '; '): string {
  const more = texts.length - most;
  return [...texts.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

/** What changes of somebody's time: the longest first, so that no week hides behind many evenings, and the sum. */
function ownTexts(
  { changes }: Extract<ConsentReason, { readonly kind: 'time' }>,
  most: number,
  textOf: (exception: Exception) => string,
): string {
  const lengthOf = ({ spans }: Exception) =>
    spans.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
  const longest = changes.toSorted((one, other) => lengthOf(other) - lengthOf(one)).slice(0, most);
  const shown = changes.filter((it) => longest.includes(it));
  const texts = shown.map(textOf);
  const more = changes.length - shown.length;
  if (more === 0) return texts.join('; ');
  const hours = Math.round(changes.reduce((sum, it) => sum + lengthOf(it), 0) / HOUR);
  return [...texts, `and ${more} more, ${hours} hours in all`].join('; ');
}

/** A change as the person sees whose time it is. */
function ownText(exception: Exception, person: string, nameOf: NameOf, span: string): string {
  const { rota, role, before, after, effect } = exception;
  const what = `${rota}/${role} ${span}`;
  if (effect !== undefined) return effectText(effect, what);
  if (person === before)
    return after === undefined
      ? `gives up ${what}, which nobody takes`
      : `gives up ${what} to ${nameOf(after)}`;
  return before === undefined ? `takes ${what}, which nobody held` : `takes ${what} from ${nameOf(before)}`;
}

/** "the GitHub name of Amara Osei changes from amara-osei to mallory-too, who agrees for them from then on". */
export function identityText({ kind, id, key, before, after }: IdentityFacts, nameOf: NameOf): string {
  const to = (text: string | undefined) => text ?? 'none';
  const change = `from ${to(before)} to ${to(after)}`;
  switch (kind) {
    case 'person':
      if (after === 'called')
        return `${nameOf(id)} gets the PagerDuty account of ${nameOf(key)}, who is woken for them from then on`;
      return personText(key, nameOf(id), change);
    case 'leads':
      return `the leads of ${id} change ${change}; leads may agree, and approve emergencies, from then on`;
    case 'schedule':
      if (after === 'called off duty') return `${nameOf(key)} is called off duty by ${id} from then on`;
      if (after?.startsWith('called '))
        return `${calleeName(key, nameOf)} is ${after} for ${id} from then on`;
      if (key === 'off_duty')
        return `whom PagerDuty reaches outside the hours of ${id} changes ${change}, from then on`;
      return `the PagerDuty schedule of ${id} changes ${change}, which decides who is woken from then on`;
    case 'group':
      return `the ${key} of the team ${id} changes ${change}, which decides who is in it from then on`;
    case 'chain':
      if (after === 'called') return `${nameOf(key)} is called by the chain ${id} from then on`;
      if (after === 'called for more')
        return `${nameOf(key)} is called by the chain ${id} for more priorities from then on`;
      if (after?.startsWith('called '))
        return `${calleeName(key, nameOf)} is ${after} when the chain ${id} is called, from then on`;
      if (key === USERS) return usersText(`the chain ${id}`, change);
      return `${key} of the chain ${id} changes ${change}, which decides who is woken from then on`;
    case 'known-as':
      return `${id} has the ${nounOf(after)} of ${nameOf(key)} from then on, so that one is taken for the other`;
    case 'service':
      return serviceText(id, key, after, change, nameOf);
    case 'contact':
      if (after === 'called')
        return `${nameOf(key)} is woken for the contact ${id} from then on, which has their PagerDuty account`;
      if (key !== 'pagerduty') return personText(key, id, change);
      return `the PagerDuty account of ${id} changes ${change}, which is alerted from then on`;
    case 'holidays':
      if (key === USERS) return usersText(`the list of holidays ${id}`, change);
      if (after?.startsWith(SHARED_WITH)) return sharedText(id, key, after.slice(SHARED_WITH.length));
      return `${holidaysText(id, key, change, after)}, which decides when roles are on duty and chains are called`;
    case 'planned-change':
      if (key === FIRST_CALL) return `for ${after}, the planned change ${id} decides who is called first`;
      if (key.includes('/')) return `the planned change ${id} decides who is ${key} ${after}`;
      return after === undefined
        ? `${nameOf(key)} is no longer assigned to the planned change ${id} (${before})`
        : `${nameOf(key)} is assigned to the planned change ${id}, ${after}`;
    case 'named':
      if (after === undefined)
        return `the rotation of ${id} alone decides from then on whether ${nameOf(key)} keeps the time ${before}`;
      return `${nameOf(key)} is named in the rota ${id} ${after}, so that leads of its team may agree for them`;
    case 'policy':
      return policyText(id, key, change);
    case 'time-off':
      return timeOffText(id, key, after);
  }
}

/** A person, or whoever holds a role, whose id has slashes. */
const calleeName = (id: string, nameOf: NameOf): string =>
  id.includes('/') ? `whoever is ${id}` : nameOf(id);

function serviceText(
  id: string,
  key: string,
  after: string | undefined,
  change: string,
  nameOf: NameOf,
): string {
  if (key.startsWith(WINDOW)) {
    const chain = `the chain of the service ${id} in ${key.slice(WINDOW.length)}`;
    return `${chain} changes ${change}, which decides who is woken from then on`;
  }
  if (key === 'hours')
    return `the support hours of the service ${id} change ${change}, which decides when somebody is called`;
  if (key === PAGERDUTY_SERVICE)
    return `the PagerDuty service of ${id} changes ${change}, whose alerts call its chains from then on`;
  if (key === CRITICAL_REASONS)
    return `the reasons for which incidents of the service ${id} are critical out of hours change ${change}`;
  if (after?.startsWith('called ')) return `${nameOf(key)} is ${after} for the service ${id} from then on`;
  return `the team of the service ${id} changes ${change}, whose leads may agree from then on`;
}

function policyText(id: string, key: string, change: string): string {
  if (id === 'time-off') return 'policies/time-off.yaml changes, which decides what time off people earn';
  const isSpan = id === 'notice' || key === 'back' || key === 'ahead';
  const what = isSpan ? 'who is asked, and how long before' : 'what is published about people';
  return `${key} in policies/${id}.yaml changes ${change}, which decides ${what}`;
}

const timeOffText = (rota: string, from: string, becomes: string | undefined): string =>
  `from ${from} on, time that people of ${rota} hold counts as ${becomes}, ` +
  `so that alerts in it earn ${becomes === 'in hours' ? 'no ' : ''}time off`;

const usersText = (what: string, change: string): string =>
  `the teams that use ${what} change ${change}, whose leads may agree to its changes from then on`;

const sharedText = (list: string, rota: string, teams: string): string =>
  `${rota} goes by the list of holidays ${list} from then on, as those of ${teams} do: ` +
  'leads of either may agree to its days';

/** "holidays of england: 2026-12-28 added", "new for paas/days", or another edge or zone of the list. */
function holidaysText(id: string, key: string, change: string, after: string | undefined): string {
  if (!isDay(key)) return `holidays of ${id}: ${key} changes ${change}`;
  if (after === undefined) return `holidays of ${id}: ${key} removed`;
  return `holidays of ${id}: ${key} ${after.startsWith(NEW_FOR) ? after : 'added'}`;
}

const nounOf = (key: string | undefined): string => PERSON_KEYS.find((it) => it.key === key)?.noun ?? 'name';

function personText(key: string, name: string, change: string): string {
  const known = PERSON_KEYS.find((it) => it.key === key);
  return `the ${known?.noun ?? key} of ${name} changes ${change}, ${known?.decides ?? 'who they are'} from then on`;
}

/** GitHub lets no author approve. */
const PUSH = 'an author cannot approve, so they push a commit of their own, which may be empty';

/** What an author does who may not know of a pull request. */
const REOPEN = 'an author cannot approve, so they close it and reopen it';

/** Whether an author of whose word there is a doubt agrees by reopening the pull request, and not by a push. */
export const asksToReopen = (doubt: Doubt | undefined): boolean =>
  doubt === 'changed-by-other' || doubt === 'opened-by-other';

/** Why a word that somebody seems to have given does not count, and what to do. */
export function doubtText(doubt: Doubt): string {
  switch (doubt) {
    case 'pushed-by-other':
      return `opened this, but somebody else pushed its latest commit, so they need to agree as well; ${PUSH}`;
    case 'pushed-by-unknown':
      return `opened this, but GitHub does not say who pushed its latest commit; ${PUSH}`;
    case 'only-updated':
      return `opened this, but has only updated or restored since what somebody else pushed; ${PUSH}`;
    case 'pushed-before-shown':
      return (
        'opened this, but somebody else has pushed to it as well, and what it changes had not been shown here before ' +
        `their own last push; ${PUSH}`
      );
    case 'changed-by-other':
      return `opened this, but somebody else was the last to reopen it, make it ready or choose its base; ${REOPEN}`;
    case 'opened-by-other':
      return `is its author, but somebody else made their issue this pull request; ${REOPEN}`;
    case 'not-offered':
      return `is its author, but no comment was written here when they opened it or pushed to it; ${PUSH}`;
    case 'moved-on':
      return (
        'opened this when it may have changed something else, because the base branch or the published span has ' +
        `moved on since; ${PUSH}`
      );
    case 'draft':
      return 'opened this as a draft, which was merged with another pull request or a push';
    case 'ours':
      return 'is the account of this action, so its pull requests have no author who agrees';
    case 'no-access':
      return 'approved, but has no access to this repository according to GitHub, so that it does not count';
    case 'not-shown':
      return 'approved before a comment showed what this changes; approve it again';
  }
}
