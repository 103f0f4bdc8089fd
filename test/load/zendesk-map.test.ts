/** What `zendesk` of a policy on tickets means, and its faults, each with what to write instead. */
import { describe, expect, test } from 'vitest';
import { checked, loaded } from '../handbook.ts';

const POLICY = 'policies/tickets/desk.yaml';
const WHOLE = `{
    services: [{organization: 11, tag: intranet, service: intranet}, {brand: 12, group: 13, service: none}],
    priorities: {urgent: P1, low: P2},
    statuses: {hold: on-hold, 21: on-hold},
    estimate: {field: 31, unit: hours}}`;

/** Two services of one policy, of which only one has the priority P3. */
const handbook = (zendesk: string) => `
== rotas/web/team.yaml
name: Web
== policies/support-hours/web.yaml
name: Web
timezone: Europe/London
windows: {in-hours: [{days: every, from: "09:00", to: "17:00"}]}
== policies/service-levels/plain.yaml
{name: Plain, hours: web, priorities: {P1: {name: Critical}, P2: {name: Other}}, clock: {in-hours: none}}
== policies/service-levels/plus.yaml
{name: Plus, hours: web, priorities: {P1: {name: Critical}, P2: {name: Other}, P3: {name: Least}}, clock: {in-hours: none}}
== policies/services.yaml
services:
  intranet: {name: Intranet, team: web, service_level: plain, tickets: desk}
  shop: {name: Shop, team: web, service_level: plus, tickets: desk}
  blog: {name: Blog, team: web}
== ${POLICY}
statuses: {new: {}, open: {}, on-hold: {}}
zendesk: ${zendesk}
`;

test('which tickets are whose, and what names and numbers mean', () => {
  const text = handbook(WHOLE);
  expect(checked(text)).toEqual([]);
  expect(loaded(text).handbook.ticketPolicies.get('desk')?.zendesk).toEqual({
    services: [
      { organization: 11, brand: undefined, group: undefined, tag: 'intranet', service: 'intranet' },
      { organization: undefined, brand: 12, group: 13, tag: undefined, service: undefined },
    ],
    priorities: new Map([
      ['urgent', 'P1'],
      ['low', 'P2'],
    ]),
    statuses: new Map([
      ['21', 'on-hold'],
      ['hold', 'on-hold'],
    ]),
    estimate: { field: '31', unit: 'hours' },
  });
});

describe('what is wrong is found at its place', () => {
  test.each<[passage: string, other: string, ...found: string[]]>([
    [
      'service: intranet}',
      'service: intranett}',
      '3:59 there is no service "intranett" in the services that name this policy; did you mean "intranet"? [known-names]',
    ],
    [
      'service: intranet}',
      'service: blog}',
      '3:59 there is no service "blog" in the services that name this policy [known-names]',
    ],
    [
      'urgent: P1',
      'urgent: P4',
      '4:26 there is no priority "P4" in the service levels of all these services; did you mean "P1"? [known-names]',
    ],
    [
      'service: none}],\n    priorities: {urgent: P1',
      'service: shop}],\n    priorities: {urgent: P3',
      '4:26 there is no priority "P3" in the service levels of all these services; did you mean "P1"? [known-names]',
    ],
    [
      'service: intranet}, {brand: 12, group: 13, service: none}],\n    priorities: {urgent: P1',
      'service: shop}, {brand: 12, group: 13, service: intranet}],\n    priorities: {urgent: P3',
      '4:26 there is no priority "P3" in the service levels of all these services; did you mean "P1"? [known-names]',
    ],
    ['urgent: P1', 'urgently: P1', '4:18 "urgently" is not a priority such as "urgent" [schema]'],
    [
      'hold: on-hold',
      'hold: held',
      '5:22 there is no status "held" in the statuses of this policy [known-names]',
    ],
    ['hold: on-hold', 'closed: on-hold', '5:16 "closed" is not a status id such as "hold" [schema]'],
    ['organization: 11', 'organization: Council', '3:31 this is text, and an id is a whole number [schema]'],
    ['organization: 11', 'organization: -1', '3:31 -1 is out of bounds; an id is at least 1 [schema]'],
    [
      'organization: 11',
      'organization: 1e400',
      '3:31 this is a number, and an id is a whole number [schema]',
    ],
    [
      'organization: 11',
      'organisation: 11',
      '3:17 "organisation" is not a key of a match; did you mean "organization"? [schema]',
    ],
    [
      'organization: 11, tag: intranet, ',
      '',
      '3:16 this has too few entries; a match needs at least 2 entries [schema]',
    ],
    ['tag: intranet', 'tag: two words', '3:40 "two words" is not a tag such as "intranet" [schema]'],
    ['{field: 31, unit: hours}', '{unit: hours}', '6:15 "field" is missing from "estimate" [schema]'],
    ['unit: hours', 'unit: weeks', '6:33 "weeks" is not one of minutes, hours and days [schema]'],
    [
      'services: [',
      'services: [], servises: [',
      '3:15 this has too few entries; "services" needs at least one entry [schema]',
      '3:19 "servises" is not a key of "zendesk"; did you mean "services"? [schema]',
    ],
    [
      'priorities: {urgent: P1, low: P2}',
      'priorities: {}',
      '4:17 this has too few entries; "priorities" needs at least one entry [schema]',
    ],
    [
      'statuses: {hold',
      '__proto__: {}, statuses: {hold',
      '5:5 "__proto__" is not a key of "zendesk"; its keys are services, priorities, statuses and estimate [schema]',
    ],
  ])('%j, now %j', (passage, other, ...found) => {
    const text = handbook(WHOLE);
    expect(text).toContain(passage);
    expect(checked(text.replace(passage, other))).toEqual(found.map((it) => `${POLICY}:${it}`));
  });
});
