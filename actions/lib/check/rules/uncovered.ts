/**
 * Support hours name in `covered_by` the roles that cover each window (dxw, "Support scheduling and the rota": a
 * developer is always dedicated to support). Each of these roles counts, and somebody holds it for every minute of the
 * window from now to the horizon. Reported at the role in `covered_by`, once, with the first gap.
 */
import { roleText } from '../../model.ts';
import { coverOf, windowAt } from '../../resolve/resolve.ts';
import { clip, without } from '../../timeline.ts';
import { rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

type Gap = FirstSpan & { readonly role: string; readonly window: string };

interface Codes {
  readonly gap: Gap;
  readonly 'gives-no-cover': Gap;
}

export const uncovered = rule<Codes>({
  name: 'uncovered',
  severity: 'error',
  summary: 'Every minute of the windows in covered_by is covered, from now to the published horizon.',
  playbook: 'dxw, Support scheduling and the rota',
  *check({ handbook, resolved, ahead }) {
    for (const hours of handbook.hours.values()) {
      const windows = windowAt(resolved, hours.id) ?? [];
      for (const [i, { firstOn, coveredBy }] of hours.terms.entries()) {
        const nextOn = hours.terms[i + 1]?.firstOn;
        const range = {
          startAt: Number.isFinite(firstOn)
            ? Math.max(ahead.startAt, hours.zone.startOf(firstOn))
            : ahead.startAt,
          endAt: nextOn === undefined ? ahead.endAt : Math.min(ahead.endAt, hours.zone.startOf(nextOn)),
        };
        for (const { window, role, location } of coveredBy) {
          const cover = coverOf(resolved, role);
          if (cover === undefined) continue;
          const { counts } = cover.role;
          const needed = windows.filter(({ value }) => value === window);
          const gaps = without(clip(needed, range), counts ? cover.cover() : []);
          if (gaps.length === 0) continue;
          const args = { role: roleText(role), window, ...firstOf(hours.zone, gaps) };
          yield { code: counts ? 'gap' : 'gives-no-cover', args, location };
        }
      }
    }
  },
  describe: {
    gap: (gap) => sentence(gap, 'assign somebody'),
    'gives-no-cover': (gap) => sentence(gap, 'that role gives no cover (counts: false), so name another'),
  },
});

const sentence = ({ role, window, ...first }: Gap, advice: string): string =>
  `nobody is ${role} ${firstWords(first)} (${window}); ${advice}`;
