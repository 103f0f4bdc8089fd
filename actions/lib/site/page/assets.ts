/** The edge that reads what the pages share: their style, their script, their icon. They lie beside it, bundled or not. */
import { readFileSync } from 'node:fs';
import type { Piece } from '../publication.ts';

const ASSETS = ['site.css', 'now.js', 'icon.svg'] as const;

/** The files that are published as they are. */
export const assets = (): readonly Piece[] =>
  ASSETS.map((path) => ({ path, text: readFileSync(new URL(path, import.meta.url), 'utf8') }));
