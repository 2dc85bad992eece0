import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';
import { cx } from './cx';
import { Tooltip } from './Tooltip';

export interface SwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Makes the switch do nothing and says why, on hover and on focus. */
  disabledReason?: string | null | false;
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, disabledReason }: SwitchProps) {
  const reasonId = useId();
  const blocked = Boolean(disabledReason);
  return (
    <>
      <Tooltip text={disabledReason || undefined}>
        <Radix.Root
          checked={checked}
          onCheckedChange={(next) => !blocked && onChange(next)}
          aria-label={label}
          aria-disabled={blocked || undefined}
          aria-describedby={blocked ? reasonId : undefined}
          className={cx(
            // Not by data-state, which the tooltip around it writes too.
            'relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border align-middle transition-colors',
            checked ? 'border-accent bg-accent' : 'border-line-strong bg-raised',
            blocked && 'cursor-not-allowed opacity-55',
          )}
        >
          <Radix.Thumb className={cx('block size-3 rounded-full transition-transform', checked ? 'translate-x-4 bg-on-accent' : 'translate-x-0.5 bg-line-strong')} />
        </Radix.Root>
      </Tooltip>
      {blocked && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </>
  );
}
