import { Link } from '@tanstack/react-router';
import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '@/api/problem';
import { useSession } from '@/api/session';
import { Card, Page } from '@/ui/Page';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { tabLink, tabRow } from '@/ui/tabLooks';
import { useSettingsMessages } from './messages';

const tabs = ['tokens', 'users', 'tenants', 'limits', 'audit'] as const;
export type SettingsTab = (typeof tabs)[number];

export interface SettingsFrameProps {
  tab: SettingsTab;
  action?: ReactNode;
  children: ReactNode;
}

export function SettingsFrame({ tab, action, children }: SettingsFrameProps) {
  const t = useSettingsMessages();
  return (
    <Page title={t(tab)} lead={t(`${tab}.lead`)} action={action}>
      <nav aria-label={t('tabs')} className={tabRow}>
        {tabs.map((other) => (
          <Link
            key={other}
            to={`/settings/${other}`}
            className={tabLink}
          >
            {t(other)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}

function Forbidden() {
  const t = useSettingsMessages();
  const user = useSession()?.user;
  const detail = user && t('forbidden.detail', { name: user.name, role: t(`role.${user.role}`) });
  return <EmptyState icon={<ShieldAlert size={24} strokeWidth={1.5} />} title={t('forbidden.title')} detail={detail} />;
}

export interface ListCardProps<T> {
  query: { data: T[] | undefined; error: Error | null; refetch: () => unknown };
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A list from the server in the states it can be in. */
export function ListCard<T>({ query, empty, children }: ListCardProps<T>) {
  const { data, error } = query;
  const content = () => {
    if (data) return data.length === 0 ? empty : children(data);
    if (error instanceof ApiProblem && error.status === 403) return <Forbidden />;
    if (error) return <ErrorState error={error} onRetry={() => void query.refetch()} />;
    return <Skeleton className="m-4 h-40" />;
  };
  return <Card>{content()}</Card>;
}
