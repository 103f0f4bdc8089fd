/** What a rule is and what it is given. */
import type { Against } from '../compare/against.ts';
import type { LoadCodes } from '../load/codes.ts';
import type { Finding, Handbook, Location, Severity } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import type { Interval } from '../timeline.ts';

/** Everything a rule may look at. */
export interface Context {
  readonly handbook: Handbook;
  /** What loading found, for the rules that only pass it on. */
  readonly loading: readonly Finding[];
  /** The published span. */
  readonly resolved: Resolved;
  /** From now to the horizon: what can still be changed, and must be right. */
  readonly ahead: Interval;
  /** Undefined where there is nothing to compare with. */
  readonly against: Against | undefined;
}

/** What people may know of a rule. */
export interface RuleInfo {
  readonly name: string;
  readonly severity: Severity;
  /** What it requires, in one sentence of plain text. */
  readonly summary: string;
  /** What it needs beside the handbook: the base to compare with, or a pull request whose reviews can be read. */
  readonly needs?: 'base' | 'reviews';
  /** Where it is written down; a rule without keeps the files in order and is of no playbook. */
  readonly playbook?: string;
}

/** One rule over the handbook. Its file opens with its manual: what it requires, why, and where it reports. */
export interface Rule extends RuleInfo {
  readonly check: (context: Context) => readonly Finding[];
  /** One of its findings in a sentence without a full stop. */
  readonly describe: (finding: Pick<Finding, 'code' | 'args'>) => string;
  /** The arguments without which a finding is still the same one. */
  readonly advice: readonly string[];
}

/** Something a rule objects to; `Codes` has the arguments of each of its codes. */
export type Objection<Codes> = {
  readonly [Code in keyof Codes]: {
    readonly code: Code;
    readonly args: Codes[Code];
    readonly location: Location;
    /** Other locations that have a part in it. */
    readonly related?: readonly Location[];
    /** Where it weighs less than the rule's objections do. */
    readonly severity?: Severity;
  };
}[keyof Codes];

/** A rule as its file writes it. */
interface Definition<Codes> extends RuleInfo {
  readonly check: (context: Context) => Iterable<Objection<Codes>>;
  readonly describe: { readonly [Code in keyof Codes]: (args: Codes[Code]) => string };
  /** Arguments that only advise: other people may be free after an edit, and the finding is the same. */
  readonly advice?: readonly { readonly [Code in keyof Codes]: keyof Codes[Code] & string }[keyof Codes][];
}

/** A rule that keeps the types of its codes, for whoever makes findings of it elsewhere. */
export interface TypedRule<Codes> extends Rule {
  readonly finding: (objection: Objection<Codes>) => Finding;
}

/**
 * Makes a rule of its definition. Its findings lose the types of their arguments here and get them back in `describe`.
 */
export function rule<Codes extends { readonly [Code in keyof Codes]: object }>(
  definition: Definition<Codes>,
): TypedRule<Codes> {
  const { name, severity, check, describe, advice = [] } = definition;
  const finding = (objection: Objection<Codes>): Finding =>
    ({ rule: name, severity, ...objection }) as unknown as Finding;
  return {
    ...definition,
    advice,
    finding,
    check: (context) => Array.from(check(context), finding),
    describe: ({ code, args }) => describe[code as keyof Codes](args as Codes[keyof Codes]),
  };
}

/** The findings of loading that belong to a rule; what loading may find of it is in `LoadCodes`. */
export const loadFindings = <Rule extends keyof LoadCodes>(
  { loading }: Context,
  name: Rule,
): Iterable<Objection<LoadCodes[Rule]>> =>
  loading.filter((finding) => finding.rule === name) as unknown as readonly Objection<LoadCodes[Rule]>[];
