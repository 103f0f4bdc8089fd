/** Planned changes, and the people assigned to them: `rotas/<team>/planned-changes.yaml`. */
import schema from '../../../../schemas/planned-changes.schema.json' with { type: 'json' };
import {
  childLocation,
  type Handbook,
  type Override,
  type PathLocation,
  type PlannedChange,
  roleOf,
} from '../../model.ts';
import { type Wall, wallOfText } from '../../time/date.ts';
import { instantText } from '../../time/format.ts';
import { instantOfText, isZoneName, zoneOf } from '../../time/zone.ts';
import type { Instant } from '../../timeline.ts';
import { assignment } from '../assignment.ts';
import { eachEntry } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, namesOf, oneSeatMention } from '../mentions.ts';
import { at, visit } from '../raw-data.ts';
import { checkSpan, checkZone, hasForm, type TimeCheck } from '../times.ts';
import type { WrittenChange } from '../written.generated.ts';

function plannedChange(id: string, written: WrittenChange, location: PathLocation): PlannedChange {
  const zone = zoneOf(written.timezone);
  const instantOf = (text: string) => zone.instantOf(wallOfText(text) as Wall);
  return {
    id,
    team: id.slice(0, id.indexOf('/')),
    service: written.service,
    summary: written.summary,
    zone,
    startAt: instantOf(written.from),
    endAt: instantOf(written.to),
    requestedAt: instantOfText(written.requested_at) as Instant,
    request: written.request,
    assigned: written.assigned.map(({ role, person }, i) => ({
      role: roleOf(role),
      person,
      location: childLocation(location, 'assigned', i),
    })),
    location,
  };
}

/** Adds an `extra` override to the rotas for everybody assigned to a planned change, after the overrides they have. */
function withExtras(handbook: Handbook): Handbook {
  const extras = new Map<string, Override[]>();
  for (const change of handbook.changes.values()) {
    for (const [i, extra] of extrasOf(change).entries()) {
      const rota = change.assigned[i]?.role.rota ?? '';
      const known = extras.get(rota);
      if (known === undefined) extras.set(rota, [extra]);
      else known.push(extra);
    }
  }
  if (extras.size === 0) return handbook;
  const rotas = [...handbook.rotas.values()].map((rota) => {
    const own = extras.get(rota.id);
    return own === undefined ? rota : { ...rota, overrides: [...rota.overrides, ...own] };
  });
  return { ...handbook, rotas: new Map(rotas.map((rota) => [rota.id, rota])) };
}

/** The overrides of each change: two handbooks that have the same change have the same overrides. */
const madeOf = new WeakMap<PlannedChange, readonly Override[]>();

/** An override for each assignment of a change. */
function extrasOf(change: PlannedChange): readonly Override[] {
  const { id, startAt, endAt, assigned } = change;
  const made =
    madeOf.get(change) ??
    assigned.map(({ role, person, location }): Override => {
      const given = assignment(person, 'extra', location, undefined, id);
      return { kind: 'extra', role: role.role, startAt, endAt, assignment: given, location };
    });
  madeOf.set(change, made);
  return made;
}

const ISO_INSTANT = /^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

const spans: TimeCheck = (data, report) =>
  visit(data, ['changes', '*'], (change, path) => {
    checkZone(change, path, report);
    const name = at(change, 'timezone');
    const requested = at(change, 'requested_at');
    const requestedAt = typeof requested === 'string' ? instantOfText(requested) : undefined;
    if (hasForm(requested, ISO_INSTANT) && requestedAt === undefined)
      report([...path, 'requested_at'], {
        rule: 'times',
        code: 'no-such-date',
        args: { date: requested.slice(0, 10) },
      });
    if (typeof name !== 'string' || !isZoneName(name)) return;
    const from = checkSpan(zoneOf(name), change, path, report);
    if (from === undefined || requestedAt === undefined) return;
    const startAt = zoneOf(name).instantOf(from);
    if (requestedAt < startAt) return;
    const args = { requested: String(requested), start: instantText(startAt) };
    report([...path, 'requested_at'], { rule: 'times', code: 'requested-late', args });
  });

export const plannedChangesKind = {
  name: 'planned-changes',
  paths: ['rotas/<id>/planned-changes.yaml'],
  schema,
  mentions: [
    mention('changes.*.service', 'service', namesOf('services')),
    mention('changes.*.assigned.*.person', 'person', namesOf('people')),
    oneSeatMention('changes.*.assigned.*.role'),
  ],
  times: [spans],
  assemble: (files) => ({
    changes: eachEntry(files, 'changes', plannedChange, (id, team) => `${team}/${id}`),
  }),
  link: withExtras,
} as const satisfies Kind<'planned-changes'>;
