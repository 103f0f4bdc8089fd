/**
 * Which terms of the base's policy judge a change: those of the rota's team. Where somebody gives time up in a rota of
 * one team and gets some in one of another, each of these changes has to keep the terms of both. Pure.
 */
import { type Notice, type NoticeTerms, termsFor } from '../model.ts';
import { type Duration, lengthOf } from '../time/duration.ts';
import type { Against } from './against.ts';
import type { Exception } from './exceptions.ts';

/** The team of a rota: the folder that it is in. */
export const teamOf = (rota: string): string => rota.slice(0, rota.indexOf('/'));

type Changed = Pick<Exception, 'rota' | 'before' | 'after'>;

/** By person, the terms of the teams in which somebody gives time up, and of those in which they get some. */
interface Exchanged {
  readonly given: ReadonlyMap<string, ReadonlySet<NoticeTerms>>;
  readonly got: ReadonlyMap<string, ReadonlySet<NoticeTerms>>;
}

/** What each person gives up and gets in a comparison, because every change asks. */
const known = new WeakMap<Against, Exchanged>();

function exchangedIn(against: Against): Exchanged {
  const [given, got] = [new Map<string, Set<NoticeTerms>>(), new Map<string, Set<NoticeTerms>>()];
  const add = (terms: Map<string, Set<NoticeTerms>>, person: string | undefined, rota: string) => {
    if (person !== undefined)
      terms.set(person, (terms.get(person) ?? new Set()).add(ownTerms(rota, against)));
  };
  for (const { rota, before, after } of [...against.ahead, ...against.past]) {
    add(given, before, rota);
    add(got, after, rota);
  }
  const exchanged = { given, got };
  known.set(against, exchanged);
  return exchanged;
}

const ownTerms = (rota: string, { handbook: { notice } }: Against): NoticeTerms =>
  termsFor(notice, teamOf(rota));

/**
 * The terms that a change needs, each once, all of which have to be kept: those of its own team first, then of those in
 * which whoever gives it up gets time, or whoever gets it gives time up. An exchange is told by its people: written as
 * two changes with nobody on the other side, or passed on through a third person, it is still one.
 */
export function termsOf({ rota, before, after }: Changed, against: Against): readonly NoticeTerms[] {
  const { given, got } = known.get(against) ?? exchangedIn(against);
  const back = before === undefined ? undefined : got.get(before);
  const forth = after === undefined ? undefined : given.get(after);
  return [...new Set([ownTerms(rota, against), ...(back ?? []), ...(forth ?? [])])];
}

/** The longest of some durations, of which there is at least one. */
export const longestOf = (durations: readonly Duration[]): Duration =>
  durations.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));

/** The labels by which past cover may be corrected; undefined where a team concerned allows no correction. */
export function correctionLabels(exception: Changed, against: Against): readonly string[] | undefined {
  const labels = termsOf(exception, against).map(({ correction }) => correction);
  return labels.includes(undefined) ? undefined : [...new Set(labels as readonly string[])];
}

/** Whether a change of past cover is a correction that the policy allows, with the labels that it asks for. */
export const isCorrected = (exception: Changed, against: Against): boolean =>
  correctionLabels(exception, against)?.every((label) => against.pull?.labels.includes(label) === true) ===
  true;

/** Whether two labels are one for GitHub, which ignores case. */
export const sameLabel = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Labels of a pull request, those of a policy spelt as the policy spells them. */
export function labelsAsNamed(labels: readonly string[], notice: Notice): readonly string[] {
  const named = [notice, ...notice.teams.values()].flatMap(({ emergency, correction }) => [
    emergency.label,
    ...(correction === undefined ? [] : [correction]),
  ]);
  return labels.map((label) => named.find((it) => sameLabel(it, label)) ?? label);
}
