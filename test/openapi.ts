/** What the contracts of the stand-ins have in common: OpenAPI's ways, for ajv, which knows JSON Schema's. */
import type { ErrorObject } from 'ajv';

/** OpenAPI's `nullable`, as JSON Schema says it. */
export const orNull = (schema: unknown): object => ({ anyOf: [schema, { type: 'null' }] });

/** What ajv objects to, one line each. */
export const told = (name: string, errors: readonly ErrorObject[] | null | undefined): string[] =>
  (errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${name}${instancePath} ${message}${'additionalProperty' in params ? ` (${params.additionalProperty})` : ''}`,
  );

/** The reference to a place in a document, `#/…`. */
export const pointer = (...place: readonly string[]): string =>
  `#/${place.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll("'", '%27')).join('/')}`;

/** What lies at a reference `#/…` of a document. */
export const lookedUp = (document: object, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>>)[key], document);

/** The expression of a path written `/users/{id}`, with its names as groups. */
export const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
