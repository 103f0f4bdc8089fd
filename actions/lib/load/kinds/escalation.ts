/** Who is called first, and who is next when nobody answers: `policies/escalation/<id>.yaml`. */
import schema from '../../../../schemas/escalation.schema.json' with { type: 'json' };
import { childLocation, type Escalation, type Notified, type PathLocation, roleOf } from '../../model.ts';
import { durationIf, eachFile } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, namesOf, roleOrPersonMention, vitalMention } from '../mentions.ts';
import { anyWindow } from '../windows-named.ts';
import type { WrittenEscalation } from '../written.generated.ts';

const escalation = (id: string, written: WrittenEscalation, location: PathLocation): Escalation => ({
  id,
  name: written.name,
  appliesIn: written.applies_in,
  levels: written.levels.map(({ notify, escalate_after }, i) => ({
    notify: notify.map((it, j): Notified => {
      const at = childLocation(location, 'levels', i, 'notify', j);
      return typeof it === 'string'
        ? { kind: 'role', role: roleOf(it), location: at }
        : { kind: 'person', person: it.person, location: at };
    }),
    escalateAfter: durationIf(escalate_after),
    location: childLocation(location, 'levels', i),
  })),
  repeats: written.repeats ?? 0,
  policy: written.pagerduty?.policy,
  location,
});

export const escalationKind = {
  name: 'escalation',
  paths: ['policies/escalation/<id>.yaml'],
  schema,
  mentions: [
    vitalMention('applies_in.*', 'window', anyWindow),
    mention('levels.*.notify.*.person', 'person', namesOf('people')),
    roleOrPersonMention('levels.*.notify.*'),
  ],
  assemble: (files) => ({ escalations: eachFile(files, escalation) }),
} as const satisfies Kind<'escalation'>;
