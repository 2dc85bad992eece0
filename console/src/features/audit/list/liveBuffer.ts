import type { AuditEvent } from '@/api/auditContracts';

/** What a live tail holds: rows shown, newest first, and those that wait while the reader looks further down. */
export interface LiveBuffer {
  rows: readonly AuditEvent[];
  waiting: readonly AuditEvent[];
  /** How many came while the reader was further down, those included that are not kept. */
  arrived: number;
  /** Whether older rows were let go, so that the list no longer joins what was read before. */
  truncated: boolean;
}

/** What a page of the console holds of a tail, shown and waiting each. */
export const mostRows = 2000;

export const noRows: LiveBuffer = { rows: [], waiting: [], arrived: 0, truncated: false };

/** Puts rows before others by their place in the log, each once, the newest first. */
export function merge(fresh: readonly AuditEvent[], rows: readonly AuditEvent[]): readonly AuditEvent[] {
  const top = rows[0]?.sequence ?? -1;
  const sorted = fresh.toSorted((a, b) => b.sequence - a.sequence);
  if (sorted.every((event, index) => event.sequence > (sorted[index + 1]?.sequence ?? top))) return sorted.length === 0 ? rows : [...sorted, ...rows];
  const known = new Map([...rows, ...sorted].map((event) => [event.sequence, event]));
  return known.size === rows.length ? rows : [...known.values()].sort((a, b) => b.sequence - a.sequence);
}

/** Takes in what came; `paused` leaves the rows that are shown as they are. */
export function add(buffer: LiveBuffer, fresh: readonly AuditEvent[], paused: boolean): LiveBuffer {
  if (!paused) {
    const rows = merge([...fresh, ...buffer.waiting], buffer.rows);
    if (rows === buffer.rows && buffer.arrived === 0) return buffer;
    // Of what waited, only the newest was kept; what is older then does not join it.
    const gap = buffer.arrived > buffer.waiting.length;
    const joined = gap ? merge(fresh, buffer.waiting) : rows;
    return { rows: joined.slice(0, mostRows), waiting: [], arrived: 0, truncated: buffer.truncated || gap || joined.length > mostRows };
  }
  const top = buffer.rows[0]?.sequence ?? -1;
  const waiting = merge(fresh.filter((event) => event.sequence > top), buffer.waiting);
  if (waiting === buffer.waiting) return buffer;
  return { ...buffer, waiting: waiting.slice(0, mostRows), arrived: buffer.arrived + waiting.length - buffer.waiting.length };
}

/** The tail's rows followed by what was read of the list below them. */
export function joinList(buffer: LiveBuffer, read: readonly AuditEvent[]): readonly AuditEvent[] {
  if (buffer.rows.length === 0) return read;
  if (buffer.truncated) return buffer.rows;
  const last = buffer.rows.at(-1)?.sequence ?? 0;
  return [...buffer.rows, ...read.filter((event) => event.sequence < last)];
}
