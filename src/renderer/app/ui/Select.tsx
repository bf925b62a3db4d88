import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import { useState } from "react";
import { classes } from "./classes.ts";

export interface SelectOption<Value extends string> {
  value: Value;
  title: string;
  detail?: string;
}

export interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange(value: Value): void;
  placeholder?: string;
  className?: string;
  isMono?: boolean;
  isDisabled?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  placeholder,
  className,
  isMono,
  isDisabled,
}: SelectProps<Value>) {
  // a list may have hundreds of options, and a form dozens of lists: drawn for who may open one or type a letter over it
  const [isOpen, setOpen] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const choose = (chosen: string): void => {
    const option = options.find((one) => one.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <RadixSelect.Root value={value} onValueChange={choose} onOpenChange={setOpen} disabled={isDisabled}>
      <RadixSelect.Trigger
        aria-label={label}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className={classes(
          "flex h-[26px] min-w-0 items-center justify-between gap-1.5 rounded-sm border border-line bg-input px-2 text-sm text-fg hover:border-line-strong focus-visible:border-accent disabled:opacity-50 data-[placeholder]:text-fg-3",
          isMono === true && "font-mono text-xs",
          className,
        )}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder}>{options.find((option) => option.value === value)?.title}</RadixSelect.Value>
        </span>
        <ChevronDown size={12} className="text-fg-3" />
      </RadixSelect.Trigger>
      {(isOpen || isFocused) && (
        <RadixSelect.Portal>
          <RadixSelect.Content
            position="popper"
            sideOffset={4}
            collisionPadding={8}
            className="pop z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
          >
            <RadixSelect.Viewport className="p-1">
              {options.map((option) => (
                <RadixSelect.Item
                  key={option.value}
                  value={option.value}
                  className={classes(
                    "flex h-6 items-center gap-2 rounded-sm pr-3 pl-1.5 text-sm outline-none data-[highlighted]:bg-accent-soft",
                    isMono === true && "font-mono text-xs",
                  )}
                >
                  <span className="w-3.5 text-accent">
                    <RadixSelect.ItemIndicator>
                      <Check size={12} />
                    </RadixSelect.ItemIndicator>
                  </span>
                  <RadixSelect.ItemText>{option.title}</RadixSelect.ItemText>
                  {option.detail !== undefined && <span className="ml-auto pl-4 text-xs text-fg-3">{option.detail}</span>}
                </RadixSelect.Item>
              ))}
            </RadixSelect.Viewport>
          </RadixSelect.Content>
        </RadixSelect.Portal>
      )}
    </RadixSelect.Root>
  );
}
