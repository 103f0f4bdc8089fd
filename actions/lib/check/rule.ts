/** The type of a rule, and its input. */
import type { Against } from '../compare/against.ts';
import type { LoadCodes } from '../load/codes.ts';
import type { Finding, Handbook, Location, Severity } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import type { Interval } from '../timeline.ts';
import { withSpans } from './spans.ts';

/** Everything a rule may read. */
export interface Context {
  readonly handbook: Handbook;
  /** The findings of loading, for the rules that only report those. */
  readonly loading: readonly Finding[];
  /** The published span. */
  readonly resolved: Resolved;
  /** From now to the horizon: the time that can still be changed. */
  readonly ahead: Interval;
  /** Undefined where there is nothing to compare with. */
  readonly against: Against | undefined;
}

/** What lists of rules show of one. */
export interface RuleInfo {
  readonly name: string;
  readonly severity: Severity;
  /** What it requires, in one sentence of plain text. */
  readonly summary: string;
  /** What it needs in addition to the handbook: a base to compare with, or a pull request whose reviews can be read. */
  readonly needs?: 'base' | 'reviews';
  /** The playbook it is based on; undefined for a rule about the files themselves. */
  readonly playbook?: string;
}

/** One rule over the handbook. Its file opens with its manual: what it requires, why, and where it reports. */
export interface Rule extends RuleInfo {
  readonly check: (context: Context) => readonly Finding[];
  /** Formats one of its findings as a sentence without a full stop. */
  readonly describe: (finding: Pick<Finding, 'code' | 'args'>) => string;
  /** Arguments that are advice only: two findings that differ only in these are the same finding. */
  readonly advice: readonly string[];
}

/** Something a rule objects to; `Codes` has the arguments of each of its codes. */
export type Objection<Codes> = {
  readonly [Code in keyof Codes]: {
    readonly code: Code;
    readonly args: Codes[Code];
    readonly location: Location;
    /** Other locations involved. */
    readonly related?: readonly Location[];
    /** Overrides the severity of the rule. */
    readonly severity?: Severity;
  };
}[keyof Codes];

/** A rule as its file defines it. */
interface Definition<Codes> extends RuleInfo {
  readonly check: (context: Context) => Iterable<Objection<Codes>>;
  readonly describe: { readonly [Code in keyof Codes]: (args: Codes[Code]) => string };
  /** Arguments that are advice only: after an edit a different colleague may be free, yet the finding is the same. */
  readonly advice?: readonly { readonly [Code in keyof Codes]: keyof Codes[Code] & string }[keyof Codes][];
}

/** A rule with the types of its codes, for modules that create its findings elsewhere. */
export interface TypedRule<Codes> extends Rule {
  readonly finding: (objection: Objection<Codes>) => Finding;
}

/** Makes a rule from its definition. Findings lose the types of their arguments here; `describe` restores them. */
export function rule<Codes extends { readonly [Code in keyof Codes]: object }>(
  definition: Definition<Codes>,
): TypedRule<Codes> {
  const { name, severity, check, describe, advice = [] } = definition;
  const finding = (objection: Objection<Codes>): Finding =>
    withSpans({ rule: name, severity, ...objection } as unknown as Finding);
  return {
    ...definition,
    advice,
    finding,
    check: (context) => Array.from(check(context), finding),
    describe: ({ code, args }) => describe[code as keyof Codes](args as Codes[keyof Codes]),
  };
}

/** The findings of loading that belong to a rule, typed by `LoadCodes`. */
export const loadFindings = <Rule extends keyof LoadCodes>(
  { loading }: Context,
  name: Rule,
): Iterable<Objection<LoadCodes[Rule]>> =>
  loading.filter((finding) => finding.rule === name) as unknown as readonly Objection<LoadCodes[Rule]>[];
