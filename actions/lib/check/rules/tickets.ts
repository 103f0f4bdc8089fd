/**
 * Every ticket has one group that takes it (GovPress support, "Ticket workflow": less than an hour, less than half a
 * day, more). Groups run from the smallest to the largest, each takes larger tickets than the one before it, only the
 * last takes any size, and each has a name of its own: errors. A ticket that nobody has looked at and that counts as
 * solved is a warning. Reported at the group, and at the status.
 */
import { childLocation, type TicketPolicy } from '../../model.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { type Objection, rule } from '../rule.ts';

interface Codes {
  /** `before` is the group that takes everything that the group could take. */
  readonly 'takes-nothing': { readonly group: string; readonly before: string };
  readonly 'takes-anything': { readonly group: string; readonly after: readonly string[] };
  readonly 'same-group': { readonly group: string };
  readonly 'solved-unread': { readonly status: string; readonly solvedAfter: Duration };
}

export const tickets = rule<Codes>({
  name: 'tickets',
  severity: 'error',
  summary:
    'The groups that take tickets run from the smallest estimate to the largest, each with a name of its own, ' +
    'and no new ticket counts as solved.',
  playbook: 'GovPress support, Ticket workflow',
  *check({ handbook }) {
    for (const policy of handbook.ticketPolicies.values()) {
      yield* misplacedGroups(policy);
      yield* solvedUnread(policy);
    }
  },
  describe: {
    'takes-nothing': ({ group, before }) =>
      `${group} never takes a ticket, because ${before} before it takes all that are as small; ` +
      'write a larger up_to, or put the smaller group first',
    'takes-anything': ({ group, after }) =>
      `${group} takes tickets of any size, so that none is left for ${after.join(' and ')}; ` +
      `write "up_to: <estimate>" here, or put ${group} last`,
    'same-group': ({ group }) => `there is a group ${group} above; give this one another id`,
    'solved-unread': ({ status, solvedAfter }) =>
      `a ticket that nobody has looked at is in the status "${status}", and counts as solved after ` +
      `${durationText(solvedAfter)}; move solved_after to a later status`,
  },
});

function* misplacedGroups({ groups }: TicketPolicy): Iterable<Objection<Codes>> {
  const ids = new Set<string>();
  for (const [i, { id, upTo, location }] of groups.entries()) {
    if (ids.has(id))
      yield { code: 'same-group', args: { group: id }, location: childLocation(location, 'id') };
    ids.add(id);
    const after = groups.slice(i + 1).map((group) => group.id);
    if (upTo === undefined) {
      if (after.length > 0) yield { code: 'takes-anything', args: { group: id, after }, location };
      continue;
    }
    const before = groups.slice(0, i).find((group) => group.upTo !== undefined && group.upTo >= upTo);
    if (before !== undefined)
      yield {
        code: 'takes-nothing',
        args: { group: id, before: before.id },
        location: childLocation(location, 'up_to'),
      };
  }
}

function* solvedUnread({ statuses, location }: TicketPolicy): Iterable<Objection<Codes>> {
  const [first] = statuses;
  const [status, { solvedAfter }] = first ?? ['', { solvedAfter: undefined }];
  if (solvedAfter === undefined) return;
  const at = childLocation(location, 'statuses', status, 'solved_after');
  yield { code: 'solved-unread', severity: 'warning', args: { status, solvedAfter }, location: at };
}
