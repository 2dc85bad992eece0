import { CircleAlert, CircleCheck, CircleHelp, ShieldX } from 'lucide-react';
import type { AuditOutcome } from '@/api/auditContracts';
import { cx } from '@/ui/cx';
import { useAuditMessages } from '../messages';

const looks = {
  succeeded: ['bg-ok-soft text-ok', CircleCheck],
  failed: ['bg-bad-soft text-bad', CircleAlert],
  denied: ['bg-warn-soft text-warn', ShieldX],
} as const;

/** How it went, in a word, a colour and an icon. */
export function OutcomeBadge({ outcome }: { outcome: AuditOutcome }) {
  const t = useAuditMessages();
  const isKnown = outcome in looks;
  const [className, Icon] = isKnown ? looks[outcome] : (['bg-raised text-ink-2', CircleHelp] as const);
  return (
    <span className={cx('inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap', className)}>
      <Icon size={12} aria-hidden="true" />
      {isKnown ? t(`outcome.${outcome}`) : outcome}
    </span>
  );
}
