import { useState } from 'react';
import { useMetricsMessages } from './messages';
import { cleanName } from './urlState';

/** Renames a query in place: Enter keeps, Escape leaves; `onDone` gets null when nothing changes. */
export function RenameField({ name, taken, onDone }: { name: string; taken: readonly string[]; onDone: (name: string | null) => void }) {
  const t = useMetricsMessages();
  const [text, setText] = useState(name);
  const clean = cleanName(text);
  const isTaken = clean !== name && taken.includes(clean);
  const finish = () => onDone(clean === '' || clean === name || isTaken ? null : clean);
  return (
    <input
      autoFocus
      className="field h-8 min-h-8 w-24 px-2 font-mono text-xs"
      aria-label={t('query.renameLabel', { name })}
      aria-invalid={isTaken || undefined}
      title={isTaken ? t('query.nameTaken') : undefined}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') onDone(null);
      }}
    />
  );
}
