/** How much notice a change of cover needs, and who consents to it: `policies/notice.yaml`. */
import schema from '../../../../schemas/notice.schema.json' with { type: 'json' };
import type { Notice } from '../../model.ts';
import { durationOf } from '../../time/duration.ts';
import { durationIf, originOf, policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import type { WrittenNotice } from '../written.generated.ts';

/**
 * Sources of the defaults: one week of notice and three months ahead, dxw, "Support scheduling and the rota"; 48 hours,
 * the Modernisation Platform.
 */
function notice(written: WrittenNotice): Notice {
  const { minimum, recommended } = written.rota_change ?? { minimum: '7 days', recommended: '14 days' };
  const { label, approved_by: approvedBy } = written.emergency ?? {
    label: 'emergency-cover',
    approved_by: 'team-leads',
  };
  const origin = originOf(written);
  return {
    rotaChange: { minimum: durationIf(minimum), recommended: durationIf(recommended) },
    shortCover: { longest: durationOf(written.short_cover?.longest ?? '1 day') },
    emergency: { label, approvedBy },
    correction: written.correction?.label,
    outOfHoursChange: { minimum: durationOf(written.out_of_hours_change?.minimum ?? '48 hours') },
    publishedAhead: durationOf(written.published_ahead ?? '13 weeks'),
    consent: written.consent ?? ['both-people', 'delivery-leads'],
    origins: {
      rotaChange: originOf(written.rota_change, origin),
      shortCover: originOf(written.short_cover, origin),
      outOfHoursChange: originOf(written.out_of_hours_change, origin),
      publishedAhead: origin,
    },
  };
}

export const noticeKind = {
  name: 'notice',
  paths: ['policies/notice.yaml'],
  schema,
  assemble: (files) => ({ notice: policyOf(files, notice) }),
} as const satisfies Kind<'notice'>;
