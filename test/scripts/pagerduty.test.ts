/**
 * The PagerDuty commands end to end: runs in real folders against the stand-in, and everything that each run leaves.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { load } from '../../actions/lib/load/load.ts';
import { DAY } from '../../actions/lib/time/date.ts';
import { at, but, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { accountFor } from '../pagerduty/account.ts';
import { type Called, standIn } from '../pagerduty/calls.ts';
import { FULL, READ, withSchedule, withUser } from '../pagerduty/state.ts';
import { contents, fill, folder, git as gitAt, type Ran, rota } from '../process.ts';

const NOW = '2026-11-21T12:00:00Z';

const FILES = `== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei, email: amara.osei@example.org, pagerduty: PAMARA1}
  ben-adeyemi: {name: Ben Adeyemi, email: ben.adeyemi@example.org, pagerduty: PBEN001}
contacts:
  inbox: {name: Inbox, email: desk@example.org, pagerduty: PINBOX1}
== rotas/desk/on-call.yaml
name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-25, people: [amara-osei, ben-adeyemi]}]
    pagerduty: {schedule: PONCALL}
overrides: []
== policies/publishing.yaml
ahead: 2 weeks
`;
const SWAP = but(
  FILES,
  'overrides: []',
  'overrides:\n  - {role: engineer, turn: 2026-12-02, person: amara-osei, instead_of: ben-adeyemi}\n',
);

interface Desk {
  readonly root: string;
  readonly there: Called;
  run(...words: readonly string[]): Promise<Ran>;
  /** The same in a child process. */
  runProcess(...words: readonly string[]): Promise<Ran>;
}

const git = (root: string, ...words: readonly string[]): string => gitAt(root, NOW, ...words).trim();

/**
 * A handbook in a folder and an account for it. In each run the stand-in's clock continues from noon, like the run's
 * own.
 */
async function desk(files = FILES, key: string = FULL): Promise<Desk> {
  const handbook = texts(files);
  let startedAt: number | undefined;
  const there: Called = await standIn({
    remembers: accountFor(load({ texts: handbook, findings: [] }).handbook),
    onRequest: () => {
      startedAt ??= performance.now();
      there.clock.now = at(NOW) + performance.now() - startedAt;
    },
  });
  onTestFinished(() => expect(there.violations).toEqual([]));
  const root = folder(handbook);
  const by =
    (start: typeof rota) =>
    async (...words: readonly string[]) => {
      startedAt = undefined;
      const ran = await start(root, ['--now', NOW, ...words, '--api', there.url], { PAGERDUTY_API_KEY: key });
      expect(`${ran.stdout}${ran.stderr}`).not.toContain(key);
      return ran;
    };
  return { root, there, run: by(rotaInProcess), runProcess: by(rota) };
}

/** The same in a repository, at the tip of its main branch. */
async function cloned(): Promise<Desk & { readonly origin: string; commit(text: string): string }> {
  const own = await desk();
  const origin = folder();
  git(origin, 'init', '-q', '--bare', '-b', 'main');
  git(own.root, 'init', '-q', '-b', 'main');
  git(own.root, 'remote', 'add', 'origin', origin);
  const commit = (text: string): string => {
    fill(own.root, texts(text));
    git(own.root, 'add', '-A', 'rotas', 'policies');
    git(own.root, 'commit', '-qm', 'a change');
    return git(own.root, 'rev-parse', 'HEAD');
  };
  commit(FILES);
  git(own.root, 'push', '-q', 'origin', 'main');
  return { ...own, origin, commit };
}

const PLAN = ['plan', 'pagerduty'] as const;
const APPLY = ['apply', 'pagerduty', '--allow', 'not-the-tip'] as const;
const NOTE =
  'without --applied, what was written earlier and no longer matches the handbook counts as made by hand\n';

const byHand = ({ there }: Desk, user = 'PBEN001'): void =>
  there.change('by hand', (state) =>
    withSchedule(state, 'PONCALL', (one) => ({
      ...one,
      overrides: [
        ...one.overrides,
        { id: 'QBYHAND', user, startAt: at('2026-11-26T18:00Z'), endAt: at('2026-11-26T20:00Z') },
      ],
    })),
  );

describe('rota plan pagerduty', () => {
  test('prints what would change, and sends nothing', async () => {
    const own = await desk(FILES, READ);
    const { status, stdout, stderr } = await own.runProcess(...PLAN);
    expect([status, stderr]).toEqual([0, NOTE]);
    expect(stdout).toBe(`6 changes to make in PagerDuty, up to Fri 1 Jan 00:00 UTC

desk/on-call/engineer (PONCALL, Europe/London): 6 overrides to add
  Wed 25 Nov 10:00 – Wed 2 Dec 10:00: amara-osei instead of inbox
  Wed 2 Dec 10:00 – Wed 9 Dec 10:00: ben-adeyemi instead of inbox
  Wed 9 Dec 10:00 – Wed 16 Dec 10:00: amara-osei instead of inbox
  Wed 16 Dec 10:00 – Wed 23 Dec 10:00: ben-adeyemi instead of inbox
  Wed 23 Dec 10:00 – Wed 30 Dec 10:00: amara-osei instead of inbox
  Wed 30 Dec 10:00 – Fri 1 Jan 00:00: ben-adeyemi instead of inbox

digest ${/digest (\w{16})\n$/.exec(stdout)?.[1]}
`);
    expect(own.there.writes).toEqual([]);
  });

  test('prints it as JSON', async () => {
    const own = await desk();
    byHand(own);
    const { status, stdout } = await own.run('--format', 'json', ...PLAN);
    const data = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(data).toMatchObject({
      now: NOW,
      horizon: '2027-01-01T00:00:00Z',
      revision: null,
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      writes: 7,
      policies: [],
      refusals: [],
    });
    const [schedule] = data.schedules;
    expect(Object.keys(schedule)).toEqual([
      ...['role', 'schedule', 'kind', 'add', 'edit', 'remove', 'by_hand', 'orphaned', 'cover'],
      ...['off_duty', 'together'],
    ]);
    expect(schedule.add[0]).toEqual({
      user: 'PAMARA1',
      person: 'amara-osei',
      start: '2026-11-25T10:00:00Z',
      end: '2026-11-26T18:00:00Z',
    });
    expect(schedule.by_hand).toEqual([
      {
        id: 'QBYHAND',
        user: 'PBEN001',
        person: 'ben-adeyemi',
        start: '2026-11-26T18:00:00Z',
        end: '2026-11-26T20:00:00Z',
      },
    ]);
    expect(schedule.cover[0]).toEqual({
      start: '2026-11-25T10:00:00Z',
      end: '2026-11-26T18:00:00Z',
      before: 'inbox',
      after: 'amara-osei',
    });
  });

  test('with --expect-no-changes exits with 0 while nobody changes anything, and with 1 when somebody does', async () => {
    const own = await desk();
    await own.run(...APPLY);
    const asked = [...PLAN, '--expect-no-changes', '--most-writes', '0'] as const;
    const before = await own.run(...asked);
    expect([before.status, before.stdout]).toEqual([
      0,
      expect.stringMatching(/^PagerDuty matches the handbook, up to .* UTC\n$/),
    ]);
    byHand(own);
    const after = await own.run(...asked);
    expect([after.status, after.stdout]).toEqual([
      1,
      `PagerDuty differs from the handbook: 1 override made by hand

desk/on-call/engineer (PONCALL, Europe/London): 1 made by hand
  Thu 26 Nov 18:00 – 20:00: ben-adeyemi, added by hand in PagerDuty; kept
`,
    ]);
    own.there.change('one less', (state) =>
      withSchedule(state, 'PONCALL', (one) => ({ ...one, overrides: one.overrides.slice(1) })),
    );
    const less = await own.run(...asked);
    expect(less.stdout).not.toContain('refused');
    expect([less.status, less.stdout.split('\n')[0]]).toEqual([
      1,
      expect.stringMatching(
        /^PagerDuty differs from the handbook: \d changes? to make, and 1 override made by hand$/,
      ),
    ]);
  });

  test('refuses what apply would refuse, and exits with 1; allowed by name, with 0', async () => {
    const own = await desk();
    const refused = await own.run(...PLAN, '--most-writes', '5');
    expect([refused.status, refused.stdout]).toEqual([
      1,
      expect.stringContaining(
        '\nrefused: this makes 6 changes, and 5 are allowed at once; review them, and if this is intended, allow many-writes [many-writes]\n',
      ),
    ]);
    expect((await own.run(...PLAN, '--most-writes', '5', '--allow', 'many-writes')).status).toBe(0);
    expect((await own.run(...PLAN, '--most-writes', '6')).status).toBe(0);
  });

  test('of a handbook with errors sends no request to PagerDuty', async () => {
    const own = await desk(
      but(FILES, 'people: [amara-osei, ben-adeyemi]', 'people: [amara-osey, ben-adeyemi]'),
    );
    const { status, stdout } = await own.run(...PLAN);
    expect([status, own.there.requests]).toEqual([1, []]);
    expect(stdout).toContain('PagerDuty was skipped, because of 1 error');
  });

  test('of somebody who is not in PagerDuty reports the line to fix', async () => {
    const own = await desk();
    own.there.change('gone', (state) =>
      withUser(state, 'PBEN001', (user) => ({ ...user, deletedAt: at(NOW) - DAY })),
    );
    const { status, stdout } = await own.run(...PLAN);
    expect([status, stdout]).toEqual([
      1,
      `rotas/people.yaml:3:79: error: PagerDuty has no user PBEN001, the id given for ben-adeyemi; put the id of their account here, or take them off the rota [pagerduty]
nothing was changed in PagerDuty, because of 1 error
`,
    ]);
  });
});

describe('rota apply pagerduty', () => {
  test('makes the planned changes, reports them, and has nothing to do a second time', async () => {
    const own = await desk();
    const first = await own.runProcess(...APPLY);
    expect([first.status, first.stderr]).toEqual([0, `${NOTE}done and read back, in 1 write and 10 reads\n`]);
    expect(first.stdout).toContain('6 changes to make in PagerDuty');
    const second = await own.run(...APPLY);
    expect([second.status, second.stderr, own.there.writes.length]).toEqual([0, NOTE, 1]);
    expect(second.stdout).toBe('PagerDuty matches the handbook, up to Fri 1 Jan 00:00 UTC\n');
  });

  test('writes an audit without personal data except ids', async () => {
    const own = await desk();
    byHand(own, 'PINBOX1');
    await own.run(...APPLY, '--audit', 'audit.json');
    const text = readFileSync(join(own.root, 'audit.json'), 'utf8');
    expect(text).not.toMatch(/Amara|Osei|Ben|Adeyemi|@|example\.org/);
    const audit = JSON.parse(text);
    expect(Object.keys(audit)).toEqual([
      ...[
        'revision',
        'digest',
        'horizon',
        'began',
        'ended',
        'outcome',
        'trouble',
        'schedules',
        'policies',
        'services',
        'requests',
      ],
    ]);
    expect([audit.outcome, audit.schedules[0].added.length, audit.schedules[0].by_hand[0].id]).toEqual([
      'verified',
      7,
      'QBYHAND',
    ]);
  });

  test('uses the running clock while it reads and plans', async () => {
    const own = await desk();
    await own.runProcess('--now', '2026-11-21T12:00:00.999Z', ...APPLY, '--audit', 'audit.json');
    const { began } = JSON.parse(readFileSync(join(own.root, 'audit.json'), 'utf8'));
    expect(Date.parse(began)).toBeGreaterThanOrEqual(at('2026-11-21T12:00:01Z'));
  });

  test.each([
    ['in the future', '2026-12-03T23:00:00Z', '12 days ahead of'],
    ['in the past', '2026-11-21T11:57:00Z', '3 minutes behind'],
  ])('for a time %s writes nothing, and ends with 3', async (_, now, apart) => {
    const own = await desk();
    const { status, stderr } = await own.run('--now', now, ...APPLY);
    expect([status, stderr]).toEqual([
      3,
      `${NOTE}rota: the clock here is ${apart} PagerDuty's, so nothing was written; correct it, do not set another time as now, and run it again\n`,
    ]);
    expect(own.there.writes).toEqual([]);
  });

  test('that fails also writes an audit, reports the trouble, and exits with 3', async () => {
    const own = await desk();
    own.there.fault({ kind: 'refused item', item: 2 }, { method: 'POST' });
    const { status, stderr } = await own.runProcess(...APPLY, '--audit', 'audit.json');
    expect([status, stderr]).toEqual([
      3,
      `${NOTE}rota: desk/on-call/engineer: PagerDuty refused the override for PAMARA1 from 2026-12-09T10:00:00Z: Refused by the test
rota: nothing was removed, and what was added is in force; fix this and run it again
`,
    ]);
    expect(JSON.parse(readFileSync(join(own.root, 'audit.json'), 'utf8')).outcome).toBe('failed');
  });

  test('with a digest applies that plan and no other', async () => {
    const own = await desk();
    const { digest } = JSON.parse((await own.run('--format', 'json', ...PLAN)).stdout);
    const other = await own.run(...APPLY, '--approved', '0123456789abcdef');
    expect([other.status, other.stdout]).toEqual([
      1,
      expect.stringContaining(
        `refused: the plan that was approved is 0123456789abcdef, and this one is ${digest}; review it, and approve it again [another-plan]`,
      ),
    ]);
    expect(own.there.writes).toEqual([]);
    expect((await own.run(...APPLY, '--approved', digest)).status).toBe(0);
  });

  test('at the tip of the main branch needs no allowed reason; behind it, on another branch or without one it does', async () => {
    const own = await cloned();
    const apply = () => own.run('apply', 'pagerduty');
    const refusal = (why: string) => [1, expect.stringContaining(`refused: ${why}`)];
    const told = ({ status, stdout }: Ran) => [status, stdout];
    fill(own.root, texts(SWAP));
    const unknown =
      'it is not known whether this is the tip of the main branch; commit, push and fetch, or, if this is intended, allow not-the-tip';
    expect(told(await apply())).toEqual(refusal(unknown));
    const ahead = own.commit(SWAP);
    const tip = git(own.root, 'rev-parse', 'origin/main');
    expect(told(await apply())).toEqual(
      refusal(
        `this is ${ahead.slice(0, 10)}, and the tip of the main branch is ${tip.slice(0, 10)}; apply that, or,`,
      ),
    );
    git(own.root, 'push', '-q', 'origin', 'main');
    git(own.root, 'checkout', '-q', 'HEAD~1');
    expect(told(await apply())).toEqual(
      refusal(
        `this is ${tip.slice(0, 10)}, and the tip of the main branch is ${ahead.slice(0, 10)}; apply that, or,`,
      ),
    );
    expect(own.there.writes).toEqual([]);
    git(own.root, 'checkout', '-q', 'main');
    expect((await apply()).status).toBe(0);
  });

  test('recognises its own overrides by --applied: a swap moves them, and without it they stay as made by hand', async () => {
    const own = await cloned();
    await own.run('apply', 'pagerduty');
    own.commit(SWAP);
    git(own.root, 'push', '-q', 'origin', 'main');
    const without = await own.run(...PLAN);
    expect(without.stdout).toContain('ben-adeyemi, added by hand in PagerDuty; kept');
    const { status, stdout, stderr } = await own.run('apply', 'pagerduty', '--applied', 'HEAD~1', 'HEAD');
    expect([status, stderr]).toEqual([
      0,
      expect.stringMatching(/^done and read back, in 2 writes and 10 reads\n$/),
    ]);
    expect(stdout).toContain(`desk/on-call/engineer (PONCALL, Europe/London): 1 override to add, 1 to remove
  Wed 2 Dec 10:00 – Wed 9 Dec 10:00: amara-osei instead of ben-adeyemi
`);
  });
});

describe('a revision that was applied', () => {
  test('and cannot be read in part is refused by apply; a plan only warns', async () => {
    const own = await cloned();
    await own.run('apply', 'pagerduty');
    own.commit(FILES.replace('handover: {day: wednesday', 'handover: {weekday: wednesday'));
    own.commit(SWAP);
    git(own.root, 'push', '-q', 'origin', 'main');
    const before = own.there.writes.length;
    const why =
      'what was applied at HEAD~1 cannot be read (the current version cannot read rota desk/on-call)';
    const planned = await own.run(...PLAN, '--applied', 'HEAD~1');
    expect([planned.status, planned.stderr]).toEqual([
      0,
      `${why}, and what it wrote counts as made by hand\n`,
    ]);
    const refused = await own.run('apply', 'pagerduty', '--applied', 'HEAD~1');
    expect([refused.status, refused.stdout]).toEqual([
      1,
      expect.stringContaining(
        `refused: ${why}, so what it wrote would count as made by hand and stay; if this is intended, allow forgotten [forgotten]\n`,
      ),
    ]);
    expect(own.there.writes.length).toBe(before);
    const words = ['--applied', 'HEAD~1', 'HEAD~2', '--allow', 'forgotten'] as const;
    const allowed = await own.run('apply', 'pagerduty', ...words);
    expect([allowed.status, allowed.stderr]).toEqual([0, expect.stringContaining(why)]);
  });

  test('and is unknown to git is a usage error', async () => {
    const own = await cloned();
    const { status, stderr } = await own.run(...PLAN, '--applied', 'mian');
    expect([status, stderr]).toEqual([2, expect.stringContaining('there is no revision "mian" here')]);
    expect(own.there.requests).toEqual([]);
  });
});

describe('a usage error exits with 2, and sends no request to PagerDuty', () => {
  const wrong = async (
    words: readonly string[],
    env: Readonly<Record<string, string>> = { PAGERDUTY_API_KEY: FULL },
  ) => {
    const { status, stderr } = await rotaInProcess(folder(texts(FILES)), ['--now', NOW, ...words], env);
    return [status, stderr.replace(NOTE, '')];
  };

  test('without a key', async () => {
    expect(await wrong([...PLAN], {})).toEqual([
      2,
      'rota: there is no key in the environment; put one into PAGERDUTY_API_KEY\n',
    ]);
  });

  test.each([
    ['a line break', `${FULL}\n`],
    ['two lines', `${FULL}\nX-Other: 1`],
    ['a space', ` ${FULL}`],
    ['its name before it', `PAGERDUTY_API_KEY = ${FULL}`],
    ['a letter that no header can hold', `${FULL}\u2026`],
  ])('with a key that has %s, and it is in nothing', async (_, key) => {
    expect(await wrong([...PLAN], { PAGERDUTY_API_KEY: key })).toEqual([
      2,
      'rota: PAGERDUTY_API_KEY does not hold a valid key (it has a line break, a space or another character that no key has); put the key alone into it\n',
    ]);
  });

  test.each([
    'http://elsewhere.example',
    'http://127.0.0.1.example/',
    'http://localhost:80@elsewhere.example/',
    'ftp://127.0.0.1/',
  ])('with the address %s, which would see the key', async (api) => {
    expect(await wrong([...PLAN, '--api', api])).toEqual([
      2,
      `rota: ${api} would send the key unencrypted; name an address that begins with https://\n`,
    ]);
  });

  test.each<[words: readonly string[], said: RegExp]>([
    [
      ['--allow', 'everything'],
      /Allowed choices are lost-cover, emptied-level, many-writes, not-the-tip, forgotten, undecided/,
    ],
    [['--allow', 'another-plan'], /Allowed choices are/],
    [['--most-writes', 'many'], /Write it as a number from 0 to 999999/],
    [['--approved', '0123'], /Write all 16 letters and digits/],
    [['--api', 'elsewhere.example'], /elsewhere.example is not an address/],
    [['--service-region', 'mars'], /Allowed choices are us, eu/],
    [['--applied', 'HEAD~1'], /not in a git repository/],
  ])('%s', async (words, said) => {
    expect(await wrong([...PLAN, ...words])).toEqual([2, expect.stringMatching(said)]);
  });
});

describe('when a request to PagerDuty fails it exits with 3, and the key is in no output', () => {
  test('an unknown key', async () => {
    const own = await desk(FILES, 'no-such-key');
    const { status, stderr } = await own.run(...PLAN);
    expect([status, stderr]).toEqual([
      3,
      `${NOTE}rota: PagerDuty responded to GET schedules with 401: Authentication failed; check the key in PAGERDUTY_API_KEY, and at the service region\n`,
    ]);
  });

  test('a read-only key, and no change remains', async () => {
    const own = await desk(FILES, READ);
    const { status, stderr } = await own.run(...APPLY, '--audit', 'audit.json');
    expect([status, stderr]).toEqual([3, expect.stringContaining('with 403: Access Denied')]);
    expect(existsSync(join(own.root, 'audit.json'))).toBe(true);
    expect([...contents(own.root).values()].join('\n')).not.toContain(READ);
  });
});

test.runIf(process.platform === 'linux')(
  'a line of progress is on a terminal only, and gone at the end',
  async () => {
    const own = await desk();
    const command = [
      process.execPath,
      join(import.meta.dirname, '../../scripts/rota.ts'),
      ...['--now', NOW, ...PLAN, '--api', own.there.url],
    ].join(' ');
    const piped = await own.run(...PLAN);
    expect(`${piped.stdout}${piped.stderr}`).not.toMatch(/reading|…/);
    const { stdout, status } = await new Promise<{ stdout: string; status: number | null }>((done) => {
      // The stand-in responds from this process, so nothing here may block until the other one ends.
      const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
        cwd: own.root,
        env: { PATH: process.env.PATH, TERM: 'xterm', NO_COLOR: '1', PAGERDUTY_API_KEY: FULL },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      child.on('close', (code) => done({ stdout: said, status: code }));
    });
    expect(status).toBe(0);
    expect(stdout).toContain('\r\u001b[Kreading schedule 1 of 1 …');
    expect(stdout).toContain('\r\u001b[K6 changes to make in PagerDuty');
  },
);
