/**
 * A colour for each person of a chart. It depends on the ids only, so it is the same every day and on every page unless
 * two people of one chart compete for it. Pure.
 */

/** The number of colours in `site.css`, as classes `c0`, `c1` and so on. */
const COLOURS = 12;

/**
 * Colour numbers by person. Each colour goes to the person with the highest hash for it, so a new person changes few
 * others.
 */
export function coloursOf(people: Iterable<string>): ReadonlyMap<string, number> {
  const ids = [...new Set(people)].toSorted();
  const candidates = ids
    .flatMap((id) =>
      Array.from({ length: COLOURS }, (_, colour) => ({ id, colour, weight: hash(`${id} ${colour}`) })),
    )
    .toSorted((one, other) => other.weight - one.weight);
  const colours = new Map<string, number>();
  // A round assigns each colour at most once: colours repeat only when all are used.
  while (colours.size < ids.length) {
    const taken = new Set<number>();
    for (const { id, colour } of candidates) {
      if (colours.has(id) || taken.has(colour)) continue;
      colours.set(id, colour);
      taken.add(colour);
    }
  }
  return colours;
}

/** FNV-1a with a final mix, because short texts with the same end would have similar hashes. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
