/** Which lists of onboarding a rota has, and which of their items a person has still to do before a turn. Pure. */
import type { Handbook, Onboarding, OnboardingItem, Person, Role, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';

/** Whether a list is for a rota. */
export const isFor = ({ teams, rotas }: Onboarding, { id, team }: Pick<Rota, 'id' | 'team'>): boolean =>
  (teams.length === 0 && rotas.length === 0) || teams.includes(team) || rotas.includes(id);

/** The items that somebody who joins a role has to do before their first turn, list by list. */
export const itemsFor = (
  { onboardings }: Pick<Handbook, 'onboardings'>,
  rota: Rota,
  { needs }: Role,
): readonly { readonly onboarding: Onboarding; readonly item: OnboardingItem }[] =>
  [...onboardings.values()]
    .filter((onboarding) => isFor(onboarding, rota))
    .flatMap((onboarding) => onboarding.items.map((item) => ({ onboarding, item })))
    .filter(({ item }) => item.before === 'first-turn' || needs.onCall);

/** The day on which an item was done for a person, by the handbook; undefined for an open one. */
export const doneOn = (person: Person | undefined, onboarding: string, item: string): Day | undefined =>
  person?.onboarded.get(onboarding)?.get(item);
