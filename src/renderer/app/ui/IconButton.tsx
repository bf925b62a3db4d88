import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";
import { Tooltip, type TooltipProps } from "./Tooltip.tsx";

export type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** Names the button for everyone: tooltip and screen reader. */
  label: string;
  shortcut?: string;
  side?: TooltipProps["side"];
  isOn?: boolean;
  size?: 20 | 24 | 28 | 32;
  children: ReactNode;
};

const sizes = { 20: "size-5 rounded-sm", 24: "size-6 rounded-sm", 28: "size-7 rounded-md", 32: "size-8 rounded-md" };

export function IconButton({ label, shortcut, side, isOn, size = 28, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isOn}
        {...rest}
        className={classes(
          "grid flex-none place-items-center transition-colors duration-(--t-fast) disabled:pointer-events-none disabled:opacity-40",
          sizes[size],
          isOn === true
            ? "bg-accent-soft text-accent"
            : "text-fg-2 hover:bg-hover hover:text-fg data-[state=open]:bg-hover data-[state=open]:text-fg",
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
