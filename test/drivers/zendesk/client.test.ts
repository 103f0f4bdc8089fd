/** The client of Zendesk over real HTTP: pages, rate limits, missing rights, and responses that cannot be read. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { addressOf, authorizationOf } from '../../../actions/lib/drivers/zendesk/access.ts';
import { Zendesk } from '../../../actions/lib/drivers/zendesk/client.ts';
import { ZendeskFault } from '../../../actions/lib/drivers/zendesk/fault.ts';
import { at } from '../../handbook.ts';
import { listen } from '../../loopback.ts';
import { AGENT, accountTicket, CANARY, change, comment, TITLE, update } from '../../zendesk/account.ts';
import {
  type Answer,
  ENVIRONMENT,
  TOKEN,
  type ZendeskStandIn,
  zendeskStandIn,
} from '../../zendesk/stand-in.ts';

const SINCE = at('2026-11-01T00:00:00Z');
const EXPORT = 'incremental/tickets/cursor.json';

const TICKETS = [1, 2, 3, 4, 5].map((id) =>
  accountTicket(
    { id, at: `2026-11-25T09:0${id}:00Z` },
    update('2026-11-25T10:00:00Z', AGENT, comment(), change('status', 'open')),
    update('2026-11-25T11:00:00Z', AGENT, comment(false)),
  ),
);

const clientOf = ({ url }: { readonly url: string }, patienceMs = 1, environment: object = ENVIRONMENT) =>
  new Zendesk({ url, authorization: authorizationOf(environment), patienceMs });

async function idsOf(client: Zendesk): Promise<readonly (readonly number[])[]> {
  const pages: (readonly number[])[] = [];
  for await (const page of client.tickets(SINCE)) pages.push(page.map(({ id }) => id));
  return pages;
}

const started = (given: Partial<Parameters<typeof zendeskStandIn>[0]> = {}): Promise<ZendeskStandIn> =>
  zendeskStandIn({ tickets: TICKETS, ...given });

async function failed(work: Promise<unknown>): Promise<ZendeskFault> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ZendeskFault)) throw error;
  // Neither the token nor the text of a ticket is in the error, its cause or its data.
  expect(inspect(error, { depth: 9 })).not.toMatch(new RegExp(`${TOKEN}|${CANARY}|${TITLE}`));
  return error;
}

describe('pages', () => {
  test('of the export, by the cursor of the one before', async () => {
    const to = await started({ pageSize: 2 });
    expect(await idsOf(clientOf(to))).toEqual([[1, 2], [3, 4], [5]]);
    expect(to.requests).toEqual([
      `/api/v2/${EXPORT}?start_time=1793491200`,
      `/api/v2/${EXPORT}?cursor=Mg==`,
      `/api/v2/${EXPORT}?cursor=NA==`,
    ]);
    expect(to.violations).toEqual([]);
  });

  test('of a history, with the roles of all of them', async () => {
    const to = await started({ pageSize: 2 });
    const read = await clientOf(to).audits(3);
    expect(read?.audits.map(({ at: instant }) => instant)).toEqual(
      ['09:03', '10:00', '11:00'].map((time) => at(`2026-11-25T${time}:00Z`)),
    );
    expect(read?.roles).toEqual(
      new Map([
        [800, 'agent'],
        [900, 'end-user'],
      ]),
    );
    expect(to.requests).toHaveLength(2);
    expect(to.violations).toEqual([]);
  });

  test('of an archived ticket, whose history has only one', async () => {
    const closed = accountTicket(
      { id: 9 },
      update('2026-11-25T10:00:00Z', AGENT, change('status', 'closed')),
    );
    const to = await started({ tickets: [closed], pageSize: 1 });
    expect((await clientOf(to).audits(9))?.audits).toHaveLength(2);
  });

  test('keep nothing that people wrote except the subject', async () => {
    const to = await started();
    const read: unknown[] = [await clientOf(to).audits(3)];
    for await (const page of clientOf(to).tickets(SINCE)) read.push(page);
    expect(inspect(read, { depth: 9, maxStringLength: null, maxArrayLength: null })).not.toContain(CANARY);
  });

  test('that lead back to one before are a fault', async () => {
    const to = await started();
    to.fault(EXPORT, { body: { tickets: [], after_cursor: 'a', end_of_stream: false } }, 100);
    expect((await failed(idsOf(clientOf(to)))).message).toBe(
      `Zendesk's response to GET ${EXPORT} cannot be read: its pages do not end; run it again`,
    );
    expect(to.requests).toHaveLength(2);
  });
});

describe('what passes is waited out', () => {
  test('the rate limit of the export, for as long as Zendesk says', async () => {
    const to = await started({ pageSize: 1, exportsAtOnce: 2 });
    // By itself, the client would wait for days.
    expect((await idsOf(clientOf(to, 1e9))).flat()).toEqual([1, 2, 3, 4, 5]);
    expect(to.requests).toHaveLength(7);
  });

  test.each<[string, Answer]>([
    ['a 429 that says nothing', { status: 429 }],
    ['an error of the server', { status: 500 }],
    ['a bad gateway', { status: 502, body: '<html>' }],
    ['maintenance', { status: 503 }],
    ['a lost connection', 'drop'],
  ])('%s', async (_, answer) => {
    const to = await started();
    to.fault(EXPORT, answer, 3);
    to.fault('audits', answer, 3);
    expect((await idsOf(clientOf(to))).flat()).toHaveLength(5);
    expect((await clientOf(to).audits(1))?.audits).toHaveLength(3);
    expect(to.requests).toHaveLength(8);
  });
});

describe('a ticket that no longer exists', () => {
  test('has no history', async () => {
    const to = await started();
    expect(await clientOf(to).audits(77)).toBeUndefined();
  });

  test('nor where it goes between two pages', async () => {
    const to = await started({ pageSize: 1 });
    to.onRequest = () => {
      if (to.requests.length === 2) to.tickets.length = 0;
    };
    expect(await clientOf(to).audits(1)).toBeUndefined();
  });
});

describe('what does not pass is reported, with the remedy', () => {
  test.each<[what: string, answer: Answer, message: string, requests?: number]>([
    [
      'a token that is not valid',
      { status: 401, body: { error: `Couldn't authenticate ${CANARY}` } },
      `Zendesk responded to GET ${EXPORT} with 401; check ZENDESK_EMAIL and ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN, and that tokens are enabled for the account`,
    ],
    [
      'missing rights',
      { status: 403, body: { error: CANARY } },
      `Zendesk responded to GET ${EXPORT} with 403; the token may not read this; it needs an administrator, and one of OAuth the scope "read"`,
    ],
    [
      'an account that does not exist',
      { status: 404 },
      `Zendesk responded to GET ${EXPORT} with 404; check the subdomain`,
    ],
    [
      'a redirect to another host',
      { status: 302, headers: { location: 'https://elsewhere.example.org/' } },
      `Zendesk responded to GET ${EXPORT} with 302; redirects are not followed, as they would take the token elsewhere; check the subdomain`,
    ],
    [
      'a rate limit without end',
      { status: 429, headers: { 'retry-after': '0' } },
      `Zendesk responded to GET ${EXPORT} with 429; its rate limit was not reset in time; run it again`,
      6,
    ],
    [
      'an outage without end',
      { status: 503 },
      `Zendesk responded to GET ${EXPORT} with 503; run it again when it is back`,
      6,
    ],
    [
      'a response without end',
      'endless',
      `The response to GET ${EXPORT} is refused: HOST sends more than 64 MiB, which is not read; check the subdomain, or run it again`,
    ],
    [
      'a page in place of JSON',
      { body: `<html>${CANARY}` },
      `Zendesk's response to GET ${EXPORT} cannot be read: it is no JSON; run it again`,
    ],
    [
      'half a response',
      { body: `{"tickets": [{"subject": "${CANARY}` },
      `Zendesk's response to GET ${EXPORT} cannot be read: it is no JSON; run it again`,
    ],
    [
      'nothing',
      { body: '' },
      `Zendesk's response to GET ${EXPORT} cannot be read: it is no JSON; run it again`,
    ],
    [
      'a list of something else',
      { body: [CANARY] },
      `Zendesk's response to GET ${EXPORT} cannot be read: it has no "end_of_stream"; run it again`,
    ],
    [
      'no list of tickets',
      { body: { tickets: CANARY, end_of_stream: true } },
      `Zendesk's response to GET ${EXPORT} cannot be read: it has no list "tickets"; run it again`,
    ],
    [
      'no cursor to go on',
      { body: { tickets: [], end_of_stream: false } },
      `Zendesk's response to GET ${EXPORT} cannot be read: it has no "after_cursor", and is not the last; run it again`,
    ],
    [
      'a ticket without an id',
      { body: { tickets: [{ ...TICKETS[0]?.ticket, id: CANARY }], end_of_stream: true } },
      `Zendesk's response to GET ${EXPORT} cannot be read: a ticket has no id; run it again`,
    ],
    [
      'a ticket of the year 1970',
      { body: { tickets: [{ ...TICKETS[0]?.ticket, created_at: 'then' }], end_of_stream: true } },
      `Zendesk's response to GET ${EXPORT} cannot be read: a ticket has no time "created_at"; run it again`,
    ],
  ])('%s', async (_, answer, message, requests = 1) => {
    const to = await started();
    to.fault(EXPORT, answer, 100);
    const fault = await failed(idsOf(clientOf(to)));
    expect(fault.message).toBe(message.replace('HOST', new URL(to.url).host));
    expect(to.requests).toHaveLength(requests);
  });

  test('a history that is none', async () => {
    const to = await started();
    to.fault('audits', { body: { audits: null } });
    expect((await failed(clientOf(to).audits(1))).message).toBe(
      'Zendesk\'s response to GET tickets/1/audits.json cannot be read: it has no list "audits"; run it again',
    );
  });

  test('nobody there', async () => {
    const { url, stop } = await listen(
      async () => {},
      () => {},
    );
    await stop();
    expect((await failed(idsOf(clientOf({ url })))).message).toBe(
      `Zendesk did not respond to GET ${EXPORT} (ECONNREFUSED at ${new URL(url).host}); check the subdomain, or run it again when it is back`,
    );
  });
});

describe('the account', () => {
  test.each([
    ['example', '', 'https://example.zendesk.com'],
    ['a-2', '', 'https://a-2.zendesk.com'],
    ['example', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['example', 'https://stand-in.example.org', 'https://stand-in.example.org'],
  ])('%s is asked at its own address, or at one that is given', (subdomain, api, address) => {
    expect(addressOf(subdomain, api)).toBe(address);
  });

  test.each([
    '',
    'example.zendesk.com',
    'https://example',
    'Example',
    'a/b',
    'a@b',
    'a.b',
    'a#',
    'a?',
    '-a',
    'a-',
    'a\n',
    'a b',
    'a:80',
    '%61',
    'é',
    'x'.repeat(64),
  ])('%j is no subdomain', (subdomain) => {
    expect(() => addressOf(subdomain, '')).toThrow('write the subdomain of the Zendesk account alone');
  });

  test.each([
    ['http://example.org', 'would send the key unencrypted'],
    ['ftp://127.0.0.1', 'would send the key unencrypted'],
    ['example.org', 'is not an address'],
  ])('%s is no address of an API', (api, message) => {
    expect(() => addressOf('example', api)).toThrow(message);
  });

  test('is read with an API token, or with one of OAuth', async () => {
    const to = await started();
    expect((await idsOf(clientOf(to, 1, { ZENDESK_OAUTH_TOKEN: TOKEN }))).flat()).toHaveLength(5);
    expect(authorizationOf(ENVIRONMENT)).toMatch(/^Basic [\w=]+$/);
    const wrong = { ...ENVIRONMENT, ZENDESK_API_TOKEN: 'another' };
    expect((await failed(idsOf(clientOf(to, 1, wrong)))).status).toBe(401);
  });

  test.each<[object, string]>([
    [{}, 'there is no token of Zendesk in the environment'],
    [{ ZENDESK_EMAIL: 'a@example.org' }, 'there is no token of Zendesk in the environment'],
    [{ ...ENVIRONMENT, ZENDESK_API_TOKEN: `${TOKEN}\n` }, 'ZENDESK_API_TOKEN holds a line break'],
    [{ ...ENVIRONMENT, ZENDESK_EMAIL: 'two words' }, 'ZENDESK_EMAIL holds a line break'],
    [{ ZENDESK_OAUTH_TOKEN: `${TOKEN}\u00e9` }, 'ZENDESK_OAUTH_TOKEN holds a line break'],
  ])('is not asked without a valid one: %j', (environment, message) => {
    expect(() => authorizationOf(environment)).toThrow(message);
    expect(() => authorizationOf(environment)).not.toThrow(TOKEN);
  });
});
