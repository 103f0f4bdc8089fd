/** The policy of a team over the common one, and the stricter of two where people exchange time across teams. */
import { describe, expect, test } from 'vitest';
import { described } from '../../actions/lib/check/describe.ts';
import type { Pull } from '../../actions/lib/compare/against.ts';
import { longestOf } from '../../actions/lib/compare/terms.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { durationOf, durationText } from '../../actions/lib/time/duration.ts';
import { foundBy, foundInPull } from '../found.ts';
import { at, but, checked, compared } from '../handbook.ts';

const rota = (team: string) => `== rotas/${team}/week.yaml
name: Week
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {engineer: {rotation: [{first_turn: 2026-09-02, people: [amara, ben, chi]}]}}
`;
const handbook = (policy: string) => `== rotas/people.yaml
people:
  amara: {name: Amara, github: amara-o, delivery_lead: nia}
  ben: {name: Ben, github: ben-a}
  chi: {name: Chi, github: chi-w}
  nia: {name: Nia, github: Nia-R}
  oz: {name: Oz, github: oz-k}
== rotas/paas/team.yaml
{name: PaaS, leads: [nia]}
== rotas/dxw/team.yaml
{name: dxw, leads: [oz]}
== policies/notice.yaml
${policy}
${rota('paas')}${rota('dxw')}`;

/** Wednesdays at 10:00: amara 25 November, ben 2 December, chi 9 December; both rotas alike. */
const gives = (team: string, turn: string, person: string, insteadOf: string) =>
  [
    `${rota(team)}`,
    `${rota(team)}overrides: [{role: engineer, turn: ${turn}, person: ${person}, instead_of: ${insteadOf}}]\n`,
  ] as const;
const edited = (text: string, ...edits: (readonly [string, string])[]) =>
  edits.reduce((head, [passage, other]) => but(head, passage, other), text);

const POLICY = (paas: string, dxw = '') =>
  `rota_change: {minimum: 7 days}\nshort_cover: {longest: 1 hour}\nconsent: []\nteams:\n  paas: {${paas}}${dxw === '' ? '' : `\n  dxw: {${dxw}}`}`;

const notice = (policy: string, now: string, ...edits: (readonly [string, string])[]) => {
  const base = handbook(policy);
  return foundInPull('notice', base, edited(base, ...edits), now).map(
    (line) => `${/rotas\/(\w+)/.exec(line)?.[1]} ${/minimum: (.*)\}/.exec(line)?.[1]}`,
  );
};

describe('the notice of a change', () => {
  const paas = gives('paas', '2026-12-09', 'ben', 'chi');
  const dxw = gives('dxw', '2026-12-09', 'ben', 'chi');

  test('of a new rota is counted in every zone that its team has, and not only in the one that it gets', () => {
    const NOW = '2027-03-01T00:30:00Z';
    const fresh = (zone: string, team = 'paas', on = '2027-03-29') =>
      `== rotas/${team}/new.yaml
name: New
timezone: ${zone}
handover: {day: monday, time: "12:00"}
roles: {helper: {rotation: [{first_turn: ${on}, people: [nia]}]}}
`;
    const base = handbook(POLICY('rota_change: {minimum: 1 month}', 'rota_change: {minimum: 1 month}'));
    const late = (head: string, own = base) => foundInPull('notice', own, own + head, NOW).length;
    // In Niue it is still February.
    for (const zone of ['Europe/London', 'Pacific/Niue'])
      expect([zone, late(fresh(zone))]).toEqual([zone, 1]);
    expect(late(fresh('Pacific/Niue', 'paas', '2027-04-05'))).toBe(0);
    // A team without a rota has the zones of the others.
    const without = but(base, rota('dxw'), '');
    expect(late(fresh('Pacific/Niue', 'dxw'), without)).toBe(1);
    const other = without.replace('Europe/London', 'Pacific/Niue');
    expect(late(fresh('Pacific/Niue', 'dxw'), other)).toBe(0);
    expect(late(fresh('Europe/London', 'dxw'), other)).toBe(1);
  });

  test('is counted in days of the base, whatever zone the rota gets', () => {
    const weekdays = `${rota('paas').replace('handover: {day: wednesday, time: "10:00"}', 'hours: all\nhandover: {day: sunday, time: "20:00"}').replace('2026-09-02', '2026-09-06')}`;
    const base = but(
      handbook(POLICY('rota_change: {minimum: 1 month}')),
      rota('paas'),
      weekdays,
    ).concat(`== policies/support-hours/all.yaml
name: All
timezone: Europe/London
windows: {day: [{days: [monday, tuesday, wednesday, thursday, friday], from: "09:00", to: "17:00"}]}
`);
    const given = (now: string, zone: string) => {
      const override = 'overrides: [{role: engineer, turn: 2027-03-28, person: amara}]\n';
      const head = but(base, weekdays, `${weekdays.replace('Europe/London', zone)}${override}`);
      return foundInPull('notice', base, head, now).length;
    };
    for (const zone of ['Europe/London', 'Pacific/Niue']) {
      expect(given('2027-02-28T12:00:00Z', zone)).toBe(0);
      expect(given('2027-03-01T00:30:00Z', zone)).toBe(1);
    }
  });

  test('is the stricter of two teams from that day on: a month is shorter than 30 days in February', () => {
    const policy = POLICY('rota_change: {minimum: 30 days}', 'rota_change: {minimum: 1 month}');
    // Chi's turn of 3 March for one of Ben's.
    const swap = [
      gives('paas', '2027-03-03', 'ben', 'chi'),
      gives('dxw', '2027-03-17', 'chi', 'ben'),
    ] as const;
    expect(notice(policy, '2027-02-01T10:00:00Z', swap[0])).toEqual([]);
    expect(notice(policy, '2027-02-02T10:00:00Z', swap[0])).toEqual(['paas 30 days']);
    expect(notice(policy, '2027-02-02T10:00:00Z', ...swap)).toEqual(['paas 30 days']);
  });

  test('is that of its team, to the minute, and the common one elsewhere', () => {
    const policy = POLICY('rota_change: {minimum: 2 days}');
    expect(notice(policy, '2026-12-07T10:00:00Z', paas)).toEqual([]);
    expect(notice(policy, '2026-12-07T10:01:00Z', paas)).toEqual(['paas 2 days']);
    expect(notice(policy, '2026-12-02T10:00:00Z', dxw)).toEqual([]);
    expect(notice(policy, '2026-12-02T10:01:00Z', paas, dxw)).toEqual(['dxw 7 days']);
  });

  describe('is the stricter of two teams where somebody gives time up in one and gets some in the other:', () => {
    const policy = POLICY('rota_change: {minimum: 20 days}', 'rota_change: {minimum: 2 days}');
    const NOW = '2026-12-06T10:00:00Z';
    const far = gives('paas', '2026-12-30', 'ben', 'chi');
    /** Ben's turn of 23 December becomes nobody's, and Chi's in another role. */
    const byRole: readonly [string, string] = [
      rota('dxw'),
      but(
        rota('dxw'),
        'people: [amara, ben, chi]}]}',
        'people: [amara, ben, chi]}, {first_turn: 2026-12-23, people: []}, ' +
          '{first_turn: 2026-12-30, people: [chi, amara, ben]}]}, ' +
          'helper: {rotation: [{first_turn: 2026-12-23, people: [chi]}, {first_turn: 2026-12-30, people: []}]}',
      ),
    ];
    const own = gives('paas', '2026-12-09', 'ben', 'chi');
    test.each<[what: string, edits: readonly (readonly [string, string])[], ...late: string[]]>([
      ['not where it is alone', [far]],
      ['two people', [far, gives('dxw', '2026-12-23', 'chi', 'ben')], 'dxw 20 days'],
      ['with somebody between', [far, gives('dxw', '2026-12-16', 'chi', 'amara')], 'dxw 20 days'],
      ['with nobody on the other side', [far, byRole], 'dxw 20 days', 'dxw 20 days'],
      ['not where that is another’s', [far, gives('dxw', '2026-12-16', 'oz', 'amara')]],
      ['not where they get some in both', [far, gives('dxw', '2026-12-16', 'ben', 'amara')]],
    ])('%s', (_, edits, ...late) => expect(notice(policy, NOW, ...edits)).toEqual(late));

    test('and enough from its day on', () => {
      const strict = POLICY('rota_change: {minimum: 2 days}', 'rota_change: {minimum: 5 days}');
      const exchange = gives('dxw', '2026-12-23', 'chi', 'ben');
      expect(notice(strict, NOW, own, exchange)).toEqual(['paas 5 days']);
      expect(notice(strict, '2026-12-04T10:00:00Z', own, exchange)).toEqual([]);
    });
  });

  test('is not relaxed by the pull request itself', () => {
    const base = handbook(POLICY('rota_change: {minimum: 7 days}'));
    const head = but(
      edited(base, paas),
      'paas: {rota_change: {minimum: 7 days}}',
      'paas: {rota_change: {minimum: 1 day}}',
    );
    expect(foundInPull('notice', base, head, '2026-12-07T10:00:00Z')).toHaveLength(1);
  });

  test('is none for a short cover as long as the team allows', () => {
    const cover = (team: string): readonly [string, string] => [
      rota(team),
      `${rota(team)}overrides: [{role: engineer, person: ben, instead_of: chi, from: 2026-12-09T12:00, to: 2026-12-09T15:00}]\n`,
    ];
    const policy = POLICY('short_cover: {longest: 3 hours}');
    expect(notice(policy, '2026-12-09T10:30:00Z', cover('paas'), cover('dxw'))).toEqual(['dxw 7 days']);
  });

  test('is none for a short cover that both teams allow, on the day on which it is: a day may have 25 hours', () => {
    const cover: readonly [string, string] = [
      rota('paas'),
      `${rota('paas')}overrides: [{role: engineer, person: amara, instead_of: ben, from: 2026-10-24T12:00, to: 2026-10-25T12:00}]\n`,
    ];
    const exchange = gives('dxw', '2026-11-04', 'ben', 'amara');
    const policy = POLICY('short_cover: {longest: 1 day}', 'short_cover: {longest: 24 hours}');
    expect(notice(policy, '2026-10-22T10:00:00Z', cover)).toEqual([]);
    expect(notice(policy, '2026-10-22T10:00:00Z', cover, exchange)).toEqual(['paas 7 days']);
  });
});

describe('in an emergency', () => {
  const edits = [
    gives('paas', '2026-12-09', 'ben', 'chi'),
    gives('dxw', '2026-12-09', 'ben', 'chi'),
  ] as const;
  const late = (pull: Partial<Pull>, count: 1 | 2) => {
    const base = handbook(POLICY('emergency: {label: paas-now, approved_by: team-leads}'));
    const head = edited(base, ...edits.slice(0, count));
    return foundInPull('notice', base, head, '2026-12-09T09:00:00Z', pull).length;
  };

  test('every team asks for its own label and approval', () => {
    expect(late({ labels: ['paas-now'], approvals: ['Nia-R'] }, 1)).toBe(0);
    expect(late({ labels: ['emergency-cover'], approvals: ['Nia-R'] }, 1)).toBe(1);
    expect(late({ labels: ['paas-now'], approvals: ['Nia-R', 'oz-k'] }, 2)).toBe(2);
    expect(late({ labels: ['paas-now', 'emergency-cover'], approvals: ['Nia-R', 'oz-k'] }, 2)).toBe(0);
    expect(late({ labels: ['paas-now', 'emergency-cover'], approvals: ['Nia-R'] }, 2)).toBe(2);
  });

  test('every label and approval that is missing is named', () => {
    const base = handbook(POLICY('emergency: {label: paas-now, approved_by: team-leads}'));
    const head = edited(base, ...edits);
    const said = (pull: Partial<Pull>) => {
      const judgement = compared(base, head, '2026-12-09T09:00:00Z', pull);
      const { against } = judgement;
      if (against === undefined) throw new Error('there is nothing to compare with');
      const now = at('2026-12-09T09:00:00Z');
      return `${comment({ ...judgement, against, commit: '0123456789abcdef0123', now })}\n${described(
        judgement.findings,
      )
        .map(({ message }) => message)
        .join('\n')}`;
    };
    const none = said({});
    expect(none).toContain(
      'with the label "emergency-cover" and by oz, and with the label "paas-now" and by nia',
    );
    expect(none).toContain(
      'with the label emergency-cover and the approval of Oz, and with the label paas-now and the approval of Nia',
    );
    expect(none).toContain(
      'add the labels emergency-cover and paas-now and have a lead of each team approve it',
    );
    const one = said({ labels: ['paas-now'], approvals: ['Nia-R'] });
    expect(one).toContain('as an emergency it passes with the label emergency-cover and the approval of Oz');
    expect(one).not.toContain('paas-now');
    const labelled = said({ labels: ['paas-now', 'emergency-cover'] });
    expect(labelled).toContain(
      'it has the label emergency-cover, and Oz has not approved it yet; it has the label paas-now, and Nia has not approved it yet',
    );
  });
});

describe('consent and correction', () => {
  const open = (
    policy: string,
    rule: string,
    pull: Partial<Pull>,
    now: string,
    ...edits: (readonly [string, string])[]
  ) => {
    const base = handbook(policy);
    return described(compared(base, edited(base, ...edits), now, pull).findings)
      .filter((it) => it.rule === rule)
      .map(({ message }) => message.split(' ')[0]);
  };
  const NOW = '2026-11-21T12:00:00Z';
  const paas = gives('paas', '2026-12-16', 'ben', 'amara');
  const dxw = gives('dxw', '2026-12-09', 'amara', 'chi');

  test('are asked as the team asks', () => {
    const policy = POLICY('consent: [both-people, delivery-leads]');
    expect(open(policy, 'consent', {}, NOW, paas)).toEqual(['amara', 'ben', 'nia']);
    expect(open(policy, 'consent', {}, NOW, dxw)).toEqual([]);
    expect(open(POLICY('consent: [delivery-leads]'), 'consent', {}, NOW, paas)).toEqual(['ben', 'nia']);
  });

  test('of the past need the label of the team', () => {
    const past = gives('paas', '2026-11-11', 'chi', 'ben');
    const policy = POLICY('correction: {label: paas-correction}');
    const wrong = (labels: string[]) => open(policy, 'history', { labels }, NOW, past).length;
    expect(wrong([])).toBe(1);
    expect(wrong(['paas-correction'])).toBe(0);
    expect(
      open(policy, 'history', { labels: ['paas-correction'] }, NOW, gives('dxw', '2026-11-11', 'chi', 'ben')),
    ).toHaveLength(1);
  });
});

test('a change of the terms of a team is one of the policy, in whatever order the teams are', () => {
  const [two, seven] = ['rota_change: {minimum: 2 days}', 'rota_change: {minimum: 7 days}'];
  const changed = (was: string, is: string) =>
    foundInPull('identity', handbook(was), handbook(is), '2026-11-21T12:00:00Z').map((line) =>
      /^\S+ warning changed \{kind: (\w+), id: (\w+), key: ([\w.]+)/.exec(line)?.slice(1).join(' '),
    );
  const of = (team: string) => `policy notice teams.${team}.rota_change`;
  expect(changed(POLICY(seven), POLICY(two))).toEqual([of('paas')]);
  expect(changed(POLICY(seven), POLICY(seven, two))).toEqual([of('dxw')]);
  expect(changed(POLICY(seven, two), POLICY(two, seven))).toEqual([of('paas'), of('dxw')]);
  // What is like the terms of all follows them from then on.
  expect(changed(POLICY(seven), POLICY('consent: []'))).toEqual(['policy notice teams.paas']);
  const reordered = POLICY(two, seven).replace(/ {2}paas: (.*)\n {2}dxw: (.*)/, '  dxw: $2\n  paas: $1');
  expect(changed(POLICY(two, seven), reordered)).toEqual([]);
});

test('the longest of several durations is found across days, weeks and months', () => {
  const longest = (...durations: readonly string[]) => durationText(longestOf(durations.map(durationOf)));
  expect(longest('4 weeks', '1 month', '30 days')).toBe('1 month');
  expect(longest('1 month', '31 days', '700 hours')).toBe('31 days');
  expect(longest('2 months', '9 weeks', '3 months')).toBe('3 months');
  const policy = POLICY('rota_change: {minimum: 20 days}', 'rota_change: {minimum: 1 month}');
  const [paas, dxw] = [
    gives('paas', '2026-12-16', 'ben', 'amara'),
    gives('dxw', '2026-12-23', 'amara', 'ben'),
  ];
  expect(notice(policy, '2026-11-22T10:00:00Z', paas)).toEqual([]);
  expect(notice(policy, '2026-11-22T10:00:00Z', paas, dxw)).toEqual(['paas 1 month']);
});

test('how far ahead a rota is decided, and who is new, are the terms of its team', () => {
  const turns = (team: string) =>
    but(
      rota(team),
      'rotation: [{first_turn: 2026-09-02, people: [amara, ben, chi]}]',
      'turns: {2026-11-18: amara, 2026-11-25: ben, 2026-12-02: chi, 2026-12-09: amara}',
    );
  const text = edited(
    handbook(POLICY('published_ahead: 2 weeks')),
    [rota('paas'), turns('paas')],
    [rota('dxw'), turns('dxw')],
  );
  const files = (of: string) => foundBy('decided-ahead', of).map((line) => line.slice(0, 15));
  expect(files(text)).toEqual(['rotas/dxw/week.']);
  expect(files(but(text, '2 weeks', '2 months'))).toEqual(['rotas/dxw/week.', 'rotas/paas/week']);
  const newcomers = (paas: string) =>
    foundBy(
      'new-to-on-call',
      `${handbook(POLICY('consent: []'))
        .replaceAll('{engineer: {', '{engineer: {needs: {on_call: true}, ')
        .replaceAll(
          /(amara|ben|chi): \{name/g,
          '$1: {on_call_since: 2026-10-01, name',
        )}== policies/on-call.yaml\nteams: {paas: {newcomers: {first: ${paas}, experienced_after: 1 day}}}\n`,
    ).map((line) => line.slice(0, 15));
  expect(newcomers('1 day')).toEqual(['rotas/dxw/week.', 'rotas/dxw/week.']);
  expect(newcomers('80 days').filter((file) => file.includes('paas'))).not.toEqual([]);
});

test('a team that is nowhere is reported at its name', () => {
  expect(
    checked(handbook(POLICY('consent: []').replace('paas:', 'pass:'))).filter((it) =>
      it.endsWith('[known-names]'),
    ),
  ).toEqual(['policies/notice.yaml:5:3 there is no team "pass"; did you mean "paas"? [known-names]']);
});
