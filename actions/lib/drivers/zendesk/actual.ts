/** Reads the members of Zendesk's groups. A fault concerns one group, unless it would meet every other request, too. */
import type { Zendesk } from './client.ts';
import type { DesiredGroup } from './desired.ts';
import { ZendeskFault } from './fault.ts';
import type { Membership, ZendeskUser } from './responses.ts';

/** One group as Zendesk has it. */
export type ActualGroup =
  | {
      readonly kind: 'read';
      readonly memberships: readonly Membership[];
      /** The members, and whoever should be one; without those who do not exist. */
      readonly users: ReadonlyMap<number, ZendeskUser>;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unread'; readonly message: string };

/** Whether an error would meet every other request, too: a token that is not valid, or nobody who responds. */
export const isFaultOfAll = (error: unknown): boolean =>
  error instanceof ZendeskFault && (error.status === 401 || error.data.kind === 'unanswered');

/** Reads each of the groups; users who should be members and are not are read in one request. */
export async function readGroups(
  client: Zendesk,
  desired: readonly DesiredGroup[],
  progress: (doing: string) => void,
): Promise<ReadonlyMap<number, ActualGroup>> {
  const groups = new Map<number, ActualGroup>();
  for (const { group } of desired) {
    progress(`reading groups of Zendesk: ${groups.size + 1} of ${desired.length}`);
    groups.set(group, await attempt(() => readGroup(client, group)));
  }
  const absent = new Set(
    desired.flatMap(({ group, on }) => {
      const actual = groups.get(group);
      return actual?.kind === 'read' ? [...on.keys()].filter((user) => !actual.users.has(user)) : [];
    }),
  );
  if (absent.size === 0) return groups;
  const found = await attempt(async () => ({
    kind: 'read' as const,
    memberships: [],
    users: await client.users([...absent]),
  }));
  for (const { group, on } of desired) {
    const actual = groups.get(group);
    if (actual?.kind !== 'read' || ![...on.keys()].some((user) => absent.has(user))) continue;
    const all = found.kind === 'read' ? new Map([...found.users, ...actual.users]) : undefined;
    groups.set(group, all === undefined ? found : { ...actual, users: all });
  }
  return groups;
}

async function readGroup(client: Zendesk, group: number): Promise<ActualGroup> {
  const members = await client.groupMembers(group);
  return members === undefined ? { kind: 'missing' } : { kind: 'read', ...members };
}

async function attempt(read: () => Promise<ActualGroup>): Promise<ActualGroup> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ZendeskFault) || isFaultOfAll(error)) throw error;
    return { kind: 'unread', message: error.message };
  }
}
