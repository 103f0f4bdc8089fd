/** Shared by the contracts of the stand-ins: converts OpenAPI to the JSON Schema that ajv supports. */
import type { ErrorObject } from 'ajv';

/** OpenAPI's `nullable`, in JSON Schema. */
export const orNull = (schema: unknown): object => ({ anyOf: [schema, { type: 'null' }] });

/** The errors of ajv, one line each. */
export const ajvErrors = (name: string, errors: readonly ErrorObject[] | null | undefined): string[] =>
  (errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${name}${instancePath} ${message}${'additionalProperty' in params ? ` (${params.additionalProperty})` : ''}`,
  );

/** The reference to a place in a document, `#/…`. */
export const pointer = (...place: readonly string[]): string =>
  `#/${place.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll("'", '%27')).join('/')}`;

/** The value at a reference `#/…` of a document. */
export const lookedUp = (document: object, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>>)[key], document);

/** The regular expression for a path such as `/users/{id}`, with its names as groups. */
export const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
