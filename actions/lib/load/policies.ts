/** The policies that every handbook has, written or not: what is not written means the default named here. */
import type { Notice, OnCall, Publishing } from '../model.ts';
import { type Duration, durationOf } from '../time/duration.ts';

export interface WrittenNotice {
  readonly rota_change?: { readonly minimum?: string; readonly recommended?: string };
  readonly short_cover?: { readonly longest?: string };
  readonly emergency?: { readonly label: string; readonly approved_by: Notice['emergency']['approvedBy'] };
  readonly correction?: { readonly label: string };
  readonly out_of_hours_change?: { readonly minimum?: string };
  readonly published_ahead?: string;
  readonly consent?: Notice['consent'];
}

const or = (written: string | undefined, preset: string): Duration => durationOf(written ?? preset);
const durationIf = (text: string | undefined) => (text === undefined ? undefined : durationOf(text));

/** One week's notice and three months ahead: dxw's "Support scheduling and the rota"; 48 hours: the Modernisation Platform. */
export function notice(written: WrittenNotice): Notice {
  const { minimum, recommended } = written.rota_change ?? { minimum: '7 days', recommended: '14 days' };
  const { label, approved_by: approvedBy } = written.emergency ?? {
    label: 'emergency-cover',
    approved_by: 'team-leads',
  };
  return {
    rotaChange: { minimum: durationIf(minimum), recommended: durationIf(recommended) },
    shortCover: { longest: or(written.short_cover?.longest, '1 day') },
    emergency: { label, approvedBy },
    correction: written.correction?.label,
    outOfHoursChange: { minimum: or(written.out_of_hours_change?.minimum, '48 hours') },
    publishedAhead: or(written.published_ahead, '13 weeks'),
    consent: written.consent ?? ['both-people', 'delivery-leads'],
  };
}

export interface WrittenPublishing {
  readonly site?: string;
  readonly back?: string;
  readonly ahead?: string;
  readonly names?: Publishing['names'];
}

export const publishing = (written: WrittenPublishing): Publishing => ({
  site: written.site,
  back: or(written.back, '4 weeks'),
  ahead: or(written.ahead, '26 weeks'),
  names: written.names ?? 'full',
});

export interface WrittenOnCall {
  readonly newcomers?: { readonly first?: string; readonly experienced_after?: string };
  readonly rest?: { readonly turns_between?: number };
}

/** "New to the rota" beside someone with experience: the Modernisation Platform's "Our on call process". */
export const onCall = (written: WrittenOnCall): OnCall => ({
  newcomers: {
    first: or(written.newcomers?.first, '60 days'),
    experiencedAfter: or(written.newcomers?.experienced_after, '180 days'),
  },
  rest: { turnsBetween: written.rest?.turns_between ?? 1 },
});
