import { CalendarClock, ChartGantt, History, Plus } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { jobsMessages, type JobsKey } from './messages';

const title = (key: JobsKey) => localised(jobsMessages, key);

export const jobsFeature: FeatureDescriptor = {
  id: 'jobs',
  nav: { path: '/jobs', label: title('nav'), icon: CalendarClock, key: 'j', order: 60 },
  pages: [
    { path: '/jobs', title: title('nav'), load: () => import('./list/JobsPage') },
  ],
  commands: [
  ],
};
void [ChartGantt, History, Plus];
