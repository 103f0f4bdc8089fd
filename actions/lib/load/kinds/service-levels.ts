/** How soon somebody responds, by priority and window: `policies/service-levels/<id>.yaml`. */
import schema from '../../../../schemas/service-levels.schema.json' with { type: 'json' };
import type { Clock, PathLocation, Priority, Provenance, ResponseTarget, ServiceLevel } from '../../model.ts';
import { durationIf, eachFile, entries, originOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, idsOf, vitalMention } from '../mentions.ts';
import { at } from '../raw-data.ts';
import type { WrittenPriority, WrittenPromise, WrittenServiceLevels } from '../written.generated.ts';

function serviceLevel(id: string, written: WrittenServiceLevels, location: PathLocation): ServiceLevel {
  const origin = originOf(written);
  const clock = entries(written.clock);
  return {
    id,
    name: written.name,
    hours: written.hours,
    firstResponse: durationIf(written.first_response),
    priorities: new Map(entries(written.priorities).map(([code, it]) => [code, priority(code, it, origin)])),
    clock: new Map(clock.filter((entry): entry is [string, Clock] => entry[1] !== 'none')),
    unpromised: clock.filter(([, own]) => own === 'none').map(([window]) => window),
    origin,
    location,
  };
}

const priority = (id: string, written: WrittenPriority, outer: Provenance): Priority => ({
  id,
  name: written.name,
  targets: {
    ...(written.in_hours === undefined ? {} : { in_hours: target(written.in_hours) }),
    ...(written.out_of_hours === undefined ? {} : { out_of_hours: target(written.out_of_hours) }),
  },
  origin: originOf(written, outer),
});

const target = ({ respond, update, as_soon_as_possible }: WrittenPromise): ResponseTarget => ({
  asSoonAsPossible: as_soon_as_possible ?? false,
  respond: durationIf(respond),
  update: durationIf(update),
});

const ownWindows: Choices = ({ definitions }, { data }) => {
  const windows = definitions('support-hours').get(String(at(data, 'hours')));
  return () => windows;
};

export const serviceLevelsKind = {
  name: 'service-levels',
  paths: ['policies/service-levels/<id>.yaml'],
  schema,
  defines: ['priorities'],
  mentions: [
    vitalMention('hours', 'support hours', idsOf('support-hours')),
    vitalMention('clock.@', 'window', ownWindows),
  ],
  assemble: (files) => ({ serviceLevels: eachFile(files, serviceLevel) }),
} as const satisfies Kind<'service-levels'>;
