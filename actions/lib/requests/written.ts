/**
 * Whether a merge brought to the default branch what a request asks for. A merged pull request is no proof: anyone with
 * write access can push to its branch before it is merged. The file is compared before and after the merge, so that
 * later edits of it do not matter. Pure.
 */
import { hoursHolder, turnHolders } from '../edit/holders.ts';
import { load } from '../load/load.ts';
import { roleOf } from '../model.ts';
import type { RequestContext } from './facts.ts';
import type { Case } from './read-issue.ts';
import { recordedChange } from './recorded-change.ts';
import { personOf } from './swap.ts';

/** The file that a request changes, relative to the folder of the handbook; undefined if it names none. */
export function fileOf(
  { handbook }: RequestContext,
  { request: { form, values } }: Case,
): string | undefined {
  if (form.kind === 'swap') return handbook.rotas.get(roleOf(values.get('seat') ?? '').rota)?.location.file;
  const team = handbook.services.get(values.get('service') ?? '')?.team;
  return team === undefined ? undefined : `rotas/${team}/planned-changes.yaml`;
}

/** Whether a merge that changed the file of a request from `before` to `after` brought what it asks for. */
export function isBrought(
  context: RequestContext,
  at: Case,
  file: string,
  [before, after]: readonly [before: string | undefined, after: string | undefined],
): boolean {
  if (after === undefined) return false;
  const { texts } = context;
  const withText = (text: string) => ({ ...texts, texts: new Map(texts.texts).set(file, text) });
  if (at.request.form.kind === 'change')
    return recordedChange({ ...context, handbook: load(withText(after)).handbook }, at) !== undefined;
  return before !== undefined && isSwapped(context, at, [withText(before), withText(after)]);
}

type Sides = readonly [before: RequestContext['texts'], after: RequestContext['texts']];

/** Whether each turn went over to the other person, or the hours from one of the two to the other. */
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
    const holders = sides.map((texts) => hoursHolder(texts, hours));
    return went(holders, author, colleague) || went(holders, colleague, author);
  }
  const turns = [value('mine'), value('theirs')] as const;
  const [before, after] = sides.map((texts) => turnHolders(texts, { ...seat, turns }));
  return (
    went([before?.[0], after?.[0]], author, colleague) && went([before?.[1], after?.[1]], colleague, author)
  );
}
