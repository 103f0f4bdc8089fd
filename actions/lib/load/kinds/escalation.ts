/** Who is called first, and who is next when nobody answers: `policies/escalation/<id>.yaml`. */
import schema from '../../../../schemas/escalation.schema.json' with { type: 'json' };
import {
  childLocation,
  type Escalation,
  type Level,
  type Notified,
  type PathLocation,
  type Provenance,
  roleOf,
} from '../../model.ts';
import { durationIf, eachFile, originOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import {
  type Choices,
  calleeNamed,
  contactNames,
  type Explain,
  mention,
  type Names,
  namesOf,
  type Registry,
  roleOrPersonMention,
  vitalMention,
} from '../mentions.ts';
import { at, keysOf } from '../raw-data.ts';
import { anyWindow } from '../windows-named.ts';
import type { WrittenCallee, WrittenEscalation, WrittenLevel } from '../written.generated.ts';

const escalation = (id: string, written: WrittenEscalation, location: PathLocation): Escalation => {
  const origin = originOf(written);
  return {
    id,
    name: written.name,
    appliesIn: written.applies_in,
    levels: written.levels.map((it, i) => level(it, origin, childLocation(location, 'levels', i))),
    repeats: written.repeats ?? 0,
    origin,
    policy: written.pagerduty?.policy,
    location,
  };
};

const level = (written: WrittenLevel, outer: Provenance, location: PathLocation): Level => ({
  notify: written.notify.map((it, i) => notified(it, childLocation(location, 'notify', i))),
  escalateAfter: durationIf(written.escalate_after),
  onlyFor: written.only_for,
  atOnceFor: written.at_once_for ?? [],
  origin: originOf(written, outer),
  location,
});

const notified = (written: WrittenCallee, location: PathLocation): Notified => {
  if (typeof written === 'string') return { kind: 'role', role: roleOf(written), location };
  return 'contact' in written
    ? { kind: 'contact', contact: written.contact, location }
    : { kind: 'person', person: written.person, location };
};

const contacts: Choices = (registry) => {
  const all = contactNames(registry);
  return () => all;
};

/** A person named as a contact, or the reverse. */
const otherCallee: Explain = (_, name, registry) => calleeNamed(registry, name);

/** The priorities of the services that name a chain; without such a service, those of every service level. */
const servedPriorities: Choices = (registry, { id }) => {
  let known: { readonly names: Names } | undefined;
  return () => {
    known ??= { names: prioritiesOf(registry, id) };
    return known.names;
  };
};

function prioritiesOf({ filesOf, definitions, names }: Registry, chain: string): Names {
  const levels = filesOf('services')
    .flatMap(({ data }) => keysOf(at(data, 'services')).map((service) => at(data, 'services', service)))
    .filter((service) => {
      const escalation = at(service, 'escalation');
      return keysOf(escalation).some((window) => at(escalation, window) === chain);
    })
    .map((service) => String(at(service, 'service_level')));
  if (levels.length === 0) return names('service-levels');
  const own = [...new Set(levels)].map((level) => definitions('service-levels').get(level));
  return own.includes(undefined) ? undefined : new Set(own.flatMap((all) => [...(all ?? [])]));
}

export const escalationKind = {
  name: 'escalation',
  paths: ['policies/escalation/<id>.yaml'],
  schema,
  mentions: [
    vitalMention('applies_in.*', 'window', anyWindow),
    mention('levels.*.notify.*.person', 'person', namesOf('people'), undefined, otherCallee),
    mention('levels.*.notify.*.contact', 'contact', contacts, undefined, otherCallee),
    roleOrPersonMention('levels.*.notify.*'),
    vitalMention('levels.*.only_for.*', 'priority', servedPriorities),
    vitalMention('levels.*.at_once_for.*', 'priority', servedPriorities),
  ],
  assemble: (files) => ({ escalations: eachFile(files, escalation) }),
} as const satisfies Kind<'escalation'>;
