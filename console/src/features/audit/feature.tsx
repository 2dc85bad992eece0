import { ScrollText } from 'lucide-react';
import type { FeatureDescriptor } from '@/lib/feature';
import { auditActorPath, auditResourcePath } from '@/lib/auditLink';
import { localised } from '@/lib/i18n';
import { auditMessages, type AuditKey } from './messages';

const title = (key: AuditKey) => localised(auditMessages, key);
const time = { defaultRange: { from: 'now-7d', to: 'now' }, defaultRefresh: 'off' } as const;

export const auditFeature: FeatureDescriptor = {
  id: 'audit',
  nav: { path: '/audit', label: title('nav'), icon: ScrollText, key: 'u', order: 70, least: 'operator' },
  pages: [
    { path: '/audit', title: title('nav'), time, load: () => import('./list/AuditPage') },
    { path: auditActorPath, title: title('person'), time: { ...time, defaultRange: { from: 'now-90d', to: 'now' } }, load: () => import('./list/ActorPage') },
    { path: auditResourcePath, title: title('resource'), time: { ...time, defaultRange: { from: 'now-90d', to: 'now' } }, load: () => import('./list/ResourcePage') },
    { path: '/audit/$id', title: title('event'), load: () => import('./detail/EventPage') },
  ],
};
