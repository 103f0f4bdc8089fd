/** The zone names that a handbook may use, from the time-zone database in the package `tzdata`. */
import tzdata from 'tzdata' with { type: 'json' };

/** `UTC`, and every name of the form `Area/Place`, those of `Etc/` included. */
export function zoneNamesFile(): ReadonlyMap<string, string> {
  const names = Object.keys(tzdata.zones).filter((name) => name.includes('/'));
  return new Map([
    ['actions/lib/time/zone-names.json', `${JSON.stringify(['UTC', ...names], undefined, 2)}\n`],
  ]);
}
