import { Languages } from 'lucide-react';
import type { ReactNode } from 'react';
import { localeNames, locales, localeStore, useLocale } from '@/lib/locale';
import { Button } from '@/ui/Button';
import { Menu, MenuChoice } from '@/ui/Menu';
import { useSignInMessages } from './messages';

/** The card in the middle that every state of signing in is shown in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  const t = useSignInMessages();
  const locale = useLocale();
  return (
    <div className="flex min-h-full flex-col items-center justify-center gap-6 px-4 py-10">
      <div className="flex items-center gap-3">
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <span className="text-2xl font-semibold tracking-tight">Signalbox</span>
      </div>
      <main className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-card">{children}</main>
      <Menu
        align="start"
        trigger={
          <Button look="ghost" small icon={<Languages size={14} />} aria-label={`${t('language')}: ${localeNames[locale]}`}>
            {localeNames[locale]}
          </Button>
        }
      >
        <MenuChoice value={locale} onChange={localeStore.set} choices={locales.map((value) => ({ value, label: localeNames[value] }))} />
      </Menu>
    </div>
  );
}
