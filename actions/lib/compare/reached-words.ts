/** Who is called from then on, in words; names and Markdown are the caller's. Pure. */
import { formatInstant } from '../time/format.ts';
import type { Instant } from '../timeline.ts';
import type { Callee } from './call-wiring.ts';
import { listText } from './consent-words.ts';
import { isNone } from './priorities.ts';
import type { Reached } from './reached.ts';
import type { Call } from './service-calls.ts';

/** For what somebody is called, and how, as data. */
export interface CallFacts {
  readonly subject: Reached['subject'];
  /** Further services for which it is the same. */
  readonly others?: readonly string[];
  /** The windows in which they are called first, and those in which others are called before. */
  readonly first: readonly string[];
  readonly later: readonly string[];
  /** By what else than their name, or their role, they are reached. */
  readonly via: Pick<NonNullable<Call['via']>, 'kind' | 'of'> | undefined;
}

/** How people, contacts and services are named. */
export interface ReachNames {
  readonly person: (id: string) => string;
  readonly contact: (id: string) => string;
  readonly service: (id: string) => string;
}

/** Names as the files have them. */
export const PLAIN_NAMES: ReachNames = { person: (id) => id, contact: (id) => id, service: (id) => id };

export function callFacts({ subject, calls }: Pick<Reached, 'subject' | 'calls'>): CallFacts {
  const values = calls.map(({ value }) => value);
  const windows = (isFirst: boolean) => [
    ...new Set(values.flatMap((it) => (isNone(it.first) === isFirst ? [] : windowText(it)))),
  ];
  const via = values.find((it) => it.via !== undefined)?.via;
  return {
    ...{ subject, first: windows(true), later: windows(false) },
    via: via && { kind: via.kind, of: via.of },
  };
}

/** "night", or "after day" in the time after that window, in which its chain is still in force. */
const windowText = ({ window, isPause }: Call): string => (isPause ? `after ${window}` : window);

/**
 * "From Thu 26 Nov 17:00 Europe/London Tomasz Wójcik is called first for GOV.UK PaaS platform (out-of-hours)", or after
 * others, or for more priorities, and by what else than their name; `others` are services with the same sentence.
 */
export function reachedText(
  reached: Reached,
  names: ReachNames,
  now: Instant,
  others: readonly string[] = [],
): string {
  const { zone, calls, callee } = reached;
  const facts = { ...callFacts(reached), others };
  const from = `${formatInstant(zone, calls[0]?.startAt ?? now, now)} ${zone.name}`;
  const what = `From ${from} ${calleeText(callee, names)} is ${calledText(facts, names)}`;
  const more = calls.every(({ value }) => value.isForMore) ? ', for more priorities' : '';
  return `${what}${more}${viaText(facts, names)}`;
}

/** "called first for website (nights)". */
export function calledText({ subject, others = [], first, later }: CallFacts, names: ReachNames): string {
  if (subject.kind === 'role') return `woken for ${subject.id}`;
  const what = `for ${listText([subject.id, ...others].map(names.service), 3, ', ')}`;
  const [firstly, laterly] = [first, later].map((it) => listText(it, 3, ', '));
  if (first.length === 0) return `called ${what} after others (${laterly})`;
  return `called first ${what} (${firstly}${later.length > 0 ? `; after others ${laterly}` : ''})`;
}

/** Whoever is called: "whoever is paas/on-call/engineer" for a role. */
function calleeText({ kind, id }: Callee, names: ReachNames): string {
  switch (kind) {
    case 'person':
      return names.person(id);
    case 'contact':
      return names.contact(id);
    case 'role':
      return `whoever is ${id}`;
  }
}

/** ", because Ben Adeyemi has their account in PagerDuty"; empty for somebody who is called by name or role. */
export function viaText({ via }: CallFacts, names: ReachNames): string {
  switch (via?.kind) {
    case undefined:
      return '';
    case 'account':
      return `, because ${names.person(via.of)} has their account in PagerDuty`;
    case 'contact':
      return `, because ${names.contact(via.of)} has their account in PagerDuty`;
    case 'schedule':
      return `, because ${via.of} fills its schedule in PagerDuty`;
  }
}
