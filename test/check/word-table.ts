/** The messages of every code of a rule, in one table that the compiler keeps complete. */
import type { Rule } from '../../actions/lib/check/rule.ts';

/** For each code, arguments and the expected message. */
export type WordTable<Codes> = {
  readonly [Code in keyof Codes]: readonly (readonly [args: Codes[Code], words: string])[];
};

/** Each row of a table as `[code, expected message, actual message]`. */
export const worded = <Codes extends { readonly [Code in keyof Codes]: object }>(
  { describe }: Rule,
  table: WordTable<Codes>,
): readonly (readonly [code: string, expected: string, made: string])[] =>
  Object.entries<WordTable<Codes>[keyof Codes]>(table).flatMap(([code, rows]) =>
    rows.map(
      ([args, words]) =>
        [code, words, describe({ code, args: args as Readonly<Record<string, unknown>> })] as const,
    ),
  );
