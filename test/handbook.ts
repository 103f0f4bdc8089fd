/** Small handbooks, and functions that print what is computed from them. Asserts nothing. */
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { describe, described } from '../actions/lib/check/describe.ts';
import type { Pull } from '../actions/lib/compare/against.ts';
import { type Loaded, load } from '../actions/lib/load/load.ts';
import { type Base, type Evaluation, evaluate } from '../actions/lib/pipeline.ts';
import type { Resolved } from '../actions/lib/resolve/cover.ts';
import { byPerson, resolve } from '../actions/lib/resolve/resolve.ts';
import { assets } from '../actions/lib/site/page/assets.ts';
import type { Publication } from '../actions/lib/site/publication.ts';
import { publish } from '../actions/lib/site/publish.ts';
import type { Instant, Interval, Timeline } from '../actions/lib/timeline.ts';

/**
 * The tests' own handbook: `rotas/` and `policies/` of the repository belong to the team that uses it, and no test
 * reads them.
 */
export const SAMPLE = join(import.meta.dirname, 'sample');

/** Files by path from one text, in which a line `== path` begins each file. */
export function texts(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of text.split(/^== /m).slice(1)) {
    const cut = part.indexOf('\n');
    files.set(part.slice(0, cut).trim(), part.slice(cut + 1));
  }
  return files;
}

/** A handbook from files in one text. */
export const loaded = (text: string): Loaded => load({ texts: texts(text), findings: [] });

/** People who are eligible for every role, for handbooks that test something else. */
export const folk = (...ids: readonly string[]): string =>
  `== rotas/people.yaml\npeople:\n${ids.map((id) => `  ${id}: {name: ${id}, vetted_on: 2020-01-01, on_call_since: 2020-01-01}\n`).join('')}`;

/** Hand-overs on Wednesdays at 10:00: amara on 2 September 2026, then ben, then chi. Overrides can be appended. */
export const NIGHTS_ROTA = `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [amara, ben, chi]}
`;

/** The content of a small handbook, by the path of each file below its folder, without the extension. */
export interface SmallHandbook {
  /** The entry of each person: `name: Amara, github: amara-o`. */
  readonly people?: Readonly<Record<string, string>>;
  readonly policies?: Readonly<Record<string, string>>;
  readonly rotas?: Readonly<Record<string, string>>;
}

/**
 * A small handbook as one text: three people with a rota of nights, unless others are given. Ends with the last rota.
 */
export const aHandbook = ({
  people = { amara: 'name: Amara', ben: 'name: Ben', chi: 'name: Chi' },
  policies = {},
  rotas = { 'paas/team': 'name: PaaS', 'paas/nights': NIGHTS_ROTA },
}: SmallHandbook = {}): string =>
  [
    [
      'rotas/people',
      `people:${Object.entries(people)
        .map(([id, person]) => `\n  ${id}: {${person}}`)
        .join('')}`,
    ],
    ...Object.entries(policies).map(([path, text]) => [`policies/${path}`, text]),
    ...Object.entries(rotas).map(([path, text]) => [`rotas/${path}`, text]),
  ]
    .map(([path, text = '']) => `== ${path}.yaml\n${text.trimEnd()}\n`)
    .join('');

/** An instant written with its offset. */
export const at = (iso: string): Instant => DateTime.fromISO(iso, { setZone: true }).toMillis();

export const between = (from: string, to: string): Interval => ({ startAt: at(from), endAt: at(to) });

/** An instant with its offset according to luxon, independent of our own table. */
export const local = (instant: Instant, zone: string): string =>
  DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mmZZ");

/** A timeline of text, one line per span. */
export const lines = (timeline: Timeline<string>, zone: string): string[] =>
  timeline.map(({ startAt, endAt, value }) => `${local(startAt, zone)} ${local(endAt, zone)} ${value}`);

/** The shifts of a role in a span, one line each, in the rota's zone. */
export function shifts(resolved: Resolved, role: string): string[] {
  const cover = resolved.roles.get(role);
  if (cover === undefined) throw new Error(`no role ${role}`);
  const held = byPerson(cover.cover()).map((span) => ({ ...span, value: span.value.person }));
  return lines(held, cover.rota.zone.name);
}

/** The shifts of a role of the handbook in a text. */
export const resolvedShifts = (text: string, role: string, from: string, to: string): string[] =>
  shifts(resolve(loaded(text).handbook, between(from, to)), role);

/** The findings of a handbook in one text, one line each: `file:line:column message [rule]`. */
export function checked(text: string, now = '2026-11-21T12:00:00Z'): string[] {
  const { findings } = evaluate({ texts: texts(text), findings: [] }, at(now), () => {});
  return described(findings).map(
    ({ file, line, column, message, rule }) => `${file}:${line}:${column} ${message} [${rule}]`,
  );
}

/** The full text of every file that is published from a handbook's files, by path. */
export function published(
  files: ReadonlyMap<string, string>,
  given: Partial<Omit<Publication, 'handbook'>> = {},
): Map<string, string> {
  const { handbook } = load({ texts: files, findings: [] });
  const now = at('2026-11-21T12:00:00Z');
  const result = new Map<string, string>();
  for (const { path, text } of publish({
    handbook,
    now,
    revisedAt: () => at('2030-01-02T03:04:05Z'),
    previous: [],
    commit: 'c0ffee0123456789c0ffee0123456789c0ffee01',
    assets: assets(),
    ...given,
  })) {
    result.set(path, (result.get(path) ?? '') + text);
  }
  return result;
}

/** The handbook in a text; throws if it has findings. */
export function sound(text: string): Loaded['handbook'] {
  const { handbook, findings } = loaded(text);
  if (findings.length > 0) throw new Error(findings.map(describe).join('\n'));
  return handbook;
}

/** The shifts of a role of a sound handbook in a span, one line each, in the rota's zone. */
export const shiftsOf = (text: string, role: string, from: string, to: string): string[] =>
  shifts(resolve(sound(text), between(from, to)), role);

/** A text with a passage replaced; throws unless the passage occurs exactly once. */
export function but(text: string, passage: string, other: string): string {
  const parts = text.split(passage);
  if (parts.length !== 2) throw new Error(`"${passage}" is there ${parts.length - 1} times`);
  return parts.join(other);
}

/** A handbook with a file of every kind, without findings on 21 November 2026. */
export const everything = `
== rotas/people.yaml
people:
  amara-osei:
    name: Amara Osei
    skills: [developer]
    github: amara-osei
    email: amara.osei@example.org
    vetted_on: 2025-02-03
    on_call_since: 2025-06-01
    delivery_lead: nia-rhys
    last_day: 2029-03-31
  ben-adeyemi:
    name: Ben Adeyemi
    skills: [developer]
    vetted_on: 2025-02-03
    on_call_since: 2025-06-01
    away:
      - {first_day: 2026-12-17, last_day: 2026-12-20, reason: leave}
  chi-wong: {name: Chi Wong, skills: [developer], vetted_on: 2025-02-03, on_call_since: 2025-06-01}
  dee-novak: {name: Dee Novak, skills: [developer], vetted_on: 2025-02-03, on_call_since: 2025-06-01, slack: U0DEE, zendesk: 9004, onboarded: {paas: {vpn: 2026-11-02, badge: 2026-11-03}}}
  nia-rhys: {name: Nia Rhys, pagerduty: PNIA1}
contacts:
  inbox: {name: Inbox, email: paas@example.org}
== rotas/paas/team.yaml
name: GOV.UK PaaS
leads: [nia-rhys]
channel: "#paas"
slack:
  channel: C0PAAS
  topic: "On support: {paas/nights/engineer}, then {paas/nights/second}"
  user_groups:
    S0OPS: [paas/nights/shadow]
    S0LEAD: {roles: [paas/nights/shadow], owned: true}
  hand_over: {before: 15 minutes, daily: true}
  news: true
microsoft_teams: {hand_over: {before: 1 hour}}
zendesk:
  groups: {360001: {roles: [paas/nights/shadow], removes: true, owned: true}}
checklists: {start: [Read all tickets], end: [Push unfinished branches]}
on_support: {keep_free_of: [interview panels], fine: [sifting applications]}
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
hours: paas
covers: [overnight]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    needs: {skills: [developer], vetted: true, on_call: true}
    rotation:
      - {first_turn: 2026-09-30, people: [amara-osei, ben-adeyemi, chi-wong]}
      - {first_turn: 2027-04-07, people: [amara-osei, ben-adeyemi, chi-wong, dee-novak]}
    turns: {2027-01-06: chi-wong}
  second:
    follows: {role: engineer, by: 1}
  shadow:
    counts: false
    pagerduty: {schedule: PSCHED1}
overrides:
  - {role: engineer, turn: 2027-02-03, person: dee-novak, instead_of: amara-osei, reason: swap}
  - role: engineer
    person: chi-wong
    instead_of: amara-osei
    from: 2026-12-03T18:00
    to: 2026-12-03T21:00
  - {role: engineer, person: dee-novak, from: 2026-12-10T12:00, to: 2026-12-10T13:00, extra: true}
amendments:
  - first_day: 2027-03-01
    covers: [waking, overnight]
standup: {time: "09:45"}
handover_meeting: {time: "10:15", duration: 30 minutes, where: "https://meet.example.org/hand-over"}
== rotas/paas/planned-changes.yaml
changes:
  issue-42:
    service: website
    summary: Move the database
    timezone: Europe/London
    from: 2026-12-11T11:00
    to: 2026-12-11T18:30
    requested_at: 2026-11-20T10:30:00Z
    request: https://github.com/example/handbook/issues/42
    assigned:
      - {role: paas/nights/engineer, person: chi-wong}
== policies/support-hours/paas.yaml
name: GOV.UK PaaS
timezone: Europe/London
holidays: england
working_days: [monday, tuesday, wednesday, thursday, friday]
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  waking: [{days: non-working, from: "09:00", to: "17:00"}]
  overnight: {outside: [in-hours, waking]}
covered_by:
  overnight: [paas/nights/engineer, paas/nights/second]
amendments:
  - first_day: 2027-03-01
    covered_by: {waking: [paas/nights/engineer]}
== policies/holidays/england.yaml
name: England
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays:
  2026-12-25: Christmas Day
  2026-12-28: Boxing Day
== policies/service-levels/paas.yaml
name: GOV.UK PaaS
hours: paas
first_response: 2 working days
priorities:
  P1: {name: Critical, out_of_hours: {respond: 40 minutes, update: 1 hour}}
clock: {in-hours: in_hours, waking: out_of_hours, overnight: out_of_hours}
example: true
== policies/escalation/nights.yaml
name: Nights
applies_in: [waking, overnight]
levels:
  - {notify: [paas/nights/engineer], escalate_after: 5 minutes}
  - {notify: [paas/nights/second], escalate_after: 5 minutes}
  - {notify: [person: nia-rhys]}
repeats: 2
== policies/tickets/govpress.yaml
statuses:
  new: {}
  open: {}
  on-hold: {asks: reason}
  pending: {}
  pending-believed-solved: {solved_after: 4 days}
groups:
  - {id: first-line, up_to: 1 hour, role: paas/nights/engineer}
  - {id: scoping, notify: leads}
zendesk:
  services: [{organization: 11, tag: intranet, service: none}]
  estimate: {field: 31, unit: hours}
== policies/services.yaml
services:
  website: {name: Website, team: paas, service_level: paas, escalation: {waking: nights, overnight: nights}}
== policies/notice.yaml
rota_change: {minimum: 7 days, recommended: 14 days}
published_ahead: 13 weeks
consent: [both-people]
== policies/publishing.yaml
site: https://example.org/rota/
names: full
requests: true
== policies/time-off.yaml
woken: 0.5 days
== policies/messages.yaml
news: {to: [affected, team-channel], by: [github, slack, email]}
email: {from: rota@example.org}
quiet_hours: {from: "20:00", to: "08:00"}
== policies/on-call.yaml
rest: {turns_between: 1}
== policies/onboarding/paas.yaml
name: GOV.UK PaaS
teams: [paas]
rotas: [paas/nights]
items:
  - {id: vpn, text: Access to the VPN, ask: paas/nights/engineer, link: "https://example.org/vpn"}
  - {id: badge, text: A badge, ask: {person: amara-osei}, before: first-on-call-turn}
  - {id: laptop, text: A laptop, retired: true}
`;

/** The states before and after a pull request, compared at an instant. The author is not in the handbook. */
export function compared(base: string, head: string, now: string, pull?: Partial<Pull>): Evaluation {
  const before: Base = {
    texts: { texts: texts(base), findings: [] },
    pull: pull === undefined ? undefined : { author: 'somebody', labels: [], approvals: [], ...pull },
  };
  return evaluate({ texts: texts(head), findings: [] }, at(now), () => {}, before);
}

/** The findings of one rule in a pull request, one line each: `file:line:column severity: message`. */
export const judged = (
  rule: string,
  base: string,
  head: string,
  now: string,
  pull?: Partial<Pull>,
): string[] =>
  described(compared(base, head, now, pull).findings)
    .filter((found) => found.rule === rule)
    .map(({ file, line, column, severity, message }) => `${file}:${line}:${column} ${severity}: ${message}`);
