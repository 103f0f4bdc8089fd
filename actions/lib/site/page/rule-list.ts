/** The rules that apply to a team, with figures from the policies and the playbook that each is based on. Pure. */
import { ruleInfos } from '../../check/check.ts';
import type { RuleInfo } from '../../check/rule.ts';
import { type Handbook, type Provenance, termsFor } from '../../model.ts';
import { type Duration, durationText } from '../../time/duration.ts';
import { type Html, html, noHtml } from './html.ts';
import { exampleMark, sourcesLine } from './origin.ts';
import type { TeamCover } from './view.ts';

interface Team extends TeamCover {
  readonly handbook: Handbook;
}

const usesHours = ({ rotas, handbook }: Team): boolean =>
  rotas.some(({ terms }) => terms.some(({ hours }) => handbook.hours.has(hours ?? '')));

const isOutOfHours = ({ covers }: Team): boolean => covers.some(({ role }) => role.needs.onCall);

const hasServices = ({ handbook, id }: Team): boolean =>
  [...handbook.services.values()].some(({ team }) => team === id);

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
  'chain-held': hasServices,
  promises: hasServices,
  'service-levels': hasServices,
  tickets: ({ handbook, id }) =>
    [...handbook.services.values()].some(({ team, tickets }) => team === id && tickets !== undefined),
  'escalation-ends': hasServices,
};

interface Figure {
  readonly text: string;
  readonly origin: Provenance;
}

const figure = (duration: Duration | undefined, words: string, origin: Provenance): readonly Figure[] =>
  duration === undefined ? [] : [{ text: `${durationText(duration)} ${words}`, origin }];

/** The figures of a rule for a team, and where each comes from. */
function figures({ name }: RuleInfo, handbook: Handbook, team: string): readonly Figure[] {
  const notice = termsFor(handbook.notice, team);
  const onCall = termsFor(handbook.onCall, team);
  const { rotaChange, shortCover, outOfHoursChange, publishedAhead } = notice.origins;
  const { rest, newcomers } = onCall.origins;
  switch (name) {
    case 'notice':
      return [
        ...figure(notice.rotaChange.minimum, 'at least', rotaChange),
        ...figure(notice.rotaChange.recommended, 'recommended', rotaChange),
        {
          text: `any notice is enough for a short cover of up to ${durationText(notice.shortCover.longest)}`,
          origin: shortCover,
        },
        ...figure(notice.outOfHoursChange.minimum, 'for a planned change out of hours', outOfHoursChange),
      ];
    case 'decided-ahead':
      return figure(notice.publishedAhead, 'ahead', publishedAhead);
    case 'rest': {
      const { turnsBetween } = onCall.rest;
      return [
        {
          text: `${turnsBetween} ${turnsBetween === 1 ? 'turn' : 'turns'} of others in between`,
          origin: rest,
        },
      ];
    }
    case 'unbroken':
      return [
        ...figure(onCall.rest.longestUnbroken, 'at most', rest),
        ...figure(onCall.rest.hoursBetween, 'between two duties', rest),
      ];
    case 'new-to-on-call':
      return [
        { text: `new for ${durationText(onCall.newcomers.first)}`, origin: newcomers },
        { text: `experienced after ${durationText(onCall.newcomers.experiencedAfter)}`, origin: newcomers },
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
  if (all.length === 0) return noHtml;
  return html`${bySource(all).map((own) => {
    const parts = own.map(
      ({ text, origin }, i) => html`${i === 0 ? '' : '; '}<strong>${text}</strong>${exampleMark(origin)}`,
    );
    const origins = own.map(({ origin }) => origin);
    return html`<p>${parts}</p>${sourcesLine('From', origins)}`;
  })}`;
}

/** Figures in their order, those of one source together. */
function bySource(all: readonly Figure[]): readonly (readonly Figure[])[] {
  return [...Map.groupBy(all, ({ origin }) => origin.source).values()];
}
