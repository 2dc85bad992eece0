import { EyeOff, Scissors } from 'lucide-react';
import type { AuditCut, AuditEventDetail } from '@/api/auditContracts';
import { formatBytes } from '@/lib/format';
import { useLocale } from '@/lib/locale';
import { Button } from '@/ui/Button';
import { Card, Section } from '@/ui/Page';
import { useDiffMessages } from './messages';

/** Every value of the record that is not there in full, wherever it stands. */
export function PlaceList({ event, onCompare }: { event: AuditEventDetail; onCompare: (cut: AuditCut) => void }) {
  const t = useDiffMessages();
  const locale = useLocale();
  if (event.cut.length + event.redacted.length === 0) return null;
  return (
    <Section title={t('places')}>
      <Card>
        <ul>
          {event.cut.map((cut) => (
            <li key={cut.path} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0">
              <Scissors size={14} aria-hidden="true" className="text-warn" />
              <code className="font-mono text-xs break-all">{cut.path}</code>
              <span className="text-ink-2">{t(cut.ofName ? 'cutName' : 'cut', { size: formatBytes(locale, cut.length) })}</span>
              {cut.sha256 !== null && (
                <>
                  <code className="min-w-0 flex-1 truncate font-mono text-2xs text-ink-3" title={cut.sha256}>{`sha256:${cut.sha256}`}</code>
                  <Button small onClick={() => onCompare(cut)}>{t('compare')}</Button>
                </>
              )}
            </li>
          ))}
          {event.redacted.map(({ path, rule }) => (
            <li key={`${path} ${rule}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0">
              <EyeOff size={14} aria-hidden="true" className="text-warn" />
              <code className="font-mono text-xs break-all">{path}</code>
              <span className="text-ink-2">{t('erasedTip', { rule })}</span>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
