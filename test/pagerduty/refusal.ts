/** PagerDuty's error responses: status, code, message and details. Thrown, and turned into a response in one place. */

/** PagerDuty has sent a list, a text, and an object keyed by field. */
type Details = readonly string[] | Readonly<Record<string, readonly string[]>>;

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Details | undefined;

  constructor(status: number, code: number, message: string, errors?: Details) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** The response of a refusal. */
export const refused = ({ status, message, code, errors }: Refusal) => ({
  status,
  body: { error: { message, code, ...(errors === undefined ? {} : { errors }) } },
});

export const wrongInput = (...errors: readonly string[]): Refusal =>
  new Refusal(400, 2001, 'Invalid Input Provided', errors);
export const wrongRange = (error: string): Refusal =>
  new Refusal(400, 2004, 'Invalid Input Provided', [error]);
export const wrongOverride = (...errors: readonly string[]): Refusal =>
  new Refusal(400, 4004, 'Invalid Override', errors);
export const wrongSchedule = (field: string, error: string): Refusal =>
  new Refusal(400, 3001, 'Invalid Schedule', { [field]: [error] });
export const notFound = (code = 2100, message = 'Not Found'): Refusal => new Refusal(404, code, message);
export const unauthenticated = (): Refusal => new Refusal(401, 2006, 'Authentication failed');
export const readOnlyKey = (): Refusal => new Refusal(403, 2010, 'Access Denied');
export const tooMany = (): Refusal => new Refusal(429, 2020, 'Rate Limit Exceeded');
export const tookTooLong = (): Refusal => new Refusal(408, 2016, 'The request took too long to process');
export const internal = (): Refusal => new Refusal(500, 2000, 'Internal Server Error');
export const shiftBased = (): Refusal =>
  new Refusal(400, 2001, 'This is a shift-based schedule. Use the v3 Schedules API to access it.');
export const layerBased = (): Refusal =>
  new Refusal(400, 2001, 'This is a layer-based schedule. Use the v2 Schedules API to access it.');
