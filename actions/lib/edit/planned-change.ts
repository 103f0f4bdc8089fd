/**
 * Writes a planned change into its team's file: adds an entry at the end, or replaces the one with its id. The data of
 * the result is compared with the expected data, as for overrides.
 */
import { outline, type Texts } from '../load/load.ts';
import { yamlLines } from '../load/source.ts';
import { trimmedEnd } from '../text/trim.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { blockRows } from './block-style.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { columnOf, lineBreak, withLines } from './lines.ts';
import type { EditedFile } from './outcome.ts';
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
export function changedFile(texts: Texts, now: Instant, requested: RequestedChange): EditedFile {
  const file = `rotas/${requested.team}/planned-changes.yaml`;
  const zone = zoneOf(requested.timezone);
  const [startAt, endAt] = [requested.from, requested.to].map((text) =>
    zone.instantOf(wallOfText(text) as Wall),
  );
  const spans = [{ startAt: startAt as Instant, endAt: endAt as Instant }];
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const old = texts.texts.get(file);
  const text = withEntry(old ?? HEAD, requested.id, entryOf(requested));
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

interface Changes {
  readonly changes?: Readonly<Record<string, unknown>> | null;
}

function withEntry(text: string, id: string, entry: Entry): string | undefined {
  const whole = trimmedEnd(text, /[\r\n]/) + lineBreak(text, text.length);
  const changes = outline(whole).keys.find(({ name }) => name === 'changes');
  const entries = changes?.entries ?? [];
  const margin = entries[0] === undefined ? 2 : columnOf(whole, entries[0].start);
  if (changes === undefined || margin === 0) return undefined;
  const written = yamlLines({ [id]: entry }, { braces: 'items', indent: margin });
  const lines = written.map((line) => ' '.repeat(margin) + line);
  const old = entries.find(({ name }) => name === id);
  const rows = old === undefined ? { start: whole.length, end: whole.length } : blockRows(whole, old);
  const result = withLines(whole.slice(0, rows.start) + whole.slice(rows.end), rows.start, lines);
  return hasEntry(text, result, id, entry) ? result : undefined;
}

/** Whether the data of the result is that of the text, with this entry. */
function hasEntry(text: string, result: string, id: string, entry: Entry): boolean {
  // A file may have no changes yet.
  const was = (outline(text).data ?? { changes: null }) as Changes;
  const now = outline(result).data as Changes | undefined;
  const expected = { ...was, changes: { ...was.changes, [id]: entry } };
  return JSON.stringify(now) === JSON.stringify(expected);
}
