/** Changes of what decides who is asked, what is published of people, and what they earn. Pure. */
import { type Handbook, termsFor } from '../model.ts';
import { type Duration, durationText } from '../time/duration.ts';
import { type IdentityChange, type KeyChange, keyChange } from './identity-change.ts';

/**
 * Changes of the policies of notice, of publishing but for its address, and of time off, to which any lead agrees, and
 * of the terms of notice of one team, to which a lead of that team does.
 */
export function* policyChanges(
  base: Handbook,
  head: Handbook,
  unread: readonly string[],
): Iterable<IdentityChange> {
  const generalOf = ({ notice: { teams: _, stated: _keys, ...terms } }: Handbook) => terms;
  const publishingOf = ({ publishing: { site: _, ...terms } }: Handbook) => terms;
  const policies = {
    notice: [generalOf(base), generalOf(head)],
    publishing: [publishingOf(base), publishingOf(head)],
    'time-off': [base.timeOff, head.timeOff],
  } as const;
  for (const [id, [was, is]] of Object.entries(policies)) {
    const file = `policies/${id}.yaml`;
    if (unread.includes(file)) continue;
    // The terms of time off are those of the file itself and of its amendments.
    const pathOf = (name: string) => (name === 'terms' ? [] : [name]);
    yield { kind: 'policy', id, keys: keysOf(file, was, is, pathOf), concerned: [], teams: [] };
  }
  const file = 'policies/notice.yaml';
  if (unread.includes(file)) return;
  for (const team of new Set([...base.notice.teams.keys(), ...head.notice.teams.keys()])) {
    const [was, is] = [base, head].map(({ notice }) => termsFor(notice, team));
    const keys = keysOf(file, was, is, (name) => ['teams', team, name]);
    // With equal values, a change of those of all would reach the team from then on, or would not.
    const isShown = (name: string) => keys.some(({ key }) => key === `teams.${team}.${name}`);
    const [before, after] = [base, head].map(({ notice }) => {
      const names = (notice.stated.get(team) ?? []).filter((it) => !isShown(it));
      return names.length === 0 ? undefined : names.join(', ');
    });
    const stated = keyChange(`teams.${team}`, before, after, { file, path: ['teams', team] });
    yield { kind: 'policy', id: 'notice', keys: [...keys, ...stated], concerned: [], teams: [team] };
  }
}

/** The keys of a policy whose values differ; where a figure comes from decides nothing. */
function keysOf(
  file: string,
  was: object | undefined,
  is: object | undefined,
  pathOf: (name: string) => readonly string[],
): readonly KeyChange[] {
  const [before, after] = [was, is].map((it) => new Map<string, unknown>(Object.entries(it ?? {})));
  const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return names
    .filter((it) => !['origins', 'teams', 'stated'].includes(it))
    .flatMap((it) => {
      const path = pathOf(writtenAs(it));
      const [one, other] = [before, after].map((terms) => valueText(terms?.get(it)));
      return keyChange(path.join('.') || writtenAs(it), one, other, { file, path });
    });
}

/** The name of a key as files have it. */
const writtenAs = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * A value as text, without the origins of figures, and with maps as lists of their entries by key: in which order a
 * file has them says nothing.
 */
function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? 'nobody' : value.map(valueText).join('; ');
  if (typeof value !== 'object' || value === null) return String(value);
  if (isDuration(value)) return durationText(value);
  const entries =
    value instanceof Map
      ? [...value].toSorted(([one], [other]) => (one < other ? -1 : 1))
      : Object.entries(value);
  return entries
    .flatMap(([key, it]) => {
      const text = key === 'origins' ? undefined : valueText(it);
      return text === undefined ? [] : `${writtenAs(String(key))} ${text}`;
    })
    .join(', ');
}

const isDuration = (value: object): value is Duration => 'count' in value && 'unit' in value;
