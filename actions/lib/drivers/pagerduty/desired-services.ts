/** Which chain each service of PagerDuty is to call at each instant: that of the window in force. Pure. */
import { type Handbook, type PathLocation, pagerdutyServiceLocation } from '../../model.ts';
import { resolve, windowAt } from '../../resolve/resolve.ts';
import type { Zone } from '../../time/zone.ts';
import { clip, type Interval, merge, type Timeline } from '../../timeline.ts';

/** A service and its counterpart in PagerDuty, which has one escalation policy at a time. */
export interface DesiredService {
  readonly service: string;
  /** The id of the service in PagerDuty. */
  readonly counterpart: string;
  readonly zone: Zone;
  /** The chain of the window in force; none while the service is not supported, when its policy stays as it is. */
  readonly chains: Timeline<string>;
  readonly location: PathLocation;
}

/** The services with a counterpart, over a span, as far as the holiday lists go. */
export function desiredServices(handbook: Handbook, span: Interval): readonly DesiredService[] {
  const services = [...handbook.services.values()].filter(({ pagerduty }) => pagerduty !== undefined);
  if (services.length === 0) return [];
  const resolved = resolve({ ...handbook, rotas: new Map() }, span);
  return services.flatMap((service) => {
    const hours = handbook.hours.get(handbook.serviceLevels.get(service.serviceLevel ?? '')?.hours ?? '');
    const windows = hours && windowAt(resolved, hours.id);
    if (service.pagerduty === undefined || hours === undefined || windows === undefined) return [];
    const chains = clip(windows, span).flatMap(({ startAt, endAt, value }) => {
      const chain = service.escalation.get(value);
      return chain === undefined ? [] : [{ startAt, endAt, value: chain }];
    });
    const location = pagerdutyServiceLocation(service);
    const { id, pagerduty: counterpart } = service;
    return [{ service: id, counterpart, zone: hours.zone, chains: merge(chains), location }];
  });
}
