import { Settings } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { settingsMessages } from './messages';

const title = localised(settingsMessages, 'nav');

export const settingsFeature: FeatureDescriptor = {
  id: 'settings',
  nav: { path: '/settings', label: title, icon: Settings, key: 's', order: 90, place: 'foot' },
  pages: [{ path: '/settings', title, load: () => import('./SettingsPage') }],
};
