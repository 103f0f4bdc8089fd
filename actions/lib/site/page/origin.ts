/** Where figures and steps come from: a mark beside examples, and the playbook or agreement of the others. Pure. */
import type { Provenance } from '../../model.ts';
import { type Html, html, noHtml } from './html.ts';

/** The word *example* beside what is this handbook's own; nothing beside everything else. */
export const exampleMark = ({ isExample }: Provenance): Html =>
  isExample ? html` <em class="example">example</em>` : noHtml;

/** A link to an address that is known to be https. */
export const link = (address: string, text: string): Html => html`<a href="${address}">${text}</a>`;

const sourceText = (source: string): Html =>
  source.startsWith('https://') ? link(source, source) : html`${source}`;

/** The sources of several things, each once, as a line under them. */
export function sourcesLine(words: string, origins: readonly Provenance[]): Html {
  const sources = [...new Set(origins.flatMap(({ source }) => source ?? []))];
  if (sources.length === 0) return noHtml;
  return html`<p class="hint">${words} ${sources.map((it, i) => html`${i === 0 ? '' : '; '}${sourceText(it)}`)}</p>\n`;
}
