/** Reads the events of tickets from a file. */
import { readFileSync, statSync } from 'node:fs';
import { type ReadEvents, readEvents } from '../actions/lib/tickets/event-texts.ts';
import { ticketFaultText } from '../actions/lib/tickets/ticket-faults.ts';
import { UsageError } from './terminal.ts';

/** Ten times what a million events need would be no list of tickets. */
const MOST_MIB = 256;

/** The events of a file and its faults; throws a `UsageError` for a file that holds no events at all. */
export function readEventFile(path: string): ReadEvents {
  const read = readEvents(textIn(path));
  if ('refusal' in read)
    throw new UsageError(`${path}:${read.refusal.line}: ${ticketFaultText(read.refusal)}`);
  return read;
}

function textIn(path: string): string {
  try {
    if (statSync(path).size > MOST_MIB * 1024 * 1024)
      throw new UsageError(`${path} is larger than ${MOST_MIB} MiB; name a file with fewer events`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
