/** Made from the files of `kinds/` by `npm run generate`: every kind of file. */
import type { Handbook, KindName } from '../model.ts';
import type { CheckedFile } from './decode.ts';
import type { Kind } from './kind.ts';
import { escalationKind } from './kinds/escalation.ts';
import { holidaysKind } from './kinds/holidays.ts';
import { messagesKind } from './kinds/messages.ts';
import { noticeKind } from './kinds/notice.ts';
import { onCallKind } from './kinds/on-call.ts';
import { onboardingKind } from './kinds/onboarding.ts';
import { peopleKind } from './kinds/people.ts';
import { plannedChangesKind } from './kinds/planned-changes.ts';
import { publishingKind } from './kinds/publishing.ts';
import { rotaKind } from './kinds/rota.ts';
import { serviceLevelsKind } from './kinds/service-levels.ts';
import { servicesKind } from './kinds/services.ts';
import { supportHoursKind } from './kinds/support-hours.ts';
import { teamKind } from './kinds/team.ts';
import { ticketsKind } from './kinds/tickets.ts';
import { timeOffKind } from './kinds/time-off.ts';

export const kinds: { readonly [K in KindName]: Kind<K> } = {
  escalation: escalationKind,
  holidays: holidaysKind,
  messages: messagesKind,
  notice: noticeKind,
  'on-call': onCallKind,
  onboarding: onboardingKind,
  people: peopleKind,
  'planned-changes': plannedChangesKind,
  publishing: publishingKind,
  rota: rotaKind,
  'service-levels': serviceLevelsKind,
  services: servicesKind,
  'support-hours': supportHoursKind,
  team: teamKind,
  tickets: ticketsKind,
  'time-off': timeOffKind,
};

/** What all kinds together put into the handbook. */
export const assembleKinds = (
  filesOf: <K extends KindName>(kind: K) => readonly CheckedFile<K>[],
): Omit<Handbook, 'unread'> => ({
  ...escalationKind.assemble(filesOf('escalation')),
  ...holidaysKind.assemble(filesOf('holidays')),
  ...messagesKind.assemble(filesOf('messages')),
  ...noticeKind.assemble(filesOf('notice')),
  ...onCallKind.assemble(filesOf('on-call')),
  ...onboardingKind.assemble(filesOf('onboarding')),
  ...peopleKind.assemble(filesOf('people')),
  ...plannedChangesKind.assemble(filesOf('planned-changes')),
  ...publishingKind.assemble(filesOf('publishing')),
  ...rotaKind.assemble(filesOf('rota')),
  ...serviceLevelsKind.assemble(filesOf('service-levels')),
  ...servicesKind.assemble(filesOf('services')),
  ...supportHoursKind.assemble(filesOf('support-hours')),
  ...teamKind.assemble(filesOf('team')),
  ...ticketsKind.assemble(filesOf('tickets')),
  ...timeOffKind.assemble(filesOf('time-off')),
});
