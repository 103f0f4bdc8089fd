/**
 * Whom a service calls: its chains, and when they are called, and which service of PagerDuty gets their policies. Each
 * person who is newly called agrees, and a lead of each team whose role is newly called, or whose service had that id.
 * A lead of the service's team agrees for those who are not called any more. Pure.
 */
import {
  childLocation,
  type Handbook,
  type HoursTerms,
  isUnread,
  type Notified,
  pagerdutyServiceLocation,
  roleText,
  type Service,
  type Stretch,
} from '../model.ts';
import { dateText, WEEKDAYS } from '../time/date.ts';
import { clockText } from '../time/format.ts';
import { calledIn } from './account-owners.ts';
import { targetsOf, teamsAsked, teamsOf } from './chain-targets.ts';
import { agreedByEach, type IdentityChange, type KeyChange, keyChange } from './identity-change.ts';

/** The key of a change of the id of a service in PagerDuty. */
export const PAGERDUTY_SERVICE = 'PagerDuty service';

/** The key of a change of the reasons for which an incident is critical. */
export const CRITICAL_REASONS = 'critical_reasons';

/** Comes before the name of a window in a key, because a window can be named like another key. */
export const WINDOW = 'window ';

/** Services that differ in team, chains or support hours; a new one only concerns those whom it calls. */
export function* serviceChanges(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  for (const id of new Set([...base.services.keys(), ...head.services.keys()])) {
    const [was, is] = [base.services.get(id), head.services.get(id)];
    if (isUnread(base, 'services', id) || isUnread(head, 'services', id)) continue;
    const either = is ?? was;
    if (either === undefined) continue;
    const at = (...path: readonly string[]) => childLocation(either.location, ...path);
    const windows = [...new Set([...(was?.escalation.keys() ?? []), ...(is?.escalation.keys() ?? [])])];
    const hours =
      was === undefined || is === undefined || windows.length === 0 ? [] : hoursChange(base, head, was, is);
    const { people, teams } = newlyCalled(base, head, was, is, hours.length > 0);
    for (const [person, own] of people) {
      const after = `called in ${own.join(', ')}`;
      const key = { key: person, before: undefined, after, location: at('escalation') };
      yield { kind: 'service', id, concerned: [person], teams: undefined, keys: [key], windows: own };
    }
    const taken = is?.pagerduty === was?.pagerduty ? [] : teamsWith(base, id, is?.pagerduty);
    const account = keyChange(
      PAGERDUTY_SERVICE,
      was?.pagerduty,
      is?.pagerduty,
      pagerdutyServiceLocation(either),
    );
    // A new service that calls no role of the base, and takes over no service of PagerDuty, has nobody's lead to ask.
    if (was === undefined && teams.length === 0 && account.length === 0) continue;
    const keys = [
      ...(was === undefined ? [] : keyChange('team', was.team, is?.team, at('team'))),
      ...(was === undefined || is === undefined ? [] : reasonsChange(was, is)),
      ...windows.flatMap((window) =>
        keyChange(
          `${WINDOW}${window}`,
          was?.escalation.get(window),
          is?.escalation.get(window),
          at('escalation', window),
        ),
      ),
      ...hours,
      ...account,
    ];
    const given = was === undefined || is === undefined || was.team === is.team ? [] : [is.team];
    const asked = [...new Set([...teams, ...taken, ...given])];
    const own = account.length === 0 ? [] : [either.team];
    const consent =
      was === undefined ? agreedByEach([...own, ...asked]) : { teams: [was.team], alsoTeams: asked };
    yield { kind: 'service', id, keys, concerned: [], ...consent };
  }
}

/** Another list of the reasons for which an incident is critical out of hours, and calls somebody. */
const reasonsChange = (was: Service, is: Service): readonly KeyChange[] => {
  // So that one reason is not taken for two.
  const quoted = (reason: string) => (/[;"]/.test(reason) ? JSON.stringify(reason) : reason);
  const text = ({ criticalReasons }: Service) =>
    criticalReasons.toSorted().map(quoted).join('; ') || undefined;
  return keyChange(CRITICAL_REASONS, text(was), text(is), childLocation(is.location, CRITICAL_REASONS));
};

/** The teams of the other services that have an id of PagerDuty. */
const teamsWith = ({ services }: Handbook, id: string, pagerduty: string | undefined): readonly string[] =>
  [...services.values()].flatMap((it) =>
    pagerduty !== undefined && it.id !== id && it.pagerduty === pagerduty ? [it.team] : [],
  );

/** Whom a service calls that it did not call in that window before; with other hours, everybody whom it calls. */
function newlyCalled(
  base: Handbook,
  head: Handbook,
  was: Service | undefined,
  is: Service | undefined,
  hasOtherHours: boolean,
) {
  const [calledBefore, called] = [calledIn(base, [base]), calledIn(head, [base, head])];
  const people = new Map<string, readonly string[]>();
  const teams = new Set<string>();
  for (const [window, chain] of is?.escalation ?? []) {
    const before = was?.escalation.get(window);
    if (before === chain && !hasOtherHours) continue;
    const known = hasOtherHours ? [] : targetsOf(base.escalations.get(before ?? ''));
    const targets = targetsOf(head.escalations.get(chain));
    const [knownPeople, knownRoles] = [new Set(calledBefore(known)), new Set(rolesIn(known))];
    for (const person of called(targets))
      if (!knownPeople.has(person)) people.set(person, [...new Set([...(people.get(person) ?? []), window])]);
    const fresh = targets.filter((it) => it.kind === 'role' && !knownRoles.has(roleText(it.role)));
    for (const team of teamsAsked(base, head, fresh)) teams.add(team);
  }
  return { people, teams: [...teams] };
}

const rolesIn = (targets: readonly Notified[]): readonly string[] =>
  targets.flatMap((it) => (it.kind === 'role' ? [roleText(it.role)] : []));

/** The team of a service, and those whom its chains call. */
export const teamsCalled = (handbook: Handbook, { team, escalation }: Service): readonly string[] => [
  team,
  ...[...escalation.values()].flatMap((id) => teamsOf(handbook, targetsOf(handbook.escalations.get(id)))),
];

/** The support hours of a service that is called in other windows than before, with the windows that differ. */
function hoursChange(base: Handbook, head: Handbook, was: Service, is: Service): readonly KeyChange[] {
  const [before, after] = [hoursOf(base, was), hoursOf(head, is)];
  if (before?.plain === after?.plain) return [];
  const names = [...new Set([before, after].flatMap((it) => [...(it?.windows.keys() ?? [])]))].filter(
    (name) => before?.windows.get(name) !== after?.windows.get(name),
  );
  const location = childLocation(is.location, 'service_level');
  const isSame = before?.id === after?.id;
  const [one, other] = [before, after].map((it) => it && `${it.id}${windowsText(it, names)}`);
  // Where no window does, the zone, working days or lists of holidays differ.
  const rest = isSame ? `${after?.id} with another zone, or other working days or holidays` : other;
  return [{ key: 'hours', before: one, after: names.length === 0 ? rest : other, location }];
}

/** " (day every 09:00–17:00; night outside day)", or only the names of the windows where that is long. */
function windowsText({ windows }: NonNullable<ReturnType<typeof hoursOf>>, names: readonly string[]): string {
  if (names.length === 0) return '';
  const texts = names.map((name) => `${name} ${windows.get(name) ?? 'never'}`).join('; ');
  return texts.length <= LONGEST_WINDOWS ? ` (${texts})` : ` (windows ${names.join(', ')})`;
}

const LONGEST_WINDOWS = 160;

/** "working 09:00–17:00", and from which day on it is another. */
const windowText = (terms: readonly HoursTerms[], name: string): string =>
  terms
    .flatMap(({ firstOn, windows }) => {
      const window = windows.get(name);
      const since = Number.isFinite(firstOn) ? `from ${dateText(firstOn)} on ` : '';
      if (window === undefined) return since === '' ? [] : [`${since}never`];
      if (window.kind === 'outside') return [`${since}outside ${window.of.join(' and ')}`];
      return [since + window.stretches.map(stretchText).join(', ')];
    })
    .join(', ');

function stretchText({ days, from, to, zones }: Stretch): string {
  const which = typeof days === 'string' ? days : [...days].map((it) => WEEKDAYS[it]?.slice(0, 3)).join(' ');
  const [start, end] = [zones?.from, zones?.to].map((it) => (it === undefined ? '' : ` ${it.name}`));
  return `${which} ${clockText(from)}${start}–${clockText(to)}${end}`;
}

function hoursOf({ serviceLevels, hours }: Handbook, { serviceLevel }: Service) {
  const own = hours.get(serviceLevels.get(serviceLevel ?? '')?.hours ?? '');
  const terms = own?.terms.map(({ firstOn, windows, workingDays, holidays }) => ({
    ...{ firstOn, holidays, workingDays: [...workingDays], windows: [...windows] },
  }));
  const plain = JSON.stringify([own?.zone.name, terms], (key, value: unknown) => {
    // In which file they are is nobody's time.
    if (key === 'location') return undefined;
    return value instanceof Set ? [...value] : value;
  });
  if (own === undefined) return undefined;
  const names = own.terms.flatMap(({ windows }) => [...windows.keys()]);
  return { id: own.id, plain, windows: new Map(names.map((it) => [it, windowText(own.terms, it)])) };
}
