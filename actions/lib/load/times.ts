/**
 * The law of `times`: every local time exists, and every span runs forwards. A schema sees one value at a time; this
 * sees a date beside its zone and a start beside its end, in data of whatever shape it was written.
 */
import { didYouMean } from '../text/suggest.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { daysOf, durationOf } from '../time/duration.ts';
import { instantText } from '../time/format.ts';
import { instantOfText, isZoneName, type Zone, zoneNames, zoneOf } from '../time/zone.ts';
import type { Kind } from './identify.ts';
import { at, isMap, keysOf, type Path, type RawFile, visit } from './raw-data.ts';

export interface TimeFault {
  readonly rule: 'times' | 'known-names' | 'schema';
  readonly path: Path;
  readonly atKey: boolean;
  readonly message: string;
}

type Say = (path: Path, message: string, more?: Partial<Pick<TimeFault, 'rule' | 'atKey'>>) => void;

/** Every time in a file that does not exist or comes in the wrong order; dates alone are the schema's. */
export function timeFaults({ kind, data }: RawFile): readonly TimeFault[] {
  const faults: TimeFault[] = [];
  const say: Say = (path, message, more) =>
    void faults.push({ rule: 'times', path: [...path], atKey: false, message, ...more });
  for (const law of LAWS[kind] ?? []) law(data, say);
  return faults;
}

type Law = (data: unknown, say: Say) => void;

const DATE = /^20\d\d-\d\d-\d\d$/;
const INSTANT = /^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const DATE_TIME = /^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/;

const written = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value);

/** Asked here and not among the other names, because a file without a zone has no times. */
const zone: Law = (data, say) => zoneAt(data, [], say);

function zoneAt(data: unknown, path: Path, say: Say): void {
  const name = at(data, 'timezone');
  if (typeof name !== 'string' || isZoneName(name)) return;
  say([...path, 'timezone'], `there is no time zone "${name.slice(0, 60)}"${didYouMean(name, zoneNames)}`, {
    rule: 'known-names',
  });
}

const overrides: Law = (data, say) => {
  const name = at(data, 'timezone');
  if (typeof name !== 'string' || !isZoneName(name)) return;
  visit(data, ['overrides', '*'], (override, path) => void spanIn(zoneOf(name), override, path, say));
};

/** When what has a `from` and a `to` begins, by what the clock shows, unless these run backwards or are none. */
function spanIn(local: Zone, data: unknown, path: Path, say: Say): Wall | undefined {
  const [from, to] = ['from', 'to'].map((key) => wallIn(local, at(data, key), [...path, key], say));
  if (from === undefined || to === undefined || to > from) return from;
  say(
    [...path, 'to'],
    `this ends at ${at(data, 'to')}, not after it begins (${at(data, 'from')}); give it a later end`,
  );
  return undefined;
}

const plannedChanges: Law = (data, say) =>
  visit(data, ['changes', '*'], (change, path) => {
    zoneAt(change, path, say);
    const [name, asked] = [at(change, 'timezone'), at(change, 'requested_at')];
    const requestedAt = typeof asked === 'string' ? instantOfText(asked) : undefined;
    if (written(asked, INSTANT) && requestedAt === undefined)
      say([...path, 'requested_at'], `there is no ${asked.slice(0, 10)} in the calendar`);
    if (typeof name !== 'string' || !isZoneName(name)) return;
    const from = spanIn(zoneOf(name), change, path, say);
    if (from === undefined || requestedAt === undefined) return;
    const startAt = zoneOf(name).instantOf(from);
    if (requestedAt < startAt) return;
    say(
      [...path, 'requested_at'],
      `this was asked for at ${asked}, not before it begins (${instantText(startAt)}); write when it was asked for`,
    );
  });

function wallIn(local: Zone, text: unknown, path: Path, say: Say): Wall | undefined {
  if (!written(text, DATE_TIME)) return undefined;
  const wall = wallOfText(text);
  if (wall === undefined) {
    say(path, `there is no ${text.slice(0, 10)} in the calendar`);
  } else if (!local.shows(wall)) {
    say(
      path,
      `there is no ${text} in ${local.name}, where the clocks go forward over it; take a time after the gap`,
    );
  }
  return wall;
}

const rotationOrder: Law = (data, say) =>
  visit(data, ['roles', '*', 'rotation'], (rotation, path) => {
    if (!Array.isArray(rotation)) return;
    for (const [i, entry] of rotation.entries()) {
      const [above, here] = [at(rotation, i - 1, 'first_turn'), at(entry, 'first_turn')];
      if (!written(above, DATE) || !written(here, DATE) || here > above) continue;
      say(
        [...path, i, 'first_turn'],
        `this begins on ${here}, not after the entry above (${above}); entries come in order of their first turn`,
      );
    }
  });

const amendmentDays: Law = (data, say) => {
  const seen = new Set<unknown>();
  visit(data, ['amendments', '*', 'first_day'], (day, path) => {
    if (seen.has(day)) say(path, `two amendments begin on ${String(day)}; write them as one`);
    seen.add(day);
  });
};

const handoverDays: Law = (data, say) => {
  for (const steps of [['handover'], ['amendments', '*', 'handover']]) {
    visit(data, steps, (handover, path) => {
      const seen = new Set<unknown>();
      for (const i of Array.isArray(handover) ? handover.keys() : []) {
        const day = at(handover, i, 'day');
        if (seen.has(day)) say([...path, i, 'day'], `${String(day)} is there twice; a day has one hand-over`);
        seen.add(day);
      }
    });
  }
};

const absences: Law = (data, say) =>
  visit(data, ['people', '*', 'away', '*'], (absence, path) => {
    const [first, last] = [at(absence, 'first_day'), at(absence, 'last_day')];
    if (!written(first, DATE) || !written(last, DATE) || first <= last) return;
    say([...path, 'last_day'], `this ends on ${last}, before it begins on ${first}; exchange the two`);
  });

const outsides: Law = (data, say) => {
  for (const above of [[], ['amendments', '*']]) {
    visit(data, [...above, 'windows'], (windows, path) => {
      const isOutside = (name: unknown) => isMap(at(windows, String(name)));
      for (const name of keysOf(windows)) {
        visit(at(windows, name), ['outside', '*'], (other, deeper) => {
          if (isOutside(other))
            say(
              [...path, name, ...deeper],
              `"${String(other)}" is itself what lies outside others; name windows with days and times`,
            );
        });
      }
    });
  }
};

const completeness: Law = (data, say) => {
  const [from, until] = [at(data, 'complete_from'), at(data, 'complete_until')];
  if (!written(from, DATE) || !written(until, DATE)) return;
  if (until < from) {
    say(['complete_until'], `the list ends on ${until}, before it begins on ${from}; exchange the two`);
    return;
  }
  const days = keysOf(at(data, 'holidays')).filter((day) => written(day, DATE));
  const outside = ([first, ...more]: readonly string[], where: string, remedy: string) => {
    if (first === undefined) return;
    const others = more.length === 1 ? 'another day' : `${more.length} more days`;
    const [lie, them] = more.length === 0 ? ['lies', 'the day'] : [`and ${others} lie`, 'them'];
    say(['holidays', first], `${first} ${lie} ${where}; ${remedy} or take ${them} out`, { atKey: true });
  };
  // One end that is wrong puts many days outside, and is told once.
  const early = days.filter((day) => day < from);
  const late = days.filter((day) => day > until);
  outside(early, `before complete_from (${from})`, 'give the list an earlier beginning');
  outside(late, `after complete_until (${until})`, 'give the list a later end');
};

/** Ten years: further away nothing is foreseen, and every week of it is computed and published. */
const MOST_DAYS = 520 * 7;

const reaches: Law = (data, say) => {
  for (const key of ['back', 'ahead']) {
    const text = at(data, key);
    if (!written(text, /^[1-9]\d{0,3} (day|week)s?$/) || daysOf(durationOf(text)) <= MOST_DAYS) continue;
    say([key], `"${text}" is more than 520 weeks, which is the most; take a shorter time`, {
      rule: 'schema',
    });
  }
};

const LAWS: Readonly<Partial<Record<Kind, readonly Law[]>>> = {
  people: [absences],
  rota: [zone, overrides, rotationOrder, amendmentDays, handoverDays],
  'support-hours': [zone, amendmentDays, outsides],
  holidays: [completeness],
  publishing: [reaches],
  'planned-changes': [plannedChanges],
};
