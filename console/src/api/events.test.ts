import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hiddenCloseMs, LiveStream, liveStore, type LiveEvent, type LiveHost } from './events';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
  }
  close() {
    this.readyState = 2;
  }
  tell(type: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
  fail(gaveUp: boolean) {
    if (gaveUp) this.readyState = 2;
    this.onerror?.();
  }
}

let sources: FakeSource[];
let visibility: () => void;
let isHidden: boolean;
const heard: [readonly LiveEvent[], boolean][] = [];
const open = () => sources.filter((source) => source.readyState !== 2);

function stream(): LiveStream {
  const host: LiveHost = {
    open: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source as unknown as EventSource;
    },
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    frame: (action) => void setTimeout(action, 16),
    hidden: () => isHidden,
    onVisibility: (listener) => (visibility = listener),
  };
  return new LiveStream(host);
}
const listener = (events: readonly LiveEvent[], reset: boolean) => void heard.push([events, reset]);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  sources = [];
  heard.length = 0;
  isHidden = false;
  liveStore.set('ok');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('opens one stream for all topics, and none once nobody follows', () => {
  const live = stream();
  const stopA = live.follow(['scheduler'], listener);
  const stopB = live.follow(['execution:1', 'scheduler'], () => undefined);
  vi.advanceTimersByTime(100);
  expect(sources.map((source) => source.url)).toEqual(['/api/v1/events?topics=execution%3A1,scheduler']);
  stopA();
  stopB();
  vi.advanceTimersByTime(100);
  expect(open()).toEqual([]);
});

it('keeps its stream when one page hands over to the next with the same topics', () => {
  const live = stream();
  const stop = live.follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  stop();
  live.follow(['scheduler'], () => undefined);
  vi.advanceTimersByTime(100);
  expect(sources).toHaveLength(1);
});

it('hands out what came within a frame at once, and goes on after the last event when topics change', () => {
  const live = stream();
  live.follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  sources[0]?.tell('task', { id: 'a' }, '41');
  sources[0]?.tell('execution', { id: 'b' }, '42');
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(16);
  expect(heard).toEqual([[[{ type: 'task', data: { id: 'a' } }, { type: 'execution', data: { id: 'b' } }], false]]);
  live.follow(['execution:b'], () => undefined);
  vi.advanceTimersByTime(100);
  expect(open().map((source) => source.url)).toEqual(['/api/v1/events?topics=execution%3Ab,scheduler&lastEventId=42']);
});

it('tells its followers to read anew when the server cannot resume', () => {
  stream().follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  sources[0]?.tell('reset', {});
  vi.advanceTimersByTime(16);
  expect(heard).toEqual([[[], true]]);
});

it('says that the connection is lost, backs off, and heals by itself', () => {
  stream().follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  sources[0]?.fail(true);
  expect(liveStore.get()).toBe('lost');
  vi.advanceTimersByTime(999);
  expect(sources).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sources).toHaveLength(2);
  sources[1]?.fail(true);
  vi.advanceTimersByTime(1999);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(1);
  sources[2]?.onopen?.();
  expect(liveStore.get()).toBe('ok');
  vi.advanceTimersByTime(16);
  expect(heard.at(-1)).toEqual([[], true]);
});

it('says nothing of a break that the browser mends at once', () => {
  stream().follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  sources[0]?.fail(false);
  expect(liveStore.get()).toBe('ok');
  sources[0]?.onopen?.();
  expect(sources).toHaveLength(1);
});

it('lets go of its stream in a tab that is hidden for long, and reads anew when it is looked at again', () => {
  stream().follow(['scheduler'], listener);
  vi.advanceTimersByTime(100);
  isHidden = true;
  visibility();
  vi.advanceTimersByTime(hiddenCloseMs - 1);
  expect(open()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(open()).toEqual([]);
  isHidden = false;
  visibility();
  vi.advanceTimersByTime(16);
  expect(open()).toHaveLength(1);
  expect(heard.at(-1)).toEqual([[], true]);
});
