/**
 * What is supported: by which team, at which service level, and by which chain in each window:
 * `policies/services.yaml`.
 */
import schema from '../../../../schemas/services.schema.json' with { type: 'json' };
import type { PathLocation, Service } from '../../model.ts';
import { eachEntry, entries, guideOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, idsOf, mention, vitalMention } from '../mentions.ts';
import { at } from '../raw-data.ts';
import type { WrittenService } from '../written.generated.ts';

const service = (id: string, written: WrittenService, location: PathLocation): Service => ({
  id,
  name: written.name,
  team: written.team,
  serviceLevel: written.service_level,
  tickets: written.tickets,
  escalation: new Map(entries(written.escalation)),
  criticalReasons: written.critical_reasons ?? [],
  pagerduty: written.pagerduty?.service,
  guide: guideOf(written),
  location,
});

/** A team exists once it has a file or a rota. */
const teams: Choices = ({ ids }) => {
  const ofRotas = [...ids('rota')].map((id) => id.slice(0, id.indexOf('/')));
  const all = new Set([...ids('team'), ...ofRotas]);
  return () => all;
};

const servedWindows: Choices = ({ definitions, filesOf }, { data }) => {
  const levels = new Map(filesOf('service-levels').map(({ id, data: level }) => [id, level]));
  return (path) => {
    const level = at(data, 'services', path[1] as string, 'service_level');
    if (level === undefined) return undefined;
    return definitions('support-hours').get(String(at(levels.get(String(level)), 'hours')));
  };
};

export const servicesKind = {
  name: 'services',
  paths: ['policies/services.yaml'],
  schema,
  defines: ['services'],
  mentions: [
    mention('services.*.team', 'team', teams),
    vitalMention('services.*.service_level', 'service level', idsOf('service-levels')),
    mention('services.*.tickets', 'tickets policy', idsOf('tickets')),
    vitalMention('services.*.escalation.@', 'window', servedWindows),
    vitalMention('services.*.escalation.*', 'escalation', idsOf('escalation')),
  ],
  assemble: (files) => ({ services: eachEntry(files, 'services', service) }),
} as const satisfies Kind<'services'>;
