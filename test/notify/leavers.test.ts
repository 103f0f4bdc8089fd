/** Whoever leaves the handbook leaves the groups in which runs put them; whom others put there stays. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { but } from '../handbook.ts';
import { runNotify } from './job.ts';
import { AMARA, BEN, GROUP, ROTA_FILE, type Scene, startScene } from './scene.ts';

const PEOPLE_FILE = 'rotas/people.yaml';

const groups = ({ slack, zendesk }: Scene) => [
  slack.state.groups.get('S0SUPPORT')?.users,
  zendesk.groups.members[GROUP],
];

const states = (it: Scene) => runNotify(it, { parts: 'slack zendesk', event: 'schedule' });

test('whoever leaves is taken from the groups, and so is a former user of somebody', async () => {
  const it = await startScene();
  onTestFinished(it.stop);
  const fileOf = (path: string) => readFileSync(join(it.root, path), 'utf8');
  // Omar is in the handbook, and holds no role.
  it.slack.state.groups.get('S0SUPPORT')?.users.push('U0OMAR');
  it.slack.state.users.set('U0BENBEN', 'active');
  await states(it);
  expect(groups(it)).toEqual([['U0OMAR', 'U0AMARA'], [AMARA]]);

  it.push({
    [PEOPLE_FILE]: fileOf(PEOPLE_FILE).replace(/^ +amara: .*\n/m, ''),
    [ROTA_FILE]: but(fileOf(ROTA_FILE), '[amara, ben, chi, dee]', '[ben, chi, dee]'),
  });
  expect((await states(it)).status).toBe(0);
  expect(groups(it)).toEqual([['U0OMAR', 'U0BEN'], [BEN]]);

  it.push({ [PEOPLE_FILE]: but(fileOf(PEOPLE_FILE), 'slack: U0BEN,', 'slack: U0BENBEN,') });
  const { status, stdout } = await states(it);
  expect([status, stdout]).toEqual([0, expect.stringContaining('omar, added by hand in Slack; kept')]);
  expect(groups(it)).toEqual([['U0OMAR', 'U0BENBEN'], [BEN]]);
});
