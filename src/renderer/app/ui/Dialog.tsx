import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton.tsx";
import { t } from "../texts/texts.ts";

export interface DialogProps {
  title: string;
  /** One sentence under the title; read out with it. */
  description?: string;
  isOpen: boolean;
  onClose(): void;
  width?: number;
  children: ReactNode;
  /** Buttons at the lower right, the main one last. */
  actions?: ReactNode;
}

export function Dialog({ title, description, isOpen, onClose, width = 480, children, actions }: DialogProps) {
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fade fixed inset-0 z-40 bg-[rgb(0_0_0/.3)]" />
        <RadixDialog.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onOpenAutoFocus={(event) => {
            // The close button would be focused and show its tooltip: the dialog itself takes the focus instead.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          data-quiet-focus
          style={{ width }}
          className="pop fixed top-[14vh] left-1/2 z-40 flex max-h-[72vh] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-xl border border-line-strong bg-raised shadow-3 outline-none"
        >
          <div className="flex items-start gap-3 pt-3.5 pr-2.5 pb-2 pl-4">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-lg leading-5 font-semibold">{title}</RadixDialog.Title>
              {description !== undefined && <RadixDialog.Description className="mt-1 text-fg-2">{description}</RadixDialog.Description>}
            </div>
            <RadixDialog.Close asChild>
              <IconButton label={t("Close")} shortcut="escape" size={24}>
                <X size={14} />
              </IconButton>
            </RadixDialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-4 pb-4">{children}</div>
          {actions !== undefined && <div className="flex justify-end gap-2 border-t border-line px-4 py-3">{actions}</div>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
