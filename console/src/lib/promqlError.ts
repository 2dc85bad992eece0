/** Where in an expression an error is; both count from 1, columns in bytes as the server counts them. */
export interface ErrorPosition {
  line: number;
  column: number;
  /** The message without its position. */
  text: string;
}

/** Finds `line:column:` in a message such as `invalid parameter "query": 1:5: parse error: …`. */
export function errorPosition(message: string): ErrorPosition | null {
  const match = /(?:^|\s)(\d+):(\d+):\s*([\s\S]*)$/.exec(message);
  if (match === null) return null;
  return { line: Number(match[1]), column: Number(match[2]), text: match[3] ?? '' };
}

/** The range of characters to underline: from the position to the end of the word there, at least one character. */
export function errorRange(expression: string, position: ErrorPosition): { from: number; to: number } {
  const lines = expression.split('\n');
  const line = lines[position.line - 1] ?? '';
  const start = lines.slice(0, position.line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const column = Math.min(charactersIn(line, position.column - 1), line.length);
  const word = /^[\w:]+/.exec(line.slice(column))?.[0].length ?? 1;
  const to = Math.min(start + column + word, expression.length);
  return { from: Math.max(0, Math.min(start + column, to - 1)), to };
}

function charactersIn(line: string, bytes: number): number {
  const encoder = new TextEncoder();
  let seen = 0;
  let index = 0;
  for (const char of line) {
    if (seen >= bytes) break;
    seen += encoder.encode(char).length;
    index += char.length;
  }
  return index;
}
