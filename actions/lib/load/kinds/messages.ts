/** Who is informed of changed cover, and how: `policies/messages.yaml`. */
import schema from '../../../../schemas/messages.schema.json' with { type: 'json' };
import { type MessagePolicy, RECIPIENTS } from '../../model.ts';
import { timeOf } from '../../time/date.ts';
import { policyOf } from '../decode.ts';
import type { Kind } from '../kind.ts';
import { at } from '../raw-data.ts';
import type { TimeCheck } from '../times.ts';
import type { WrittenMessages } from '../written.generated.ts';

const messages = ({ news, email, quiet_hours: quiet }: WrittenMessages): MessagePolicy => ({
  to: news?.to ?? RECIPIENTS.filter((it) => it !== 'team-leads'),
  by: news?.by ?? ['github'],
  from: email?.from,
  quietHours: quiet && { from: timeOf(quiet.from), to: timeOf(quiet.to) },
});

/** Mail needs a sender, and quiet hours that never end would hold every message back. */
const senders: TimeCheck = (data, report) => {
  const by = at(data, 'news', 'by');
  const i = Array.isArray(by) ? by.indexOf('email') : -1;
  if (i >= 0 && at(data, 'email') === undefined)
    report(['news', 'by', i], { rule: 'times', code: 'mail-without-sender', args: {} });
  const from = at(data, 'quiet_hours', 'from');
  if (typeof from === 'string' && from === at(data, 'quiet_hours', 'to'))
    report(['quiet_hours', 'to'], { rule: 'times', code: 'quiet-all-day', args: { time: from } });
};

export const messagesKind = {
  name: 'messages',
  paths: ['policies/messages.yaml'],
  schema,
  times: [senders],
  assemble: (files) => ({ messages: policyOf(files, messages) }),
} as const satisfies Kind<'messages'>;
