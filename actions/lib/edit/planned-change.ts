/**
 * Writes a planned change into its team's file: adds an entry at the end, or replaces the one with its id. The data of
 * the result is compared with the expected data, as for overrides.
 */
import { outline, scalar, type Texts } from '../load/load.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { impossible, Refused } from './refusal.ts';
import { withErrors } from './seat.ts';

/** The values of a change's entry, as they are written there. */
export interface RequestedChange {
  readonly team: string;
  readonly id: string;
  readonly service: string;
  readonly summary: string;
  readonly timezone: string;
  readonly from: string;
  readonly to: string;
  readonly requestedAt: string;
  readonly request: string;
  readonly assigned: readonly { readonly role: string; readonly person: string }[];
}

/** The file with a change in it; refused if that adds an error of any rule. */
export function changedFile(
  texts: Texts,
  now: Instant,
  requested: RequestedChange,
): { readonly file: string; readonly text: string } {
  const file = `rotas/${requested.team}/planned-changes.yaml`;
  const zone = zoneOf(requested.timezone);
  const [startAt, endAt] = [requested.from, requested.to].map((text) =>
    zone.instantOf(wallOfText(text) as Wall),
  );
  const spans = [{ startAt: startAt as Instant, endAt: endAt as Instant }];
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const old = texts.texts.get(file);
  const text = withEntry(old ?? HEAD, requested, entryOf(requested));
  if (text === undefined)
    throw impossible(`${file} is laid out in a way that is not supported here; add the change by hand`);
  const after = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text) }, spans, now);
  const findings = newErrors(before, after);
  if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
  return { file, text };
}

const HEAD = '# yaml-language-server: $schema=../../schemas/planned-changes.schema.json\n\nchanges:\n';

type Entry = Readonly<Record<string, string | RequestedChange['assigned']>>;

const entryOf = (requested: RequestedChange): Entry => ({
  service: requested.service,
  summary: requested.summary,
  timezone: requested.timezone,
  from: requested.from,
  to: requested.to,
  requested_at: requested.requestedAt,
  request: requested.request,
  assigned: requested.assigned.map(({ role, person }) => ({ role, person })),
});

/** The lines of an entry below its id. */
const entryLines = (entry: Entry, margin: string, deeper: string): readonly string[] =>
  Object.entries(entry).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${margin}${key}: ${scalar(value)}`]
      : [
          `${margin}${key}:`,
          ...value.map((it) => `${margin}${deeper}- {role: ${it.role}, person: ${it.person}}`),
        ],
  );

interface ChangesData {
  readonly changes?: Readonly<Record<string, unknown>> | null;
}

function withEntry(text: string, { id }: RequestedChange, entry: Entry): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  const top = lines.findIndex((line) => /^changes:\s*(#.*)?$/.test(line));
  const first = lines.slice(top + 1).find((line) => /^ +[a-z0-9-]+:/.test(line));
  const margin = /^ */.exec(first ?? '  ')?.[0] ?? '  ';
  const fresh = [`${margin}${id}:`, ...entryLines(entry, margin.repeat(2), margin)];
  const at = lines.findIndex((line, i) => i > top && new RegExp(`^${margin}${id}:\\s*(#.*)?$`).test(line));
  // An entry ends at the next line that is indented no deeper than its id; a comment there belongs to the next entry.
  const rest = lines.slice(at + 1).findIndex((line) => line.trim() !== '' && indentOf(line) <= margin.length);
  const upTo = rest < 0 ? lines.length : at + 1 + rest;
  const changed = at < 0 ? [...lines, ...fresh] : [...lines.slice(0, at), ...fresh, ...lines.slice(upTo)];
  const result = `${changed.join(end)}${end}`;
  return hasEntry(text, result, id, entry) ? result : undefined;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Whether the data of `result` is that of `text` with this entry. */
function hasEntry(text: string, result: string, id: string, entry: Entry): boolean {
  // A file without changes has no data.
  const was = (outline(text).data ?? { changes: null }) as ChangesData;
  const now = outline(result).data as ChangesData | undefined;
  const expected = { ...was, changes: { ...was.changes, [id]: entry } };
  return JSON.stringify(now) === JSON.stringify(expected);
}
