/** A handbook with an on-call rota and working hours, and alerts in short. Asserts nothing. */
import type { Handbook } from '../../actions/lib/model.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Alert } from '../../actions/lib/time-off/alert.ts';
import { countTimeOff } from '../../actions/lib/time-off/count.ts';
import { type TimeOffEntry, timeOffEntry } from '../../actions/lib/time-off/entries.ts';
import { aHandbook, at, sound } from '../handbook.ts';

export const LONDON = zoneOf('Europe/London');

const HOURS = `name: Ops
timezone: Europe/London
holidays: none
windows:
  in-hours: [{days: working, from: "10:00", to: "18:00"}]
  out-of-hours: {outside: [in-hours]}`;

const HOLIDAYS = `name: None
complete_from: 2025-01-01
complete_until: 2028-12-31
holidays:
  2026-12-25: Christmas Day`;

/** Hand-overs on Wednesdays at 10:00; the week from 2 December 2026 is Amara's on call. */
const ON_CALL = `name: On call
timezone: Europe/London
hours: ops
covers: [out-of-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [ben, amara]}]
  shadow:
    counts: false
    rotation: [{first_turn: 2026-09-02, people: [kit]}]`;

const FIRST_LINE = `name: First line
timezone: Europe/London
hours: ops
covers: [in-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  developer:
    rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]
  second:
    rotation: [{first_turn: 2026-09-02, people: [dee]}]`;

const SECOND_LINE = `name: Second line
timezone: Europe/London
hours: ops
covers: [out-of-hours]
handover: {day: wednesday, time: "10:00"}
roles:
  lead:
    rotation: [{first_turn: 2026-09-02, people: [chi]}]`;

/** The handbook with a policy on time off, and more YAML at the end of the rota on call. */
export const opsText = (policy = '', onCall = ''): string =>
  aHandbook({
    people: {
      amara: 'name: Amara',
      ben: 'name: Ben',
      chi: 'name: Chi, zone: America/New_York',
      dee: 'name: Dee',
      kit: 'name: Kit',
    },
    policies: {
      'support-hours/ops': HOURS,
      'holidays/none': HOLIDAYS,
      ...(policy === '' ? {} : { 'time-off': policy }),
    },
    rotas: {
      'ops/team': 'name: Ops',
      'ops/on-call': `${ON_CALL}\n${onCall}`,
      'ops/first-line': FIRST_LINE,
      'ops/second-line': SECOND_LINE,
    },
  });

export const OPS: Handbook = sound(opsText());

/** An instant of a local time of London, or with its zone. */
const instant = (text: string): number =>
  /Z|[+-]\d\d:\d\d$/.test(text) ? at(text) : LONDON.instantOf(Date.parse(`${text}Z`));

/** `amara 2026-12-03T02:00 woken until 2026-12-03T04:15 id a1`: an alert, in times of London. */
function alert(text: string): Alert {
  const [person = '', alertedAt = '', ...more] = text.split(' ');
  const after = (word: string) => (more.includes(word) ? more[more.indexOf(word) + 1] : undefined);
  const until = after('until');
  return {
    person,
    alertedAt: instant(alertedAt),
    acknowledgedAt: undefined,
    workedUntil: until === undefined ? undefined : instant(until),
    woken: more.includes('woken') ? true : more.includes('awake') ? false : undefined,
    service: undefined,
    id: after('id'),
  };
}

const ALWAYS = { startAt: at('2025-01-01T00:00Z'), endAt: at('2029-01-01T00:00Z') };

/** What some alerts earn. */
export const countOf = (alerts: readonly string[], handbook: Handbook = OPS, span = ALWAYS): TimeOffEntry =>
  timeOffEntry(countTimeOff(handbook, alerts.map(alert), span));

/** The claims in short: `amara 2026-12-03T02:00:00Z woken 0.5 + 0.25, 95 min`. */
export const claimsIn = (alerts: readonly string[], handbook?: Handbook): readonly string[] =>
  countOf(alerts, handbook).claims.map(
    ({ person, at: opened, kind, days, extra_days: extra, worked_minutes: minutes }) =>
      `${person} ${opened} ${kind} ${days} + ${extra}, ${minutes} min`,
  );
