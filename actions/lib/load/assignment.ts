/** Makes the assignments of rotas and planned changes. */
import type { Assignment, PathLocation } from '../model.ts';

/** A person in a role, and the line that assigns them; `insteadOf` and `change` where they apply. */
export const assignment = (
  person: string,
  by: Assignment['by'],
  location: PathLocation,
  insteadOf?: string,
  change?: string,
): Assignment => ({ person, by, insteadOf, change, location });
