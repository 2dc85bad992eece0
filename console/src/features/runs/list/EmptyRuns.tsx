import { Link } from '@tanstack/react-router';
import { Bot } from 'lucide-react';
import { CodeBox } from '@/ui/CopyButton';
import { EmptyState } from '@/ui/States';
import { useRunsMessages } from '../messages';

/** The first run as a command: an agent where there is one, any other command works as well. */
const example = (server: string) => `export SIGNALBOX_SERVER=${server}
export SIGNALBOX_TOKEN=sbx_…
cicd-runner run -- claude -p "Fix the failing test" --output-format stream-json --verbose`;

/** Says what runs are and gives the way to the first one. */
export function EmptyRuns() {
  const t = useRunsMessages();
  return (
    <EmptyState icon={<Bot size={24} strokeWidth={1.5} />} title={t('empty.title')} detail={t('empty.detail')}>
      <p className="mt-4 mb-1.5 text-xs text-ink-3">{t('empty.command')}</p>
      <CodeBox text={example(window.location.origin)} />
      <p className="mt-3 flex flex-wrap items-center justify-center gap-x-2 text-ink-2">
        <Link to="/settings/tokens" search={{ new: '1' }} className="rounded font-medium text-accent underline underline-offset-2">
          {t('empty.token')}
        </Link>
        {t('empty.tokenHint')}
      </p>
    </EmptyState>
  );
}
