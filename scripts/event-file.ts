/** Reads the events of tickets from a file. */
import { type ReadEvents, readEvents } from '../actions/lib/tickets/event-texts.ts';
import { ticketFaultText } from '../actions/lib/tickets/ticket-faults.ts';
import { UsageError } from './terminal.ts';
import { readTextFile } from './text-file.ts';

/** The events of a file and its faults; throws a `UsageError` for a file that holds no events at all. */
export function readEventFile(path: string): ReadEvents {
  const read = readEvents(readTextFile(path, 'events'));
  if ('refusal' in read)
    throw new UsageError(`${path}:${read.refusal.line}: ${ticketFaultText(read.refusal)}`);
  return read;
}
