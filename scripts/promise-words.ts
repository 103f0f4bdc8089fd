/** Words about service levels: where a promise comes from, how much time is left, and what follows a first reply. */
import type { Clock, Priority, Provenance, ResponseTarget, ServiceLevelTerms } from '../actions/lib/model.ts';
import { type Duration, durationText } from '../actions/lib/time/duration.ts';

/** "1 h 5 min", "35 min". */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])];
  return parts.join(' ');
}

/** How much time is left, or how long it has been too much; `minutes` is negative from the breach on. */
export const leftText = (minutes: number): string =>
  minutes < 0 ? `${minutesText(-minutes)} late` : minutesText(minutes);

/** Where the figures come from. Only those with a source are called a promise; an example is called one. */
export const originText = ({ isExample, source }: Provenance): string =>
  source !== undefined
    ? `Promised in: ${source}`
    : `The figures ${isExample ? 'are an example' : 'have no source'}, and promised to nobody.`;

/** The word for a figure of this origin. */
export const promiseWord = ({ source }: Provenance): 'promised' | 'in the example' =>
  source === undefined ? 'in the example' : 'promised';

const CLOCK_WORDS: Readonly<Record<Clock, string>> = { in_hours: 'in hours', out_of_hours: 'out of hours' };

/** "every 1 hour in hours": how often updates follow the first reply; undefined where none are due. */
export function updateText({ clock }: ServiceLevelTerms, { targets }: Priority): string | undefined {
  const used = new Set(clock.values());
  const amounts = [...used].flatMap((it) => {
    const update = targets[it]?.update;
    // Working days are in hours by their nature.
    const isPlain = update?.unit.startsWith('working') === true;
    return update === undefined
      ? []
      : [{ text: durationText(update), where: isPlain ? '' : ` ${CLOCK_WORDS[it]}` }];
  });
  const [first] = amounts;
  if (first === undefined) return undefined;
  const isSame = amounts.length === used.size && amounts.every(({ text }) => text === first.text);
  if (isSame) return `every ${first.text}`;
  return `every ${amounts.map(({ text, where }) => text + where).join(', ')}`;
}

/** "within 20 minutes", or without a figure. */
export function targetText({ asSoonAsPossible, respond }: ResponseTarget): string {
  if (asSoonAsPossible) return 'as soon as possible';
  return respond === undefined ? 'without a figure' : `within ${durationText(respond)}`;
}

/** "5 of 20 minutes": how much of an amount so many milliseconds are. */
export function shareText(used: number, amount: Duration): string {
  const unit = amount.unit.endsWith('hour') ? 3_600_000 : 60_000;
  const units = used / unit;
  const part = Number.isInteger(units) ? String(units) : secondsText(used);
  return `${part} of ${durationText(amount)}`;
}

/** "1 h 5 min 30 s". */
function secondsText(length: number): string {
  const seconds = Math.round(length / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [...(minutes > 0 ? [minutesText(minutes)] : []), ...(rest > 0 ? [`${rest} s`] : [])];
  return parts.join(' ') || '0 s';
}
