/**
 * A planned change, and the files, to the file of its team that says so: an entry put in at the end, or in place of the
 * one that has its id. What the text says afterwards is compared with what it should say, as for overrides.
 */
import { outline, type Texts } from '../load/load.ts';
import { yamlLines } from '../load/source.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { impossible, Refused } from './refusal.ts';
import { withErrors } from './seat.ts';

/** A change as its entry says it; every text is as it is written there. */
export interface AskedChange {
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

/** The file with a change written down, if the rules have nothing against it that they had not before. */
export function changedFile(
  texts: Texts,
  now: Instant,
  asked: AskedChange,
): { readonly file: string; readonly text: string } {
  const file = `rotas/${asked.team}/planned-changes.yaml`;
  const zone = zoneOf(asked.timezone);
  const [startAt, endAt] = [asked.from, asked.to].map((text) => zone.instantOf(wallOfText(text) as Wall));
  const spans = [{ startAt: startAt as Instant, endAt: endAt as Instant }];
  const before = errorsOver(texts, spans, now);
  if (isFaulty(before, file)) throw withErrors(file);
  const old = texts.texts.get(file);
  const text = withEntry(old ?? HEAD, asked, entryOf(asked));
  if (text === undefined)
    throw impossible(`${file} is laid out in a way that is not known here; write the change into it by hand`);
  const after = errorsOver({ ...texts, texts: new Map(texts.texts).set(file, text) }, spans, now);
  const findings = newErrors(before, after);
  if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
  return { file, text };
}

const HEAD = '# yaml-language-server: $schema=../../schemas/planned-changes.schema.json\n\nchanges:\n';

type Entry = Readonly<Record<string, string | AskedChange['assigned']>>;

const entryOf = (asked: AskedChange): Entry => ({
  service: asked.service,
  summary: asked.summary,
  timezone: asked.timezone,
  from: asked.from,
  to: asked.to,
  requested_at: asked.requestedAt,
  request: asked.request,
  assigned: asked.assigned.map(({ role, person }) => ({ role, person })),
});

interface Said {
  readonly changes?: Readonly<Record<string, unknown>> | null;
}

function withEntry(text: string, { id }: AskedChange, entry: Entry): string | undefined {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  const top = lines.findIndex((line) => /^changes:\s*(#.*)?$/.test(line));
  const first = lines.slice(top + 1).find((line) => /^ +[a-z0-9-]+:/.test(line));
  const margin = /^ */.exec(first ?? '  ')?.[0] ?? '  ';
  const written = yamlLines({ [id]: entry }, { braces: 'items', indent: margin.length });
  const fresh = written.map((line) => margin + line);
  const at = lines.findIndex((line, i) => i > top && new RegExp(`^${margin}${id}:\\s*(#.*)?$`).test(line));
  // An entry ends where something stands that is indented no deeper than its id; a comment there belongs to the next.
  const rest = lines.slice(at + 1).findIndex((line) => line.trim() !== '' && indentOf(line) <= margin.length);
  const upTo = rest < 0 ? lines.length : at + 1 + rest;
  const changed = at < 0 ? [...lines, ...fresh] : [...lines.slice(0, at), ...fresh, ...lines.slice(upTo)];
  const result = `${changed.join(end)}${end}`;
  return saysSo(text, result, id, entry) ? result : undefined;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Whether a text says what another says, and this entry. */
function saysSo(text: string, result: string, id: string, entry: Entry): boolean {
  // A file that holds no change yet says nothing of them.
  const was = (outline(text).data ?? { changes: null }) as Said;
  const now = outline(result).data as Said | undefined;
  const wanted = { ...was, changes: { ...was.changes, [id]: entry } };
  return JSON.stringify(now) === JSON.stringify(wanted);
}
