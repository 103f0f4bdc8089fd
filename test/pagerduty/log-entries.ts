/**
 * The log of incidents, newest entry first. The overview has no notifications, and an incident is whole only where it is
 * asked for.
 */
import { instantText } from '../../actions/lib/time/format.ts';
import { type ApiRequest, type ApiResponse, isRequested, page, requestedRange } from './request.ts';
import type { LoggedEvent, State } from './state.ts';

const API = 'https://api.pagerduty.com';
const SITE = 'https://example.pagerduty.com';

/** Without a range, the log of the last month. */
export function listLogEntries(request: ApiRequest): ApiResponse {
  const { state, now, query } = request;
  const { startAt, endAt } = requestedRange(request) ?? { startAt: now - 30 * 86_400_000, endAt: now };
  const isOverview = isRequested(request, 'is_overview');
  const isWhole = query.getAll('include[]').includes('incidents');
  const found = state.log
    .filter(({ at }) => startAt <= at && at < endAt)
    .filter(({ kind }) => !isOverview || kind !== 'notify')
    .toSorted((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
  return page(request, 'log_entries', found, (it) => entryOf(state, it, isWhole));
}

function entryOf(state: State, event: LoggedEvent, isWhole: boolean): object {
  const { id, kind, at, incident } = event;
  return {
    id,
    type: `${kind}_log_entry`,
    summary: `${kind} by the stand-in`,
    self: `${API}/log_entries/${id}?incident_id=${incident}`,
    html_url: `${SITE}/incidents/${incident}/log_entries/${id}`,
    created_at: instantText(at),
    agent: kind === 'notify' ? SERVICE : (userOf(state, event.user) ?? SERVICE),
    channel: channelOf(state, event),
    incident: incidentOf(event, isWhole),
    service: SERVICE,
    teams: [],
    contexts: [],
    ...(kind === 'notify' ? { user: userOf(state, event.user) } : {}),
  };
}

const SERVICE = {
  id: 'PSERVIC',
  type: 'service_reference',
  summary: 'Router',
  self: `${API}/services/PSERVIC`,
  html_url: `${SITE}/service-directory/PSERVIC`,
};

function channelOf(state: State, { kind, by = 'push', user }: LoggedEvent): object {
  if (kind !== 'notify') return { type: user === undefined ? 'api' : 'website' };
  const address = by === 'push' ? null : 'where it was sent';
  const notification = { type: `${by}_notification`, address, status: 'success', user: userOf(state, user) };
  return { type: 'auto', notification };
}

function incidentOf({ incident, urgency = 'high' }: LoggedEvent, isWhole: boolean): object {
  const named = {
    id: incident,
    summary: `[#1] The text of incident ${incident}`,
    self: `${API}/incidents/${incident}`,
    html_url: `${SITE}/incidents/${incident}`,
  };
  return isWhole
    ? { ...named, type: 'incident_reference', urgency }
    : { ...named, type: 'incident_reference' };
}

function userOf({ users }: State, id: string | undefined): object | undefined {
  if (id === undefined) return undefined;
  const user = users.find((it) => it.id === id);
  const urls = { self: `${API}/users/${id}`, html_url: `${SITE}/users/${id}` };
  return { id, type: 'user_reference', summary: user?.name ?? null, ...urls };
}
