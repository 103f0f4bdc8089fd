/**
 * The sample handbook: it has no findings for years, shows the cases of the playbooks, and every planted fault is
 * found.
 */
import { describe, expect, test } from 'vitest';
import { described } from '../actions/lib/check/describe.ts';
import { rules } from '../actions/lib/check/rules.ts';
import { readFolder } from '../actions/lib/git/working-tree.ts';
import { load } from '../actions/lib/load/load.ts';
import type { Service } from '../actions/lib/model.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { escalationFor } from '../actions/lib/query/escalation.ts';
import { who } from '../actions/lib/query/on-call.ts';
import { resolve } from '../actions/lib/resolve/resolve.ts';
import { at, between, published, SAMPLE, shifts } from './handbook.ts';

const files: ReadonlyMap<string, string> = readFolder(SAMPLE)?.texts ?? new Map();
const { handbook } = load({ texts: files, findings: [] });

const findings = (texts: ReadonlyMap<string, string>, now = '2026-11-21T12:00:00Z') =>
  described(evaluate({ texts, findings: [] }, at(now), () => {}).findings);

const held = (role: string, from: string, to: string): string[] =>
  shifts(resolve(handbook, between(from, to)), role);

describe('the check finds nothing', () => {
  const months = Array.from({ length: 25 }, (_, i) => new Date(Date.UTC(2027, i * 3)).toISOString());

  test.each(['2026-11-21T12:00:00Z', ...months])('at %s', (now) =>
    expect(findings(files, now)).toStrictEqual([]),
  );
});

describe('it shows', () => {
  test("the figures of dxw's playbook for time off", () => {
    const [terms, ...more] = handbook.timeOff.terms;
    expect([more, terms?.awake, terms?.woken, terms?.dayHours]).toEqual([[], 0.25, 0.5, 7]);
    expect(terms?.extra).toMatchObject({ days: 0.25, part: 'up' });
  });

  test('a swap of two turns on first line', () => {
    expect(
      held('govpress/first-line/developer', '2026-12-01T18:00:00Z', '2026-12-17T00:00:00Z'),
    ).toStrictEqual([
      '2026-12-02T10:00+00:00 2026-12-02T18:00+00:00 callum-mcbride',
      '2026-12-03T10:00+00:00 2026-12-03T18:00+00:00 callum-mcbride',
      '2026-12-04T10:00+00:00 2026-12-04T18:00+00:00 callum-mcbride',
      '2026-12-07T10:00+00:00 2026-12-07T18:00+00:00 callum-mcbride',
      '2026-12-08T10:00+00:00 2026-12-08T18:00+00:00 callum-mcbride',
      '2026-12-09T10:00+00:00 2026-12-09T18:00+00:00 priya-raman',
      '2026-12-10T10:00+00:00 2026-12-10T18:00+00:00 priya-raman',
      '2026-12-11T10:00+00:00 2026-12-11T18:00+00:00 priya-raman',
      '2026-12-14T10:00+00:00 2026-12-14T18:00+00:00 priya-raman',
      '2026-12-15T10:00+00:00 2026-12-15T18:00+00:00 priya-raman',
      '2026-12-16T10:00+00:00 2026-12-16T18:00+00:00 sofia-marques',
    ]);
  });

  test('a cover of two hours in an evening', () => {
    expect(held('paas/out-of-hours/engineer', '2026-12-10T12:00:00Z', '2026-12-11T12:00:00Z')).toStrictEqual([
      '2026-12-10T17:00+00:00 2026-12-10T18:00+00:00 amara-osei',
      '2026-12-10T18:00+00:00 2026-12-10T20:00+00:00 chi-wong',
      '2026-12-10T20:00+00:00 2026-12-11T09:00+00:00 amara-osei',
    ]);
  });

  test('a bank holiday: the in-hours seat is empty, and the person on out of hours has the whole day', () => {
    const christmas = ['2026-12-24T09:00:00Z', '2026-12-29T17:00:00Z'] as const;
    expect(held('paas/in-hours/engineer', ...christmas)).toStrictEqual([
      '2026-12-24T09:00+00:00 2026-12-24T17:00+00:00 amara-osei',
      '2026-12-29T09:00+00:00 2026-12-29T17:00+00:00 ben-adeyemi',
    ]);
    expect(held('paas/out-of-hours/engineer', ...christmas)).toStrictEqual([
      '2026-12-24T17:00+00:00 2026-12-29T09:00+00:00 eli-shah',
    ]);
    const seats = who(handbook, at('2026-12-28T12:00:00Z')).filter(({ rota }) => rota.startsWith('paas/'));
    expect(seats.map(({ rota, role, person }) => `${rota}/${role} ${person}`)).toStrictEqual([
      'paas/escalation/lead rohan-mukherjee',
      'paas/in-hours/comms null',
      'paas/in-hours/engineer null',
      'paas/out-of-hours/comms yasmin-haddad',
      'paas/out-of-hours/engineer eli-shah',
    ]);
  });

  test('an amendment: hand-over moves from Wednesdays to Mondays, and the last turn before it is short', () => {
    expect(held('paas/out-of-hours/engineer', '2027-01-26T09:00:00Z', '2027-02-09T09:00:00Z')).toStrictEqual([
      '2027-01-26T17:00+00:00 2027-01-27T09:00+00:00 ben-adeyemi',
      '2027-01-27T17:00+00:00 2027-01-28T09:00+00:00 chi-wong',
      '2027-01-28T17:00+00:00 2027-01-29T09:00+00:00 chi-wong',
      '2027-01-29T17:00+00:00 2027-02-01T09:00+00:00 chi-wong',
      '2027-02-01T17:00+00:00 2027-02-02T09:00+00:00 dee-novak',
      '2027-02-02T17:00+00:00 2027-02-03T09:00+00:00 dee-novak',
      '2027-02-03T17:00+00:00 2027-02-04T09:00+00:00 dee-novak',
      '2027-02-04T17:00+00:00 2027-02-05T09:00+00:00 dee-novak',
      '2027-02-05T17:00+00:00 2027-02-08T09:00+00:00 dee-novak',
      '2027-02-08T17:00+00:00 2027-02-09T09:00+00:00 eli-shah',
    ]);
  });

  test('extra cover at night, for a planned change', () => {
    expect(
      held('modernisation-platform/on-call/primary', '2026-12-09T20:00:00Z', '2026-12-10T08:00:00Z'),
    ).toStrictEqual([
      '2026-12-09T20:00+00:00 2026-12-09T22:00+00:00 harpreet-gill',
      '2026-12-09T23:00+00:00 2026-12-10T01:00+00:00 harpreet-gill',
      '2026-12-10T07:00+00:00 2026-12-10T08:00+00:00 harpreet-gill',
    ]);
  });

  test('a chain that escalates after 5 minutes', () => {
    const service = handbook.services.get('lincolnshire-website') as Service;
    expect(escalationFor(handbook, service, at('2026-12-05T03:00:00Z'))).toStrictEqual({
      service: 'lincolnshire-website',
      window: 'out-of-hours',
      levels: [
        {
          after_minutes: 0,
          notify: [{ rota: 'govpress/on-call', role: 'engineer', person: 'sofia-marques' }],
        },
        {
          after_minutes: 5,
          notify: [{ rota: 'govpress/second-line', role: 'lead', person: 'grace-okonkwo' }],
        },
      ],
    });
  });

  const calls = (id: string, iso: string, priority?: string) =>
    escalationFor(handbook, handbook.services.get(id) as Service, at(iso), priority).levels.map(
      ({ after_minutes: after, notify }) => `${after} ${notify.map(({ person }) => person).join(' ')}`,
    );

  test('the GaaP SCS person at once for a P1 out of hours, and never in hours', () => {
    const [night, day] = ['2026-12-05T03:00:00Z', '2026-12-04T10:00:00Z'];
    expect(calls('paas-platform', night, 'P1')).toStrictEqual([
      '0 eli-shah',
      '0 catherine-mbeki',
      '15 yasmin-haddad',
    ]);
    expect(calls('paas-platform', night, 'P2')).toStrictEqual(['0 eli-shah', '15 yasmin-haddad']);
    expect(calls('paas-platform', day, 'P1')).toStrictEqual(['0 chi-wong', '10 zoe-akesson']);
  });

  test('a runbook in the calendar of whoever is on, and on the page of the team', () => {
    const site = published(files);
    const feed = site.get('calendars/people/chi-wong.ics')?.replaceAll('\r\n ', '');
    expect(feed).toMatch(
      /DESCRIPTION:Chi Wong: GOV\.UK PaaS\\, Out of hours \(engineer\)[^\r]*\\nRunbook: https:\/\/example\.org\/paas\/runbook/,
    );
    expect(site.get('teams/paas.html')).toContain('<a href="https://example.org/paas/runbook">Runbook</a>');
  });

  test('the people of a planned change first, at night too, and the others after them', () => {
    expect(calls('modernisation-platform', '2026-12-09T23:30:00Z')).toStrictEqual(['0 harpreet-gill']);
    expect(calls('modernisation-platform', '2026-12-10T02:00:00Z')).toStrictEqual([]);
  });
});

/** A planted fault: the file, the original text, its replacement, and the expected findings. */
type Fault = readonly [
  what: string,
  file: string,
  original: string | RegExp,
  planted: string,
  expected: readonly string[],
];

const faults: readonly Fault[] = [
  [
    'a bracket that never closes',
    'rotas/paas/team.yaml',
    '[nia-rhys]',
    '[nia-rhys',
    ['rotas/paas/team.yaml «[nia-rhys» this "[" is not closed; end it with "]" [yaml]'],
  ],
  [
    'a key that is there twice',
    'policies/publishing.yaml',
    'back: 4 weeks',
    'ahead: 4 weeks',
    ['policies/publishing.yaml «ahead: 26 weeks» this key appears twice; keep one of them [yaml]'],
  ],
  [
    'a misspelt key',
    'rotas/paas/in-hours.yaml',
    'handover:',
    'handver:',
    [
      'rotas/paas/in-hours.yaml «handver: {day: monday, t» "handver" is not a key of a rota; did you mean "handover"? [schema]',
    ],
  ],
  [
    'a misspelt word',
    'rotas/paas/escalation.yaml',
    'day: monday',
    'day: mondy',
    [
      'rotas/paas/escalation.yaml «mondy, time: "09:00"}» "mondy" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "monday"? [schema]',
    ],
  ],
  [
    'a length of time in words',
    'policies/on-call.yaml',
    '60 days',
    'two months',
    [
      'policies/on-call.yaml «two months, experienced_» "two months" is not a period such as "60 days"; write 2 months [schema]',
    ],
  ],
  [
    'a day that is not in the calendar',
    'rotas/people/paas.yaml',
    '2026-12-21',
    '2026-11-31',
    ['rotas/people/paas.yaml «2026-11-31, last_day: 20» there is no 2026-11-31 in the calendar [times]'],
  ],
  [
    'a cover that ends before it begins',
    'rotas/paas/out-of-hours.yaml',
    'T18:00',
    'T21:00',
    [
      'rotas/paas/out-of-hours.yaml «2026-12-10T20:00» this ends at 2026-12-10T20:00, not after it begins (2026-12-10T21:00); give it a later end [times]',
    ],
  ],
  [
    'a cover at a time that the clocks skip',
    'rotas/paas/out-of-hours.yaml',
    /2026-12-10T18:00\n(.*)2026-12-10T20:00/,
    '2027-03-28T01:30\n$12027-03-28T03:00',
    [
      'rotas/paas/out-of-hours.yaml «2027-03-28T01:30» 2027-03-28T01:30 does not exist in Europe/London, where the clocks go forward over it; choose a time after the gap [times]',
    ],
  ],
  [
    'an unknown person',
    'rotas/paas/in-hours.yaml',
    '[amara-osei',
    '[amara-oseo',
    [
      'rotas/paas/in-hours.yaml «amara-oseo, ben-adeyemi,» there is no person "amara-oseo"; did you mean "amara-osei"? [known-names]',
    ],
  ],
  [
    'an unknown window',
    'policies/support-hours/paas.yaml',
    'overnight: [paas',
    'overnigt: [paas',
    [
      'policies/support-hours/paas.yaml «overnigt: [paas/out-of-h» there is no window "overnigt"; did you mean "overnight"? [known-names]',
    ],
  ],
  [
    'an unknown role in a chain',
    'policies/escalation/paas-in-hours.yaml',
    'engineer]',
    'enginer]',
    [
      'policies/escalation/paas-in-hours.yaml «paas/in-hours/enginer]» there is no role "enginer" in paas/in-hours; did you mean "engineer"? [known-names]',
    ],
  ],
  [
    'an unknown zone',
    'rotas/govpress/second-line.yaml',
    'Europe/London',
    'Europe/Londn',
    [
      'rotas/govpress/second-line.yaml «Europe/Londn» there is no time zone "Europe/Londn"; did you mean "Europe/London"? [known-names]',
    ],
  ],
  [
    'a turn on the wrong weekday',
    'rotas/govpress/first-line.yaml',
    'turn: 2026-12-09',
    'turn: 2026-12-10',
    [
      'rotas/govpress/first-line.yaml «2026-12-10, person: priy» no turn of developer begins on 2026-12-10 (Thu 10 Dec); the nearest hand-overs are 2026-12-09 and 2026-12-16 [first-turn]',
    ],
  ],
  [
    'a first turn on the wrong weekday',
    'rotas/modernisation-platform/regular.yaml',
    '2027-01-04',
    '2027-01-05',
    [
      'rotas/modernisation-platform/regular.yaml «2027-01-05» no turn of engineer begins on 2027-01-05 (Tue 5 Jan); the nearest hand-overs are 2027-01-04 and 2027-01-11 [first-turn]',
    ],
  ],
  [
    'an amendment that a rotation does not follow',
    'rotas/paas/out-of-hours.yaml',
    /\n.*first_turn: 2027-02-01\n.*yasmin.*/,
    '',
    [
      'rotas/paas/out-of-hours.yaml «{day: monday, time: "10:» the hand-over changes here, and comms has no rotation entry from then on; add one whose first_turn is 2027-02-01, or a later hand-over [first-turn]',
    ],
  ],
  [
    'a stale instead_of',
    'rotas/govpress/first-line.yaml',
    'instead_of: callum-mcbride',
    'instead_of: sofia-marques',
    [
      'rotas/govpress/first-line.yaml «sofia-marques, reason: s» callum-mcbride is developer Wed 9 Dec 10:00 – 18:00, not sofia-marques; confirm this with callum-mcbride again and correct instead_of [stale-override]',
    ],
  ],
  [
    'a cover while nobody is on',
    'rotas/paas/out-of-hours.yaml',
    /2026-12-10T18:00\n(.*)2026-12-10T20:00/,
    '2026-12-10T12:00\n$12026-12-10T14:00',
    [
      'rotas/paas/out-of-hours.yaml «role: engineer» this rota has no duty Thu 10 Dec 12:00 – 14:00; correct the times, or add "extra: true" without instead_of for time outside its windows [stale-override]',
    ],
  ],
  [
    'windows that overlap',
    'policies/support-hours/paas.yaml',
    'to: "17:00"}] #',
    'to: "18:00"}] #',
    [
      'policies/support-hours/paas.yaml «overnight: [{days: every» "overnight" and "waking" overlap, Sat 21 Nov 17:00 – 18:00 and 62 more times; a minute belongs to one window [overlapping-windows]',
    ],
  ],
  [
    'two covers of one hour',
    'rotas/paas/out-of-hours.yaml',
    /$/,
    '  - {role: engineer, person: dee-novak, instead_of: amara-osei, from: 2026-12-10T19:00, to: 2026-12-10T21:00, reason: a film}\n',
    [
      'rotas/paas/out-of-hours.yaml «{role: engineer, person:» another override already assigns chi-wong Thu 10 Dec 19:00 – 20:00; shorten one of them [clashing-overrides]',
    ],
  ],
  [
    'somebody who is not vetted in time',
    'rotas/people/dxw.yaml',
    '2025-03-17',
    '2028-03-17',
    [
      'rotas/govpress/development-support.yaml «liam-okafor, mei-lin-tan» liam-okafor is not vetted by then (vetted_on), and is govpress/development-support/developer Wed 2 Dec 10:00 – 18:00 and 41 more times; assign somebody else, or correct people [eligible]',
    ],
  ],
  [
    'somebody without the skill',
    'rotas/people/paas.yaml',
    'Gareth Llewellyn\n    skills: [comms]',
    'Gareth Llewellyn\n    skills: [talk]',
    [
      'rotas/paas/in-hours.yaml «gareth-llewellyn, yasmin» gareth-llewellyn does not have the skill comms, and is paas/in-hours/comms Mon 7 Dec 09:00 – 17:00 and 40 more times; assign somebody else, or correct people [eligible]',
      'rotas/paas/out-of-hours.yaml «gareth-llewellyn]» gareth-llewellyn does not have the skill comms, and is paas/out-of-hours/comms Wed 25 Nov 17:00 – Thu 26 Nov 09:00 and 43 more times; assign somebody else, or correct people [eligible]',
    ],
  ],
  [
    'somebody who leaves',
    'rotas/people/modernisation-platform.yaml',
    'name: Daniel Nguyễn',
    'name: Daniel Nguyễn\n    last_day: 2027-05-02',
    [
      'rotas/modernisation-platform/on-call.yaml «daniel-nguyen, harpreet-» daniel-nguyen has left by then (last_day), and is modernisation-platform/on-call/primary Mon 17 May 16:00 – 22:00 and 11 more times; assign somebody else, or correct people [eligible]',
      'rotas/modernisation-platform/on-call.yaml «daniel-nguyen, harpreet-» daniel-nguyen has left by then (last_day), and is modernisation-platform/on-call/secondary Mon 3 May 07:00 – 16:00; assign somebody else, or correct people [eligible]',
      'rotas/modernisation-platform/regular.yaml «daniel-nguyen, harpreet-» daniel-nguyen has left by then (last_day), and is modernisation-platform/regular/engineer Mon 10 May 09:00 – 16:00 and 4 more times; assign somebody else, or correct people [eligible]',
    ],
  ],
  [
    'leave during a turn and a cover',
    'rotas/people/paas.yaml',
    '2026-12-21',
    '2026-12-04',
    [
      'rotas/paas/out-of-hours.yaml «role: engineer» chi-wong is away Fri 4 Dec to Sun 3 Jan and is paas/out-of-hours/engineer Thu 10 Dec 18:00 – 20:00; dee-novak could take it [away]',
      'rotas/people/paas.yaml «{first_day: 2026-12-04,» chi-wong is away Fri 4 Dec to Sun 3 Jan and is paas/in-hours/engineer Fri 4 Dec 09:00 – 17:00; dee-novak could take it [away]',
    ],
  ],
  [
    'leave during a turn that was swapped',
    'rotas/people/dxw.yaml',
    '2026-12-08',
    '2026-12-09',
    [
      'rotas/govpress/first-line.yaml «{role: developer, turn:» priya-raman is away Fri 4 Dec to Wed 9 Dec and is govpress/first-line/developer Wed 9 Dec 10:00 – 18:00; callum-mcbride could take it [away]',
    ],
  ],
  [
    'somebody in two seats at once',
    'rotas/modernisation-platform/on-call.yaml',
    /$/,
    'overrides:\n  - {role: secondary, person: harpreet-gill, instead_of: folasade-ajayi, from: 2026-12-08T17:00, to: 2026-12-08T18:00, reason: x}\n',
    [
      'policies/escalation/modernisation-platform-on-call.yaml «notify: [modernisation-p» level 2 brings in nobody new Tue 8 Dec 17:00 – 18:00: harpreet-gill was called before; name somebody else [escalation-ends]',
      'rotas/modernisation-platform/on-call.yaml «{role: secondary, person» harpreet-gill is modernisation-platform/on-call/primary and modernisation-platform/on-call/secondary at once, Tue 8 Dec 17:00 – 18:00; give one of them to somebody else [double-booked]',
    ],
  ],
  [
    'an emptied seat',
    'rotas/modernisation-platform/regular.yaml',
    /people: \[daniel.*\]/,
    'people: []',
    [
      'policies/escalation/modernisation-platform-regular.yaml «name: Modernisation Plat» this chain reaches nobody Mon 4 Jan 09:00 – 16:00 and 101 more times (regular); cover one of its roles, or add a person or a contact [chain-held]',
      'policies/support-hours/modernisation-platform.yaml «modernisation-platform/r» nobody is modernisation-platform/regular/engineer Mon 4 Jan 09:00 – 16:00 and 101 more times (regular); assign somebody [uncovered]',
    ],
  ],
  [
    'a rota that is not decided',
    'rotas/paas/in-hours.yaml',
    /rotation:\n.*\n.*people: \[zoe.*/,
    'turns: {2026-11-16: zoe-akesson, 2026-11-23: yasmin-haddad}',
    [
      'policies/escalation/paas-in-hours.yaml «notify: [paas/in-hours/c» nobody is left to call at the last level Mon 30 Nov 09:00 – 17:00 and 123 more times; end the chain at a person, or cover the role [escalation-ends]',
      'policies/support-hours/paas.yaml «paas/in-hours/comms, paa» nobody is paas/in-hours/comms Mon 30 Nov 09:00 – 17:00 and 123 more times (in-hours); assign somebody [uncovered]',
      'rotas/paas/in-hours.yaml «comms:» nobody is assigned to paas/in-hours/comms from Mon 30 Nov 09:00 on, and the policy asks 3 months (until Sun 21 Feb); add turns or a rotation entry [decided-ahead]',
    ],
  ],
  [
    'a shortened holiday list',
    'policies/holidays/england-and-wales.yaml',
    /2035-12-31([\s\S]*?) {2}2027-05-03[\s\S]*/,
    '2027-04-30$1',
    [
      'policies/holidays/england-and-wales.yaml «2027-04-30» this list ends on 2027-04-30, and published rotas use it up to 2027-06-01; extend it with "rota holidays" [holidays-run-out]',
    ],
  ],
  [
    'two turns in a row',
    'rotas/paas/out-of-hours.yaml',
    'eli-shah #',
    'dee-novak #',
    [
      'rotas/paas/out-of-hours.yaml «dee-novak # Christmas, a» dee-novak has the turn of paas/out-of-hours/engineer from Wed 23 Dec and of paas/out-of-hours/engineer from Wed 30 Dec; the policy asks 1 turn of others between them [rest]',
    ],
  ],
  [
    'less time between two duties than the policy asks',
    'policies/on-call.yaml',
    'turns_between: 1',
    'turns_between: 1, hours_between: 11 hours',
    [
      'rotas/govpress/first-line.yaml «{role: developer, turn:» callum-mcbride is govpress/on-call/engineer until Wed 2 Dec 10:00 and govpress/first-line/developer from Wed 2 Dec 10:00; the policy asks 11 hours between them [unbroken]',
    ],
  ],
  [
    'weekends that are always of the same people',
    'rotas/govpress/on-call.yaml',
    'handover: {day: wednesday, time: "10:00"}',
    'handover: [{day: wednesday, time: "10:00"}, {day: friday, time: "18:00"}]',
    [
      'rotas/govpress/on-call.yaml «engineer:» sofia-marques and hannah-whitlock have the 35 weekends of govpress/on-call/engineer from Thu 1 Oct 2026 to Mon 31 May 2027, and callum-mcbride and idris-kamara none; another order or number of people, or a rota of its own, would share them [balance]',
    ],
  ],
  [
    'a first turn before the onboarding',
    'rotas/govpress/on-call.yaml',
    /$/,
    '\noverrides: [{role: engineer, turn: 2026-12-02, person: duncan-reid, instead_of: sofia-marques}]\n',
    [
      'rotas/people/dxw.yaml «duncan-reid:» duncan-reid has a first turn as govpress/on-call/engineer Wed 2 Dec 18:00 – Thu 3 Dec 10:00, and of the onboarding "GovPress support" there is still to do: vetting, site-vault, cloud-login, older-infrastructure, staging-sites, vpn, logs, tools, documentation, incident-app and 4 more; write what is done under duncan-reid, such as onboarded: {govpress: {vetting: 2026-11-21}}, or give the turn to somebody else [ready]',
    ],
  ],
  [
    'a newcomer without an experienced colleague',
    'policies/on-call.yaml',
    '180 days',
    '1800 days',
    [
      'rotas/modernisation-platform/on-call.yaml «daniel-nguyen, harpreet-» daniel-nguyen is new to on call and is modernisation-platform/on-call/primary Mon 11 Jan 16:00 – 22:00 and 11 more times without a colleague who has 1800 days of experience; assign somebody experienced to the other role [new-to-on-call]',
    ],
  ],
  [
    'a promise that a chain cannot keep',
    'policies/escalation/paas-in-hours.yaml',
    'after: 10 minutes',
    'after: 25 minutes',
    [
      'policies/escalation/paas-in-hours.yaml «notify: [paas/in-hours/c» the last level is called after 25 minutes, and paas promises P1 a response within 20 minutes in hours for paas-platform; escalate sooner [escalation-ends]',
    ],
  ],
  [
    'a chain that never goes on',
    'policies/escalation/govpress-in-hours.yaml',
    /\n.*escalate_after: 10 minutes/,
    '',
    [
      'policies/escalation/govpress-in-hours.yaml «notify: [govpress/first-» level 1 never escalates to level 2; add escalate_after [escalation-ends]',
    ],
  ],
  [
    'a chain that ends at an empty seat',
    'policies/escalation/govpress-in-hours.yaml',
    '[govpress/development-support/developer]',
    '[govpress/first-line/shadow]',
    [
      'policies/escalation/govpress-in-hours.yaml «notify: [govpress/first-» nobody is left to call at the last level Mon 23 Nov 10:00 – 18:00 and 128 more times; end the chain at a person, or cover the role [escalation-ends]',
      'policies/escalation/govpress-in-hours.yaml «govpress/first-line/shad» PagerDuty cannot call govpress/first-line/shadow, which has no schedule there; add pagerduty: {schedule: …} to the role [pagerduty]',
    ],
  ],
  [
    'a service without a chain for what its level promises',
    'policies/services.yaml',
    'waking: paas-out-of-hours, ',
    '',
    [
      'policies/services.yaml «paas-platform:» paas promises P1 something in waking, and paas-platform has no chain for that; add "waking: <chain>" to escalation, or name a service level that promises nothing then [promises]',
    ],
  ],
  [
    'a status that no ticket has',
    'policies/service-levels/dxw.yaml',
    'update: [pending, on-hold]',
    'update: [waiting, on-hold]',
    [
      'policies/service-levels/dxw.yaml «waiting, on-hold]» no ticket of lincolnshire-website is ever in the status "waiting"; their statuses are new, open, on-hold, pending, pending-believed-solved [service-levels]',
    ],
  ],
  [
    'a target that mixes days with hours',
    'policies/service-levels/dxw.yaml',
    'out_of_hours: {respond: 1 hour}',
    'out_of_hours: {respond: 2 days}',
    [
      'policies/service-levels/dxw.yaml «2 days}» URGENT is promised a response within 1 hour in hours and within 2 days out of hours, which cannot be counted together; write the same number of days in both, or minutes or hours in both [service-levels]',
    ],
  ],
  [
    'a group for larger tickets before one for smaller ones',
    'policies/tickets/govpress.yaml',
    'up_to: 1 hour',
    'up_to: 1 day',
    [
      'policies/tickets/govpress.yaml «0.5 days, role: govpress» second-line never takes a ticket, because first-line before it takes all that are as small; write a larger up_to, or put the smaller group first [tickets]',
    ],
  ],
  [
    'a user of Zendesk that two people have',
    'rotas/people/dxw.yaml',
    /(github: tomasz-wojcik\n)([\s\S]*github: priya-raman\n)/,
    '$1    zendesk: 9001\n$2    zendesk: 9001\n',
    [
      'rotas/people/dxw.yaml «9001» 9001 is already the user of tomasz-wojcik in Zendesk; give priya-raman their own [group-members]',
    ],
  ],
  [
    'a topic that is too long for a chat',
    'rotas/govpress/team.yaml',
    'name: GovPress',
    `name: GovPress\nslack: {channel: C0GOV, topic: "${'Ask us. '.repeat(30)}{govpress/development-support/developer}"}`,
    [
      'rotas/govpress/team.yaml «"Ask us. Ask us. Ask us.» with the longest names to come, the topic has 256 characters, and Slack allows 250; shorten it [slack]',
    ],
  ],
  [
    'a chain used where it does not apply',
    'policies/services.yaml',
    'overnight: paas-out-of-hours',
    'overnight: paas-in-hours',
    [
      'policies/services.yaml «paas-in-hours}» paas-in-hours does not apply in "overnight", only in in-hours; name another chain or widen its applies_in [escalation-ends]',
    ],
  ],
];

describe('a planted fault is reported at its line:', () => {
  test.each(faults)('%s', (_, file, original, planted, expected) => {
    const text = files.get(file) ?? '';
    const changed = text.replace(original, planted);
    expect(changed).not.toBe(text);
    const texts = new Map([...files, [file, changed]]);
    const found = findings(texts).map(({ file: path, line, column, message, rule }) => {
      const excerpt = texts
        .get(path)
        ?.split('\n')
        [line - 1]?.slice(column - 1, column + 23)
        .trim();
      return `${path} «${excerpt}» ${message} [${rule}]`;
    });
    expect(found).toStrictEqual(expected);
  });

  test('there is at least one for every rule that needs no base', () => {
    const planted = new Set(
      faults.flatMap(([, , , , lines]) => lines.map((line) => line.replace(/^.* \[(.*)\]$/, '$1'))),
    );
    const alone = rules.filter(({ needs }) => needs === undefined).map(({ name }) => name);
    expect(alone.filter((name) => !planted.has(name))).toStrictEqual([]);
  });
});
