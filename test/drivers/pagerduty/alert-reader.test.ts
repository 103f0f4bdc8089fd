// Alerts from PagerDuty's log, by a read-only key over HTTP: the first notification of each person for each incident.
import { expect, test } from 'vitest';
import { readPagedAlerts } from '../../../actions/lib/drivers/pagerduty/alert-reader.ts';
import { PagerDuty } from '../../../actions/lib/drivers/pagerduty/client.ts';
import { alertFaultText } from '../../../actions/lib/time-off/alert-faults.ts';
import { aHandbook, at, between, sound } from '../../handbook.ts';
import { type Called, standIn } from '../../pagerduty/calls.ts';
import { type LoggedEvent, READ } from '../../pagerduty/state.ts';

const HANDBOOK = sound(
  `${aHandbook({
    people: { amara: 'name: Amara, pagerduty: PAMARA1', ben: 'name: Ben, pagerduty: PBEN001' },
    rotas: { 'paas/team': 'name: PaaS' },
  })}== rotas/people/inbox.yaml\ncontacts:\n  inbox: {name: Inbox, pagerduty: PINBOX1}\n`,
);

let made = 0;
const event = (
  kind: LoggedEvent['kind'],
  when: string,
  incident: string,
  more: Partial<LoggedEvent> = {},
): LoggedEvent => ({ id: `R${String(made++).padStart(13, '0')}`, kind, at: at(when), incident, ...more });

const AMARA = { user: 'PAMARA1' };
const BEN = { user: 'PBEN001' };
const SPAN = between('2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z');

async function readFrom(log: readonly LoggedEvent[], span = SPAN) {
  const there = await standIn({ remembers: { log } });
  const client = new PagerDuty({ url: there.url, key: READ, patienceMs: 1, clock: () => there.clock.now });
  const { alerts, faults } = await readPagedAlerts(client, HANDBOOK, span, () => {});
  expect([there.violations, there.writes]).toEqual([[], []]);
  return { alerts, faults: faults.map(alertFaultText), there };
}

const short = ({ alerts }: Pick<Awaited<ReturnType<typeof readFrom>>, 'alerts'>) =>
  alerts.map(({ person, alertedAt, acknowledgedAt, id }) =>
    [person, alertedAt, acknowledgedAt, id]
      .map((it) => (typeof it === 'number' ? new Date(it).toISOString().slice(0, 19) : it))
      .join(' '),
  );

test('the first notification of each person for each incident, and their acknowledgement', async () => {
  const read = await readFrom([
    event('trigger', '2026-11-03T02:00:00Z', 'QINC1'),
    event('assign', '2026-11-03T02:00:01Z', 'QINC1', AMARA),
    event('notify', '2026-11-03T02:00:05Z', 'QINC1', AMARA),
    event('notify', '2026-11-03T02:01:05Z', 'QINC1', { ...AMARA, by: 'phone' }),
    event('notify', '2026-11-03T02:05:00Z', 'QINC1', BEN),
    event('acknowledge', '2026-11-03T02:06:00Z', 'QINC1', BEN),
    event('acknowledge', '2026-11-03T02:08:00Z', 'QINC1', BEN),
    event('resolve', '2026-11-03T03:00:00Z', 'QINC1', BEN),
    event('notify', '2026-11-03T02:07:00Z', 'QINC2', AMARA),
    event('annotate', '2026-11-03T02:09:00Z', 'QINC2', AMARA),
    event('acknowledge', '2026-11-03T02:06:59Z', 'QINC2', AMARA),
    event('resolve', '2026-11-03T02:30:00Z', 'QINC2'),
  ]);
  expect(short(read)).toEqual([
    'amara 2026-11-03T02:00:05  QINC1',
    'ben 2026-11-03T02:05:00 2026-11-03T02:06:00 QINC1',
    'amara 2026-11-03T02:07:00 2026-11-03T02:07:00 QINC2',
  ]);
  expect(read.faults).toEqual([]);
  expect(JSON.stringify(read.alerts)).not.toContain('The text of incident');
});

test('mails and low urgency wake nobody, unless something louder follows', async () => {
  const read = await readFrom([
    event('notify', '2026-11-03T02:00:00Z', 'QINC1', { ...AMARA, by: 'email' }),
    event('notify', '2026-11-03T02:05:00Z', 'QINC1', AMARA),
    event('notify', '2026-11-03T02:00:00Z', 'QINC2', { ...AMARA, by: 'email' }),
    event('notify', '2026-11-03T02:00:00Z', 'QINC3', { ...BEN, urgency: 'low' }),
  ]);
  expect(short(read)).toEqual(['amara 2026-11-03T02:05:00  QINC1']);
  expect(read.faults).toEqual([
    '2 notifications by mail only or of low urgency are left out; ' +
      'add what woke somebody all the same to a file of alerts',
  ]);
});

test('a user who is nobody in the handbook is a finding, an inbox is not', async () => {
  const read = await readFrom([
    event('notify', '2026-11-03T02:00:00Z', 'QINC1', { user: 'PNOBODY' }),
    event('notify', '2026-11-03T04:00:00Z', 'QINC2', { user: 'PNOBODY' }),
    event('notify', '2026-11-03T02:00:00Z', 'QINC1', { user: 'PINBOX1' }),
  ]);
  expect([read.alerts, read.faults]).toEqual([
    [],
    ['2 alerts of the user PNOBODY, who is nobody in the handbook; add "pagerduty: PNOBODY" to a person'],
  ]);
});

const queriesOf = ({ requests }: Called) =>
  requests.map(({ query }) => `${query.get('since')} ${query.get('until')} ${query.get('offset')}`);

test('a week at a time, page by page', async () => {
  const log = Array.from({ length: 150 }, (_, i) =>
    event('notify', new Date(at('2026-11-03T02:00:00Z') + i * 60_000).toISOString(), `QINC${i}`, AMARA),
  );
  const { alerts, there } = await readFrom(log);
  expect(alerts).toHaveLength(150);
  expect(queriesOf(there)).toEqual([
    '2026-11-01T00:00:00Z 2026-11-08T00:00:00Z 0',
    '2026-11-01T00:00:00Z 2026-11-08T00:00:00Z 100',
    '2026-11-08T00:00:00Z 2026-11-15T00:00:00Z 0',
    '2026-11-15T00:00:00Z 2026-11-20T00:00:00Z 0',
  ]);
});

test('an incident over the end of a week is one alert', async () => {
  const read = await readFrom([
    event('notify', '2026-11-07T23:59:00Z', 'QINC1', AMARA),
    event('notify', '2026-11-08T00:01:00Z', 'QINC1', AMARA),
  ]);
  expect(short(read)).toEqual(['amara 2026-11-07T23:59:00  QINC1']);
});

test('a week with more entries than PagerDuty lists is read in halves', async () => {
  const log = Array.from({ length: 10_500 }, (_, i) =>
    event('notify', new Date(at('2026-11-01T00:00:00Z') + i * 50_000).toISOString(), `QINC${i}`, AMARA),
  );
  const { alerts } = await readFrom(log, between('2026-11-01T00:00:00Z', '2026-11-08T00:00:00Z'));
  expect(alerts).toHaveLength(10_500);
});

test('an answer without entries is an error', async () => {
  const client = { logEntries: async () => ({}) };
  await expect(readPagedAlerts(client, HANDBOOK, SPAN, () => {})).rejects.toThrow(
    'PagerDuty returned no log entries',
  );
});
