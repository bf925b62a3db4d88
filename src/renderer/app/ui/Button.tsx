import type { ComponentProps } from "react";
import { classes } from "./classes.ts";
import { Kbd } from "./Kbd.tsx";

export type ButtonProps = ComponentProps<"button"> & {
  /** primary: the one thing to do here · plain: bordered · quiet: text only · danger: destroys something */
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "regular" | "compact";
  shortcut?: string;
};

const looks = {
  primary: "border-transparent bg-accent-solid text-on-accent shadow-1 hover:brightness-110",
  plain: "border-line-strong bg-raised text-fg shadow-1 hover:border-edge",
  quiet: "border-transparent bg-transparent text-fg-2 hover:bg-hover hover:text-fg",
  danger: "border-transparent bg-error-soft text-error hover:brightness-110",
};

export function Button({ look = "plain", size = "regular", shortcut, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(
        "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-[background-color,border-color,color,filter] duration-(--t-fast) disabled:pointer-events-none disabled:opacity-45",
        size === "regular" ? "h-7 px-2.5 text-sm" : "h-6 px-2 text-xs",
        looks[look],
        className,
      )}
    >
      {children}
      {shortcut !== undefined && <Kbd shortcut={shortcut} onAccent={look === "primary"} />}
    </button>
  );
}
