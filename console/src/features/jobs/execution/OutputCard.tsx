import { ArrowDownToLine, Download, TriangleAlert, WrapText } from 'lucide-react';
import { useState } from 'react';
import type { ExecutionDetail } from '@/api/jobsContracts';
import { download } from '@/lib/csv';
import { Button, IconButton } from '@/ui/Button';
import { CopyButton } from '@/ui/CopyButton';
import { Card, Section } from '@/ui/Page';
import { InlineError, Skeleton } from '@/ui/States';
import { useExecutionMessages } from './messages';
import { outputText } from './outputLines';
import { OutputLines } from './OutputLines';
import { useOutput } from './useOutput';

/** What a run wrote, live while it runs. */
export function OutputCard({ run }: { run: ExecutionDetail }) {
  const t = useExecutionMessages();
  const isLive = run.state === 'running' || run.state === 'scheduled';
  const { output, error, ready } = useOutput(run.id, isLive, !isLive && run.outputCut);
  const [following, setFollowing] = useState(true);
  const [wrapped, setWrapped] = useState(false);
  const { lines, dropped } = output;
  const isCut = output.cut || run.outputCut;
  const note = (
    <span className="inline-flex items-center gap-2">
      {lines.length > 0 && t('lines', { count: lines.length + dropped })}
      {run.state === 'running' && (
        <span className="inline-flex items-center gap-1 font-medium text-info">
          <span className="size-1.5 animate-[pulse-soft_1.6s_ease-in-out_infinite] rounded-full bg-info" aria-hidden="true" />
          {t('outputLive')}
        </span>
      )}
    </span>
  );
  const empty = run.state === 'scheduled' ? t('outputNotStarted') : isLive ? t('outputWaiting') : t('outputNone');
  return (
    <Section title={t('output')} note={note}>
      <Card className="overflow-hidden">
        {lines.length > 0 && (
          <div className="flex items-center justify-end gap-1 border-b border-line px-2 py-1">
            {isLive && !following && (
              <Button small icon={<ArrowDownToLine size={13} />} onClick={() => setFollowing(true)}>
                {t('follow')}
              </Button>
            )}
            <IconButton label={t('wrap')} icon={<WrapText size={14} />} aria-pressed={wrapped} className={wrapped ? 'text-accent' : undefined} onClick={() => setWrapped(!wrapped)} />
            <CopyButton text={outputText(lines)} what={t('copyOutput')} />
            <IconButton label={t('download')} icon={<Download size={14} />} onClick={() => download(`${run.taskName}-${run.id}.log`, new Blob([outputText(lines)], { type: 'text/plain;charset=utf-8' }))} />
          </div>
        )}
        {error && <InlineError error={error} />}
        {dropped > 0 && <p className="px-3 py-1.5 text-xs text-ink-3">{t('outputDropped', { count: dropped })}</p>}
        {lines.length > 0 ? (
          <OutputLines lines={lines} following={isLive && following} wrapped={wrapped} onFollowingChange={setFollowing} />
        ) : (
          !error && (ready ? <p className="px-3 py-6 text-center text-ink-3">{empty}</p> : <Skeleton className="m-3 h-16" />)
        )}
        {isCut && (
          <p className="flex items-center gap-2 border-t border-line bg-warn-soft px-3 py-1.5 text-xs text-warn">
            <TriangleAlert size={13} aria-hidden="true" />
            {t('outputCut')}
          </p>
        )}
      </Card>
    </Section>
  );
}
