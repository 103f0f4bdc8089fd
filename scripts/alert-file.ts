/** Reads alerts from a file of CSV or JSON. */
import {
  AlertReader,
  type AlertReading,
  type ReadAlerts,
  readJsonAlerts,
} from '../actions/lib/time-off/alert-texts.ts';
import { readCsv } from './csv.ts';
import { readTextFile } from './text-file.ts';

/** The alerts of a file, and what is wrong with it; throws a `UsageError` for a file that cannot be read. */
export function readAlertFile(path: string, reading: AlertReading): ReadAlerts {
  const text = readTextFile(path, 'alerts');
  const first = /[^\s\ufeff]/u.exec(text)?.[0];
  return first === '[' || first === '{' ? readJsonAlerts(text, reading) : readCsvAlerts(text, reading);
}

/** Reads a table of alerts with a header line. */
export function readCsvAlerts(text: string, reading: AlertReading): ReadAlerts {
  const reader = new AlertReader(reading);
  let isHeaded: boolean | undefined;
  readCsv(text, ({ cells, line, isBroken }) => {
    if (isHeaded === undefined) isHeaded = reader.header(cells, line);
    else if (!isHeaded) return;
    else if (isBroken) reader.fault({ code: 'quote', args: {} }, line);
    else reader.row(cells, line);
  });
  if (isHeaded === undefined) reader.fault({ code: 'empty', args: {} }, 1);
  return reader.result();
}
