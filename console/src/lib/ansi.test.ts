import { describe, expect, it } from 'vitest';
import { stripAnsi, styleAnsi } from './ansi';

const esc = '\u001b';

describe('styleAnsi', () => {
  it('gives runs their colour and weight', () => {
    expect(styleAnsi(`a ${esc}[1;31mred${esc}[0m b`)).toEqual([
      { text: 'a ', colour: null, bold: false, dim: false },
      { text: 'red', colour: 1, bold: true, dim: false },
      { text: ' b', colour: null, bold: false, dim: false },
    ]);
  });

  it('passes over the arguments of 256 and true colours', () => {
    expect(styleAnsi(`${esc}[38;5;196mx${esc}[38;2;1;2;31my`).map((run) => run.colour)).toEqual([null, null]);
    expect(styleAnsi(`${esc}[38;5;196;32mx`)[0]?.colour).toBe(2);
  });

  it('shows of an overwritten line what was written last', () => {
    expect(styleAnsi('10 %\r50 %\r100 %\r')[0]?.text).toBe('100 %');
  });

  it('swallows titles, links, cursor movements and lone escapes', () => {
    expect(stripAnsi(`${esc}]0;title\u0007a${esc}[2Kb${esc}]8;;http://x${esc}\\c${esc}(Bd${esc}`)).toBe('abcd');
  });

  it('shows no control character whatever comes', () => {
    let seed = 7;
    const next = (bound: number) => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % bound;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: next(40) }, () => (next(3) === 0 ? esc : String.fromCharCode(next(160)))).join('');
      // eslint-disable-next-line no-control-regex
      expect(styleAnsi(text).map((run) => run.text).join('')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }
  });
});
