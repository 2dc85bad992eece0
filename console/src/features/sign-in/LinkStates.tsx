import { Link2Off, LoaderCircle } from 'lucide-react';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/States';
import { useSignInMessages } from './messages';

export function LinkWorking() {
  const t = useSignInMessages();
  return (
    <div role="status" className="flex items-center justify-center gap-2 py-6 text-ink-2">
      <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
      {t('link.working')}
    </div>
  );
}

export function LinkRefused({ onPassword }: { onPassword: () => void }) {
  const t = useSignInMessages();
  return (
    <div role="alert">
      <EmptyState icon={<Link2Off size={24} strokeWidth={1.5} />} title={t('link.badTitle')} detail={t('link.badDetail')}>
        <Button look="primary" onClick={onPassword}>
          {t('link.toPassword')}
        </Button>
      </EmptyState>
    </div>
  );
}
