/** Which time zone to write for a name that is none: an abbreviation, an offset, or a name without an area. Pure. */

/** The names that the world's clocks show, and old names of the tz database, with a place that keeps that time. */
const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Europe/London': 'BST GB GB-EIRE BRITAIN UK',
    'Europe/Dublin': 'EIRE IRELAND',
    'Europe/Lisbon': 'WET WEST PORTUGAL',
    'Europe/Paris': 'CET CEST MET MEST',
    'Europe/Athens': 'EET EEST',
    'Europe/Moscow': 'MSK W-SU',
    'Europe/Istanbul': 'TRT TURKEY',
    'Europe/Warsaw': 'POLAND',
    'America/New_York': 'EST EDT ET EST5EDT EASTERN',
    'America/Chicago': 'CST CDT CT CST6CDT CENTRAL',
    'America/Denver': 'MST MDT MT MST7MDT MOUNTAIN',
    'America/Los_Angeles': 'PST PDT PT PST8PDT PACIFIC',
    'Pacific/Honolulu': 'HST HAWAII',
    'Asia/Kolkata': 'IST INDIA',
    'Asia/Tokyo': 'JST JAPAN',
    'Asia/Seoul': 'KST ROK',
    'Asia/Shanghai': 'PRC CHINA',
    'Asia/Hong_Kong': 'HKT HONGKONG',
    'Asia/Singapore': 'SGT SINGAPORE',
    'Asia/Jerusalem': 'IDT ISRAEL',
    'Africa/Johannesburg': 'SAST',
    'Australia/Sydney': 'AEST AEDT AET',
    'Australia/Adelaide': 'ACST ACDT',
    'Australia/Perth': 'AWST',
    'Pacific/Auckland': 'NZST NZDT NZ',
  }).flatMap(([place, names]) => names.split(' ').map((name) => [name, place] as const)),
);

/** What to write instead of a name that is no zone, best first; empty if that is unknown. */
export function zonesMeant(name: string): readonly string[] {
  const upper = name.trim().toUpperCase();
  // In another case it is a misspelling.
  if (upper === 'UTC') return [];
  if (/^(GMT|GREENWICH)[+-]?0?$/.test(upper)) return ['Europe/London', 'Etc/GMT'];
  if (/^(Z|ZULU|UCT|UNIVERSAL|UTC[+-]?0{0,2}(:?00)?|[+-]00:?00)$/.test(upper)) return ['UTC'];
  const [, sign, hours] = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?00)?$/.exec(upper) ?? [];
  // The names of fixed offsets count westwards.
  if (hours !== undefined && Number(hours) <= 12)
    return [`Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`];
  const place = PLACES.get(upper);
  return place === undefined ? [] : [place];
}
