/** Who may be on call out of hours, and how often: `policies/on-call.yaml`. */
import schema from '../../../../schemas/on-call.schema.json' with { type: 'json' };
import type { OnCall } from '../../model.ts';
import { durationOf } from '../../time/duration.ts';
import { originOf, policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import type { WrittenOnCall } from '../written.generated.ts';

/** Newcomers work together with somebody experienced: the Modernisation Platform, "Our on call process". */
const onCall = (written: WrittenOnCall): OnCall => ({
  newcomers: {
    first: durationOf(written.newcomers?.first ?? '60 days'),
    experiencedAfter: durationOf(written.newcomers?.experienced_after ?? '180 days'),
  },
  rest: { turnsBetween: written.rest?.turns_between ?? 1 },
  origins: { newcomers: originOf(written.newcomers), rest: originOf(written.rest) },
});

export const onCallKind = {
  name: 'on-call',
  paths: ['policies/on-call.yaml'],
  schema,
  assemble: (files) => ({ onCall: policyOf(files, onCall) }),
} as const satisfies Kind<'on-call'>;
