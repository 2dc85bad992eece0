import { Bot, Coins } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { runsMessages, type RunsKey } from './messages';

const title = (key: RunsKey) => localised(runsMessages, key);
const time = { defaultRange: { from: 'now-7d', to: 'now' }, defaultRefresh: 'off' } as const;

export const runsFeature: FeatureDescriptor = {
  id: 'runs',
  nav: { path: '/runs', label: title('nav'), icon: Bot, key: 'r', order: 65 },
  pages: [
    { path: '/runs', title: title('nav'), time, load: () => import('./list/RunsPage') },
    { path: '/runs/costs', title: title('costs'), time: { ...time, defaultRange: { from: 'now-28d', to: 'now' } }, load: () => import('./costs/CostsPage') },
    { path: '/runs/$id', title: title('run'), load: () => import('./detail/RunPage') },
  ],
  commands: [{ id: 'runs.costs', label: title('paletteCosts'), icon: Coins, path: '/runs/costs' }],
};
