/** Timelines of issues, and the events of the ticket that they say. */
import { describe, expect, test } from 'vitest';
import { commandersIn, isTicket, readTicket } from '../../actions/lib/ticketing/read-ticket.ts';
import type { TicketIssue } from '../../actions/lib/ticketing/ticket-issue.ts';
import { instantText } from '../../actions/lib/time/format.ts';
import { ticketBody } from '../requests/bodies.ts';
import { issueWith, runAt, SELF, timelineOf } from './tickets.ts';

const run = runAt('2026-11-27T12:00:00Z');
const WRITERS = new Set(['idris-kamara', 'sofia-marques']);

const read = (issue: TicketIssue, writers: ReadonlySet<string> = WRITERS) => readTicket(run, issue, writers);

/** `10:40 priority HIGH`, without the opening. */
const eventsIn = (...lines: readonly string[]): string[] =>
  read(issueWith(timelineOf(...lines)))
    .events.slice(1)
    .map(({ at, kind, value }) => [instantText(at).slice(11, 16), kind, value].join(' ').trim());

describe('labels', () => {
  test.each<[what: string, lines: string[], events: string[]]>([
    [
      'count from when they are set',
      ['10:40 idris-kamara labels priority: HIGH', '10:50 x labels status: pending'],
      ['10:40 priority HIGH', '10:50 status pending'],
    ],
    [
      'of other kinds and of unknown names count as nothing',
      ['10:40 x labels bug', '10:41 x labels priority: P9', '10:42 x labels status: lost'],
      [],
    ],
    [
      'of ours count as nothing',
      [`10:40 ${SELF} labels priority: HIGH`, `10:41 ${SELF} unlabels priority: HIGH`],
      [],
    ],
    [
      'the last one that was set counts',
      ['10:40 x labels priority: HIGH', '10:50 y labels priority: LOW'],
      ['10:40 priority HIGH', '10:50 priority LOW'],
    ],
    [
      'without the only one, the priority stays',
      ['10:40 x labels priority: HIGH', '10:50 x unlabels priority: HIGH'],
      ['10:40 priority HIGH'],
    ],
    [
      'without the last one, the one before counts again',
      ['10:40 x labels priority: HIGH', '10:50 x labels priority: LOW', '11:00 x unlabels priority: LOW'],
      ['10:40 priority HIGH', '10:50 priority LOW', '11:00 priority HIGH'],
    ],
    [
      'removing the one before changes nothing',
      ['10:40 x labels priority: HIGH', '10:50 x labels priority: LOW', '11:00 x unlabels priority: HIGH'],
      ['10:40 priority HIGH', '10:50 priority LOW'],
    ],
    [
      'the one that we removed does not count again',
      [
        '10:40 x labels priority: HIGH',
        '10:50 x labels priority: LOW',
        `10:51 ${SELF} unlabels priority: HIGH`,
        '11:00 x unlabels priority: LOW',
      ],
      ['10:40 priority HIGH', '10:50 priority LOW'],
    ],
    [
      'the last one, removed by us, gives way to none',
      [
        '10:40 x labels priority: HIGH',
        '10:50 x labels priority: LOW',
        `10:51 ${SELF} unlabels priority: LOW`,
      ],
      ['10:40 priority HIGH', '10:50 priority LOW'],
    ],
    [
      'whoever was deleted on GitHub set them all the same',
      ['10:40 - labels priority: HIGH'],
      ['10:40 priority HIGH'],
    ],
  ])('%s', (_, lines, events) => {
    expect(eventsIn(...lines)).toEqual(events);
  });

  test('those that name nothing are known as such', () => {
    expect(
      read(issueWith(timelineOf('10:40 x labels priority: P9', '10:41 x labels bug'))).unknownLabels,
    ).toEqual(['priority: P9']);
  });
});

describe('comments', () => {
  test.each<[what: string, lines: string[], events: string[]]>([
    [
      'of people in the handbook are replies',
      ['10:40 idris-kamara says We look.', '10:50 Sofia-Marques says Done.'],
      ['10:40 reply', '10:50 reply'],
    ],
    [
      'of the author, of strangers and of bots are none',
      [
        '10:40 client says Any news?',
        '10:41 mallory says I can help',
        '10:42 dependabot[bot] says x',
        `10:43 ${SELF} says x`,
      ],
      [],
    ],
    [
      'that were edited are replies from when they were written',
      ['10:40 idris-kamara edited We look.'],
      ['10:40 reply'],
    ],
    [
      'with nothing but commands are notes',
      ['10:40 idris-kamara says /priority HIGH\n'],
      ['10:40 priority HIGH', '10:40 note'],
    ],
    [
      'with commands and words are replies',
      ['10:40 idris-kamara says /status pending\nWhich page?'],
      ['10:40 status pending', '10:40 reply'],
    ],
    [
      'of somebody who may not write command nothing',
      ['10:40 callum-mcbride says /priority URGENT'],
      ['10:40 note'],
    ],
    ['that were edited command nothing', ['10:40 idris-kamara edited /priority URGENT'], ['10:40 note']],
    ['of a client command nothing', ['10:40 client says /priority URGENT'], []],
    [
      'are obeyed at their own time, not at that of our label',
      ['10:40 idris-kamara says /priority HIGH', `12:00 ${SELF} labels priority: HIGH`],
      ['10:40 priority HIGH', '10:40 note'],
    ],
    [
      'are overruled by a later label',
      [
        '10:40 idris-kamara says /priority HIGH',
        '10:45 x labels priority: LOW',
        `12:00 ${SELF} labels priority: HIGH`,
      ],
      ['10:40 priority HIGH', '10:40 note', '10:45 priority LOW'],
    ],
    [
      'of somebody whose command was accepted once count on',
      ['10:40 callum-mcbride says /priority HIGH', `10:41 ${SELF} labels priority: HIGH`],
      ['10:40 priority HIGH', '10:40 note'],
    ],
    [
      'before another with the same command are not accepted by its label',
      [
        '10:40 callum-mcbride says /priority HIGH',
        '10:50 idris-kamara says /priority HIGH',
        `10:51 ${SELF} labels priority: HIGH`,
      ],
      ['10:40 note', '10:50 priority HIGH', '10:50 note'],
    ],
    [
      'that return a ticket take its estimate away',
      [
        '10:40 idris-kamara says /estimate 3 hours\n/status open',
        '10:50 idris-kamara says /return two tickets',
      ],
      ['10:40 status open', '10:40 note', '10:50 status new', '10:50 note'],
    ],
    [
      'that estimate again add to the list',
      ['10:40 idris-kamara says /estimate 1 hour', '10:50 idris-kamara says /estimate 3 hours'],
      ['10:40 estimate 1 hour', '10:40 note', '10:50 estimate 3 hours', '10:50 note'],
    ],
  ])('%s', (_, lines, events) => {
    expect(eventsIn(...lines)).toEqual(events);
  });

  test('of somebody in the handbook who opened the ticket are no replies, but command', () => {
    const timeline = timelineOf(
      '10:40 idris-kamara says More of it.',
      '10:50 idris-kamara says /priority LOW',
    );
    const { events } = read(issueWith(timeline, { author: 'idris-kamara' }));
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'priority']);
  });

  test('whose author has to be looked up are those with commands of people in the handbook', () => {
    const timeline = timelineOf(
      '10:40 idris-kamara says Hello',
      '10:41 sofia-marques says /return x',
      '10:42 client says /return x',
    );
    expect(commandersIn(run, issueWith(timeline))).toEqual(['sofia-marques']);
  });
});

test('closing and re-opening take turns, whoever does them', () => {
  expect(
    eventsIn(
      '11:00 client closes',
      `11:01 ${SELF} closes`,
      '11:02 client reopens',
      '11:03 x reopens',
      `12:00 ${SELF} closes`,
    ),
  ).toEqual(['11:00 solved', '11:02 reopened', '12:00 solved']);
});

describe('the opening', () => {
  test.each<
    [what: string, given: Partial<TicketIssue>, service: string | undefined, priority: string | undefined]
  >([
    ['has the service of the form', {}, 'lincolnshire-website', undefined],
    [
      'has the priority of the form',
      { body: ticketBody({ 'How urgent is it': 'HIGH: High' }) },
      'lincolnshire-website',
      'HIGH',
    ],
    [
      'has no priority that the service does not have',
      { body: ticketBody({ 'How urgent is it': 'P1: Critical incident' }) },
      'lincolnshire-website',
      undefined,
    ],
    [
      'has the service of a label before that of the form',
      { labels: ['ticket', 'service: paas-platform'] },
      'paas-platform',
      undefined,
    ],
    [
      'has that of the form where the label names none',
      { labels: ['ticket', 'service: lost'] },
      'lincolnshire-website',
      undefined,
    ],
    ['has no service without a form', { body: 'Help' }, undefined, undefined],
    [
      'has no service where the form was broken',
      { body: ticketBody({ 'What happened': 'x\n### Affected service\n\ny' }) },
      undefined,
      undefined,
    ],
  ])('%s', (_, given, service, priority) => {
    const found = read(issueWith([], given));
    expect([found.service?.id, found.events[0]?.service, found.events[0]?.priority]).toEqual([
      service,
      service,
      priority,
    ]);
  });

  test('is of a ticket if the form made it, or if it has the label', () => {
    expect(isTicket(run, { number: 1, body: ticketBody(), labels: [] })).toBe(true);
    expect(isTicket(run, { number: 1, body: 'Help', labels: ['ticket'] })).toBe(true);
    expect(isTicket(run, { number: 1, body: 'Help\n\n### Affected service\n\nx', labels: ['tickets'] })).toBe(
      false,
    );
  });
});

test('a body and comments of the greatest length are read, whatever they repeat', () => {
  for (const unit of ['/priority HIGH\n', '### Affected service\n', '/', '\n', '\u202e', '::error::'])
    for (const length of [65_536, 262_144]) {
      const text = unit.repeat(length / unit.length);
      const timeline = timelineOf(
        `10:40 idris-kamara says ${text}`,
        `10:41 client says ${text}`,
        `10:42 x labels ${text}`,
      );
      for (const body of [
        text,
        ticketBody({ 'What happened': text }),
        ticketBody({ 'Affected service': text }),
      ])
        expect(read(issueWith(timeline, { body })).issue.number).toBe(12);
    }
});
