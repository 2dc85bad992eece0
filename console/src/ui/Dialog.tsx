import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import { useUiMessages } from './messages';

/** Starts in the first field where there is one; a focused close button would only show its tooltip. */
function focusFirstField(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  (content.querySelector<HTMLElement>('input:not([readonly]), textarea, select') ?? content).focus();
}

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** Hides title and description from sight, not from screen readers. */
  quiet?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog. Radix's own overlay is left out on purpose: it adds a style element to lock scrolling, which the
 * server's content security policy refuses, and the shell scrolls inside its own box anyway.
 */
export function Dialog({ open, onOpenChange, title, description, quiet, wide, children }: DialogProps) {
  const t = useUiMessages();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 bg-[rgb(0_0_0/38%)]" aria-hidden="true" />
        <Radix.Content
          aria-describedby={description ? undefined : ''}
          onOpenAutoFocus={focusFirstField}
          className={cx(
            'pop fixed top-[10vh] left-1/2 z-50 flex max-h-[82vh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col overflow-hidden outline-none',
            wide ? 'max-w-6xl' : 'max-w-lg',
          )}
        >
          <div className={quiet ? 'sr-only' : 'flex items-start gap-4 border-b border-line px-5 py-3.5'}>
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="text-ink-2">{description}</Radix.Description>}
            </div>
            {!quiet && (
              <Radix.Close asChild>
                <IconButton label={t('close')} icon={<X size={16} />} className="-mt-1 -mr-2" />
              </Radix.Close>
            )}
          </div>
          <div className={cx('min-h-0 overflow-y-auto', !quiet && 'p-5')}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
