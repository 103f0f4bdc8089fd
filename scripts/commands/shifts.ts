/** `rota shifts`: the shifts in a span. */

import { type Command, Option } from 'commander';
import { shiftEntry, shiftsWithin, sorted } from '../../actions/lib/query/shifts.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import { isDate, type Moment, parseMoment, zoneOption } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import {
  isWithoutRota,
  NO_ROTA,
  queryRotas,
  requireKnownPerson,
  rotasNaming,
  selectRotas,
  zoneOfTimes,
} from '../select.ts';
import { shiftLines } from '../tables.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

interface ShiftsOptions {
  readonly person?: string;
  readonly from: Moment;
  readonly to: Moment;
  readonly zone?: Zone;
}

export function addShifts(command: Command, action: CommandAction): void {
  command
    .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
    .option('--person <person>', 'only the shifts of this person')
    .addOption(
      new Option('--from <time>', "a date, local midnight in each rota's zone; a local time, or an instant")
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--to <time>', 'the same; excluded').argParser(parseMoment).makeOptionMandatory())
    .addOption(
      zoneOption("for dates each rota's own, for local times that of the rota named or the only one"),
    )
    .action(action(shifts));
}

function shifts(
  { root, now, format, terminal }: Invocation,
  rota: string | undefined,
  { person, from, to, zone: named }: ShiftsOptions,
): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  requireKnownPerson(loaded, person);
  const rotas = selectRotas(loaded, rota);
  const words = `shifts ROTA --from ${from.local} --to ${to.local}`;
  const times = [from, to].filter((moment) => !isDate(moment));
  const one = zoneOfTimes(rotasNaming(rotas, person), named, times, words);
  // A date is a day of each rota, unless a zone is named; any other local time is one instant.
  const at = (moment: Moment, zone: Zone) => moment(named === undefined && isDate(moment) ? zone : one);
  const found = queryRotas(
    loaded,
    rotas,
    (zone) => ({ startAt: at(from, zone), endAt: at(to, zone) }),
    (known, span) => [...resolve(known, span).roles.values()].flatMap((cover) => shiftsWithin(cover, span)),
    terminal,
  );
  const entries = sorted(found.entries.filter((shift) => person === undefined || shift.person === person));
  if (format === 'json') terminal.printJson(entries.map(shiftEntry));
  else if (isWithoutRota(loaded)) terminal.warn(NO_ROTA);
  else
    terminal.print(
      ...shiftLines(loaded, ({ zone: own }) => named ?? own, rotas, entries, now, terminal.paint),
    );
  return status === EXIT.ok ? found.status : status;
}
