/** What is said about a group and its members, each with what to do. Pure. */
import type { Person } from '../../model.ts';
import { plural } from '../../text/plural.ts';
import type { Note } from '../converge/target.ts';
import type { DesiredGroup } from './desired.ts';
import type { ZendeskUser } from './responses.ts';

/** A member as the plan names them: no name of Zendesk is printed. */
export const memberName = ({ names }: Pick<DesiredGroup, 'names'>, user: number): string =>
  names.get(user) ?? `${user} (not in the handbook)`;

/** What removing somebody does to their tickets. */
export const removalText = (name: string, openTickets: number): string =>
  `${name}, which unassigns ${plural(openTickets, 'open ticket')} of theirs`;

export const missingGroup = ({ group, file }: DesiredGroup): Note => ({
  code: 'no-group',
  message: `Zendesk has no group ${group}; correct its number in ${file}`,
});

export const nobodyOn: Note = {
  code: 'nobody-on',
  message: 'nobody holds its roles now; its members stay as they are',
};

export const withoutUser = ({ id, location }: Person): Note => ({
  code: 'no-id',
  message: `${id} is on and has no user of Zendesk; add "zendesk: <number>" to ${id} in ${location.file}`,
});

/** Why somebody cannot be given tickets of a group; undefined where they can. */
export function hindrance(
  { id, location }: Person,
  number: number,
  user: ZendeskUser | undefined,
): Note | undefined {
  const correct = `correct zendesk of ${id} in ${location.file}`;
  if (user?.isActive !== true)
    return { code: 'no-user', message: `Zendesk has no user ${number}, who is ${id} and on; ${correct}` };
  if (user.role === 'end-user')
    return {
      code: 'no-agent',
      message: `user ${number} of Zendesk, who is ${id} and on, is not an agent; make them one there, or ${correct}`,
    };
  if (user.isSuspended)
    return {
      code: 'suspended',
      message:
        `${id} is on, and Zendesk's user ${number} is suspended, who can be given no tickets; ` +
        `unsuspend them there, or give the time to somebody else`,
    };
  return undefined;
}

function stay(names: readonly string[]): string {
  const verbs = names.length === 1 ? ['holds', 'stays'] : ['hold', 'stay'];
  return `${names.join(', ')} ${verbs[0]} none of its roles now and ${verbs[1]}`;
}

/** Members who are not on, in a group from which nobody is removed. */
export const notRemoved = (names: readonly string[]): Note => ({
  code: 'not-removed',
  message: `${stay(names)}; "removes: true" would remove them, and unassign their tickets`,
});

/** Members who are not on, and whose default group this is. */
export const defaultMembers = (names: readonly string[]): Note => ({
  code: 'default-group',
  message: `${stay(names)}, because it is their default group; choose another one for them in Zendesk`,
});

/** Members who are not on and are again before the turn ends, as after a cover of some hours. */
export const onAgain = (names: readonly string[]): Note => ({
  code: 'on-again',
  message: `${stay(names)} with the tickets, being on again before the turn ends`,
});

/** Members who are not on while somebody who is cannot be a member. */
export const heldBack = (names: readonly string[]): Note => ({
  code: 'held-back',
  message: `${stay(names)} until everybody who does is a member`,
});
