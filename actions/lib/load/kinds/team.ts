/** A team that runs rotas: `rotas/<team>/team.yaml`. */
import schema from '../../../../schemas/team.schema.json' with { type: 'json' };
import {
  childLocation,
  type HandOverPosts,
  type MemberGroup,
  type PathLocation,
  type Team,
  type TeamSlack,
} from '../../model.ts';
import { rolesInTopic } from '../../text/topic.ts';
import { durationOf } from '../../time/duration.ts';
import { eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, namesOf, roleMention, seatMentionsIn } from '../mentions.ts';
import { statedNeeds } from '../needs.ts';
import type {
  WrittenHandOverPosts,
  WrittenSlackGroup,
  WrittenTeam,
  WrittenTeamSlack,
} from '../written.generated.ts';

const team = (id: string, written: WrittenTeam, location: PathLocation): Team => ({
  id,
  name: written.name,
  leads: written.leads ?? [],
  channel: written.channel,
  needs: statedNeeds(written.needs),
  slack: written.slack && slack(written.slack, childLocation(location, 'slack')),
  teamsPosts: posts(written.microsoft_teams?.hand_over),
  zendeskGroups: new Map(
    entries(written.zendesk?.groups).map(([group, { roles, owned = false, removes = false }]) => [
      Number(group),
      { roles, owned, removes, location: childLocation(location, 'zendesk', 'groups', group) },
    ]),
  ),
  checklists: { start: written.checklists?.start ?? [], end: written.checklists?.end ?? [] },
  onSupport: {
    keepFreeOf: written.on_support?.keep_free_of ?? [],
    fine: written.on_support?.fine ?? [],
  },
  location,
});

const slack = (written: WrittenTeamSlack, location: PathLocation): TeamSlack => ({
  channel: written.channel,
  topic: written.topic,
  userGroups: new Map(
    entries(written.user_groups).map(([group, it]) => [
      group,
      userGroup(it, childLocation(location, 'user_groups', group)),
    ]),
  ),
  handOver: posts(written.hand_over),
  news: written.news ?? false,
});

const userGroup = (written: readonly string[] | WrittenSlackGroup, location: PathLocation): MemberGroup =>
  'roles' in written
    ? { roles: written.roles, owned: written.owned ?? false, removes: true, location }
    : { roles: written, owned: false, removes: true, location };

const posts = (written: WrittenHandOverPosts | undefined): HandOverPosts | undefined =>
  written && { before: durationOf(written.before ?? '15 minutes'), daily: written.daily ?? false };

export const teamKind = {
  name: 'team',
  paths: ['rotas/<id>/team.yaml'],
  schema,
  mentions: [
    mention('leads.*', 'person', namesOf('people')),
    roleMention('slack.user_groups.*.*'),
    roleMention('slack.user_groups.*.roles.*'),
    roleMention('zendesk.groups.*.roles.*'),
    seatMentionsIn('slack.topic', rolesInTopic),
  ],
  assemble: (files) => ({ teams: eachFile(files, team) }),
} as const satisfies Kind<'team'>;
