/** The policy on time off: its meaning with and without its file, and its faults. */
import { describe, expect, test } from 'vitest';
import { checked, loaded } from '../handbook.ts';

const HOURS = `== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  regular: [{days: non-working, from: "09:00", to: "17:00"}]
`;
const TIME_OFF = 'policies/time-off.yaml';
const policy = (text: string) => `${HOURS}== ${TIME_OFF}\n${text}\n`;

const HOUR = { count: 1, unit: 'hour' };
const DEFAULTS = {
  firstOn: Number.NEGATIVE_INFINITY,
  awake: 0.25,
  woken: 0.5,
  dayHours: 7,
  extra: { after: HOUR, each: HOUR, days: 0.25, part: 'up' },
  group: HOUR,
  asleep: { from: 22 * 3_600_000, to: 8 * 3_600_000 },
  inHours: ['in-hours'],
  restHours: 11,
};

describe('the policy', () => {
  test.each([
    ['without a file', HOURS],
    [
      'with the defaults written out',
      policy(`awake: 0.25 days
woken: 0.5 days
day: 7 hours
extra: {after: 1 hour, each: 1 hour, days: 0.25, part: up}
group: 1 hour
asleep: {from: "22:00", to: "08:00"}
in_hours: [in-hours]
rest: {hours: 11}`),
    ],
    ['with a faulty file, which counts as none', policy('awake: 3 moons')],
    ['with a file that names a window that does not exist', policy('awake: 1 day\nin_hours: [tea-time]')],
  ])('%s', (_, text) => {
    expect(loaded(text).handbook.timeOff).toEqual({ terms: [DEFAULTS] });
  });

  test('with amendments, which apply in order of their days', () => {
    const { terms } = loaded(
      policy(`woken: 1 day
in_hours: [in-hours, regular]
amendments:
  - {first_day: 2027-10-01, rest: {hours: 0}}
  - {first_day: 2027-04-01, day: 7.5 hours, extra: {after: 30 minutes, each: 1 hour, days: 0.5, part: exact}}`),
    ).handbook.timeOff;
    const above = { ...DEFAULTS, woken: 1, inHours: ['in-hours', 'regular'] };
    const extra = { after: { count: 30, unit: 'minute' }, each: HOUR, days: 0.5, part: 'exact' };
    const april = { ...above, firstOn: expect.any(Number), dayHours: 7.5, extra };
    expect(terms).toEqual([above, april, { ...april, restHours: 0 }]);
  });
});

describe('faults', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    ['nothing', 'awake: 0 days'],
    [
      'an unknown key',
      'awaken: 1 day',
      `${TIME_OFF}:1:1 "awaken" is not a key of a time-off policy; did you mean "awake"? [schema]`,
    ],
    [
      'days without a number',
      'awake: half a day',
      `${TIME_OFF}:1:8 "half a day" is not an amount of time off such as "0.25 days" [schema]`,
    ],
    [
      'more hours than a day has',
      'day: 25 hours',
      `${TIME_OFF}:1:6 "25 hours" is not a day length such as "7 hours" [schema]`,
    ],
    [
      'a group of days',
      'group: 1 day',
      `${TIME_OFF}:1:8 "1 day" is not an elapsed time such as "1 hour" [schema]`,
    ],
    [
      'an unknown way of rounding',
      'extra: {after: 1 hour, each: 1 hour, days: 0.25, part: half}',
      `${TIME_OFF}:1:56 "half" is not one of up, down and exact [schema]`,
    ],
    [
      'a time that does not exist',
      'asleep: {from: "24:00", to: "08:00"}',
      `${TIME_OFF}:1:16 "24:00" is not a local time such as "09:00"; write "00:00" [schema]`,
    ],
    [
      'rest of part hours',
      'rest: {hours: 10.5}',
      `${TIME_OFF}:1:15 this is a number, and "hours" is a whole number [schema]`,
    ],
    [
      'a window that does not exist',
      'in_hours: [in-hour]',
      `${TIME_OFF}:1:12 there is no window "in-hour"; did you mean "in-hours"? [known-names]`,
    ],
    [
      'a window that does not exist, in an amendment',
      'amendments: [{first_day: 2027-04-01, in_hours: [tea-time]}]',
      `${TIME_OFF}:1:49 there is no window "tea-time" [known-names]`,
    ],
    [
      'two amendments of one day',
      'amendments: [{first_day: 2027-04-01, day: 7 hours}, {first_day: 2027-04-01, group: 1 hour}]',
      `${TIME_OFF}:1:65 two amendments begin on 2027-04-01; write them as one [times]`,
    ],
    [
      'a date that does not exist',
      'amendments: [{first_day: 2027-02-30, day: 7 hours}]',
      `${TIME_OFF}:1:26 there is no 2027-02-30 in the calendar [times]`,
    ],
    [
      'an amendment that changes nothing',
      'amendments: [{first_day: 2027-04-01}]',
      `${TIME_OFF}:1:14 this has too few entries; an amendment needs at least 2 entries [schema]`,
    ],
  ])('%s', (_, text, ...found) => {
    expect(checked(policy(text))).toEqual(found);
  });
});
