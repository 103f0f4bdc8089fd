/** How tickets are worked on: their statuses, and who takes which: `policies/tickets/<id>.yaml`. */
import schema from '../../../../schemas/tickets.schema.json' with { type: 'json' };
import { childLocation, type PathLocation, roleOf, type TicketPolicy } from '../../model.ts';
import { HOUR } from '../../time/date.ts';
import { estimateOf } from '../../time/duration.ts';
import { durationIf, eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { roleMention } from '../mentions.ts';
import type { WrittenTickets } from '../written.generated.ts';

const ticketPolicy = (id: string, written: WrittenTickets, location: PathLocation): TicketPolicy => {
  const dayLength = Number.parseFloat(written.day ?? '7 hours') * HOUR;
  return {
    id,
    statuses: new Map(
      entries(written.statuses).map(([status, { asks, solved_after }]) => [
        status,
        { asksReason: asks === 'reason', solvedAfter: durationIf(solved_after) },
      ]),
    ),
    groups: (written.groups ?? []).map((group, i) => ({
      id: group.id,
      upTo: group.up_to === undefined ? undefined : estimateOf(group.up_to, dayLength),
      role: group.role === undefined ? undefined : roleOf(group.role),
      notifyLeads: group.notify === 'leads',
      location: childLocation(location, 'groups', i),
    })),
    dayLength,
    warnAt: Number.parseInt(written.warn_at ?? '75%', 10),
    location,
  };
};

export const ticketsKind = {
  name: 'tickets',
  paths: ['policies/tickets/<id>.yaml'],
  schema,
  mentions: [roleMention('groups.*.role')],
  assemble: (files) => ({ ticketPolicies: eachFile(files, ticketPolicy) }),
} as const satisfies Kind<'tickets'>;
