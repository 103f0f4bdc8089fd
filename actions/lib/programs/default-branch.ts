/** The branch that everything is judged against. */
import type { ActionContext } from '../github/context.ts';

/** The default branch; an event that names no repository is one of that branch itself. */
export const defaultBranchOf = ({ payload, refName }: Pick<ActionContext, 'payload' | 'refName'>): string =>
  payload.repository?.default_branch ?? (refName || 'main');
