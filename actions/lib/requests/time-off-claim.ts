/**
 * Judges a claim of time off: counts the alerts of an issue by who was on then, and finds out how much rest is left and
 * who could take the next night. Pure.
 */
import type { Handbook, Person, Rota } from '../model.ts';
import { DAY } from '../time/date.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import { type AlertFault, alertFaultText, type CodedAlertFault } from '../time-off/alert-faults.ts';
import { AlertReader } from '../time-off/alert-texts.ts';
import type { TimeOffCount } from '../time-off/claim.ts';
import { countTimeOff } from '../time-off/count.ts';
import { timeOffEntry } from '../time-off/entries.ts';
import type { Instant } from '../timeline.ts';
import type { Origin } from './facts.ts';
import { type NextNight, nextNight } from './next-night.ts';
import type { FieldFault, Parsed } from './parse.ts';
import { personOf } from './swap.ts';

/** A claim that counts something, or of which every alert is doubtful. */
interface Counted {
  readonly person: Person;
  readonly count: TimeOffCount;
  /** The zone of times that belong to no claim. */
  readonly zone: Zone;
  /** The address of the issue. */
  readonly url: string;
}

export type ClaimVerdict =
  /** `person` is undefined where nobody in the handbook has the author's login. */
  | { readonly kind: 'lacking'; readonly faults: readonly FieldFault[]; readonly person: Person | undefined }
  | (Counted & { readonly kind: 'nothing' })
  | (Counted & { readonly kind: 'counted'; readonly next: NextNight | undefined });

const WHOLE = 'This request';
const MORE = 'Further alerts';

/** The most further alerts of one issue, and the most days between its alerts. */
const MOST_LINES = 50;
const MOST_DAYS = 31;

/** Judges a claim at the time `now`. */
export function judgeClaim(
  handbook: Handbook,
  now: Instant,
  parsed: Parsed,
  { author, url }: Pick<Origin, 'author' | 'url'>,
): ClaimVerdict {
  const person = personOf(handbook, author);
  const stranger = {
    field: WHOLE,
    message:
      `nobody in the handbook has the GitHub name ${author}; ` +
      'add it to people, or let whoever was alerted open the request',
  };
  if (person === undefined) return { kind: 'lacking', faults: [...parsed.faults, stranger], person };
  const zone = zoneOfTimes(handbook, person, parsed.values.get('zone'));
  const read = readAlerts(handbook, now, person, zone, parsed.values);
  const faults = [...parsed.faults, ...read.faults];
  const [first, last] = [Math.min, Math.max].map((end) => end(...read.alerts.map((it) => it.alertedAt)));
  if (faults.length === 0 && (last ?? 0) - (first ?? 0) > MOST_DAYS * DAY)
    faults.push({
      field: MORE,
      message: `these alerts are over ${MOST_DAYS} days apart; open an issue for each month`,
    });
  if (faults.length > 0) return { kind: 'lacking', faults, person };
  const span = { startAt: first ?? 0, endAt: (last ?? 0) + 1 };
  const count = countTimeOff(handbook, read.alerts, span);
  const counted: Counted = { person, count, zone, url };
  if (count.claims.length === 0) return { kind: 'nothing', ...counted };
  return { kind: 'counted', ...counted, next: nextNight(handbook, now, count) };
}

/** The zone that is chosen, the person's own, that of their rotas, or UTC where these differ. */
function zoneOfTimes(handbook: Handbook, person: Person, chosen: string | undefined): Zone {
  if (chosen !== undefined) return zoneOf(chosen);
  if (person.zone !== undefined) return person.zone;
  const own = rotasOf(handbook, person);
  const zones = new Set((own.length > 0 ? own : [...handbook.rotas.values()]).map(({ zone }) => zone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : zoneOf('UTC');
}

/** The rotas with a rotation that names a person. */
const rotasOf = ({ rotas }: Handbook, { id }: Person): readonly Rota[] =>
  [...rotas.values()].filter(({ roles }) =>
    [...roles.values()].some(({ rotation }) =>
      rotation.some(({ people }) => people.some((it) => it.person === id)),
    ),
  );

/** The alerts in the fields of a claim. Unreadable fields have faults of their own, and give no alert. */
function readAlerts(handbook: Handbook, now: Instant, person: Person, zone: Zone, values: Parsed['values']) {
  const reader = new AlertReader({ handbook, zone, now });
  const woken = values.get('woken') ?? null;
  const add = (alertedAt: string, workedUntil: string | null, line?: number) =>
    reader.object({ person: person.id, alerted_at: alertedAt, worked_until: workedUntil, woken }, line);
  const alertedAt = values.get('alerted');
  if (alertedAt !== undefined) add(alertedAt, values.get('worked') ?? null);
  const faults: FieldFault[] = [];
  const lines = (values.get('more') ?? '').split('\n').map((text) => text.trim());
  for (const [i, text] of lines.entries()) {
    if (text === '') continue;
    const [, at, until] = LINE.exec(text) ?? [];
    if (at === undefined) faults.push({ field: MORE, message: `line ${i + 1}: ${LINE_ADVICE}` });
    else add(at, until ?? null, i + 1);
  }
  if (lines.length > MOST_LINES)
    return {
      alerts: [],
      faults: [{ field: MORE, message: `these are more than ${MOST_LINES} lines; open several issues` }],
    };
  const read = reader.result();
  return { alerts: read.alerts, faults: [...faults, ...read.faults.map(fieldFault)] };
}

const LINE = /^[-*]?\s*(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?:\s+until\s+(\d{4}-\d\d-\d\d[T ]\d\d:\d\d))?$/;
const LINE_ADVICE =
  'this is no alert; write it as "2026-12-03T03:40", or "2026-12-03T03:40 until 2026-12-03T05:00" with work';

/** The fields by the names that faults of alerts have. */
const FIELDS: Readonly<Record<string, string>> = { alerted_at: 'First alert', worked_until: 'Worked until' };

/** A fault in the words of the form, which names the field beside the message. */
function fieldFault({ line, ...fault }: AlertFault): FieldFault {
  const key = 'key' in fault.args ? fault.args.key : '';
  const named = { ...fault, args: { ...fault.args, ...(key === '' ? {} : { key: 'this' }) } };
  const message = alertFaultText(named as CodedAlertFault);
  return line === undefined
    ? { field: FIELDS[key] ?? WHOLE, message }
    : { field: MORE, message: `line ${line}: ${message}` };
}

/** What an approval of a claim covers. */
export const amountsOf = (claim: ClaimVerdict): unknown =>
  claim.kind === 'lacking'
    ? null
    : timeOffEntry(claim.count).claims.map(({ at, kind, days, extra_days: extra }) => [
        at,
        kind,
        days,
        extra,
      ]);

/**
 * Who may decide on a claim: the person's delivery lead, and the leads of the teams of the roles by which it counts, or
 * of all the person's rotas while nothing counts; nobody decides on their own.
 */
export function claimDeciders(handbook: Handbook, claim: ClaimVerdict): readonly Person[] {
  const { person } = claim;
  if (person === undefined) return [];
  const { people, rotas, teams } = handbook;
  const roles = new Set(claim.kind === 'counted' ? claim.count.claims.flatMap((it) => it.roles) : []);
  const counted = [...roles].flatMap((role) => rotas.get(role.slice(0, role.lastIndexOf('/'))) ?? []);
  const concerned = claim.kind === 'counted' ? counted : rotasOf(handbook, person);
  const leads = concerned.flatMap(({ team }) => teams.get(team ?? '')?.leads ?? []);
  const ids = new Set([...(person.deliveryLead === undefined ? [] : [person.deliveryLead]), ...leads]);
  return [...ids].flatMap((id) => (id === person.id ? [] : (people.get(id) ?? [])));
}
