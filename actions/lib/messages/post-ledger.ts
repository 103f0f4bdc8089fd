/**
 * The record of what webhooks announced, as the text of an issue on GitHub: a webhook cannot be asked what it posted,
 * so that each announcement is written down before it is sent, and again when it was confirmed. Pure.
 */
import { instantText } from '../time/format.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import type { HandOverPost } from './handover-post.ts';

/** One announcement in one chat. */
export interface LedgerEntry extends Pick<HandOverPost, 'id' | 'rota' | 'at'> {
  readonly chat: 'slack' | 'teams';
  /** `sending` was written before it was sent; if it stays, it may have been sent. */
  readonly state: 'sending' | 'sent';
}

/** Where announcements are recorded. */
export interface PostLedger {
  readonly read: () => Promise<readonly LedgerEntry[]>;
  /** Takes the place of what is recorded. */
  readonly write: (entries: readonly LedgerEntry[]) => Promise<void>;
}

export const isSamePost = (
  one: Pick<LedgerEntry, 'id' | 'chat'>,
  other: Pick<LedgerEntry, 'id' | 'chat'>,
): boolean => one.id === other.id && one.chat === other.chat;

/** The first line of the issue, by which it is found. */
export const LEDGER_MARK = '<!-- rota-as-code: announced hand-overs -->';

const INTRODUCTION = `Hand-overs that were announced by a webhook. The workflow keeps this list so that none is
announced twice, and removes each one when the hand-over is over. An announcement that stays at "sending" may have been
sent: look into the channel. To have one announced again, delete its line.`;

/** The text of the issue. */
export const ledgerText = (entries: readonly LedgerEntry[]): string =>
  [
    LEDGER_MARK,
    INTRODUCTION,
    '',
    '| hand-over of | at | chat | state | id |',
    '|---|---|---|---|---|',
    ...entries.map(
      ({ rota, at, chat, state, id }) => `| ${rota} | ${instantText(at)} | ${chat} | ${state} | ${id} |`,
    ),
    '',
  ].join('\n');

const ROW = /^\| ([a-z0-9/-]+) \| (\S+) \| (slack|teams) \| (sending|sent) \| ([0-9a-f]{16}) \|$/;

/** The announcements that an issue records; lines that are something else are passed over. */
export const ledgerEntries = (text: string): readonly LedgerEntry[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const [, rota = '', time = '', chat, state, id = ''] = ROW.exec(line.trim()) ?? [];
    const at = instantOfText(time);
    if (at === undefined) return [];
    return { rota, at, chat: chat as LedgerEntry['chat'], state: state as LedgerEntry['state'], id };
  });

/** What still has to be remembered: nothing is announced when its hand-over is over. */
export const stillAhead = (entries: readonly LedgerEntry[], now: Instant): readonly LedgerEntry[] =>
  entries.filter(({ at }) => at > now);
