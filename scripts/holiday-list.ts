/**
 * Lists of public holidays for a country or region, as a policy file to review. The only module that imports
 * `date-holidays`.
 */
import Holidays from 'date-holidays';
import { yamlLines } from '../actions/lib/load/source.ts';
import { didYouMean } from '../actions/lib/text/suggest.ts';
import { DAY, type Day, dateText, dayOf, weekdayOf } from '../actions/lib/time/date.ts';
import { formatDay } from '../actions/lib/time/format.ts';
import packageFile from '../package.json' with { type: 'json' };
import { UsageError } from './terminal.ts';

/** A holiday list, with the keys of the file. */
export interface HolidayFile {
  readonly name: string;
  readonly region: string;
  readonly source: string;
  readonly timezone?: string;
  readonly complete_from: string;
  readonly complete_until: string;
  readonly holidays: Readonly<Record<string, string>>;
}

/** A list as it was computed. */
export interface HolidayList extends HolidayFile {
  /** Weekend days that are not in the list, because it has the day on which each is observed. */
  readonly observed: Readonly<Record<string, string>>;
}

/** One-off holidays, by proclamation, that the library does not have: of gov.uk/bank-holidays, by region and date. */
const PROCLAIMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GB-SCT': { '2026-06-15': 'World Cup bank holiday' },
};

const SOURCE = `date-holidays ${packageFile.dependencies['date-holidays']}`;

/** The public holidays of a region such as GB-ENG, in any case, substitute days included, over whole years. */
export function holidayList(region: string, [first, last]: readonly [number, number]): HolidayList {
  const { codes, name } = regionOf(region);
  const from = `${first}-01-01`;
  const until = `${last}-12-31`;
  const id = codes.join('-');
  const { days, observed } = daysOf(codes, [first, last]);
  const proclaimed = Object.entries(PROCLAIMED[id] ?? {});
  const within = (all: Iterable<readonly [string, string]>) =>
    Object.fromEntries(
      [...all]
        .filter(([day]) => from <= day && day <= until)
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  const known = proclaimed.filter(([day]) => from <= day && day <= until);
  return {
    name,
    region: id,
    source: known.length === 0 ? SOURCE : `${SOURCE}, and days proclaimed by gov.uk`,
    complete_from: from,
    complete_until: until,
    holidays: within([...days, ...proclaimed]),
    observed: within(observed),
  };
}

/** For the list of a whole country, the regions whose holidays differ from it. */
export function regionsThatDiffer({ region, complete_from, holidays }: HolidayFile): readonly string[] {
  if (region.includes('-')) return [];
  const year = Number(complete_from.slice(0, 4));
  const inYear = (days: Iterable<string>) => [...days].filter((day) => day.startsWith(`${year}-`)).toSorted();
  const whole = inYear(Object.keys(holidays)).join();
  const states = Object.keys(new Holidays().getStates(region, 'en') ?? {}).toSorted();
  return states
    .filter((state) => inYear(daysOf([region, state], [year, year]).days.keys()).join() !== whole)
    .map((state) => `${region}-${state}`);
}

interface Days {
  /** The names of holidays by day; some days are outside the years given. */
  readonly days: ReadonlyMap<string, string>;
  /** Weekend holidays that are not among them, each with the day on which it is observed. */
  readonly observed: ReadonlyMap<string, string>;
}

const SUBSTITUTE = ' (substitute day)';

function daysOf(
  [country = '', state = '', part = '']: readonly string[],
  [first, last]: readonly [number, number],
): Days {
  const calendar = new Holidays(country, state, part, { languages: ['en'] });
  const days = new Map<string, string>();
  // A festival may begin in the year before, and the day in lieu of New Year may be in December.
  const years = [first - 1, last + 1, ...Array.from({ length: last - first + 1 }, (_, i) => first + i)];
  for (const year of years) {
    for (const { date, start, end, name, type } of calendar.getHolidays(year, 'en')) {
      if (type !== 'public') continue;
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      const firstOn = dayOf(date.slice(0, 10)) as number;
      for (let day = firstOn; day < firstOn + length; day++) days.set(dateText(day), name);
    }
  }
  const observed = observedElsewhere(days);
  for (const day of observed.keys()) days.delete(day);
  return { days, observed };
}

/** The weekend days whose substitute is in the list too: nobody counts both. */
function observedElsewhere(days: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const observed = new Map<string, string>();
  for (const [date, name] of days) {
    if (!name.endsWith(SUBSTITUTE)) continue;
    const on = dayOf(date) as Day;
    const near = Array.from({ length: 15 }, (_, i) => on + i - 7);
    const original = near.find(
      (day) => weekdayOf(day) >= 5 && days.get(dateText(day)) === name.slice(0, -SUBSTITUTE.length),
    );
    if (original !== undefined) observed.set(dateText(original), date);
  }
  return observed;
}

/** Names are always quoted. */
const isName = (): boolean => true;

/**
 * The list as a file for `policies/holidays/`. A comment beside each substitute day names the weekend day that it
 * stands for; `added` is the text of one-off days.
 */
export function holidayYaml({ name, holidays, observed, ...file }: HolidayList, added?: string): string {
  const standsFor = new Map(Object.entries(observed).map(([day, on]) => [on, day]));
  const lines = yamlLines({ holidays }, { quoted: isName }).map((line) => {
    const day = standsFor.get(line.trimStart().slice(0, 10));
    return day === undefined ? line : `${line} # for ${formatDay(dayOf(day) as Day)}`;
  });
  const notes =
    standsFor.size === 0
      ? []
      : ['# A holiday at a weekend that is observed on another day is listed on that day only.'];
  return [
    '# yaml-language-server: $schema=../../schemas/holidays.schema.json',
    `# Made by "rota holidays ${file.region}"; look it over before you merge it.`,
    ...notes,
    ...yamlLines({ name }, { quoted: isName }),
    ...yamlLines(file),
    ...lines,
    ...(added === undefined ? [] : [added.trimEnd()]),
    '',
  ].join('\n');
}

/** Common codes of countries that ISO 3166 gives another code. */
const USUAL: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The codes of a region as the library spells them, and its name. */
function regionOf(region: string): { readonly codes: readonly string[]; readonly name: string } {
  const [country = '', ...parts] = region.split('-');
  const all = new Holidays();
  const countries = all.getCountries('en');
  const code = spelt(country, countries);
  if (code === undefined) {
    const usual = Object.hasOwn(USUAL, country.toUpperCase()) ? USUAL[country.toUpperCase()] : undefined;
    const hint =
      usual === undefined ? didYouMean(country, Object.keys(countries)) : `; did you mean "${usual}"?`;
    throw new UsageError(`there is no country ${region}${hint}; use an ISO code such as GB or GB-ENG`);
  }
  const codes = [code];
  const names = [countries[code]];
  for (const part of parts) {
    const known =
      (codes.length === 1 ? all.getStates(code, 'en') : all.getRegions(code, codes[1] ?? '', 'en')) ?? {};
    const found = codes.length > 2 ? undefined : spelt(part, known);
    if (found === undefined) {
      const regions = Object.keys(known);
      throw new UsageError(
        `there is no region ${region}${didYouMean(part, regions)}; ` +
          `${codes.join('-')} has ${regions.join(', ') || 'none'}`,
      );
    }
    codes.push(found);
    names.push(known[found]);
  }
  return { codes, name: names.join(', ') };
}

/** The code as the library spells it, matched without regard to case. */
const spelt = (code: string, known: Readonly<Record<string, string>>): string | undefined =>
  Object.keys(known).find((it) => it.toLowerCase() === code.toLowerCase());
