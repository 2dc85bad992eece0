import type { AuditEvent } from '@/api/auditContracts';
import { useLocale } from '@/lib/locale';
import { cx } from '@/ui/cx';
import { useAuditMessages } from '../messages';
import { summaryOf, type Summary } from './summary';

/** A summary in words. */
export function useSummaryText(): (summary: Summary) => string {
  const t = useAuditMessages();
  const locale = useLocale();
  const list = (parts: readonly string[]) => new Intl.ListFormat(locale, { style: 'narrow', type: 'conjunction' }).format(parts);
  const listed = (parts: readonly string[], more: number) => list(more > 0 ? [...parts, t('moreChanges', { count: more })] : parts);
  return (summary) => {
    switch (summary.kind) {
      case 'none':
        return '';
      case 'reasons':
        return summary.text;
      case 'gap':
        return t('gap', { count: summary.count });
      case 'created':
        return summary.members.length === 0 ? t('createdPlain') : t('created', { members: listed(summary.members.map((member) => t('added', member)), summary.more) });
      case 'deleted':
        return t('deleted');
      case 'changed': {
        const changes = summary.changes.map(({ name, old, now }) => (now === null ? t('removed', { name }) : old === null ? t('added', { name, now }) : t('changed', { name, old, now })));
        return listed(changes, summary.more);
      }
    }
  };
}

/** What an event changed, in one line. */
export function ChangeText({ event }: { event: AuditEvent }) {
  const summary = summaryOf(event);
  const text = useSummaryText()(summary);
  return (
    <span className={cx('block truncate', summary.kind === 'gap' ? 'font-medium text-warn' : 'text-ink-2')} title={text}>
      {text}
    </span>
  );
}
