import { FileMinus2, FilePen, FilePlus2, TriangleAlert, type LucideIcon } from 'lucide-react';
import { changeKinds, type ChangeKind, type FileChange } from '@/api/runsContracts';
import { formatBytes, formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Tooltip } from '@/ui/Tooltip';
import { useDetailMessages } from '../messages';

const icons: Record<ChangeKind, readonly [LucideIcon, string]> = { added: [FilePlus2, 'text-ok'], modified: [FilePen, 'text-info'], deleted: [FileMinus2, 'text-bad'] };

/** Whether a file was added, modified or deleted. */
export function ChangeIcon({ change }: { change: FileChange }) {
  const t = useDetailMessages();
  const kind = changeKinds.find((known) => known === change.kind) ?? 'modified';
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
            {added > 0 && <span className="text-ok">{`+${formatCount(locale, added)}`}</span>} {removed ? <span className="text-bad">{`−${formatCount(locale, removed)}`}</span> : null}
          </>
        ) : (
          <span className="text-ink-3">{formatBytes(locale, bytes ?? 0)}</span>
        )}
      </span>
    </span>
  );
}
