import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo } from 'react';
import type { FilterState } from '@/lib/filterText';
import { useSearchAs, useUpdateSearch, type Search } from '@/lib/search';
import { useTimeRange } from '@/lib/useTimeRange';
import { IconButton } from '@/ui/Button';
import { FilterBar } from '@/ui/FilterBar';
import { Card } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { EmptyState, ErrorState, InlineError, Skeleton } from '@/ui/States';
import { useLiveJobs } from '../live';
import { useJobsMessages } from '../messages';
import { JobsFrame } from '../parts/JobsFrame';
import { jobQuery, timelineQuery, timelineRuns } from '../queries';
import { layoutTimeline, panView, zoomView } from './layout';
import { Legend } from './Legend';
import { useTimelineMessages } from './messages';
import { TimelineGraph } from './TimelineGraph';
import { TimelineTable } from './TimelineTable';
import { useTimelineView } from './useTimelineView';

interface TimelineState {
  filters: FilterState;
  taskId: string | undefined;
  asTable: boolean;
}

const readTimelineState = (search: Search): TimelineState => ({
  filters: { text: (search['q'] ?? '').slice(0, 200), values: search['task'] ? { task: search['task'] } : {} },
  taskId: search['task'] || undefined,
  asTable: search['view'] === 'table',
});

export default function TimelinePage() {
  const t = useTimelineMessages();
  const jobs = useJobsMessages();
  const update = useUpdateSearch();
  const { range } = useTimeRange();
  const { view, nowMs, setView } = useTimelineView();
  const { filters, taskId, asTable } = useSearchAs(readTimelineState);
  const { data, error, refetch } = useQuery(timelineQuery(range, taskId));
  const job = useQuery({ ...jobQuery(taskId ?? ''), enabled: taskId !== undefined }).data;
  useLiveJobs();
  const wanted = filters.text.toLowerCase();
  const layout = useMemo(() => data && layoutTimeline(data.lanes.filter((lane) => lane.name.toLowerCase().includes(wanted))), [data, wanted]);
  const fields = [{ id: 'task', label: jobs('filter.task'), choices: taskId === undefined ? [] : [{ value: taskId, label: job?.name ?? '…' }] }];
  const length = view.toMs - view.fromMs;
  const content = () => {
    if (!layout) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="m-4 h-72" />;
    if (layout.lanes.length === 0) return wanted !== '' && data?.lanes.length ? <EmptyState title={t('noLane')} /> : <EmptyState title={t('empty')} detail={t('emptyDetail')} />;
    return asTable ? <TimelineTable layout={layout} /> : <TimelineGraph layout={layout} view={view} nowMs={nowMs} onView={setView} />;
  };
  return (
    <JobsFrame tab="/jobs/timeline">
      <div className="mb-3">
        <FilterBar
          label={t('search')}
          placeholder={t('searchHint')}
          fields={fields}
          state={filters}
          onChange={({ text, values }) => update({ q: text === '' ? undefined : text, task: values['task'] }, true)}
        >
          <div className="ml-auto flex items-center gap-2">
            <div className="flex items-center rounded-md border border-line bg-surface">
              <IconButton label={t('earlier')} icon={<ChevronLeft size={15} />} onClick={() => setView(panView(view, -length / 4))} />
              <IconButton label={t('zoomIn')} icon={<ZoomIn size={15} />} onClick={() => setView(zoomView(view, 0.5, 0.5))} />
              <IconButton label={t('zoomOut')} icon={<ZoomOut size={15} />} onClick={() => setView(zoomView(view, 2, 0.5))} />
              <IconButton label={t('later')} icon={<ChevronRight size={15} />} onClick={() => setView(panView(view, length / 4))} />
            </div>
            <Segmented
              label={t('view')}
              value={asTable ? 'table' : 'graph'}
              choices={[
                { value: 'graph', label: t('asGraph') },
                { value: 'table', label: t('asTable') },
              ]}
              onChange={(next) => update({ view: next === 'table' ? 'table' : undefined }, true)}
            />
          </div>
        </FilterBar>
      </div>
      {error && layout && <InlineError error={error} />}
      {data?.truncated && <p className="mb-2 rounded-md bg-warn-soft px-3 py-1.5 text-warn">{t('truncated', { count: timelineRuns })}</p>}
      <Card className="overflow-hidden">{content()}</Card>
      {!asTable && (
        <div className="mt-3 space-y-1.5">
          <Legend />
          <p id="timeline-help" className="text-xs text-ink-3">{t('help')}</p>
        </div>
      )}
    </JobsFrame>
  );
}
