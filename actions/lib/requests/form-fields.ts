/** What the definitions of forms share: fields, options, and who is offered. Pure. */
import { type Handbook, inSeatOrder, type Person, type Role } from '../model.ts';
import { dayOfTurn } from '../time/turn-name.ts';
import type { Field, Option } from './form.ts';

/** Options in the order of their texts. */
export const byText = (options: readonly Option[]): readonly Option[] =>
  options.toSorted((one, other) => inSeatOrder(one.text, other.text));

/** `Amara Osei (amara-osei)`: names need not be unique, ids are. */
export const namedOption = ({ id, name }: { readonly id: string; readonly name: string }): Option => ({
  id,
  text: `${name} (${id})`,
});

/** A field of one line. */
export const line = (
  id: string,
  label: string,
  format: Extract<Field, { kind: 'line' }>['format'],
  example: string,
  description: string,
  need: Field['need'] = 'required',
): Field => ({ kind: 'line', id, label, format, example, description, need });

/** A field of several lines. */
export const text = (
  id: string,
  label: string,
  description: string,
  need: Field['need'] = 'required',
): Field => ({
  kind: 'text',
  id,
  label,
  description,
  need,
});

/** A drop-down. */
export const choice = (
  id: string,
  label: string,
  options: readonly Option[],
  description: string,
  need: Field['need'] = 'required',
): Field => ({ kind: 'choice', id, label, options, description, need });

/**
 * Whether somebody is on their way out and in no list any more. Independent of the clock, so that a form is out of date
 * only after an edit of the handbook: with a last day, the newest entry of a rotation decides, or in a role without
 * one, whether turns of others follow.
 */
export function isLeaver({ rotas }: Handbook, { id, lastOn }: Person): boolean {
  if (lastOn === undefined) return false;
  const isNext = ({ rotation, turns }: Role) => {
    const newest = rotation.at(-1);
    if (newest !== undefined) return newest.people.some(({ person }) => person === id);
    const days = [...turns.keys()].map(dayOfTurn);
    return (
      days.length > 0 && Math.max(...days) <= lastOn && [...turns.values()].some((it) => it.person === id)
    );
  };
  return ![...rotas.values()].some(({ roles }) => [...roles.values()].some(isNext));
}
