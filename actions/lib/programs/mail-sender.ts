/** Sends news by mail. */
import type { MailServer } from '../drivers/email/access.ts';
import { Mailer } from '../drivers/email/client.ts';
import { linkText, mailAddress, type NewsSender } from './news-sender.ts';

/** The way of news through a mail server. */
export function mailSender(server: MailServer): NewsSender {
  const mailer = new Mailer(server);
  return {
    way: 'email',
    addressOf: mailAddress,
    send: async (to, { subject, text }, { from, key, at, link }) =>
      from === undefined
        ? {
            state: 'stopped',
            why: 'policies/messages.yaml names no sender; write email: {from: rota@example.org} there',
          }
        : mailer.send({ from, to, subject, text: `${text}\n\n${linkText({ link })}\n`, key, at }),
  };
}
