/** The changes of an escalation policy, and the fields that are sent back unchanged. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  ActualPolicy,
  EscalationTarget,
  ScheduleKinds,
} from '../../../actions/lib/drivers/pagerduty/actual.ts';
import type { DesiredChain } from '../../../actions/lib/drivers/pagerduty/desired.ts';
import { policyPlan } from '../../../actions/lib/drivers/pagerduty/policy-plan.ts';

const LAYERS: ScheduleKinds = new Map([
  ['SNIGHTS', 'layers'],
  ['SDAYS', 'layers'],
]);

const targetOf = (name: string): EscalationTarget =>
  name.startsWith('S') ? { type: 'schedule_reference', id: name } : { type: 'user_reference', id: name };

/** `SNIGHTS+PAMARA 5 > PBEN`: the targets of each level, and its delay. */
const levelsOf = (text: string) =>
  text
    .split(' > ')
    .filter((level) => level !== '')
    .map((level) => {
      const [names = '', delay] = level.split(' ');
      return {
        targets: names
          .split('+')
          .filter((name) => name !== '')
          .map(targetOf),
        delayMinutes: delay === undefined ? undefined : Number(delay),
      };
    });

const chain = (text: string, repeats = 2): DesiredChain => ({
  chain: 'nights',
  policy: 'PPOLICY',
  levels: levelsOf(text),
  repeats,
  unwritten: [],
  location: { file: 'f', path: [] },
});

const there = (
  text: string,
  repeats = 2,
  raw: ActualPolicy['raw'] = { id: 'PPOLICY', name: 'Nights' },
): ActualPolicy => ({
  levels: levelsOf(text).map(({ targets, delayMinutes = 30 }, i) => ({
    targets,
    delayMinutes,
    raw: { id: `RULE${i + 1}` },
  })),
  repeats,
  raw,
});

/** `RULE1: SNIGHTS 5`, one for each level; a new rule has no id. */
function sent(desired: DesiredChain, found: ActualPolicy): string[] {
  const plan = policyPlan(desired, found, LAYERS);
  if (plan === undefined) return [];
  const rules = plan.body.escalation_rules as readonly {
    readonly id?: string;
    readonly escalation_delay_in_minutes: number;
    readonly targets: readonly EscalationTarget[];
  }[];
  return rules.map(
    ({ id = 'new', escalation_delay_in_minutes: delay, targets }) =>
      `${id}: ${targets.map((it) => it.id).join('+')} ${delay}`,
  );
}

describe('the request', () => {
  test.each<[what: string, desired: string, found: string, ...rules: string[]]>([
    ['nothing, where all is the same', 'SNIGHTS 5 > PBEN', 'SNIGHTS 5 > PBEN 30'],
    ['nothing, where the last has a delay that says nothing', 'SNIGHTS 5 > PBEN', 'SNIGHTS 5 > PBEN 7'],
    [
      'nothing, where those of a level are told in another order',
      'SNIGHTS+PBEN 5 > PCHI',
      'PBEN+SNIGHTS 5 > PCHI',
    ],
    ['another delay', 'SNIGHTS 6 > PBEN', 'SNIGHTS 5 > PBEN', 'RULE1: SNIGHTS 6', 'RULE2: PBEN 30'],
    ['somebody else', 'SNIGHTS 5 > PCHI', 'SNIGHTS 5 > PBEN 9', 'RULE1: SNIGHTS 5', 'RULE2: PCHI 9'],
    [
      'one more in a level',
      'SNIGHTS+PCHI 5 > PBEN',
      'SNIGHTS 5 > PBEN',
      'RULE1: SNIGHTS+PCHI 5',
      'RULE2: PBEN 30',
    ],
    [
      'a level more at the end',
      'SNIGHTS 5 > PBEN 5 > PCHI',
      'SNIGHTS 5 > PBEN',
      'RULE1: SNIGHTS 5',
      'RULE2: PBEN 5',
      'new: PCHI 30',
    ],
    [
      'a level more at the start: the others keep their rules',
      'SDAYS 5 > SNIGHTS 5 > PBEN',
      'SNIGHTS 5 > PBEN',
      'new: SDAYS 5',
      'RULE1: SNIGHTS 5',
      'RULE2: PBEN 30',
    ],
    ['a level less', 'SNIGHTS 5', 'SNIGHTS 5 > PBEN', 'RULE1: SNIGHTS 5'],
    [
      'levels that change places keep their rules',
      'PBEN 5 > SNIGHTS',
      'SNIGHTS 5 > PBEN',
      'RULE2: PBEN 5',
      'RULE1: SNIGHTS 30',
    ],
    [
      'two levels that call the same',
      'SNIGHTS 5 > SNIGHTS 5 > PBEN',
      'SNIGHTS 5 > PBEN',
      'RULE1: SNIGHTS 5',
      'new: SNIGHTS 5',
      'RULE2: PBEN 30',
    ],
    [
      'a user and a schedule of one id',
      'SNIGHTS 5 > PBEN',
      'PBEN 5 > SNIGHTS',
      'RULE2: SNIGHTS 5',
      'RULE1: PBEN 30',
    ],
  ])('%s', (_, desired, found, ...rules) => {
    expect(sent(chain(desired), there(found))).toEqual(rules);
  });

  test('changes the number of repeats, and nothing else', () => {
    const found = there('SNIGHTS 5 > PBEN', 3);
    const plan = policyPlan(chain('SNIGHTS 5 > PBEN'), found, LAYERS);
    expect(plan?.body.num_loops).toBe(2);
    expect(plan?.before).toEqual({ ...plan?.after, repeats: 3 });
  });

  test('keeps all fields outside the model, on the policy and on its levels', () => {
    const raw = { id: 'PPOLICY', name: 'Nights', description: 'Wakes people', teams: [{ id: 'PTEAM' }] };
    const strategy = { escalation_rule_assignment_strategy: { type: 'round_robin' } };
    const found = there('SNIGHTS 5 > PBEN', 2, raw);
    const levels = found.levels.map((level) => ({ ...level, raw: { ...level.raw, ...strategy } }));
    const body = policyPlan(chain('SNIGHTS 6 > PBEN'), { ...found, levels }, LAYERS)?.body;
    expect(body).toMatchObject(raw);
    expect(body?.escalation_rules).toEqual([
      expect.objectContaining({ id: 'RULE1', ...strategy }),
      expect.objectContaining({ id: 'RULE2', ...strategy }),
    ]);
  });
});

test('for any actual and desired policy, the request is the desired one, without a repeated rule, and a second plan is empty', () => {
  const level = fc.record({
    targets: fc
      .uniqueArray(fc.constantFrom('SNIGHTS', 'SDAYS', 'PBEN', 'PCHI'), { minLength: 1, maxLength: 3 })
      .map((names) => names.map(targetOf)),
    delayMinutes: fc.integer({ min: 1, max: 4 }),
  });
  const ladder = fc.array(level, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(ladder, ladder, fc.nat(2), (levels, found, repeats) => {
      const desired = { ...chain('', repeats), levels };
      const policy = { ...there(''), levels: found.map((it, i) => ({ ...it, raw: { id: `RULE${i}` } })) };
      const plan = policyPlan(desired, policy, LAYERS);
      if (plan === undefined) {
        expect(found.map(({ targets }) => new Set(targets.map(({ id }) => id)))).toEqual(
          levels.map(({ targets }) => new Set(targets.map(({ id }) => id))),
        );
        return;
      }
      expect(plan.after).toEqual({ levels, repeats });
      const rules = plan.body.escalation_rules as readonly Record<string, unknown>[];
      const ids = rules.flatMap(({ id }) => (id === undefined ? [] : [id]));
      expect(new Set(ids).size).toBe(ids.length);
      const then = rules.map(({ targets, escalation_delay_in_minutes: delay, ...raw }) => ({
        targets: targets as EscalationTarget[],
        delayMinutes: delay as number,
        raw,
      }));
      expect(policyPlan(desired, { ...policy, levels: then, repeats }, LAYERS)).toBe(undefined);
    }),
  );
});

describe('a schedule that was upgraded', () => {
  const UPGRADED: ScheduleKinds = new Map([
    ['SNIGHTS', 'shifts'],
    ['SDAYS', 'layers'],
  ]);
  const typed = (type: string) => {
    const found = there('SNIGHTS+SDAYS 5 > PBEN');
    const levels = found.levels.map((level) => ({
      ...level,
      targets: level.targets.map((it) => (it.id === 'SNIGHTS' ? { ...it, type } : it)),
    }));
    return { ...found, levels };
  };

  test.each(['schedule_reference', 'schedule_v3_reference'])('named as %s is no change by itself', (type) => {
    expect(policyPlan(chain('SNIGHTS+SDAYS 5 > PBEN'), typed(type), UPGRADED)).toBe(undefined);
  });

  test.each(['schedule_reference', 'schedule_v3_reference'])(
    'named as %s is written with its type',
    (type) => {
      const plan = policyPlan(chain('SNIGHTS+SDAYS 6 > PBEN'), typed(type), UPGRADED);
      const rules = plan?.body.escalation_rules as readonly { targets: unknown }[] | undefined;
      expect(rules?.[0]?.targets).toEqual([
        { id: 'SNIGHTS', type: 'schedule_v3_reference' },
        { id: 'SDAYS', type: 'schedule_reference' },
      ]);
      expect(plan?.after.levels[0]?.targets[0]?.type).toBe('schedule_v3_reference');
    },
  );
});
