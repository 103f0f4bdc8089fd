/**
 * Lists of public holidays for a country or region, as a policy file to review. The only module that imports
 * `date-holidays`.
 */
import Holidays from 'date-holidays';
import { yamlLines } from '../actions/lib/load/source.ts';
import { didYouMean } from '../actions/lib/text/suggest.ts';
import { DAY, dateText, dayOf } from '../actions/lib/time/date.ts';
import { UsageError } from './terminal.ts';

/** A holiday list, with the keys of the file. */
export interface HolidayFile {
  readonly name: string;
  readonly region: string;
  readonly complete_from: string;
  readonly complete_until: string;
  readonly holidays: Readonly<Record<string, string>>;
}

/** The public holidays of a region such as GB-ENG, in any case, substitute days included, over whole years. */
export function holidayList(region: string, [first, last]: readonly [number, number]): HolidayFile {
  const { codes, name } = regionOf(region);
  const from = `${first}-01-01`;
  const until = `${last}-12-31`;
  const days = [...daysOf(codes, [first, last])].filter(([day]) => from <= day && day <= until);
  return {
    name,
    region: codes.join('-'),
    complete_from: from,
    complete_until: until,
    holidays: Object.fromEntries(days.toSorted(([one], [other]) => (one < other ? -1 : 1))),
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
    .filter((state) => inYear(daysOf([region, state], [year, year]).keys()).join() !== whole)
    .map((state) => `${region}-${state}`);
}

/** The names of holidays by day; some days are outside the years given. */
function daysOf(
  [country = '', state = '', part = '']: readonly string[],
  [first, last]: readonly [number, number],
): ReadonlyMap<string, string> {
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
  return days;
}

/** Names are always quoted. */
const isName = (): boolean => true;

/** The list as a file for `policies/holidays/`. */
export const holidayYaml = ({ name, holidays, ...file }: HolidayFile): string =>
  [
    '# yaml-language-server: $schema=../../schemas/holidays.schema.json',
    `# Made by "rota holidays ${file.region}"; look it over before you merge it.`,
    ...yamlLines({ name }, { quoted: isName }),
    ...yamlLines(file),
    ...yamlLines({ holidays }, { quoted: isName }),
    '',
  ].join('\n');

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
