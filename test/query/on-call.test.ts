/** Who is on, until when and who is next, to the second; and who is called for a service, level by level. */
import { describe, expect, test } from 'vitest';
import type { Service } from '../../actions/lib/model.ts';
import { escalationFor } from '../../actions/lib/query/escalation.ts';
import { who } from '../../actions/lib/query/on-call.ts';
import { at, loaded } from '../handbook.ts';

const handbook = `
== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei}
  ben-adeyemi: {name: Ben Adeyemi}
  chi-wong: {name: Chi Wong}
  nia-rhys: {name: Nia Rhys}
== rotas/paas/by-day.yaml
name: By day
timezone: Europe/London
hours: paas
covers: [in-hours]
handover: {day: monday, time: "09:00"}
roles:
  comms: {rotation: [{first_turn: 2026-11-02, people: [chi-wong]}]}
  engineer: {rotation: [{first_turn: 2026-11-02, people: [amara-osei, ben-adeyemi]}]}
== rotas/paas/by-night.yaml
name: By night
timezone: Europe/London
hours: paas
covers: [overnight]
handover: {day: monday, time: "09:00"}
roles:
  engineer: {rotation: [{first_turn: 2026-11-02, people: [ben-adeyemi, amara-osei]}, {first_turn: 2026-11-30, people: []}]}
overrides:
  - {role: engineer, person: chi-wong, instead_of: ben-adeyemi, from: 2026-11-19T23:00, to: 2026-11-20T01:00, reason: dinner}
== policies/support-hours/paas.yaml
name: PaaS
timezone: Europe/London
holidays: none
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  overnight: [{days: working, from: "17:00", to: "09:00"}]
== policies/holidays/none.yaml
{name: None, complete_from: 2026-01-01, complete_until: 2027-12-31, holidays: {2026-12-25: Christmas Day}}
== policies/service-levels/paas.yaml
name: PaaS
hours: paas
priorities: {P1: {name: Critical, in_hours: {respond: 30 minutes}}}
clock: {in-hours: in_hours}
== policies/escalation/day.yaml
name: Day
applies_in: [in-hours]
levels:
  - {notify: [paas/by-day/engineer, paas/by-day/comms], escalate_after: 5 minutes}
  - {notify: [person: nia-rhys], escalate_after: 1 hour}
  - {notify: [paas/by-night/engineer]}
== policies/escalation/night.yaml
name: Night
applies_in: [overnight]
levels:
  - {notify: [paas/by-night/engineer], escalate_after: 90 minutes}
  - {notify: [person: nia-rhys, person: chi-wong]}
== policies/services.yaml
services:
  round-the-clock: {name: A, team: paas, service_level: paas, escalation: {in-hours: day, overnight: night}}
  by-day: {name: B, team: paas, service_level: paas, escalation: {in-hours: day}}
  unpromised: {name: C, team: paas}
`;

/** Who holds a role at an instant, in one line: who, from, until, next. */
function entry(text: string, role: string, iso: string): string {
  const found = who(loaded(text).handbook, at(iso)).find((it) => `${it.rota}/${it.role}` === role);
  if (found === undefined) throw new Error(role);
  const { person, from, until, next } = found;
  return `${person} ${from} ${until} ${next === null ? null : `${next.person} ${next.from}`}`;
}

describe('who is on', () => {
  test.each([
    // A start is included, an end is not. Winter: London is UTC.
    [
      '2026-11-18T08:59:59.999Z',
      'null 2026-11-17T17:00:00Z 2026-11-18T09:00:00Z amara-osei 2026-11-18T09:00:00Z',
    ],
    [
      '2026-11-18T09:00:00Z',
      'amara-osei 2026-11-18T09:00:00Z 2026-11-18T17:00:00Z amara-osei 2026-11-19T09:00:00Z',
    ],
    [
      '2026-11-18T16:59:59.999Z',
      'amara-osei 2026-11-18T09:00:00Z 2026-11-18T17:00:00Z amara-osei 2026-11-19T09:00:00Z',
    ],
    [
      '2026-11-18T17:00:00Z',
      'null 2026-11-18T17:00:00Z 2026-11-19T09:00:00Z amara-osei 2026-11-19T09:00:00Z',
    ],
    [
      '2026-11-20T16:00:00Z',
      'amara-osei 2026-11-20T09:00:00Z 2026-11-20T17:00:00Z ben-adeyemi 2026-11-23T09:00:00Z',
    ],
    [
      '2026-11-21T12:00:00Z',
      'null 2026-11-20T17:00:00Z 2026-11-23T09:00:00Z ben-adeyemi 2026-11-23T09:00:00Z',
    ],
    [
      '2026-12-25T12:00:00Z',
      'null 2026-12-24T17:00:00Z 2026-12-28T09:00:00Z amara-osei 2026-12-28T09:00:00Z',
    ],
    [
      '2027-07-01T08:00:00Z',
      'amara-osei 2027-07-01T08:00:00Z 2027-07-01T16:00:00Z amara-osei 2027-07-02T08:00:00Z',
    ],
    // Before the first turn of a role nobody holds it.
    ['2026-10-30T12:00:00Z', 'null null 2026-11-02T09:00:00Z amara-osei 2026-11-02T09:00:00Z'],
  ])('by day, at %s', (iso, line) => expect(entry(handbook, 'paas/by-day/engineer', iso)).toBe(line));

  test.each([
    [
      '2026-11-19T22:59:59Z',
      'ben-adeyemi 2026-11-19T17:00:00Z 2026-11-19T23:00:00Z chi-wong 2026-11-19T23:00:00Z',
    ],
    [
      '2026-11-19T23:00:00Z',
      'chi-wong 2026-11-19T23:00:00Z 2026-11-20T01:00:00Z ben-adeyemi 2026-11-20T01:00:00Z',
    ],
    [
      '2026-11-20T01:00:00Z',
      'ben-adeyemi 2026-11-20T01:00:00Z 2026-11-20T09:00:00Z ben-adeyemi 2026-11-20T17:00:00Z',
    ],
    ['2026-11-27T20:00:00Z', 'amara-osei 2026-11-27T17:00:00Z 2026-11-28T09:00:00Z null'],
    // The rotation ends with an entry without people: nobody is on, and nobody is next.
    ['2026-11-28T09:00:00Z', 'null 2026-11-28T09:00:00Z null null'],
    ['2027-06-01T20:00:00Z', 'null 2026-11-28T09:00:00Z null null'],
  ])('by night, at %s', (iso, line) => expect(entry(handbook, 'paas/by-night/engineer', iso)).toBe(line));

  test('lists every role, in order of rota and role, in this order of keys', () => {
    const entries = who(loaded(handbook).handbook, at('2026-11-18T09:00:00Z'));
    expect(entries.map(({ rota, role }) => `${rota}/${role}`)).toStrictEqual([
      'paas/by-day/comms',
      'paas/by-day/engineer',
      'paas/by-night/engineer',
    ]);
    expect(JSON.stringify(entries[1])).toBe(
      '{"rota":"paas/by-day","role":"engineer","person":"amara-osei","from":"2026-11-18T09:00:00Z","until":"2026-11-18T17:00:00Z","next":{"person":"amara-osei","from":"2026-11-19T09:00:00Z"}}',
    );
    expect(JSON.stringify(who(loaded(handbook).handbook, at('2028-06-01T09:00:00Z'))[2])).toBe(
      '{"rota":"paas/by-night","role":"engineer","person":null,"from":null,"until":null,"next":null}',
    );
  });

  test('has no end when one person is on round the clock for ever, and no start long afterwards', () => {
    const forever = `
== rotas/people.yaml
people: {amara-osei: {name: Amara Osei}}
== rotas/paas/desk.yaml
name: Desk
timezone: UTC
handover: {every: day, time: "09:00"}
roles: {clerk: {rotation: [{first_turn: 2026-11-02, people: [amara-osei]}]}}
`;
    expect(entry(forever, 'paas/desk/clerk', '2026-11-02T08:59:59Z')).toBe(
      'null null 2026-11-02T09:00:00Z amara-osei 2026-11-02T09:00:00Z',
    );
    expect(entry(forever, 'paas/desk/clerk', '2026-11-02T09:00:00Z')).toBe(
      'amara-osei 2026-11-02T09:00:00Z null null',
    );
    expect(entry(forever, 'paas/desk/clerk', '2030-01-01T00:00:00Z')).toBe('amara-osei null null null');
  });

  test('at the end of a holiday list has an unknown end, rather than the end of the list', () => {
    const night = handbook.replace(/, \{first_turn: 2026-11-30, people: \[\]\}/, '');
    // The night of Friday 31 December 2027 continues to Saturday 09:00, past the last day of the list.
    expect(entry(night, 'paas/by-night/engineer', '2027-12-31T20:00:00Z')).not.toContain(
      '2028-01-01T00:00:00Z',
    );
  });

  test('names people by id, whatever the policy on names', () => {
    const initials = `${handbook}== policies/publishing.yaml\nnames: initials\n`;
    expect(entry(initials, 'paas/by-day/engineer', '2026-11-18T09:00:00Z')).toContain('amara-osei');
  });
});

describe('who is called', () => {
  const calls = (service: string, iso: string) => {
    const { handbook: given } = loaded(handbook);
    return escalationFor(given, given.services.get(service) as Service, at(iso));
  };

  test('in hours: two at once, a person after 5 minutes, and after 65 a role that nobody holds', () => {
    expect(JSON.stringify(calls('round-the-clock', '2026-11-18T09:00:00Z'), null, 1)).toBe(
      JSON.stringify(
        {
          service: 'round-the-clock',
          window: 'in-hours',
          levels: [
            {
              after_minutes: 0,
              notify: [
                { rota: 'paas/by-day', role: 'engineer', person: 'amara-osei' },
                { rota: 'paas/by-day', role: 'comms', person: 'chi-wong' },
              ],
            },
            { after_minutes: 5, notify: [{ rota: null, role: null, person: 'nia-rhys' }] },
            { after_minutes: 65, notify: [{ rota: 'paas/by-night', role: 'engineer', person: null }] },
          ],
        },
        null,
        1,
      ),
    );
  });

  test.each([
    ['2026-11-18T08:59:59Z', 'overnight: ben-adeyemi, then after 90 nia-rhys and chi-wong'],
    ['2026-11-18T09:00:00Z', 'in-hours: amara-osei and chi-wong, then after 5 nia-rhys, then after 65 null'],
    ['2026-11-18T17:00:00Z', 'overnight: ben-adeyemi, then after 90 nia-rhys and chi-wong'],
    ['2026-11-19T23:30:00Z', 'overnight: chi-wong, then after 90 nia-rhys and chi-wong'],
    // A level that reaches nobody takes no time.
    ['2026-11-30T20:00:00Z', 'overnight: null, then nia-rhys and chi-wong'],
    // Saturday and Christmas Day: no window, so the service is not supported.
    ['2026-11-21T12:00:00Z', 'null: '],
    ['2026-12-25T12:00:00Z', 'null: '],
  ])('at %s: %s', (iso, line) => {
    const { window, levels } = calls('round-the-clock', iso);
    const steps = levels.map(({ after_minutes: after, notify }) => {
      const people = notify
        .map(({ person }) => person)
        .map(String)
        .join(' and ');
      return after === 0 ? people : `after ${after} ${people}`;
    });
    expect(`${window}: ${steps.join(', then ')}`).toBe(line);
  });

  test('in a window that the service leaves out, or without a service level: nobody', () => {
    expect(calls('by-day', '2026-11-18T20:00:00Z')).toStrictEqual({
      service: 'by-day',
      window: 'overnight',
      levels: [],
    });
    expect(calls('unpromised', '2026-11-18T12:00:00Z')).toStrictEqual({
      service: 'unpromised',
      window: null,
      levels: [],
    });
  });
});
