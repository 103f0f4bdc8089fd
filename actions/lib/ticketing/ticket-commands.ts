/**
 * The commands in a comment: the lines at its beginning that start with a slash. What follows them is a reply to the
 * author of the ticket. Pure; who may give a command is decided elsewhere.
 */
import type { TicketPolicy } from '../model.ts';
import { nearestOf, suggestion } from '../text/suggest.ts';
import { estimateOf } from '../time/duration.ts';

export type TicketCommand =
  | { readonly kind: 'priority' | 'estimate'; readonly value: string }
  | { readonly kind: 'status'; readonly value: string }
  | { readonly kind: 'chargeable'; readonly amount: string }
  /** To triage: the first status, and no group. */
  | { readonly kind: 'return' };

/** A command that does nothing, and what to write instead. */
export interface WrongCommand {
  readonly kind: 'wrong';
  readonly why: string;
}

/** A comment, taken apart. */
export interface CommandsAndText {
  readonly commands: readonly (TicketCommand | WrongCommand)[];
  /** Whether there is anything beside commands. */
  readonly hasText: boolean;
}

/** What the values of commands can be. */
export interface CommandChoices {
  readonly priorities: readonly string[];
  readonly statuses: TicketPolicy['statuses'];
  readonly dayLength: number;
}

/** Each command with a form in which it can be written. */
const USAGE = {
  priority: '/priority P1',
  status: '/status on-hold why',
  hold: '/hold why',
  estimate: '/estimate 3 hours',
  chargeable: '/chargeable about 2 days: why',
  return: '/return why',
} as const;

/** Words that others may be misspellings of; a path such as `/home` is no `/hold`. */
const MISSPELT = Object.keys(USAGE).filter((it) => it !== 'hold');

/** The status of a ticket that is blocked; `/hold why` is another word for setting it. */
const HOLD = 'on-hold';

/** A comment of more commands than these is not read further. */
const MOST_COMMANDS = 10;
const MOST_SHOWN = 40;

/** Takes a comment apart; `body` is as GitHub has it. */
export function commandsIn(body: string, choices: CommandChoices): CommandsAndText {
  const lines = body.split(/\r?\n/, 100);
  const commands: (TicketCommand | WrongCommand)[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const command = commands.length < MOST_COMMANDS ? commandOf(line, choices) : undefined;
    if (command === undefined) return { commands, hasText: lines.slice(i).join('').trim() !== '' };
    commands.push(command);
  }
  return { commands, hasText: body.length > lines.join('\n').length + lines.length };
}

/** The command in a line; undefined for any other line, such as one that begins with a path. */
function commandOf(line: string, choices: CommandChoices): TicketCommand | WrongCommand | undefined {
  const [, written = '', rest = ''] = /^\/([a-z0-9-]{1,40})(?:[ \t]+(.*))?$/i.exec(line.slice(0, 2000)) ?? [];
  const word = written.toLowerCase();
  if (word === '') return undefined;
  if (isCommand(word)) return READERS[word](rest.trim(), choices);
  const none = (usage: string) => wrong(`there is no command "/${word}"; write "${usage}"`);
  const priority = named(choices.priorities, word);
  if (priority !== undefined) return none(`/priority ${priority}`);
  const command = meant(word);
  if (command !== undefined) return none(USAGE[command]);
  const status = choices.statuses.has(word) ? word : nearestOf(word, choices.statuses.keys());
  return status === undefined ? undefined : none(`/status ${status}${asksReason(choices, status)}`);
}

/** The command of which a word is a misspelling or the beginning. */
function meant(word: string): keyof typeof USAGE | undefined {
  const whole = word.length < 3 ? undefined : MISSPELT.find((it) => it.startsWith(word));
  return (whole ?? nearestOf(word, MISSPELT)) as keyof typeof USAGE | undefined;
}

const isCommand = (word: string): word is keyof typeof USAGE => Object.hasOwn(USAGE, word);

const wrong = (why: string): WrongCommand => ({ kind: 'wrong', why });

const shown = (text: string): string =>
  text.length > MOST_SHOWN ? `${[...text].slice(0, MOST_SHOWN).join('')}…` : text;

const asksReason = ({ statuses }: CommandChoices, status: string): string =>
  statuses.get(status)?.asksReason === true ? ' why' : '';

/** The one of these names that is meant, whatever its case. */
const named = (names: Iterable<string>, word: string): string | undefined =>
  [...names].find((it) => it === word) ?? [...names].find((it) => it.toLowerCase() === word.toLowerCase());

const oneOf = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` (one of ${names.slice(0, 8).join(', ')})`;

type Reader = (rest: string, choices: CommandChoices) => TicketCommand | WrongCommand;

const READERS: Readonly<Record<keyof typeof USAGE, Reader>> = {
  priority: (rest, { priorities }) => {
    const word = rest.split(/\s/, 1)[0] ?? '';
    const value = named(priorities, word);
    if (value !== undefined) return { kind: 'priority', value };
    if (word === '') return wrong(`"/priority" needs a priority; write "/priority ${priorities[0] ?? 'P1'}"`);
    const nearest = suggestion(nearestOf(word, priorities));
    return wrong(`there is no priority "${shown(word)}" for this service${oneOf(priorities)}${nearest}`);
  },
  status: (rest, choices) => {
    const [, word = '', why = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
    const names = [...choices.statuses.keys()];
    const value = named(names, word);
    if (value === undefined) {
      if (word === '') return wrong(`"/status" needs a status${oneOf(names)}; write "${USAGE.status}"`);
      const nearest = suggestion(nearestOf(word, names));
      return wrong(`there is no status "${shown(word)}" for this service${oneOf(names)}${nearest}`);
    }
    return why === '' && choices.statuses.get(value)?.asksReason === true
      ? wrong(`the status "${value}" needs a reason; write "/status ${value} why"`)
      : { kind: 'status', value };
  },
  hold: (rest, choices) => {
    const names = [...choices.statuses.keys()];
    if (!names.includes(HOLD)) return wrong(`there is no status "${HOLD}" for this service${oneOf(names)}`);
    return rest === ''
      ? wrong(`"/hold" needs the reason why the work cannot go on; write "${USAGE.hold}"`)
      : READERS.status(`${HOLD} ${rest}`, choices);
  },
  estimate: (rest, { dayLength }) => {
    const value = estimateIn(rest, dayLength);
    return value === undefined
      ? wrong(
          `"${shown(rest)}" is no estimate; write "${USAGE.estimate}", or minutes, or days such as "0.5 days"`,
        )
      : { kind: 'estimate', value };
  },
  chargeable: (rest, { dayLength }) => {
    const cut = rest.indexOf(':');
    const amount = estimateIn(rest.slice(0, Math.max(cut, 0)), dayLength);
    return amount === undefined || rest.slice(cut + 1).trim() === ''
      ? wrong(`"/chargeable" needs how much work it is and a reason; write "${USAGE.chargeable}"`)
      : { kind: 'chargeable', amount };
  },
  return: (rest) =>
    rest === '' ? wrong(`"/return" needs a reason; write "${USAGE.return}"`) : { kind: 'return' },
};

/** `3 hours`, `about 2 days`, as estimates are written. */
function estimateIn(text: string, dayLength: number): string | undefined {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/^about\s+/, '')
    .replace(/\s+/g, ' ');
  return estimateOf(written, dayLength) === undefined ? undefined : written;
}
