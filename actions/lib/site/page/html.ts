/**
 * The one way to make HTML and SVG: a template whose values are escaped as text, so that a name with markup in it
 * shows as text. Only what a template made itself goes into another as it is.
 */
import { forHtml } from '../../text/escape.ts';

/** HTML, in which every value put in by `html` was escaped. */
export interface Html {
  readonly html: string;
}

type Value = string | number | Html | readonly Html[];

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let text = parts[0] as string;
  for (const [i, value] of values.entries()) text += inside(value) + (parts[i + 1] as string);
  return { html: text };
}

function inside(value: Value): string {
  if (typeof value === 'string') return forHtml(value);
  if (typeof value === 'number') return String(value);
  if ('html' in value) return value.html;
  return value.map((it) => it.html).join('');
}

/** Where a part of a page has nothing to say. */
export const noHtml: Html = { html: '' };
