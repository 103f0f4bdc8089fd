/**
 * Who agrees to a change of each key of people, teams, rotas and planned changes: the key (several with ` + `), what
 * stands in the handbook, what replaces it (several with ` & `), and who is asked. Asserts nothing.
 */
export const ROTA_ROWS = String.raw`
people.people.*.name | name: Ben | name: Benjamin | ben or lead-paas
people.people.*.skills | writer, cook] | writer] | code owners
people.people.*.github | github: ben-a | github: ben-b | ben or lead-paas
people.people.*.pagerduty | pagerduty: PBEN | pagerduty: PNEW | ben or lead-paas
people.people.*.slack | slack: U0BEN | slack: U0NEW | ben or lead-paas
people.people.*.zendesk | zendesk: 9001 | zendesk: 9999 | ben or lead-paas
people.people.*.email | email: ben@example.org | email: new@example.org | ben or lead-paas
people.people.*.vetted_on | vetted_on: 2025-02-03 | vetted_on: 2025-02-04 | lead-paas
people.people.*.on_call_since | on_call_since: 2025-01-01 | on_call_since: 2025-01-20 | ben or lead-paas
people.people.*.delivery_lead | delivery_lead: del | delivery_lead: gus | del or lead-paas
people.people.*.away.[].first_day | first_day: 2027-06-01 | first_day: 2027-06-02 | code owners
people.people.*.away.[].last_day | last_day: 2027-06-03 | last_day: 2027-06-04 | code owners
people.people.*.away.[].reason | reason: leave | reason: rest | code owners
people.people.*.away.[].from | from: 2027-06-08T09:00 | from: 2027-06-08T10:00 | code owners
people.people.*.away.[].to | to: 2027-06-08T13:00 | to: 2027-06-08T14:00 | code owners
people.people.*.works.[].days | friday, saturday, sunday], since | friday, sunday], since | code owners
people.people.*.works.[].since | since: 2025-01-06 | since: 2025-02-06 | code owners
people.people.*.works.[].on_call | on_call: false}] | on_call: true}] | code owners
people.people.*.holidays | holidays: [bank]\n    zone | holidays: more\n    zone | code owners
people.people.*.holidays | holidays: [bank]\n    zone | holidays: [bank, more]\n    zone | code owners
people.people.*.zone | zone: Europe/Dublin | zone: Europe/Berlin | code owners
people.people.*.first_day | first_day: 2025-01-07 | first_day: 2025-01-08 | code owners
people.people.*.last_day | last_day: 2029-03-31 | last_day: 2029-04-30 | ben or lead-paas
people.people.*.onboarded.*.* | vpn: 2025-01-08 | vpn: 2025-01-07 | lead-paas
people.people.*.reach.slack | slack: "@ben" | slack: "@benjamin" | ben or lead-paas
people.people.*.reach.phone | +44 20 7946 0001 | +44 20 7946 0002 | ben or lead-paas
people.people.*.reach.email | ben.at.night | ben.by.night | ben or lead-paas
people.contacts.*.name | name: Inbox | name: Inboxes | lead-paas
people.contacts.*.email | inbox@example.org | inboxes@example.org | lead-paas
people.contacts.*.pagerduty | pagerduty: PINBOX | pagerduty: PNEW | lead-paas
people.contacts.*.pagerduty | pagerduty: PINBOX | pagerduty: PGUS | gus; lead-paas
people.contacts.*.reach.slack | slack: "#inbox" | slack: "#inboxes" | lead-paas
people.contacts.*.reach.phone | +44 20 7946 0009 | +44 20 7946 0008 | lead-paas
people.contacts.*.reach.email | inbox.at.night | inbox.by.night | lead-paas

planned-changes.changes.*.service | service: site\n    summary | service: shop\n    summary | chi; lead-web
planned-changes.changes.*.summary | summary: Move the database | summary: Move the site | nobody
planned-changes.changes.*.timezone | timezone: Europe/London\n    from | timezone: Europe/Paris\n    from | chi; lead-paas
planned-changes.changes.*.from | from: 2026-12-14T11:00 | from: 2026-12-14T10:00 | chi; lead-paas
planned-changes.changes.*.to | to: 2026-12-14T16:30 | to: 2026-12-14T16:00 | chi
planned-changes.changes.*.requested_at | requested_at: 2026-11-20T10:30:00Z | requested_at: 2026-11-19T10:30:00Z | nobody
planned-changes.changes.*.request | issues/42 | issues/43 | nobody
planned-changes.changes.*.assigned.[].role | {role: paas/nights/engineer, person: chi} | {role: paas/nights/shadow, person: chi} | chi; lead-paas
planned-changes.changes.*.assigned.[].person | {role: paas/nights/engineer, person: chi} | {role: paas/nights/engineer, person: ida} | chi; ida

rota.name | name: Nights | name: By night | nobody
rota.timezone | name: Nights\ntimezone: Europe/London | name: Nights\ntimezone: Europe/Dublin | nobody
rota.timezone | name: Nights\ntimezone: Europe/London | name: Nights\ntimezone: Europe/Lisbon | nobody
rota.timezone | name: Monthly\ntimezone: Europe/London | name: Monthly\ntimezone: Europe/Paris | dee; eve
rota.hours | hours: paas\ncovers | hours: web\ncovers | ben; chi; del; ida; lead-paas
rota.covers | covers: [day] | covers: [day, night] | dee; eve; hal; joe; kim; lou
rota.handover.day + rota.roles.*.rotation.[].first_turn | day: tuesday, time: "13:00" & 2026-09-29 | day: wednesday, time: "13:00" & 2026-09-30 | dee; eve
rota.handover.time | {date: 1, time: "11:00"} | {date: 1, time: "11:05"} | dee; eve
rota.handover.weeks | weeks: 1 | weeks: 2 | ben; chi; del; ida
rota.handover.date + rota.roles.*.rotation.[].first_turn | {date: 1, time: "11:00"} & 2026-10-01, people: [dee, eve]}, {first_turn: 2027-01-01 | {date: 2, time: "11:00"} & 2026-10-02, people: [dee, eve]}, {first_turn: 2027-01-01 | dee; eve
rota.handover.every | {every: day, time: "12:00"} | {every: weekday, time: "12:00"} | hal; joe; kim
rota.handover.times | ["06:00", "18:00"] | ["06:00", "18:05"] | dee; eve
rota.handover.[].day | {day: thursday, time: "10:05"} | {day: friday, time: "10:05"} | hal; joe; kim
rota.handover.[].time | {day: thursday, time: "10:05"} | {day: thursday, time: "10:06"} | hal; joe; kim
rota.handover_meeting.time | time: "10:15" | time: "10:20" | nobody
rota.handover_meeting.duration | duration: 30 minutes | duration: 35 minutes | nobody
rota.handover_meeting.where | example.org/hand-over | example.org/elsewhere | nobody
rota.standup.time | time: "09:45" | time: "09:50" | nobody
rota.standup.duration | duration: 15 minutes | duration: 20 minutes | nobody
rota.standup.where | example.org/stand-up | example.org/elsewhere | nobody
rota.roles.*.needs.skills | needs: {skills: [developer], any_skill: [writer, carer] | needs: {skills: [], any_skill: [writer, carer] | nobody
rota.roles.*.needs.any_skill | any_skill: [writer, carer] | any_skill: [writer] | nobody
rota.roles.*.needs.vetted | carer], vetted: true | carer], vetted: false | nobody
rota.roles.*.needs.on_call | vetted: false, on_call: true | vetted: false, on_call: false | nobody
rota.roles.*.rotation.[].first_turn | 2026-10-07, people: [lead-paas] | 2026-10-14, people: [lead-paas] | lead-paas
rota.roles.*.rotation.[].seats | 2026-12-10, seats: 2 | 2026-12-10, seats: 1 | dee; eve
rota.roles.*.rotation.[].people | 2026-09-30, people: [ben, chi, ida] | 2026-09-30, people: [chi, ben, ida] | ben; chi; del
rota.roles.*.rotation.[].people | 2026-12-09, people: [ben, chi, ida] | 2026-12-09, people: [ben, chi, ida, lou] | ben; del; lou
rota.roles.*.turns.* | 2027-01-06: chi | 2027-01-06: ben | ben; chi; del
rota.roles.*.turns.*.* | developer-2: dee, developer-1: eve | developer-2: eve, developer-1: dee | dee; eve
rota.roles.*.seats | helper: {seats: 2 | helper: {seats: 3 | hal; joe; kim
rota.roles.*.follows.role | {role: reader, by: 1} | {role: spare, by: 1} | hal; joe; kim; mia
rota.roles.*.follows.by | {role: reader, by: 1} | {role: reader, by: 2} | hal; joe; kim
rota.roles.*.counts | counts: false\n | counts: true\n | lead-paas
rota.roles.*.counts | people: [mia]}], counts: false | people: [mia]}], counts: true | mia
rota.roles.*.pagerduty.schedule | schedule: PNIGHTS | schedule: PNEW | lead-paas
rota.roles.*.pagerduty.schedules | [PDAYS1, PDAYS2] | [PDAYS2, PDAYS1] | lead-web
rota.roles.*.pagerduty.off_duty | off_duty: inbox | off_duty: desk | lead-paas
rota.roles.*.pagerduty.off_duty | off_duty: inbox | off_duty: nobody | lead-paas
rota.roles.*.duties | Watch the alarms | Watch all alarms | nobody
rota.roles.*.runbook | role-runbook | role-book | nobody
rota.roles.*.links.* | role-logs | role-log | nobody
rota.overrides.[].role | {role: developer-1, turn | {role: developer-2, turn | dee; eve; lou
rota.overrides.[].turn | turn: 2026-12-24, person: lou | turn: 2027-01-07, person: lou | eve; lou
rota.overrides.[].person | turn: 2026-12-24, person: lou | turn: 2026-12-24, person: gus | gus; lou
rota.overrides.[].instead_of | instead_of: chi, reason: swap | reason: swap | nobody
rota.overrides.[].reason | reason: swap | reason: exchange | nobody
rota.overrides.[].from | from: 2026-12-20T18:00 | from: 2026-12-20T19:00 | ben; chi; del
rota.overrides.[].to | to: 2026-12-20T21:00 | to: 2026-12-20T22:00 | ben; chi; del
rota.overrides.[].extra + rota.overrides.[].from + rota.overrides.[].to | 2026-12-29T12:00, to: 2026-12-29T13:00, extra: true | 2026-12-29T20:00, to: 2026-12-29T21:00 | ben; chi; del
rota.amendments.[].first_day | first_day: 2026-12-09, handover: {day | first_day: 2026-12-01, handover: {day | dee; eve
rota.amendments.[].handover.day + rota.roles.*.rotation.[].first_turn | day: tuesday, time: "13:10" & 2026-12-15 | day: wednesday, time: "13:10" & 2026-12-16 | dee; eve
rota.amendments.[].handover.time | day: tuesday, time: "13:10" | day: tuesday, time: "13:15" | dee; eve
rota.amendments.[].handover.weeks | time: "13:10", weeks: 2 | time: "13:10", weeks: 1 | dee; eve
rota.amendments.[].handover.date + rota.roles.*.rotation.[].first_turn | {date: 1, time: "11:10"} & 2027-01-01, people: [eve | {date: 2, time: "11:10"} & 2027-01-02, people: [eve | dee; eve
rota.amendments.[].handover.every | {every: day, time: "12:10"} | {every: weekday, time: "12:10"} | hal; joe; kim
rota.amendments.[].handover.times | ["06:10", "18:10"] | ["06:15", "18:10"] | dee; eve
rota.amendments.[].handover.[].day | {day: monday, time: "10:10"} | {day: tuesday, time: "10:10"} | eve; hal; joe; kim; lou
rota.amendments.[].handover.[].time | {day: monday, time: "10:10"} | {day: monday, time: "10:11"} | hal; joe; kim
rota.amendments.[].hours | hours: paas\n    covers | hours: web\n    covers | ben; chi; del; lead-paas
rota.amendments.[].covers | covers: [night]\n    handover | covers: [night, gala]\n    handover | ben; chi; del; lead-paas

team.name | name: PaaS\nleads | name: Platform\nleads | nobody
team.leads | leads: [lead-paas] | leads: [gus] | lead-paas
team.channel | channel: "#paas" | channel: "#platform" | nobody
team.needs.skills | needs: {skills: [developer], any_skill: [writer, baker] | needs: {skills: [], any_skill: [writer, baker] | nobody
team.needs.any_skill | any_skill: [writer, baker] | any_skill: [writer] | nobody
team.needs.vetted | baker], vetted: true | baker], vetted: false | nobody
team.needs.on_call | vetted: true, on_call: false | vetted: true, on_call: true | nobody
team.slack.channel | C0PAAS | C0PLATFORM | nobody
team.slack.topic | topic: "On support | topic: "On duty | nobody
team.slack.user_groups.* | S0LIST: [paas/nights/engineer] | S0LIST: [paas/nights/shadow] | lead-paas
team.slack.user_groups.*.roles | S0ROLES: {roles: [paas/nights/engineer] | S0ROLES: {roles: [paas/nights/shadow] | lead-paas
team.slack.user_groups.*.owned | engineer], owned: true}}\n  hand_over | engineer], owned: false}}\n  hand_over | lead-paas
team.slack.hand_over.before | before: 15 minutes | before: 20 minutes | nobody
team.slack.hand_over.daily | daily: true | daily: false | nobody
team.slack.news | news: true | news: false | nobody
team.microsoft_teams.hand_over.before | before: 1 hour | before: 2 hours | nobody
team.microsoft_teams.hand_over.daily | 1 hour, daily: false | 1 hour, daily: true | nobody
team.zendesk.groups.*.roles | 360001: {roles: [paas/nights/engineer] | 360001: {roles: [paas/nights/shadow] | lead-paas
team.zendesk.groups.*.removes | removes: false | removes: true | lead-paas
team.zendesk.groups.*.removes | removes: true, owned: true | removes: false, owned: true | lead-paas
team.zendesk.groups.*.owned | removes: true, owned: true | removes: true, owned: false | lead-paas
team.checklists.start | Read all tickets | Read new tickets | nobody
team.checklists.end | Push branches | Push all branches | nobody
team.on_support.keep_free_of | interviews | panels | nobody
team.on_support.fine | sifting | reading | nobody
`;
