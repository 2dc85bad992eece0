import { Braces, Copy, FileDiff, FileLock2 } from 'lucide-react';
import { auditApi } from '@/api/audit';
import type { AuditEventDetail } from '@/api/auditContracts';
import { copyText } from '@/lib/clipboard';
import { Button } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { useUiMessages } from '@/ui/messages';
import { notify } from '@/ui/notice';
import { useDetailMessages } from './messages';

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
/** The change as RFC 6902 knows it, without the old values. */
const patchOf = ({ diff }: AuditEventDetail): string => pretty(diff.map(({ op, path, value }) => (op === 'remove' ? { op, path } : { op, path, value })));

/** Takes an event along: as shown, as a patch, or as it is stored. */
export function CopyMenu({ event }: { event: AuditEventDetail }) {
  const t = useDetailMessages();
  const ui = useUiMessages();
  const copy = async (text: string) => notify((await copyText(text)) ? ui('copied') : ui('copyFailed'));
  const copyEntry = () =>
    auditApi.entry(event.id).then(
      (bytes) => copy(new TextDecoder().decode(bytes)),
      (error: Error) => notify(t('copyFailed', { reason: error.message })),
    );
  return (
    <Menu trigger={<Button icon={<Copy size={14} />}>{t('copy')}</Button>}>
      <MenuItem icon={<Braces size={15} />} onSelect={() => void copy(pretty(event))}>{t('copyJson')}</MenuItem>
      {event.diff.length > 0 && <MenuItem icon={<FileDiff size={15} />} onSelect={() => void copy(patchOf(event))}>{t('copyPatch')}</MenuItem>}
      <MenuItem icon={<FileLock2 size={15} />} onSelect={() => void copyEntry()}>{t('copyRaw')}</MenuItem>
    </Menu>
  );
}
