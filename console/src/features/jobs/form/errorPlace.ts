/** Where in a text a message says that the trouble starts: 0-based; null when it says nothing of a place. */
export function placeIn(message: string): { message: string; at: number } | null {
  const match = /^(.*?)\s*\(at character (\d+)\)\s*$/s.exec(message);
  return match ? { message: match[1] ?? '', at: Number(match[2]) - 1 } : null;
}
