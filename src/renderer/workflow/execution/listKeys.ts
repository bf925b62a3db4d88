import type { KeyboardEvent } from "react";

const page = 12;

/** Arrow keys, Page, Home and End move through a list of so many rows; Enter opens. */
export function listKeys(count: number, at: number, go: (at: number) => void, open?: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Enter" && open !== undefined && event.target === event.currentTarget) open();
    else if (step === undefined || count === 0) return;
    else go(Math.max(0, Math.min(count - 1, at + step)));
    event.preventDefault();
  };
}
