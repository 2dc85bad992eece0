import { createStore } from '@/lib/store';

/** One thing that happened, as the server's event stream tells it. */
export interface LiveEvent {
  type: string;
  /** Parsed JSON; whoever listens checks what it needs of it. */
  data: unknown;
}
/** `reset`: events may have been missed, so whatever was read before must be read again. */
export type LiveListener = (events: readonly LiveEvent[], reset: boolean) => void;

/** What the stream needs of the browser; tests give their own. */
export interface LiveHost {
  open: (url: string) => EventSource;
  later: (action: () => void, ms: number) => () => void;
  frame: (action: () => void) => void;
  hidden: () => boolean;
  onVisibility: (listener: () => void) => void;
}

export const liveTypes = ['execution', 'task', 'output', 'instance', 'audit', 'run', 'reset'] as const;
const path = '/api/v1/events';
const settleMs = 30;
const firstRetryMs = 1000;
const longestRetryMs = 30_000;
/** A tab hidden for this long lets go of its connection. */
export const hiddenCloseMs = 60_000;

/** `lost` while a page wants events and the stream does not come back by itself at once. */
export const liveStore = createStore<'ok' | 'lost'>('ok');

/**
 * The tab's one event stream. Topics come and go with the pages that follow them; a change of topics opens the stream
 * anew after the last event that was seen. Events are handed out once an animation frame.
 */
export class LiveStream {
  readonly #host: LiveHost;
  readonly #followers = new Map<LiveListener, readonly string[]>();
  #source: EventSource | null = null;
  #topics = '';
  #lastId = '';
  #failures = 0;
  #cancelTimer: () => void = () => undefined;
  #cancelHidden: () => void = () => undefined;
  #asleep = false;
  #pending: LiveEvent[] = [];
  #pendingReset = false;
  #framed = false;

  constructor(host: LiveHost) {
    this.#host = host;
    host.onVisibility(() => this.#visibilityChanged());
  }

  /** Follows topics until the returned function is called. */
  follow(topics: readonly string[], listener: LiveListener): () => void {
    this.#followers.set(listener, topics);
    this.#settle();
    return () => {
      this.#followers.delete(listener);
      this.#settle();
    };
  }

  /** Going from one page to the next drops and adds topics; only what is left afterwards counts. */
  #settle(): void {
    this.#after(settleMs, () => this.#connect());
  }

  #after(ms: number, action: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#host.later(action, ms);
  }

  #connect(): void {
    const topics = [...new Set([...this.#followers.values()].flat())].sort().join(',');
    if (topics === this.#topics && this.#source !== null && this.#source.readyState !== EventSource.CLOSED) return;
    this.#close();
    if (topics === '') {
      this.#lastId = '';
      liveStore.set('ok');
    }
    if (topics === '' || this.#asleep) return;
    // New topics have no past here: their pages have just read, or are reading, what there is.
    const resume = this.#lastId === '' ? '' : `&lastEventId=${encodeURIComponent(this.#lastId)}`;
    this.#topics = topics;
    const source = this.#host.open(`${path}?topics=${topics.split(',').map(encodeURIComponent).join(',')}${resume}`);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      liveStore.set('ok');
    };
    source.onerror = () => this.#failed(source);
    for (const type of liveTypes) source.addEventListener(type, (event: MessageEvent<string>) => this.#heard(type, event));
  }

  #close(): void {
    this.#source?.close();
    this.#source = null;
    this.#topics = '';
  }

  #failed(source: EventSource): void {
    if (source !== this.#source) return;
    this.#failures++;
    if (this.#failures > 1 || source.readyState === EventSource.CLOSED) liveStore.set('lost');
    // The browser tries again by itself until an answer is no stream; then it gives up, and this takes over.
    if (source.readyState !== EventSource.CLOSED) return;
    this.#close();
    this.#after(Math.min(firstRetryMs * 2 ** (this.#failures - 1), longestRetryMs), () => {
      this.#pendingReset = true;
      this.#connect();
      this.#schedule();
    });
  }

  #heard(type: string, event: MessageEvent<string>): void {
    if (event.lastEventId !== '') this.#lastId = event.lastEventId;
    if (type === 'reset') this.#pendingReset = true;
    else this.#pending.push({ type, data: parse(event.data) });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#framed) return;
    this.#framed = true;
    this.#host.frame(() => this.#deliver());
  }

  #deliver(): void {
    const [events, reset] = [this.#pending, this.#pendingReset];
    this.#framed = false;
    this.#pending = [];
    this.#pendingReset = false;
    for (const listener of [...this.#followers.keys()]) listener(events, reset);
  }

  #visibilityChanged(): void {
    this.#cancelHidden();
    if (this.#host.hidden()) {
      this.#cancelHidden = this.#host.later(() => {
        this.#asleep = true;
        this.#close();
      }, hiddenCloseMs);
      return;
    }
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#pendingReset = true;
    this.#connect();
    this.#schedule();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function browserHost(): LiveHost {
  return {
    open: (url) => new EventSource(url),
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    // A hidden tab draws no frames, and is not to collect events without end.
    frame: (action) => (document.hidden ? setTimeout(action, 250) : requestAnimationFrame(action)),
    hidden: () => document.hidden,
    onVisibility: (listener) => document.addEventListener('visibilitychange', listener),
  };
}

let stream: LiveStream | null = null;

/** Follows topics on the tab's one stream. */
export function followLive(topics: readonly string[], listener: LiveListener): () => void {
  stream ??= new LiveStream(browserHost());
  return stream.follow(topics, listener);
}
