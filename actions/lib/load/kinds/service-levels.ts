/** How soon somebody responds, by priority and window: `policies/service-levels/<id>.yaml`. */
import schema from '../../../../schemas/service-levels.schema.json' with { type: 'json' };
import type { Priority, ResponseTarget, ServiceLevel } from '../../model.ts';
import { durationIf, eachFile, entries } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, idsOf, vitalMention } from '../mentions.ts';
import { at } from '../raw-data.ts';
import type { WrittenPriority, WrittenPromise, WrittenServiceLevels } from '../written.generated.ts';

const serviceLevel = (id: string, written: WrittenServiceLevels): ServiceLevel => ({
  id,
  name: written.name,
  hours: written.hours,
  firstResponse: durationIf(written.first_response),
  priorities: new Map(entries(written.priorities).map(([code, it]) => [code, priority(code, it)])),
  clock: new Map(entries(written.clock)),
});

const priority = (id: string, { name, in_hours, out_of_hours }: WrittenPriority): Priority => ({
  id,
  name,
  targets: {
    ...(in_hours === undefined ? {} : { in_hours: target(in_hours) }),
    ...(out_of_hours === undefined ? {} : { out_of_hours: target(out_of_hours) }),
  },
});

const target = ({ respond, update }: WrittenPromise): ResponseTarget => ({
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
  mentions: [
    vitalMention('hours', 'support hours', idsOf('support-hours')),
    vitalMention('clock.@', 'window', ownWindows),
  ],
  assemble: (files) => ({ serviceLevels: eachFile(files, serviceLevel) }),
} as const satisfies Kind<'service-levels'>;
