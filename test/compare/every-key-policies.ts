/**
 * Who agrees to a change of each key of the policies: the key (several with ` + `), what stands in the handbook, what
 * replaces it (several with ` & `), and who is asked. Asserts nothing.
 */
export const POLICY_ROWS = String.raw`
escalation.name | name: Main | name: Chain | code owners
escalation.applies_in | [night, day, gala] | [night, gala] | lead-paas
escalation.levels.[].notify | [paas/nights/engineer, contact: desk] | [paas/nights/shadow, contact: desk] | lead-paas
escalation.levels.[].notify.[].contact | [paas/nights/engineer, contact: desk] | [paas/nights/engineer, contact: bell] | lead-paas
escalation.levels.[].notify.[].person | person: fay | person: hal | hal; lead-paas
escalation.levels.[].notify.[].person | fay], escalate_after: 6 & gus], escalate_after: 8 | gus], escalate_after: 6 & fay], escalate_after: 8 | gus; lead-paas
escalation.levels.[].escalate_after | escalate_after: 5 minutes | escalate_after: 9 minutes | lead-paas
escalation.levels.[].only_for | only_for: [P1] | only_for: [P2] | gus; lead-paas
escalation.levels.[].only_for | only_for: [P1] | only_for: [P1, P2] | gus; lead-paas
escalation.levels.[].at_once_for | at_once_for: [P1] | at_once_for: [P1, P2] | fay; lead-paas
escalation.levels.[].at_once_for | escalate_after: 8 minutes | escalate_after: 8 minutes, at_once_for: [P1] | gus; lead-paas
escalation.repeats | repeats: 2 | repeats: 3 | lead-paas
escalation.pagerduty.policy | policy: PMAIN | policy: PNEW | lead-paas

holidays.name | name: Bank holidays | name: Holidays | code owners
holidays.region | GB-ENG | GB-WLS | code owners
holidays.timezone | source: GOV.UK\ntimezone: Europe/London | source: GOV.UK\ntimezone: Europe/Paris | lead-paas or lead-web
holidays.complete_from | 2026-01-01\ncomplete_until: 2030-12-31\nholidays: {2026-12-25 | 2026-01-02\ncomplete_until: 2030-12-31\nholidays: {2026-12-25 | code owners
holidays.complete_until | 2030-12-31\nholidays: {2026-12-25 | 2030-12-30\nholidays: {2026-12-25 | code owners
holidays.holidays.* | 2026-12-25: Christmas | 2026-12-25: Christmas, 2026-12-08: A feast | ben; dee; del; eve; fay; gus; joe; kim; lead-paas; lead-paas or lead-web
holidays.holidays.* | 2026-12-25: Christmas | 2026-12-25: Christmas, 2027-05-03: Early May | code owners
holidays.holidays.*.name | name: Boxing Day | name: Another day | code owners
holidays.holidays.*.observed_on | observed_on: 2026-12-28 | observed_on: 2026-12-25 | code owners
holidays.added.* | added: {2027-05-10: Team day} | added: {2027-05-10: Team day, 2026-12-08: Another} | ben; dee; del; eve; fay; gus; joe; kim; lead-paas; lead-paas or lead-web

messages.news.to | to: [affected] | to: [team-leads] | code owners
messages.news.by | by: [github] | by: [email] | code owners
messages.email.from | rota@example.org | news@example.org | code owners
messages.quiet_hours.from | {from: "20:00" | {from: "21:00" | code owners
messages.quiet_hours.to | to: "08:00" | to: "07:30" | code owners

notice.rota_change.minimum | minimum: 7 days | minimum: 1 day | lead-paas or lead-web
notice.rota_change.recommended | recommended: 14 days | recommended: 8 days | lead-paas or lead-web
notice.short_cover.longest | longest: 1 day | longest: 9 days | lead-paas or lead-web
notice.emergency.label | label: emergency, | label: urgent, | lead-paas or lead-web
notice.emergency.approved_by | emergency, approved_by: team-leads | emergency, approved_by: policy-owners | lead-paas or lead-web
notice.out_of_hours_change.minimum | minimum: 48 hours | minimum: 1 hour | lead-paas or lead-web
notice.published_ahead | published_ahead: 8 weeks | published_ahead: 7 weeks | lead-paas or lead-web
notice.consent | [both-people, delivery-leads] | [both-people] | lead-paas or lead-web
notice.correction.label | label: correction}\nteams | label: mistake}\nteams | lead-paas or lead-web
notice.teams.*.rota_change.minimum | minimum: 8 days | minimum: 1 day | lead-paas
notice.teams.*.rota_change.recommended | recommended: 15 days | recommended: 9 days | lead-paas
notice.teams.*.short_cover.longest | longest: 2 days | longest: 9 days | lead-paas
notice.teams.*.emergency.label | emergency-paas | urgent-paas | lead-paas
notice.teams.*.emergency.approved_by | emergency-paas, approved_by: team-leads | emergency-paas, approved_by: policy-owners | lead-paas
notice.teams.*.out_of_hours_change.minimum | minimum: 50 hours | minimum: 1 hour | lead-paas
notice.teams.*.published_ahead | published_ahead: 9 weeks | published_ahead: 8 weeks | lead-paas
notice.teams.*.consent | [delivery-leads, both-people] | [both-people] | lead-paas
notice.teams.*.correction.label | correction-paas | mistake-paas | lead-paas

on-call.newcomers.first | first: 60 days | first: 1 day | code owners
on-call.newcomers.experienced_after | experienced_after: 180 days | experienced_after: 170 days | code owners
on-call.rest.turns_between | rest: {turns_between: 0, hours_between: 1 hour | rest: {turns_between: 1, hours_between: 1 hour | code owners
on-call.rest.hours_between | hours_between: 1 hour | hours_between: 1 minute | code owners
on-call.rest.longest_unbroken | longest_unbroken: 60 days | longest_unbroken: 90 days | code owners
on-call.teams.*.newcomers.first | first: 61 days | first: 1 day | code owners
on-call.teams.*.newcomers.experienced_after | experienced_after: 181 days | experienced_after: 171 days | code owners
on-call.teams.*.rest.turns_between | rest: {turns_between: 0, hours_between: 2 hours | rest: {turns_between: 1, hours_between: 2 hours | code owners
on-call.teams.*.rest.hours_between | hours_between: 2 hours | hours_between: 2 minutes | code owners
on-call.teams.*.rest.longest_unbroken | longest_unbroken: 61 days | longest_unbroken: 91 days | code owners

onboarding.name | name: Start | name: Begin | code owners
onboarding.teams | teams: [paas] | teams: [paas, web] | code owners
onboarding.rotas | rotas: [paas/nights] | rotas: [paas/nights, web/days] | code owners
onboarding.items.[].id | id: desk, text | id: table, text | code owners
onboarding.items.[].text | text: Access to the VPN | text: Access to all | code owners
onboarding.items.[].ask | ask: paas/nights/engineer | ask: web/days/developer-1 | code owners
onboarding.items.[].ask.person | ask: {person: del} | ask: {person: gus} | code owners
onboarding.items.[].ask.team | ask: {team: paas} | ask: {team: web} | code owners
onboarding.items.[].link | example.org/vpn | example.org/new-vpn | code owners
onboarding.items.[].before | before: first-turn | before: first-on-call-turn | code owners
onboarding.items.[].retired | del}, retired: true | del} | code owners

publishing.site | https://example.org/rota/ | https://example.org/rotas/ | code owners
publishing.back | back: 4 weeks | back: 3 weeks | lead-paas or lead-web
publishing.ahead | ahead: 10 weeks | ahead: 9 weeks | lead-paas or lead-web
publishing.names | names: full | names: initials | lead-paas or lead-web
publishing.reach | reach: [slack] | reach: [slack, phone, email] | lead-paas or lead-web
publishing.requests | requests: false | requests: true | lead-paas or lead-web

service-levels.name | name: Gold | name: Golden | code owners
service-levels.hours | hours: web\npriorities | hours: paas\npriorities | lead-web
service-levels.default_priority | default_priority: P2\nfirst | default_priority: P1\nfirst | code owners
service-levels.first_response | 2 working days | 1 working day | code owners
service-levels.priorities.*.name | name: Critical\n    when | name: Severe\n    when | code owners
service-levels.priorities.*.when | when: All is down\n | when: All is away\n | code owners
service-levels.priorities.*.in_hours.respond | respond: 20 minutes | respond: 25 minutes | code owners
service-levels.priorities.*.in_hours.update | update: 1 hour | update: 90 minutes | code owners
service-levels.priorities.*.in_hours.resolve | resolve: 4 hours | resolve: 5 hours | code owners
service-levels.priorities.*.in_hours.as_soon_as_possible | {update: 50 minutes, as_soon_as_possible: true} | {update: 50 minutes} | code owners
service-levels.priorities.*.out_of_hours.respond | respond: 40 minutes | respond: 45 minutes | code owners
service-levels.priorities.*.out_of_hours.update | update: 2 hours | update: 3 hours | code owners
service-levels.priorities.*.out_of_hours.resolve | resolve: 8 hours | resolve: 9 hours | code owners
service-levels.priorities.*.out_of_hours.as_soon_as_possible | {update: 55 minutes, as_soon_as_possible: true} | {update: 55 minutes} | code owners
service-levels.clock.* | gala: none}\npauses | gala: out_of_hours}\npauses | code owners
service-levels.pauses.respond | {respond: [on-hold], | {respond: [pending], | code owners
service-levels.pauses.update | update: [on-hold, pending] | update: [on-hold] | code owners
service-levels.pauses.resolve | resolve: [on-hold, solved] | resolve: [on-hold] | code owners
service-levels.amendments.[].first_day | first_day: 2026-12-10\n | first_day: 2026-12-11\n | code owners
service-levels.amendments.[].default_priority | default_priority: P2\n    first | default_priority: P1\n    first | code owners
service-levels.amendments.[].first_response | 3 working days | 4 working days | code owners
service-levels.amendments.[].priorities.*.name | Critical then | Severe then | code owners
service-levels.amendments.[].priorities.*.when | All is down then | All is away then | code owners
service-levels.amendments.[].priorities.*.in_hours.respond | respond: 21 minutes | respond: 22 minutes | code owners
service-levels.amendments.[].priorities.*.in_hours.update | update: 61 minutes | update: 62 minutes | code owners
service-levels.amendments.[].priorities.*.in_hours.resolve | resolve: 241 minutes | resolve: 242 minutes | code owners
service-levels.amendments.[].priorities.*.in_hours.as_soon_as_possible | {update: 51 minutes, as_soon_as_possible: true} | {update: 51 minutes} | code owners
service-levels.amendments.[].priorities.*.out_of_hours.respond | respond: 41 minutes | respond: 42 minutes | code owners
service-levels.amendments.[].priorities.*.out_of_hours.update | update: 121 minutes | update: 122 minutes | code owners
service-levels.amendments.[].priorities.*.out_of_hours.resolve | resolve: 481 minutes | resolve: 482 minutes | code owners
service-levels.amendments.[].priorities.*.out_of_hours.as_soon_as_possible | {update: 56 minutes, as_soon_as_possible: true} | {update: 56 minutes} | code owners
service-levels.amendments.[].clock.* | gala: none}\n    pauses | gala: out_of_hours}\n    pauses | code owners
service-levels.amendments.[].pauses.respond | respond: [on-hold, open] | respond: [on-hold] | code owners
service-levels.amendments.[].pauses.update | update: [on-hold, new] | update: [on-hold] | code owners
service-levels.amendments.[].pauses.resolve | resolve: [on-hold, pending] | resolve: [on-hold] | code owners

services.services.*.name | name: Site | name: Website | code owners
services.services.*.team | name: Site\n    team: paas | name: Site\n    team: web | lead-paas; lead-web
services.services.*.service_level | service_level: silver | service_level: bronze | lead-web
services.services.*.service_level | service_level: gold | service_level: bronze | code owners
services.services.*.tickets | tickets: other | tickets: desk | code owners
services.services.*.escalation.* | {day: days, night | {day: main, night | fay; gus; lead-paas
services.services.*.escalation.* | escalation: {day: days}} | escalation: {day: days, night: main}} | fay; gus; lead-paas; lead-web
services.services.*.critical_reasons | critical_reasons: [All is down] | critical_reasons: [Little is down] | lead-paas
services.services.*.pagerduty.service | service: PSITE | service: PNEW | lead-paas
services.services.*.duties | Answer the owner | Answer all owners | code owners
services.services.*.runbook | service-runbook | service-book | code owners
services.services.*.links.* | service-status | service-state | code owners

support-hours.name | name: Hours of PaaS | name: Hours | code owners
support-hours.timezone | name: Hours of PaaS\ntimezone: Europe/London | name: Hours of PaaS\ntimezone: Europe/Paris | ben; chi; del; fay; gus; ida; lead-paas; lead-web
support-hours.holidays | holidays: [bank]\nworking_days | holidays: more\nworking_days | fay; gus; lead-paas; lead-web
support-hours.holidays | holidays: [bank]\nworking_days | holidays: [bank, more]\nworking_days | fay; gus; lead-paas; lead-web
support-hours.working_days | working_days: [monday, tuesday, wednesday, thursday, friday]\nwindows | working_days: [monday, tuesday, wednesday, thursday]\nwindows | ben; chi; del; fay; gus; ida; lead-paas; lead-web
support-hours.windows.*.[].days | {days: working, from: "09:30" | {days: every, from: "09:30" | dee; eve; hal; joe; kim; lead-web
support-hours.windows.*.[].days | days: [sunday], from: "03:00" | days: [monday], from: "03:00" | ben; chi; del; fay; gus; ida; lead-paas; lead-web
support-hours.windows.*.[].from | from: "09:00", to: "17:00" | from: "09:30", to: "17:00" | ben; chi; del; fay; gus; ida; lead-paas; lead-web
support-hours.windows.*.[].to | from: "09:00", to: "17:00" | from: "09:00", to: "17:30" | ben; chi; del; fay; gus; ida; lead-paas; lead-web
support-hours.windows.*.outside + support-hours.windows.*.[].days + support-hours.windows.*.[].from + support-hours.windows.*.[].to | to: "16:30"}], night: {outside: [day]} | to: "16:30"}], eve: [{days: working, from: "18:00", to: "19:00"}], night: {outside: [day, eve]} | lead-web
support-hours.covered_by.* + support-hours.covered_by.*.[].any | [paas/nights/engineer, {any: [paas/nights/shadow, paas/nights/engineer]}] | [{any: [paas/nights/shadow, paas/nights/engineer]}] | code owners
support-hours.covered_by.*.[].any | {any: [paas/nights/shadow, paas/nights/engineer]} | {any: [paas/nights/engineer]} | code owners
support-hours.continuous | continuous: false\namend | continuous: true\namend | code owners
support-hours.amendments.[].first_day | first_day: 2026-12-08\n | first_day: 2026-12-15\n | ben; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].windows.*.[].days | {days: working, from: "09:31" | {days: every, from: "09:31" | dee; eve; hal; joe; kim; lead-web; lou
support-hours.amendments.[].windows.*.[].days | days: [sunday], from: "03:01" | days: [monday], from: "03:01" | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].windows.*.[].from | from: "09:01", to: "17:01" | from: "09:31", to: "17:01" | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].windows.*.[].to | from: "09:01", to: "17:01" | from: "09:01", to: "17:31" | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].windows.*.outside + support-hours.amendments.[].windows.*.[].days + support-hours.amendments.[].windows.*.[].from + support-hours.amendments.[].windows.*.[].to | to: "16:31"}], night: {outside: [day]} | to: "16:31"}], eve: [{days: working, from: "18:00", to: "19:00"}], night: {outside: [day, eve]} | lead-web
support-hours.amendments.[].working_days | working_days: [monday, tuesday, wednesday, thursday, friday]\n    holidays | working_days: [monday, tuesday, wednesday, thursday]\n    holidays | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].holidays | holidays: [bank]\n    windows | holidays: more\n    windows | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].holidays | holidays: [bank]\n    windows | holidays: [bank, more]\n    windows | ben; chi; del; fay; gus; lead-paas; lead-web
support-hours.amendments.[].continuous | continuous: false\n    covered | continuous: true\n    covered | code owners
support-hours.amendments.[].covered_by.* + support-hours.amendments.[].covered_by.*.[].any | [paas/nights/engineer, {any: [paas/nights/engineer]}] | [{any: [paas/nights/engineer]}] | code owners
support-hours.amendments.[].covered_by.*.[].any | {any: [paas/nights/engineer]} | {any: [paas/nights/engineer, paas/nights/shadow]} | code owners

tickets.statuses.*.asks | {asks: reason} | {} | code owners
tickets.statuses.*.solved_after | solved_after: 4 days | solved_after: 5 days | code owners
tickets.groups.[].id | id: first-line | id: line-one | code owners
tickets.groups.[].up_to | up_to: 1 hour | up_to: 2 hours | code owners
tickets.groups.[].role | 1 hour, role: paas/nights/engineer | 1 hour, role: web/days/developer-1 | code owners
tickets.groups.[].notify | {id: scoping, notify: leads} | {id: scoping} | code owners
tickets.day | day: 7 hours\nwarn | day: 8 hours\nwarn | code owners
tickets.warn_at | warn_at: 75% | warn_at: 80% | code owners
tickets.zendesk.services.[].organization | organization: 11 | organization: 21 | code owners
tickets.zendesk.services.[].brand | brand: 12 | brand: 22 | code owners
tickets.zendesk.services.[].group | group: 13 | group: 23 | code owners
tickets.zendesk.services.[].tag | tag: intranet | tag: extranet | code owners
tickets.zendesk.services.[].service | intranet, service: site | intranet, service: none | code owners
tickets.zendesk.priorities.* | urgent: P1 | urgent: P2 | code owners
tickets.zendesk.statuses.* | {hold: on-hold} | {hold: pending} | code owners
tickets.zendesk.estimate.field | field: 31 | field: 32 | code owners
tickets.zendesk.estimate.unit | unit: hours | unit: minutes | code owners

time-off.awake | awake: 0.25 days | awake: 0 days | lead-paas or lead-web
time-off.woken | woken: 0.5 days | woken: 0 days | lead-paas or lead-web
time-off.day | day: 7 hours\nextra | day: 8 hours\nextra | lead-paas or lead-web
time-off.extra.after | after: 1 hour | after: 9 hours | lead-paas or lead-web
time-off.extra.each | each: 2 hours | each: 3 hours | lead-paas or lead-web
time-off.extra.days | days: 0.2, | days: 0.1, | lead-paas or lead-web
time-off.extra.part | part: up | part: exact | lead-paas or lead-web
time-off.group | group: 3 hours | group: 9 hours | lead-paas or lead-web
time-off.asleep.from | from: "22:00" | from: "23:00" | lead-paas or lead-web
time-off.asleep.to | to: "07:00" | to: "06:00" | lead-paas or lead-web
time-off.in_hours | in_hours: [day]\n | in_hours: [day, gala]\n | lead-paas or lead-web
time-off.rest.hours | hours: 11 | hours: 0 | lead-paas or lead-web
time-off.amendments.[].first_day | first_day: 2026-12-11 | first_day: 2026-12-12 | lead-paas or lead-web
time-off.amendments.[].awake | awake: 0.3 days | awake: 0 days | lead-paas or lead-web
time-off.amendments.[].woken | woken: 0.6 days | woken: 0 days | lead-paas or lead-web
time-off.amendments.[].day | day: 7.5 hours | day: 8 hours | lead-paas or lead-web
time-off.amendments.[].extra.after | after: 4 hours | after: 9 hours | lead-paas or lead-web
time-off.amendments.[].extra.each | each: 5 hours | each: 6 hours | lead-paas or lead-web
time-off.amendments.[].extra.days | days: 0.4 | days: 0.1 | lead-paas or lead-web
time-off.amendments.[].extra.part | part: down | part: exact | lead-paas or lead-web
time-off.amendments.[].group | group: 6 hours | group: 9 hours | lead-paas or lead-web
time-off.amendments.[].asleep.from | from: "22:10" | from: "23:00" | lead-paas or lead-web
time-off.amendments.[].asleep.to | to: "07:10" | to: "06:00" | lead-paas or lead-web
time-off.amendments.[].in_hours | in_hours: [day, night] | in_hours: [day, gala] | lead-paas or lead-web
time-off.amendments.[].rest.hours | hours: 12 | hours: 0 | lead-paas or lead-web
`;
