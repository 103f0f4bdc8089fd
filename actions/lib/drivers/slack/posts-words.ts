/** Posts of hand-overs in one line, for plans and logs: whoever reads it sees who is to be named, by names. Pure. */
import { referenceIn } from '../../messages/post-reference.ts';
import { slackMessage } from '../../messages/post-texts.ts';
import type { Handbook } from '../../model.ts';
import { publishedName } from '../../query/shifts.ts';
import { instantText } from '../../time/format.ts';
import type { DesiredPost } from './posts-desired.ts';
import type { ScheduledPost } from './responses.ts';
import { topicRead } from './topic-text.ts';

/** What is shown of a post; a hand-over of many roles has more. */
const MOST_SIGNS = 300;

/** Names by Slack's user ids. */
export type Mentioned = (id: string) => string | undefined;

/** Those of a handbook. */
export function mentionedIn(handbook: Handbook): Mentioned {
  const ids = new Map([...handbook.people.values()].map(({ id, slack }) => [slack, id]));
  return (slack) => {
    const id = ids.get(slack);
    return id === undefined ? undefined : publishedName(handbook, id);
  };
}

/** A post that is wanted. */
export const wantedText = ({ postAt, lines }: DesiredPost, mentioned: Mentioned): string =>
  lineOf(postAt, slackMessage({ lines }), mentioned);

/** A post that is planned. */
export const plannedText = ({ postAt, text }: ScheduledPost, mentioned: Mentioned): string =>
  lineOf(
    postAt,
    text
      .split('\n')
      .filter((line) => referenceIn(line) === undefined)
      .join('\n'),
    mentioned,
  );

function lineOf(postAt: number, text: string, mentioned: Mentioned): string {
  const named = text.replace(/<@(\w+)>/g, (all, id: string) => mentioned(id) ?? all);
  const [title = '', ...others] = named.split('\n').map((line) => topicRead(line.trim()));
  const whole = [title.replace(/^\*(.*)\*$/, '$1'), ...others.filter(Boolean)].join('; ');
  const signs = [...whole];
  const shown = signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS).join('')}…` : whole;
  return `post of ${instantText(postAt)}: ${shown}`;
}
