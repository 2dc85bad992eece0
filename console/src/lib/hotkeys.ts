/** True when a key press belongs to a text the user is writing. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.shadowRoot !== null || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Follows key presses and calls actions for single keys (`?`) and for pairs (`g o`), never while the user is typing. */
export function listenForKeys(actions: ReadonlyMap<string, () => void>, pairTimeoutMs = 1200): () => void {
  let first: string | null = null;
  let expires = 0;
  const starts = new Set([...actions.keys()].filter((keys) => keys.includes(' ')).map((keys) => keys.split(' ')[0]));
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const pair = first !== null && event.timeStamp < expires ? actions.get(`${first} ${event.key}`) : undefined;
    first = null;
    const action = pair ?? actions.get(event.key);
    if (action) {
      event.preventDefault();
      action();
    } else if (starts.has(event.key)) {
      first = event.key;
      expires = event.timeStamp + pairTimeoutMs;
    }
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
