#!/usr/bin/env node
/** The command line. Reads the clock, the arguments and the files here and nowhere else, and passes them as values. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { PagerDutyFault } from '../actions/lib/drivers/pagerduty/fault.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { changeEntry } from '../actions/lib/query/cover-changes.ts';
import { escalationFor, who } from '../actions/lib/query/on-call.ts';
import { shiftEntry, shiftsWithin, sorted } from '../actions/lib/query/shifts.ts';
import { resolve } from '../actions/lib/resolve/resolve.ts';
import { countOf, findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { DAY } from '../actions/lib/time/date.ts';
import { formatDate } from '../actions/lib/time/format.ts';
import pkg from '../package.json' with { type: 'json' };
import {
  answerable,
  answered,
  asked,
  askedService,
  beforeAt,
  type Globals,
  instant,
  type Moment,
  moment,
  readable,
  textsIn,
  unknown,
  years,
} from './arguments.ts';
import { addEdits } from './edits.ts';
import { addPagerDuty } from './pagerduty.ts';
import { printCalls, printChanges, printShifts, printWho } from './print.ts';
import { addPublishing } from './publishing.ts';
import { addRequests } from './requests.ts';
import { EXIT, paint, print, printJson, progress, Unanswerable, UsageError, warn } from './terminal.ts';

/** Taken together, so that what takes long can tell how late it is. */
const startedAt = performance.now();
const startsAt = Date.now();

const program = new Command('rota')
  .description(
    'Who is on support, when, under which promise, and who is woken next, from the YAML of this repository.',
  )
  .version(`rota ${pkg.version} (Node ${process.versions.node}, time-zone data ${process.versions.tz})`)
  .addOption(new Option('--root <dir>', 'the folder that holds rotas/ and policies/').default('.'))
  .addOption(
    new Option('--now <instant>', 'an instant such as 2026-12-02T10:00:00Z to take for now')
      .argParser(instant)
      .default(startsAt, 'the clock'),
  )
  .addOption(
    new Option('--format <format>', 'how to print the answer').choices(['table', 'json']).default('table'),
  )
  .exitOverride()
  .showHelpAfterError('(see rota --help)')
  .addHelpText(
    'after',
    `
Exit status:
  0  fine; warnings alone are fine, unless --strict counts them
  1  errors were found
  2  wrong use: an unknown command, rota, person or service, a time that cannot be read
  3  a fault of rota itself or of a service it uses

Examples:
  rota check                                  is everything right?
  rota who                                    who is on now, until when, who is next
  rota who --service lincolnshire-website     who is called, in order
  rota shifts paas/out-of-hours --from 2026-12-01 --to 2027-01-01
  rota diff --base origin/main                whose time does this branch change?
  rota request parse body.md                  what would the action read in this issue?
  rota publish --out public                   calendars, data and pages
  rota serve --out public                     look at them
  rota plan pagerduty --applied HEAD~1        what would change in PagerDuty?`,
  );

function globals(): Globals {
  return program.opts<Globals>();
}

program
  .command('check')
  .description('ask every rule whether the handbook is right')
  .option(
    '--base <rev>',
    'also judge what changes since this branch, tag or commit: notice, history, policies',
  )
  .option('--strict', 'let warnings count as errors')
  .action((options: { strict?: true; base?: string }) => {
    const { format, now } = globals();
    const texts = textsIn(globals().root);
    const {
      placed: findings,
      handbook,
      resolved,
    } = evaluate(texts, now, progress, beforeAt(globals().root, options.base));
    progress('');
    if (format === 'json') printJson(findings);
    else {
      const until = formatDate(Math.floor((resolved.span.endAt - 1) / DAY));
      const looked = `${plural(texts.texts.size, 'file')}, ${plural(handbook.rotas.size, 'rota')}, ${plural(handbook.people.size, 'person', 'people')}, from now to ${until}`;
      const count = paint(findings.length === 0 ? 'green' : 'bold', countOf(findings));
      print(...findingLines(findings, paint), `${count} in ${looked}`);
    }
    const counted = findings.filter(({ severity }) => severity === 'error' || options.strict === true);
    process.exitCode = counted.length > 0 ? EXIT.findings : EXIT.fine;
  });

program
  .command('who')
  .description('who is on, until when and who is next; or who is called for a service')
  .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
  .option('--service <service>', 'the service that something is wrong with')
  .addOption(
    new Option('--at <time>', "an instant, or a local time such as 2026-12-02T10:00 in the rota's zone")
      .argParser(moment)
      .default(undefined, 'now'),
  )
  .action((rota: string | undefined, options: { service?: string; at?: Moment }) => {
    const { format, now } = globals();
    const loaded = readable(globals().root);
    const at: Moment = options.at ?? (() => now);
    if (options.service !== undefined) {
      if (rota !== undefined)
        throw new UsageError('a rota and --service ask two different things; name one of them');
      const { service, zone } = askedService(loaded, options.service);
      const calls = answerable(loaded, service, escalationFor(loaded.handbook, service, at(zone)), at(zone));
      if (format === 'json') printJson(calls);
      else printCalls(loaded, service, calls, zone, at(zone), now);
      return;
    }
    const entries = answered(
      loaded,
      asked(loaded, rota),
      (zone) => ({ startAt: at(zone), endAt: at(zone) + 1 }),
      (handbook, span) => who(handbook, span.startAt),
    );
    if (format === 'json') printJson(entries);
    else if (entries.length > 0) printWho(loaded, entries, at, now);
    else if (loaded.handbook.rotas.size === 0) warn('there is no rota in rotas/ yet, so nobody is on');
  });

program
  .command('shifts')
  .description('the shifts in a span, clipped to it')
  .argument('[rota]', 'a rota such as paas/out-of-hours; all of them when left out')
  .option('--person <person>', 'only the shifts of this person')
  .addOption(
    new Option('--from <time>', 'a date, local midnight in the zone of each rota, or an instant')
      .argParser(moment)
      .makeOptionMandatory(),
  )
  .addOption(
    new Option('--to <time>', 'a date, excluded, or an instant').argParser(moment).makeOptionMandatory(),
  )
  .action((rota: string | undefined, { person, from, to }: { person?: string; from: Moment; to: Moment }) => {
    const { root, now, format } = globals();
    const loaded = readable(root);
    const { handbook } = loaded;
    if (person !== undefined && !handbook.people.has(person) && !handbook.unread.has(`people ${person}`)) {
      throw unknown('person', person, handbook.people.keys());
    }
    const rotas = asked(loaded, rota);
    const found = answered(
      loaded,
      rotas,
      (zone) => ({ startAt: from(zone), endAt: to(zone) }),
      (own, span) => [...resolve(own, span).roles.values()].flatMap((cover) => shiftsWithin(cover, span)),
    );
    const shifts = sorted(found.filter((shift) => person === undefined || shift.person === person));
    if (format === 'json') printJson(shifts.map(shiftEntry));
    else printShifts(loaded, rotas, shifts, now);
  });

program
  .command('diff')
  .description('whose cover changes since a revision, with how much notice')
  .requiredOption('--base <rev>', 'the branch, tag or commit to compare with, from where this one left it')
  .action(({ base }: { base: string }) => {
    const { root, now, format } = globals();
    const told = evaluate(textsIn(root), now, progress, beforeAt(root, base));
    progress('');
    const findings = told.placed.filter(({ rule }) => ['notice', 'history', 'policy-change'].includes(rule));
    if (format === 'json')
      printJson({
        changes: (told.against?.changes ?? []).map((change) => changeEntry(change, now)),
        findings,
      });
    else printChanges(told, findings, now);
    process.exitCode = findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.fine;
  });

addEdits(program, globals);
addRequests(program, globals);
addPagerDuty(program, globals, () => Math.round(performance.now() - startedAt));

addPublishing(program, globals);

program
  .command('holidays')
  .description('a holiday list for policies/holidays/, from a library of public holidays')
  .argument('<region>', 'an ISO code such as GB-ENG, GB-SCT, DE-BY or NZ')
  .addOption(
    new Option('--years <years>', 'the first and last year, such as 2026-2030')
      .argParser(years)
      .makeOptionMandatory(),
  )
  .option('--out <file>', 'a file to write instead of printing it')
  .action(async (region: string, { years: span, out }: { years: [number, number]; out?: string }) => {
    const { holidaysOf, holidayYaml, regionsBeside } = await import('./holidays.ts');
    const list = holidaysOf(region, span);
    const beside = regionsBeside(list);
    if (beside.length > 0) {
      const some = beside.length > 12 ? `such as ${beside.slice(0, 3).join(', ')}` : beside.join(', ');
      warn(`${list.region} has regions with other holidays than the whole of it: ${some}`);
    }
    if (out !== undefined) {
      writeOut(out, holidayYaml(list));
      const years = span[0] === span[1] ? `${span[0]}` : `${span[0]} to ${span[1]}`;
      warn(`wrote ${Object.keys(list.holidays).length} days of ${list.name}, ${years}, to ${out}`);
    } else if (globals().format === 'json') printJson(list);
    else process.stdout.write(holidayYaml(list));
  });

/** Writes a file that was asked for by its path, which may be no place for one. */
function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UsageError(
        `there is no folder ${dirname(file)} to write to; make it, or name another with --out`,
      );
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder; name a file in it with --out`);
    throw error;
  }
}

/** Everything that can end a run, and the status it ends with. */
function fail(error: unknown): void {
  progress('');
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
  } else if (error instanceof Unanswerable) {
    warn(`rota: ${error.message}`);
    process.exitCode = EXIT.findings;
  } else if (error instanceof UsageError) {
    warn(`rota: ${error.message}`);
    process.exitCode = EXIT.wrongUse;
  } else if (error instanceof PagerDutyFault) {
    warn(`rota: ${error.message}`);
    process.exitCode = EXIT.fault;
  } else {
    // A disk that refuses and a service that does not answer say so themselves; the rest is a mistake of ours.
    const isOurs =
      !(error instanceof Error) ||
      error instanceof TypeError ||
      error instanceof RangeError ||
      error instanceof ReferenceError;
    warn(
      `rota: ${isOurs ? 'this should not have happened: ' : ''}${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = EXIT.fault;
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as head that has seen enough is no fault.
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await program.parseAsync().catch(fail);
