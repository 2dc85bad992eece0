import { expect, it } from 'vitest';
import { visibleText } from './visibleText';

it('shows what turns a text around, and what has no width', () => {
  expect(visibleText('a\u202egpj.exe\u202c')).toBe('a⟨U+202E⟩gpj.exe⟨U+202C⟩');
  expect(visibleText('is\u200bAdmin \u2066x\u2069')).toBe('is⟨U+200B⟩Admin ⟨U+2066⟩x⟨U+2069⟩');
});

it('shows controls of a terminal as pictures, and keeps lines and tabulators', () => {
  expect(visibleText('\u001b[31mred\u0007\r\n\tx\u007f')).toBe('␛[31mred␇␍\n\tx␡');
});

it('leaves other texts alone: of any script, and emoji that are joined', () => {
  for (const text of ['plain', 'مرحبا بالعالم', '王伟', '👩‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍💻']) expect(visibleText(text)).toBe(text);
  expect(visibleText('a\u200db')).toBe('a⟨U+200D⟩b');
});
