/**
 * Which terms of the base's policy judge a change: those of the rota's team. Where two people exchange time in rotas of
 * two teams, each part of the exchange has to keep the terms of both. Pure.
 */
import { type Notice, type NoticeTerms, termsFor } from '../model.ts';
import { type Duration, lengthOf } from '../time/duration.ts';
import type { Against } from './against.ts';
import type { Exception } from './exceptions.ts';

/** The team of a rota: the folder that it is in. */
export const teamOf = (rota: string): string => rota.slice(0, rota.indexOf('/'));

type Changed = Pick<Exception, 'rota' | 'before' | 'after'>;

/** For each comparison, the teams in which one person gives time to another. */
const known = new WeakMap<Against, ReadonlyMap<string, ReadonlySet<string>>>();

/** The teams whose terms a change needs: its own, and those in which the same two people give time the other way. */
function teamsConcerned({ rota, before, after }: Changed, against: Against): readonly string[] {
  const own = teamOf(rota);
  if (before === undefined || after === undefined) return [own];
  const given = known.get(against) ?? teamsByPair(against);
  known.set(against, given);
  return [...new Set([own, ...(given.get(JSON.stringify([after, before])) ?? [])])];
}

function teamsByPair({ ahead, past }: Against): ReadonlyMap<string, ReadonlySet<string>> {
  const given = new Map<string, Set<string>>();
  for (const { rota, before, after } of [...ahead, ...past]) {
    const pair = JSON.stringify([before, after]);
    given.set(pair, (given.get(pair) ?? new Set()).add(teamOf(rota)));
  }
  return given;
}

/** The terms of each team that a change concerns, its own first: every one of them has to be kept. */
export const termsOf = (exception: Changed, against: Against): readonly NoticeTerms[] =>
  teamsConcerned(exception, against).map((team) => termsFor(against.handbook.notice, team));

/** The longest of some durations, of which there is at least one. */
export const longestOf = (durations: readonly Duration[]): Duration =>
  durations.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));

/** The labels by which past cover may be corrected; undefined where a team concerned allows no correction. */
export function correctionLabels(exception: Changed, against: Against): readonly string[] | undefined {
  const labels = teamsConcerned(exception, against).map(
    (team) => termsFor(against.handbook.notice, team).correction,
  );
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
