/** The kind and id of a path; `files.test.ts` tests the findings about all other paths. */
import { expect, test } from 'vitest';
import { identify } from '../../actions/lib/load/identify.ts';

test.each<[path: string, kind: string, id: string]>([
  ['rotas/people.yaml', 'people', 'people'],
  ['rotas/people/paas.yaml', 'people', 'paas'],
  ['rotas/people/team.yaml', 'people', 'team'],
  ['rotas/paas/team.yaml', 'team', 'paas'],
  ['rotas/paas/out-of-hours.yaml', 'rota', 'paas/out-of-hours'],
  ['rotas/paas/people.yaml', 'rota', 'paas/people'],
  ['rotas/paas/planned-changes.yaml', 'planned-changes', 'paas'],
  ['rotas/people/planned-changes.yaml', 'people', 'planned-changes'],
  ['rotas/24/7.yaml', 'rota', '24/7'],
  ['rotas/constructor/constructor.yaml', 'rota', 'constructor/constructor'],
  ['policies/support-hours/paas.yaml', 'support-hours', 'paas'],
  ['policies/holidays/england-and-wales.yaml', 'holidays', 'england-and-wales'],
  ['policies/service-levels/paas.yaml', 'service-levels', 'paas'],
  ['policies/escalation/paas.yaml', 'escalation', 'paas'],
  ['policies/notice.yaml', 'notice', 'notice'],
  ['policies/publishing.yaml', 'publishing', 'publishing'],
  ['policies/on-call.yaml', 'on-call', 'on-call'],
  ['policies/services.yaml', 'services', 'services'],
  ['policies/time-off.yaml', 'time-off', 'time-off'],
  ['policies/messages.yaml', 'messages', 'messages'],
])('%s is %s %s', (path, kind, id) => {
  expect(identify(path)).toEqual({ kind, id });
});

test.each([
  'rotas',
  'rotas/team.yaml',
  'rotas/paas/nights/team.yaml',
  'policies/notice/notice.yaml',
  'policies/holidays.yaml',
  'x/rotas/people.yaml',
  'rotas/people.yaml\n',
  'rotas/people.yaml/x',
])('%j matches no kind', (path) => {
  expect(identify(path)).not.toHaveProperty('kind');
});
