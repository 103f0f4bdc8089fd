/** Prints the findings of small handbooks as data, one line each. Asserts nothing. */
import type { TypedRule } from '../actions/lib/check/rule.ts';
import type { Pull } from '../actions/lib/compare/against.ts';
import type { LocatedFinding } from '../actions/lib/model.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { DAY, type Day } from '../actions/lib/time/date.ts';
import { type Duration, durationText } from '../actions/lib/time/duration.ts';
import { turnText } from '../actions/lib/time/turn-name.ts';
import { at, compared, local, texts } from './handbook.ts';

/** The findings of all rules in a handbook, one line each: `file:line:column rule/code {args}`. */
export const found = (text: string, now?: string): string[] =>
  findingsOf(text, now).map(
    (finding) => `${placeText(finding)} ${finding.rule}/${finding.code} ${argsText(finding.args)}`,
  );

/** The findings of one rule in a handbook, one line each: `file:line:column code {args}`. */
export const foundBy = (rule: string, text: string, now?: string): string[] =>
  findingsOf(text, now)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${placeText(finding)} ${finding.code} ${argsText(finding.args)}`);

const findingsOf = (text: string, now = '2026-11-21T12:00:00Z'): readonly LocatedFinding[] =>
  evaluate({ texts: texts(text), findings: [] }, at(now), () => {}).findings;

/** The findings of one rule in a pull request, one line each: `file:line:column severity code {args}`. */
export const foundInPull = (
  rule: string,
  base: string,
  head: string,
  now: string,
  pull?: Partial<Pull>,
): string[] =>
  compared(base, head, now, pull)
    .findings.filter((finding) => finding.rule === rule)
    .map((finding) => `${placeText(finding)} ${finding.severity} ${finding.code} ${argsText(finding.args)}`);

const placeText = ({ file, line, column }: LocatedFinding): string => `${file}:${line}:${column}`;

/** Arguments that are not printed: default values, and those needed only to format others. */
const DEFAULTS: Readonly<Record<string, unknown>> = { more: 0, requestIsAhead: false };
const FORMATTING = ['zone', 'nowAt', 'emergencies', 'spans', 'counted'];

/**
 * `{person: amara, startAt: 2026-12-07T10:00+00:00}`: instants in their zone, days as dates; what is undefined is
 * left out.
 */
function argsText(args: LocatedFinding['args']): string {
  const zone = typeof args.zone === 'string' ? args.zone : 'utc';
  const shown = Object.entries(args).filter(
    ([key, value]) => value !== undefined && !FORMATTING.includes(key) && DEFAULTS[key] !== value,
  );
  return `{${shown.map(([key, value]) => `${key}: ${valueText(key, value, zone)}`).join(', ')}}`;
}

function valueText(key: string, value: unknown, zone: string): string {
  if (typeof value === 'number' && key.endsWith('At')) return local(value, zone);
  if (typeof value === 'number' && key.endsWith('On')) return turnText(value);
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'object' ? durationText(value as Duration) : String(value);
}

/** A day written `2026-12-02`. */
export const day = (text: string): Day => Date.parse(`${text}T00:00:00Z`) / DAY;

/** The message of a rule for a code and its arguments. */
export const wordsOf =
  <Codes>(rule: TypedRule<Codes>) =>
  (
    coded: {
      readonly [Code in keyof Codes]: { readonly code: Code; readonly args: Codes[Code] };
    }[keyof Codes],
  ): string =>
    rule.describe(rule.finding({ ...coded, location: { file: '', path: [] } }));
