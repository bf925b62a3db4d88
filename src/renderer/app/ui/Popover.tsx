import { Popover as RadixPopover } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

export interface PopoverProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
  width?: number;
  isOpen?: boolean;
  onOpenChange?(isOpen: boolean): void;
}

export function Popover({ trigger, children, align = "start", width = 280, isOpen, onOpenChange }: PopoverProps) {
  return (
    <RadixPopover.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          style={{ width }}
          className="pop z-40 rounded-lg border border-line-strong bg-raised p-3 shadow-3 outline-none"
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
