/** How soon somebody responds, by priority and window: `policies/service-levels/<id>.yaml`. */
import schema from '../../../../schemas/service-levels.schema.json' with { type: 'json' };
import type {
  Clock,
  PathLocation,
  Priority,
  Provenance,
  ResponseTarget,
  ServiceLevel,
  ServiceLevelTerms,
} from '../../model.ts';
import { type Amended, amended } from '../amendments.ts';
import { durationIf, eachFile, entries, originOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, idsOf, mention, vitalMention } from '../mentions.ts';
import { at, keysOf } from '../raw-data.ts';
import { amendmentDays } from '../times.ts';
import type { WrittenPriority, WrittenPromise, WrittenServiceLevels } from '../written.generated.ts';

type WrittenTerms = Pick<
  WrittenServiceLevels,
  'default_priority' | 'first_response' | 'priorities' | 'clock' | 'pauses'
>;

function serviceLevel(id: string, written: WrittenServiceLevels, location: PathLocation): ServiceLevel {
  const origin = originOf(written);
  return {
    id,
    name: written.name,
    hours: written.hours,
    terms: amended<WrittenTerms>(written, location).map((own) => terms(own, origin)),
    origin,
    location,
  };
}

function terms(
  { firstOn, terms: written, at: locationOf }: Amended<WrittenTerms>,
  origin: Provenance,
): ServiceLevelTerms {
  const clock = entries(written.clock);
  const { respond = [], update = [], resolve = [] } = written.pauses ?? {};
  return {
    firstOn,
    firstResponse: durationIf(written.first_response),
    firstResponseLocation: locationOf('first_response'),
    defaultPriority: written.default_priority,
    defaultPriorityLocation: locationOf('default_priority'),
    priorities: new Map(entries(written.priorities).map(([code, it]) => [code, priority(code, it, origin)])),
    prioritiesLocation: locationOf('priorities'),
    clock: new Map(clock.filter((entry): entry is [string, Clock] => entry[1] !== 'none')),
    clockLocation: locationOf('clock'),
    unpromised: clock.filter(([, own]) => own === 'none').map(([window]) => window),
    pauses: { respond: new Set(respond), update: new Set(update), resolve: new Set(resolve) },
    pausesLocation: locationOf('pauses'),
  };
}

const priority = (id: string, written: WrittenPriority, outer: Provenance): Priority => ({
  id,
  name: written.name,
  when: written.when,
  targets: {
    ...(written.in_hours === undefined ? {} : { in_hours: target(written.in_hours) }),
    ...(written.out_of_hours === undefined ? {} : { out_of_hours: target(written.out_of_hours) }),
  },
  origin: originOf(written, outer),
});

const target = ({ respond, update, resolve, as_soon_as_possible }: WrittenPromise): ResponseTarget => ({
  asSoonAsPossible: as_soon_as_possible ?? false,
  respond: durationIf(respond),
  update: durationIf(update),
  resolve: durationIf(resolve),
});

const ownWindows: Choices = ({ definitions }, { data }) => {
  const windows = definitions('support-hours').get(String(at(data, 'hours')));
  return () => windows;
};

/** The priorities in force where a path lies: those of the file, or of the last amendment so far that replaces them. */
const ownPriorities: Choices = (_, { data }) => {
  const written = at(data, 'amendments');
  const amendments: readonly unknown[] = Array.isArray(written) ? written : [];
  const firstDay = (amendment: unknown) => String(at(amendment, 'first_day'));
  const replacing = amendments
    .filter((it) => at(it, 'priorities') !== undefined)
    .map((it) => ({ from: firstDay(it), names: new Set(keysOf(at(it, 'priorities'))) }))
    .toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const ofFile = new Set(keysOf(at(data, 'priorities')));
  return ([key, i]) => {
    const until = key === 'amendments' ? firstDay(amendments[i as number]) : '';
    return replacing.findLast(({ from }) => from <= until)?.names ?? ofFile;
  };
};

export const serviceLevelsKind = {
  name: 'service-levels',
  paths: ['policies/service-levels/<id>.yaml'],
  schema,
  defines: ['priorities', 'amendments.*.priorities'],
  mentions: [
    vitalMention('hours', 'support hours', idsOf('support-hours')),
    vitalMention('clock.@', 'window', ownWindows),
    vitalMention('amendments.*.clock.@', 'window', ownWindows),
    mention('default_priority', 'priority', ownPriorities),
    mention('amendments.*.default_priority', 'priority', ownPriorities),
  ],
  times: [amendmentDays],
  assemble: (files) => ({ serviceLevels: eachFile(files, serviceLevel) }),
} as const satisfies Kind<'service-levels'>;
