/**
 * Rotas are decided months in advance, so that people can plan around them (dxw, "Support scheduling and the rota":
 * three months). A rotation has no end; agreed turns alone run out. Checked for roles that count, from their first turn
 * on. Reported at the role.
 */
import { termsFor, writtenRole } from '../../model.ts';
import { undecided } from '../../resolve/holiday-horizon.ts';
import type { Day } from '../../time/date.ts';
import { type Duration, dayAfter, durationText } from '../../time/duration.ts';
import { formatDay, formatInstant } from '../../time/format.ts';
import { zoneOf } from '../../time/zone.ts';
import type { Instant } from '../../timeline.ts';
import { rule } from '../rule.ts';

interface Codes {
  readonly undecided: {
    readonly role: string;
    readonly zone: string;
    readonly startAt: Instant;
    /** How far ahead the policy requires a decision, and the day on which that ends. */
    readonly publishedAhead: Duration;
    readonly untilOn: Day;
  };
}

export const decidedAhead = rule<Codes>({
  name: 'decided-ahead',
  severity: 'warning',
  summary: 'Every role is decided for at least published_ahead from now.',
  playbook: 'dxw, Support scheduling and the rota',
  *check({ handbook: { notice }, resolved, ahead }) {
    const reported = new Set<string>();
    for (const cover of resolved.roles.values()) {
      const { role, rota } = cover;
      if (!role.counts) continue;
      const { zone } = rota;
      const { publishedAhead } = termsFor(notice, rota.team);
      const untilAt = zone.startOf(dayAfter(zone.dayOf(ahead.startAt), publishedAhead));
      const [open] = undecided(cover, { startAt: ahead.startAt, endAt: Math.min(untilAt, ahead.endAt) });
      // The seats of a role share its rotation.
      const name = `${rota.id}/${writtenRole(role)}`;
      if (open === undefined || reported.has(name)) continue;
      reported.add(name);
      const { startAt } = open;
      const untilOn = zone.dayOf(untilAt);
      yield {
        code: 'undecided',
        args: { role: name, zone: zone.name, startAt, publishedAhead, untilOn },
        location: { ...role.location, key: true },
      };
    }
  },
  describe: {
    undecided: ({ role, zone, startAt, publishedAhead, untilOn }) => {
      const from = formatInstant(zoneOf(zone), startAt);
      const required = `${durationText(publishedAhead)} (until ${formatDay(untilOn)})`;
      return (
        `nobody is assigned to ${role} from ${from} on, and the policy requires ${required}; ` +
        'add turns or a rotation entry'
      );
    },
  },
});
