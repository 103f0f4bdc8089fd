/**
 * Measures one part in its own process: `node part.ts NAME FOLDER`. Prints one line of JSON, the milliseconds of each
 * step. `pipeline` and `site` are rota's own; the other parts do the same work with the libraries alone.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import ical from 'ical-generator';
import { DateTime } from 'luxon';
import { parse } from 'yaml';
import { check } from '../../../actions/lib/check/check.ts';
import { locate } from '../../../actions/lib/check/locate.ts';
import { readFolder } from '../../../actions/lib/git/working-tree.ts';
import { load, type Texts } from '../../../actions/lib/load/load.ts';
import type { Handbook, Rota } from '../../../actions/lib/model.ts';
import { byPerson, publishedSpan, resolve, shiftsTouching } from '../../../actions/lib/resolve/resolve.ts';
import { assets } from '../../../actions/lib/site/page/assets.ts';
import { pages } from '../../../actions/lib/site/page/pages.ts';
import { data } from '../../../actions/lib/site/publish.ts';
import { writeAll } from '../../../actions/lib/site/write.ts';
import { DAY } from '../../../actions/lib/time/date.ts';
import { limitHeapGrowth } from '../../read-handbook.ts';
import { NOW, YEAR } from './big-handbook.ts';

const now = Date.parse(NOW);
const steps: Record<string, number> = {};

function step<T>(name: string, work: () => T): T {
  const startedAt = performance.now();
  const result = work();
  steps[name] = performance.now() - startedAt;
  return result;
}

const read = (folder: string): Texts => readFolder(folder) as Texts;

/** Resolves a year, and computes the cover of each role, which is lazy. */
function year(handbook: Handbook): ReturnType<typeof resolve> {
  const resolved = resolve(handbook, YEAR);
  for (const role of resolved.roles.values()) void role.cover();
  return resolved;
}

const parts: Readonly<Record<string, (folder: string) => void>> = {
  pipeline(folder) {
    const texts = step('read', () => read(folder));
    limitHeapGrowth(texts.texts.size);
    const loaded = step('load', () => load(texts));
    step('resolve', () => year(loaded.handbook));
    const found = step('check', () => {
      const resolved = resolve(loaded.handbook, publishedSpan(loaded.handbook, now));
      return locate(check(loaded, resolved, now), texts);
    });
    if (found.length > 0) throw new Error(`the synthetic handbook has findings: ${found[0]?.rule}`);
    const { handbook } = loaded;
    const publication = {
      handbook,
      now,
      revisedAt: () => now,
      previous: [],
      commit: undefined,
      assets: assets(),
    };
    step('publish', () => writeAll(join(folder, 'out'), data(publication)));
  },
  /** The pages only, from YAML to files. */
  site(folder) {
    const texts = step('read', () => read(folder));
    limitHeapGrowth(texts.texts.size);
    const { handbook } = step('load', () => load(texts));
    const given = { handbook, now, revisedAt: () => now, previous: [], commit: undefined, assets: assets() };
    step('pages', () => writeAll(join(folder, 'site'), pages(given)));
  },
  /** Reads, parses and validates: the minimum that any check of these files does. */
  bare(folder) {
    const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
    for (const name of ['date', 'email', 'uri'] as const) ajv.addFormat(name, fullFormats[name]);
    const schema = (kind: string) =>
      JSON.parse(readFileSync(new URL(`../../../schemas/${kind}.schema.json`, import.meta.url), 'utf8'));
    ajv.addSchema(schema('definitions'));
    const validator = (kind: string) => ajv.compile(schema(kind));
    const kinds = ['people', 'rota', 'support-hours', 'holidays'].map(
      (kind) => [kind, validator(kind)] as const,
    );
    const validate = new Map<string, (typeof kinds)[number][1]>(kinds);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue;
      const file = join(entry.parentPath, entry.name);
      const kind = /people|support-hours|holidays/.exec(entry.parentPath)?.[0] ?? 'rota';
      if (validate.get(kind)?.(parse(readFileSync(file, 'utf8'))) !== true)
        throw new Error(`${file} breaks its schema`);
    }
  },
  /**
   * A year of at most a hundred rotas, measured together with rota, so both run on the same machine under the same
   * load.
   */
  luxon(folder) {
    const { handbook } = load(read(folder));
    const rotas = [...handbook.rotas].slice(0, 100);
    const some = { ...handbook, rotas: new Map(rotas) };
    const ours = year(some);
    const theirs = rotas.map(([, rota]) => luxonShifts(some, rota));
    const count = [...ours.roles.values()].reduce((sum, { cover }) => sum + byPerson(cover()).length, 0);
    if (count !== theirs.reduce((sum, shifts) => sum + shifts, 0))
      throw new Error('luxon and rota give different numbers of shifts');
    steps.resolve = least(() => year(some));
    steps.luxon = least(() => rotas.map(([, rota]) => luxonShifts(some, rota)));
    steps.rotas = rotas.length;
  },
  /** The same events in the same feeds, with ical-generator alone; collecting the events is not measured. */
  ical(folder) {
    const { handbook } = load(read(folder));
    const feeds = new Map<
      string,
      { start: number; end: number; rota: Rota; role: string; person: string }[]
    >();
    for (const { cover, shifts } of shiftsTouching(handbook, publishedSpan(handbook, now))) {
      for (const { startAt, endAt, value } of shifts) {
        const { rota, role } = cover;
        const event = { start: startAt, end: endAt, rota, role: role.id, person: value.person };
        for (const path of [`rotas/${rota.id}`, `people/${value.person}`, `teams/${rota.team}`, 'all']) {
          const feed = feeds.get(path);
          if (feed === undefined) feeds.set(path, [event]);
          else feed.push(event);
        }
      }
    }
    step('ical', () => {
      for (const [path, events] of feeds) {
        const calendar = ical({ name: path, ttl: 3600 });
        for (const { start, end, rota, role, person } of events) {
          const event = calendar.createEvent({
            id: `${rota.id}/${role}/${start}`,
            sequence: 1,
            stamp: new Date(now),
            start: new Date(start),
            end: new Date(end),
            summary: `${person} on call: ${rota.name} (${role})`,
            description: `${person}: ${rota.team}, ${rota.name} (${role})\n${start} – ${end}, ${rota.zone.name}`,
            lastModified: new Date(now),
          });
          event.createCategory({ name: rota.name });
        }
        const file = join(folder, 'peer', `${path}.ics`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, calendar.toString());
      }
    });
  },
};

/** The shortest of the runs within a second and a half, so every peer has the same time to warm up. */
function least(work: () => unknown): number {
  const untilAt = performance.now() + 1500;
  let shortest = Number.POSITIVE_INFINITY;
  for (let startedAt = performance.now(); startedAt < untilAt; startedAt = performance.now()) {
    work();
    shortest = Math.min(shortest, performance.now() - startedAt);
  }
  return shortest;
}

/** The straightforward version, with one DateTime for every boundary; returns the number of shifts. */
function luxonShifts(handbook: Handbook, rota: Rota): number {
  const zone = rota.zone.name;
  const holidays = handbook.holidays.get('days');
  const end = DateTime.fromMillis(YEAR.endAt, { zone });
  const duty: [number, number][] = [];
  for (
    let day = DateTime.fromMillis(YEAR.startAt, { zone }).startOf('day');
    day < end;
    day = day.plus({ days: 1 })
  ) {
    const isWorking =
      day.weekday <= 5 &&
      holidays?.days.has(Math.round((day.toMillis() + day.offset * 60_000) / DAY)) !== true;
    const edges = isWorking
      ? [day, day.set({ hour: 9 }), day.set({ hour: 17 }), day.plus({ days: 1 })]
      : [day, day.plus({ days: 1 })];
    for (let i = 0; i + 1 < edges.length; i += 2) {
      const from = edges[i]?.toMillis() as number;
      const to = edges[i + 1]?.toMillis() as number;
      const last = duty.at(-1);
      if (last !== undefined && last[1] === from) last[1] = to;
      else duty.push([from, to]);
    }
  }
  let shifts = 0;
  for (const role of rota.roles.values()) {
    const held: [number, number, string][] = [];
    const put = (from: number, to: number, person: string) => {
      const last = held.at(-1);
      if (last !== undefined && last[1] === from && last[2] === person) last[1] = to;
      else held.push([from, to, person]);
    };
    const people = role.rotation[0]?.people ?? [];
    const covers = rota.overrides.flatMap((it) => (it.kind === 'hours' && it.role === role.id ? [it] : []));
    let turn = DateTime.fromISO('2025-12-31T10:00', { zone });
    for (let n = -1; turn < end; n++) {
      const next = turn.plus({ weeks: 1 });
      const person = n < 0 ? undefined : people[n % people.length]?.person;
      for (const [from, to] of duty) {
        const [a, b] = [
          Math.max(from, turn.toMillis(), YEAR.startAt),
          Math.min(to, next.toMillis(), YEAR.endAt),
        ];
        if (a >= b || person === undefined) continue;
        const cover = covers.find(({ startAt, endAt }) => startAt < b && endAt > a);
        if (cover === undefined) put(a, b, person);
        else {
          if (a < cover.startAt) put(a, cover.startAt, person);
          put(Math.max(a, cover.startAt), Math.min(b, cover.endAt), cover.assignment.person);
          if (cover.endAt < b) put(cover.endAt, b, person);
        }
      }
      turn = next;
    }
    shifts += held.length;
  }
  return shifts;
}

const [, , name = '', folder = ''] = process.argv;
const part = parts[name];
if (part === undefined) throw new Error(`there is no part ${name}`);
part(folder);
console.log(JSON.stringify(steps));
