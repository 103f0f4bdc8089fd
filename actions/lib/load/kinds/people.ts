/** People who take turns, and contacts that are not people: `rotas/people.yaml` and the files of `rotas/people/`. */
import schema from '../../../../schemas/people.schema.json' with { type: 'json' };
import {
  type Absence,
  type Contact,
  childLocation,
  type PathLocation,
  type Person,
  type WorkPattern,
} from '../../model.ts';
import { DAY, WEEKDAYS, wallOfText } from '../../time/date.ts';
import { isZoneName, zoneOf } from '../../time/zone.ts';
import { absenceForms } from '../absence-forms.ts';
import { day, dayIf, eachEntry, entries, listIf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { type Choices, idsOf, mention, namesOf, type Registry, type UnknownName } from '../mentions.ts';
import { at, keysOf, visit } from '../raw-data.ts';
import { checkSpan, checkZone, hasForm, ISO_DATE, type TimeCheck } from '../times.ts';
import type {
  WrittenAbsence,
  WrittenContact,
  WrittenPerson,
  WrittenWorkPattern,
} from '../written.generated.ts';

const person = (id: string, written: WrittenPerson, location: PathLocation): Person => ({
  id,
  name: written.name,
  skills: written.skills ?? [],
  github: written.github,
  pagerduty: written.pagerduty,
  slack: written.slack,
  zendesk: written.zendesk,
  vettedOn: dayIf(written.vetted_on),
  onCallSince: dayIf(written.on_call_since),
  deliveryLead: written.delivery_lead,
  away: (written.away ?? []).map((it, i) => absence(it, childLocation(location, 'away', i))),
  works: (written.works ?? []).map((it, i) => workPattern(it, childLocation(location, 'works', i))),
  holidays: listIf(written.holidays),
  zone: written.zone === undefined ? undefined : zoneOf(written.zone),
  firstOn: dayIf(written.first_day),
  lastOn: dayIf(written.last_day),
  onboarded: new Map(
    entries(written.onboarded).map(([list, items]) => [
      list,
      new Map(entries(items).map(([item, text]) => [item, day(text)])),
    ]),
  ),
  email: written.email,
  reach: written.reach ?? {},
  location,
});

const FOREVER = Number.POSITIVE_INFINITY;

/** The checks below have rejected times that do not exist. */
const absence = (written: WrittenAbsence, location: PathLocation): Absence =>
  'from' in written
    ? {
        kind: 'hours',
        from: wallOfText(written.from) as number,
        to: written.to === undefined ? FOREVER : (wallOfText(written.to) as number),
        location,
      }
    : {
        kind: 'days',
        from: day(written.first_day) * DAY,
        to: written.last_day === undefined ? FOREVER : (day(written.last_day) + 1) * DAY,
        location,
      };

const workPattern = ({ days, since, on_call }: WrittenWorkPattern, location: PathLocation): WorkPattern => ({
  firstOn: dayIf(since) ?? Number.NEGATIVE_INFINITY,
  days: new Set(days.map((name) => WEEKDAYS.indexOf(name))),
  onCall: on_call ?? false,
  location,
});

const contact = (id: string, written: WrittenContact, location: PathLocation): Contact => ({
  id,
  name: written.name,
  pagerduty: written.pagerduty,
  email: written.email,
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

/** The items of the list under which they are recorded, also those that are retired. */
const onboardingItems: Choices = ({ definitions }) => {
  const items = definitions('onboarding');
  return (path) => items.get(String(path[3]));
};

const zones: TimeCheck = (data, report) =>
  visit(data, ['people', '*'], (it, path) => checkZone(it, path, report, 'zone'));

const absences: TimeCheck = (data, report) =>
  visit(data, ['people', '*'], (it, path) => {
    if (at(it, 'away') === undefined) return;
    const zone = at(it, 'zone');
    // Without a zone of its own it is a time of every rota's zone, and no clock skips it in all of them.
    const local = zoneOf(typeof zone === 'string' && isZoneName(zone) ? zone : 'UTC');
    visit(it, ['away', '*'], (one, deeper) => {
      checkSpan(local, one, [...path, ...deeper], report);
      const first = at(one, 'first_day');
      const last = at(one, 'last_day');
      if (!hasForm(first, ISO_DATE) || !hasForm(last, ISO_DATE) || first <= last) return;
      report([...path, ...deeper, 'last_day'], {
        rule: 'times',
        code: 'absence-order',
        args: { first, last },
      });
    });
  });

const employment: TimeCheck = (data, report) =>
  visit(data, ['people', '*'], (it, path) => {
    const first = at(it, 'first_day');
    const last = at(it, 'last_day');
    if (!hasForm(first, ISO_DATE) || !hasForm(last, ISO_DATE) || first <= last) return;
    report([...path, 'last_day'], { rule: 'times', code: 'leaves-first', args: { first, last } });
  });

/** Patterns come in order of their first day, and only the first has always applied. */
const patterns: TimeCheck = (data, report) =>
  visit(data, ['people', '*', 'works'], (all, path) => {
    if (!Array.isArray(all)) return;
    for (const [i, pattern] of all.entries()) {
      const since = at(pattern, 'since');
      const above = at(all[i - 1], 'since');
      if (i > 0 && since === undefined)
        report([...path, i], { rule: 'times', code: 'pattern-without-since', args: {} });
      if (hasForm(since, ISO_DATE) && hasForm(above, ISO_DATE) && since <= above)
        report([...path, i, 'since'], { rule: 'times', code: 'pattern-order', args: { since, above } });
    }
  });

export const peopleKind = {
  name: 'people',
  paths: ['rotas/people.yaml', 'rotas/people/<id>.yaml'],
  schema,
  emailKey: 'email',
  defines: ['people'],
  mentions: [
    mention('people.*.delivery_lead', 'person', namesOf('people')),
    mention('people.*.holidays', 'holiday list', idsOf('holidays')),
    mention('people.*.holidays.*', 'holiday list', idsOf('holidays')),
    mention('people.*.onboarded.@', 'onboarding', idsOf('onboarding')),
    mention('people.*.onboarded.*.@', 'item', onboardingItems, 'this onboarding'),
  ],
  unknownNames: defined,
  times: [absenceForms, zones, absences, employment, patterns],
  assemble: (files) => ({
    people: eachEntry(files, 'people', person),
    contacts: eachEntry(files, 'contacts', contact),
  }),
} as const satisfies Kind<'people'>;
