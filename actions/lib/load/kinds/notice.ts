/** How much notice a change of cover needs, and who consents to it: `policies/notice.yaml`. */
import schema from '../../../../schemas/notice.schema.json' with { type: 'json' };
import type { Notice, NoticeTerms } from '../../model.ts';
import { type Duration, durationOf, durationText, lengthOf } from '../../time/duration.ts';
import { durationIf, entries, originOf, policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { mention, teamNames } from '../mentions.ts';
import { at, visit } from '../raw-data.ts';
import { hasForm, type TimeCheck } from '../times.ts';
import type { WrittenNotice, WrittenTeamNotice } from '../written.generated.ts';

/**
 * Sources of the defaults: one week of notice and three months ahead, dxw, "Support scheduling and the rota"; 48 hours,
 * the Modernisation Platform.
 */
function terms(common: WrittenNotice, own: WrittenTeamNotice = {}): NoticeTerms {
  const written = { ...common, ...own };
  const { minimum, recommended } = written.rota_change ?? { minimum: '7 days', recommended: '14 days' };
  const { label, approved_by: approvedBy } = written.emergency ?? {
    label: 'emergency-cover',
    approved_by: 'team-leads',
  };
  // Where the file's own keys come from says nothing about a key that a team replaces.
  const outer = (key: keyof WrittenTeamNotice) => (own[key] === undefined ? originOf(common) : undefined);
  return {
    rotaChange: { minimum: durationIf(minimum), recommended: durationIf(recommended) },
    shortCover: { longest: durationOf(written.short_cover?.longest ?? '1 day') },
    emergency: { label, approvedBy },
    correction: written.correction?.label,
    outOfHoursChange: { minimum: durationOf(written.out_of_hours_change?.minimum ?? '48 hours') },
    publishedAhead: durationOf(written.published_ahead ?? '13 weeks'),
    consent: written.consent ?? ['both-people', 'delivery-leads'],
    origins: {
      rotaChange: originOf(written.rota_change, outer('rota_change')),
      shortCover: originOf(written.short_cover, outer('short_cover')),
      outOfHoursChange: originOf(written.out_of_hours_change, outer('out_of_hours_change')),
      publishedAhead: originOf(undefined, outer('published_ahead')),
    },
  };
}

const notice = (written: WrittenNotice): Notice => ({
  ...terms(written),
  teams: new Map(entries(written.teams).map(([team, own]) => [team, terms(written, own)])),
  stated: new Map(entries(written.teams).map(([team, own]) => [team, Object.keys(own).toSorted()])),
});

/** A recommendation that asks for less than what is required would never count. */
const recommendations: TimeCheck = (data, report) => {
  for (const steps of [['rota_change'], ['teams', '*', 'rota_change']])
    visit(data, steps, (written, path) => {
      const minimum = amountIn(at(written, 'minimum'));
      const recommended = amountIn(at(written, 'recommended'));
      if (minimum === undefined || recommended === undefined) return;
      // How long months are in days depends on the month.
      const isComparable = (minimum.unit === 'month') === (recommended.unit === 'month');
      if (!isComparable || lengthOf(recommended) >= lengthOf(minimum)) return;
      const args = { minimum: durationText(minimum), recommended: durationText(recommended) };
      report([...path, 'recommended'], { rule: 'times', code: 'less-than-minimum', args });
    });
};

/** The schema reports what is no duration. */
const amountIn = (text: unknown): Duration | undefined =>
  hasForm(text, /^[1-9]\d{0,3} (minute|hour|day|week|month)s?$/) ? durationOf(text) : undefined;

export const noticeKind = {
  name: 'notice',
  paths: ['policies/notice.yaml'],
  schema,
  mentions: [mention('teams.@', 'team', teamNames)],
  times: [recommendations],
  assemble: (files) => ({ notice: policyOf(files, notice) }),
} as const satisfies Kind<'notice'>;
