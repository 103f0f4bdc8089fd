/** Handbooks in miniature, and the ways tests print what they make of them. Nothing here is asserted. */
import { DateTime } from 'luxon';
import { type Loaded, load } from '../actions/lib/load/load.ts';
import { byPerson, type Resolved, resolve } from '../actions/lib/resolve/resolve.ts';
import { tell } from '../actions/lib/story.ts';
import type { Instant, Interval, Timeline } from '../actions/lib/timeline.ts';

/** Files by path from one text, in which a line `== path` begins each file. */
export function texts(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of text.split(/^== /m).slice(1)) {
    const cut = part.indexOf('\n');
    files.set(part.slice(0, cut).trim(), part.slice(cut + 1));
  }
  return files;
}

/** A handbook from files in one text. */
export const loaded = (text: string): Loaded => load({ texts: texts(text), findings: [] });

/** People who can do anything, for handbooks that are about something else. */
export const folk = (...ids: readonly string[]): string =>
  `== rotas/people.yaml\npeople:\n${ids.map((id) => `  ${id}: {name: ${id}, vetted_on: 2020-01-01, on_call_since: 2020-01-01}\n`).join('')}`;

/** An instant written with its offset. */
export const at = (iso: string): Instant => DateTime.fromISO(iso, { setZone: true }).toMillis();

export const between = (from: string, to: string): Interval => ({ startAt: at(from), endAt: at(to) });

/** An instant with the offset that luxon, not our own table, finds for it. */
export const local = (instant: Instant, zone: string): string =>
  DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mmZZ");

/** A timeline of text, one line a span. */
export const lines = (timeline: Timeline<string>, zone: string): string[] =>
  timeline.map(({ startAt, endAt, value }) => `${local(startAt, zone)} ${local(endAt, zone)} ${value}`);

/** The shifts of a role in a span, one line each, in the rota's zone. */
export function shifts(resolved: Resolved, role: string): string[] {
  const cover = resolved.roles.get(role);
  if (cover === undefined) throw new Error(`no role ${role}`);
  const held = byPerson(cover.cover).map((span) => ({ ...span, value: span.value.person }));
  return lines(held, cover.rota.zone.name);
}

/** The shifts of a role of the handbook in a text. */
export const resolvedShifts = (text: string, role: string, from: string, to: string): string[] =>
  shifts(resolve(loaded(text).handbook, between(from, to)), role);

/** What the check says of a handbook in one text, one line a finding: `file:line:column message [rule]`. */
export function checked(text: string, now = '2026-11-21T12:00:00Z'): string[] {
  const { placed } = tell({ texts: texts(text), findings: [] }, at(now), () => {});
  return placed.map(
    ({ file, line, column, message, rule }) => `${file}:${line}:${column} ${message} [${rule}]`,
  );
}
