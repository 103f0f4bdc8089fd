/**
 * Past the end of a holiday list a bank holiday would silently be a working day, and its seat empty or doubly held
 * (GOV.UK PaaS: "On a Bank Holiday, we create a daytime override"). Every list in use reaches from the start of the
 * published span to the horizon. Told at the end, or start, of the list.
 */
import { within } from '../../model.ts';
import { dateText } from '../../time.ts';
import type { Rule } from '../rule.ts';

export const holidaysRunOut: Rule = {
  name: 'holidays-run-out',
  severity: 'error',
  asks: 'do the holiday lists reach the horizon?',
  playbook: 'GOV.UK PaaS, Support roles',
  *check({ handbook, resolved: { span } }) {
    for (const list of handbook.holidays.values()) {
      const users = [...handbook.hours.values()].filter(({ terms }) =>
        terms.some(({ holidays }) => holidays === list.id),
      );
      if (users.length === 0) continue;
      const firstOn = Math.min(...users.map(({ zone }) => zone.dayOf(span.startAt)));
      const lastOn = Math.max(...users.map(({ zone }) => zone.dayOf(span.endAt - 1)));
      if (list.untilOn < lastOn) {
        const message = `this list ends on ${dateText(list.untilOn)}, and rotas are published to ${dateText(lastOn)}; extend it with "rota holidays"`;
        yield { place: within(list.spot, 'complete_until'), message };
      }
      if (list.fromOn > firstOn) {
        const message = `this list begins on ${dateText(list.fromOn)}, and rotas are published from ${dateText(firstOn)}; extend it with "rota holidays"`;
        yield { place: within(list.spot, 'complete_from'), message };
      }
    }
  },
};
