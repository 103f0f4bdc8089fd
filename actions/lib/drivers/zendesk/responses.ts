/**
 * Parses Zendesk's responses, and keeps of them only what the events of tickets and the members of groups need: no text
 * that anybody wrote except the subject, and what custom fields hold. Throws on what is not as documented. Pure.
 */
import { instantOfText } from '../../time/zone.ts';
import type { Instant } from '../../timeline.ts';

/** A part of a response that is missing or wrong; the message has nothing of the response. */
export class UnreadablePart extends Error {
  override readonly name = 'UnreadablePart';
}

/** A page of a list, and the cursor of the next one. */
export interface Page<T> {
  readonly items: T;
  readonly next: string | undefined;
}

/** A ticket as the export has it. Numbers are ids. */
export interface ZendeskTicket {
  readonly id: number;
  readonly subject: string | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** `new`, `open`, `pending`, `hold`, `solved`, `closed` or `deleted`. */
  readonly status: string;
  readonly customStatus: string | undefined;
  readonly requester: number | undefined;
  readonly organization: number | undefined;
  readonly brand: number | undefined;
  readonly group: number | undefined;
  readonly tags: readonly string[];
}

/** One update of a ticket. */
export interface ZendeskAudit {
  /** Grows with each update. */
  readonly id: number;
  readonly at: Instant;
  readonly events: readonly AuditEvent[];
}

/** A part of an update that says something about the clocks of a ticket. */
export type AuditEvent =
  | {
      readonly kind: 'comment';
      readonly author: number | undefined;
      readonly isPublic: boolean;
      readonly via: Via;
    }
  /** The value of a field, from then on. */
  | { readonly kind: 'field'; readonly name: string; readonly value: string | undefined; readonly via: Via };

/** Which way an update came, such as `web` or `rule`, and its relation to the source, such as `merge`. */
export interface Via {
  readonly channel: string;
  readonly relation: string | undefined;
}

/** A page of updates, and the roles of the people in it. */
export interface AuditPage {
  readonly audits: readonly ZendeskAudit[];
  readonly roles: ReadonlyMap<number, string>;
}

/** That a user belongs to a group; it has an id of its own, by which it is removed. */
export interface Membership {
  readonly id: number;
  readonly user: number;
  /** Whether it is the group to which the user's tickets go unless another is chosen. */
  readonly isDefault: boolean;
}

/** What decides whether a user can be a member of a group and be assigned tickets. */
export interface ZendeskUser {
  /** `agent`, `admin` or `end-user`. */
  readonly role: string | undefined;
  readonly isSuspended: boolean;
  /** False for users who were deleted. */
  readonly isActive: boolean;
}

/** The members of a group, and the users that they are, as far as the response includes them. */
export interface GroupMembers {
  readonly memberships: readonly Membership[];
  readonly users: ReadonlyMap<number, ZendeskUser>;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const idOf = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) ? (value as number) : undefined;

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new UnreadablePart(what);
  return value;
}

/** A list that must be there: a missing one would count as empty, and what it holds as if it did not exist. */
function requiredList(value: unknown, what: string): readonly Fields[] {
  if (!Array.isArray(value)) throw new UnreadablePart(what);
  return listIn(value);
}

const instantIn = (value: unknown, what: string): Instant =>
  required(instantOfText(textOf(value) ?? ''), what);

/** A page of the export of tickets. */
export function ticketPage(response: unknown): Page<readonly ZendeskTicket[]> {
  const { tickets, after_cursor: cursor, end_of_stream: isEnd } = fieldsOf(response);
  if (typeof isEnd !== 'boolean') throw new UnreadablePart('it has no "end_of_stream"');
  return {
    items: requiredList(tickets, 'it has no list "tickets"').map(ticketOf),
    next: isEnd ? undefined : required(textOf(cursor), 'it has no "after_cursor", and is not the last'),
  };
}

const ticketOf = (fields: Fields): ZendeskTicket => ({
  id: required(idOf(fields.id), 'a ticket has no id'),
  subject: textOf(fields.subject) || undefined,
  createdAt: instantIn(fields.created_at, 'a ticket has no time "created_at"'),
  updatedAt: instantIn(fields.updated_at, 'a ticket has no time "updated_at"'),
  status: required(textOf(fields.status), 'a ticket has no status'),
  customStatus: idOf(fields.custom_status_id)?.toString(),
  requester: idOf(fields.requester_id),
  organization: idOf(fields.organization_id),
  brand: idOf(fields.brand_id),
  group: idOf(fields.group_id),
  tags: Array.isArray(fields.tags) ? fields.tags.filter((tag) => typeof tag === 'string') : [],
});

/** A page of the updates of a ticket. An archived ticket has one page, without `meta`. */
export function auditPage(response: unknown): Page<AuditPage> {
  const { audits, users } = fieldsOf(response);
  return {
    items: {
      audits: requiredList(audits, 'it has no list "audits"').map(auditOf),
      roles: new Map(
        listIn(users).flatMap(({ id, role }) => {
          const user = idOf(id);
          return user === undefined || typeof role !== 'string' ? [] : [[user, role] as const];
        }),
      ),
    },
    next: nextOf(response),
  };
}

/** The cursor of the next page; a list without `meta` has only one. */
function nextOf(response: unknown): string | undefined {
  const { has_more: hasMore, after_cursor: cursor } = fieldsOf(fieldsOf(response).meta);
  return hasMore === true
    ? required(textOf(cursor), 'it has no "after_cursor", and is not the last')
    : undefined;
}

/** A page of the members of a group. */
export function memberPage(response: unknown): Page<GroupMembers> {
  const { group_memberships: memberships } = fieldsOf(response);
  return {
    items: {
      memberships: requiredList(memberships, 'it has no list "group_memberships"').map((fields) => ({
        id: required(idOf(fields.id), 'a membership has no id'),
        user: required(idOf(fields.user_id), 'a membership has no "user_id"'),
        isDefault: fields.default === true,
      })),
      users: usersIn(fieldsOf(response).users),
    },
    next: nextOf(response),
  };
}

/** The users of a response to a request for several of them, by their ids. */
export function userList(response: unknown): ReadonlyMap<number, ZendeskUser> {
  const { users } = fieldsOf(response);
  return usersIn(requiredList(users, 'it has no list "users"'));
}

const usersIn = (users: unknown): ReadonlyMap<number, ZendeskUser> =>
  new Map(
    listIn(users).flatMap(({ id, role, suspended, active }) => {
      const user = idOf(id);
      const state = { role: textOf(role), isSuspended: suspended === true, isActive: active !== false };
      return user === undefined ? [] : [[user, state] as const];
    }),
  );

/** How many results a search has. */
export const searchCount = (response: unknown): number =>
  required(idOf(fieldsOf(response).count), 'it has no "count"');

/** The fields that are kept; those of an account are named by their ids. */
const FIELDS = /^(status|custom_status_id|priority|\d{1,16})$/;

function auditOf({ id, created_at: createdAt, author_id: author, via, events }: Fields): ZendeskAudit {
  const outer = viaOf(via);
  return {
    id: required(idOf(id), 'an audit has no id'),
    at: instantIn(createdAt, 'an audit has no time "created_at"'),
    events: listIn(events).flatMap((event): AuditEvent[] => {
      // Most events have no `via` of their own.
      const own = event.via === undefined || event.via === null ? outer : viaOf(event.via);
      switch (event.type) {
        case 'Comment':
          return [
            {
              kind: 'comment',
              author: idOf(event.author_id) ?? idOf(author),
              // Words count as internal unless they are known to be public.
              isPublic: event.public === true,
              via: own,
            },
          ];
        case 'Create':
        case 'Change':
          return FIELDS.test(String(event.field_name))
            ? [{ kind: 'field', name: String(event.field_name), value: plainText(event.value), via: own }]
            : [];
        default:
          return [];
      }
    }),
  };
}

/** A channel is a name or a number, of which 8 is that of a rule. */
const RULE = 8;

const viaOf = (via: unknown): Via => {
  const { channel, source } = fieldsOf(via);
  return {
    channel: channel === RULE ? 'rule' : String(channel ?? ''),
    relation: textOf(fieldsOf(source).rel),
  };
};

/** Texts and numbers; tags and targets of Zendesk's own are lists and objects. */
const plainText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
