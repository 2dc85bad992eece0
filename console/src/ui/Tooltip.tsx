import { Tooltip as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

/** Says more on hover and focus; nothing while there is no text. The child must be one element that takes a ref and handlers. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Root open={open && Boolean(text)} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content sideOffset={6} collisionPadding={8} className="pop z-50 max-w-72 px-2.5 py-1.5 text-xs text-ink">
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
