/**
 * Whether a merge brought to the default branch what a request asks for. A merged pull request is no proof: anyone with
 * write access can push to its branch before it is merged. The files are compared before and after the merge, so that
 * later edits of it do not matter. Pure.
 */
import { hoursHolders, turnHolder } from '../edit/holders.ts';
import { load } from '../load/load.ts';
import { type Handbook, type RoleRef, roleOf } from '../model.ts';
import type { RequestContext } from './facts.ts';
import type { Case } from './read-issue.ts';
import { recordedChange } from './recorded-change.ts';
import { personOf, theirTurn } from './swap.ts';

/** The files that a request changes, relative to the folder of the handbook; none if it names none. */
export function filesOf(
  { handbook }: RequestContext,
  { request: { form, values } }: Case,
): readonly string[] {
  if (form.kind === 'time-off') return [];
  if (form.kind === 'swap') {
    const rotas = [roleOf(values.get('seat') ?? '').rota, theirTurn(values)?.seat.rota];
    return [...new Set(rotas.flatMap((id) => handbook.rotas.get(id ?? '')?.location.file ?? []))];
  }
  if (form.kind === 'join') {
    const people = new Set([...handbook.people.values()].map(({ location }) => location.file));
    const { rota } = roleOf(values.get('role') ?? '');
    return [
      ...(handbook.rotas.get(rota)?.location.file === undefined ? [] : [`rotas/${rota}.yaml`]),
      ...people,
    ];
  }
  const team = handbook.services.get(values.get('service') ?? '')?.team;
  return team === undefined ? [] : [`rotas/${team}/planned-changes.yaml`];
}

/** A file before and after a merge; undefined where it was not there. */
export interface MergedFile {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Whether a merge that changed the files of a request brought what it asks for. */
export function isBrought(context: RequestContext, at: Case, files: readonly MergedFile[]): boolean {
  const { texts } = context;
  const withTexts = (side: 'before' | 'after') => ({
    ...texts,
    texts: new Map([...texts.texts, ...files.flatMap((it) => textOf(it.file, it[side]))]),
  });
  if (files.length === 0 || files.some(({ after }) => after === undefined)) return false;
  if (at.request.form.kind === 'change')
    return recordedChange({ ...context, handbook: load(withTexts('after')).handbook }, at) !== undefined;
  if (at.request.form.kind === 'join') {
    const [before, after] = (['before', 'after'] as const).map((side) =>
      isInRotation(load(withTexts(side)).handbook, at.request.values),
    );
    return before === false && after === true;
  }
  const wasThere = files.every(({ before }) => before !== undefined);
  return wasThere && isSwapped(context, at, [withTexts('before'), withTexts('after')]);
}

/** Whether the person with the login of a request to join is in the newest list of its role. */
function isInRotation(handbook: Handbook, values: ReadonlyMap<string, string>): boolean {
  const { rota, role } = roleOf(values.get('role') ?? '');
  const person = personOf(handbook, values.get('login') ?? '')?.id;
  const newest = handbook.rotas.get(rota)?.roles.get(role)?.rotation.at(-1);
  return person !== undefined && newest?.people.some((it) => it.person === person) === true;
}

const textOf = (file: string, text: string | undefined): readonly (readonly [string, string])[] =>
  text === undefined ? [] : [[file, text]];

type Holders = ReturnType<typeof hoursHolders>;

type Sides = readonly [before: RequestContext['texts'], after: RequestContext['texts']];

/** Whether each turn that is named went over to the other person, or the hours from one of the two to the other. */
function isSwapped(
  { handbook }: RequestContext,
  { issue, request: { values } }: Case,
  sides: Sides,
): boolean {
  const value = (id: string) => values.get(id) ?? '';
  const author = personOf(handbook, issue.author)?.id;
  const colleague = value('colleague');
  const seat = roleOf(value('seat'));
  const went = (holders: readonly (string | undefined)[], ...[from, to]: readonly (string | undefined)[]) =>
    holders[0] === from && holders[1] === to;
  if (author === undefined) return false;
  if (values.has('from')) {
    const hours = { ...seat, from: value('from'), to: value('to') };
    const [held, now] = sides.map((texts) => hoursHolders(texts, hours)) as [Holders, Holders];
    const wentTo = (from: string, to: string) =>
      held.includes(from) && held.every((it) => it === from || it === to) && now.every((it) => it === to);
    return now.length > 0 && (wentTo(author, colleague) || wentTo(colleague, author));
  }
  const theirs = theirTurn(values);
  const holdersOf = (of: RoleRef, turn: string) => sides.map((texts) => turnHolder(texts, { ...of, turn }));
  const isGiven = went(holdersOf(seat, value('mine')), author, colleague);
  return isGiven && (theirs === undefined || went(holdersOf(theirs.seat, theirs.turn), colleague, author));
}
