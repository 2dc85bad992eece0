import { Fragment } from 'react';
import { useLocale } from '@/lib/locale';
import { Dialog } from '@/ui/Dialog';
import { useAppMessages } from '../messages';
import { useNav } from '../registryContext';

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const t = useAppMessages();
  const locale = useLocale();
  const nav = useNav();
  const rows: [string[], string][] = [
    ...nav.map((entry): [string[], string] => [['g', entry.key], t('keys.goTo', { page: entry.label(locale) })]),
    [['/'], t('keys.search')],
    [['Ctrl', 'K'], t('keys.palette')],
    [['t'], t('keys.time')],
    [['r'], t('keys.refresh')],
    [['?'], t('keys.help')],
    [['Esc'], t('keys.back')],
  ];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('keys.title')}>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2.5">
        {rows.map(([keys, what]) => (
          <Fragment key={what}>
            <dt>{what}</dt>
            <dd className="flex justify-end gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded border border-line bg-raised px-1.5 font-mono text-xs">
                  {key}
                </kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
