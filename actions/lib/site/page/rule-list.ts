/** The rules that apply to a team, with figures from the policies and the playbook that each is based on. Pure. */
import { ruleInfos } from '../../check/check.ts';
import type { RuleInfo } from '../../check/rule.ts';
import { type Handbook, termsFor } from '../../model.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { type Html, html, noHtml } from './html.ts';
import type { TeamCover } from './view.ts';

interface Team extends TeamCover {
  readonly handbook: Handbook;
}

const usesHours = ({ rotas, handbook }: Team): boolean =>
  rotas.some(({ terms }) => terms.some(({ hours }) => handbook.hours.has(hours ?? '')));

const isOutOfHours = ({ covers }: Team): boolean => covers.some(({ role }) => role.needs.onCall);

/** The teams that a rule concerns; a rule that is not listed concerns every team. */
const CONCERNS: Readonly<Record<string, (team: Team) => boolean>> = {
  eligible: ({ covers }) =>
    covers.some(
      ({ role: { needs } }) =>
        needs.onCall || needs.vetted || needs.skills.length > 0 || needs.anySkill.length > 0,
    ),
  uncovered: ({ handbook, rotas }) =>
    [...handbook.hours.values()].some(({ terms }) =>
      terms.some(({ coveredBy }) =>
        coveredBy.some(({ anyOf }) => anyOf.flat().some((ref) => rotas.some(({ id }) => id === ref.rota))),
      ),
    ),
  'holidays-run-out': usesHours,
  rest: isOutOfHours,
  unbroken: ({ handbook, id }) => {
    const { longestUnbroken, hoursBetween } = termsFor(handbook.onCall, id).rest;
    return longestUnbroken !== undefined || hoursBetween !== undefined;
  },
  'new-to-on-call': isOutOfHours,
  'escalation-ends': ({ handbook, id }) => [...handbook.services.values()].some(({ team }) => team === id),
};

const figure = (duration: Duration | undefined, words: string): readonly string[] =>
  duration === undefined ? [] : [`${durationText(duration)} ${words}`];

/** The figures of a rule as text. */
function figures({ name }: RuleInfo, handbook: Handbook, team: string): readonly string[] {
  const notice = termsFor(handbook.notice, team);
  const onCall = termsFor(handbook.onCall, team);
  switch (name) {
    case 'notice':
      return [
        ...figure(notice.rotaChange.minimum, 'at least'),
        ...figure(notice.rotaChange.recommended, 'recommended'),
        `any notice is enough for a short cover of up to ${durationText(notice.shortCover.longest)}`,
        ...figure(notice.outOfHoursChange.minimum, 'for a planned change out of hours'),
      ];
    case 'decided-ahead':
      return figure(notice.publishedAhead, 'ahead');
    case 'rest':
      return [
        `${onCall.rest.turnsBetween} ${onCall.rest.turnsBetween === 1 ? 'turn' : 'turns'} of others in between`,
      ];
    case 'unbroken':
      return [
        ...figure(onCall.rest.longestUnbroken, 'at most'),
        ...figure(onCall.rest.hoursBetween, 'between two duties'),
      ];
    case 'new-to-on-call':
      return [
        `new for ${durationText(onCall.newcomers.first)}`,
        `experienced after ${durationText(onCall.newcomers.experiencedAfter)}`,
      ];
    default:
      return [];
  }
}

export function rulesPart(handbook: Handbook, team: TeamCover): Html {
  const own = ruleInfos.filter(
    ({ name, playbook }) => playbook !== undefined && (CONCERNS[name]?.({ ...team, handbook }) ?? true),
  );
  const lines = own.map((rule) => {
    const source = html`<p class="hint">Based on ${rule.playbook as string}</p>`;
    return html`<li><p>${rule.summary}</p>${figuresText(rule, handbook, team.id)}${source}</li>\n`;
  });
  return html`<section aria-labelledby="rules">
<h2 id="rules">Rules that apply</h2>
<p>Every change to this rota is checked against these rules before it takes effect.</p>
<ul class="rules" role="list">
${lines}</ul>
</section>
`;
}

function figuresText(rule: RuleInfo, handbook: Handbook, team: string): Html {
  const all = figures(rule, handbook, team);
  return all.length === 0 ? noHtml : html`<p><strong>${all.join('; ')}</strong></p>`;
}
