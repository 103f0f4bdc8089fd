/**
 * The groups of an account as Zendesk keeps them: members, the default group of every agent, and the job that takes
 * tickets from whoever leaves a group. What a client must never do is a violation. Asserts nothing.
 *
 * https://developer.zendesk.com/api-reference/ticketing/groups/group_memberships/
 */
import { CANARY, type Json } from './account.ts';

/** An agent who is neither suspended nor deleted, unless it says otherwise. */
interface AccountUser {
  readonly id: number;
  readonly role?: 'agent' | 'admin' | 'end-user';
  readonly suspended?: true;
  readonly active?: false;
  /** The default group; another one than those below, unless given. */
  readonly home?: number;
}

interface AssignedTicket {
  readonly group: number;
  assignee: number | undefined;
  readonly status: string;
}

/** What an account has. */
export interface GroupSettings {
  readonly users: readonly AccountUser[];
  /** The ids of the members of each group. */
  readonly members: Readonly<Record<number, readonly number[]>>;
  readonly tickets?: readonly Readonly<AssignedTicket>[];
  /** The members in one page. */
  readonly pageSize?: number;
}

interface Membership {
  readonly id: number;
  readonly user: number;
  readonly group: number;
}

/** A response, or undefined for a path that is none of these. */
interface Reply {
  readonly status?: number;
  readonly body?: unknown;
}

const NOT_FOUND: Reply = { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };
const INVALID: Reply = {
  status: 422,
  body: { error: 'RecordInvalid', description: `Record validation errors about ${CANARY}` },
};

export class GroupAccount {
  readonly tickets: readonly AssignedTicket[];
  /** The members of every group after each change, the first being those at the start. */
  readonly history: Readonly<Record<number, readonly number[]>>[] = [];
  readonly violations: string[] = [];
  readonly #users: Map<number, AccountUser>;
  readonly #groups: Set<number>;
  readonly #pageSize: number;
  #memberships: readonly Membership[];
  #nextId = 7000;
  /** The jobs that Zendesk has queued; they run before the next request is answered. */
  #jobs: (() => void)[] = [];
  /** Groups to which somebody may have been added, and whose members have not been read since. */
  readonly #unread = new Set<number>();

  constructor({ users, members, tickets = [], pageSize = 100 }: GroupSettings) {
    this.#users = new Map(users.map((user) => [user.id, user]));
    this.#groups = new Set(Object.keys(members).map(Number));
    this.#pageSize = pageSize;
    this.tickets = tickets.map((ticket) => ({ ...ticket }));
    this.#memberships = Object.entries(members).flatMap(([group, ids]) =>
      ids.map((user) => ({ id: this.#nextId++, user, group: Number(group) })),
    );
    this.#remember();
  }

  /** The members now, in order of their ids. */
  get members(): Readonly<Record<number, readonly number[]>> {
    return Object.fromEntries(
      [...this.#groups].map((group) => [
        group,
        this.#memberships
          .filter((it) => it.group === group)
          .map(({ user }) => user)
          .sort((a, b) => a - b),
      ]),
    );
  }

  /** Somebody changes it by hand. */
  byHand(group: number, change: { readonly add?: number; readonly remove?: number }): void {
    if (change.add !== undefined) this.#add(group, change.add);
    this.#memberships = this.#memberships.filter((it) => it.group !== group || it.user !== change.remove);
    this.#remember();
  }

  /** Somebody changes what a user is. */
  change(user: AccountUser): void {
    this.#users.set(user.id, user);
  }

  /** Somebody deletes a group. */
  delete(group: number): void {
    this.#groups.delete(group);
    this.#memberships = this.#memberships.filter((it) => it.group !== group);
  }

  answer(method: string, path: string, search: URLSearchParams, body: unknown): Reply | undefined {
    for (const job of this.#jobs.splice(0)) job();
    const [, group] = /^\/api\/v2\/groups\/(\d+)\/memberships\.json$/.exec(path) ?? [];
    if (method === 'GET' && group !== undefined) return this.#list(Number(group), search);
    if (method === 'GET' && path === '/api/v2/users/show_many.json') return this.#show(search);
    if (method === 'GET' && path === '/api/v2/search/count.json') return this.#count(search);
    if (method === 'POST' && path === '/api/v2/group_memberships.json') return this.#create(body as Json);
    const [, id] = /^\/api\/v2\/group_memberships\/(\d+)\.json$/.exec(path) ?? [];
    return method === 'DELETE' && id !== undefined ? this.#remove(Number(id)) : undefined;
  }

  #list(group: number, search: URLSearchParams): Reply {
    if (!this.#groups.has(group)) return NOT_FOUND;
    if (search.get('page[size]') !== '100') this.violations.push('the size of a page is not given');
    this.#unread.delete(group);
    const all = this.#memberships.filter((it) => it.group === group);
    const from = Number(search.get('page[after]') ?? '0');
    const page = all.slice(from, from + this.#pageSize);
    const next = from + page.length;
    return {
      body: {
        group_memberships: page.map((it) => ({
          id: it.id,
          url: `https://example.zendesk.com/api/v2/group_memberships/${it.id}.json`,
          user_id: it.user,
          group_id: group,
          default: this.#isDefault(it),
          created_at: '2026-01-07T10:00:00Z',
          updated_at: '2026-01-07T10:00:00Z',
        })),
        ...(search.get('include') === 'users' ? { users: page.flatMap(({ user }) => this.#body(user)) } : {}),
        meta: { has_more: next < all.length, after_cursor: String(next), before_cursor: null },
      },
    };
  }

  #show(search: URLSearchParams): Reply {
    const ids = (search.get('ids') ?? '').split(',').map(Number);
    if (ids.length > 100) this.violations.push(`${ids.length} users in one request`);
    return { body: { users: ids.flatMap((id) => this.#body(id)), next_page: null, count: ids.length } };
  }

  /** The one search that a client needs: unsolved tickets of a person in a group. */
  #count(search: URLSearchParams): Reply {
    const query = search.get('query') ?? '';
    const [, group, user] = /^type:ticket status<solved group:(\d+) assignee:(\d+)$/.exec(query) ?? [];
    if (group === undefined) this.violations.push(`a search for ${query}`);
    return { body: { count: this.#working(Number(group), Number(user)).length } };
  }

  #create(body: Json): Reply {
    const { user_id: user, group_id: group } = (body?.group_membership ?? {}) as Record<string, number>;
    const agent = this.#users.get(user ?? Number.NaN);
    if (group === undefined || !this.#groups.has(group)) return NOT_FOUND;
    this.#unread.add(group);
    if (agent === undefined || agent.active === false || agent.role === 'end-user') return INVALID;
    if (agent.suspended) this.violations.push(`a suspended user is added to ${group}`);
    if (this.#memberships.some((it) => it.user === user && it.group === group)) return INVALID;
    const added = this.#add(group, agent.id);
    this.#remember();
    return { status: 201, body: { group_membership: { ...added, user_id: user, group_id: group } } };
  }

  #remove(id: number): Reply {
    const it = this.#memberships.find((membership) => membership.id === id);
    if (it === undefined) return NOT_FOUND;
    const { user, group } = it;
    if (this.#unread.has(group))
      this.violations.push(`${group} is not read between an addition and a removal`);
    if (this.#isDefault(it)) this.violations.push(`${user} loses the default group`);
    this.#memberships = this.#memberships.filter((other) => other !== it);
    if (this.members[group]?.length === 0) this.violations.push(`${group} has no member any more`);
    this.#jobs.push(() => {
      for (const ticket of this.#working(group, user)) ticket.assignee = undefined;
    });
    this.#remember();
    return { status: 204 };
  }

  #working = (group: number, user: number): AssignedTicket[] =>
    this.tickets.filter(
      (it) => it.group === group && it.assignee === user && !['solved', 'closed'].includes(it.status),
    );

  #add(group: number, user: number): Membership {
    const added = { id: this.#nextId++, user, group };
    this.#memberships = [...this.#memberships, added];
    return added;
  }

  #isDefault = ({ user, group }: Membership): boolean => this.#users.get(user)?.home === group;

  #remember = (): void => void this.history.push(this.members);

  #body(id: number): readonly Json[] {
    const user = this.#users.get(id);
    if (user === undefined) return [];
    const { role = 'agent', suspended = false, active = true } = user;
    const personal = { name: `Somebody ${CANARY}`, email: `${CANARY}@example.org`, notes: CANARY };
    return [{ id, role, suspended, active, ...personal }];
  }
}
