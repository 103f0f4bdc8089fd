/**
 * A run is stopped at each of its requests, before and after the effect of the request, and run again: the result is the
 * same as without the interruption, and at no moment is nobody of those who were or are on in a group.
 */
import { expect, test } from 'vitest';
import {
  AMARA,
  applied,
  BEN,
  DAYS,
  DEE,
  EVE,
  NIGHTS,
  OWNED,
  started,
  WEEKS,
  withGroups,
} from '../../zendesk/kit.ts';

const TEXT = withGroups({ nights: OWNED });

test('stopped anywhere, a run comes to the same end when it is repeated', async () => {
  const undisturbed = await started();
  await applied(undisturbed, TEXT, WEEKS.ben);
  const end = undisturbed.groups.members;
  expect(end).toMatchObject({ [NIGHTS]: [BEN], [DAYS]: [DEE, EVE] });
  const { length } = undisturbed.requests;
  expect(length).toBeGreaterThan(10);
  for (let at = 1; at <= length; at++)
    for (const effect of ['before', 'after'] as const) {
      const to = await started();
      to.stopAt(at, effect);
      const first = await applied(to, TEXT, WEEKS.ben).catch(() => undefined);
      const where = `stopped ${effect} request ${at}, ${to.requests[at - 1]}`;
      expect(first?.outcome, where).not.toBe('verified');
      to.goOn();
      expect((await applied(to, TEXT, WEEKS.ben)).trouble, where).toEqual([]);
      expect(to.groups.members, where).toEqual(end);
      expect(to.violations, where).toEqual([]);
      for (const members of to.groups.history) {
        expect(
          members[NIGHTS]?.some((user) => user === AMARA || user === BEN),
          where,
        ).toBe(true);
        expect(members[DAYS], where).toContain(DEE);
      }
      // A ticket is taken only from somebody who has left its group.
      const lost = to.groups.tickets.filter(({ assignee }) => assignee === undefined);
      expect(
        lost.map(({ group }) => group),
        where,
      ).toEqual([NIGHTS, NIGHTS, NIGHTS]);
    }
});
