export interface Throttled {
  (): void;
  cancel: () => void;
}

/** Runs an action at once, and while calls go on at most every `everyMs`; the last call is never lost. */
export function throttle(action: () => void, everyMs: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = false;
  const run = () => {
    again = false;
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, everyMs);
    action();
  };
  const throttled = () => {
    if (timer === null) run();
    else again = true;
  };
  throttled.cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    again = false;
  };
  return throttled;
}
