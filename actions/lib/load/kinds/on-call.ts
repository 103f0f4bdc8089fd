/** Who may be on call out of hours, and how often: `policies/on-call.yaml`. */
import schema from '../../../../schemas/on-call.schema.json' with { type: 'json' };
import type { OnCall, OnCallTerms } from '../../model.ts';
import { durationOf } from '../../time/duration.ts';
import { durationIf, entries, originOf, policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, teamNames } from '../mentions.ts';
import type { WrittenOnCall } from '../written.generated.ts';

/** Newcomers work together with somebody experienced: the Modernisation Platform, "Our on call process". */
const terms = (written: WrittenOnCall): OnCallTerms => ({
  newcomers: {
    first: durationOf(written.newcomers?.first ?? '60 days'),
    experiencedAfter: durationOf(written.newcomers?.experienced_after ?? '180 days'),
  },
  rest: {
    turnsBetween: written.rest?.turns_between ?? 1,
    hoursBetween: durationIf(written.rest?.hours_between),
    longestUnbroken: durationIf(written.rest?.longest_unbroken),
  },
  origins: { newcomers: originOf(written.newcomers), rest: originOf(written.rest) },
});

const onCall = (written: WrittenOnCall): OnCall => ({
  ...terms(written),
  teams: new Map(entries(written.teams).map(([team, own]) => [team, terms({ ...written, ...own })])),
});

export const onCallKind = {
  name: 'on-call',
  paths: ['policies/on-call.yaml'],
  schema,
  mentions: [mention('teams.@', 'team', teamNames)],
  assemble: (files) => ({ onCall: policyOf(files, onCall) }),
} as const satisfies Kind<'on-call'>;
