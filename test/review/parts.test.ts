/** The one comment of several actions: each writes its part, and leaves the others as they are. */
import { describe, expect, test } from 'vitest';
import { PARTS, partUpdate, planPart, withPart } from '../../actions/lib/review/parts.ts';

describe('the one comment', () => {
  const check = `${PARTS[0]}\n\n### Whose time changes`;
  const plan = planPart('### 2 changes to make');

  test('has a part per action, in a fixed order, whichever was written first', () => {
    expect(withPart(undefined, plan)).toBe(plan);
    expect(withPart(plan, check)).toBe(`${check}\n\n${plan}`);
    expect(withPart(check, plan)).toBe(`${check}\n\n${plan}`);
  });

  test('changes only in the part that is replaced', () => {
    const both = withPart(check, plan);
    expect(withPart(both, planPart('### agrees'))).toBe(`${check}\n\n${planPart('### agrees')}`);
    expect(withPart(both, `${PARTS[0]}\n\nnothing`)).toBe(`${PARTS[0]}\n\nnothing\n\n${plan}`);
    expect(withPart(both, plan)).toBe(both);
  });

  test('is within the limit of GitHub, however long its parts', () => {
    const long = withPart(`${check}${'x'.repeat(39_000)}`, planPart('- a line\n'.repeat(9000)));
    expect(long.length).toBeLessThan(65_536);
    expect(long).toContain('the job summary has all of it');
  });

  test('is updated if it exists, and created only for news', () => {
    const { marks, bodyAfter, createsComment } = partUpdate(plan, { isNews: false });
    expect([marks, createsComment]).toEqual([PARTS, false]);
    expect([bodyAfter(undefined), bodyAfter(check)]).toEqual([plan, `${check}\n\n${plan}`]);
  });
});
