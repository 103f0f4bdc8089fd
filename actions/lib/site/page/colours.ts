/**
 * A colour for each person of a chart, by id alone, so that it stays theirs from day to day and from page to page as far
 * as two people of one chart do not want the same one. Pure.
 */

/** How many colours the style knows, as classes `c0`, `c1` and so on. */
const COLOURS = 12;

/** The number of everybody's colour: whoever wants one most gets it, so that a newcomer moves few others. */
export function coloursOf(people: Iterable<string>): ReadonlyMap<string, number> {
  const ids = [...new Set(people)].toSorted();
  const wishes = ids
    .flatMap((id) =>
      Array.from({ length: COLOURS }, (_, colour) => ({ id, colour, weight: hash(`${id} ${colour}`) })),
    )
    .toSorted((one, other) => other.weight - one.weight);
  const colours = new Map<string, number>();
  // Nobody shares a colour while there is one that nobody has.
  while (colours.size < ids.length) {
    const taken = new Set<number>();
    for (const { id, colour } of wishes) {
      if (colours.has(id) || taken.has(colour)) continue;
      colours.set(id, colour);
      taken.add(colour);
    }
  }
  return colours;
}

/** FNV-1a, with a last stir because short texts that end alike would be near each other. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
