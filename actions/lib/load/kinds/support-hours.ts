/** The named windows of the week, and which roles must be held in them: `policies/support-hours/<id>.yaml`. */
import schema from '../../../../schemas/support-hours.schema.json' with { type: 'json' };
import {
  type CoverageRequirement,
  childLocation,
  type Hours,
  type HoursTerms,
  type PathLocation,
  roleOf,
  type Stretch,
  type Window,
} from '../../model.ts';
import { timeOf, WEEKDAYS, type Weekday } from '../../time/date.ts';
import { type Zone, zoneOf } from '../../time/zone.ts';
import { amended } from '../amendments.ts';
import { eachFile, entries, listIf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { idsOf, roleMention, vitalMention } from '../mentions.ts';
import { at, isMap, visit } from '../raw-data.ts';
import { amendmentDays, checkZoneName, fileZone, hasForm, type TimeCheck } from '../times.ts';
import { unknownWindowsOfHours } from '../windows-named.ts';
import type { WrittenSupportHours, WrittenTimes, WrittenWindow } from '../written.generated.ts';

type WrittenTerms = Pick<
  WrittenSupportHours,
  'windows' | 'working_days' | 'holidays' | 'covered_by' | 'continuous'
>;

const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

const hours = (id: string, written: WrittenSupportHours, location: PathLocation): Hours => ({
  id,
  name: written.name,
  zone: zoneOf(written.timezone),
  terms: amended<WrittenTerms>(written, location).map(
    ({ firstOn, terms, at: locationOf, location: here }): HoursTerms => ({
      firstOn,
      windows: new Map(
        entries(terms.windows).map(([name, it]) => [
          name,
          window(it, zoneOf(written.timezone), childLocation(locationOf('windows'), name)),
        ]),
      ),
      windowsLocation: locationOf('windows'),
      workingDays: weekdays(terms.working_days ?? WORKING_DAYS),
      holidays: listIf(terms.holidays) ?? [],
      coveredBy: entries(terms.covered_by).flatMap(([name, roles]) =>
        roles.map(
          (it, i): CoverageRequirement => ({
            window: name,
            isSeat: false,
            anyOf: (typeof it === 'string' ? [it] : it.any).map((ref) => [roleOf(ref)]),
            location: childLocation(locationOf('covered_by'), name, i),
          }),
        ),
      ),
      continuous: terms.continuous ?? false,
      continuousLocation: locationOf('continuous'),
      location: here,
    }),
  ),
  location,
});

const weekdays = (names: readonly Weekday[]): ReadonlySet<number> =>
  new Set(names.map((name) => WEEKDAYS.indexOf(name)));

const window = (written: WrittenWindow, zone: Zone, location: PathLocation): Window =>
  'outside' in written
    ? { kind: 'outside', of: written.outside }
    : {
        kind: 'recurring',
        stretches: written.map((it, i) => stretch(it, zone, childLocation(location, i))),
      };

function stretch({ days, from, to }: WrittenTimes, zone: Zone, location: PathLocation): Stretch {
  const zones = { from: zoneOfEdge(from) ?? zone, to: zoneOfEdge(to) ?? zone };
  return {
    days: typeof days === 'string' ? days : weekdays(days),
    from: timeOf(from.slice(0, TIME)),
    to: timeOf(to.slice(0, TIME)),
    zones: zones.from === zone && zones.to === zone ? undefined : zones,
    location,
  };
}

/** The length of a local time such as `09:00`, which a zone may follow. */
const TIME = 5;

const zoneOfEdge = (edge: string): Zone | undefined =>
  edge.length > TIME ? zoneOf(edge.slice(TIME + 1)) : undefined;

const EDGE_IN_ZONE = /^\d\d:\d\d [A-Za-z][\w+/-]*$/;

const edgeZones: TimeCheck = (data, report) => {
  for (const above of [[], ['amendments', '*']])
    for (const edge of ['from', 'to'])
      visit(data, [...above, 'windows', '*', '*', edge], (text, path) => {
        if (hasForm(text, EDGE_IN_ZONE)) checkZoneName(text.slice(TIME + 1), path, report);
      });
};

const outsides: TimeCheck = (data, report) => {
  for (const above of [[], ['amendments', '*']])
    visit(data, [...above, 'windows'], (windows, path) => {
      if (!isMap(windows)) return;
      const isOutside = (name: unknown) => isMap(at(windows, String(name)));
      visit(windows, ['*', 'outside', '*'], (other, deeper) => {
        if (isOutside(other))
          report([...path, ...deeper], {
            rule: 'times',
            code: 'outside-an-outside',
            args: { window: String(other) },
          });
      });
    });
};

export const supportHoursKind = {
  name: 'support-hours',
  paths: ['policies/support-hours/<id>.yaml'],
  schema,
  defines: ['windows', 'amendments.*.windows'],
  mentions: [
    vitalMention('holidays', 'holiday list', idsOf('holidays')),
    vitalMention('holidays.*', 'holiday list', idsOf('holidays')),
    vitalMention('amendments.*.holidays', 'holiday list', idsOf('holidays')),
    vitalMention('amendments.*.holidays.*', 'holiday list', idsOf('holidays')),
    roleMention('covered_by.*.*'),
    roleMention('covered_by.*.*.any.*'),
    roleMention('amendments.*.covered_by.*.*'),
    roleMention('amendments.*.covered_by.*.*.any.*'),
  ],
  unknownNames: ({ filesOf }) => unknownWindowsOfHours(filesOf('support-hours')),
  times: [fileZone, edgeZones, amendmentDays, outsides],
  assemble: (files) => ({ hours: eachFile(files, hours) }),
} as const satisfies Kind<'support-hours'>;
