/** `rota turns`: the turns of roles, with the names that files and commands use. */
import { type Command, Option } from 'commander';
import { longestOf } from '../../actions/lib/compare/terms.ts';
import type { Loaded } from '../../actions/lib/load/load.ts';
import { type Handbook, type Role, termsFor, writtenRole } from '../../actions/lib/model.ts';
import { turnEntries } from '../../actions/lib/query/turn-list.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { after } from '../../actions/lib/time/duration.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Interval } from '../../actions/lib/timeline.ts';
import { isDate, type Moment, parseMoment, zoneOption } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { isWithoutRota, NO_ROTA, queryRotas, selectRotas, unknownName, zoneOfTimes } from '../select.ts';
import { turnLines } from '../tables.ts';
import { EXIT, type ExitStatus } from '../terminal.ts';

interface TurnsOptions {
  readonly from?: Moment;
  readonly to?: Moment;
  readonly zone?: Zone;
}

export function addTurns(command: Command, action: CommandAction): void {
  command
    .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
    .argument('[role]', 'a role of it, such as engineer; all of them when left out')
    .addOption(
      new Option(
        '--from <time>',
        'a date, local midnight in the zone of each rota, or an instant (default: now)',
      ).argParser(parseMoment),
    )
    .addOption(
      new Option(
        '--to <time>',
        'a date, excluded, or an instant (default: as far ahead as rotas have to be decided)',
      ).argParser(parseMoment),
    )
    .addOption(
      zoneOption("for dates each rota's own, for local times that of the rota named or the only one"),
    )
    .action(action(turns));
}

function turns(
  { root, now, format, terminal }: Invocation,
  rota: string | undefined,
  role: string | undefined,
  { from = () => now, to, zone: named }: TurnsOptions,
): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  const rotas = selectRotas(loaded, rota);
  requireRole(loaded, rota, role);
  const { notice } = loaded.handbook;
  const times = [from, ...(to === undefined ? [] : [to])].filter((moment) => !isDate(moment));
  const one = zoneOfTimes(rotas, named, times, `turns ROTA --from ${from.local}`);
  // As in `rota shifts`, a date is a day of each rota unless a zone is named.
  const at = (moment: Moment, zone: Zone) => moment(named === undefined && isDate(moment) ? zone : one);
  const spanIn = (zone: Zone): Interval => {
    const startAt = at(from, zone);
    if (to !== undefined) return { startAt, endAt: at(to, zone) };
    const own = rotas.filter((it) => it.zone === zone);
    const ahead = longestOf(own.map(({ team }) => termsFor(notice, team).publishedAhead));
    return { startAt, endAt: after(zone, startAt, ahead) };
  };
  const entriesIn = (handbook: Handbook, span: Interval) =>
    [...resolve(handbook, span).roles.values()]
      .filter((cover) => role === undefined || isNamed(cover.role, role))
      .flatMap((cover) => turnEntries(cover, span));
  const found = queryRotas(loaded, rotas, spanIn, entriesIn, terminal);
  if (format === 'json') terminal.printJson(found.entries);
  else if (isWithoutRota(loaded)) terminal.warn(NO_ROTA);
  else terminal.print(...turnLines(loaded, rotas, found.entries, now, terminal.paint));
  return status === EXIT.ok ? found.status : status;
}

/** Whether it is the role of a name, or a seat of it. */
const isNamed = (role: Role, name: string): boolean => role.id === name || writtenRole(role) === name;

function requireRole({ handbook }: Loaded, rota: string | undefined, role: string | undefined): void {
  const roles = handbook.rotas.get(rota ?? '')?.roles;
  if (role === undefined || roles === undefined) return;
  if ([...roles.values()].some((it) => isNamed(it, role))) return;
  throw unknownName('role', role, roles.keys());
}
