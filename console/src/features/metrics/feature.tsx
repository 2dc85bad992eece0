import { ChartSpline } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { metricsPath } from '@/lib/metricsLink';
import { metricsMessages } from './messages';

const title = localised(metricsMessages, 'nav');

export const metricsFeature: FeatureDescriptor = {
  id: 'metrics',
  nav: { path: metricsPath, label: title, icon: ChartSpline, key: 'm', order: 20 },
  pages: [
    {
      path: metricsPath,
      title,
      time: { defaultRange: { from: 'now-1h', to: 'now' }, defaultRefresh: 'off' },
      load: () => import('./MetricsPage'),
    },
  ],
};
