/** The policies of the handbook that has every key: those of two teams, some of which both use. Asserts nothing. */
export const POLICY_FILES = `== policies/support-hours/paas.yaml
name: Hours of PaaS
timezone: Europe/London
holidays: [bank]
working_days: [monday, tuesday, wednesday, thursday, friday]
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  night: {outside: [day, gala]}
  gala: [{days: [sunday], from: "03:00", to: "03:30"}]
covered_by: {night: [paas/nights/engineer, {any: [paas/nights/shadow, paas/nights/engineer]}]}
continuous: false
amendments:
  - first_day: 2026-12-08
    working_days: [monday, tuesday, wednesday, thursday, friday]
    holidays: [bank]
    windows:
      day: [{days: working, from: "09:01", to: "17:01"}]
      night: {outside: [gala, day]}
      gala: [{days: [sunday], from: "03:01", to: "03:31"}]
    continuous: false
    covered_by: {night: [paas/nights/engineer, {any: [paas/nights/engineer]}]}
== policies/support-hours/web.yaml
name: Hours of Web
timezone: Europe/London
holidays: bank
windows: {day: [{days: working, from: "09:30", to: "16:30"}], night: {outside: [day]}}
amendments: [{first_day: 2026-12-08, windows: {day: [{days: working, from: "09:31", to: "16:31"}], night: {outside: [day]}}}]
== policies/holidays/bank.yaml
name: Bank holidays
region: GB-ENG
source: GOV.UK
timezone: Europe/London
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {2026-12-25: Christmas, 2026-12-26: {name: Boxing Day, observed_on: 2026-12-28}, 2026-12-28: Substitute}
added: {2027-05-10: Team day}
== policies/holidays/more.yaml
name: More holidays
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {2027-01-06: Epiphany}
== policies/service-levels/gold.yaml
name: Gold
hours: paas
source: The contract
default_priority: P2
first_response: 2 working days
priorities:
  P1: {name: At once, in_hours: {update: 50 minutes, as_soon_as_possible: true}, out_of_hours: {update: 55 minutes, as_soon_as_possible: true}}
  P2:
    name: Critical
    when: All is down
    in_hours: {respond: 20 minutes, update: 1 hour, resolve: 4 hours}
    out_of_hours: {respond: 40 minutes, update: 2 hours, resolve: 8 hours}
clock: {day: in_hours, night: out_of_hours, gala: none}
pauses: {respond: [on-hold], update: [on-hold, pending], resolve: [on-hold, solved]}
amendments:
  - first_day: 2026-12-10
    default_priority: P2
    first_response: 3 working days
    priorities:
      P1: {name: At once then, in_hours: {update: 51 minutes, as_soon_as_possible: true}, out_of_hours: {update: 56 minutes, as_soon_as_possible: true}}
      P2:
        name: Critical then
        when: All is down then
        in_hours: {respond: 21 minutes, update: 61 minutes, resolve: 241 minutes}
        out_of_hours: {respond: 41 minutes, update: 121 minutes, resolve: 481 minutes}
    clock: {day: in_hours, night: out_of_hours, gala: none}
    pauses: {respond: [on-hold, open], update: [on-hold, new], resolve: [on-hold, pending]}
== policies/service-levels/silver.yaml
name: Silver
example: true
hours: web
priorities: {P1: {name: Critical, in_hours: {respond: 30 minutes}}}
clock: {day: in_hours, night: none}
== policies/service-levels/bronze.yaml
name: Bronze
example: true
hours: paas
priorities: {P1: {name: Critical, in_hours: {respond: 35 minutes}}}
clock: {day: in_hours, night: none, gala: none}
== policies/escalation/main.yaml
name: Main
applies_in: [night, day, gala]
levels:
  - {notify: [paas/nights/engineer, contact: desk], escalate_after: 5 minutes}
  - {notify: [person: fay], escalate_after: 6 minutes, at_once_for: [P1]}
  - {notify: [person: gus], escalate_after: 8 minutes, only_for: [P1]}
  - {notify: [contact: inbox]}
repeats: 2
pagerduty: {policy: PMAIN}
== policies/escalation/days.yaml
name: Days
applies_in: [day]
levels: [{notify: [web/days/developer-1], escalate_after: 7 minutes}, {notify: [contact: desk]}]
pagerduty: {policy: PDAYS}
== policies/services.yaml
services:
  site:
    name: Site
    team: paas
    service_level: gold
    tickets: desk
    escalation: {day: days, night: main, gala: main}
    critical_reasons: [All is down]
    pagerduty: {service: PSITE}
    duties: [Answer the owner]
    runbook: "https://example.org/service-runbook"
    links: {Status: "https://example.org/service-status"}
  shop: {name: Shop, team: web, service_level: silver, tickets: other, escalation: {day: days}}
== policies/tickets/desk.yaml
statuses:
  new: {}
  open: {}
  on-hold: {asks: reason}
  pending: {}
  solved: {solved_after: 4 days}
groups:
  - {id: first-line, up_to: 1 hour, role: paas/nights/engineer}
  - {id: scoping, notify: leads}
day: 7 hours
warn_at: 75%
zendesk:
  services: [{organization: 11, brand: 12, group: 13, tag: intranet, service: site}]
  priorities: {urgent: P1}
  statuses: {hold: on-hold}
  estimate: {field: 31, unit: hours}
== policies/tickets/other.yaml
statuses: {new: {}, on-hold: {}, pending: {}, open: {}, solved: {}}
groups: [{id: all, role: paas/nights/engineer}]
== policies/onboarding/start.yaml
name: Start
teams: [paas]
rotas: [paas/nights]
items:
  - {id: vpn, text: Access to the VPN, ask: paas/nights/engineer, link: "https://example.org/vpn", before: first-turn}
  - {id: badge, text: A badge, ask: {person: del}, retired: true}
  - {id: desk, text: A desk, ask: {team: paas}, retired: true}
== policies/notice.yaml
rota_change: {minimum: 7 days, recommended: 14 days}
short_cover: {longest: 1 day}
emergency: {label: emergency, approved_by: team-leads}
out_of_hours_change: {minimum: 48 hours}
published_ahead: 8 weeks
consent: [both-people, delivery-leads]
correction: {label: correction}
teams:
  paas:
    rota_change: {minimum: 8 days, recommended: 15 days}
    short_cover: {longest: 2 days}
    emergency: {label: emergency-paas, approved_by: team-leads}
    out_of_hours_change: {minimum: 50 hours}
    published_ahead: 9 weeks
    consent: [delivery-leads, both-people]
    correction: {label: correction-paas}
== policies/on-call.yaml
newcomers: {first: 60 days, experienced_after: 180 days}
rest: {turns_between: 0, hours_between: 1 hour, longest_unbroken: 60 days}
teams: {paas: {newcomers: {first: 61 days, experienced_after: 181 days}, rest: {turns_between: 0, hours_between: 2 hours, longest_unbroken: 61 days}}}
== policies/publishing.yaml
site: https://example.org/rota/
back: 4 weeks
ahead: 10 weeks
names: full
reach: [slack]
requests: false
== policies/messages.yaml
news: {to: [affected], by: [github]}
email: {from: rota@example.org}
quiet_hours: {from: "20:00", to: "08:00"}
== policies/time-off.yaml
awake: 0.25 days
woken: 0.5 days
day: 7 hours
extra: {after: 1 hour, each: 2 hours, days: 0.2, part: up}
group: 3 hours
asleep: {from: "22:00", to: "07:00"}
in_hours: [day]
rest: {hours: 11}
amendments:
  - first_day: 2026-12-11
    awake: 0.3 days
    woken: 0.6 days
    day: 7.5 hours
    extra: {after: 4 hours, each: 5 hours, days: 0.4, part: down}
    group: 6 hours
    asleep: {from: "22:10", to: "07:10"}
    in_hours: [day, night]
    rest: {hours: 12}
`;
