/**
 * Comments that call somebody: at the threshold of a clock, at work that is charged, at a command that does nothing.
 * GitHub notifies reliably only of mentions in a new comment, so that each is one of its own, with a key in its hidden
 * first line. The key says what it is about; while a comment of ours with it exists, it is not posted again, however
 * often and however late the action runs. Pure.
 */
import type { Person, Target } from '../model.ts';
import { forMarkdown } from '../text/escape.ts';
import type { ClockState } from '../tickets/clock-state.ts';
import { statusesOf } from '../tickets/ticket-history.ts';
import { instantText } from '../time/format.ts';
import type { GivenCommand, ReadTicket } from './read-ticket.ts';
import { instantIn, nextWords, personNames, solvedAfterWords, TARGET_WORDS } from './ticket-comment.ts';
import type { TicketView } from './ticket-view.ts';

/** A comment that is posted once. */
export interface TicketPost {
  /** The hidden first line of the comment. */
  readonly mark: string;
  readonly body: string;
}

const post = (key: string, text: string): TicketPost => {
  const mark = `<!-- rota-as-code: ticket ${key} -->`;
  return { mark, body: `${mark}\n\n${text}` };
};

/** Whether a post is about whom an incident calls. */
export const isIncidentMark = (mark: string): boolean =>
  mark.startsWith('<!-- rota-as-code: ticket incident ');

/** As GitHub's names are; an enterprise's own accounts end in an underscore and its short code. */
const isMentionable = ({ github }: Person): boolean =>
  github !== undefined &&
  github.length <= 39 &&
  /^[a-z0-9](?:-?[a-z0-9])*(?:_[a-z0-9]{1,10})?$/i.test(github);

/** People as mentions; by name where the handbook has no login. */
export const mentionsOf = (people: readonly Person[]): string =>
  people.map((it) => (isMentionable(it) ? `@${it.github}` : forMarkdown(it.name))).join(', ');

/** Where nobody on duty can be mentioned, others have to tell them. */
const unnotified = ({ people }: TicketView): string =>
  people.length === 0 || people.some(isMentionable)
    ? ''
    : ` GitHub notifies nobody of this, because the handbook has no login of ${personNames(people)}; ` +
      'please tell them.';

/** Every post that should be there for a ticket as it stands. */
export function postsFor(view: TicketView): readonly TicketPost[] {
  const { solvedAt, read } = view;
  if (!read.issue.isOpen) return read.incident === undefined ? [] : [CLOSING_QUESTIONS];
  const closing = solvedAt === undefined ? [] : [closingPost(view, solvedAt)];
  const clocks = solvedAt === undefined ? thresholdPosts(view) : [];
  const incident = solvedAt === undefined ? incidentPosts(view) : [];
  return [
    ...incident,
    ...clocks,
    ...scopingPosts(view),
    ...commandPosts(view),
    ...returnPosts(view),
    ...answersTo(read),
    ...closing,
  ];
}

/** What the Modernisation Platform's process asks of whoever was on call, when an incident ends. */
const CLOSING_QUESTIONS = post(
  'incident closing',
  'This incident is closed. Please say here, or re-open it:\n\n' +
    '- [ ] The affected team is informed\n' +
    '- [ ] There is a plan for what remains, in working hours',
);

/** The post by which it is known that a page was sent. */
export const PAGED = post('incident paged', 'PagerDuty took the page for this incident.');

/** Posted once; later runs go on trying. */
export const NOT_PAGED = post(
  'incident not paged',
  'PagerDuty did not take the page for this incident. Please call whoever is on duty yourself; ' +
    'the next runs try again.',
);

/** Whom a critical incident calls, or why it calls nobody now. */
function incidentPosts(view: TicketView): readonly TicketPost[] {
  const { course, next, service, people } = view;
  // Whoever chose the wrong service corrects it, and then others have to know.
  const keyed = (what: string, text: string) => [post(`incident ${what} ${service.id}`, text)];
  const name = `**${forMarkdown(service.name)}**`;
  switch (course) {
    case undefined:
      return [];
    case 'call': {
      const called =
        people.length > 0
          ? `${calls(people)}a critical incident of ${name}.${unnotifiedAndLeads(view)}`
          : `A critical incident of ${name}. Nobody is on duty now.${leadsText(view)}`;
      // Whoever was called in the evening is not who is there when the next hours begin.
      return keyed(
        view.isCalledLater ? 'later call' : 'call',
        `${called} ${answerWords(view)} ${whatToDo(view)}`,
      );
    }
    case 'nobody': {
      const until =
        next === undefined
          ? 'No time is promised. If it cannot wait, call somebody of the team yourself.'
          : `Nobody is promised before ${nextWords(view, next)}. Whoever is on then is called as it begins.`;
      return keyed('nobody', `${name} is not supported now. ${until}`);
    }
    case 'reasons': {
      const reasons = service.criticalReasons.map((it) => `- ${forMarkdown(it)}`).join('\n');
      const text = `**Nobody has been called.** Out of hours only these are critical incidents of ${name}:`;
      return keyed('reasons', `${text}\n\n${reasons}\n\n${insteadOfCall(view)}`);
    }
  }
}

/** What there is for an incident that calls nobody out of hours. */
function insteadOfCall(view: TicketView): string {
  const [top] = view.terms?.priorities.keys() ?? [];
  return [
    'If one is true, edit the description and write it, word for word, below "Why it is critical": ' +
      'then whoever is on call is called at once.',
    view.inHours === undefined
      ? 'Otherwise it is answered like any other ticket.'
      : `Otherwise it waits until ${nextWords(view, view.inHours)}: then whoever is on is called.`,
    answerWords(view),
    ...(top === undefined
      ? []
      : [`Somebody of the team can make it critical with \`/priority ${top}\`, which calls whoever is on.`]),
  ].join(' ');
}

/** What whoever is called for an incident does first, and where they are waited for. */
function whatToDo({ read, priority, terms }: TicketView): string {
  const { channel } = read.incident ?? {};
  const where = channel === undefined ? '' : ` Chat: ${forMarkdown(channel)}.`;
  const [top] = terms?.priorities.keys() ?? [];
  const raise =
    top === undefined || priority === top
      ? ''
      : ' It was opened out of hours, with no reason that counts then; if it is critical, write ' +
        `\`/priority ${top}\`.`;
  return `Reply here first, so that its author knows who is on it.${raise}${where}`;
}

/** By when somebody answers an incident. */
function answerWords(view: TicketView): string {
  const { open } = view.clocks;
  const due =
    open.find(({ target }) => target === 'respond') ?? open.find(({ target }) => target === 'update');
  if (due?.dueAt !== undefined) {
    const what = due.target === 'respond' ? 'A first reply' : 'The next update';
    if (due.byRetriage) return `${what} is due at once, because it is counted from the opening.`;
    return `${what} ${due.state === 'breached' ? 'was' : 'is'} due **${instantIn(view, due.dueAt)}**.`;
  }
  return view.next?.isAsSoonAsPossible === true && view.next.at === view.asked
    ? 'Somebody answers as soon as possible; no time is promised.'
    : 'No time is promised.';
}

/** The leads who are not called already. */
function leadsText({ leads, people, teamName }: TicketView): string {
  const others = leads.filter((it) => !people.includes(it));
  return others.length === 0 ? '' : ` The leads of ${forMarkdown(teamName)}: ${mentionsOf(others)}.`;
}

const unnotifiedAndLeads = (view: TicketView): string => {
  const text = unnotified(view);
  return text === '' ? '' : `${text}${leadsText(view)}`;
};

/** One for each clock: that it is late, or else that most of its time is used up. */
function thresholdPosts(view: TicketView): readonly TicketPost[] {
  const late = view.clocks.open.filter(({ state }) => state === 'breached');
  return [
    ...late.map((clock) => post(keyOf(clock, 'late'), lateText(view, clock))),
    ...view.atRisk.map((clock) => post(keyOf(clock, 'at risk'), atRiskText(view, clock))),
  ];
}

const keyOf = ({ target, startedAt }: ClockState, threshold: string): string =>
  `${target} ${instantText(startedAt)} ${threshold}`;

const calls = (people: readonly Person[]): string => (people.length === 0 ? '' : `${mentionsOf(people)}: `);

const ofPriority = ({ priority }: TicketView): string =>
  priority === undefined ? '' : ` (${forMarkdown(priority)})`;

function atRiskText(view: TicketView, { target, dueAt }: ClockState): string {
  const { people, leads, history } = view;
  const called = people.length > 0 ? people : leads;
  const due = dueAt === undefined ? '' : ` is due ${instantIn(view, dueAt)};`;
  const used = `${history.policy?.warnAt ?? 75}% of its time is used up`;
  const what = `the ${TARGET_WORDS[target]} of this ticket${ofPriority(view)}${due} ${used}.`;
  return `${calls(called)}${what} ${doneBy(view, target)}${unnotifiedAndLeads(view)}`;
}

/** What is asked for at the threshold of a clock, in words for somebody who was woken. */
const NEEDED: Readonly<Record<Target, (when: string) => string>> = {
  respond: (when) => `Reply to its author here ${when}.`,
  update: (when) => `Say here ${when} how it stands, even if nothing is new.`,
  resolve: (when) => `Solve it ${when}, and close this issue.`,
};

/** What stops a clock: the word that is due, or a status in which it waits for somebody else. */
function doneBy({ terms, history }: TicketView, target: Target): string {
  const needed = NEEDED[target]('before then');
  const status = statusesOf(history.policy).find((it) => terms?.pauses[target].has(it));
  if (status === undefined) return needed;
  const why = history.policy?.statuses.get(status)?.asksReason === true ? ' why' : '';
  return `${needed} If it waits for somebody else, \`/status ${status}${why}\` stops the clock.`;
}

function lateText(view: TicketView, { target, breachedAt, byRetriage }: ClockState): string {
  const { people } = view;
  const at = breachedAt === undefined ? '' : ` ${instantIn(view, breachedAt)}`;
  const was = byRetriage ? `is late since its priority or terms changed,${at}` : `was due${at}`;
  const nobody = people.length === 0 ? ' Nobody is on duty now.' : '';
  const what = `the ${TARGET_WORDS[target]} of this ticket${ofPriority(view)} ${was}.`;
  const needed = NEEDED[target]('now');
  return `${calls(people)}${what} ${needed}${nobody}${unnotified(view)}${leadsText(view)}`;
}

/** Work of a group without a role is its leads': they learn of each ticket that goes there. */
function scopingPosts({ group, history, leads, read }: TicketView): readonly TicketPost[] {
  const moved = history.estimates.findLast(({ length }) => {
    const taken = history.policy?.groups.find(({ upTo }) => upTo === undefined || length <= upTo);
    return taken?.id !== group?.id;
  });
  const since = history.estimates.find(({ at }) => moved === undefined || at > moved.at);
  const value = read.events.findLast(({ kind }) => kind === 'estimate')?.value;
  if (group?.notifyLeads !== true || since === undefined || value === undefined) return [];
  const why = `this ticket is estimated at ${forMarkdown(value)}`;
  const then = 'Please decide who works on it, and tell its author.';
  const text = `${calls(leads)}${why}, so it goes to ${forMarkdown(group.id)}. ${then}`;
  return [post(`group ${group.id} ${instantText(since.at)}`, text)];
}

/** Chargeable work goes to the leads of the team, who stand in for an account manager. */
function commandPosts({ read, leads }: TicketView): readonly TicketPost[] {
  const given = read.commands.flatMap(({ command, comment, by }) =>
    command.kind === 'chargeable' ? [{ comment, by, amount: `about ${forMarkdown(command.amount)}` }] : [],
  );
  return Array.from(
    Map.groupBy(given, ({ comment }) => comment),
    ([comment, all]) => {
      const amounts = all.map(({ amount }) => amount).join(' and ');
      const by = personNames(all.slice(0, 1).map((it) => it.by));
      const what = `${by} expects ${amounts} of chargeable work here`;
      return post(
        `chargeable ${comment}`,
        `${calls(leads)}${what}; see their comment for the reason. Please agree it with whoever pays.`,
      );
    },
  );
}

/** Whoever is on duty triages a ticket that came back, unless somebody has estimated it since. */
function returnPosts({ read, people }: TicketView): readonly TicketPost[] {
  const given = read.commands.findLast(({ command }) => command.kind === 'return');
  const isTriaged = read.events.some(({ kind, at }) => kind === 'estimate' && at >= (given?.at ?? at));
  if (given === undefined || isTriaged) return [];
  const what = `${personNames([given.by])} returns this ticket to triage; see their comment for the reason`;
  const then = 'Please set its priority again, and an estimate such as `/estimate 3 hours`.';
  return [post(`return ${given.comment}`, `${calls(people)}${what}. ${then}`)];
}

/** What is wrong with commands, once for each comment; and once for people whose commands do not count. */
function answersTo({ commands, hasUnheard }: ReadTicket): readonly TicketPost[] {
  const wrong = Map.groupBy(commands.filter(isWrong), ({ comment }) => comment);
  const answers = Array.from(wrong, ([comment, all]) =>
    post(`answer ${comment}`, all.map(({ command }) => `- ${forMarkdown(command.why)}`).join('\n')),
  );
  return hasUnheard ? [...answers, post('unheard', UNHEARD)] : answers;
}

const UNHEARD =
  'Commands such as `/priority P1` count only from people in the handbook with write access to this repository, ' +
  'in a comment of their own that has not been edited.';

type WrongGiven = GivenCommand & { readonly command: { readonly kind: 'wrong'; readonly why: string } };

const isWrong = (given: GivenCommand): given is WrongGiven => given.command.kind === 'wrong';

function closingPost(view: TicketView, solvedAt: number): TicketPost {
  const after = solvedAfterWords(view);
  const why = after === undefined ? '' : ` It has been ${forMarkdown(view.status)} for ${after}.`;
  return post(
    `closing ${instantText(solvedAt)}`,
    `This ticket counts as solved since ${instantIn(view, solvedAt)}, so it is closed now.${why} ` +
      'Re-open it if it is not solved.',
  );
}
