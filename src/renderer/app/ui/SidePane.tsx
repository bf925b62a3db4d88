import { useState, type ReactNode } from "react";
import { Splitter } from "./Splitter.tsx";
import { classes } from "./classes.ts";

export interface SidePaneProps {
  /** Under which its width is remembered: `timeline.list`. */
  name: string;
  /** Of the line that is dragged: `Width of the trace list`. */
  label: string;
  side: "left" | "right";
  /** In pixels, before a person has changed it. */
  width: number;
  min: number;
  max: number;
  className?: string;
  children: ReactNode;
}

/** A part of a panel beside what fills it: as wide as a person left it, in this browser. */
export function SidePane({ name, label, side, width: initial, min, max, className, children }: SidePaneProps) {
  const key = `contrail.size.${name}`;
  const [width, setWidth] = useState(() => Number(localStorage.getItem(key)) || initial);
  const resize = (next: number): void => {
    localStorage.setItem(key, String(next));
    setWidth(next);
  };
  const isLeft = side === "left";
  const pane = (
    <div style={{ width }} className={classes("min-h-0 flex-none", className)}>
      {children}
    </div>
  );
  return (
    <>
      {isLeft && pane}
      <Splitter label={label} direction="vertical" size={width} min={min} max={max} sign={isLeft ? 1 : -1} onResize={resize} />
      {!isLeft && pane}
    </>
  );
}
