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
import { zoneOf } from '../../time/zone.ts';
import { amended } from '../amendments.ts';
import { eachFile, entries, listIf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { idsOf, roleMention, vitalMention } from '../mentions.ts';
import { at, isMap, visit } from '../raw-data.ts';
import { amendmentDays, fileZone, type TimeCheck } from '../times.ts';
import { unknownWindowsOfHours } from '../windows-named.ts';
import type { WrittenSupportHours, WrittenTimes, WrittenWindow } from '../written.generated.ts';

type WrittenTerms = Pick<WrittenSupportHours, 'windows' | 'working_days' | 'holidays' | 'covered_by'>;

const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

const hours = (id: string, written: WrittenSupportHours, location: PathLocation): Hours => ({
  id,
  name: written.name,
  zone: zoneOf(written.timezone),
  terms: amended<WrittenTerms>(written, location).map(
    ({ firstOn, terms, at: locationOf, location: here }): HoursTerms => ({
      firstOn,
      windows: new Map(entries(terms.windows).map(([name, it]) => [name, window(it)])),
      windowsLocation: locationOf('windows'),
      workingDays: weekdays(terms.working_days ?? WORKING_DAYS),
      holidays: listIf(terms.holidays) ?? [],
      coveredBy: entries(terms.covered_by).flatMap(([name, roles]) =>
        roles.map(
          (ref, i): CoverageRequirement => ({
            window: name,
            role: roleOf(ref),
            location: childLocation(locationOf('covered_by'), name, i),
          }),
        ),
      ),
      location: here,
    }),
  ),
  location,
});

const weekdays = (names: readonly Weekday[]): ReadonlySet<number> =>
  new Set(names.map((name) => WEEKDAYS.indexOf(name)));

const window = (written: WrittenWindow): Window =>
  'outside' in written
    ? { kind: 'outside', of: written.outside }
    : { kind: 'recurring', stretches: written.map(stretch) };

const stretch = ({ days, from, to }: WrittenTimes): Stretch => ({
  days: typeof days === 'string' ? days : weekdays(days),
  from: timeOf(from),
  to: timeOf(to),
});

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
    roleMention('amendments.*.covered_by.*.*'),
  ],
  unknownNames: ({ filesOf }) => unknownWindowsOfHours(filesOf('support-hours')),
  times: [fileZone, amendmentDays, outsides],
  assemble: (files) => ({ hours: eachFile(files, hours) }),
} as const satisfies Kind<'support-hours'>;
