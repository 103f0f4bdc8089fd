/**
 * Tickets and their histories as Zendesk documents them, with every field that holds what people wrote. Each such text
 * has `CANARY` in it, except the subject, which has `TITLE`. Asserts nothing.
 */

/** In the text of tickets and comments, in names and addresses: it may appear nowhere. */
export const CANARY = 'yellow-bird';
/** In subjects, which the table and the JSON of a queue show, and nothing else. */
export const TITLE = 'red-bird';

export const CLIENT = 900;
export const COLLEAGUE = 901;
export const AGENT = 800;
export const SYSTEM = -1;

const ROLES: Readonly<Record<number, string>> = {
  [CLIENT]: 'end-user',
  [COLLEAGUE]: 'end-user',
  [AGENT]: 'agent',
  801: 'admin',
};

export type Json = Readonly<Record<string, unknown>>;

/** A ticket of the account; the parts of `ticket` are those of the export. */
export interface AccountTicket {
  readonly ticket: Json & { readonly id: number; readonly updated_at: string; readonly status: string };
  readonly audits: readonly Json[];
}

interface Update {
  readonly at: string;
  readonly by: number;
  readonly events: readonly Json[];
  readonly via?: Json;
}

const WEB = { channel: 'web', source: { from: {}, to: {}, rel: null } };
export const TRIGGER = {
  channel: 'rule',
  source: { from: { id: 22_472_716, title: `Assign ${CANARY}` }, to: {}, rel: 'trigger' },
};
export const MERGE = {
  channel: 'system',
  source: { from: { ticket_id: 7, subject: CANARY }, to: {}, rel: 'merge' },
};

/** A comment; its author is that of the update unless given. */
export const comment = (isPublic = true, more: Json = {}): Json => ({
  type: 'Comment',
  body: `Dear ${CANARY}`,
  html_body: `<p>${CANARY}</p>`,
  plain_body: CANARY,
  public: isPublic,
  attachments: [{ file_name: `${CANARY}.pdf` }],
  ...more,
});

export const change = (field: string | number, value: unknown, more: Json = {}): Json => ({
  type: 'Change',
  field_name: String(field),
  value,
  previous_value: CANARY,
  ...more,
});

/** An update of a ticket at an instant. */
export const update = (at: string, by: number, ...events: readonly Json[]): Update => ({ at, by, events });

/** What a new ticket is created with; others may be given. */
const created = (fields: Json): readonly Json[] =>
  Object.entries({ subject: CANARY, status: 'new', tags: [CANARY], ...fields }).map(([name, value]) => ({
    type: 'Create',
    field_name: name,
    value,
  }));

/** What differs from a ticket that a client opened on the web, and that nobody has looked at. */
interface Given {
  readonly id?: number;
  readonly at?: string;
  /** Fields that it is created with. */
  readonly fields?: Json;
  /** Parts of the export. */
  readonly now?: Json;
  readonly by?: number;
}

/** A ticket with its updates, of which the last sets the time of its last change. */
export function accountTicket(
  { id = 1042, at = '2026-11-25T09:12:00Z', fields = {}, now = {}, by = CLIENT }: Given,
  ...updates: readonly Update[]
): AccountTicket {
  const all: readonly Update[] = [{ at, by, events: [comment(), ...created(fields)] }, ...updates];
  const set = all.flatMap(({ events }) => events);
  const lastOf = (name: string) => set.findLast(({ field_name: field }) => field === name)?.value;
  const changedAt = all.at(-1)?.at as string;
  return {
    ticket: {
      ...{ ...WRITTEN, id, created_at: at, updated_at: changedAt, submitter_id: by },
      url: `https://example.zendesk.com/api/v2/tickets/${id}.json`,
      generated_timestamp: Date.parse(changedAt) / 1000,
      subject: `${TITLE} ${id}`,
      priority: lastOf('priority') ?? null,
      status: lastOf('status') as string,
      custom_status_id: lastOf('custom_status_id') ?? null,
      ...now,
    },
    audits: all.map((it, i) => audit(id, i, it)),
  };
}

/** What tickets have in common. */
const WRITTEN = {
  via: WEB,
  type: 'incident',
  raw_subject: CANARY,
  description: CANARY,
  recipient: `${CANARY}@example.org`,
  requester_id: CLIENT,
  organization_id: 11,
  brand_id: 12,
  group_id: null,
  tags: ['tagged'],
  custom_fields: [{ id: 31, value: CANARY }],
};

/** The record of an update, which is the `i`th of its ticket. */
const audit = (ticket: number, i: number, { at, by, events, via = WEB }: Update): Json => ({
  id: ticket * 1000 + i,
  ticket_id: ticket,
  created_at: at,
  author_id: by,
  metadata: { system: { client: CANARY, ip_address: '192.0.2.1', location: CANARY }, custom: {} },
  via,
  events: events.map((event, j) => ({
    id: ticket * 100_000 + i * 100 + j,
    ...(event.type === 'Comment' ? { author_id: by } : {}),
    ...event,
  })),
});

/** The people of these updates, as a response includes them. */
export const usersOf = (audits: readonly Json[]): readonly Json[] =>
  Object.entries(ROLES)
    .map(([id, role]) => ({
      id: Number(id),
      name: `Somebody ${CANARY}`,
      email: `${CANARY}@example.org`,
      role,
    }))
    .filter(({ id }) => JSON.stringify(audits).includes(`"author_id":${id}`));
