import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { onThemeChange } from '@/lib/theme';
import type { Interval } from '@/lib/timeRange';
import { drawTimeline, readColours, type TimelineColours } from './draw';
import { hitTest, msOf, panView, zoomView, type Hit, type TimelineLayout } from './layout';

export interface TimelineCanvasProps {
  label: string;
  layout: TimelineLayout;
  view: Interval;
  nowMs: number;
  width: number;
  /** Height of the window through which the lanes are seen. */
  height: number;
  ticks: readonly number[];
  scroller: RefObject<HTMLDivElement | null>;
  onView: (view: Interval) => void;
  onHover: (hover: { hit: Hit; x: number; y: number } | null) => void;
  onOpen: (hit: Hit) => void;
}

const clickReach = 4;
const wheelFactor = 0.0022;

/** The lanes as a drawing: drag pans, Ctrl and wheel zooms, a click opens. As large as its window, and moved along as that scrolls. */
export function TimelineCanvas({ label, layout, view, nowMs, width, height, ticks, scroller, onView, onHover, onOpen }: TimelineCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [colours, setColours] = useState<TimelineColours | null>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [hovered, setHovered] = useState<string | null>(null);
  const drag = useRef<{ x: number; view: Interval; moved: boolean } | null>(null);
  useEffect(() => {
    const read = () => canvas.current?.parentElement && setColours(readColours(canvas.current.parentElement));
    read();
    return onThemeChange(read);
  }, []);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const onScroll = () => setScrollTop(box.scrollTop);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => box.removeEventListener('scroll', onScroll);
  }, [scroller]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !colours || width <= 0) return;
    const ratio = window.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.current.width !== pixelWidth) canvas.current.width = pixelWidth;
    if (canvas.current.height !== pixelHeight) canvas.current.height = pixelHeight;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawTimeline(context, { layout, view, nowMs, width, height, scrollTop, ticks, colours, hovered });
  }, [layout, view, nowMs, width, height, scrollTop, ticks, colours, hovered]);
  const latest = useRef({ view, width, onView });
  useEffect(() => {
    latest.current = { view, width, onView };
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // React listens to wheels passively; zooming must keep the page from zooming itself.
    const onWheel = (event: WheelEvent) => {
      const now = latest.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) now.onView(zoomView(now.view, Math.exp(event.deltaY * wheelFactor), event.offsetX / now.width));
      else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) now.onView(panView(now.view, (sideways / now.width) * (now.view.toMs - now.view.fromMs)));
      else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  const find = useCallback((event: PointerEvent) => hitTest(layout, view, width, nowMs, event.nativeEvent.offsetX, event.nativeEvent.offsetY + scrollTop), [layout, view, width, nowMs, scrollTop]);
  const leave = () => {
    setHovered(null);
    onHover(null);
  };
  const onMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const { offsetX, offsetY } = event.nativeEvent;
    const from = drag.current;
    if (from) {
      if (!from.moved && Math.abs(offsetX - from.x) < clickReach) return;
      from.moved = true;
      leave();
      onView(panView(from.view, msOf(from.x, from.view, width) - msOf(offsetX, from.view, width)));
      return;
    }
    const hit = find(event);
    event.currentTarget.style.cursor = hit?.run ? 'pointer' : 'grab';
    setHovered(hit?.run?.id ?? null);
    onHover(hit && { hit, x: offsetX, y: offsetY });
  };
  const onUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const wasClick = drag.current !== null && !drag.current.moved;
    drag.current = null;
    const hit = wasClick ? find(event) : null;
    if (hit) onOpen(hit);
  };
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="sticky top-0 block touch-pan-y"
      style={{ width, height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.nativeEvent.offsetX, view, moved: false };
      }}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => (drag.current = null)}
      onPointerLeave={leave}
      onDoubleClick={(event) => onView(zoomView(view, 0.5, event.nativeEvent.offsetX / width))}
    />
  );
}
