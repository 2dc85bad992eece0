import { FileMinus2, FilePen, FilePlus2, TriangleAlert } from 'lucide-react';
import type { FileChange } from '@/api/runsContracts';
import { formatBytes, formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Tooltip } from '@/ui/Tooltip';
import { useDetailMessages } from '../messages';

const icons = { added: [FilePlus2, 'text-ok'], modified: [FilePen, 'text-info'], deleted: [FileMinus2, 'text-bad'] } as const;

/** Whether a file was added, modified or deleted. */
export function ChangeIcon({ kind }: { kind: FileChange['kind'] }) {
  const t = useDetailMessages();
  const [Icon, className] = icons[kind];
  return (
    <Tooltip text={t(`kind.${kind}`)}>
      <Icon size={15} strokeWidth={1.75} className={`shrink-0 ${className}`} role="img" aria-label={t(`kind.${kind}`)} />
    </Tooltip>
  );
}

/** How much of a file changed, and whether the agent told of it. */
export function ChangeMarks({ change }: { change: FileChange }) {
  const t = useDetailMessages();
  const locale = useLocale();
  const { linesAdded: added, linesRemoved: removed, bytes, attributed } = change;
  const counted = added !== null && added !== undefined;
  return (
    <span className="inline-flex shrink-0 items-center gap-2.5">
      {!attributed && (
        <Tooltip text={t('unattributedWhy')}>
          <span tabIndex={0} className="inline-flex items-center gap-1 rounded bg-warn-soft px-1.5 py-0.5 text-xs font-medium text-warn">
            <TriangleAlert size={12} aria-hidden="true" />
            {t('unattributed')}
          </span>
        </Tooltip>
      )}
      <span className="tabular w-24 text-right font-mono text-xs whitespace-nowrap">
        {counted ? (
          <>
            <span className="text-ok">{`+${formatCount(locale, added)}`}</span> <span className="text-bad">{`−${formatCount(locale, removed ?? 0)}`}</span>
          </>
        ) : (
          <span className="text-ink-3">{formatBytes(locale, bytes ?? 0)}</span>
        )}
      </span>
    </span>
  );
}
