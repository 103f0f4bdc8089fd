/** What `rota time-off --pagerduty` needs: its options, the account to connect to, and the alerts read there. */
import { type Command, Option } from 'commander';
import { addressOf, HOSTS, keyOf } from '../actions/lib/drivers/pagerduty/access.ts';
import { readPagedAlerts } from '../actions/lib/drivers/pagerduty/alert-reader.ts';
import { PagerDuty } from '../actions/lib/drivers/pagerduty/client.ts';
import type { Handbook } from '../actions/lib/model.ts';
import { DAY } from '../actions/lib/time/date.ts';
import { lengthOf } from '../actions/lib/time/duration.ts';
import type { ReadAlerts } from '../actions/lib/time-off/alert-texts.ts';
import type { Interval } from '../actions/lib/timeline.ts';
import type { Invocation } from './invocation.ts';
import { UsageError } from './terminal.ts';

/** The options of alerts from PagerDuty. */
export interface PagedAlertOptions {
  readonly pagerduty?: true;
  readonly serviceRegion: string;
  readonly api?: string;
}

/** Explains them below the help of the command. */
export const PAGED_ALERTS_HELP = `
From PagerDuty comes the first notification of each person for each incident, and when they acknowledged it; not by mail
only, and not of low urgency. It knows no work and no sleep: people say that in a file. A read-only key in
PAGERDUTY_API_KEY is enough; nothing is changed there.`;

/** Adds the options of alerts from PagerDuty. */
export const addPagedAlertOptions = (command: Command): Command =>
  command
    .option('--pagerduty', 'read the alerts of an account of PagerDuty instead of a file')
    .addOption(
      new Option('--service-region <region>', 'with --pagerduty: the service region of the account')
        .choices(Object.keys(HOSTS))
        .default('us'),
    )
    .option('--api <url>', 'with --pagerduty: another address of its API, such as that of a stand-in');

/** Rest after a claim is told by the next alert, so the log is read for some days more. */
const AFTER = 2 * DAY;

/** Reads the alerts of a span, with those before it that may belong to its first claims. */
export async function readFromPagerDuty(
  handbook: Handbook,
  { startAt, endAt }: Interval,
  options: PagedAlertOptions,
  { now, clock, environment, terminal: { progress } }: Invocation,
): Promise<ReadAlerts> {
  const groups = handbook.timeOff.terms.map(({ group }) => lengthOf(group));
  const span = { startAt: startAt - Math.max(DAY, ...groups), endAt: Math.min(endAt + AFTER, now) };
  const client = connect(options, environment.PAGERDUTY_API_KEY ?? '', clock);
  return readPagedAlerts(client, handbook, span, progress).finally(() => progress(''));
}

function connect(
  { api = '', serviceRegion }: PagedAlertOptions,
  key: string,
  clock: Invocation['clock'],
): PagerDuty {
  try {
    return new PagerDuty({
      url: addressOf(api, serviceRegion),
      key: keyOf(key),
      patienceMs: 1000,
      clock,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
