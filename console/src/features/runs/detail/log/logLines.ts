/** Levels from the least to the gravest; each shows itself and what is graver. */
export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogLine {
  number: number;
  level: LogLevel;
  at: string | null;
  message: string;
  /** All other members, for those who want to know. */
  rest: readonly [name: string, value: string][];
}

const levelNames: Record<string, LogLevel> = { trace: 'debug', debug: 'debug', info: 'info', information: 'info', warn: 'warning', warning: 'warning', error: 'error', critical: 'error', fatal: 'error' };
/** What the line shows by itself, and what is the same on every line. */
const shown = new Set(['level', 'ts', 'time', 'msg', 'message', 'trace_id', 'span_id', 'run_id']);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function readLine(line: string, number: number): LogLine {
  let members: Record<string, unknown> | null = null;
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) members = parsed as Record<string, unknown>;
  } catch {
    members = null;
  }
  // A line that is no object of JSON is shown as it stands.
  if (members === null) return { number, level: 'info', at: null, message: line, rest: [] };
  const at = members['ts'] ?? members['time'];
  return {
    number,
    level: levelNames[textOf(members['level'] ?? 'info').toLowerCase()] ?? 'info',
    at: typeof at === 'string' ? at : null,
    message: textOf(members['msg'] ?? members['message'] ?? ''),
    rest: Object.entries(members).filter(([name]) => !shown.has(name)).map(([name, value]) => [name, textOf(value)]),
  };
}

/** Reads lines of JSON, and tells the number of the one that comes next. */
export function readLog(text: string, first = 1): { lines: readonly LogLine[]; next: number } {
  const lines = text.split('\n');
  return { lines: lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, first + index)])), next: first + Math.max(1, lines.length - 1) };
}

const quiet = new Set(['caller', 'component', 'audit', 'id']);

/** The members that tell most beside the message, in one line. */
export const brief = ({ rest }: LogLine): string => rest.filter(([name, value]) => !quiet.has(name) && value !== '').map(([name, value]) => `${name}=${value}`).join(' ');

/** Lines of at least a level in which a text stands. */
export function filterLog(lines: readonly LogLine[], least: LogLevel, text: string): readonly LogLine[] {
  const wanted = text.trim().toLowerCase();
  const from = logLevels.indexOf(least);
  return lines.filter((line) => logLevels.indexOf(line.level) >= from && (wanted === '' || line.message.toLowerCase().includes(wanted) || line.rest.some(([name, value]) => `${name}=${value}`.toLowerCase().includes(wanted))));
}
