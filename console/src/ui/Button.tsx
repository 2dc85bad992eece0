import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx';
import { Tooltip } from './Tooltip';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  secondary: 'bg-surface text-ink border-line hover:bg-raised',
  ghost: 'bg-transparent text-ink-2 border-transparent hover:bg-raised hover:text-ink',
  danger: 'bg-surface text-bad border-line hover:bg-bad-soft',
};

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: keyof typeof looks;
  small?: boolean;
  /** As wide as high, for an icon alone. */
  square?: boolean;
  icon?: ReactNode;
  /** Makes the button do nothing and says why, on hover and on focus. */
  disabledReason?: string | null | false;
  busy?: boolean;
  /** Said on hover and focus while the button works. */
  tooltip?: string;
}

export function Button({ look = 'secondary', small, square, icon, disabledReason, busy, tooltip, className, children, onClick, ...rest }: ButtonProps) {
  const reasonId = useId();
  const blocked = Boolean(disabledReason) || busy === true;
  const button = (
    <button
      type="button"
      {...rest}
      onClick={blocked ? (event) => event.preventDefault() : onClick}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
      className={cx(
        'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none',
        square ? 'size-8 shrink-0' : small ? 'min-h-7 px-2 text-xs' : 'min-h-8.5 px-3 text-sm',
        looks[look],
        blocked && 'cursor-not-allowed opacity-55',
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
  // Whoever may have a reason is wrapped always: a button that is built anew when its reason goes would lose the focus.
  if (disabledReason === undefined && tooltip === undefined) return button;
  return (
    <>
      <Tooltip text={disabledReason || tooltip}>{button}</Tooltip>
      {disabledReason && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  label: string;
  icon: ReactNode;
}

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({ label, icon, className, ...rest }: IconButtonProps) {
  return (
    <Button look="ghost" square {...rest} tooltip={label} aria-label={label} className={className}>
      {icon}
    </Button>
  );
}
