#!/usr/bin/env node
/** The command line. Reads the clock, the arguments and the files here and nowhere else, and passes them as values. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readFolder, type Texts } from '../actions/lib/load/files.ts';
import { type Loaded, load, placed } from '../actions/lib/load/load.ts';
import type { Handbook, Rota } from '../actions/lib/model.ts';
import { countOf, findingLines } from '../actions/lib/publish/report.ts';
import { revisions } from '../actions/lib/publish/revisions.ts';
import { shiftEntry, shiftsWithin, sorted } from '../actions/lib/publish/shifts.ts';
import { type Calls, callsFor, type WhoEntry, who } from '../actions/lib/publish/who.ts';
import { previousFeeds, recover, unfit, writeAll } from '../actions/lib/publish/write.ts';
import { isKnown, resolve } from '../actions/lib/resolve/resolve.ts';
import { publication, tell } from '../actions/lib/story.ts';
import { didYouMean } from '../actions/lib/suggest.ts';
import { instantOfText, spoken, spokenDay, wallOfText, type Zone, zoneOf } from '../actions/lib/time.ts';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import pkg from '../package.json' with { type: 'json' };
import { table } from './table.ts';
import { EXIT, note, paint, print, printJson, progress, WrongUse } from './terminal.ts';

interface Globals {
  readonly root: string;
  readonly now: Instant;
  readonly format: 'table' | 'json';
}

/** A time as given: an instant, or what the clock of whichever rota is asked about shows. */
type Moment = (zone: Zone) => Instant;

const program = new Command('rota')
  .description(
    'Who is on support, when, under which promise, and who is woken next, from the YAML of this repository.',
  )
  .version(`rota ${pkg.version} (Node ${process.versions.node}, time-zone data ${process.versions.tz})`)
  .addOption(new Option('--root <dir>', 'the folder that holds rotas/ and policies/').default('.'))
  .addOption(
    new Option('--now <instant>', 'an instant such as 2026-12-02T10:00:00Z to take for now')
      .argParser(instant)
      .default(Date.now(), 'the clock'),
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
  rota publish --out public                   calendars, data and a page`,
  );

program
  .command('check')
  .description('ask every rule whether the handbook is right')
  .option('--strict', 'let warnings count as errors')
  .action((options: { strict?: true }) => {
    const { format, now } = globals();
    const texts = textsIn(globals());
    const { placed: findings, handbook, resolved } = tell(texts, now, progress);
    progress('');
    if (format === 'json') printJson(findings);
    else {
      const { size } = texts.texts;
      const until = spokenDay(zoneOf('UTC').dayOf(resolved.span.endAt - 1));
      const looked = `${size} file${size === 1 ? '' : 's'}, ${handbook.rotas.size} rotas, ${handbook.people.size} people, from now to ${until} ${new Date(resolved.span.endAt - 1).getUTCFullYear()}`;
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
    const loaded = readable();
    const at: Moment = options.at ?? (() => now);
    if (options.service !== undefined) {
      if (rota !== undefined)
        throw new WrongUse('a rota and --service ask two different things; name one of them');
      answerCalls(loaded, options.service, at, format);
      return;
    }
    const entries = answered(
      loaded,
      asked(loaded, rota),
      (zone) => ({ startAt: at(zone), endAt: at(zone) + 1 }),
      (handbook, span) => who(handbook, span.startAt),
    );
    if (format === 'json') printJson(entries);
    else if (entries.length > 0) printWho(loaded, entries, at);
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
    const loaded = readable();
    const { handbook } = loaded;
    if (person !== undefined && !handbook.people.has(person)) {
      throw new WrongUse(`there is no person "${person}"${didYouMean(person, handbook.people.keys())}`);
    }
    const rotas = asked(loaded, rota);
    const found = answered(
      loaded,
      rotas,
      (zone) => ({ startAt: from(zone), endAt: to(zone) }),
      (own, span) => [...resolve(own, span).roles.values()].flatMap((cover) => shiftsWithin(cover, span)),
    );
    const shifts = sorted(found.filter((shift) => person === undefined || shift.person === person));
    if (globals().format === 'json') printJson(shifts.map(shiftEntry));
    else {
      const zones = new Set(rotas.map(({ zone }) => zone.name));
      const zoneFor = (id: string) => (handbook.rotas.get(id) as Rota).zone;
      print(
        ...table(
          ['From', 'To', ...(zones.size > 1 ? ['Zone'] : []), 'Who', 'Rota', 'Role'].map(heading),
          shifts.map(({ rota: id, role, person: who_, startAt, endAt }) => [
            spoken(zoneFor(id), startAt),
            spoken(zoneFor(id), endAt),
            ...(zones.size > 1 ? [zoneFor(id).name] : []),
            nameOf(loaded, who_),
            id,
            role,
          ]),
        ),
        zoneLine(zones),
      );
    }
  });

program
  .command('publish')
  .description('check the handbook, then write calendars, data and a page')
  .requiredOption(
    '--out <dir>',
    'the folder to write; what was published there before is replaced as a whole',
  )
  .option(
    '--previous <dir-or-url>',
    'where the last publication lies, so that no calendar of it vanishes (default: what is in --out)',
  )
  .action(async ({ out, previous }: { out: string; previous?: string }) => {
    const { root, now, format } = globals();
    recover(out);
    const why = unfit(out);
    if (why !== undefined) throw new WrongUse(why);
    const told = tell(textsIn(globals()), now, progress);
    const pieces = publication(told, {
      now,
      revisedAt: revisions(root, now),
      previous: await previousFeeds(previous ?? out),
    });
    progress('');
    if (pieces === undefined) {
      print(...findingLines(told.placed, paint), `nothing was published, because of ${countOf(told.placed)}`);
      process.exitCode = EXIT.findings;
      return;
    }
    progress('writing');
    const written = writeAll(out, pieces);
    progress('');
    if (format === 'json') printJson({ ...written, folder: out });
    else
      print(
        `wrote ${written.files} files (${Math.ceil(written.bytes / 1024)} KiB) to ${relative('.', written.folder) || '.'}: calendars/, shifts.json, who.json and index.html`,
      );
  });

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
    const { holidaysOf, holidayYaml } = await import('./holidays.ts');
    const list = holidaysOf(region.toUpperCase(), span);
    if (out !== undefined) writeFileSync(out, holidayYaml(list));
    else if (globals().format === 'json') printJson(list);
    else process.stdout.write(holidayYaml(list));
  });

function globals(): Globals {
  return program.opts<Globals>();
}

const heading = (text: string): string => paint('bold', text);

function instant(text: string): Instant {
  const at = instantOfText(text);
  if (at === undefined)
    throw new InvalidArgumentError('Write it as 2026-12-02T10:00:00Z, in the years 2000 to 2099.');
  return at;
}

function moment(text: string): Moment {
  const at = instantOfText(text);
  if (at !== undefined) return () => at;
  const wall = /^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text)
    ? wallOfText(text.length === 10 ? `${text}T00:00` : text)
    : undefined;
  if (wall === undefined)
    throw new InvalidArgumentError('Write it as 2026-12-02, 2026-12-02T10:00 or 2026-12-02T10:00:00Z.');
  return (zone) => zone.instantOf(wall);
}

function years(text: string): [number, number] {
  const [, first, last] = /^(20\d\d)(?:-(20\d\d))?$/.exec(text) ?? [];
  const span: [number, number] = [Number(first), Number(last ?? first)];
  if (first === undefined || span[1] < span[0]) throw new InvalidArgumentError('Write it as 2026-2030.');
  return span;
}

function textsIn({ root }: Globals): Texts {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new WrongUse(
      `there is no rotas/ and no policies/ in ${root}; name the folder that holds them with --root`,
    );
  return texts;
}

/** A handbook to answer from. What could not be read is said, and leaves the status of an error, but does not hide the rest. */
function readable(): Loaded {
  const texts = textsIn(globals());
  const loaded = load(texts);
  const errors = placed(loaded.findings, texts);
  if (errors.length > 0) {
    for (const line of findingLines(errors, (_, text) => text)) note(line);
    note(`answering without what could not be read: ${countOf(errors)}`);
    process.exitCode = EXIT.findings;
  }
  return loaded;
}

/** The rota asked about, or all of them. */
function asked({ handbook }: Loaded, id: string | undefined): readonly Rota[] {
  if (id === undefined)
    return [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const rota = handbook.rotas.get(id);
  if (rota !== undefined) return [rota];
  if (handbook.unread.has(`rota ${id}`)) return [];
  throw new WrongUse(`there is no rota "${id}"${didYouMean(id, handbook.rotas.keys())}`);
}

/**
 * Answers for rotas over a span that each sees in its own zone, in order of rota. Past the end of a holiday list nobody
 * can say who is on, so of such a rota nothing is said but that.
 */
function answered<T extends { readonly rota: string }>(
  { handbook }: Loaded,
  rotas: readonly Rota[],
  spanIn: (zone: Zone) => Interval,
  answer: (handbook: Handbook, span: Interval) => readonly T[],
): readonly T[] {
  const spans = new Map([...new Set(rotas.map(({ zone }) => zone))].map((zone) => [zone, spanIn(zone)]));
  const answers: T[] = [];
  for (const [zone, span] of spans) {
    if (span.startAt >= span.endAt) throw new WrongUse('--from is not before --to');
    const known = rotas.filter((rota) => rota.zone === zone && isKnown(handbook, rota, span));
    for (const { id } of rotas.filter((rota) => rota.zone === zone && !known.includes(rota))) {
      note(
        `${id}: the holiday list of its support hours does not reach from ${spoken(zone, span.startAt)} to ${spoken(zone, span.endAt)}; extend it with "rota holidays"`,
      );
      process.exitCode = EXIT.findings;
    }
    answers.push(...answer({ ...handbook, rotas: new Map(known.map((rota) => [rota.id, rota])) }, span));
  }
  return answers.toSorted((one, other) => (one.rota < other.rota ? -1 : one.rota > other.rota ? 1 : 0));
}

const nameOf = ({ handbook }: Loaded, person: string): string => handbook.people.get(person)?.name ?? person;

const zoneLine = (zones: ReadonlySet<string>): string =>
  paint(
    'dim',
    zones.size === 1 ? `Times are those of ${[...zones].join('')}.` : "Times are those of each rota's zone.",
  );

function printWho(loaded: Loaded, entries: readonly WhoEntry[], at: Moment): void {
  const zoneFor = (id: string) => (loaded.handbook.rotas.get(id) as Rota).zone;
  const zones = new Set(entries.map(({ rota }) => zoneFor(rota).name));
  const when = (id: string, text: string | null) =>
    text === null ? '–' : spoken(zoneFor(id), Date.parse(text));
  const rows = entries.map(({ rota, role, person, until, next }) => [
    rota,
    role,
    person === null ? paint('dim', 'nobody') : nameOf(loaded, person),
    when(rota, until),
    next === null ? '–' : `${nameOf(loaded, next.person)}, ${when(rota, next.from)}`,
    ...(zones.size > 1 ? [zoneFor(rota).name] : []),
  ]);
  const first = zoneOf([...zones][0] ?? 'UTC');
  print(
    `Who is on, ${spoken(first, at(first))} (${first.name})`,
    '',
    ...table(['Rota', 'Role', 'On', 'Until', 'Next', ...(zones.size > 1 ? ['Zone'] : [])].map(heading), rows),
    '',
    zoneLine(zones),
  );
}

function answerCalls(loaded: Loaded, id: string, at: Moment, format: Globals['format']): void {
  const { handbook } = loaded;
  const service = handbook.services.get(id);
  if (service === undefined)
    throw new WrongUse(`there is no service "${id}"${didYouMean(id, handbook.services.keys())}`);
  const hours = handbook.hours.get(handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours ?? '');
  const zone = hours?.zone ?? zoneOf('UTC');
  const calls = callsFor(handbook, service, at(zone));
  if (format === 'json') printJson(calls);
  else printCalls(loaded, service.name, calls, zone, at(zone));
}

function printCalls(loaded: Loaded, name: string, { window, levels }: Calls, zone: Zone, at: Instant): void {
  print(`${name}, ${spoken(zone, at)} (${zone.name})${window === null ? '' : `, ${window}`}`, '');
  if (levels.length === 0) {
    print('Nobody is promised to answer for it then.');
    return;
  }
  const rows = levels.flatMap(({ after_minutes: after, notify }) =>
    notify.map(({ rota, role, person }, i) => [
      i > 0 ? '' : after === 0 ? 'at once' : `after ${after} minutes`,
      person === null ? paint('dim', 'nobody') : nameOf(loaded, person),
      rota === null ? '' : `${rota}/${role}`,
    ]),
  );
  print(...table(['Called', 'Who', 'As'].map(heading), rows));
}

/** Everything that can end a run, and the status it ends with. */
function fail(error: unknown): void {
  progress('');
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
  } else if (error instanceof WrongUse) {
    note(`rota: ${error.message}`);
    process.exitCode = EXIT.wrongUse;
  } else {
    note(`rota: this should not have happened: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = EXIT.fault;
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as head that has seen enough is no fault.
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await program.parseAsync().catch(fail);
