/** Services: read, and updated field by field; a service has exactly one policy at a time. */
import { reference, resource } from './bodies.ts';
import { notFound, wrongInput } from './refusal.ts';
import { type ApiRequest, type ApiResponse, fields, idIn } from './request.ts';
import { type Service, type State, withService } from './state.ts';

function requestedService({ state, path }: ApiRequest): Service {
  const service = state.services.find(({ id }) => id === path.id);
  if (service === undefined) throw notFound();
  return service;
}

function serviceBody({ policies }: State, service: Service) {
  const policy = policies.find(({ id }) => id === service.policy) ?? {
    id: service.policy,
    name: service.policy,
  };
  return {
    ...resource('service', 'service', service),
    name: service.name,
    description: service.description,
    status: 'active',
    escalation_policy: reference('escalation_policy', policy),
    teams: [],
    integrations: [],
  };
}

export const getService = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: { service: serviceBody(request.state, requestedService(request)) },
});

export function putService(request: ApiRequest): ApiResponse {
  const { state, body } = request;
  const service = requestedService(request);
  const written = fields(body).service;
  if (written === undefined) throw wrongInput('Service is missing');
  const { name, description, escalation_policy: policy } = fields(written);
  const { type } = fields(policy);
  if (policy !== undefined && type !== 'escalation_policy_reference' && type !== 'escalation_policy')
    throw wrongInput('Escalation policy is not a reference of an escalation policy');
  const id = policy === undefined ? service.policy : idIn(policy);
  if (!state.policies.some((each) => each.id === id)) throw wrongInput('Escalation policy was not found');
  if (name === null || name === '') throw wrongInput("Name can't be blank");
  const changed: Service = {
    ...service,
    name: String(name ?? service.name),
    description: description === undefined ? service.description : (description as string | null),
    policy: id,
  };
  const after = withService(state, service.id, () => changed);
  return { status: 200, body: { service: serviceBody(after, changed) }, state: after };
}
