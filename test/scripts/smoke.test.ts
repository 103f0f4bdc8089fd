/** Runs each command once as a child process, and checks which modules it loads. `rota serve` is in serve.test.ts. */
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { everything, texts } from '../handbook.ts';
import { folder, git, type Ran, rota } from '../process.ts';
import { bodyOf } from '../requests/bodies.ts';

const SWAP = bodyOf({
  'Rota and role': 'paas/nights/engineer',
  'My turn': '2027-04-07',
  'Their turn': '2027-04-14',
  From: '',
  To: '',
  'With whom': 'Ben Adeyemi (ben-adeyemi)',
  Why: '',
});

const EVENTS =
  '{"ticket": "1", "at": "2026-11-21T11:50:00Z", "kind": "opened", "service": "website", "priority": "P1"}';

/** Runs a command, split at blanks, in a repository with a handbook, the body of an issue, and an event of a ticket. */
function run(command: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const root = folder(texts(everything));
  writeFileSync(join(root, 'body.md'), SWAP);
  writeFileSync(join(root, 'events.json'), EVENTS);
  writeFileSync(join(root, 'alerts.csv'), 'person,alerted_at\namara-osei,2026-11-20T02:00\n');
  for (const words of ['init --quiet', 'add .', 'commit --quiet --message Begin'])
    git(root, '2026-11-20T12:00:00Z', ...words.split(' '));
  return rota(root, ['--now', '2026-11-21T12:00:00Z', ...command.split(' ')], env);
}

test.each([
  ['check', 0, /^no findings in \d+ files/],
  ['who paas/nights', 0, /^Who is on, Sat 21 Nov 12:00 \(Europe\/London\)\n/],
  ['due --service website --opened 2026-11-21T10:00', 0, /^Website, opened Sat 21 Nov 10:00 \(Europe/],
  ['tickets events.json', 0, /^Tickets in order of work, Sat 21 Nov 12:00 .*\n1 running\n/],
  ['tickets --zendesk example', 2, /^rota: there is no token of Zendesk in the environment/],
  ['shifts --from 2026-12-03 --to 2026-12-04', 0, /^From +To +Who/],
  ['time-off alerts.csv --from 2026-11-20 --to 2026-11-21', 0, /^Time off for alerts, Fri 20 Nov 00:00/],
  ['export shifts --from 2026-12-03 --to 2026-12-04', 0, /^rota +role +person +name/],
  ['export days --from 2026-12-03 --to 2026-12-04 --format csv', 0, /^date,person,name,rota,role,/],
  ['turns paas/nights engineer', 0, /^Turn +From +Until +Who/],
  ['diff --base HEAD', 0, /^Nobody's time changes/],
  ['news --base HEAD', 0, /^There is no news/],
  ['review --base HEAD', 0, /^<!-- rota-as-code: check -->\n\n✅ Ready/],
  ['swap paas/nights engineer 2027-05-05 2027-05-19', 0, /^paas\/nights\/engineer: chi-wong takes/],
  [
    'cover paas/nights engineer 2026-12-17T18:00 2026-12-17T21:00 dee-novak',
    0,
    / takes 2026-12-17T18:00 to /,
  ],
  ['forms --check', 1, /\/swap\.yml does not match the handbook/],
  ['request parse body.md', 0, /^Swap or cover: every field can be read/],
  ['plan pagerduty', 2, /^without --applied.*\nrota: /],
  ['apply pagerduty', 2, /^without --applied.*\nrota: /],
  ['plan slack', 2, /^rota: there is no token of Slack/],
  ['apply slack', 2, /^rota: there is no token of Slack/],
  ['plan zendesk --subdomain example', 2, /^rota: there is no token of Zendesk/],
  ['apply zendesk --subdomain example', 2, /^rota: there is no token of Zendesk/],
  ['plan posts', 2, /^rota: name the repository of the handbook/],
  ['apply posts --repository a/b', 2, /^rota: there is no token of Slack/],
  ['publish --out out', 0, /^wrote \d+ files/],
  ['holidays GB-ENG --years 2027', 0, /^# yaml-language-server: /],
  ['who nothing/like-it', 2, /^rota: there is no rota/],
])('rota %s', async (command, status, printed) => {
  const ran = await run(command);
  expect([ran.status, `${ran.stdout}${ran.stderr}`]).toEqual([status, expect.stringMatching(printed)]);
});

/** Prints the address of each module as it is loaded. */
const HOOK = `import { registerHooks } from 'node:module';
registerHooks({ load: (url, context, next) => (console.error(url), next(url, context)) });`;

async function loadedBy(command: string): Promise<readonly string[]> {
  const { stderr } = await run(command, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(HOOK)}`,
  });
  // The folder of packages can be a link to another place.
  const roots = [new URL('../..', import.meta.url), pathToFileURL(`${realpathSync('node_modules')}/`)];
  const paths = stderr.split('\n').flatMap((line) => {
    const own = roots.find(({ href }) => line.startsWith(href));
    return own === undefined ? [] : line.slice(own.href.length - 1);
  });
  return ['commands', 'drivers', 'github', 'site', 'requests', 'edit', 'commander', 'yaml', 'ajv'].filter(
    (part) => paths.some((path) => path.includes(`/${part}/`) || path.endsWith(`/vendor/${part}.js`)),
  );
}

test('a process loads only the command that is called, and its dependencies', async () => {
  expect(await loadedBy('--help')).toEqual(['commander']);
  expect(await loadedBy('--version')).toEqual(['commander']);
  expect(await loadedBy('who')).toEqual(['commands', 'commander', 'yaml', 'ajv']);
});
