/** When the workflow runs, by lines of cron as people write them. */
import { describe, expect, test } from 'vitest';
import { cronTime, isRunFor } from '../../../actions/lib/drivers/pagerduty/runs.ts';
import { at } from '../../handbook.ts';

const isRun = (line: string, instant: string): boolean | undefined => {
  const run = cronTime(line);
  return run && isRunFor(run, at(instant));
};

describe('a run counts for an instant', () => {
  test.each<[line: string, instant: string, counts: boolean]>([
    ['0 9 * * *', '2026-11-23T09:00:00Z', true],
    ['59 8 * * *', '2026-11-23T09:00:00Z', true],
    ['58 8 * * *', '2026-11-23T09:00:00Z', false],
    ['4 9 * * *', '2026-11-23T09:00:00Z', true],
    ['5 9 * * *', '2026-11-23T09:00:00Z', false],
    ['59 23 * * *', '2026-11-23T00:00:00Z', true],
    ['59 7,8,15,16 * * 1-5', '2026-11-23T17:00:00Z', true],
    ['59 7,8,15,16 * * 1-5', '2027-06-07T16:00:00Z', true],
    ['0 9 * * 1-5', '2026-11-22T09:00:00Z', false],
    ['0 9 * * 7', '2026-11-22T09:00:00Z', true],
    ['0 9 * * sun', '2026-11-22T09:00:00Z', true],
    ['0 9 1,20 * *', '2026-11-20T09:00:00Z', true],
    ['0 9 1,20 * *', '2026-11-21T09:00:00Z', false],
    // Cron takes either where a day of the month and a weekday are given.
    ['0 9 1 * mon', '2026-11-23T09:00:00Z', true],
    ['0 9 1 * mon', '2026-12-01T09:00:00Z', true],
    ['0 9 1 * mon', '2026-12-02T09:00:00Z', false],
    ['0 9 * nov *', '2026-12-01T09:00:00Z', false],
    ['*/15 * * * *', '2026-11-23T09:45:00Z', true],
    ['10/20 9-17/4 * * *', '2026-11-23T13:30:00Z', true],
    ['10/20 9-17/4 * * *', '2026-11-23T14:30:00Z', false],
  ])('%s at %s: %s', (line, instant, counts) => {
    expect(isRun(line, instant)).toBe(counts);
  });
});

test.each([
  '',
  '0 9 * *',
  '0 9 * * * *',
  '60 9 * * *',
  '0 24 * * *',
  '0 9 0 * *',
  '0 9 * 13 *',
  '0 9 * * 8',
  '9-5 * * * *',
  '*/0 * * * *',
  'a 9 * * *',
  '0,,5 9 * * *',
  '@daily',
  '1-2-3 9 * * *',
])('"%s" cannot be read', (line) => {
  expect(cronTime(line)).toBeUndefined();
});
