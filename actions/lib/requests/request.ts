/**
 * Reads and judges what people request by issue. Pure; text typed into an issue is only ever treated as data.
 *
 * A request is identified by its values, not by its text: adding a blank line changes nothing, and an approval covers
 * exactly the values.
 */
import { hasLeftBy } from '../compare/people.ts';
import type { Texts } from '../load/load.ts';
import { type Handbook, type Person, roleOf } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import type { Instant } from '../timeline.ts';
import { type ChangeVerdict, judgeChange } from './change.ts';
import type { Origin } from './facts.ts';
import type { FormKind, RequestForm } from './form.ts';
import { formsOf } from './forms.ts';
import { type JoinVerdict, judgeJoin } from './join.ts';
import { formOf, type Parsed, parseBody } from './parse.ts';
import { judgeSwap, personOf, type SwapVerdict } from './swap.ts';
import { type ClaimVerdict, claimDeciders, judgeClaim } from './time-off-claim.ts';

/** An issue's body as responses to the form that created it. */
export interface Request extends Parsed {
  readonly form: RequestForm;
}

/** The forms of a handbook whose responses are parsed, in the order in which GitHub lists them. */
export const formsFor = (handbook: Handbook): readonly RequestForm[] => Object.values(formsOf(handbook));

/** Reads a body as a form of `kind` if that is known; otherwise undefined for a body that no form created. */
export function readRequest(handbook: Handbook, body: string, kind?: FormKind): Request | undefined {
  const forms = formsOf(handbook);
  const form = kind === undefined ? formOf(Object.values(forms), body) : forms[kind];
  return form === undefined ? undefined : { form, ...parseBody(form, body) };
}

/** All values of a request as one text, equal for requests of the same thing. */
export const meaningOf = ({ form, values, faults }: Request): string =>
  JSON.stringify([
    form.kind,
    form.fields.map(({ id }) => values.get(id) ?? null),
    faults.map(({ field }) => field),
  ]);

/** What decides who has to be there, and when. */
const DECISIVE: Readonly<Record<FormKind, readonly string[]>> = {
  change: ['service', 'start', 'end', 'zone', 'people'],
  swap: ['seat', 'mine', 'theirs', 'from', 'to', 'colleague'],
  'time-off': ['alerted', 'worked', 'more', 'woken', 'zone'],
  join: ['who', 'login', 'role'],
};

/** What decides who has to be there, and when, as one text; a change of it restarts the notice. */
export const decisiveOf = ({ form: { kind }, values }: Request): string =>
  JSON.stringify(DECISIVE[kind].map((id) => values.get(id) ?? null));

export type RequestVerdict =
  | { readonly of: 'change'; readonly change: ChangeVerdict }
  | { readonly of: 'swap'; readonly swap: SwapVerdict }
  | { readonly of: 'time-off'; readonly claim: ClaimVerdict }
  | { readonly of: 'join'; readonly join: JoinVerdict };

/** Judges a request at the time `now`. */
export function judge(
  texts: Texts,
  handbook: Handbook,
  now: Instant,
  request: Request,
  origin: Origin,
): RequestVerdict {
  switch (request.form.kind) {
    case 'change':
      return { of: 'change', change: judgeChange(texts, handbook, now, request, origin) };
    case 'swap':
      return { of: 'swap', swap: judgeSwap(texts, handbook, now, request, origin) };
    case 'time-off':
      return { of: 'time-off', claim: judgeClaim(handbook, now, request, origin) };
    case 'join':
      return { of: 'join', join: judgeJoin(handbook, now, request) };
  }
}

/** A request and its verdict, as far as they decide who may decide. */
interface Judged {
  readonly request: Request;
  readonly verdict: RequestVerdict;
}

/** A handbook as of an instant. */
interface AsOf {
  readonly handbook: Handbook;
  readonly now: Instant;
}

/**
 * The people who may decide on a request, without those who left before the published span; nobody while the team that
 * it concerns is unknown.
 */
export function decidersOf({ handbook, now }: AsOf, { request, verdict }: Judged): readonly Person[] {
  const { people } = handbook;
  const all =
    verdict.of === 'time-off'
      ? claimDeciders(handbook, verdict.claim)
      : leadsOf(handbook, request).flatMap((id) => people.get(id) ?? []);
  const { startAt } = publishedSpan(handbook, now);
  return all.filter((it) => !hasLeftBy(it, startAt));
}

/** The leads of the team whose handbook a request changes. */
function leadsOf({ services, rotas, teams }: Handbook, { form, values }: Request): readonly string[] {
  const { rota } = roleOf(values.get(form.kind === 'join' ? 'role' : 'seat') ?? '');
  const team =
    form.kind === 'change' ? services.get(values.get('service') ?? '')?.team : rotas.get(rota)?.team;
  return teams.get(team ?? '')?.leads ?? [];
}

/** The person behind a login, if they may decide on a request. */
export function deciderBy(asOf: AsOf, judged: Judged, login: string): Person | undefined {
  const person = personOf(asOf.handbook, login);
  return person !== undefined && decidersOf(asOf, judged).includes(person) ? person : undefined;
}
