/**
 * Judges a request for a swap or a cover: whether both people hold the time they give away, whether it is possible, and
 * whether the notice is enough. Applies the edit of `rota swap` or `rota cover` to the handbook in memory. Pure.
 */
import { describe } from '../check/describe.ts';
import { compare } from '../compare/compare.ts';
import type { Exception } from '../compare/exceptions.ts';
import { teamOf } from '../compare/terms.ts';
import { verdictOf } from '../compare/verdict.ts';
import { coverHours, type Edit, type EditOutcome, swapTurns, type Transfer } from '../edit/edit.ts';
import { load, type Texts } from '../load/load.ts';
import { type Handbook, type Person, roleOf, termsFor } from '../model.ts';
import type { Duration } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';
import type { Origin } from './facts.ts';
import type { FieldFault, Parsed } from './parse.ts';

export type SwapVerdict =
  | { readonly kind: 'lacking'; readonly faults: readonly FieldFault[] }
  /** Every field is valid, but the swap is impossible. */
  | { readonly kind: 'wrong'; readonly reasons: readonly string[] }
  | (Possible & { readonly kind: 'late'; readonly late: readonly Late[] })
  | (Possible & { readonly kind: 'right' });

/** A possible swap or cover, and the people involved. */
interface Possible {
  readonly edit: Edit;
  readonly people: readonly [string, string];
  readonly rota: string;
}

/** A change of cover with less notice than the policy requires of its kind. */
interface Late {
  readonly exception: Exception;
  readonly minimum: Duration;
}

const WHOLE = 'This request';

/** The person with a GitHub login, in any case of letters. */
export const personOf = ({ people }: Handbook, login: string): Person | undefined =>
  [...people.values()].find(({ github }) => github?.toLowerCase() === login.toLowerCase());

/** Judges a request at the time `now`. */
export function judgeSwap(
  texts: Texts,
  handbook: Handbook,
  now: Instant,
  parsed: Parsed,
  by: Pick<Origin, 'author' | 'labels'>,
): SwapVerdict {
  const { values } = parsed;
  const faults: FieldFault[] = [...parsed.faults, ...combination(values)];
  const author = personOf(handbook, by.author);
  if (author === undefined)
    faults.push({
      field: WHOLE,
      message:
        `nobody in the handbook has the GitHub name ${by.author}; ` +
        'add it to people, or let somebody who is in people open the request',
    });
  const colleague = values.get('colleague') ?? '';
  if (author !== undefined && author.id === colleague)
    faults.push({ field: 'With whom', message: 'this is you; choose your colleague' });
  if (faults.length > 0 || author === undefined) return { kind: 'lacking', faults };
  const tried = values.has('mine')
    ? swapped(texts, now, values, author.id, colleague)
    : covered(texts, now, values, author.id, colleague);
  if ('kind' in tried) return tried;
  const { rota } = roleOf(values.get('seat') ?? '');
  const late = lateIn(texts, handbook, now, tried);
  const { emergency } = termsFor(handbook.notice, teamOf(rota));
  const isEmergency = by.labels.includes(emergency.label);
  const possible: Possible = { edit: tried, people: [author.id, colleague], rota };
  return late.length > 0 && !isEmergency
    ? { kind: 'late', late, ...possible }
    : { kind: 'right', ...possible };
}

/** The faults of the combination of fields: it is either both turns or both times. */
function* combination(values: ReadonlyMap<string, string>): Iterable<FieldFault> {
  const has = (id: string) => values.has(id);
  const turns = has('mine') || has('theirs');
  const times = has('from') || has('to');
  if (turns && times)
    yield {
      field: 'My turn',
      message: 'turns and times are both filled in; a swap has two turns, a cover has from and to',
    };
  else if (!turns && !times)
    yield {
      field: 'My turn',
      message:
        'neither turns nor times are filled in; fill in both turns for a swap, or from and to for a cover',
    };
  else if (turns && !has('mine'))
    yield { field: 'My turn', message: 'nothing is here; write the date on which your turn begins' };
  else if (turns && !has('theirs'))
    yield { field: 'Their turn', message: 'nothing is here; write the date on which their turn begins' };
  else if (times && !has('from'))
    yield { field: 'From', message: 'nothing is here; write when the cover begins' };
  else if (times && !has('to')) yield { field: 'To', message: 'nothing is here; write when the cover ends' };
}

type Tried = Edit | Extract<SwapVerdict, { readonly kind: 'wrong' | 'lacking' }>;

function swapped(
  texts: Texts,
  now: Instant,
  values: ReadonlyMap<string, string>,
  author: string,
  colleague: string,
): Tried {
  const mine = values.get('mine') ?? '';
  const theirs = values.get('theirs') ?? '';
  const outcome = swapTurns(texts, now, { ...roleOf(values.get('seat') ?? ''), turns: [mine, theirs] });
  if ('refusal' in outcome) return wrong(outcome);
  const holders = new Map(outcome.transfers.map((it) => ['turn' in it ? it.turn : '', it.insteadOf]));
  const faults = [
    ['My turn', mine, author],
    ['Their turn', theirs, colleague],
  ].flatMap(([field = '', turn = '', who = '']) => {
    const holder = holders.get(turn);
    return holder === who
      ? []
      : [
          {
            field,
            message: `${holder} holds the turn of ${turn}, not ${who}; write the date of one of ${who}'s turns`,
          },
        ];
  });
  return faults.length > 0 ? { kind: 'lacking', faults } : outcome;
}

/** The colleague covers for the author; or the author for the colleague, if the colleague holds the hours. */
function covered(
  texts: Texts,
  now: Instant,
  values: ReadonlyMap<string, string>,
  author: string,
  colleague: string,
): Tried {
  const requested = {
    ...roleOf(values.get('seat') ?? ''),
    from: values.get('from') ?? '',
    to: values.get('to') ?? '',
  };
  const given = coverHours(texts, now, { ...requested, person: colleague });
  if (!('refusal' in given) && takesFrom(given, author)) return given;
  const taken = coverHours(texts, now, { ...requested, person: author });
  if (!('refusal' in taken) && takesFrom(taken, colleague)) return taken;
  if ('refusal' in given) return wrong(given);
  const [{ insteadOf }] = given.transfers as [Transfer];
  const message = `${insteadOf} holds these hours, not ${author} or ${colleague}; write hours that one of you holds`;
  return { kind: 'lacking', faults: [{ field: 'From', message }] };
}

const takesFrom = ({ transfers }: Edit, person: string): boolean => transfers[0]?.insteadOf === person;

function wrong({
  refusal,
}: Extract<EditOutcome, { readonly refusal: unknown }>): Extract<SwapVerdict, { kind: 'wrong' }> {
  const reasons = refusal.kind === 'errors' ? refusal.findings.map(describe) : [refusal.message];
  return { kind: 'wrong', reasons };
}

/** The changes of cover with less notice than the policy requires, judged as on a pull request without approvals. */
function lateIn(texts: Texts, handbook: Handbook, now: Instant, { file, text }: Edit): readonly Late[] {
  const edited = load({ ...texts, texts: new Map(texts.texts).set(file, text) });
  const against = compare(handbook, edited.handbook, now, [], undefined);
  return against.ahead.flatMap((exception) => {
    const verdict = verdictOf(exception, against, now);
    return verdict.kind === 'late' ? [{ exception, minimum: verdict.required }] : [];
  });
}
