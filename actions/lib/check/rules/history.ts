/**
 * The past is what time off in lieu and pay are counted from (dxw, "Claiming TOIL"), so cover before now stays as it
 * was, back to the start of the published span. What must change from a day on is written as an amendment or a new
 * rotation entry. A correction passes where the base's policy names a label for it and the pull request has that
 * label. Told at the line that causes the change. What is written anew for a day before that span changes nothing that
 * anybody would see, and mostly has the wrong year.
 */
import { changeText } from '../../compare/compare.ts';
import type { Rota, Spot } from '../../model.ts';
import { publishedSpan } from '../../resolve/resolve.ts';
import { spoken, type Zone } from '../../time.ts';
import type { Instant } from '../../timeline.ts';
import type { Context, Objection, Rule } from '../rule.ts';

export const history: Rule = {
  name: 'history',
  severity: 'error',
  asks: 'against the base: is the past left as it was?',
  playbook: 'dxw, Claiming TOIL',
  *check(context) {
    const {
      against,
      ahead: { startAt: now },
    } = context;
    if (against === undefined) return;
    const { correction } = against.handbook.notice;
    if (correction !== undefined && against.pull?.labels.includes(correction) === true) return;
    for (const exception of against.past) {
      const way = correction === undefined ? '' : `, or correct the past with the label "${correction}"`;
      yield {
        place: exception.cause,
        message: `${changeText(exception, now)}, which is past; write the change from a day to come on${way}`,
      };
    }
    yield* longPast(context);
  },
};

/** Overrides and agreed turns that only the head has and that end before the published span; a new rota brings its archive with it. */
function* longPast({ handbook, ahead, against }: Context): Iterable<Objection> {
  if (against === undefined) return;
  const { startAt } = publishedSpan(against.handbook, ahead.startAt);
  for (const rota of handbook.rotas.values()) {
    const base = against.handbook.rotas.get(rota.id);
    if (base === undefined) continue;
    const known = new Set([...written(base)].map(({ text }) => text));
    for (const { text, endAt, spot } of written(rota))
      if (endAt <= startAt && !known.has(text))
        yield {
          place: spot,
          message: `this is new, lies before ${since(rota.zone, startAt)} and changes nothing any more; correct its year, or leave it out`,
        };
  }
}

const since = (zone: Zone, at: Instant): string => spoken(zone, at, Number.NEGATIVE_INFINITY);

function* written({
  zone,
  roles,
  overrides,
}: Rota): Iterable<{ readonly text: string; readonly endAt: Instant; readonly spot: Spot }> {
  for (const { id, turns } of roles.values())
    for (const [on, { person, spot }] of turns)
      yield { text: `${id} ${on} ${person}`, endAt: zone.startOf(on + 7), spot };
  for (const it of overrides) {
    const when = it.kind === 'turn' ? String(it.turnOn) : `${it.startAt} ${it.endAt}`;
    const endAt = it.kind === 'turn' ? zone.startOf(it.turnOn + 7) : it.endAt;
    yield { text: `${it.role} ${when} ${it.assignment.person}`, endAt, spot: it.spot };
  }
}
