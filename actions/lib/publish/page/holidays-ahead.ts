/** The holidays ahead, from the lists that the support hours of some rotas use. Pure. */
import type { Handbook, Rota } from '../../model.ts';
import type { Day } from '../../time.ts';
import { dayTime } from './frame.ts';
import { type Html, html, nothing } from './html.ts';

interface Holiday {
  readonly on: Day;
  readonly name: string;
  readonly list: string;
}

/** The holidays of rotas from a day on and before another, in order. */
export function holidaysOf(
  { hours, holidays }: Handbook,
  rotas: Iterable<Rota>,
  fromOn: Day,
  toOn: Day,
): readonly Holiday[] {
  const ids = new Set<string>();
  for (const { terms } of rotas)
    for (const own of terms)
      for (const { holidays: list } of hours.get(own.hours ?? '')?.terms ?? [])
        if (list !== undefined) ids.add(list);
  return [...ids]
    .toSorted()
    .flatMap((id) => {
      const list = holidays.get(id);
      return [...(list?.days ?? [])]
        .filter(([on]) => on >= fromOn && on < toOn)
        .map(([on, name]) => ({ on, name, list: list?.name ?? id }));
    })
    .toSorted((one, other) => one.on - other.on);
}

/** The section on holidays; where there is one list for all, its name says nothing. */
export function holidaysPart(ahead: readonly Holiday[], weeks: number): Html {
  const lists = new Set(ahead.map(({ list }) => list));
  const days = ahead.map(
    ({ on, name, list }) =>
      html`<li>${dayTime(on)} ${name}${lists.size > 1 ? html` <span class="hint">${list}</span>` : nothing}</li>\n`,
  );
  return html`<section aria-labelledby="holidays">
<h2 id="holidays">Holidays ahead</h2>
${
  days.length === 0
    ? html`<p>None in the coming ${weeks} weeks.</p>\n`
    : html`<ul class="dates" role="list">
${days}</ul>
`
}</section>
`;
}
