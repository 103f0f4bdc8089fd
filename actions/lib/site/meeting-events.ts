/**
 * The meetings of hand-overs as calendar events: for both people on the day of the hand-over, and the stand-up of the
 * next working day for whoever has handed over. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
import { type HandoverEvent, handoversIn } from '../query/handovers.ts';
import { type MeetingTime, meetingsOf } from '../query/meetings.ts';
import { publishedName, teamName } from '../query/shifts.ts';
import { padded } from '../resolve/resolve.ts';
import { formatSpan } from '../time/format.ts';
import { turnText } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { eventText } from './calendar.ts';
import type { PersonalEvent } from './publication.ts';
import { zonesOf } from './shift-events.ts';

/** The meetings of a rota that touch a span; `revisedAt` is that of its shifts. */
export function meetingEvents(
  handbook: Handbook,
  rota: Rota,
  span: Interval,
  revisedAt: Instant,
): readonly PersonalEvent[] {
  if (rota.handoverMeeting === undefined && rota.standup === undefined) return [];
  const alone = { ...handbook, rotas: new Map([[rota.id, rota]]) };
  return handoversIn(alone, padded(span), rota.team).flatMap((handover) => {
    if (handover.kind !== 'turn') return [];
    const { meeting, standup } = meetingsOf(handbook, rota, handover.at);
    const from = peopleOf(handover, ({ from: giver }) => giver);
    const both = [...new Set([...from, ...peopleOf(handover, ({ to }) => to)])];
    return [
      ...eventOf(handbook, rota, handover, {
        ...{ name: 'Hand-over meeting', time: meeting, people: both },
        revisedAt,
      }),
      ...eventOf(handbook, rota, handover, {
        ...{ name: 'Stand-up', time: standup, people: from },
        revisedAt,
      }),
    ].filter(({ time }) => time.startAt < span.endAt && time.endAt > span.startAt);
  });
}

const peopleOf = (
  { passes }: HandoverEvent,
  who: (pass: HandoverEvent['passes'][number]) => string | undefined,
): readonly string[] => [...new Set(passes.flatMap((pass) => who(pass) ?? []))];

interface Meant {
  readonly name: string;
  readonly time: MeetingTime | undefined;
  readonly people: readonly string[];
  readonly revisedAt: Instant;
}

function eventOf(
  handbook: Handbook,
  rota: Rota,
  { turn, at, passes }: HandoverEvent,
  { name, time, people, revisedAt }: Meant,
): readonly (PersonalEvent & { readonly time: MeetingTime })[] {
  if (time === undefined || people.length === 0) return [];
  const nameOf = (person: string | undefined) =>
    person === undefined ? 'nobody' : publishedName(handbook, person);
  const duty = `${teamName(handbook, rota.team)}, ${rota.name}`;
  const zones = new Set(people.flatMap((person) => zonesOf(handbook, rota, person)));
  const text = eventText({
    identity: `${name} ${rota.id}/${turn === undefined ? at : turnText(turn.on)}`,
    startAt: time.startAt,
    endAt: time.endAt,
    summary: `${name}: ${duty}`,
    description: [
      `${name}: ${duty}`,
      ...[...zones].map((zone) => `${formatSpan(zone, time.startAt, time.endAt)}, ${zone.name}`),
      ...passes.map(({ role, from, to }) => `${nameOf(from)} hands over to ${nameOf(to)} (${role})`),
      ...(time.where === undefined ? [] : [`Where: ${time.where}`]),
    ],
    category: rota.name,
    url: handbook.publishing.site,
    revisedAt,
  });
  return [{ people, text, time }];
}
