/** The topic of a channel as Slack gets it, shows it, and returns it. Pure. */
import { forSlack } from '../../text/escape.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** A topic as people see it: Slack returns some characters as entities, and addresses of pages between brackets. */
export const topicRead = (value: string): string =>
  value
    .replace(
      /<((?:https?:|mailto:)[^<>|]*)(?:\|([^<>]*))?>/g,
      (_, address: string, label?: string) => label ?? address,
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] as string);

/** A topic as people are to see it: one line, in which nothing becomes a mention or a link. */
export const topicShown = (text: string): string => topicRead(forSlack(text)).replace(/\s+/g, ' ').trim();

/** The same for Slack, which takes entities as it returns them. */
export const topicSent = (shown: string): string =>
  shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The names that Slack returns for emoji, and emoji themselves with what can be part of them. */
const EMOJI_NAME = /:(?:[0-9_'-]*[a-z][a-z0-9_'-]*|[+-]1):(?::skin-tone-[2-6]:)?/g;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\ufe0f|\u200d/gu;

/**
 * Whether two topics are the same but for emoji, which Slack returns by name. A difference that stays, whatever is
 * written, would be written again by every run, each time with a line in the channel.
 */
export const isSameTopic = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (topic: string): string =>
  topic.normalize('NFKC').replace(EMOJI_NAME, '').replace(EMOJI, '').replace(/\s+/g, ' ').trim();
