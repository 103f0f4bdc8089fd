/** The coming holidays, from the lists that the support hours of some rotas use. Pure. */
import type { Handbook, Rota } from '../../model.ts';
import { holidaysOn } from '../../query/holidays.ts';
import { type Day, dateText } from '../../time/date.ts';
import { dayTime } from './frame.ts';
import { type Html, html, noHtml } from './html.ts';

interface Holiday {
  readonly on: Day;
  readonly name: string;
  readonly list: string;
}

/** The holidays of some rotas from `fromOn` until before `toOn`, in order, by the list in force on each day. */
export function holidaysOf(
  handbook: Handbook,
  rotas: Iterable<Rota>,
  fromOn: Day,
  toOn: Day,
): readonly Holiday[] {
  const found = new Map<string, Holiday>();
  for (const rota of rotas)
    for (let on = fromOn; on < toOn; on++) {
      for (const { list, name } of holidaysOn(handbook, rota, on))
        found.set(`${dateText(on)} ${list.id}`, { on, name, list: list.name });
    }
  return [...found].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, holiday]) => holiday);
}

/** The section on holidays; the names of lists are shown only if there are several. */
export function holidaysPart(ahead: readonly Holiday[], weeks: number): Html {
  const lists = new Set(ahead.map(({ list }) => list));
  const days = ahead.map(
    ({ on, name, list }) =>
      html`<li>${dayTime(on)} ${name}${lists.size > 1 ? html` <span class="hint">${list}</span>` : noHtml}</li>\n`,
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
