import { LayoutDashboard } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { overviewMessages } from './messages';

const title = localised(overviewMessages, 'nav');

export const overviewFeature: FeatureDescriptor = {
  id: 'overview',
  nav: { path: '/overview', label: title, icon: LayoutDashboard, key: 'o', order: 10 },
  pages: [
    { path: '/', title, redirectTo: '/overview' },
    {
      path: '/overview',
      title,
      time: { defaultRange: { from: 'now-15m', to: 'now' }, defaultRefresh: '5s' },
      load: () => import('./OverviewPage'),
    },
  ],
};
