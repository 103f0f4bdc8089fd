/** Lists of public holidays for a country or region, as a policy file to review. The one home of `date-holidays`. */
import Holidays from 'date-holidays';
import { didYouMean } from '../actions/lib/suggest.ts';
import { DAY, dateText, dayOf } from '../actions/lib/time.ts';
import { WrongUse } from './terminal.ts';

/** A holiday list, keyed as in the file. */
export interface HolidayFile {
  readonly name: string;
  readonly region: string;
  readonly complete_from: string;
  readonly complete_until: string;
  readonly holidays: Readonly<Record<string, string>>;
}

/** The public holidays of a region such as GB-ENG, substitute days included, over whole years. */
export function holidaysOf(region: string, [first, last]: readonly [number, number]): HolidayFile {
  const calendar = calendarOf(region);
  const days = new Map<string, string>();
  for (let year = first; year <= last; year++) {
    for (const { date, start, end, name, type } of calendar.getHolidays(year, 'en')) {
      if (type !== 'public') continue;
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      const firstOn = dayOf(date.slice(0, 10)) as number;
      for (let day = firstOn; day < firstOn + length; day++) days.set(dateText(day), name);
    }
  }
  return {
    name: nameOf(region),
    region,
    complete_from: `${first}-01-01`,
    complete_until: `${last}-12-31`,
    holidays: Object.fromEntries([...days].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** The list as a file for `policies/holidays/`. */
export const holidayYaml = ({ holidays, ...file }: HolidayFile): string =>
  [
    '# yaml-language-server: $schema=../../schemas/holidays.schema.json',
    `# Made by "rota holidays ${file.region}"; look it over before you merge it.`,
    `name: ${JSON.stringify(file.name)}`,
    `region: ${file.region}`,
    `complete_from: ${file.complete_from}`,
    `complete_until: ${file.complete_until}`,
    'holidays:',
    ...Object.entries(holidays).map(([day, name]) => `  ${day}: ${JSON.stringify(name)}`),
    '',
  ].join('\n');

function calendarOf(region: string): Holidays {
  const [country = '', state = '', part = ''] = region.split('-');
  const all = new Holidays();
  const countries = all.getCountries('en');
  if (!Object.hasOwn(countries, country)) {
    throw new WrongUse(
      `there is no country ${region}${didYouMean(country, Object.keys(countries))}; take an ISO code such as GB or GB-ENG`,
    );
  }
  for (const [code, codes] of [
    [state, all.getStates(country, 'en') ?? {}],
    [part, state === '' ? {} : (all.getRegions(country, state, 'en') ?? {})],
  ] as const) {
    if (code !== '' && !Object.hasOwn(codes, code)) {
      throw new WrongUse(
        `there is no region ${region}${didYouMean(code, Object.keys(codes))}; ${country} has ${Object.keys(codes).join(', ') || 'none'}`,
      );
    }
  }
  return new Holidays(country, state, part, { languages: ['en'] });
}

function nameOf(region: string): string {
  const [country = '', state = '', part = ''] = region.split('-');
  const all = new Holidays();
  const names = [
    all.getCountries('en')[country],
    state === '' ? undefined : all.getStates(country, 'en')?.[state],
    part === '' ? undefined : all.getRegions(country, state, 'en')?.[part],
  ];
  return names.filter((name) => name !== undefined).join(', ');
}
