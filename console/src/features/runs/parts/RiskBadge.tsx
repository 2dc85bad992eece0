import { ShieldAlert, ShieldCheck, type LucideIcon } from 'lucide-react';
import { riskLevels, type RiskLevel } from '@/api/runsContracts';
import { formatCount } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { useRunsMessages } from '../messages';

const looks: Record<RiskLevel, [string, LucideIcon]> = {
  low: ['text-ok', ShieldCheck],
  medium: ['text-warn', ShieldAlert],
  high: ['text-bad', ShieldAlert],
  critical: ['bg-bad-soft text-bad', ShieldAlert],
};
const isLevel = (level: string | null | undefined): level is RiskLevel => riskLevels.some((known) => known === level);

/** How much a reviewer should worry: the score with its level in a word. */
export function RiskBadge({ score, level }: { score: number | null | undefined; level: string | null | undefined }) {
  const t = useRunsMessages();
  const locale = useLocale();
  if (score === null || score === undefined || !isLevel(level)) return <span className="text-ink-3">–</span>;
  const [className, Icon] = looks[level];
  return (
    <span className={cx('tabular inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap', className)}>
      <Icon size={13} aria-hidden="true" />
      {t('riskOf', { score: formatCount(locale, score), level: t(`risk.${level}`) })}
    </span>
  );
}
