import { useId, type ReactNode } from 'react';

interface ControlProps {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /** Draws the control; spread the properties on it so that label and messages belong to it. */
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its hint and its error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': note ? noteId : undefined })}
      {note && (
        <div id={noteId} className={error ? 'mt-1 text-xs text-bad' : 'mt-1 text-xs text-ink-3'} role={error ? 'alert' : undefined}>
          {note}
        </div>
      )}
    </div>
  );
}
