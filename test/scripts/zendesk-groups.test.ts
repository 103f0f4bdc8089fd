/** `rota plan zendesk` and `rota apply zendesk` end to end: output, exit status, and what is missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { but, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder } from '../process.ts';
import { CANARY } from '../zendesk/account.ts';
import {
  AMARA,
  account,
  BEN,
  DAYS,
  DEE,
  EVE,
  NIGHTS,
  REMOVES,
  STRANGER,
  WEEKS,
  withGroups,
} from '../zendesk/kit.ts';
import { ENVIRONMENT, TOKEN, type ZendeskStandIn, zendeskStandIn } from '../zendesk/stand-in.ts';

const FILES = withGroups({ nights: REMOVES });

interface Helpdesk {
  readonly root: string;
  readonly to: ZendeskStandIn;
  run(...words: readonly string[]): ReturnType<typeof rotaInProcess>;
}

async function helpdesk(files = FILES): Promise<Helpdesk> {
  const to = await zendeskStandIn({ groups: account() });
  onTestFinished(() => expect(to.violations).toEqual([]));
  const root = folder(texts(files));
  const run = async (...words: readonly string[]) => {
    const all = ['--now', WEEKS.ben, ...words, '--subdomain', 'example', '--api', to.url];
    const ran = await rotaInProcess(root, all, ENVIRONMENT);
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(new RegExp(`${TOKEN}|${CANARY}|example.org`));
    return ran;
  };
  return { root, to, run };
}

const PLAN = ['plan', 'zendesk'] as const;
const APPLY = ['apply', 'zendesk', '--allow', 'not-the-tip'] as const;

describe('rota plan zendesk', () => {
  test('prints who would be added and removed, and writes nothing', async () => {
    const { run, to } = await helpdesk();
    const { status, stdout, stderr } = await run(...PLAN);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replace(/[0-9a-f]{16}/, '<digest>')).toBe(`3 changes to make in Zendesk

nights group (${NIGHTS}): 1 to add, 1 to remove, 1 kept
  add ben
  remove amara, which unassigns 2 open tickets of theirs
  ${STRANGER} (not in the handbook), added by hand in Zendesk; kept

days group (${DAYS}): 1 to add
  add eve
  dee holds none of its roles now and stays; "removes: true" would remove them, and unassign their tickets

digest <digest>
`);
    expect(to.writes).toEqual([]);
    expect(to.requests).toHaveLength(4);
  });

  test('the same as JSON', async () => {
    const { run } = await helpdesk();
    const { stdout } = await run('--format', 'json', ...PLAN);
    expect(JSON.parse(stdout)).toMatchObject({
      service: 'Zendesk',
      writes: 3,
      targets: [
        {
          ...{ team: 'nights', kind: 'group', id: String(NIGHTS) },
          add: [{ id: String(BEN), text: 'ben' }],
          remove: [{ id: String(AMARA), text: 'amara, which unassigns 2 open tickets of theirs' }],
          by_hand: [{ id: String(STRANGER) }],
        },
        { team: 'days', notes: [{ code: 'not-removed' }], obstacles: [] },
      ],
    });
  });

  test('has a status of its own where something has to be fixed first, and for drift', async () => {
    const { run, to } = await helpdesk();
    expect((await run(...PLAN, '--expect-no-changes')).status).toBe(1);
    to.groups.change({ id: BEN, suspended: true });
    const { status, stdout } = await run(...PLAN);
    expect([status, stdout.split('\n')[0]]).toEqual([
      1,
      '1 change to make in Zendesk, and 1 thing to fix first',
    ]);
  });

  test('does not read Zendesk for a handbook with errors', async () => {
    const { run, to } = await helpdesk(but(FILES, `zendesk: ${BEN}`, `zendesk: ${AMARA}`));
    const { status, stdout } = await run(...PLAN);
    expect(status).toBe(1);
    expect(stdout).toContain(`${AMARA} is already the user of amara in Zendesk; give ben their own`);
    expect(stdout).toContain('Zendesk was skipped, because of 1 error');
    expect(to.requests).toEqual([]);
  });
});

describe('rota apply zendesk', () => {
  test('adds, reads back, removes, and has nothing to do the next time', async () => {
    const { run, to, root } = await helpdesk();
    const { status, stderr } = await run(...APPLY, '--audit', join(root, 'audit.json'));
    expect([status, stderr]).toEqual([0, 'done and read back, in 3 writes and 7 reads\n']);
    expect(to.groups.members).toMatchObject({ [NIGHTS]: [STRANGER, BEN], [DAYS]: [DEE, EVE] });
    expect(JSON.parse(readFileSync(join(root, 'audit.json'), 'utf8'))).toMatchObject({
      ...{ service: 'Zendesk', outcome: 'verified', trouble: [] },
      targets: [
        { id: String(NIGHTS), added: [String(BEN)], removed: [String(AMARA)] },
        { id: String(DAYS), added: [String(EVE)], removed: [] },
      ],
    });
    to.requests.length = 0;
    const again = await run(...APPLY);
    expect([again.status, again.stdout.split('\n')[0]]).toEqual([0, 'Zendesk matches the handbook']);
    expect(to.requests).toHaveLength(2);
    expect(to.writes).toHaveLength(3);
  });

  test('refuses what is not the tip, too many changes, and another plan than was approved', async () => {
    const { run, to } = await helpdesk();
    for (const [words, reason] of [
      [['apply', 'zendesk'], 'not-the-tip'],
      [[...APPLY, '--most-writes', '2'], 'many-writes'],
      [[...APPLY, '--approved', '0'.repeat(16)], 'another-plan'],
    ] as const) {
      const { status, stdout } = await run(...words);
      expect([status, stdout]).toEqual([1, expect.stringContaining(`[${reason}]`)]);
    }
    expect(to.writes).toEqual([]);
    const [, digest = ''] = /digest ([0-9a-f]{16})/.exec((await run(...PLAN)).stdout) ?? [];
    expect((await run(...APPLY, '--approved', digest)).status).toBe(0);
  });

  test('says which group failed, and changes the other', async () => {
    const { run, to } = await helpdesk();
    to.fault('POST', { status: 403, body: CANARY });
    const { status, stderr } = await run(...APPLY);
    expect([status, stderr]).toEqual([
      3,
      `rota: nights group (${NIGHTS}): Zendesk responded to POST group_memberships.json with 403; the token may not change groups; it needs an administrator, and one of OAuth the scope "write"\n`,
    ]);
    expect(to.groups.members).toMatchObject({ [NIGHTS]: [STRANGER, AMARA], [DAYS]: [DEE, EVE] });
  });

  test.each([
    ['without a token', {}, 'example', 2, 'there is no token of Zendesk in the environment'],
    [
      'with another domain',
      ENVIRONMENT,
      'example.org',
      2,
      'write the subdomain of the Zendesk account alone',
    ],
    ['with a wrong token', { ZENDESK_OAUTH_TOKEN: 'wrong' }, 'example', 3, 'with 401; check ZENDESK_EMAIL'],
  ])('changes nothing %s', async (_, environment, subdomain, status, message) => {
    const { root, to } = await helpdesk();
    const words = ['--now', WEEKS.ben, ...APPLY, '--subdomain', subdomain, '--api', to.url];
    const ran = await rotaInProcess(root, words, environment);
    expect([ran.status, ran.stderr]).toEqual([status, expect.stringContaining(message)]);
    expect(to.writes).toEqual([]);
  });
});
