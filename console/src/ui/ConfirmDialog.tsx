import { useState, type ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Field } from './Field';
import { useUiMessages } from './messages';

export interface ConfirmDialogProps {
  title: string;
  action: string;
  children: ReactNode;
  /** For what cannot be undone: the name that must be typed first. */
  typeName?: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once before something is destroyed. */
export function ConfirmDialog({ title, action, children, typeName, busy, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useUiMessages();
  const [typed, setTyped] = useState('');
  const prompt = typeName === undefined ? '' : t('typeToConfirm', { name: typeName });
  const missing = typeName !== undefined && typed !== typeName;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !busy) onConfirm();
        }}
      >
        <div className="text-ink-2">{children}</div>
        {typeName !== undefined && (
          <div className="mt-4">
            <Field label={prompt}>
              {(field) => <input {...field} className="field font-mono" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />}
            </Field>
          </div>
        )}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="danger" busy={busy} disabledReason={missing ? prompt : null}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
