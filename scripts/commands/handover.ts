/** `rota handover`: the next hand-over of a rota, and what those who hand over should know. */
import { type Command, Option } from 'commander';
import type { Loaded } from '../../actions/lib/load/load.ts';
import type { Rota } from '../../actions/lib/model.ts';
import {
  type HandoverDetails,
  handoverDetails,
  handoverEntry,
} from '../../actions/lib/query/handover-details.ts';
import { FURTHEST_HANDOVER, nextHandover } from '../../actions/lib/query/handovers.ts';
import { rosterOf } from '../../actions/lib/query/roster.ts';
import { isWithinHolidayLists } from '../../actions/lib/resolve/holiday-horizon.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import { handoverLines } from '../handover-report.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { selectRotas, zoneOfTimes } from '../select.ts';
import { type ExitStatus, UnknownResult } from '../terminal.ts';

interface HandoverOptions {
  readonly at?: Moment;
  readonly zone?: Zone;
}

export function addHandover(command: Command, action: CommandAction): void {
  command
    .argument('<rota>', 'a rota such as paas/out-of-hours')
    .addOption(
      new Option('--at <time>', 'the earliest time of the hand-over: an instant, or a local time')
        .argParser(parseMoment)
        .default(undefined, 'now'),
    )
    .addOption(zoneOption('that of the rota'))
    .action(action(handover));
}

function handover(
  { root, now, format, terminal }: Invocation,
  id: string,
  { at: moment = () => now, zone: named }: HandoverOptions,
): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  const [rota] = selectRotas(loaded, id);
  if (rota === undefined)
    throw new UnknownResult(`the file of ${id} could not be read, so its hand-overs are unknown`);
  const at = moment(zoneOfTimes([rota], named, [moment], ''));
  const details = detailsFrom(loaded, rota, at);
  if (format === 'json') terminal.printJson(details === undefined ? null : handoverEntry(details));
  else if (details === undefined) terminal.warn(`${id} does not change hands within 400 days`);
  else {
    const { columns: width, paint } = terminal;
    terminal.print(...handoverLines(loaded, details, { now, zone: named ?? rota.zone, width }, paint));
  }
  return status;
}

/** The next hand-over; throws if it could be another one, because the holidays before it are not known. */
function detailsFrom({ handbook }: Loaded, rota: Rota, at: Instant): HandoverDetails | undefined {
  const next = nextHandover(handbook, rota, at);
  // Nobody but the one who has it can take it over.
  const furthest = rosterOf(rota).size > 1 ? at + FURTHEST_HANDOVER : at;
  const known = { startAt: at, endAt: (next?.at ?? furthest) + 1 };
  if (!isWithinHolidayLists(handbook, rota, known))
    throw new UnknownResult(
      `the holiday list of the support hours of ${rota.id} does not reach its next hand-over, ` +
        'so that is unknown; extend it with "rota holidays"',
    );
  return next === undefined ? undefined : handoverDetails(handbook, next);
}
