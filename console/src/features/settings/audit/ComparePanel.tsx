import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, ShieldQuestion } from 'lucide-react';
import { readSeen } from '@/lib/seenCheckpoint';
import { readCheckpoint, readNote } from '@/lib/signedNote';
import { Button } from '@/ui/Button';
import { CodeBox, CopyButton } from '@/ui/CopyButton';
import { cx } from '@/ui/cx';
import { InlineError } from '@/ui/States';
import { Time } from '@/ui/Time';
import { compareWithSeen, type CompareResult } from './compare';
import { useAuditSettings } from './messages';
import { checkpointQuery } from './queries';

const good: readonly CompareResult[] = ['first', 'same', 'grown'];

/** Compares the log with what this browser saw of it before. */
export function ComparePanel({ origin, note: current }: { origin: string; note: string }) {
  const t = useAuditSettings();
  const client = useQueryClient();
  const compare = useMutation({ mutationFn: () => compareWithSeen(Date.now()), onSuccess: () => client.invalidateQueries(checkpointQuery) });
  const seen = readSeen(origin);
  const note = seen && readNote(seen.note);
  const size = note && readCheckpoint(note.text)?.size;
  const outcome = compare.data;
  const holds = outcome && good.includes(outcome.result);
  const Icon = holds ? CircleCheck : outcome?.result === 'unable' ? ShieldQuestion : CircleX;
  return (
    <div className="border-t border-line px-4 py-3">
      <p className="mb-2 max-w-3xl text-ink-2">
        {t('compareHint')}{' '}
        {seen && size !== null && size !== undefined ? (
          <>
            {t('remember', { size: t('sizeEvents', { count: Number(size) }) })} <Time value={seen.at} />.
          </>
        ) : (
          t('rememberNone')
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button busy={compare.isPending} onClick={() => compare.mutate()}>
          {t('compare')}
        </Button>
        <CopyButton text={current} label={t('copyNote')} />
      </div>
      <div role="status" className="mt-3">
        {compare.error && <InlineError error={compare.error} />}
        {outcome && (
          <p className={cx('flex items-center gap-2 rounded-md px-3 py-2 font-medium', holds ? 'bg-ok-soft text-ok' : outcome.result === 'unable' ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad')}>
            <Icon size={16} aria-hidden="true" className="shrink-0" />
            <span>
              {t(`result.${outcome.result}`)}
              {!outcome.kept && ` ${t('notKept')}`}
            </span>
          </p>
        )}
        {outcome?.evidence && (
          <div className="mt-3 space-y-2">
            <p className="font-medium">{t('evidence')}</p>
            <p className="text-xs text-ink-3">{t('then')}</p>
            <CodeBox text={outcome.evidence.then} />
            <p className="text-xs text-ink-3">{t('now')}</p>
            <CodeBox text={outcome.evidence.now} />
          </div>
        )}
      </div>
    </div>
  );
}
