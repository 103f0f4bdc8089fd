/**
 * Writes somebody who joins a role: their entry in people, or what their entry lacks, and a new entry of the rotation
 * with one more person. The data of each file is compared with the expected data, as for overrides.
 */
import { listIn, load, outline, type Texts } from '../load/load.ts';
import { yamlLines } from '../load/source.ts';
import type { Handbook, RoleRef } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { turnText } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';
import { appendToBlock, blockRows } from './block-style.ts';
import type { Entry } from './entry.ts';
import { errorsOver, isFaulty, newErrors } from './errors.ts';
import { appendToFlow } from './flow-style.ts';
import { columnOf, lineAt, lineEnd, withLines } from './lines.ts';
import type { EditedFile } from './outcome.ts';
import { impossible, Refused } from './refusal.ts';
import type { RotationPlace } from './rotation-place.ts';
import { seatOf, withErrors } from './seat.ts';

/** The keys of a person, with their values as the file has them. */
export type PersonData = Readonly<Record<string, unknown>>;

/** Somebody who joins a role at a place of its rotation. */
export interface RequestedJoin extends RoleRef {
  readonly person: string;
  /** The whole entry of somebody new; of somebody known, the keys that their entry does not have yet. */
  readonly keys: PersonData;
  readonly place: RotationPlace;
}

/** The files with somebody added to a role; refused if that adds an error of any rule. */
export function joinedFiles(texts: Texts, now: Instant, requested: RequestedJoin): readonly EditedFile[] {
  const loaded = load(texts);
  const { handbook } = loaded;
  const { place, person } = requested;
  const { file } = seatOf(loaded, requested).rota.location;
  const known = handbook.people.get(person);
  const peopleFile = known?.location.file ?? fileOfMost(handbook, place.people);
  const horizon = publishedSpan(handbook, now).endAt;
  const spans = [{ startAt: place.startAt, endAt: Math.max(place.firstEndAt, horizon) }];
  const before = errorsOver(texts, spans, now);
  for (const it of [file, peopleFile]) if (isFaulty(before, it)) throw withErrors(it);
  const edited = [
    ...(Object.keys(requested.keys).length === 0
      ? []
      : [editOf(texts, peopleFile, (text) => withPerson(text, requested, known !== undefined))]),
    editOf(texts, file, (text) => withRotationEntry(text, requested)),
  ];
  const after = {
    ...texts,
    texts: new Map([...texts.texts, ...edited.map((it) => [it.file, it.text] as const)]),
  };
  const findings = newErrors(before, errorsOver(after, spans, now));
  if (findings.length > 0) throw new Refused({ kind: 'errors', findings });
  return edited;
}

function editOf(texts: Texts, file: string, edit: (text: string) => string | undefined): EditedFile {
  const text = edit(texts.texts.get(file) ?? '');
  if (text === undefined)
    throw impossible(`${file} is laid out in a way that is not supported here; add the newcomer by hand`);
  return { file, text };
}

/** The file that has most of some people; the first by name of several. */
function fileOfMost({ people }: Handbook, ids: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const file = people.get(id)?.location.file;
    if (file !== undefined) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(
    ([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1),
  );
  if (most === undefined) throw impossible('nobody of the rotation is in people; add the newcomer by hand');
  return most[0];
}

interface PeopleData {
  readonly people?: Readonly<Record<string, PersonData>> | null;
}

/** Adds a person after the last, or keys to the person's entry. */
function withPerson(text: string, { person, keys }: RequestedJoin, isKnown: boolean): string | undefined {
  const entries = outline(text).keys.find(({ name }) => name === 'people')?.entries ?? [];
  const own = isKnown ? entries.find(({ name }) => name === person) : entries.at(-1);
  const margin = own === undefined ? 0 : columnOf(text, own.start);
  if (own === undefined || margin === 0) return undefined;
  const result = isKnown
    ? withKeys(text, own, keys)
    : withLines(text, blockRows(text, own).end, indented(yaml({ [person]: keys }), margin));
  const was = (outline(text).data ?? {}) as PeopleData;
  const expected = { ...was, people: { ...was.people, [person]: { ...was.people?.[person], ...keys } } };
  return isSame(outline(result).data, expected) ? result : undefined;
}

const yaml = (data: unknown): readonly string[] => yamlLines(data, { brackets: true });

const indented = (lines: readonly string[], margin: number): readonly string[] =>
  lines.map((line) => ' '.repeat(margin) + line);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Adds keys at the end of an entry, which is in braces or in lines of its own. */
function withKeys(
  text: string,
  own: { readonly start: number; readonly end: number },
  keys: PersonData,
): string {
  if (text[own.end - 1] === '}') {
    const braces = yamlLines(keys, { braces: 'all' }).join('');
    return `${text.slice(0, own.end - 1)}, ${braces.slice(1, -1)}${text.slice(own.end - 1)}`;
  }
  const second = lineAt(text, lineEnd(text, own.start));
  const margin = second.length - second.trimStart().length;
  return withLines(text, blockRows(text, own).end, indented(yaml(keys), margin));
}

interface RotaData {
  readonly roles?: Readonly<Record<string, { readonly rotation?: readonly unknown[] }>>;
}

function withRotationEntry(text: string, { role, person, place }: RequestedJoin): string | undefined {
  const list = listIn(text, ['roles', role, 'rotation']);
  if (list === undefined || list.items.length === 0) return undefined;
  const people = [...place.people, person];
  const entry: Entry = [
    ['first_turn', turnText(place.on)],
    ['people', people],
  ];
  const result = list.flow ? appendToFlow(text, list, entry) : appendToBlock(text, list, entry);
  const was = outline(text).data as RotaData;
  const own = was.roles?.[role];
  const rotation = [...(own?.rotation ?? []), Object.fromEntries(entry)];
  const expected = { ...was, roles: { ...was.roles, [role]: { ...own, rotation } } };
  return isSame(outline(result).data, expected) ? result : undefined;
}
