import { CalendarClock, ChartGantt, History, Plus } from 'lucide-react';
import { lazy } from 'react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { jobsMessages, type JobsKey } from './messages';

const title = (key: JobsKey) => localised(jobsMessages, key);

export const jobsFeature: FeatureDescriptor = {
  id: 'jobs',
  nav: { path: '/jobs', label: title('nav'), icon: CalendarClock, key: 'j', order: 60, badge: lazy(() => import('./parts/FailingBadge')) },
  pages: [
    { path: '/jobs', title: title('nav'), load: () => import('./list/JobsPage') },
    { path: '/jobs/new', title: title('newJob'), load: () => import('./form/JobFormPage') },
    { path: '/jobs/$id', title: title('job'), time: { defaultRange: { from: 'now-7d', to: 'now' }, defaultRefresh: 'off' }, load: () => import('./detail/JobPage') },
    { path: '/jobs/$id/edit', title: title('editJob'), load: () => import('./form/JobFormPage') },
    { path: '/jobs/executions', title: title('history'), time: { defaultRange: { from: 'now-7d', to: 'now' }, defaultRefresh: 'off' }, load: () => import('./executions/ExecutionsPage') },
    { path: '/jobs/timeline', title: title('timeline'), time: { defaultRange: { from: 'now-6h', to: 'now' }, defaultRefresh: 'off' }, load: () => import('./timeline/TimelinePage') },
    { path: '/jobs/executions/$id', title: title('execution'), load: () => import('./execution/ExecutionPage') },
  ],
  commands: [
    { id: 'jobs.new', label: title('newJob'), icon: Plus, path: '/jobs/new' },
    { id: 'jobs.history', label: title('paletteHistory'), icon: History, path: '/jobs/executions' },
    { id: 'jobs.timeline', label: title('paletteTimeline'), icon: ChartGantt, path: '/jobs/timeline' },
  ],
};
