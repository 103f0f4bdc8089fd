/**
 * "There's a rota which is set at least three months in advance" (dxw, "Support scheduling and the rota"), so that
 * people can plan around it. A rotation decides for ever; a role of agreed turns alone runs out. Asked from the role's
 * first turn on, of roles that count. Told at the role.
 */
import { beganOn, type RoleCover } from '../../resolve/resolve.ts';
import { daysOf, durationText, spoken, spokenDay } from '../../time.ts';
import { clip, restrict, type Timeline, without } from '../../timeline.ts';
import { type Rule, seat } from '../rule.ts';

export const decidedAhead: Rule = {
  name: 'decided-ahead',
  severity: 'warning',
  asks: 'is every role decided for at least `published_ahead` from now?',
  *check({ handbook: { notice }, resolved, ahead }) {
    for (const cover of resolved.roles.values()) {
      const { role, rota } = cover;
      if (!role.counts) continue;
      const { zone } = rota;
      const firstOn = beganOn(rota, role);
      const untilAt = zone.startOf(zone.dayOf(ahead.startAt) + daysOf(notice.publishedAhead));
      const startAt = Number.isFinite(firstOn)
        ? Math.max(ahead.startAt, zone.startOf(firstOn + 1))
        : ahead.startAt;
      const asked = clip(cover.duty, { startAt, endAt: Math.min(untilAt, ahead.endAt) });
      const [open] = without(restrict(asked, undecided(cover)), cover.cover);
      if (open === undefined) continue;
      const message = `nobody is decided for ${seat(cover)} from ${spoken(zone, open.startAt)} on, and the policy asks ${durationText(notice.publishedAhead)} (until ${spokenDay(zone.dayOf(untilAt))}); add turns or a rotation entry`;
      yield { place: { ...role.spot, key: true }, message };
    }
  },
};

const undecided = ({ list }: RoleCover): Timeline<true> =>
  list.filter(({ decided }) => !decided).map(({ startAt, endAt }) => ({ startAt, endAt, value: true }));
