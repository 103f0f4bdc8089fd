/** What is published, and for which span: `policies/publishing.yaml`. */
import schema from '../../../../schemas/publishing.schema.json' with { type: 'json' };
import type { Publishing } from '../../model.ts';
import { durationOf } from '../../time/duration.ts';
import { policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { at } from '../raw-data.ts';
import { hasForm, type TimeCheck } from '../times.ts';
import type { WrittenPublishing } from '../written.generated.ts';

const publishing = (written: WrittenPublishing): Publishing => ({
  site: written.site,
  back: durationOf(written.back ?? '4 weeks'),
  ahead: durationOf(written.ahead ?? '26 weeks'),
  names: written.names ?? 'full',
  // A name in a chat would tell whose initials these are.
  reach: written.reach ?? (written.names === 'initials' ? [] : ['slack']),
  requests: written.requests ?? false,
});

/** Ten years: nobody plans further ahead, and every week takes time to compute and publish. */
const MOST_WEEKS = 520;

/** The same in each unit. */
const MOST: Readonly<Record<string, number>> = { day: MOST_WEEKS * 7, week: MOST_WEEKS, month: 119 };

const spanLength: TimeCheck = (data, report) => {
  for (const key of ['back', 'ahead']) {
    const text = at(data, key);
    if (!hasForm(text, /^[1-9]\d{0,3} (day|week|month)s?$/)) continue;
    const { count, unit } = durationOf(text);
    if (count <= (MOST[unit] as number)) continue;
    report([key], { rule: 'schema', code: 'too-long-span', args: { text, mostWeeks: MOST_WEEKS } });
  }
};

export const publishingKind = {
  name: 'publishing',
  paths: ['policies/publishing.yaml'],
  schema,
  times: [spanLength],
  assemble: (files) => ({ publishing: policyOf(files, publishing) }),
} as const satisfies Kind<'publishing'>;
