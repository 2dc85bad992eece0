import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { AuditCut } from '@/api/auditContracts';
import { hasCrypto, utf8, type Bytes } from '@/lib/bytes';
import { cx } from '@/ui/cx';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { useDiffMessages } from './messages';
import { compareWith, type Likeness } from './original';

const words = { same: 'compareSame', end: 'compareEnd', length: 'compareLength', hash: 'compareHash' } as const;

/** Says whether a text or a file is the value that was cut. */
export function CompareDialog({ cut, onClose }: { cut: AuditCut; onClose: () => void }) {
  const t = useDiffMessages();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ likeness: Likeness; length: number } | null>(null);
  const compare = async (bytes: Bytes) => setAnswer({ likeness: await compareWith(cut, bytes), length: bytes.length });
  const take = (next: string) => {
    setText(next);
    if (next === '') setAnswer(null);
    else void compare(utf8(next));
  };
  const good = answer?.likeness === 'same' || answer?.likeness === 'end';
  const Icon = good ? CircleCheck : CircleAlert;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('compareTitle')} description={t('compareLead', { path: cut.path, size: t('bytes', { count: cut.length }) })}>
      {hasCrypto() ? (
        <div className="space-y-4">
          <Field label={t('compareText')}>
            {(control) => (
              <textarea
                {...control}
                className="field h-40 font-mono text-xs"
                spellCheck={false}
                value={text}
                onChange={(event) => take(event.target.value)}
                onPaste={(event) => {
                  // Browsers insert a long text line by line, which takes them seconds.
                  event.preventDefault();
                  const { value, selectionStart, selectionEnd } = event.currentTarget;
                  take(value.slice(0, selectionStart) + event.clipboardData.getData('text') + value.slice(selectionEnd));
                }}
              />
            )}
          </Field>
          <Field label={t('compareFile')}>
            {(control) => <input {...control} type="file" className="field" onChange={(event) => void event.target.files?.[0]?.arrayBuffer().then((buffer) => compare(new Uint8Array(buffer)))} />}
          </Field>
          <div role="status" className="min-h-9">
            {answer && (
              <p className={cx('flex items-center gap-2 rounded-md px-3 py-2 font-medium', good ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad')}>
                <Icon size={15} aria-hidden="true" className="shrink-0" />
                {t(words[answer.likeness], { size: t('bytes', { count: answer.length }) })}
              </p>
            )}
          </div>
        </div>
      ) : (
        <p className="text-ink-2">{t('compareUnable')}</p>
      )}
      <code className="mt-3 block font-mono text-xs break-all text-ink-3">{`sha256:${cut.sha256}`}</code>
    </Dialog>
  );
}
