import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface PopoverProps {
  trigger: ReactNode;
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'end';
  children: ReactNode;
}

export function Popover({ trigger, label, open, onOpenChange, align = 'end', children }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content aria-label={label} align={align} sideOffset={6} collisionPadding={8} className="pop z-50 max-h-[80vh] max-w-[calc(100vw-16px)] overflow-auto">
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
