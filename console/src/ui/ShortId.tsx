import { copyText } from '@/lib/clipboard';
import { useUiMessages } from './messages';
import { notify } from './notice';
import { Tooltip } from './Tooltip';

/** The beginning of an id, copied whole by a click. */
export function ShortId({ id, keep = 8 }: { id: string; keep?: number }) {
  const t = useUiMessages();
  return (
    <Tooltip text={<span className="font-mono break-all">{id}</span>}>
      <button
        type="button"
        className="rounded font-mono text-xs text-ink-2 hover:text-ink"
        onClick={() => void copyText(id).then((done) => notify(done ? t('copied') : t('copyFailed')))}
      >
        <span className="sr-only">{t('copy')}</span> {id.slice(0, keep)}
      </button>
    </Tooltip>
  );
}
