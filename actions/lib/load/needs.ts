/** Decodes what roles and teams need of people, and completes the needs of roles with those of their teams. Pure. */
import type { Handbook, Needs, Role, StatedNeeds, Team } from '../model.ts';
import type { WrittenNeeds } from './written.generated.ts';

/** Needs as a role or a team states them. */
export const statedNeeds = (written: WrittenNeeds | undefined): StatedNeeds => ({
  skills: written?.skills,
  anySkill: written?.any_skill,
  vetted: written?.vetted,
  onCall: written?.on_call,
});

/** Needs that are complete: what is not stated is not required. */
export const completeNeeds = (role: StatedNeeds, team?: StatedNeeds): Needs => ({
  skills: role.skills ?? team?.skills ?? [],
  anySkill: role.anySkill ?? team?.anySkill ?? [],
  vetted: role.vetted ?? team?.vetted ?? false,
  onCall: role.onCall ?? team?.onCall ?? false,
});

/** The handbook in which every counting role also has the needs of its team, key by key, unless it states its own. */
export function withTeamNeeds(handbook: Handbook): Handbook {
  const teams = [...handbook.teams.values()].filter((team) => statesNeeds(team));
  if (teams.length === 0) return handbook;
  const needsOf = new Map(teams.map(({ id, needs }) => [id, needs]));
  const rotas = [...handbook.rotas].map(([id, rota]) => {
    const needs = needsOf.get(rota.team);
    if (needs === undefined) return [id, rota] as const;
    const roles = [...rota.roles].map(([name, role]) => [name, withNeeds(role, needs)] as const);
    return [id, { ...rota, roles: new Map(roles) }] as const;
  });
  return { ...handbook, rotas: new Map(rotas) };
}

const statesNeeds = ({ needs }: Team): boolean => Object.values(needs).some((it) => it !== undefined);

const withNeeds = (role: Role, team: StatedNeeds): Role =>
  role.counts ? { ...role, needs: completeNeeds(role.statedNeeds, team) } : role;
