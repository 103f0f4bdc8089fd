/** What a team's page says of service levels, of tickets, and of how soon somebody answers. */
import { describe, expect, test } from 'vitest';
import { aHandbook, at, but, checked, published, texts } from '../../handbook.ts';

const handbook = aHandbook({
  policies: {
    'support-hours/office': `name: Office
timezone: Europe/London
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  evening: [{days: working, from: "17:00", to: "21:00"}]`,
    'service-levels/gold': `name: Gold
hours: office
source: The agreement
default_priority: P2
priorities:
  P1:
    name: Down
    when: Nothing works, & <b>everybody</b> waits
    in_hours: {respond: 20 minutes, resolve: 4 hours}
    out_of_hours: {respond: 40 minutes}
  P2: {name: Other, in_hours: {respond: 2 working days}}
clock: {day: in_hours, evening: out_of_hours}
pauses: {update: [pending], resolve: [pending]}`,
    'escalation/all': 'name: All day\napplies_in: [day, evening]\nlevels: [{notify: [paas/nights/engineer]}]',
    'tickets/desk': `statuses:
  new: {}
  pending: {asks: reason}
  done: {solved_after: 4 days}
groups:
  - {id: quick, up_to: 20 minutes, role: paas/nights/engineer}
  - {id: small, up_to: 0.5 days, role: other/desk/clerk}
  - {id: medium, up_to: 1.25 days}
  - {id: large, notify: leads}
warn_at: 80%`,
    services: `services:
  web: {name: Web, team: paas, service_level: gold, tickets: desk, escalation: {day: all, evening: all}}`,
  },
  rotas: {
    'paas/team': 'name: PaaS\nleads: [chi]',
    'paas/nights': `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [amara, ben]}]`,
    'other/desk': `name: Desk
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  clerk:
    rotation: [{first_turn: 2026-09-02, people: [chi]}]`,
  },
});

const html = (text: string, now = '2026-11-26T12:00:00Z'): string =>
  published(texts(text), { now: at(now) }).get('teams/paas.html') ?? '';
const plain = (text: string, now?: string): string =>
  html(text, now)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

test('the handbook of these tests has no findings', () => {
  expect(checked(handbook, '2026-11-26T12:00:00Z')).toEqual([]);
});

describe('a service level', () => {
  test('has the definition of each priority, escaped, and every figure', () => {
    expect(plain(handbook)).toContain(
      'P1 Down Nothing works, &amp; &lt;b&gt;everybody&lt;/b&gt; waits respond in 20 minutes solved in 4 hours respond in 40 minutes P2 Other respond in 2 working days no target Promised in The agreement',
    );
  });

  test('says what applies before triage, and what pauses its clocks', () => {
    expect(plain(handbook)).toContain(
      'Until somebody gives a ticket another priority, it is P2. While a ticket is pending, the time to the next update and to the solution stands still.',
    );
    const bare = but(
      but(handbook, 'default_priority: P2', 'first_response: 3 working days'),
      'pauses: {update: [pending], resolve: [pending]}',
      'pauses: {respond: [pending], update: [new, pending]}',
    );
    expect(plain(bare)).toContain(
      'Until somebody gives a ticket a priority, only the first response is promised. While a ticket is pending, the time to the first response stands still. While a ticket is new or pending, the time to the next update stands still.',
    );
  });

  test('says what is going to change, and only until then', () => {
    const amended = but(
      handbook,
      'pauses: {update',
      `amendments:
  - first_day: 2027-04-01
    first_response: 1 working day
    default_priority: P3
    priorities:
      P1: {name: Down, in_hours: {respond: 10 minutes}, out_of_hours: {as_soon_as_possible: true}}
      P3: {name: Rest}
  - {first_day: 2027-06-01, clock: {day: in_hours, evening: none}, pauses: {update: [new]}}
  - {first_day: 2027-07-01, priorities: {P1: {name: Down, in_hours: {respond: 10 minutes, update: 1 hour}, out_of_hours: {as_soon_as_possible: true}}, P3: {name: Rest}}}
pauses: {update`,
    );
    const APRIL =
      'From Thu 1 Apr 2027 : a first response within 1 working day; P1 within 10 minutes in hours, as soon as possible out of hours; P3 added; P2 no longer; P3 until somebody gives a ticket another priority';
    const LATER =
      'From Tue 1 Jun 2027 : other windows; other pauses From Thu 1 Jul 2027 : other figures for P1';
    expect(plain(amended)).toContain(`${APRIL} ${LATER}`);
    expect(plain(amended, '2027-03-31T22:59:00Z')).toContain(APRIL);
    const after = plain(amended, '2027-03-31T23:00:00Z');
    expect(after).not.toContain('From Thu 1 Apr 2027');
    expect(after).toContain(LATER);
    expect(after).toContain('P1 Down respond in 10 minutes respond as soon as possible');
  });
});

describe('the tickets of a team', () => {
  test('have groups with who takes them, linked, and statuses', () => {
    expect(plain(handbook)).toContain(
      'Tickets Web Group Who takes these tickets quick up to 20 minutes Amara Nights, engineer small up to 0.5 days Desk, clerk medium up to 1.25 days Nobody in particular large larger The team’s leads: Chi Statuses: new, pending (with a reason), done (solved after 4 days). Whoever is on is told when 80% of a target is used up.',
    );
    const page = html(handbook);
    expect(page).toContain('<a href="#now">Nights, engineer</a>');
    expect(page).toContain('<a href="other.html#now">Desk, clerk</a>');
  });

  test('are not there without a policy', () => {
    const none = plain(but(handbook, 'tickets: desk, ', ''));
    expect(none).not.toContain('Who takes these tickets');
    expect(none).not.toContain('Ticket workflow');
    expect(plain(handbook)).toContain('Ticket workflow');
  });
});

describe('beside whom to call', () => {
  test('is how soon the most urgent priority is answered, in each window', () => {
    expect(plain(handbook)).toContain(
      'day, evening: Web P1 is answered within 20 minutes , promised day P1 is answered within 40 minutes , promised evening At once',
    );
  });

  test.each<[what: string, passage: string, other: string, words: string]>([
    [
      'what is an example',
      'source: The agreement',
      'example: true',
      'P1 is answered within 20 minutes example day P1',
    ],
    [
      'a promise without a source as no promise',
      'source: The agreement\n',
      '',
      'P1 is answered within 20 minutes day P1',
    ],
    [
      'a window without a promise',
      'evening: out_of_hours',
      'evening: none',
      'P1 : no answer is promised evening At',
    ],
    [
      'the first response where the priority promises none',
      '    out_of_hours: {respond: 40 minutes}\n  P2: {name: Other, in_hours: {respond: 2 working days}}\n',
      '  P2: {name: Other, in_hours: {respond: 2 working days}}\nfirst_response: 5 working days\n',
      'P1 is answered within 5 working days , promised evening At',
    ],
    [
      'what is promised without a figure',
      'respond: 20 minutes, resolve: 4 hours',
      'as_soon_as_possible: true',
      'P1 is answered as soon as possible , promised day P1',
    ],
    [
      'services apart that promise other things',
      '== rotas/paas/team.yaml',
      `  api: {name: API, team: paas, service_level: silver, escalation: {day: all}}
== policies/service-levels/silver.yaml
name: Silver
hours: office
example: true
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}}}
clock: {day: in_hours, evening: none}
== rotas/paas/team.yaml`,
      'P1 is answered within 1 hour example day: API At',
    ],
  ])('shows %s', (_, passage, other, words) => {
    expect(plain(but(handbook, passage, other))).toContain(words);
  });

  const gaps = (text: string, now: string) =>
    [...html(text, now).matchAll(/<p class="none change( on)?" [^>]*?( hidden)?>(.*?)<\/p>/g)].map(
      ([, on = '', hidden = '', words = '']) => `${words.replace(/<[^>]+>/g, '')}${on}${hidden}`,
    );

  test('is until when nothing is supported, as far as the page is kept', () => {
    expect(gaps(handbook, '2026-11-26T22:00:00Z')).toEqual([
      'Not supported until Fri 27 Nov 09:00: Web on',
      'Not supported until Mon 30 Nov 09:00: Web hidden',
    ]);
    expect(gaps(handbook, '2026-11-26T12:00:00Z')[0]).toBe(
      'Not supported until Fri 27 Nov 09:00: Web hidden',
    );
  });

  test('is nothing about a service that has no time within a week', () => {
    const never = but(
      but(handbook, 'evening: [{days: working', 'evening: [{days: holidays'),
      'escalation: {day: all, evening: all}',
      'escalation: {evening: all}',
    );
    expect(gaps(never, '2026-11-26T22:00:00Z')).toEqual([]);
  });

  test('are the reasons for a critical incident', () => {
    const reasons = but(handbook, 'tickets: desk, ', 'critical_reasons: [It <is> down, It leaks], ');
    expect(plain(reasons)).toContain('What is critical out of hours: Web It &lt;is&gt; down It leaks');
    expect(plain(handbook)).not.toContain('What is critical');
  });
});
