/** The zone names that a handbook may use, from the time-zone database as `tzdata` packs it. */
import tzdata from 'tzdata' with { type: 'json' };

/** `UTC`, and every name with an area before its place; the offsets of `Etc/` are no place's time. */
export function zoneNamesFile(): ReadonlyMap<string, string> {
  const names = Object.keys(tzdata.zones).filter((name) => name.includes('/') && !name.startsWith('Etc/'));
  return new Map([
    ['actions/lib/time/zone-names.json', `${JSON.stringify(['UTC', ...names], undefined, 2)}\n`],
  ]);
}
