import { CircleAlert, Inbox, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import { useUiMessages } from './messages';

interface FrameProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  role?: 'alert' | 'status';
}

const Frame = ({ icon, title, children, role }: FrameProps) => (
  <div role={role} className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-8 text-center">
    <div className="text-ink-3">{icon}</div>
    <div className="text-base font-semibold">{title}</div>
    {children}
  </div>
);

/** Says what would be here, and gives the one thing that fills it. */
export function EmptyState({ title, detail, icon, children }: { title: string; detail?: string; icon?: ReactNode; children?: ReactNode }) {
  return (
    <Frame icon={icon ?? <Inbox size={24} strokeWidth={1.5} />} title={title}>
      {detail && <p className="text-ink-2">{detail}</p>}
      {children && <div className="mt-2 w-full">{children}</div>}
    </Frame>
  );
}

/** A problem's title names its kind; what happened stands in its detail. */
const describe = (error: Error & Partial<Described>): string => error.detail ?? error.message;

interface Described {
  message: string;
  detail?: string | null;
  code?: string;
  requestId?: string | null;
}

export interface ErrorStateProps {
  error: Error & Partial<Described>;
  onRetry?: () => void;
  /** For a card among many: without icon and second title. */
  compact?: boolean;
}

/** Says what failed, with code and request id, and offers to try again. */
export function ErrorState({ error, onRetry, compact }: ErrorStateProps) {
  const t = useUiMessages();
  const offline = error.name === 'ConnectionError';
  return (
    <Frame
      role="alert"
      icon={compact ? null : offline ? <Unplug size={24} strokeWidth={1.5} /> : <CircleAlert size={24} strokeWidth={1.5} className="text-bad" />}
      title={offline ? t('connectionTitle') : t('errorTitle')}
    >
      <p className="break-words text-ink-2">{offline ? t('connectionDetail') : describe(error)}</p>
      {(error.code ?? error.requestId) && (
        <p className="font-mono text-xs text-ink-3">
          {error.code && `${t('code')} ${error.code}`}
          {error.requestId && ` · ${t('requestId')} ${error.requestId}`}
        </p>
      )}
      {onRetry && (
        <Button className="mt-1" small={compact} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Frame>
  );
}

/** A grey place for what is coming; shows only when it takes longer than 200 ms. */
export function Skeleton({ className }: { className?: string }) {
  const t = useUiMessages();
  return (
    <div role="status" aria-label={t('loading')} className={cx('delayed', className)}>
      <div className="h-full w-full animate-[pulse-soft_1.6s_ease-in-out_infinite] rounded-md bg-raised" />
    </div>
  );
}

/** A problem beside content that stays: one line, not a page. */
export function InlineError({ error }: { error: Error & Partial<Described> }) {
  const t = useUiMessages();
  return (
    <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
      <span className="font-medium">{error.name === 'ConnectionError' ? t('connectionTitle') : describe(error)}</span>
      {error.requestId && <span className="block font-mono text-xs">{error.requestId}</span>}
    </div>
  );
}
