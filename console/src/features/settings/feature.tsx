import { Building2, Gauge, KeyRound, Settings, ShieldCheck, Users } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { localised } from '@/lib/i18n';
import { settingsMessages } from './messages';

const title = (key: 'nav' | 'tokens' | 'users' | 'tenants' | 'limits' | 'audit') => localised(settingsMessages, key);

export const settingsFeature: FeatureDescriptor = {
  id: 'settings',
  nav: { path: '/settings', label: title('nav'), icon: Settings, key: 's', order: 90, place: 'foot' },
  pages: [
    { path: '/settings', title: title('nav'), redirectTo: '/settings/tokens' },
    { path: '/settings/tokens', title: title('tokens'), load: () => import('./tokens/TokensPage') },
    { path: '/settings/users', title: title('users'), load: () => import('./users/UsersPage') },
    { path: '/settings/tenants', title: title('tenants'), load: () => import('./tenants/TenantsPage') },
    { path: '/settings/limits', title: title('limits'), load: () => import('./limits/LimitsPage') },
    { path: '/settings/audit', title: title('audit'), load: () => import('./audit/AuditSettingsPage') },
  ],
  commands: [
    { id: 'settings.tokens', label: title('tokens'), icon: KeyRound, path: '/settings/tokens' },
    { id: 'settings.users', label: title('users'), icon: Users, path: '/settings/users' },
    { id: 'settings.tenants', label: title('tenants'), icon: Building2, path: '/settings/tenants' },
    { id: 'settings.limits', label: title('limits'), icon: Gauge, path: '/settings/limits' },
    { id: 'settings.audit', label: localised(settingsMessages, 'audit.command'), icon: ShieldCheck, path: '/settings/audit' },
  ],
};
