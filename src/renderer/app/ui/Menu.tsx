// Drop-down and context menus from one list of items.
import { Check } from "lucide-react";
import { ContextMenu as RadixContextMenu, DropdownMenu as RadixDropdownMenu } from "radix-ui";
import { Fragment, type ReactElement, type ReactNode } from "react";
import { classes } from "./classes.ts";
import { shortcutText } from "./keys.ts";

export type MenuItem =
  | {
      type: "action";
      id: string;
      title: string;
      icon?: ReactNode;
      shortcut?: string;
      isDisabled?: boolean;
      isDangerous?: boolean;
      isChecked?: boolean;
      run(): void;
    }
  | { type: "separator" }
  | { type: "heading"; title: string }
  | { type: "submenu"; title: string; icon?: ReactNode; items: readonly MenuItem[] };

type Kit = typeof RadixDropdownMenu | typeof RadixContextMenu;

const surface = "pop z-50 min-w-48 max-w-80 rounded-lg border border-line-strong bg-raised p-1 shadow-3 outline-none";
const row = "flex h-[26px] items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:opacity-40";

export interface DropdownMenuProps {
  /** A function is asked at each opening, so that the items fit what can be done then. */
  items: readonly MenuItem[] | (() => readonly MenuItem[]);
  children: ReactElement;
  align?: "start" | "center" | "end";
  /** Prevented, the focus does not go back to the trigger: for actions that open a form. */
  onCloseAutoFocus?: ((event: Event) => void) | undefined;
}

export function DropdownMenu({ items, children, align = "start", onCloseAutoFocus }: DropdownMenuProps) {
  return (
    <RadixDropdownMenu.Root>
      <RadixDropdownMenu.Trigger asChild>{children}</RadixDropdownMenu.Trigger>
      <RadixDropdownMenu.Portal>
        <RadixDropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={surface}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <Items items={items} />
        </RadixDropdownMenu.Content>
      </RadixDropdownMenu.Portal>
    </RadixDropdownMenu.Root>
  );
}

/** Drawn only while its menu is open. */
function Items({ items }: Pick<DropdownMenuProps, "items">) {
  return renderItems(typeof items === "function" ? items() : items, RadixDropdownMenu);
}

/** `items` is asked at each opening, so that it fits what was clicked. */
export function ContextMenu({ items, children }: { items: readonly MenuItem[]; children: ReactElement }) {
  return (
    <RadixContextMenu.Root>
      <RadixContextMenu.Trigger asChild>{children}</RadixContextMenu.Trigger>
      {items.length > 0 && (
        <RadixContextMenu.Portal>
          <RadixContextMenu.Content collisionPadding={8} className={surface}>
            {renderItems(items, RadixContextMenu)}
          </RadixContextMenu.Content>
        </RadixContextMenu.Portal>
      )}
    </RadixContextMenu.Root>
  );
}

function renderItems(items: readonly MenuItem[], kit: Kit): ReactNode {
  return items.map((item, index) => {
    switch (item.type) {
      case "separator":
        return <kit.Separator key={index} className="-mx-1 my-1 h-px bg-line" />;
      case "heading":
        return (
          <kit.Label key={index} className="px-2 pt-1.5 pb-1 text-xs font-medium text-fg-3">
            {item.title}
          </kit.Label>
        );
      case "submenu":
        return (
          <kit.Sub key={index}>
            <kit.SubTrigger className={classes(row, "data-[highlighted]:bg-accent-soft data-[state=open]:bg-accent-soft")}>
              <span className="grid w-4 place-items-center text-fg-3">{item.icon}</span>
              <span className="flex-1">{item.title}</span>
              <span className="text-fg-3">›</span>
            </kit.SubTrigger>
            <kit.Portal>
              <kit.SubContent className={surface} collisionPadding={8} sideOffset={2}>
                {renderItems(item.items, kit)}
              </kit.SubContent>
            </kit.Portal>
          </kit.Sub>
        );
      case "action":
        return (
          <Fragment key={item.id}>
            <kit.Item
              disabled={item.isDisabled}
              onSelect={() => item.run()}
              className={classes(
                row,
                item.isDangerous === true ? "text-error data-[highlighted]:bg-error-soft" : "data-[highlighted]:bg-accent-soft",
              )}
            >
              <span className={classes("grid w-4 place-items-center", item.isDangerous === true ? "text-error" : "text-fg-3")}>
                {item.isChecked === true ? <Check size={14} className="text-accent" /> : item.icon}
              </span>
              <span className="flex-1 truncate">{item.title}</span>
              {item.shortcut !== undefined && <span className="pl-6 text-xs text-fg-3">{shortcutText(item.shortcut)}</span>}
            </kit.Item>
          </Fragment>
        );
    }
  });
}
