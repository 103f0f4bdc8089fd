/**
 * A comparison passes over what two handbooks have in common. Whatever is edited, the result is that of two handbooks
 * that were loaded apart, in which nothing counts as common.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../actions/lib/check/check.ts';
import { described } from '../../actions/lib/check/describe.ts';
import { locate } from '../../actions/lib/check/locate.ts';
import type { Against, Pull } from '../../actions/lib/compare/against.ts';
import { compare, withPull } from '../../actions/lib/compare/compare.ts';
import { changedRotas } from '../../actions/lib/compare/unchanged.ts';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load, loadBoth, type Texts } from '../../actions/lib/load/load.ts';
import { type Evaluation, evaluate } from '../../actions/lib/pipeline.ts';
import { publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { reviewStatuses } from '../../actions/lib/review/statuses.ts';
import { changeLines } from '../../scripts/change-lines.ts';
import { at, SAMPLE, texts as textsOf } from '../handbook.ts';
import { runs } from '../sampled.ts';

const NOW = at('2026-11-21T12:00:00Z');

/** What the sample lacks: seats, needs of a team, people with hours of their own, planned changes of several rotas. */
const MORE = textsOf(`
== rotas/seated/team.yaml
name: Seated
leads: [nia-rhys]
needs: {on_call: true}
== rotas/seated/days.yaml
name: Days
timezone: America/New_York
hours: seated
covers: [days]
handover: {every: working_day, time: "09:00"}
roles:
  engineer:
    seats: 2
    rotation:
      - {first_turn: 2026-10-05, people: [chi-wong, dee-novak, eli-shah]}
      - {first_turn: 2027-01-04, people: [chi-wong, dee-novak, eli-shah, ben-adeyemi]}
  second:
    rotation: [{first_turn: 2026-10-05, people: [amara-osei, ben-adeyemi]}]
    turns: {2026-12-14: dee-novak}
  third: {follows: {role: second, by: 1}}
overrides:
  - {role: engineer-1, person: ben-adeyemi, from: 2026-12-09T10:00, to: 2026-12-09T12:00, reason: x}
  - {role: second, turn: 2026-12-11, person: eli-shah, reason: swap}
== rotas/seated/nights.yaml
name: Nights
timezone: Europe/London
handover: {day: friday, time: "18:00", weeks: 2}
roles:
  engineer: {rotation: [{first_turn: 2026-10-02, people: [amara-osei, ben-adeyemi]}]}
== rotas/seated/planned-changes.yaml
changes:
  one:
    service: paas-platform
    summary: One
    timezone: Europe/London
    from: 2026-12-09T23:00
    to: 2026-12-10T01:00
    requested_at: 2026-11-20T10:30:00Z
    assigned:
      - {role: seated/days/second, person: eli-shah}
      - {role: paas/out-of-hours/engineer, person: dee-novak}
== policies/support-hours/seated.yaml
name: Seated
timezone: America/New_York
holidays: [england-and-wales]
windows:
  days: [{days: working, from: "09:00", to: "17:00"}]
  rest: {outside: [days]}
covered_by:
  days: [seated/days/engineer]
`);
const HANDBOOK = new Map([...(readFolder(SAMPLE)?.texts ?? []), ...MORE]);

interface Edit {
  readonly file: number;
  readonly kind: 'date' | 'word' | 'drop' | 'repeat' | 'swap' | 'remove' | 'copy' | 'crlf' | 'break' | 'add';
  readonly from: number;
  readonly by: number;
}
const often = (...kinds: Edit['kind'][]) => fc.constantFrom(...kinds);
const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    file: fc.nat(),
    kind: fc.oneof(
      { arbitrary: often('date', 'word'), weight: 4 },
      { arbitrary: often('drop', 'repeat', 'swap', 'remove', 'copy', 'crlf', 'break', 'add'), weight: 1 },
    ),
    from: fc.nat(),
    by: fc.nat(),
  }),
  { maxLength: 4 },
);

const WORD = /[\w#:-]{3,}/g;

/** A file with one of the matches of a pattern replaced. */
function replaced(text: string, pattern: RegExp, from: number, other: (match: string) => string): string {
  const found = [...text.matchAll(pattern)];
  const one = found[from % Math.max(1, found.length)];
  return one === undefined
    ? text
    : text.slice(0, one.index) + other(one[0]) + text.slice(one.index + one[0].length);
}

/** A file after an edit of its lines or words; words come from files of any kind. */
function editedText(text: string, { kind, from, by }: Edit): string {
  const lines = text.split('\n');
  const line = from % lines.length;
  const all = [...HANDBOOK.values()].join('\n').match(WORD) ?? [];
  switch (kind) {
    case 'date':
      return replaced(text, /20\d\d-\d\d-\d\d/g, from, (date) =>
        new Date(Date.parse(date) + ((by % 41) - 20) * 86_400_000).toISOString().slice(0, 10),
      );
    case 'word': {
      const own = text.match(WORD) ?? [];
      const words = by % 3 === 0 ? all : own;
      return replaced(text, WORD, from, () => words[by % words.length] ?? '');
    }
    case 'drop':
      return lines.toSpliced(line, 1 + (by % 3)).join('\n');
    case 'repeat':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    case 'swap':
      return lines.with(line, lines[by % lines.length] ?? '').join('\n');
    case 'crlf':
      return text.replaceAll('\n', '\r\n');
    case 'break':
      return `${text.slice(0, from % text.length)}{`;
    default:
      return `${text}\n# ${by}\n`;
  }
}

function edited(files: ReadonlyMap<string, string>, all: readonly Edit[]): ReadonlyMap<string, string> {
  const result = new Map(files);
  for (const edit of all) {
    const paths = [...result.keys()].toSorted();
    const path = paths[edit.file % paths.length] ?? '';
    if (edit.kind === 'remove') result.delete(path);
    else if (edit.kind === 'copy') result.set(path.replace('.yaml', '-copy.yaml'), result.get(path) ?? '');
    else result.set(path, editedText(result.get(path) ?? '', edit));
  }
  return result;
}

/** The evaluation of two handbooks that share nothing. */
function evaluatedApart(head: Texts, base: Texts, pull: Pull): Evaluation {
  const [is, was] = [load(head), load(base)];
  const resolved = resolve(is.handbook, publishedSpan(is.handbook, NOW));
  const plain = (text: string | undefined) => text?.replaceAll('\r\n', '\n');
  const changed = [...new Set([...head.texts.keys(), ...base.texts.keys()])]
    .filter((file) => plain(head.texts.get(file)) !== plain(base.texts.get(file)))
    .toSorted();
  const policies = changed.filter((file) => file.startsWith('policies/'));
  const unread = { before: changed.length > 0 ? was.unreadFiles : [], after: is.unreadFiles };
  expect(changedRotas(was.handbook, is.handbook).size).toBe(
    new Set([...was.handbook.rotas.keys(), ...is.handbook.rotas.keys()]).size,
  );
  const compared = compare(was.handbook, is.handbook, NOW, policies, undefined, unread);
  const against = withPull(compared, NOW, pull);
  const findings = locate(check(is, resolved, NOW, against), head);
  return { handbook: is.handbook, resolved, findings, against };
}

/** Everything that is computed from an evaluation, as text. */
function printed(evaluation: Evaluation): Readonly<Record<string, string>> {
  const { handbook, findings } = evaluation;
  const against = evaluation.against as Against;
  const judgement = { handbook, against, findings, now: NOW, commit: '0123456789abcdef0123' };
  const whole = (value: unknown) =>
    JSON.stringify(value, (key, it) => {
      if (key === 'handbook' || key === 'head') return undefined;
      return it instanceof Map || it instanceof Set ? [...it] : it;
    });
  return {
    findings: whole(described(findings)),
    changes: whole(against),
    diff: changeLines(evaluation, findings, NOW, (_, text) => text).join('\n'),
    review: comment(judgement),
    statuses: whole(reviewStatuses(judgement)),
  };
}

const pulls: fc.Arbitrary<Pull> = fc.constantFrom(
  { author: '', labels: [], approvals: [] },
  { author: 'chi-wong', labels: ['emergency-cover'], approvals: ['nia-rhys', 'amara-osei', 'ben-adeyemi'] },
);

test('a comparison of handbooks that share files is that of handbooks that share none', () => {
  let differing = 0;
  let passedOver = 0;
  fc.assert(
    fc.property(fc.oneof(fc.constant([]), edits), edits, pulls, (before, after, pull) => {
      const base = { texts: edited(HANDBOOK, before), findings: [] };
      const head = { texts: edited(base.texts, after), findings: [] };
      const apart = evaluatedApart(head, base, pull);
      const together = evaluate(head, NOW, () => {}, { texts: base, pull });
      expect(printed(together)).toEqual(printed(apart));
      if (apart.against?.changes.length !== 0 || apart.against.identity.length > 0) differing++;
      const [one, other] = loadBoth(base, head);
      const rotas = new Set([...one.handbook.rotas.keys(), ...other.handbook.rotas.keys()]);
      if (changedRotas(one.handbook, other.handbook).size < rotas.size) passedOver++;
    }),
    { numRuns: runs(90) },
  );
  // The edits change something in some runs, and leave rotas alone in some, whatever the seed.
  expect(differing).toBeGreaterThan(0);
  expect(passedOver).toBeGreaterThan(0);
});

test('nothing of a handbook that is compared with itself is changed, nor are other rotas than the one that is', () => {
  const given = { texts: HANDBOOK, findings: [] };
  const of = (other: Texts) => {
    const [was, is] = loadBoth(given, other);
    return [...changedRotas(was.handbook, is.handbook)];
  };
  const but = (path: string, from: string, to: string): Texts => ({
    texts: new Map([...HANDBOOK, [path, (HANDBOOK.get(path) ?? '').replaceAll(from, to)]]),
    findings: [],
  });
  expect(load(given).findings).toEqual([]);
  expect(of({ texts: new Map(HANDBOOK), findings: [] })).toEqual([]);
  expect(of(but('rotas/seated/nights.yaml', '18:00', '19:00'))).toEqual(['seated/nights']);
  expect(of(but('rotas/seated/team.yaml', 'on_call', 'vetted'))).toEqual([]);
  expect(of(but('policies/support-hours/seated.yaml', '17:00', '18:00'))).toEqual(['seated/days']);
  expect(of(but('rotas/seated/planned-changes.yaml', '23:00', '22:00')).toSorted()).toEqual([
    'paas/out-of-hours',
    'seated/days',
  ]);
  expect(of(but('policies/holidays/england-and-wales.yaml', '2026-12-25', '2026-12-24'))).not.toContain(
    'seated/nights',
  );
  expect(of(but('policies/holidays/england-and-wales.yaml', '2026-12-25', '2026-12-24'))).toContain(
    'seated/days',
  );
});
