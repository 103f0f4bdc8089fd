/** A team that runs rotas: `rotas/<team>/team.yaml`. */
import schema from '../../../../schemas/team.schema.json' with { type: 'json' };
import type { Team } from '../../model.ts';
import { eachFile } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, namesOf } from '../mentions.ts';
import { statedNeeds } from '../needs.ts';
import type { WrittenTeam } from '../written.generated.ts';

const team = (id: string, { name, leads, channel, needs }: WrittenTeam): Team => ({
  id,
  name,
  leads: leads ?? [],
  channel,
  needs: statedNeeds(needs),
});

export const teamKind = {
  name: 'team',
  paths: ['rotas/<id>/team.yaml'],
  schema,
  mentions: [mention('leads.*', 'person', namesOf('people'))],
  assemble: (files) => ({ teams: eachFile(files, team) }),
} as const satisfies Kind<'team'>;
