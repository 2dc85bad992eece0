import type { SignInLink } from '@/api/contracts';
import { formatDateTime } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Button } from '@/ui/Button';
import { CodeBox } from '@/ui/CopyButton';
import { Dialog } from '@/ui/Dialog';
import { useSettingsMessages } from '../messages';

/** A one-time link, shown this once. */
export function LinkDialog({ name, link, onClose }: { name: string; link: SignInLink; onClose: () => void }) {
  const t = useSettingsMessages();
  const locale = useLocale();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('users.linkTitle', { name })}>
      <div className="space-y-4">
        <p className="text-ink-2">{t('users.linkDetail', { name, time: formatDateTime(locale, Date.parse(link.expiresAt)) })}</p>
        <CodeBox text={new URL(link.path, window.location.origin).href} what={t('users.linkCopy')} />
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            {t('users.linkDone')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
