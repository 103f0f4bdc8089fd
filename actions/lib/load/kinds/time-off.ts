/** The time off that people earn for out-of-hours alerts: `policies/time-off.yaml`. */
import schema from '../../../../schemas/time-off.schema.json' with { type: 'json' };
import type { TimeOff, TimeOffTerms } from '../../model.ts';
import { timeOf } from '../../time/date.ts';
import { durationOf } from '../../time/duration.ts';
import { amended } from '../amendments.ts';
import { policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { vitalMention } from '../mentions.ts';
import { amendmentDays } from '../times.ts';
import { anyWindow } from '../windows-named.ts';
import type { WrittenTimeOff } from '../written.generated.ts';

const PATH = 'policies/time-off.yaml';

type WrittenTerms = Omit<WrittenTimeOff, 'amendments'>;

/** The amounts are those of dxw; that part hours count as whole ones is our choice. */
const DEFAULTS: Required<WrittenTerms> = {
  awake: '0.25 days',
  woken: '0.5 days',
  day: '7 hours',
  extra: { after: '1 hour', each: '1 hour', days: 0.25, part: 'up' },
  group: '1 hour',
  asleep: { from: '22:00', to: '08:00' },
  in_hours: ['in-hours'],
  rest: { hours: 11 },
};

const timeOff = (written: WrittenTimeOff): TimeOff => ({
  terms: amended<Required<WrittenTerms>>({ ...DEFAULTS, ...written }, { file: PATH, path: [] }).map(
    ({ firstOn, terms }): TimeOffTerms => ({
      firstOn,
      awake: numberIn(terms.awake),
      woken: numberIn(terms.woken),
      dayHours: numberIn(terms.day),
      extra: {
        after: durationOf(terms.extra.after),
        each: durationOf(terms.extra.each),
        days: terms.extra.days,
        part: terms.extra.part,
      },
      group: durationOf(terms.group),
      asleep: { from: timeOf(terms.asleep.from), to: timeOf(terms.asleep.to) },
      inHours: terms.in_hours,
      restHours: terms.rest.hours,
    }),
  ),
});

/** The number of `0.25 days`. */
const numberIn = (text: string): number => Number.parseFloat(text);

export const timeOffKind = {
  name: 'time-off',
  paths: [PATH],
  schema,
  mentions: [
    vitalMention('in_hours.*', 'window', anyWindow),
    vitalMention('amendments.*.in_hours.*', 'window', anyWindow),
  ],
  times: [amendmentDays],
  assemble: (files) => ({ timeOff: policyOf(files, timeOff) }),
} as const satisfies Kind<'time-off'>;
