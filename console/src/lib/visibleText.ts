/** Controls of the direction of writing, and what has no width: they make a text look like another one. */
const deceiving = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** Control characters apart from the line feed and the tabulator. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const hasAny = new RegExp(`${deceiving.source}|${controls.source}`);
const joiner = '\u200d';

const codeOf = (letter: string): string => `⟨U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
const isPicture = (letter: string | undefined): boolean => letter !== undefined && /[\p{Extended_Pictographic}\ufe0f\p{Emoji_Modifier}]/u.test(letter);

/** Controls as their pictures, such as ␛. */
const pictureOf = (letter: string): string => (letter === '\u007f' ? '␡' : String.fromCharCode(0x2400 + letter.charCodeAt(0)));

/**
 * A text that somebody else wrote, with what cannot be seen in it made visible: a file's path or a line of a diff must not look like another one
 * (see https://trojansource.codes). The joiner within an emoji stays.
 */
export function visibleText(text: string): string {
  if (!hasAny.test(text)) return text;
  return text
    .replace(deceiving, (letter, place: number) => (letter === joiner && isPicture(text.slice(0, place).match(/.$/su)?.[0]) ? letter : codeOf(letter)))
    .replace(controls, pictureOf);
}
