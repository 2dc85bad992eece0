import { formatDateTime, formatRelative } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { useNow } from '@/lib/useNow';
import { useUiMessages } from './messages';
import { Tooltip } from './Tooltip';

/** An instant relative to now, absolute in both zones on hover; `value` is RFC 3339, null shows as never. */
export function Time({ value }: { value: string | null | undefined }) {
  const locale = useLocale();
  const t = useUiMessages();
  const ticking = useNow();
  if (!value) return <span className="text-ink-3">{t('never')}</span>;
  const ms = Date.parse(value);
  // The clock here ticks every ten seconds; what happened since then is now, not in the future.
  const now = ms > ticking && ms - ticking < 15_000 ? ms : ticking;
  const absolute = (
    <span className="tabular block">
      <span className="block">{`${t('localTime')}: ${formatDateTime(locale, ms)}`}</span>
      <span className="block">{`${t('utcTime')}: ${formatDateTime(locale, ms, 'UTC')}`}</span>
    </span>
  );
  return (
    <Tooltip text={absolute}>
      <time dateTime={value} tabIndex={0} className="rounded whitespace-nowrap">
        {formatRelative(locale, ms, now)}
      </time>
    </Tooltip>
  );
}
