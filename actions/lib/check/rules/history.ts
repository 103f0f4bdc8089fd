/**
 * Time off in lieu and pay are computed from past cover (dxw, "Claiming TOIL"), so cover up to now does not change,
 * however old; in a pull request, up to when it was opened or its head pushed, whichever was later, because an approval
 * takes time. A change from a given day on is written as an amendment or a new rotation entry. A correction, and so the
 * removal of a rota that had cover, passes where the base branch's policy names a label for it and the pull request has
 * that label; what is too much to compare at once does not. Only a new rota may bring an archive of before the
 * published span. Reported at the line that causes the change. A new entry for a day before the published span that
 * changes nothing usually has the wrong year, so it is reported too.
 */
import { correctionLabels, isCorrected } from '../../compare/terms.ts';
import { type ChangeFacts, changeText, factsOf } from '../../compare/words.ts';
import { DAY, type Day } from '../../time/date.ts';
import { formatDate } from '../../time/format.ts';
import type { Instant } from '../../timeline.ts';
import { rule } from '../rule.ts';

interface Codes {
  readonly 'past-changed': ChangeFacts & {
    readonly nowAt: Instant;
    /** The label that lets a correction pass, where the policy names one. */
    readonly label: string | undefined;
  };
  readonly expired: { readonly beganOn: Day };
  /** There is too much to compare of a rota's cover before the published span. */
  readonly uncompared: { readonly rota: string; readonly beganOn: Day };
  /** There is too much to compare up to the day on which the last line of years ahead ends. */
  readonly 'uncompared-ahead': { readonly rota: string; readonly lastOn: Day };
}

export const history = rule<Codes>({
  name: 'history',
  severity: 'error',
  summary: 'Past cover does not change.',
  needs: 'base',
  playbook: 'dxw, Claiming TOIL',
  *check({ against, ahead: { startAt: nowAt } }) {
    if (against === undefined) return;
    for (const exception of against.past) {
      if (isCorrected(exception, against)) continue;
      const label = correctionLabels(exception, against)?.join('" and "');
      const args = { ...factsOf(exception), nowAt, label };
      yield { code: 'past-changed', args, location: exception.cause };
    }
    const beganOn = Math.floor(against.beganAt / DAY);
    for (const location of against.expiredEntries) {
      const rota = location.file.replace(/^rotas\//, '');
      if (isCorrected({ rota, before: undefined, after: undefined }, against)) continue;
      yield { code: 'expired', args: { beganOn }, location };
    }
    for (const rota of against.uncompared)
      yield {
        code: 'uncompared',
        args: { rota, beganOn },
        location: { file: `rotas/${rota}.yaml`, path: [] },
      };
    for (const [rota, endAt] of against.tooFar)
      yield {
        code: 'uncompared-ahead',
        args: { rota, lastOn: Math.floor((endAt - 1) / DAY) },
        location: { file: `rotas/${rota}.yaml`, path: [] },
      };
  },
  describe: {
    'past-changed': ({ nowAt, label, ...facts }) => {
      const correction = label === undefined ? '' : `, or correct the past with the label "${label}"`;
      const { rota, role, before, after } = facts;
      const cover =
        before === undefined || after === undefined
          ? ''
          : `, or for hours to come use rota cover ${rota} ${role} FROM TO ${after}`;
      const advice =
        facts.effect?.endsWith('counting') === true
          ? 'add another role from a future day on instead'
          : `write the change from a future day on${facts.effect === undefined ? cover : ''}`;
      return `${changeText(facts, nowAt)}, which is past; ${advice}${correction}`;
    },
    expired: ({ beganOn }) =>
      `this is new, is before ${formatDate(beganOn)} and changes nothing any more; correct its year, or remove it`,
    uncompared: ({ rota, beganOn }) =>
      `cover of ${rota} before ${formatDate(beganOn)} may change, and this is too much to compare at once; ` +
      'change the past of fewer rotas, or fewer years',
    'uncompared-ahead': ({ rota, lastOn }) =>
      `what ${rota} has up to ${formatDate(lastOn)} may change, and this is too much to compare at once; ` +
      'remove what is years away in a pull request of its own, and change fewer rotas at once',
  },
});
