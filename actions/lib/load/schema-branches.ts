/**
 * Schemas with two alternatives, chosen by a key that only one of them has, such as an override of a turn or of hours.
 * Pure.
 */

interface Keyed {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** For one alternative: the other one, and the schema that contains both. */
export interface SchemaBranches {
  readonly other: Keyed;
  readonly whole: Keyed;
}

interface Node extends Keyed {
  readonly $ref?: string;
  readonly if?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly definitions?: Readonly<Record<string, Node>>;
}

/** Maps each alternative among the definitions of a schema to its counterpart. */
export function branchesIn(root: object): ReadonlyMap<unknown, SchemaBranches> {
  const found = new Map<unknown, SchemaBranches>();
  const { definitions = {} } = root as Node;
  const resolved = (node: Node | undefined) =>
    definitions[node?.$ref?.replace('#/definitions/', '') ?? ''] ?? node;
  const look = (node: Node, whole: Node): void => {
    const one = resolved(node.then);
    const other = resolved(node.else);
    if (one?.properties !== undefined && other?.properties !== undefined) {
      found.set(one, { other, whole });
      found.set(other, { other: one, whole });
    } else if (other?.if !== undefined) look(other, whole);
  };
  for (const node of Object.values(definitions)) look(node, node);
  return found;
}
