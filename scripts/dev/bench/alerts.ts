/**
 * How long a million lines of alerts take from the file to the count, next to csv-parse, which only splits them:
 * `npm run bench -- alerts`. Every line is a claim's, because everybody is on call.
 */
import { parse } from 'csv-parse/sync';
import { load } from '../../../actions/lib/load/load.ts';
import { HOUR, MINUTE } from '../../../actions/lib/time/date.ts';
import { instantText } from '../../../actions/lib/time/format.ts';
import { zoneOf } from '../../../actions/lib/time/zone.ts';
import type { ReadAlerts } from '../../../actions/lib/time-off/alert-texts.ts';
import { countTimeOff } from '../../../actions/lib/time-off/count.ts';
import { readCsvAlerts } from '../../alert-file.ts';
import { table } from '../../table.ts';
import { median, ratio, seconds } from './figures.ts';

const LINES = 1_000_000;
const PEOPLE = ['amara', 'ben', 'chi', 'dee'];
const FROM = Date.UTC(2026, 0, 1);

/** A role for each person, round the clock. */
const roles = PEOPLE.map(
  (id) => `  ${id}:\n    rotation: [{first_turn: 2025-12-31, people: [${id}]}]\n`,
).join('');
const FILES = {
  'rotas/people.yaml': `people:\n${PEOPLE.map((id) => `  ${id}: {name: ${id}}\n`).join('')}`,
  'rotas/ops/nights.yaml': `name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
${roles}`,
};

/** An alert every two minutes of three to four years, with a quarter of an hour of work. */
function alertLines(): string {
  const lines = Array.from({ length: LINES }, (_, i) => {
    const at = FROM + i * 2 * MINUTE;
    const until = instantText(at + 15 * MINUTE);
    return `${PEOPLE[i % PEOPLE.length]},${instantText(at)},,${until},,,A${i}`;
  });
  return `person,alerted_at,acknowledged_at,worked_until,woken,service,id\n${lines.join('\n')}\n`;
}

/** The lines that the benchmark prints. */
export function alertTimes(): readonly string[] {
  const { handbook } = load({ texts: new Map(Object.entries(FILES)), findings: [] });
  const text = alertLines();
  const span = { startAt: FROM, endAt: FROM + LINES * 2 * MINUTE + HOUR };
  const rounds = Array.from({ length: 3 }, () => {
    let read: ReadAlerts = { alerts: [], faults: [] };
    let claims = 0;
    const reading = { handbook, zone: zoneOf('Europe/London'), now: span.endAt };
    const readMs = timed(() => {
      read = readCsvAlerts(text, reading);
    });
    const countMs = timed(() => {
      claims = countTimeOff(handbook, read.alerts, span).claims.length;
    });
    if (read.alerts.length !== LINES) throw new Error(`only ${read.alerts.length} alerts were read`);
    return { readMs, countMs, claims, peerMs: timed(() => parse(text)) };
  });
  const of = (name: keyof (typeof rounds)[number]) => rounds.map((it) => it[name]);
  const all = rounds.map(({ readMs, countMs }) => readMs + countMs);
  return table(
    ['lines', 'claims', 'read', 'count', 'together', '÷ csv-parse'],
    [
      [
        LINES.toLocaleString('en'),
        (rounds[0]?.claims ?? 0).toLocaleString('en'),
        seconds(median(of('readMs'))),
        seconds(median(of('countMs'))),
        seconds(median(all)),
        `${ratio(all, of('peerMs'))} ×`,
      ],
    ],
  );
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
