import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Page } from '@/ui/Page';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { useAppMessages } from './messages';

/** Drawn inside the shell, so that whoever follows a wrong link still has the navigation at hand. */
export function NotFoundPage() {
  const t = useAppMessages();
  return (
    <Page title={t('notFound.title')} lead={t('notFound.detail')}>
      <EmptyState icon={<Compass size={24} strokeWidth={1.5} />} title={t('notFound.hint')}>
        <Link to="/" className="font-medium text-accent underline underline-offset-2">
          {t('notFound.home')}
        </Link>
      </EmptyState>
    </Page>
  );
}

export function RouteError({ error: thrown }: ErrorComponentProps) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const router = useRouter();
  return (
    <div className="pt-16">
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </div>
  );
}

export function RoutePending() {
  return (
    <div className="mx-auto w-full max-w-6xl space-y-4 px-6 py-6">
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
