import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { useAppMessages } from './messages';

export function NotFoundPage() {
  const t = useAppMessages();
  return (
    <main className="pt-16">
      <EmptyState icon={<Compass size={24} strokeWidth={1.5} />} title={t('notFound.title')} detail={t('notFound.detail')}>
        <Link to="/" className="font-medium text-accent underline underline-offset-2">
          {t('notFound.home')}
        </Link>
      </EmptyState>
    </main>
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
