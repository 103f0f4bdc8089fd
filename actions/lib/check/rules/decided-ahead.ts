/**
 * "There's a rota which is set at least three months in advance" (dxw, "Support scheduling and the rota"), so that
 * people can plan around it. A rotation decides for ever; a role of agreed turns alone runs out. Asked from the role's
 * first turn on, of roles that count. Told at the role.
 */
import { undecided } from '../../resolve/holiday-horizon.ts';
import { daysOf, durationText } from '../../time/duration.ts';
import { formatDay, formatInstant } from '../../time/format.ts';
import { type Rule, seat } from '../rule.ts';

export const decidedAhead: Rule = {
  name: 'decided-ahead',
  severity: 'warning',
  asks: 'is every role decided for at least `published_ahead` from now?',
  playbook: 'dxw, Support scheduling and the rota',
  *check({ handbook: { notice }, resolved, ahead }) {
    for (const cover of resolved.roles.values()) {
      const { role, rota } = cover;
      if (!role.counts) continue;
      const { zone } = rota;
      const untilAt = zone.startOf(zone.dayOf(ahead.startAt) + daysOf(notice.publishedAhead));
      const [open] = undecided(cover, { startAt: ahead.startAt, endAt: Math.min(untilAt, ahead.endAt) });
      if (open === undefined) continue;
      const message = `nobody is decided for ${seat(cover)} from ${formatInstant(zone, open.startAt)} on, and the policy asks ${durationText(notice.publishedAhead)} (until ${formatDay(zone.dayOf(untilAt))}); add turns or a rotation entry`;
      yield { location: { ...role.location, key: true }, message };
    }
  },
};
