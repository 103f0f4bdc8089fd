/** People who take turns, and contacts that are not people: `rotas/people.yaml` and the files of `rotas/people/`. */
import schema from '../../../../schemas/people.schema.json' with { type: 'json' };
import { type Absence, type Contact, childLocation, type PathLocation, type Person } from '../../model.ts';
import { day, dayIf, eachEntry } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, namesOf, type Registry, type UnknownName } from '../mentions.ts';
import { at, keysOf, visit } from '../raw-data.ts';
import { hasForm, ISO_DATE, type TimeCheck } from '../times.ts';
import type { WrittenContact, WrittenPerson } from '../written.generated.ts';

const person = (id: string, written: WrittenPerson, location: PathLocation): Person => ({
  id,
  name: written.name,
  skills: written.skills ?? [],
  github: written.github,
  pagerduty: written.pagerduty,
  vettedOn: dayIf(written.vetted_on),
  onCallSince: dayIf(written.on_call_since),
  deliveryLead: written.delivery_lead,
  away: (written.away ?? []).map(
    ({ first_day, last_day }, i): Absence => ({
      firstOn: day(first_day),
      lastOn: day(last_day),
      location: childLocation(location, 'away', i),
    }),
  ),
  lastOn: dayIf(written.last_day),
  reach: written.reach ?? {},
  location,
});

const contact = (id: string, written: WrittenContact, location: PathLocation): Contact => ({
  id,
  name: written.name,
  pagerduty: written.pagerduty,
  reach: written.reach ?? {},
  location,
});

/** No person is defined in two files. */
function* defined({ filesOf }: Registry): Iterable<UnknownName> {
  const first = new Map<string, string>();
  for (const { file, data } of filesOf('people')) {
    for (const id of keysOf(at(data, 'people'))) {
      const other = first.get(id);
      if (other === undefined) first.set(id, file);
      else
        yield {
          location: { file, path: ['people', id], key: true },
          code: 'defined-twice',
          args: { person: id, file: other },
          vital: false,
        };
    }
  }
}

const absences: TimeCheck = (data, report) =>
  visit(data, ['people', '*', 'away', '*'], (absence, path) => {
    const first = at(absence, 'first_day');
    const last = at(absence, 'last_day');
    if (!hasForm(first, ISO_DATE) || !hasForm(last, ISO_DATE) || first <= last) return;
    report([...path, 'last_day'], { rule: 'times', code: 'absence-order', args: { first, last } });
  });

export const peopleKind = {
  name: 'people',
  paths: ['rotas/people.yaml', 'rotas/people/<id>.yaml'],
  schema,
  emailKey: 'email',
  defines: ['people'],
  mentions: [mention('people.*.delivery_lead', 'person', namesOf('people'))],
  unknownNames: defined,
  times: [absences],
  assemble: (files) => ({
    people: eachEntry(files, 'people', person),
    contacts: eachEntry(files, 'contacts', contact),
  }),
} as const satisfies Kind<'people'>;
