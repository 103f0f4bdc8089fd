/**
 * Reads alerts as written: cells of a table, or objects of JSON. What is wrong is a fault at its line, with what to
 * write; everything else is read all the same. Pure.
 */
import type { Handbook } from '../model.ts';
import { Suggestions } from '../text/suggest.ts';
import { ObjectFinder } from '../tickets/json-objects.ts';
import { DAY, dayOf, HOUR, MINUTE, type Wall } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { type Alert, LONGEST_WORK_DAYS } from './alert.ts';
import type { AlertFault, CodedAlertFault } from './alert-faults.ts';

/** The columns of a table of alerts, which are the keys of one in JSON. */
const ALERT_KEYS = [
  'person',
  'alerted_at',
  'acknowledged_at',
  'worked_until',
  'woken',
  'service',
  'id',
] as const;

type AlertKey = (typeof ALERT_KEYS)[number];

/** The columns that every table of alerts has. */
const REQUIRED: readonly AlertKey[] = ['person', 'alerted_at'];

const EXAMPLES: Readonly<Record<AlertKey, string>> = {
  person: 'an id of the handbook, such as amara-osei',
  alerted_at: '2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
  acknowledged_at: '2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
  worked_until: '2026-11-25T02:10:00Z, or a local time such as 2026-11-25T02:10',
  woken: 'true or false, or leave it empty',
  service: 'the id of a service in one line',
  id: 'the name of the alert in one line',
};

/** How many faults are listed one by one. */
const LISTED = 1000;

/** Alerts in the order of the text, and what is wrong with it. */
export interface ReadAlerts {
  readonly alerts: readonly Alert[];
  readonly faults: readonly AlertFault[];
}

/** What alerts are read with: `zone` is that of local times, where there is one. */
export interface AlertReading {
  readonly handbook: Handbook;
  readonly zone: Zone | undefined;
  readonly now: Instant;
}

/** Reads rows one by one, from whatever source. */
export class AlertReader {
  readonly #reading: AlertReading;
  readonly #alerts: Alert[] = [];
  readonly #faults: AlertFault[] = [];
  readonly #suggestions = new Suggestions();
  readonly #times: TimeReader;
  #unlisted = 0;
  #keys: readonly (AlertKey | undefined)[] = [];
  #columns = 0;

  constructor(reading: AlertReading) {
    this.#reading = reading;
    this.#times = new TimeReader(reading.zone);
  }

  /** Reads the names of columns; false where a required one is missing, so that no row can be read. */
  header(cells: readonly string[], line: number): boolean {
    const names = cells.map((cell) => cell.trim().toLowerCase().replaceAll(/[ -]/g, '_'));
    this.#columns = cells.length;
    this.#keys = names.map((name, i) => this.#column(name, cells[i] ?? '', names.indexOf(name) < i, line));
    const missing = REQUIRED.filter((key) => !this.#keys.includes(key));
    for (const column of missing)
      this.fault({ code: 'column-missing', args: { column, columns: ALERT_KEYS } }, line);
    return missing.length === 0;
  }

  #column(name: string, written: string, isRepeated: boolean, line: number): AlertKey | undefined {
    const key = ALERT_KEYS.find((it) => it === name);
    if (key !== undefined && isRepeated) this.fault({ code: 'column-twice', args: { column: key } }, line);
    // A line that ends in a separator has an empty last column.
    if (key !== undefined || name === '') return isRepeated ? undefined : key;
    const nearest = this.#suggestions.nearest(name, ALERT_KEYS);
    this.fault({ code: 'column-unknown', args: { column: written, nearest, columns: ALERT_KEYS } }, line);
    return undefined;
  }

  /** Reads the cells of a line under the header; an empty cell says nothing. */
  row(cells: readonly string[], line: number): void {
    if (cells.length > this.#columns && cells.slice(this.#columns).some((it) => it !== '')) {
      this.fault({ code: 'cells', args: { cells: cells.length, columns: this.#columns } }, line);
      return;
    }
    const written: Partial<Record<AlertKey, string>> = {};
    for (let i = 0; i < this.#keys.length; i++) {
      const key = this.#keys[i];
      const cell = (cells[i] ?? '').trim();
      if (key !== undefined && cell !== '') written[key] = cell;
    }
    this.#add(written, line);
  }

  /** Reads an object of JSON; a key that is null says nothing. */
  object(value: Readonly<Record<string, unknown>>, line: number | undefined): void {
    const written: Partial<Record<AlertKey, string>> = {};
    let isFaulty = false;
    for (const [name, own] of Object.entries(value)) {
      const key = ALERT_KEYS.find((it) => it === name);
      if (key === undefined) {
        const nearest = this.#suggestions.nearest(name, ALERT_KEYS);
        this.fault({ code: 'column-unknown', args: { column: name, nearest, columns: ALERT_KEYS } }, line);
      } else if (own === null || own === '') continue;
      else if (typeof own === 'string' || (key === 'woken' && typeof own === 'boolean'))
        written[key] = String(own).trim();
      else {
        const written = JSON.stringify(own) ?? '';
        this.fault({ code: 'form', args: { key, value: written, example: EXAMPLES[key] } }, line);
        isFaulty = true;
      }
    }
    if (!isFaulty) this.#add(written, line);
  }

  /** Adds a fault; those beyond a thousand are only counted. */
  fault(fault: CodedAlertFault, line: number | undefined): void {
    if (this.#faults.length < LISTED) this.#faults.push({ ...fault, line });
    else this.#unlisted++;
  }

  /** Everything read so far. */
  result(): ReadAlerts {
    const more: readonly AlertFault[] =
      this.#unlisted === 0 ? [] : [{ code: 'more', args: { count: this.#unlisted }, line: undefined }];
    return { alerts: this.#alerts, faults: [...this.#faults, ...more] };
  }

  #add(written: Partial<Record<AlertKey, string>>, line: number | undefined): void {
    const alert = this.#alertOf(written);
    if ('code' in alert) this.fault(alert, line);
    else this.#alerts.push(alert);
  }

  #alertOf(written: Partial<Record<AlertKey, string>>): Alert | CodedAlertFault {
    for (const key of REQUIRED)
      if (written[key] === undefined) return { code: 'missing', args: { key, example: EXAMPLES[key] } };
    const { person = '', service, id } = written;
    if (!this.#reading.handbook.people.has(person)) return this.#unknown(person);
    const woken = written.woken === undefined ? undefined : wordOf(written.woken);
    if (woken === 'unknown') return formFault('woken', written);
    for (const key of ['service', 'id'] as const)
      if (!isOneLine(written[key] ?? '')) return formFault(key, written);
    const times = this.#timesOf(written);
    if ('code' in times) return times;
    return { person, ...times, woken, service, id };
  }

  #timesOf(
    written: Partial<Record<AlertKey, string>>,
  ): Pick<Alert, 'alertedAt' | 'acknowledgedAt' | 'workedUntil'> | CodedAlertFault {
    const known: Partial<Record<AlertKey, Instant>> = {};
    for (const key of TIMES) {
      const text = written[key];
      if (text === undefined) continue;
      const at = this.#times.read(text);
      if (typeof at === 'number' && at <= this.#reading.now) known[key] = at;
      else return timeFault(key, text, at, this.#reading.zone);
    }
    const { alerted_at: alertedAt = 0, acknowledged_at: acknowledgedAt, worked_until: workedUntil } = known;
    for (const key of TIMES) {
      const before = { key, value: written[key] ?? '', alertedAt: written.alerted_at ?? '' };
      if ((known[key] ?? alertedAt) < alertedAt) return { code: 'before', args: before };
    }
    if ((workedUntil ?? 0) - alertedAt > LONGEST_WORK_DAYS * DAY)
      return {
        code: 'long',
        args: { key: 'worked_until', value: written.worked_until ?? '', days: LONGEST_WORK_DAYS },
      };
    return { alertedAt, acknowledgedAt, workedUntil };
  }

  /** Somebody's name leads to their id. */
  #unknown(person: string): CodedAlertFault {
    const { people } = this.#reading.handbook;
    const named = [...people.values()].filter(({ name }) => name === person);
    const nearest = named.length === 1 ? named[0]?.id : this.#suggestions.nearest(person, people.keys());
    return { code: 'person-unknown', args: { person, nearest } };
  }
}

const TIMES = ['alerted_at', 'acknowledged_at', 'worked_until'] as const;

const formFault = (key: AlertKey, written: Partial<Record<AlertKey, string>>): CodedAlertFault => ({
  code: 'form',
  args: { key, value: written[key] ?? '', example: EXAMPLES[key] },
});

function timeFault(
  key: AlertKey,
  value: string,
  found: Instant | TimeTrouble,
  zone: Zone | undefined,
): CodedAlertFault {
  if (typeof found === 'number') return { code: 'future', args: { key, value } };
  if (found === 'gap') return { code: 'gap', args: { key, value, zone: zone?.name ?? '' } };
  return found === 'zone'
    ? { code: 'zone', args: { key, value } }
    : { code: 'form', args: { key, value, example: EXAMPLES[key] } };
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...(['true', 'yes', 'y', '1'] as const).map((word) => [word, true] as const),
  ...(['false', 'no', 'n', '0'] as const).map((word) => [word, false] as const),
]);

/** Spreadsheets write TRUE; people write yes. */
const wordOf = (text: string): boolean | 'unknown' => WORDS.get(text.toLowerCase()) ?? 'unknown';

/** A name that can be shown in one line of a table. */
const isOneLine = (text: string): boolean => text.length <= 200 && !/\p{Cc}/u.test(text);

/** Why a text is no instant: of another form, a local time without a zone, or one that the clocks skip. */
type TimeTrouble = 'form' | 'zone' | 'gap';

const TIME =
  /^(20\d\d-\d\d-\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,6})?)?(Z|([+-])(0\d|1[0-4]):?([0-5]\d))?$/;

/** The number of two digits; larger than any part of a time where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

/** Reads instants and local times; a file has a million of them on a few thousand days. */
class TimeReader {
  readonly #zone: Zone | undefined;
  readonly #days = new Map<string, number>();

  constructor(zone: Zone | undefined) {
    this.#zone = zone;
  }

  read(text: string): Instant | TimeTrouble {
    // Exports write this form, and a pattern takes twice the time.
    if (text.length === 20 && text.endsWith('Z') && text[10] === 'T') return this.#utc(text);
    return this.#any(text);
  }

  /** Reads `2026-11-25T02:10:00Z`. */
  #utc(text: string): Instant | TimeTrouble {
    const [hour, minute, second] = [11, 14, 17].map((at) => twoDigits(text, at)) as [number, number, number];
    const isTime = hour < 24 && minute < 60 && second < 60 && text[13] === ':' && text[16] === ':';
    const day = isTime ? this.#dayOf(text.slice(0, 10)) : undefined;
    return day === undefined ? 'form' : day * DAY + hour * HOUR + minute * MINUTE + second * 1000;
  }

  #any(text: string): Instant | TimeTrouble {
    const [, date = '', hour, minute, second = 0, part = 0, zone, sign, ahead, more] = TIME.exec(text) ?? [];
    const day = this.#dayOf(date);
    if (day === undefined) return 'form';
    const wall: Wall =
      day * DAY +
      Number(hour) * HOUR +
      Number(minute) * MINUTE +
      Math.floor((Number(second) + Number(part)) * 1000);
    if (zone === 'Z') return wall;
    if (zone !== undefined)
      return wall - (sign === '-' ? -1 : 1) * (Number(ahead) * HOUR + Number(more) * MINUTE);
    if (this.#zone === undefined) return 'zone';
    const at = this.#zone.instantOf(wall);
    return this.#zone.wallOf(at) === wall ? at : 'gap';
  }

  #dayOf(date: string): number | undefined {
    let day = this.#days.get(date);
    if (day === undefined && /^20\d\d-/.test(date)) {
      day = dayOf(date);
      // A hostile file has a million days that do not exist.
      if (day !== undefined) this.#days.set(date, day);
    }
    return day;
  }
}

/** The beginning of an alert, where reading can go on after something broken. */
const BEGINNING = /\{\s*"(?:person|alerted_at|acknowledged_at|worked_until|woken|service|id)"\s*:/g;

/** Reads a JSON list of alerts, or one object a line. */
export function readJsonAlerts(text: string, reading: AlertReading): ReadAlerts {
  const reader = new AlertReader(reading);
  const { objects, faults } = new ObjectFinder(text, BEGINNING).find();
  for (const { line, ...fault } of faults) reader.fault({ code: 'json', args: { fault } }, line);
  for (const { line, value, keyTwice } of objects)
    if (keyTwice === undefined) reader.object(value, line);
    else
      reader.fault({ code: 'json', args: { fault: { code: 'key-twice', args: { key: keyTwice } } } }, line);
  const { alerts, faults: found } = reader.result();
  return { alerts, faults: found.toSorted((one, other) => (one.line ?? 1e9) - (other.line ?? 1e9)) };
}
