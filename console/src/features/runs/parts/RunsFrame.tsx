import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '@/ui/Page';
import { tabLink, tabRow } from '@/ui/tabLooks';
import { useRunsMessages } from '../messages';

const tabs = [
  { path: '/runs', label: 'nav', lead: 'lead' },
  { path: '/runs/costs', label: 'costs', lead: 'costs.lead' },
] as const;
export type RunsTab = (typeof tabs)[number]['path'];

/** The two pages about all runs, side by side. */
export function RunsFrame({ tab, action, children }: { tab: RunsTab; action?: ReactNode; children: ReactNode }) {
  const t = useRunsMessages();
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
