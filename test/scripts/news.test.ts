// What the command line prints of the messages that a merge would give.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aHandbook, NIGHTS_ROTA, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, git } from '../process.ts';

const ROTA = 'rotas/paas/nights.yaml';
const COVER = `overrides:
  - {role: engineer, from: 2026-09-10T18:00, to: 2026-09-10T20:00, person: amara, instead_of: ben}
`;

/** A repository with the handbook, and other text of the rota in the working tree. */
function changedTo(rota: string): string {
  const people = { amara: 'name: "Amara @here"', ben: 'name: Ben', chi: 'name: Chi' };
  const root = folder(texts(aHandbook({ people })));
  for (const words of ['init --quiet', 'add .', 'commit --quiet --message Begin'])
    git(root, '2026-09-01T12:00:00Z', ...words.split(' '));
  writeFileSync(join(root, ROTA), rota);
  return root;
}
const news = (root: string, ...words: readonly string[]) =>
  rotaInProcess(root, ['news', '--base', 'HEAD', '--now', '2026-09-03T12:00:00Z', ...words]);

test('messages as text and as JSON', async () => {
  const root = changedTo(NIGHTS_ROTA + COVER);
  expect(await news(root)).toEqual({
    status: 0,
    stdout: `To Amara @here (affected):
  You gain:
  - PaaS, Nights (engineer), Thu 10 Sep 18:00 – 20:00, from Ben (cover)
  Times are those of Europe/London.

To Ben (affected):
  You give up:
  - PaaS, Nights (engineer), Thu 10 Sep 18:00 – 20:00, to Amara @here (cover)
  Times are those of Europe/London.
`,
    stderr: '',
  });
  const { stdout } = await news(root, '--format', 'json');
  expect(JSON.parse(stdout)).toEqual([
    { id: expect.stringMatching(/^[0-9a-f]{16}$/), to: 'amara', kind: 'affected', text: expect.any(String) },
    { id: expect.stringMatching(/^[0-9a-f]{16}$/), to: 'ben', kind: 'affected', text: expect.any(String) },
  ]);
});

test('no news is an empty list; a rota that cannot be read is a finding', async () => {
  expect((await news(changedTo(NIGHTS_ROTA), '--format', 'json')).stdout).toBe('[]\n');
  expect(await news(changedTo('nmae: Nights\n'), '--format', 'json')).toEqual({
    status: 1,
    stdout: '[]\n',
    stderr: 'rota: news of paas/nights is unknown, because a file could not be read; see "rota check"\n',
  });
});
