/** `rota who`: who holds each role at an instant, or who is called for a service. */
import { type Command, Option } from 'commander';
import type { Loaded } from '../../actions/lib/load/load.ts';
import { type Handbook, type RoleRef, roleText, type Service } from '../../actions/lib/model.ts';
import { type EscalationSteps, escalationFor } from '../../actions/lib/query/escalation.ts';
import { who as queryWho } from '../../actions/lib/query/on-call.ts';
import { isListed, isWithinHolidayLists } from '../../actions/lib/resolve/holiday-horizon.ts';
import { coverOf, resolve } from '../../actions/lib/resolve/resolve.ts';
import { formatExactly } from '../../actions/lib/time/format.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { answerLines, answerTo } from '../answer.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import {
  isWithoutRota,
  NO_ROTA,
  queryRotas,
  requirePriority,
  selectRotas,
  selectService,
  zoneOfTimes,
} from '../select.ts';
import { escalationLines, whoLines } from '../tables.ts';
import { EXIT, type ExitStatus, UnknownResult, UsageError } from '../terminal.ts';

interface WhoOptions {
  readonly service?: string;
  readonly priority?: string;
  readonly at?: Moment;
  readonly zone?: Zone;
}

export function addWho(command: Command, action: CommandAction): void {
  command
    .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
    .option('--service <service>', 'a service; prints who is called for it')
    .option('--priority <priority>', 'with --service: a priority of its service level, such as P1')
    .addOption(
      new Option('--at <time>', 'an instant, or a local time such as 2026-12-02T10:00')
        .argParser(parseMoment)
        .default(undefined, 'now'),
    )
    .addOption(zoneOption('that of the rota or service named, or the only one'))
    .action(action(who));
}

function who(invocation: Invocation, rota: string | undefined, options: WhoOptions): ExitStatus {
  const { root, now, format, terminal } = invocation;
  const { loaded, status } = readHandbook(root, terminal);
  const at: Moment = options.at ?? (() => now);
  if (options.priority !== undefined && options.service === undefined)
    throw new UsageError('--priority needs --service; name the service whose priority it is');
  if (options.service !== undefined) {
    if (rota !== undefined) throw new UsageError('a rota and --service cannot be combined; name one of them');
    const called = whoIsCalled(invocation, loaded, options.service, { ...options, at });
    return status === EXIT.ok ? called : status;
  }
  const rotas = selectRotas(loaded, rota);
  const zone = zoneOfTimes(rotas, options.zone, [at], `who ROTA --at ${at.local}`);
  const instant = at(zone);
  const found = queryRotas(
    loaded,
    rotas,
    () => ({ startAt: instant, endAt: instant + 1 }),
    (handbook, span) => queryWho(handbook, span.startAt),
    terminal,
  );
  if (format === 'json') terminal.printJson(found.entries);
  else if (found.entries.length > 0)
    terminal.print(
      ...whoLines(
        loaded,
        found.entries,
        { at: instant, zone, everywhere: options.zone !== undefined },
        now,
        terminal.paint,
      ),
    );
  else if (isWithoutRota(loaded)) terminal.warn(NO_ROTA);
  return status === EXIT.ok ? found.status : status;
}

function whoIsCalled(
  { now, format, terminal }: Invocation,
  loaded: Loaded,
  id: string,
  { priority, at: moment, zone: named }: WhoOptions & { readonly at: Moment },
): ExitStatus {
  const { service, zone: own } = selectService(loaded, id);
  const zone = named ?? own;
  const at = moment(zone);
  requirePriority(loaded.handbook, service, priority);
  const steps = escalationFor(loaded.handbook, service, at, priority);
  requireKnown(loaded.handbook, service, steps, at);
  const answer = priority === undefined ? undefined : answerTo(loaded.handbook, service, priority, steps, at);
  if (answer?.isKnown === false)
    terminal.warn(
      `by when ${priority} is answered is unknown: the count leaves the holiday list of the support hours; ` +
        'extend that with "rota holidays"',
    );
  if (format === 'json')
    terminal.printJson(answer === undefined ? steps : { ...steps, respond_by: answer.respondBy });
  else {
    const when = `${formatExactly(zone, at, now)} (${zone.name})`;
    const width = terminal.columns;
    const lines =
      answer === undefined ? [] : answerLines(loaded, answer, { zone, now, width }, terminal.paint);
    terminal.print(
      ...escalationLines(loaded, service, steps, { when, answer: lines, width }, terminal.paint),
    );
  }
  return answer?.isKnown === false ? EXIT.findings : EXIT.ok;
}

/** Throws if the steps are unknown, because of errors in the handbook or the end of a holiday list. */
function requireKnown(handbook: Handbook, service: Service, steps: EscalationSteps, at: Instant): void {
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  const chain = service.escalation.get(steps.window ?? '');
  const isUnread =
    service.serviceLevel !== undefined && (level === undefined || !handbook.hours.has(level.hours));
  if (isUnread || (chain !== undefined && !handbook.escalations.has(chain))) {
    throw new UnknownResult(
      `the service level, support hours or escalation of ${service.id} could not be read, ` +
        'so it is unknown who is called',
    );
  }
  const span = { startAt: at, endAt: at + 1 };
  if (level !== undefined && !isListed(handbook, level.hours, span)) {
    throw new UnknownResult(
      `the holiday list of ${level.hours} does not reach that day, so it is unknown who is called; ` +
        'extend it with "rota holidays"',
    );
  }
  for (const { rota, role } of steps.levels.flatMap(({ notify }) => notify)) {
    if (rota !== null && role !== null) requireKnownHolder(handbook, { rota, role }, span);
  }
}

/** Throws if the holder of a role is unknown: an empty cell would look as if nobody held it. */
function requireKnownHolder(handbook: Handbook, ref: RoleRef, span: Interval): void {
  const rota = handbook.rotas.get(ref.rota);
  const rotas = new Map(rota === undefined ? [] : [[rota.id, rota]]);
  if (rota === undefined || coverOf(resolve({ ...handbook, rotas }, span), ref) === undefined) {
    throw new UnknownResult(
      `the file that defines ${roleText(ref)} could not be read, so it is unknown who is called`,
    );
  }
  if (!isWithinHolidayLists(handbook, rota, span)) {
    throw new UnknownResult(
      `${roleText(ref)} is called, but the holiday list of its support hours does not reach that day, ` +
        'so it is unknown who is called; extend it with "rota holidays"',
    );
  }
}
