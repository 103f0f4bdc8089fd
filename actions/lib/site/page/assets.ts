/** Reads the files that all pages share, which are in this folder: style sheet, script, icon. */
import { readFileSync } from 'node:fs';
import type { Piece } from '../publication.ts';

const ASSETS = ['site.css', 'now.js', 'icon.svg'] as const;

/** The files that are published unchanged. */
export const assets = (): readonly Piece[] =>
  ASSETS.map((path) => ({ path, text: readFileSync(new URL(path, import.meta.url), 'utf8') }));
