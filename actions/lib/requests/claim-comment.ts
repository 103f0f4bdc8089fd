/** Writes the comment on the issue of a claim of time off. Pure. */
import type { Handbook } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import { plural } from '../text/plural.ts';
import { HOUR } from '../time/date.ts';
import { clockText, formatDate, formatInstant, formatSpan } from '../time/format.ts';
import type { Claim, ShortRest } from '../time-off/claim.ts';
import { restLength, sumsOf } from '../time-off/entries.ts';
import { alertDoubtText, lengthText, reasonsOf } from '../time-off/reasons.ts';
import type { Instant } from '../timeline.ts';
import { BURDEN_WEEKS, type NextNight } from './next-night.ts';
import { type CommentInput, declinedText, faultLines, nameOf } from './phase.ts';
import type { ClaimVerdict } from './time-off-claim.ts';

type Counted = Exclude<ClaimVerdict, { readonly kind: 'lacking' }>;

/** The parts of the comment that are specific to claims, in order. */
export function claimParts(input: CommentInput, claim: ClaimVerdict): readonly string[] {
  const { handbook, phase } = input;
  switch (phase.kind) {
    case 'declined':
      return ['### Declined', declinedText(handbook, phase)];
    case 'withdrawn':
      return ['### Closed', 'Reopen this issue to ask again.'];
    default:
      break;
  }
  if (claim.kind === 'lacking')
    return [
      '### This needs more information',
      `Please edit this issue; it is then checked again:\n\n${faultLines(claim.faults)}`,
    ];
  const isGranted = phase.kind === 'granted';
  const title = claim.kind === 'nothing' ? 'Nothing counts' : totalText(claim);
  return [
    `### ${isGranted ? `Approved: ${title}` : title}`,
    ...countParts(claim),
    ...(claim.kind === 'counted' ? restParts(input, claim) : []),
    ...(claim.kind === 'counted' && claim.next !== undefined ? [nightPart(input, claim.next)] : []),
    ...(isGranted ? [grantedPart(input, claim, phase.by)] : [nextPart(input, claim)]),
  ];
}

/** `0.75 days (5.25 hours)`. */
function totalText({ count }: Counted): string {
  const [sum] = sumsOf(count.claims);
  return `${plural(sum?.days ?? 0, 'day')} (${plural(sum?.hours ?? 0, 'hour')})`;
}

/** Each claim in a table, the reasons below, and what is doubtful. */
function countParts({ count: { claims, questions }, zone }: Counted): readonly string[] {
  const rows = claims.map(({ at, zone: own, alerts, kind, work, days, extraDays }) => [
    forMarkdown(formatInstant(own, at)),
    String(alerts.length),
    kind,
    work.counted === 0 ? '–' : lengthText(work.counted),
    String(days),
    String(extraDays),
  ]);
  const table = [
    '| Alerted | Alerts | Kind | Work | Days | Extra |',
    '|---|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
  const reasons = claims.flatMap(reasonsOf).map((it) => `- ${forMarkdown(it)}`);
  const doubts = questions.map(
    ({ alert, doubt }) =>
      `- ${forMarkdown(`${formatInstant(zone, alert.alertedAt)} ${alertDoubtText(doubt)}`)}`,
  );
  return [
    ...(claims.length === 0 ? [] : [table, reasons.join('\n')]),
    ...(doubts.length === 0 ? [] : [`**Questions**\n\n${doubts.join('\n')}`]),
  ];
}

/** That nobody who was woken has to start at the usual time, and where rest is too short. */
function restParts({ handbook, now }: CommentInput, claim: Counted): readonly string[] {
  const { claims, rest } = claim.count;
  const short = rest.filter(({ startFrom }) => startFrom > now);
  const woken = claims.findLast(({ kind }) => kind === 'woken');
  const startFrom = woken === undefined ? now : restedAt(woken);
  return [
    ...(woken === undefined || startFrom <= now ? [] : [lateStart(handbook, claim, woken, startFrom)]),
    ...(short.length === 0
      ? []
      : [`⚠️ **Too little rest**\n\n${short.map((it) => `- ${restText(it)}`).join('\n')}`]),
  ];
}

const restedAt = ({ until, terms }: Claim): Instant => until + terms.restHours * HOUR;

function lateStart(handbook: Handbook, { person }: Counted, woken: Claim, startFrom: Instant): string {
  const lead =
    person.deliveryLead === undefined ? 'your line manager' : nameOf(handbook, person.deliveryLead);
  const hours = plural(woken.terms.restHours, 'hour');
  const when = forMarkdown(formatInstant(woken.zone, startFrom));
  return (
    '**Late start**: you were woken, so you do not have to start at the usual time; ' +
    `${hours} of rest end ${when}. Tell ${lead}, if you can.`
  );
}

function restText(short: ShortRest): string {
  const { claim, endedBy, endsAt, startFrom } = short;
  const when = (at: Instant) => formatInstant(claim.zone, at);
  return forMarkdown(
    `after the alert of ${when(claim.at)}, ${lengthText(restLength(short))} of rest before ` +
      `the next ${endedBy} at ${when(endsAt)}; ${plural(claim.terms.restHours, 'hour')} end ${when(startFrom)}`,
  );
}

/** Who could take the next night. */
function nightPart({ handbook }: CommentInput, { role, zone, colleagues, ...span }: NextNight): string {
  const when = forMarkdown(formatSpan(zone, span.startAt, span.endAt));
  const named = colleagues.map(
    ({ person, hours }) =>
      `- ${nameOf(handbook, person)} (${plural(hours, 'hour')} on call in the last ${BURDEN_WEEKS} weeks)`,
  );
  const who =
    named.length === 0
      ? 'Nobody in the team is eligible, free and rested then; please ask a lead.'
      : `These colleagues are eligible, free and rested then, the least burdened first:\n\n${named.join('\n')}`;
  return (
    `**The next night**: you are ${forMarkdown(role)} ${when}. If you need a rest, ask a lead for a ` +
    `replacement, or a colleague, with the form *Swap or cover*. ${who}`
  );
}

/** The text for the HR system, in which nothing is Markdown. */
function grantedPart({ handbook }: CommentInput, claim: Counted, by: string): string {
  const { person, count, url } = claim;
  const lines = [
    `Time off in lieu: ${totalText(claim)}`,
    `${person.name}, alerted out of hours:`,
    ...count.claims.map(({ at, zone, kind, days, extraDays, work }) => {
      const day = `${formatDate(zone.dayOf(at))} ${clockText(zone.wallOf(at))}`;
      const extra =
        extraDays === 0 ? '' : `, and ${plural(extraDays, 'day')} for ${lengthText(work.counted)} of work`;
      return `- ${day} (${zone.name}): ${plural(days, 'day')}, ${kind}${extra}`;
    }),
    `Approved by ${handbook.people.get(by)?.name ?? by}: ${url}`,
  ];
  const text = lines.map((line) => line.replaceAll('`', "'")).join('\n');
  return `Approved by ${nameOf(handbook, by)}. For your HR system:\n\n\`\`\`text\n${text}\n\`\`\``;
}

function nextPart({ handbook, deciders, state }: CommentInput, claim: Counted): string {
  if (claim.kind === 'nothing')
    return 'If the times or the zone are wrong, edit this issue; if the rota is, tell a lead of the team.';
  const leads = deciders.map(({ id }) => nameOf(handbook, id)).join(', ') || 'a lead of the team';
  return (
    `${leads} can now comment \`/approve\` (or \`/approve ${state.digest.slice(0, 12)}\`, for exactly this version) ` +
    'or `/decline` with a reason. Editing the issue counts it anew. Alerts in other issues are not seen here: ' +
    'put those of one night into one.'
  );
}
