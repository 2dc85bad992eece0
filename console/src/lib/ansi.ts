/** A run of text with the look its escapes asked for. */
export interface StyledText {
  text: string;
  /** ANSI colour 0–7, or null for the colour of the page. */
  colour: number | null;
  bold: boolean;
  dim: boolean;
}

type Look = Omit<StyledText, 'text'>;
const plain: Look = { colour: null, bold: false, dim: false };

/** Escape sequences: CSI, OSC up to its end, and the two-character ones. */
// eslint-disable-next-line no-control-regex
const escapes = /\u001b\[([0-9;:?<=>]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]|\u001b/g;
/** Control characters that no page shows; tab and line feed stay. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text without escapes and control characters, for files, clipboards and searching. */
export function stripAnsi(text: string): string {
  return lastOverwrite(text).replace(escapes, '').replace(controls, '');
}

/** A carriage return goes back to the line's start: of a progress bar only its last state is to be seen. */
function lastOverwrite(text: string): string {
  if (!text.includes('\r')) return text;
  return text
    .split('\n')
    .map((line) => {
      const trimmed = line.replace(/\r+$/, '');
      return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
    })
    .join('\n');
}

function changed(look: Look, parameters: string): Look {
  let now = look;
  const codes = (parameters === '' ? '0' : parameters).split(/[;:]/).map(Number);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    // 256 colours and true colours: their arguments are passed over, the page's own colour stays.
    if (code === 38 || code === 48) index += codes[index + 1] === 5 ? 2 : 4;
    else if (code === 0) now = plain;
    else if (code === 1) now = { ...now, bold: true };
    else if (code === 2) now = { ...now, dim: true };
    else if (code === 22) now = { ...now, bold: false, dim: false };
    else if (code === 39) now = { ...now, colour: null };
    else if (code >= 30 && code <= 37) now = { ...now, colour: code - 30 };
    else if (code >= 90 && code <= 97) now = { ...now, colour: code - 90 };
  }
  return now;
}

/** Splits a line of a terminal into runs of one look. Nothing of an escape is ever shown or obeyed but colour and weight. */
export function styleAnsi(line: string): StyledText[] {
  const runs: StyledText[] = [];
  let look = plain;
  let from = 0;
  const shown = lastOverwrite(line);
  const push = (text: string) => {
    const clean = text.replace(controls, '');
    if (clean !== '') runs.push({ text: clean, ...look });
  };
  for (const match of shown.matchAll(escapes)) {
    push(shown.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === 'm' && !match[1]?.startsWith('?')) look = changed(look, match[1] ?? '');
  }
  push(shown.slice(from));
  return runs;
}
