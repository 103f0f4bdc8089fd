/**
 * A handbook that has every key of every schema, with two teams whose leads differ, without errors on 21 November 2026.
 * Nearly every value is there once, so that a row can name it. Asserts nothing.
 */
import { POLICY_FILES } from './every-key-policy-files.ts';

export const HANDBOOK = `== rotas/people.yaml
people:
  ben:
    name: Ben
    skills: [developer, writer, cook]
    github: ben-a
    pagerduty: PBEN
    slack: U0BEN
    zendesk: 9001
    email: ben@example.org
    vetted_on: 2025-02-03
    on_call_since: 2025-01-01
    delivery_lead: del
    away:
      - {first_day: 2027-06-01, last_day: 2027-06-03, reason: leave}
      - {from: 2027-06-08T09:00, to: 2027-06-08T13:00, reason: dentist}
    works: [{days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], since: 2025-01-06, on_call: false}]
    holidays: [bank]
    zone: Europe/Dublin
    first_day: 2025-01-07
    last_day: 2029-03-31
    onboarded: {start: {vpn: 2025-01-08}}
    reach: {slack: "@ben", phone: "+44 20 7946 0001", email: ben.at.night@example.org}
  chi: {name: Chi, github: chi-w, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PCHI, slack: U0CHI, zendesk: 9002, onboarded: {start: {vpn: 2025-01-09}}}
  dee: {name: Dee, github: dee-n, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PDEE, slack: U0DEE, zendesk: 9003}
  eve: {name: Eve, github: eve-k, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PEVE, slack: U0EVE, zendesk: 9004}
  ida: {name: Ida, github: ida-s, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PIDA, slack: U0IDA, zendesk: 9005, onboarded: {start: {vpn: 2025-01-09}}}
  joe: {name: Joe, github: joe-b}
  kim: {name: Kim, github: kim-c}
  lou: {name: Lou, github: lou-d, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PLOU, onboarded: {start: {vpn: 2025-01-09}}}
  mia: {name: Mia, github: mia-e}
  # Named by chains alone, and by nothing.
  fay: {name: Fay, github: fay-o, on_call_since: 2025-01-02, pagerduty: PFAY}
  gus: {name: Gus, github: gus-z, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PGUS, slack: U0GUS, zendesk: 9006, onboarded: {start: {vpn: 2025-01-10}}}
  hal: {name: Hal, github: hal-q, skills: [developer, writer], vetted_on: 2025-02-01, on_call_since: 2025-01-02, pagerduty: PHAL}
  del: {name: Del, github: del-i}
  lead-paas: {name: Lead of PaaS, github: lead-p, on_call_since: 2025-01-02, pagerduty: PLEADP}
  lead-web: {name: Lead of Web, github: lead-w}
contacts:
  inbox:
    name: Inbox
    email: inbox@example.org
    pagerduty: PINBOX
    reach: {slack: "#inbox", phone: "+44 20 7946 0009", email: inbox.at.night@example.org}
  desk: {name: Desk, pagerduty: PDESK}
  bell: {name: Bell, pagerduty: PBELL}
== rotas/paas/team.yaml
name: PaaS
leads: [lead-paas]
channel: "#paas"
needs: {skills: [developer], any_skill: [writer, baker], vetted: true, on_call: false}
slack:
  channel: C0PAAS
  topic: "On support: {paas/nights/engineer}"
  user_groups: {S0LIST: [paas/nights/engineer], S0ROLES: {roles: [paas/nights/engineer], owned: true}}
  hand_over: {before: 15 minutes, daily: true}
  news: true
microsoft_teams: {hand_over: {before: 1 hour, daily: false}}
zendesk: {groups: {360001: {roles: [paas/nights/engineer], removes: true, owned: true}, 360002: {roles: [paas/nights/engineer], removes: false}}}
checklists: {start: [Read all tickets], end: [Push branches]}
on_support: {keep_free_of: [interviews], fine: [sifting]}
== rotas/paas/nights.yaml
name: Nights
timezone: Europe/London
hours: paas
covers: [night]
handover: {day: wednesday, time: "10:00", weeks: 1}
handover_meeting: {time: "10:15", duration: 30 minutes, where: "https://meet.example.org/hand-over"}
standup: {time: "09:45", duration: 15 minutes, where: "https://meet.example.org/stand-up"}
roles:
  engineer:
    needs: {skills: [developer], any_skill: [writer, carer], vetted: true, on_call: true}
    rotation: [{first_turn: 2026-09-30, people: [ben, chi, ida]}, {first_turn: 2026-12-09, people: [ben, chi, ida]}]
    turns: {2027-01-06: chi}
    pagerduty: {schedule: PNIGHTS, off_duty: inbox}
    duties: [Watch the alarms]
    runbook: "https://example.org/role-runbook"
    links: {Logs: "https://example.org/role-logs"}
  shadow:
    counts: false
    rotation: [{first_turn: 2026-10-07, people: [lead-paas]}, {first_turn: 2026-12-23, people: [lead-paas]}]
    needs: {skills: [], any_skill: [], vetted: false, on_call: true}
    pagerduty: {schedule: PSHADOW}
overrides:
  - {role: engineer, turn: 2026-12-23, person: ben, instead_of: chi, reason: swap}
  - {role: engineer, person: chi, instead_of: ben, from: 2026-12-20T18:00, to: 2026-12-20T21:00, reason: dinner}
  - {role: engineer, person: chi, from: 2026-12-29T12:00, to: 2026-12-29T13:00, extra: true}
amendments:
  - first_day: 2026-12-07
    hours: paas
    covers: [night]
    handover: {day: wednesday, time: "10:30", weeks: 2}
== rotas/paas/planned-changes.yaml
changes:
  move:
    service: site
    summary: Move the database
    timezone: Europe/London
    from: 2026-12-14T11:00
    to: 2026-12-14T16:30
    requested_at: 2026-11-20T10:30:00Z
    request: https://github.com/example/handbook/issues/42
    assigned: [{role: paas/nights/engineer, person: chi}]
== rotas/web/team.yaml
name: Web
leads: [lead-web]
== rotas/web/days.yaml
name: Days
timezone: Europe/London
hours: web
covers: [day]
handover: [{day: monday, time: "10:00"}, {day: thursday, time: "10:05"}]
roles:
  developer:
    seats: 2
    rotation: [{first_turn: 2026-09-28, seats: 2, people: [dee, eve]}, {first_turn: 2026-12-10, seats: 2, people: [eve, dee]}]
    turns: {2026-12-31: {developer-2: dee, developer-1: eve}}
    pagerduty: {schedules: [PDAYS1, PDAYS2]}
  helper: {seats: 2, counts: false, rotation: [{first_turn: 2026-09-28, people: [hal, joe, kim]}, {first_turn: 2026-12-10, people: [hal, joe, kim]}]}
overrides: [{role: developer-1, turn: 2026-12-24, person: lou}]
amendments: [{first_day: 2026-12-08, handover: [{day: monday, time: "10:10"}, {day: thursday, time: "10:20"}]}]
== rotas/web/weekly.yaml
name: Weekly
timezone: Europe/London
handover: {day: tuesday, time: "13:00"}
roles: {planner: {counts: false, rotation: [{first_turn: 2026-09-29, people: [dee, eve]}, {first_turn: 2026-12-15, people: [eve, dee]}]}}
amendments: [{first_day: 2026-12-09, handover: {day: tuesday, time: "13:10", weeks: 2}}]
== rotas/web/monthly.yaml
name: Monthly
timezone: Europe/London
handover: {date: 1, time: "11:00"}
roles: {buyer: {counts: false, rotation: [{first_turn: 2026-10-01, people: [dee, eve]}, {first_turn: 2027-01-01, people: [eve, dee]}]}}
amendments: [{first_day: 2026-12-09, handover: {date: 1, time: "11:10"}}]
== rotas/web/daily.yaml
name: Daily
timezone: Europe/London
handover: {every: day, time: "12:00"}
roles:
  reader: {rotation: [{first_turn: 2026-10-01, people: [hal, joe, kim]}, {first_turn: 2026-12-10, people: [hal, joe, kim]}]}
  next: {follows: {role: reader, by: 1}, counts: false}
  spare: {rotation: [{first_turn: 2026-10-01, people: [mia]}, {first_turn: 2026-12-10, people: [mia]}], counts: false}
amendments: [{first_day: 2026-12-09, handover: {every: day, time: "12:10"}}]
== rotas/web/shifts.yaml
name: Shifts
timezone: Europe/London
handover: {every: day, times: ["06:00", "18:00"]}
roles: {watcher: {counts: false, rotation: [{first_turn: "2026-10-01T06:00", people: [dee, eve]}, {first_turn: "2026-12-09T18:10", people: [dee, eve]}]}}
amendments: [{first_day: 2026-12-09, handover: {every: day, times: ["06:10", "18:10"]}}]
${POLICY_FILES}`;
