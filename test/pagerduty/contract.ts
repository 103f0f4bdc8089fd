/**
 * PagerDuty's own OpenAPI document. It has no licence, so it is not in the repository: the environment variable
 * `PAGERDUTY_OPENAPI` names the file; without it, a default path outside the project is tried, where extracts for
 * layers and for shifts are two files. Requests and responses are validated against the document with corrections,
 * because PagerDuty does not behave as documented.
 *
 * The corrections: optional properties may be null; listing overrides returns 200; creating a single override has a
 * body and a response of its own; errors are a list, a text or keyed by field; a strategy is an object; lists in a
 * query are lists; read-only properties are ignored in a request.
 *
 * What the document allows and PagerDuty refuses, or the reverse, is in the operations on shift-based schedules: a
 * change of one needs its zone; an override may come without the member that it replaces (outside of strict mode); a
 * query with brackets finds nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { ajvErrors, lookedUp, orNull, pointer } from '../openapi.ts';
import { isTimeZone } from './request.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'header' | 'path' | 'query';
  readonly required?: boolean;
  readonly schema: object;
}
interface Described {
  readonly parameters?: readonly { readonly $ref?: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
}
type Paths = Record<string, Record<string, Described>>;
interface Document {
  readonly paths: Paths;
  readonly components: { readonly parameters: object; readonly responses: object; readonly schemas: object };
}

/** An operation, named as in the document. */
interface Operation {
  readonly method: string;
  readonly path: string;
}

export interface Contract {
  /** The violations of a request. */
  requestFaults(operation: Operation, query: URLSearchParams, body: unknown): string[];
  /** The violations of a response. */
  responseFaults(operation: Operation, status: number, body: unknown): string[];
}

const EXTRACTS = ['openapi-v2.json', 'openapi-v3.json'].map((name) => `../shared/pagerduty/${name}`);
const BESIDE = EXTRACTS.map((name) => fileURLToPath(new URL(`../../${name}`, import.meta.url)));
const NAMED = process.env.PAGERDUTY_OPENAPI ?? '';

/** Where the document is expected, for messages. */
export const DOCUMENT = NAMED === '' ? EXTRACTS.join(' and ') : NAMED;
const CONTENT = ['content', 'application/json', 'schema'];
const ERROR = ['components', 'responses', 'Conflict', ...CONTENT];
/** Statuses that any operation may return, although the document does not list them for each. */
const ANYWHERE = [400, 401, 402, 403, 404, 408, 429, 500];

type Part = Readonly<Record<string, unknown>>;
type Change = (part: Part) => unknown;

/** The document with a change applied to every object, innermost first. */
function mapped(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped(part, change)])));
}

const isSchemaOfObject = ({ type, properties }: Part): boolean =>
  (type === 'object' || type === undefined) && typeof properties === 'object' && properties !== null;

/** Lets every optional property be null, except the type and the id. */
function withNulls(part: Part): unknown {
  const { nullable: _, ...schema } = part;
  if (!isSchemaOfObject(schema)) return schema;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = Object.entries(schema.properties as Part).map(([name, inner]) =>
    required.includes(name) || name === 'id' || name === 'type' ? [name, inner] : [name, orNull(inner)],
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Accepts any value for read-only properties in a request, because PagerDuty ignores them. */
function withoutReadOnly(part: Part): unknown {
  if (!isSchemaOfObject(part)) return part;
  const properties = Object.entries(part.properties as Part).map(([name, inner]) =>
    (inner as Part).readOnly === true ? [name, {}] : [name, inner],
  );
  return { ...part, properties: Object.fromEntries(properties) };
}

const DETAILS = {
  oneOf: [{ type: 'array', items: { type: 'string' } }, { type: 'object' }, { type: 'string' }],
};
const STRATEGY = ['assign_to_everyone', 'round_robin'];

/** Corrects the document where PagerDuty is known to behave differently. */
function corrected(given: Document): Document {
  const document = structuredClone(given);
  const at = (...place: readonly string[]) =>
    lookedUp(document, pointer(...place)) as Record<string, unknown>;
  const overrides = document.paths['/schedules/{id}/overrides'];
  const single = {
    type: 'object',
    properties: { override: { $ref: '#/components/schemas/Override' } },
    required: ['override'],
  };
  for (const [method, described] of Object.entries(overrides ?? {})) {
    if (method === 'get') Object.assign(described.responses, { 200: described.responses['201'] });
    if (method !== 'post') continue;
    const place = ['paths', '/schedules/{id}/overrides', 'post'];
    const made = at(...place, 'responses', '201', 'content', 'application/json');
    // Two items that are refused for the same reason have equal results.
    const { uniqueItems: _, ...list } = made.schema as Record<string, unknown>;
    made.schema = { oneOf: [list, single] };
    const body = at(...place, 'requestBody', 'content', 'application/json');
    body.schema = { anyOf: [{ ...(body.schema as object), required: ['overrides'] }, single] };
  }
  // The name of the type differs from that in its own list, and the forms of a channel exclude one another in vain.
  const acknowledged = at('components', 'schemas', 'AcknowledgeLogEntry', 'allOf', '1', 'properties');
  acknowledged.type = { type: 'string', enum: ['acknowledge_log_entry'] };
  const channel = at('components', 'schemas', 'Channel');
  channel.anyOf = channel.oneOf;
  delete channel.oneOf;
  at(...ERROR, 'properties', 'error', 'properties').errors = DETAILS;
  at('components', 'schemas', 'EscalationRule', 'properties').escalation_rule_assignment_strategy = {
    oneOf: [
      { type: 'string', enum: STRATEGY },
      { type: 'object', properties: { type: { enum: STRATEGY } }, required: ['type'] },
    ],
  };
  // These operations are missing from the extracts.
  const whole = (name: string, schema: string) => ({
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { [name]: { $ref: `#/components/schemas/${schema}` } },
          required: [name],
        },
      },
    },
  });
  document.paths['/users/{id}'] ??= {
    get: {
      parameters: document.paths['/users']?.get?.parameters ?? [],
      responses: { 200: whole('user', 'User') },
    },
  };
  const service = whole('service', 'Service');
  document.paths['/services/{id}'] ??= {
    get: { responses: { 200: service } },
    put: { requestBody: service, responses: { 200: service } },
  };
  return document;
}

const formats = {
  ...fullFormats,
  tzinfo: isTimeZone,
  'activesupport-time-zone': isTimeZone,
  'partial-time': /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
  url: (text: string) => URL.canParse(text),
};
const options = { strict: false, formats } as const;

/** The schemas of a document, compiled on first use. */
function compiled(document: unknown) {
  const ajv = new Ajv(options);
  ajv.addSchema(document as object, 'contract');
  return (name: string, value: unknown, ...place: readonly string[]): string[] => {
    const ref = `contract${pointer(...place)}`;
    const validate = ajv.getSchema(ref) ?? ajv.compile({ $ref: ref });
    return validate(value) ? [] : ajvErrors(name, validate.errors);
  };
}

/** Validates a query, with its texts converted to the types of the document. */
function queryCheck(document: Document, { parameters = [] }: Described): ValidateFunction {
  const known = parameters
    .map((each) => (each.$ref === undefined ? each : lookedUp(document, each.$ref)) as Parameter)
    .filter((parameter) => parameter.in === 'query');
  const listed = ({ name, schema }: Parameter): object => {
    if (!name.endsWith('[]') || (schema as Part).type === 'array') return schema;
    const { uniqueItems: _, ...items } = schema as Part;
    return { type: 'array', items, uniqueItems: true };
  };
  return new Ajv({ ...options, coerceTypes: true }).compile({
    type: 'object',
    properties: Object.fromEntries(known.map((parameter) => [parameter.name, listed(parameter)])),
    required: known.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
}

/** A parameter with brackets in its name is a list; for any other, the last value counts. */
const valuesOf = (query: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(
    [...query.keys()].map((name) => [
      name,
      name.endsWith('[]') ? query.getAll(name) : query.getAll(name).at(-1),
    ]),
  );

/** One document of several extracts. */
function mergedExtracts(extracts: readonly Document[]): Document {
  const components = (kind: keyof Document['components']): object =>
    Object.assign({}, ...extracts.map((each) => each.components[kind]));
  return {
    paths: Object.assign({}, ...extracts.map(({ paths }) => paths)),
    components: {
      parameters: components('parameters'),
      responses: components('responses'),
      schemas: components('schemas'),
    },
  };
}

/** The contract of a document's text, in one or several extracts. */
function contractOf(...texts: readonly string[]): Contract {
  const document = corrected(mergedExtracts(texts.map((text) => JSON.parse(text) as Document)));
  const asAnswer = compiled(mapped(document, withNulls));
  const asRequest = compiled(mapped(document, (part) => withNulls(withoutReadOnly(part) as Part)));
  const queries = new Map<string, ValidateFunction>();
  const described = ({ method, path }: Operation) => document.paths[path]?.[method.toLowerCase()];

  return {
    requestFaults: (operation, query, body) => {
      const known = described(operation);
      const name = `${operation.method} ${operation.path}`;
      if (known === undefined) return [`${name} is not described`];
      const check = queries.get(name) ?? queryCheck(document, known);
      queries.set(name, check);
      const place = ['paths', operation.path, operation.method.toLowerCase(), 'requestBody', ...CONTENT];
      return [
        ...(check(valuesOf(query)) ? [] : ajvErrors('query', check.errors)),
        ...(known.requestBody === undefined
          ? body === undefined
            ? []
            : ['body is not expected']
          : asRequest('body', body, ...place)),
      ];
    },
    responseFaults: (operation, status, body) => {
      const name = `answer ${status}`;
      const found = described(operation)?.responses[status];
      if (found?.content !== undefined) {
        const place = ['paths', operation.path, operation.method.toLowerCase(), 'responses', `${status}`];
        return asAnswer(name, body, ...place, ...CONTENT);
      }
      if (found !== undefined && status < 300) return body === undefined ? [] : [`${name} has a body`];
      if (!ANYWHERE.includes(status)) return [`${name} is not described`];
      return asAnswer(name, body, ...ERROR);
    },
  };
}

let read: Contract | undefined;

/** PagerDuty's contract; undefined without its document. A file that is named but does not exist is an error. */
export function pagerDutyContract(): Contract | undefined {
  const files = NAMED === '' ? BESIDE : [NAMED];
  if (read === undefined && (NAMED !== '' || files.every((file) => existsSync(file))))
    read = contractOf(...files.map((file) => readFileSync(file, 'utf8')));
  return read;
}
