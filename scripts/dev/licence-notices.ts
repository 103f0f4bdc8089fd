/** The licences of the packages bundled into `actions/vendor`, with the text that each package includes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name, version and licence of every package that one of these files belongs to. */
export function licenceNotices(root: string, files: readonly string[]): string {
  const packages = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const parts = [...packages].toSorted().map((folder) => noticeOf(join(root, folder)));
  return `What is bundled here, and under which licence.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((it) => /^(licen[cs]e|copying)/i.test(it));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}`;
}
