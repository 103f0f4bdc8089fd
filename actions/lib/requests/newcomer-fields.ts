/**
 * Reads who joins from the fields of a form: somebody new, or a person of the handbook, recognised by their GitHub
 * name; and the keys that their entry in people needs. Pure.
 */

import type { PersonData } from '../edit/newcomer.ts';
import { type Handbook, isUnread, type Person, type Role } from '../model.ts';
import { type Day, dateText, dayOf } from '../time/date.ts';
import { skeleton } from './lookalikes.ts';
import type { FieldFault } from './parse.ts';

/** Somebody who joins a rota. */
export interface Newcomer {
  /** Of their entry in people, as it is or will be. */
  readonly id: string;
  readonly name: string;
  readonly login: string;
  /** Their entry in people; undefined for somebody new. */
  readonly known: Person | undefined;
}

type Values = ReadonlyMap<string, string>;
type Faulty = { readonly faults: readonly FieldFault[] };

const WHO = 'Who will join';
const LOGIN = 'Their GitHub name';
const OTHERWISE = 'for somebody else of that name, write the name so that it differs';

/** Who joins, or what is wrong with the fields that say it. */
export function newcomerIn(handbook: Handbook, values: Values): Newcomer | Faulty {
  const { people, contacts } = handbook;
  const [who = '', login = ''] = [values.get('who'), values.get('login')];
  const fault = (field: string, message: string): Faulty => ({ faults: [{ field, message }] });
  const sought = skeleton(who);
  const named = [...people.values()].filter(({ id, name }) => id === who || skeleton(name) === sought);
  const holders = [...people.values()].filter(({ github }) => github?.toLowerCase() === login.toLowerCase());
  const [holder] = holders;
  if (holders.length > 1) return fault(LOGIN, `several people have ${login}; correct people first`);
  if (holder !== undefined)
    return named.includes(holder)
      ? { id: holder.id, name: holder.name, login, known: holder }
      : fault(LOGIN, `this is the GitHub name of ${holder.id}; write that id above, or another GitHub name`);
  const [other] = named;
  if (other?.github !== undefined)
    return fault(LOGIN, `${other.id} has the GitHub name ${other.github} in people; ${OTHERWISE}`);
  if (other !== undefined)
    return fault(
      LOGIN,
      `${other.id} has no GitHub name in people, and a pull request adds it first; ${OTHERWISE}`,
    );
  const id = idFor(who) || idFor(login);
  if (people.has(id) || contacts.has(id) || isUnread(handbook, 'people', id))
    return fault(WHO, `the id ${id} is taken in people; write the name so that it differs`);
  return { id, name: who, login, known: undefined };
}

/** Letters that Unicode does not take apart into a Latin one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ı: 'i', ð: 'd' },
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
};

/** `zoe-o-neill` for `Zoë O'Neill`; empty for a text without Latin letters. */
const idFor = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøđıðßæœþ]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');

/** What a form gives for the entry in people, and what the role needs beside it. */
export interface GivenKeys {
  readonly keys: PersonData;
  readonly missing: readonly FieldFault[];
}

/** The keys of people that a form gives, or the fields that contradict it. */
export function keysIn(
  { known, name, login }: Newcomer,
  role: Role,
  values: Values,
  today: Day,
): GivenKeys | Faulty {
  const given: PersonData = {
    ...skillsKey(values),
    ...textKey('pagerduty', values.get('pagerduty')),
    ...textKey('vetted_on', values.get('vetted')),
    ...textKey('on_call_since', values.get('opted')),
    ...textKey('delivery_lead', values.get('lead')),
  };
  const had = known === undefined ? {} : dataOf(known);
  const faults = [...contradictions(had, given), ...inFuture(values.get('vetted'), today)];
  if (faults.length > 0) return { faults };
  const missing = [...missingIn({ ...given, ...had }, role)];
  const fresh = Object.fromEntries(Object.entries(given).filter(([key]) => !(key in had)));
  if (known !== undefined) return { keys: fresh, missing };
  const { skills, ...rest } = fresh;
  return { keys: { name, ...(skills === undefined ? {} : { skills }), github: login, ...rest }, missing };
}

const textKey = (key: string, text: string | undefined): PersonData =>
  text === undefined ? {} : { [key]: text };

function skillsKey(values: Values): { readonly skills?: readonly string[] } {
  const skills = (values.get('skills') ?? '').split(',').map((it) => it.trim());
  const all = [...new Set(skills.filter((it) => it !== ''))];
  return all.length === 0 ? {} : { skills: all };
}

/** The same keys of somebody who is in people. */
const dataOf = ({ skills, pagerduty, vettedOn, onCallSince, deliveryLead }: Person): PersonData => ({
  ...(skills.length === 0 ? {} : { skills }),
  ...(pagerduty === undefined ? {} : { pagerduty }),
  ...(vettedOn === undefined ? {} : { vetted_on: dateText(vettedOn) }),
  ...(onCallSince === undefined ? {} : { on_call_since: dateText(onCallSince) }),
  ...(deliveryLead === undefined ? {} : { delivery_lead: deliveryLead }),
});

const FIELDS: Readonly<Record<string, string>> = {
  skills: 'Skills',
  pagerduty: 'PagerDuty user',
  vetted_on: 'Vetted on',
  on_call_since: 'Agreed to be on call on',
  delivery_lead: 'Delivery lead',
};

/** A form changes nothing that people already says. */
const contradictions = (had: PersonData, given: PersonData): readonly FieldFault[] =>
  Object.entries(given).flatMap(([key, value]) =>
    key in had && JSON.stringify(had[key]) !== JSON.stringify(value)
      ? [
          {
            field: FIELDS[key] ?? key,
            message: `people says ${String(had[key])}; leave this empty, or change it there by a pull request`,
          },
        ]
      : [],
  );

function* missingIn(data: PersonData, { needs, schedule }: Role): Iterable<FieldFault> {
  const own = Array.isArray(data.skills) ? data.skills.map(String) : [];
  const lacking = needs.skills.filter((skill) => !own.includes(skill));
  if (lacking.length > 0)
    yield { field: 'Skills', message: `the role needs ${lacking.join(', ')}; write it, or add it to people` };
  if (needs.anySkill.length > 0 && !needs.anySkill.some((skill) => own.includes(skill)))
    yield {
      field: 'Skills',
      message: `the role needs one of ${needs.anySkill.join(', ')}; write it, or add it to people`,
    };
  if (schedule !== undefined && !('pagerduty' in data))
    yield {
      field: 'PagerDuty user',
      message: 'the role is written to a schedule of PagerDuty; write the id of their user there',
    };
  if (needs.vetted && !('vetted_on' in data))
    yield { field: 'Vetted on', message: 'the role needs vetting; write the date once it is completed' };
  if (needs.onCall && !('on_call_since' in data))
    yield {
      field: 'Agreed to be on call on',
      message: 'the role is on call, which is a choice; write the date on which they agreed',
    };
}

/** Vetting that is still to come is none. */
const inFuture = (text: string | undefined, today: Day): readonly FieldFault[] =>
  text !== undefined && (dayOf(text) ?? 0) > today
    ? [{ field: 'Vetted on', message: `${text} has not come yet; write the date once vetting is completed` }]
    : [];
