/** Issues and their timelines, as GitHub would give them; and a run that reads them. Asserts nothing. */

import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { incidentForm, ticketForm } from '../../actions/lib/requests/forms.ts';
import { DutyNow } from '../../actions/lib/ticketing/duty-now.ts';
import type { TicketIssue, TimelineItem } from '../../actions/lib/ticketing/ticket-issue.ts';
import type { TicketRun } from '../../actions/lib/ticketing/ticket-view.ts';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import { at, SAMPLE } from '../handbook.ts';
import { ticketBody } from '../requests/bodies.ts';

export const SELF = 'github-actions[bot]';

const { handbook } = load(readFolder(SAMPLE) ?? { texts: new Map(), findings: [] });

/** A run with the sample handbook at an instant. */
export function runAt(now: string): TicketRun {
  const instant = at(now);
  return {
    ...{
      handbook,
      self: SELF,
      now: instant,
      forms: { ticket: ticketForm(handbook), incident: incidentForm(handbook) },
    },
    canPage: true,
    isWhole: true,

    counter: new Counter(handbook),
    duty: new DutyNow(handbook, instant),
  };
}

let ids = 100;

/** `10:40 idris-kamara says …`, `labels …`, `unlabels …`, `closes`, `reopens`; `edited` is an edited comment. */
export function timelineOf(...lines: readonly string[]): readonly TimelineItem[] {
  return lines.map((line): TimelineItem => {
    const [, time = '', by = '', verb = '', rest = ''] = /^(\S+) (\S+) (\S+) ?(.*)$/s.exec(line) ?? [];
    const instant = at(time.includes('T') ? time : `2026-11-26T${time}:00Z`);
    const common = { at: instant, by: by === '-' ? undefined : by };
    const known = Object.hasOwn(KINDS, verb) ? KINDS[verb as keyof typeof KINDS] : undefined;
    if (known === 'labelled' || known === 'unlabelled') return { ...common, kind: known, label: rest };
    if (known !== undefined) return { ...common, kind: known };
    const isBot = by.endsWith('[bot]');
    return { ...common, kind: 'comment', id: ids++, isBot, body: rest, isEdited: verb === 'edited' };
  });
}

const KINDS = { labels: 'labelled', unlabels: 'unlabelled', closes: 'closed', reopens: 'reopened' } as const;

/** The client's ticket of Thursday 26 November, 10:30; its labels are those that the timeline leaves. */
export function issueWith(
  timeline: readonly TimelineItem[] = [],
  given: Partial<TicketIssue> = {},
): TicketIssue {
  const labels = new Set(['ticket']);
  for (const item of timeline)
    if (item.kind === 'labelled') labels.add(item.label);
    else if (item.kind === 'unlabelled') labels.delete(item.label);
  return {
    ...{
      number: 12,
      url: 'https://github.com/example/handbook/issues/12',
      title: 'Canary title',
      author: 'client',
    },
    ...{ body: ticketBody(), isOpen: true, isLocked: false, createdAt: at('2026-11-26T10:30:00Z') },
    labels: [...labels],
    timeline,
    ...given,
  };
}
