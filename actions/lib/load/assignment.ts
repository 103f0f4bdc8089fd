/** A person and the line that puts them in a role, as rotas and planned changes make it. */
import type { Assignment, PathLocation } from '../model.ts';

/** Who is there by which line; `insteadOf` whom, and by which planned `change`, where there is one. */
export const assignment = (
  person: string,
  by: Assignment['by'],
  location: PathLocation,
  insteadOf?: string,
  change?: string,
): Assignment => ({ person, by, insteadOf, change, location });
