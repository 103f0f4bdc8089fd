/**
 * The template for all HTML and SVG. It escapes values as text, so that a name with markup is displayed as text; only
 * the output of another template is inserted unescaped.
 */
import { forHtml } from '../../text/escape.ts';

/** HTML made by `html`, in which all values are escaped. */
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

/** An empty part of a page. */
export const noHtml: Html = { html: '' };
