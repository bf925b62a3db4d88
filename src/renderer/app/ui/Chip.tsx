import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export type Tone = "neutral" | "ok" | "error" | "throttled" | "waiting" | "accent";

const tones: Record<Tone, string> = {
  neutral: "bg-chip text-fg-2",
  ok: "bg-ok-soft text-ok",
  error: "bg-error-soft text-error",
  throttled: "bg-throttled-soft text-throttled",
  waiting: "bg-waiting-soft text-waiting",
  accent: "bg-accent-soft text-accent",
};

const dots: Record<Tone, string> = {
  neutral: "bg-fg-3",
  ok: "bg-ok",
  error: "bg-error",
  throttled: "bg-throttled",
  waiting: "bg-waiting",
  accent: "bg-accent",
};

export function Chip({
  tone = "neutral",
  isMono = false,
  className,
  children,
}: {
  tone?: Tone;
  isMono?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        "inline-flex flex-none items-center gap-1 rounded-sm px-1.5 text-xs leading-[18px] whitespace-nowrap",
        isMono && "font-mono",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export function Dot({ tone, className }: { tone: Tone; className?: string }) {
  return <span className={classes("inline-block size-1.5 flex-none rounded-full", dots[tone], className)} />;
}
