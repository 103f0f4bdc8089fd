/** When a role is off duty: what is left of the known days beside its windows and extra time. */
import { describe, expect, test } from 'vitest';
import { offDutyTime } from '../../actions/lib/resolve/off-duty.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { difference, layered, overlay } from '../../actions/lib/timeline.ts';
import { between, but, lines, sound } from '../handbook.ts';
import { PAAS } from '../pagerduty/kit.ts';

const offDuty = (text: string, from: string, to: string, role = 'paas/days/engineer') => {
  const handbook = sound(text);
  const span = between(from, to);
  const cover = resolve(handbook, span).roles.get(role);
  if (cover === undefined) throw new Error(`there is no ${role}`);
  return { cover, span, time: offDutyTime(handbook, cover, span) };
};
const shown = (...given: Parameters<typeof offDuty>) =>
  lines(
    offDuty(...given).time.map((it) => ({ ...it, value: 'off' })),
    'Europe/London',
  );

describe('a role is off duty', () => {
  test('on nights, at weekends and on holidays', () => {
    expect(shown(PAAS, '2026-12-24T12:00Z', '2026-12-30T12:00Z')).toEqual([
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 off',
      '2026-12-29T17:00+00:00 2026-12-30T09:00+00:00 off',
    ]);
  });

  test('over a change of the clocks, from one local time to the other', () => {
    expect(shown(PAAS, '2027-03-26T12:00Z', '2027-03-29T12:00Z')).toEqual([
      '2027-03-26T17:00+00:00 2027-03-29T09:00+01:00 off',
    ]);
  });

  test('but for extra time', () => {
    const extra = but(
      PAAS,
      '    pagerduty: {schedule: PDAYS01}\n',
      '    pagerduty: {schedule: PDAYS01}\noverrides: [{role: engineer, person: chi, from: 2026-12-26T10:00, to: 2026-12-26T12:00, extra: true}]\n',
    );
    expect(shown(extra, '2026-12-25T17:00Z', '2026-12-27T00:00Z')).toEqual([
      '2026-12-25T17:00+00:00 2026-12-26T10:00+00:00 off',
      '2026-12-26T12:00+00:00 2026-12-27T00:00+00:00 off',
    ]);
  });

  test('as far as the list of holidays goes', () => {
    expect(shown(PAAS, '2030-12-30T12:00Z', '2031-01-05T12:00Z')).toEqual([
      '2030-12-30T17:00+00:00 2030-12-31T09:00+00:00 off',
      '2030-12-31T17:00+00:00 2031-01-01T00:00+00:00 off',
    ]);
  });

  test('never, where it is on duty round the clock', () => {
    const always = but(
      PAAS,
      'timezone: Europe/London\nhours: paas\ncovers: [in-hours]\n',
      'timezone: Europe/London\n',
    );
    expect(shown(always, '2026-12-24T12:00Z', '2026-12-30T12:00Z')).toEqual([]);
  });

  test('by the hours of an amendment from its first day on', () => {
    const amended = but(
      PAAS,
      '    pagerduty: {schedule: PDAYS01}\n',
      '    pagerduty: {schedule: PDAYS01}\namendments: [{first_day: 2026-12-29, covers: [out-of-hours]}]\n',
    );
    expect(shown(amended, '2026-12-28T12:00Z', '2026-12-30T12:00Z')).toEqual([
      '2026-12-28T12:00+00:00 2026-12-29T00:00+00:00 off',
      '2026-12-29T09:00+00:00 2026-12-29T17:00+00:00 off',
      '2026-12-30T09:00+00:00 2026-12-30T12:00+00:00 off',
    ]);
  });

  test('whenever it is not on duty, and never when it is', () => {
    const { cover, span, time } = offDuty(
      PAAS,
      '2026-10-01T00:00Z',
      '2027-04-30T00:00Z',
      'paas/nights/engineer',
    );
    const on = layered(cover.duty.map(({ startAt, endAt }) => ({ startAt, endAt, value: 'on' })));
    const off = layered(time.map(({ startAt, endAt }) => ({ startAt, endAt, value: 'off' })));
    expect(difference(overlay(on, off), overlay(off, on))).toEqual([]);
    const all = [...on, ...off].reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
    expect(all).toBe(span.endAt - span.startAt);
  });
});
