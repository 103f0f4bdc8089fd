/**
 * What support hours promise in `covered_by`, somebody keeps: "we ensure there is always a developer dedicated to
 * working on support" (dxw). Every minute of the window from now to the horizon, by a role that counts. Told at the
 * promise, once for each role of a window, with the first gap.
 */
import { roleText } from '../../model.ts';
import { coverOf, windowAt } from '../../resolve/resolve.ts';
import { clip, without } from '../../timeline.ts';
import { firstOf, type Rule } from '../rule.ts';

export const uncovered: Rule = {
  name: 'uncovered',
  severity: 'error',
  asks: 'is every minute that `covered_by` promises covered, from now to the published horizon?',
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
          const promised = windows.filter(({ value }) => value === window);
          const gaps = without(clip(promised, range), cover.role.counts ? cover.cover : []);
          if (gaps.length === 0) continue;
          const why = cover.role.counts
            ? 'put somebody there'
            : 'that role gives no cover (counts: false), so promise another';
          yield {
            location: location,
            message: `nobody is ${roleText(role)} ${firstOf(hours.zone, gaps)} (${window}); ${why}`,
          };
        }
      }
    }
  },
};
