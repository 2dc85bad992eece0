import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '@/lib/clipboard';
import { Button, IconButton } from './Button';
import { useUiMessages } from './messages';

/** Copies text and says so for a moment. With `label` it is a worded button. */
export function CopyButton({ text, label, what }: { text: string; label?: string; what?: string }) {
  const t = useUiMessages();
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 1800);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => void copyText(text).then((ok) => setOutcome(ok ? 'copied' : 'refused'));
  const icon = outcome === 'copied' ? <Check size={14} className="text-ok" /> : <Copy size={14} />;
  const words = { idle: label ?? what ?? t('copy'), copied: t('copied'), refused: t('copyFailed') }[outcome];
  return (
    <>
      {label === undefined ? (
        <IconButton label={words} icon={icon} onClick={copy} />
      ) : (
        <Button icon={icon} onClick={copy}>
          {words}
        </Button>
      )}
      <span className="sr-only" role="status">
        {outcome === 'idle' ? '' : words}
      </span>
    </>
  );
}

/** Text to take along: monospaced, selectable, with a copy button. */
export function CodeBox({ text, what }: { text: string; what?: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-raised py-1.5 pr-1.5 pl-3 text-left">
      <code className="min-w-0 flex-1 py-1 font-mono text-xs break-all whitespace-pre-wrap select-all">{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
