/** `rota shifts`: the shifts in a span. */

import { type Command, Option } from 'commander';
import { isUnread } from '../../actions/lib/model.ts';
import { shiftEntry, shiftsWithin, sorted } from '../../actions/lib/query/shifts.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { type Moment, parseMoment } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { queryRotas, selectRotas, unknownName } from '../select.ts';
import { shiftLines } from '../tables.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

interface ShiftsOptions {
  readonly person?: string;
  readonly from: Moment;
  readonly to: Moment;
}

export function addShifts(command: Command, action: CommandAction): void {
  command
    .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
    .option('--person <person>', 'only the shifts of this person')
    .addOption(
      new Option('--from <time>', 'a date, local midnight in the zone of each rota, or an instant')
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <time>', 'a date, excluded, or an instant')
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .action(action(shifts));
}

function shifts(
  { root, now, format, terminal }: Invocation,
  rota: string | undefined,
  { person, from, to }: ShiftsOptions,
): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  const { handbook } = loaded;
  if (person !== undefined && !handbook.people.has(person) && !isUnread(handbook, 'people', person)) {
    throw unknownName('person', person, handbook.people.keys());
  }
  const rotas = selectRotas(loaded, rota);
  const found = queryRotas(
    loaded,
    rotas,
    (zone) => ({ startAt: from(zone), endAt: to(zone) }),
    (known, span) => [...resolve(known, span).roles.values()].flatMap((cover) => shiftsWithin(cover, span)),
    terminal,
  );
  const own = sorted(found.entries.filter((shift) => person === undefined || shift.person === person));
  if (format === 'json') terminal.printJson(own.map(shiftEntry));
  else terminal.print(...shiftLines(loaded, rotas, own, now, terminal.paint));
  return status === EXIT.ok ? found.status : status;
}
