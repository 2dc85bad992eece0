/** How many series colours ui/tokens.css defines (`--series-1` to `--series-12`). */
export const paletteSize = 12;

/** FNV-1a, 32 bit: small, stable between sessions and good enough to spread labels. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A short name of a series for URLs. */
export const shortHash = (text: string): string => hashText(text).toString(36);

/**
 * Gives each key a colour number 1–12. A key's first choice depends on the key alone, so it keeps its colour from view
 * to view; where two keys on one chart want the same colour the later one (by name) takes the next that is free.
 */
export function assignColours(keys: readonly string[]): Map<string, number> {
  const colours = new Map<string, number>();
  const uses = new Array<number>(paletteSize).fill(0);
  for (const key of [...new Set(keys)].sort()) {
    const first = hashText(key) % paletteSize;
    const round = Math.min(...uses);
    let slot = first;
    while ((uses[slot] ?? 0) > round) slot = (slot + 1) % paletteSize;
    uses[slot] = (uses[slot] ?? 0) + 1;
    colours.set(key, slot + 1);
  }
  return colours;
}
