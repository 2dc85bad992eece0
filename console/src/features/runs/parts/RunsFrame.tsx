import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '@/ui/Page';
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
      <nav aria-label={t('tabs')} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((other) => (
          <Link
            key={other.path}
            to={other.path}
            activeOptions={{ exact: true, includeSearch: false }}
            className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {t(other.label)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
