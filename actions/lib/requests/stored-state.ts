/**
 * Serialises the state of a request between runs into a hidden line of our own comment, and parses it. State that is
 * malformed or inconsistent with GitHub's dates of the issue is ignored.
 */

import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { FormKind } from './form.ts';

/** The first line of our comment, which identifies it. */
export const REQUEST_MARKER = '<!-- rota-as-code: request -->';

/** A lead's decision on one version of a request. */
interface Decision {
  readonly kind: 'approved' | 'declined';
  /** Of the version that was decided on. */
  readonly digest: string;
  readonly by: string;
  /** The comment that contains the command. */
  readonly comment: number;
}

/** A lead's command that did not count, and why. */
export interface IgnoredCommand {
  readonly why: 'changed' | 'not-ready' | 'not-asked' | 'void' | 'edited';
  readonly comment: number;
}

export interface RequestState {
  readonly form: FormKind;
  /** Fingerprints of all values of the request, and of those alone that decide who has to be there. */
  readonly digest: string;
  readonly decisive: string;
  /** When the request got its present decisive values, by GitHub's clock. */
  readonly requestedAt: Instant;
  /** The last comment whose command was applied or refused. */
  readonly seen: number;
  readonly decision: Decision | undefined;
  readonly ignored: IgnoredCommand | undefined;
  /** The merged pull request that is known to have brought the request to the default branch. */
  readonly written: number | undefined;
  /** The last pull request that was made for this version. */
  readonly proposed?: number | undefined;
  /** The last comment `/done` that was read. */
  readonly heard?: number | undefined;
  /** The comments `/done` of which nobody knows whom the issue named then. */
  readonly unclear?: readonly number[] | undefined;
  /** The last comment of anybody that a run read while an approval stood: what it was then is known. */
  readonly read?: number | undefined;
}

/** The state in our comment, and when it was last edited, by GitHub's clock. */
export interface StoredState {
  readonly state: RequestState;
  readonly shownAt: Instant;
}

const PREFIX = '<!-- state ';

/** The state as one line that Markdown does not render. */
export function stateLine({ requestedAt, proposed, ...state }: RequestState): string {
  // In one order, so that the same state is the same text.
  const data = { ...state, requestedAt: instantText(requestedAt), proposed };
  // Two hyphens would end the comment.
  return `${PREFIX}${JSON.stringify(data).replaceAll('-', '\\u002d').replaceAll('>', '\\u003e')} -->`;
}

/** The state in a comment of ours; undefined if it is malformed or its time is not `within` the life of the issue. */
export function stateIn(body: string, within: Interval): RequestState | undefined {
  const [first, second = ''] = body.split(/\r?\n/, 2);
  if (first !== REQUEST_MARKER || !second.startsWith(PREFIX) || !second.endsWith(' -->')) return undefined;
  const data = parsed(second.slice(PREFIX.length, -4));
  if (data === undefined) return undefined;
  const { form, digest, seen } = data;
  // Where the state is of an earlier version, it has the dates alone, and the clock starts again.
  const decisive = data.decisive ?? data.dates;
  const requestedAt = instantOfText(String(data.requestedAt));
  if (!isForm(form) || !isDigest(digest) || !isDigest(decisive) || !isNumber(seen)) return undefined;
  if (requestedAt === undefined || requestedAt < within.startAt || requestedAt > within.endAt)
    return undefined;
  const decision = isDecision(data.decision) ? data.decision : undefined;
  // `unheard` is the key's earlier name, which existing comments still have.
  const given = data.ignored ?? data.unheard;
  const ignored = isIgnored(given) ? given : undefined;
  const written = isNumber(data.written) ? data.written : undefined;
  const proposed = isNumber(data.proposed) ? data.proposed : undefined;
  const heard = isNumber(data.heard) ? data.heard : undefined;
  const unclear = Array.isArray(data.unclear) ? data.unclear.filter(isNumber) : undefined;
  const read = isNumber(data.read) ? data.read : undefined;
  return {
    ...{ form, digest, decisive, requestedAt, seen, decision, ignored, written },
    ...(proposed !== undefined && { proposed }),
    ...(heard !== undefined && { heard }),
    ...(unclear !== undefined && { unclear }),
    ...(read !== undefined && { read }),
  };
}

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;

function parsed(text: string): Data | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isData(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

const isForm = (value: unknown): value is FormKind =>
  value === 'change' || value === 'swap' || value === 'time-off' || value === 'join';
const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

const isDecision = (value: unknown): value is Decision =>
  isData(value) &&
  (value.kind === 'approved' || value.kind === 'declined') &&
  isDigest(value.digest) &&
  typeof value.by === 'string' &&
  isNumber(value.comment);

const isIgnored = (value: unknown): value is IgnoredCommand =>
  isData(value) &&
  ['changed', 'not-ready', 'not-asked', 'void', 'edited'].includes(String(value.why)) &&
  isNumber(value.comment);
