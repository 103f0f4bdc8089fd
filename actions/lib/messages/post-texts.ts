/** A post as a message of Slack and as an Adaptive Card of Teams. Nothing but a mention by id comes alive. Pure. */
import { forCard, forSlack } from '../text/escape.ts';
import type { HandOverPost, PostPart } from './handover-post.ts';

/**
 * The message in Slack's markup: people are mentioned by their ids, and named where none is known. `note`, such as a
 * reference, is a line of its own at the end.
 */
export function slackMessage({ lines }: Pick<HandOverPost, 'lines'>, note?: string): string {
  const [title = '', ...others] = lines.map((parts) => parts.map(slackPart).join(''));
  return [`*${title}*`, ...others, ...(note === undefined ? [] : [note])].join('\n');
}

const slackPart = (part: PostPart): string => {
  if (part.kind === 'words') return part.text;
  if (part.kind === 'name') return forSlack(part.text);
  return part.slack === undefined ? forSlack(part.name) : `<@${part.slack}>`;
};

/** The body of a request to a workflow of Teams: a card of plain text runs, which have no markup. */
export const teamsMessage = ({ lines }: Pick<HandOverPost, 'lines'>): object => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: lines.map((parts, i) => ({
          type: 'RichTextBlock',
          inlines: [
            { type: 'TextRun', text: parts.map(cardPart).join(''), ...(i === 0 ? { weight: 'Bolder' } : {}) },
          ],
        })),
      },
    },
  ],
});

const cardPart = (part: PostPart): string =>
  part.kind === 'words' ? part.text : forCard(part.kind === 'name' ? part.text : part.name);
