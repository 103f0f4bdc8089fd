/** Which events the history of a ticket in Zendesk makes, from responses as Zendesk documents them. */
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../../actions/lib/drivers/zendesk/events.ts';
import { auditPage, ticketPage } from '../../../actions/lib/drivers/zendesk/responses.ts';
import type { ZendeskMap } from '../../../actions/lib/model.ts';
import { ticketFaultText } from '../../../actions/lib/tickets/ticket-faults.ts';
import { instantText } from '../../../actions/lib/time/format.ts';
import { loaded } from '../../handbook.ts';
import {
  type AccountTicket,
  AGENT,
  accountTicket,
  CANARY,
  CLIENT,
  COLLEAGUE,
  change,
  comment,
  MERGE,
  SYSTEM,
  TRIGGER,
  update,
  usersOf,
} from '../../zendesk/account.ts';

const POLICY = `
== policies/tickets/desk.yaml
statuses: {new: {}, open: {}, on-hold: {}, pending: {}, believed-solved: {solved_after: 4 days}}
zendesk:
  services: [{organization: 11, service: none}]
  priorities: {urgent: P1, high: P2, normal: P3}
  statuses: {21: believed-solved, 22: on-hold, 23: pending}
  estimate: {field: 31}
`;
const policy = loaded(POLICY).handbook.ticketPolicies.get('desk');

interface Given {
  readonly map?: Partial<ZendeskMap>;
  readonly hasPriorities?: boolean;
  readonly withoutUsers?: boolean;
}

/** The events of a ticket, one line each: the time of 25 November, the kind, and what it holds. */
function told({ ticket, audits }: AccountTicket, given: Given = {}): string[] {
  const [parsed] = ticketPage({ tickets: [ticket], end_of_stream: true }).items;
  const { items } = auditPage({ audits, ...(given.withoutUsers ? {} : { users: usersOf(audits) }) });
  if (parsed === undefined || policy?.zendesk === undefined) throw new Error('there is nothing to test');
  const { hasPriorities = true, map } = given;
  const terms = { policy, map: { ...policy.zendesk, ...map }, service: 'site', hasPriorities };
  const { events, faults } = eventsOf(parsed, items, terms);
  expect(JSON.stringify([events, faults])).not.toContain(CANARY);
  return [
    ...events.map(({ at, kind, value, service, author, bot }) =>
      [instantText(at).slice(11, 16), kind, value ?? service, author, bot && 'bot']
        .filter((it) => it !== undefined)
        .join(' '),
    ),
    ...faults.map((fault) => `${fault.ticket ?? 'kept'}: ${ticketFaultText(fault)}`),
  ];
}

const T = (time: string) => `2026-11-25T${time}:00Z`;
const OPENED = '09:12 opened site 900';

describe.each<[why: string, cases: [what: string, ticket: AccountTicket, events: string[], given?: Given][]]>(
  [
    [
      'opening',
      [
        ['by a client', accountTicket({}), [OPENED]],
        [
          'with a priority and an estimate',
          accountTicket({ fields: { priority: 'urgent', 31: '3 hours' } }),
          [OPENED, '09:12 estimate 3 hours', '09:12 priority P1'],
        ],
        ['by an agent for a client, whose words are no reply', accountTicket({ by: AGENT }), [OPENED]],
        ['in another status', accountTicket({ fields: { status: 'open' } }), [OPENED, '09:12 status open']],
        ['and solving it at once', accountTicket({ fields: { status: 'solved' } }), [OPENED, '09:12 solved']],
        [
          'without a requester',
          accountTicket({ now: { requester_id: null } }, update(T('10:00'), AGENT, comment())),
          ['09:12 opened site', '10:00 reply 800'],
        ],
        [
          'recorded a second later, which is the same instant',
          accountTicket({ at: T('09:13'), now: { created_at: T('09:12') } }),
          [OPENED],
        ],
        [
          'without any history',
          { ...accountTicket({}), audits: [] },
          ['1042: Zendesk has no history of this ticket; check that the token reads its audits'],
        ],
      ],
    ],
    [
      'comments',
      [
        ['of an agent', accountTicket({}, update(T('10:00'), AGENT, comment())), [OPENED, '10:00 reply 800']],
        [
          'of an administrator',
          accountTicket({}, update(T('10:00'), 801, comment())),
          [OPENED, '10:00 reply 801'],
        ],
        [
          'that are internal',
          accountTicket({}, update(T('10:00'), AGENT, comment(false))),
          [OPENED, '10:00 note'],
        ],
        [
          'that say nothing of who reads them',
          accountTicket({}, update(T('10:00'), AGENT, comment(true, { public: undefined }))),
          [OPENED, '10:00 note'],
        ],
        [
          'of the client',
          accountTicket({}, update(T('10:00'), CLIENT, comment())),
          [OPENED, '10:00 reply 900'],
        ],
        ['of somebody in copy', accountTicket({}, update(T('10:00'), COLLEAGUE, comment())), [OPENED]],
        [
          'of people whose roles are unknown',
          accountTicket({}, update(T('10:00'), AGENT, comment()), update(T('11:00'), CLIENT, comment())),
          [OPENED, '10:00 reply 800', '11:00 reply 900'],
          { withoutUsers: true },
        ],
        [
          'with an author other than that of the update',
          accountTicket({}, update(T('10:00'), AGENT, comment(true, { author_id: CLIENT }))),
          [OPENED, '10:00 reply 900'],
        ],
        [
          'of the system',
          accountTicket({}, update(T('10:00'), SYSTEM, comment())),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'of a trigger within an update by an agent',
          accountTicket({}, update(T('10:00'), AGENT, comment(true, { via: TRIGGER }), comment(false))),
          [OPENED, '10:00 reply bot', '10:00 note'],
        ],
        [
          'of a trigger that is a number',
          accountTicket({}, update(T('10:00'), AGENT, comment(true, { via: { channel: 8 } }))),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'of an automation',
          accountTicket({}, { ...update(T('10:00'), AGENT, comment()), via: TRIGGER }),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'of a bot that answers with articles',
          accountTicket(
            {},
            update(T('10:00'), AGENT, comment(true, { via: { channel: 'answer_bot_for_web_widget' } })),
          ),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'that another ticket left when it was merged into this one',
          accountTicket({}, { ...update(T('10:00'), AGENT, comment()), via: MERGE }),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'that are written for an agent who merges',
          accountTicket({}, update(T('10:00'), AGENT, comment(true, { via: { ...MERGE, channel: 'web' } }))),
          [OPENED, '10:00 reply bot'],
        ],
        [
          'that are made private later, which is an edit',
          accountTicket(
            {},
            update(T('10:00'), AGENT, comment()),
            update(T('11:00'), AGENT, { type: 'CommentPrivacyChange', comment_id: 1, public: false }),
          ),
          [OPENED, '10:00 reply 800'],
        ],
      ],
    ],
    [
      'statuses',
      [
        [
          'of Zendesk by their names',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('status', 'open')),
            update(T('11:00'), AGENT, change('status', 'hold')),
            update(T('12:00'), AGENT, change('status', 'pending')),
          ),
          [OPENED, '10:00 status open', '11:00 status on-hold', '12:00 status pending'],
        ],
        [
          'that an account defines itself',
          accountTicket(
            { fields: { custom_status_id: 1 } },
            update(T('10:00'), AGENT, change('status', 'open'), change('custom_status_id', 2)),
            update(T('11:00'), AGENT, change('custom_status_id', 22)),
            update(T('12:00'), AGENT, change('status', 'pending'), change('custom_status_id', '21')),
            update(T('13:00'), CLIENT, comment(), change('status', 'open'), change('custom_status_id', 2)),
          ),
          [
            OPENED,
            '10:00 status open',
            '11:00 status on-hold',
            '12:00 status believed-solved',
            '13:00 reply 900',
            '13:00 status open',
          ],
        ],
        [
          'of which a custom one ends with its status',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('custom_status_id', 22)),
            update(T('11:00'), AGENT, change('status', 'open')),
          ),
          [OPENED, '10:00 status on-hold', '11:00 status open'],
        ],
        [
          'that are the same here, which changes nothing',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('status', 'pending')),
            update(T('11:00'), AGENT, change('custom_status_id', 23)),
          ),
          [OPENED, '10:00 status pending'],
        ],
        [
          'that the policy maps otherwise',
          accountTicket({}, update(T('10:00'), AGENT, change('status', 'pending'))),
          [OPENED, '10:00 status on-hold'],
          { map: { statuses: new Map([['pending', 'on-hold']]) } },
        ],
        [
          'that the policy does not have',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('status', 'lost')),
            update(T('11:00'), AGENT, change('status', 'lost')),
          ),
          [
            OPENED,
            '1042: statuses of zendesk in policies/tickets/desk.yaml has no "lost"; add "lost: <status>"',
          ],
        ],
        [
          'set by a trigger are as good as any',
          accountTicket({}, update(T('10:00'), AGENT, change('status', 'open', { via: TRIGGER }))),
          [OPENED, '10:00 status open'],
        ],
      ],
    ],
    [
      'solving',
      [
        [
          'with an answer, and closing later',
          accountTicket(
            {},
            update(T('10:00'), AGENT, comment(), change('status', 'solved')),
            update(T('11:00'), SYSTEM, change('status', 'closed')),
          ),
          [OPENED, '10:00 reply 800', '10:00 solved'],
        ],
        [
          'and re-opening by the client',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('status', 'solved')),
            update(T('11:00'), CLIENT, comment(), change('status', 'open')),
            update(T('12:00'), AGENT, change('status', 'solved')),
          ),
          [OPENED, '10:00 solved', '11:00 reply 900', '11:00 reopened', '11:00 status open', '12:00 solved'],
        ],
        [
          'in a custom status that is only believed to be solved, until it is closed',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('status', 'solved'), change('custom_status_id', 21)),
            update(T('11:00'), SYSTEM, change('status', 'closed')),
          ),
          [OPENED, '10:00 status believed-solved', '11:00 solved'],
        ],
        [
          'because it was merged into another ticket, which leaves it out',
          accountTicket(
            {},
            {
              ...update(T('10:00'), AGENT, comment(), change('status', 'closed')),
              via: MERGE,
            },
          ),
          [],
        ],
      ],
    ],
    [
      'priorities and estimates',
      [
        [
          'that change',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change('priority', 'normal'), change(31, '30 minutes')),
            update(T('11:00'), AGENT, change('priority', 'high'), change(31, '0.5 days')),
          ),
          [
            OPENED,
            '10:00 priority P3',
            '10:00 estimate 30 minutes',
            '11:00 priority P2',
            '11:00 estimate 0.5 days',
          ],
        ],
        [
          'that are taken away stay',
          accountTicket(
            { fields: { priority: null, 31: '' } },
            update(T('10:00'), AGENT, change('priority', null), change(31, null)),
          ),
          [OPENED],
        ],
        [
          'that the map leaves out',
          accountTicket({}, update(T('10:00'), AGENT, change('priority', 'low'))),
          [
            OPENED,
            '1042: priorities of zendesk in policies/tickets/desk.yaml has no "low"; add "low: <priority>"',
          ],
        ],
        [
          'of a policy without a map of priorities',
          accountTicket({ fields: { priority: 'low' } }),
          [OPENED],
          { map: { priorities: undefined } },
        ],
        [
          'of a service that has none',
          accountTicket({ fields: { priority: 'low' } }),
          [OPENED],
          { hasPriorities: false },
        ],
        [
          'as the tag of a choice',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change(31, '3_hours')),
            update(T('11:00'), AGENT, change(31, ' 1 Hour ')),
          ),
          [OPENED, '10:00 estimate 3 hours', '11:00 estimate 1 hour'],
        ],
        [
          'as a number of hours',
          accountTicket(
            {},
            update(T('10:00'), AGENT, change(31, '2.3333333')),
            update(T('11:00'), AGENT, change(31, 4)),
          ),
          [OPENED, '10:00 estimate 2.33 hours', '11:00 estimate 4 hours'],
          { map: { estimate: { field: '31', unit: 'hours' } } },
        ],
        [
          'that cannot be read leave no ticket out, and are not quoted',
          accountTicket({ fields: { 31: `as ${CANARY} said` } }, update(T('10:00'), AGENT, change(31, '0'))),
          [OPENED, 'kept: field 31 of ticket 1042 holds no estimate, so it has none; write "3 hours" there'],
        ],
        [
          'in another field are none',
          accountTicket({ fields: { 32: '3 hours', subject: '3 hours' } }),
          [OPENED],
        ],
      ],
    ],
    [
      'whatever else is in a history',
      [
        [
          'is passed over',
          accountTicket(
            {},
            update(
              T('10:00'),
              AGENT,
              { type: 'Notification', subject: CANARY, body: CANARY },
              { type: 'Cc' },
              {},
            ),
            update(T('10:30'), AGENT, change('tags', [CANARY]), change('first_reply_time', { minutes: 60 })),
            update(T('11:00'), AGENT, comment()),
          ),
          [OPENED, '11:00 reply 800'],
        ],
      ],
    ],
  ],
)('%s', (_, cases) => {
  test.each(cases)('%s', (__, ticket, events, given) => {
    expect(told(ticket, given)).toEqual(events);
  });
});

test('updates that come in another order make the same events, also those of one second', () => {
  const ticket = accountTicket(
    {},
    update(T('10:00'), AGENT, comment(), change('status', 'pending')),
    update(T('10:00'), CLIENT, comment(), change('status', 'open')),
    update(T('11:00'), AGENT, change('status', 'pending')),
  );
  expect(told({ ...ticket, audits: ticket.audits.toReversed() })).toEqual(told(ticket));
});
