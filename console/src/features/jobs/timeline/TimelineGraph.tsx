import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLocale } from '@/lib/locale';
import { timeTickLabels } from '@/lib/timeAxis';
import type { Interval } from '@/lib/timeRange';
import { HoverCard } from './HoverCard';
import { panView, ticksOf, xOf, zoomView, type Hit, type TimelineLayout } from './layout';
import { useTimelineMessages } from './messages';
import { TimelineCanvas } from './TimelineCanvas';

export interface TimelineGraphProps {
  layout: TimelineLayout;
  view: Interval;
  nowMs: number;
  onView: (view: Interval) => void;
}

const tickGap = 88;
const scrollBar = 12;

/** Names at the left, the drawing at the right, the time above. */
export function TimelineGraph({ layout, view, nowMs, onView }: TimelineGraphProps) {
  const t = useTimelineMessages();
  const locale = useLocale();
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hover, setHover] = useState<{ hit: Hit; x: number; y: number } | null>(null);
  useEffect(() => {
    const measure = () => setSize({ width: Math.floor(area.current?.clientWidth ?? 0), height: scroller.current?.clientHeight ?? 0 });
    const observer = new ResizeObserver(measure);
    if (area.current) observer.observe(area.current);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  const { seconds, gap } = useMemo(() => ticksOf(view, size.width, tickGap), [view, size.width]);
  const labels = timeTickLabels(locale, seconds, gap);
  const open = (hit: Hit) => {
    if (hit.run) void navigate({ to: '/jobs/executions/$id', params: { id: hit.run.id } });
  };
  const onKey = (event: KeyboardEvent) => {
    const length = view.toMs - view.fromMs;
    const next = { ArrowLeft: panView(view, -length / 8), ArrowRight: panView(view, length / 8), '+': zoomView(view, 0.6, 0.5), '=': zoomView(view, 0.6, 0.5), '-': zoomView(view, 1 / 0.6, 0.5) }[event.key];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onView(next);
  };
  return (
    <div>
      <div className="flex border-b border-line text-2xs text-ink-3" aria-hidden="true">
        <div className="w-28 shrink-0 sm:w-52" />
        <div className="tabular relative h-9 flex-1 overflow-hidden" style={{ marginRight: scrollBar }}>
          {seconds.map((at, index) => (
            <span key={at} className="absolute bottom-0.5 -translate-x-1/2 text-center leading-tight whitespace-pre" style={{ left: xOf(at * 1000, view, size.width) }}>
              {labels[index]}
            </span>
          ))}
        </div>
      </div>
      <div ref={scroller} className="relative max-h-[max(calc(100vh-330px),260px)] min-h-48 overflow-x-hidden overflow-y-scroll" tabIndex={0} role="group" aria-label={t('asGraph')} aria-describedby="timeline-help" onKeyDown={onKey}>
        <div className="flex" style={{ height: layout.height }}>
          <ul className="relative w-28 shrink-0 border-r border-line sm:w-52">
            {layout.lanes.map((lane) => (
              <li key={lane.taskId} className="absolute inset-x-0 flex items-center border-b border-line px-3" style={{ top: lane.top, height: lane.height }}>
                <Link to="/jobs/$id" params={{ id: lane.taskId }} className="truncate rounded font-medium hover:underline" title={lane.name}>
                  {lane.name}
                </Link>
              </li>
            ))}
          </ul>
          <div ref={area} className="relative min-w-0 flex-1">
            <TimelineCanvas
              label={t('label', { lanes: layout.lanes.length, runs: layout.runCount })}
              layout={layout}
              view={view}
              nowMs={nowMs}
              width={size.width}
              height={size.height}
              ticks={seconds}
              scroller={scroller}
              onView={onView}
              onHover={setHover}
              onOpen={open}
            />
            {hover && (
              <div className="pointer-events-none sticky top-0 h-0">
                <div className="absolute left-0 w-full" style={{ top: -size.height, height: size.height }}>
                  <HoverCard hit={hover.hit} nowMs={nowMs} x={hover.x} y={hover.y} width={size.width} height={size.height} />
                </div>
              </div>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
