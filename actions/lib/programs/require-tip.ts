/** Keeps what is sent and assigned to people from being decided by an older handbook than that of the main branch. */
import { tipRefusal } from '../drivers/converge/guard.ts';
import { stateRefusalText } from '../drivers/converge/refusal-text.ts';
import { standing } from './applied-revisions.ts';

/** Throws unless the handbook in a folder is that of the tip of the main branch, or that need not be. */
export function requireTip(root: string, allow: readonly string[]): void {
  const refusal = tipRefusal({ ...standing(root), allow });
  if (refusal !== undefined) throw new Error(stateRefusalText(refusal));
}
