/**
 * For any sequence of changes that Ben alone agrees to: nobody else loses time beyond the published span that is theirs
 * already, in a turn that begins within the span or by a line that is written out.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import type { Resolved } from '../../actions/lib/resolve/cover.ts';
import { publishedSpan, resolve } from '../../actions/lib/resolve/resolve.ts';
import { HOUR } from '../../actions/lib/time/date.ts';
import { spanAt } from '../../actions/lib/timeline.ts';
import { aHandbook, at, between, compared, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';

const NOW = '2026-11-21T12:00:00Z';

/** The lines of a rota. */
interface Lines {
  readonly handover: string;
  readonly entries: string;
  readonly turns: string;
  readonly second: string;
  readonly overrides: string;
  readonly amendment: string;
}

const person = fc.constantFrom('amara', 'ben', 'chi');
const day = fc.constantFrom(
  '2027-02-24',
  '2027-03-02',
  '2027-03-03',
  '2027-03-10',
  '2027-04-07',
  '2027-04-14',
  '2027-05-05',
);
const section = (name: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `${name}\n${lines.join('')}`;

const lines: fc.Arbitrary<Lines> = fc.record({
  handover: fc
    .constantFrom('', ', weeks: 2', ', weeks: 4')
    .map((weeks) => `{day: wednesday, time: "10:00"${weeks}}`),
  entries: fc
    .array(fc.tuple(day, fc.array(person, { maxLength: 4 })), { maxLength: 2 })
    .map((all) => [...new Map(all)].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    .map((all) =>
      all.map(([on, who]) => `      - {first_turn: ${on}, people: [${who.join(', ')}]}\n`).join(''),
    ),
  turns: fc.array(fc.tuple(day, person), { maxLength: 2 }).map((all) =>
    section(
      '    turns:',
      [...new Map(all)].map(([on, who]) => `      ${on}: ${who}\n`),
    ),
  ),
  second: fc.constantFrom(
    '',
    '  second: {follows: {role: engineer, by: 1}}\n',
    '  second: {follows: {role: engineer, by: -1}}\n',
    '  second: {rotation: [{first_turn: 2026-09-02, people: [ben, chi, amara]}]}\n',
  ),
  overrides: fc
    .array(fc.tuple(day, person, fc.boolean()), { maxLength: 2 })
    .map((all) =>
      all.map(([on, who, isTurn]) => {
        const when = isTurn ? `turn: ${on}` : `from: ${on}T12:00, to: ${on}T20:00`;
        return `  - {role: engineer, ${when}, person: ${who}}\n`;
      }),
    )
    .map((all) => section('overrides:', all)),
  amendment: fc.oneof(
    fc.constant(''),
    fc
      .tuple(day, fc.constantFrom('every: day', 'day: wednesday', 'day: friday'))
      .map(([on, handover]) => `amendments: [{first_day: ${on}, handover: {${handover}, time: "10:00"}}]\n`),
  ),
});

const handbook = ({ handover, entries, turns, second, overrides, amendment }: Lines) =>
  aHandbook({
    people: Object.fromEntries(
      ['amara', 'ben', 'chi', 'nia'].map((id) => [id, `name: ${id}, github: ${id}`]),
    ),
    policies: { notice: 'consent: [both-people]', publishing: 'ahead: 3 months' },
    rotas: {
      'paas/team': 'name: PaaS\nleads: [nia]',
      'paas/nights': `name: Nights
timezone: Europe/London
handover: ${handover}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
${entries}${turns}${second}${overrides}${amendment}`,
    },
  });

/** Whether a handbook has nothing that the check refuses. */
const isSound = (text: string) =>
  compared(text, text, NOW).findings.every(
    ({ rule, severity }) => severity !== 'error' || rule === 'uncovered',
  );

/** Whether Ben, or a lead, can agree to all of a change. */
const isOfBen = (base: string, head: string) => {
  const { against } = compared(base, head, NOW);
  if (against === undefined) throw new Error('there is no comparison');
  return requiredConsents(against).every(({ anyOf }) => anyOf.includes('ben') || anyOf.includes('nia'));
};

const SPAN = between('2026-11-01T00:00:00Z', '2027-08-01T00:00:00Z');

/** When and from whom somebody else than Ben took time that was theirs. */
function taken(before: Resolved, after: Resolved): readonly string[] {
  const { endAt: horizon } = publishedSpan(before.handbook, at(NOW));
  return [...before.roles].flatMap(([role, { cover, list }]) => {
    const [held, holds] = [cover(), after.roles.get(role)?.cover() ?? []];
    const cut = list.find(({ startAt, endAt }) => startAt < horizon && horizon < endAt);
    const instants = Array.from({ length: 500 }, (_, i) => horizon + i * 6 * HOUR);
    return instants.flatMap((instant) => {
      const { person = 'ben', by } = spanAt(held, instant)?.value ?? {};
      const isTheirs = person !== 'ben' && (by !== 'rotation' || instant < (cut?.endAt ?? horizon));
      const isKept = spanAt(holds, instant)?.value.person === person;
      return isTheirs && !isKept ? [`${role} ${new Date(instant).toISOString()} ${person}`] : [];
    });
  });
}

test('changes that one person alone agrees to take no such time from others, however many there are', () => {
  const step = fc.tuple(
    fc.subarray(['handover', 'entries', 'turns', 'second', 'overrides', 'amendment'] as const, {
      minLength: 1,
      maxLength: 2,
    }),
    lines,
  );
  fc.assert(
    fc.property(lines, fc.array(step, { minLength: 20, maxLength: 40 }), (first, steps) => {
      fc.pre(isSound(handbook(first)));
      const before = resolve(sound(handbook(first)), SPAN);
      let last = first;
      for (const [keys, other] of steps) {
        const next = { ...last, ...Object.fromEntries(keys.map((key) => [key, other[key]])) };
        if (isSound(handbook(next)) && isOfBen(handbook(last), handbook(next))) last = next;
      }
      expect(taken(before, resolve(sound(handbook(last)), SPAN))).toEqual([]);
    }),
    { numRuns: runs(150) },
  );
});
