import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '@/ui/Page';
import { tabLink, tabRow } from '@/ui/tabLooks';
import { useJobsMessages } from '../messages';

const tabs = [
  { path: '/jobs', label: 'nav', lead: 'lead' },
  { path: '/jobs/executions', label: 'history', lead: 'history.lead' },
  { path: '/jobs/timeline', label: 'timeline', lead: 'timeline.lead' },
] as const;
export type JobsTab = (typeof tabs)[number]['path'];

/** The three pages about all jobs, side by side. */
export function JobsFrame({ tab, action, children }: { tab: JobsTab; action?: ReactNode; children: ReactNode }) {
  const t = useJobsMessages();
  const current = tabs.find((candidate) => candidate.path === tab) ?? tabs[0];
  return (
    <Page title={t(current.label)} lead={t(current.lead)} action={action} wide>
      <nav aria-label={t('tabs')} className={tabRow}>
        {tabs.map((other) => (
          <Link
            key={other.path}
            to={other.path}
            activeOptions={{ exact: true, includeSearch: false }}
            className={tabLink}
          >
            {t(other.label)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
