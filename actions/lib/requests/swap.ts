/**
 * Judges a request for a swap or a cover: whether both people hold the time they give away, whether it is possible, and
 * whether the notice is enough. Applies the edit of `rota swap` or `rota cover` to the handbook in memory. Pure.
 */
import { describe } from '../check/describe.ts';
import { compare } from '../compare/compare.ts';
import type { Exception } from '../compare/exceptions.ts';
import { teamOf } from '../compare/terms.ts';
import { verdictOf } from '../compare/verdict.ts';
import { coverHours, giveTurn, swapTurns } from '../edit/edit.ts';
import { type Edit, type EditOutcome, type Transfer, withEdit } from '../edit/outcome.ts';
import { load, type Texts } from '../load/load.ts';
import { type Handbook, type Person, type RoleRef, roleOf, termsFor } from '../model.ts';
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

/** The person with a GitHub login, in any case of letters; a login that two people share is nobody's. */
export function personOf({ people }: Handbook, login: string): Person | undefined {
  const named = [...people.values()].filter(({ github }) => github?.toLowerCase() === login.toLowerCase());
  return named.length === 1 ? named[0] : undefined;
}

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
      message:
        'turns and times are both filled in; a swap has two turns, a turn given away has one, a cover has from and to',
    };
  else if (!turns && !times)
    yield {
      field: 'My turn',
      message:
        'neither turns nor times are filled in; ' +
        'fill in both turns for a swap, only yours to give it away, or from and to for a cover',
    };
  else if (turns && !has('mine'))
    yield { field: 'My turn', message: 'nothing is here; write the date on which your turn begins' };
  else if (times && !has('from'))
    yield { field: 'From', message: 'nothing is here; write when the cover begins' };
  else if (times && !has('to')) yield { field: 'To', message: 'nothing is here; write when the cover ends' };
}

/** The turn of the colleague: of the role that is chosen, or of the one it is written with. */
export function theirTurn(
  values: ReadonlyMap<string, string>,
): { readonly seat: RoleRef; readonly turn: string } | undefined {
  const theirs = values.get('theirs');
  if (theirs === undefined) return undefined;
  const [first = '', turn] = theirs.split(' ');
  return turn === undefined
    ? { seat: roleOf(values.get('seat') ?? ''), turn: first }
    : { seat: roleOf(first), turn };
}

type Tried = Edit | Extract<SwapVerdict, { readonly kind: 'wrong' | 'lacking' }>;

function swapped(
  texts: Texts,
  now: Instant,
  values: ReadonlyMap<string, string>,
  author: string,
  colleague: string,
): Tried {
  const seat = roleOf(values.get('seat') ?? '');
  const mine = values.get('mine') ?? '';
  const theirs = theirTurn(values);
  const outcome =
    theirs === undefined
      ? giveTurn(texts, now, { ...seat, turn: mine, person: colleague })
      : swapTurns(texts, now, { ...seat, turns: [mine, theirs.turn], other: theirs.seat });
  if ('refusal' in outcome) return wrong(outcome);
  const named = [
    { field: 'My turn', seat, turn: mine, who: author },
    ...(theirs === undefined ? [] : [{ field: 'Their turn', ...theirs, who: colleague }]),
  ];
  const faults = named.flatMap(({ field, seat: { rota, role }, turn, who }) => {
    const own = outcome.transfers.find(
      (it) => it.rota === rota && it.role === role && 'turn' in it && it.turn === turn,
    );
    const holder = own?.insteadOf ?? 'nobody';
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
  const message =
    `${insteadOf ?? 'nobody'} holds these hours, not ${author} or ${colleague}; ` +
    'write hours that one of you holds';
  return { kind: 'lacking', faults: [{ field: 'From', message }] };
}

const takesFrom = ({ transfers }: Edit, person: string): boolean =>
  transfers.every(({ insteadOf }) => insteadOf === person);

function wrong({
  refusal,
}: Extract<EditOutcome, { readonly refusal: unknown }>): Extract<SwapVerdict, { kind: 'wrong' }> {
  const reasons = refusal.kind === 'errors' ? refusal.findings.map(describe) : [refusal.message];
  return { kind: 'wrong', reasons };
}

/** The changes of cover with less notice than the policy requires, judged as on a pull request without approvals. */
function lateIn(texts: Texts, handbook: Handbook, now: Instant, edit: Edit): readonly Late[] {
  const edited = load(withEdit(texts, edit));
  const against = compare(handbook, edited.handbook, now, [], undefined);
  return against.ahead.flatMap((exception) => {
    const verdict = verdictOf(exception, against, now);
    return verdict.kind === 'late' ? [{ exception, minimum: verdict.required }] : [];
  });
}
