/** How tickets are worked on: their statuses, and who takes which: `policies/tickets/<id>.yaml`. */
import schema from '../../../../schemas/tickets.schema.json' with { type: 'json' };
import { childLocation, type PathLocation, roleOf, type TicketPolicy, type ZendeskMap } from '../../model.ts';
import { HOUR } from '../../time/date.ts';
import { estimateOf } from '../../time/duration.ts';
import { durationIf, eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, mention, type Names, type Registry, roleMention } from '../mentions.ts';
import { at, isMap, keysOf } from '../raw-data.ts';
import type { WrittenTickets } from '../written.generated.ts';

/** The service of tickets that concern none. */
const NO_SERVICE = 'none';

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
    zendesk: written.zendesk && zendeskMap(written.zendesk),
    location,
  };
};

const zendeskMap = (written: NonNullable<WrittenTickets['zendesk']>): ZendeskMap => ({
  services: written.services.map(({ organization, brand, group, tag, service }) => ({
    ...{ organization, brand, group, tag },
    service: service === NO_SERVICE ? undefined : service,
  })),
  priorities: written.priorities && new Map(entries(written.priorities)),
  statuses: new Map(entries(written.statuses)),
  estimate: written.estimate && { field: String(written.estimate.field), unit: written.estimate.unit },
});

const ownStatuses: Choices = (_, { data }) => {
  const own = new Set(keysOf(at(data, 'statuses')));
  return () => own;
};

/** The services that name this policy: the statuses of another would not be those of their tickets. */
const ownServices: Choices = ({ filesOf }, { id }) => {
  const files = filesOf('services');
  const all = files.flatMap(({ data }) => {
    const services = at(data, 'services');
    return keysOf(services).filter((service) => at(services, service, 'tickets') === id);
  });
  const own = files.every(({ data }) => isMap(data)) ? new Set([NO_SERVICE, ...all]) : undefined;
  return () => own;
};

/** The priorities that every service level of the matched services has. */
const sharedPriorities: Choices = (registry, { data }) => {
  let known: { readonly names: Names } | undefined;
  return () => {
    known ??= { names: prioritiesOf(registry, at(data, 'zendesk', 'services')) };
    return known.names;
  };
};

function prioritiesOf({ filesOf, definitions }: Registry, matches: unknown): Names {
  const services = filesOf('services').map(({ data }) => at(data, 'services'));
  const matched = new Set(Array.isArray(matches) ? matches.map((it) => at(it, 'service')) : []);
  const levels = new Set(
    [...matched].flatMap((service) =>
      services.flatMap((all) => {
        const level = at(all, String(service), 'service_level');
        return level === undefined ? [] : [String(level)];
      }),
    ),
  );
  const all = [...levels].map((level) => definitions('service-levels').get(level));
  const [first] = all;
  return first && new Set([...first].filter((name) => all.every((own) => own?.has(name) !== false)));
}

export const ticketsKind = {
  name: 'tickets',
  paths: ['policies/tickets/<id>.yaml'],
  schema,
  mentions: [
    roleMention('groups.*.role'),
    mention('zendesk.services.*.service', 'service', ownServices, 'the services that name this policy'),
    mention('zendesk.priorities.*', 'priority', sharedPriorities, 'the service levels of all these services'),
    mention('zendesk.statuses.*', 'status', ownStatuses, 'the statuses of this policy'),
  ],
  assemble: (files) => ({ ticketPolicies: eachFile(files, ticketPolicy) }),
} as const satisfies Kind<'tickets'>;
