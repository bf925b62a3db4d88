// A pointer that was pressed where nothing of React Flow's stands: followed until it is let go.
import type { Point } from "../../../model/design/curve.ts";

/** Nearer than this to where it was pressed, it is a click. */
const clickPixels = 3;

export interface Pressed {
  begin(): void;
  /** How far it went, on screen. */
  move(by: Point): void;
  end(): void;
}

/** A press that becomes no drag stays a click; the click that ends a drag is none. */
export function followPointer(pressedAt: Point, { begin, move, end }: Pressed): void {
  let isDragging = false;
  const onMove = (event: MouseEvent): void => {
    const by = { x: event.clientX - pressedAt.x, y: event.clientY - pressedAt.y };
    if (!isDragging) {
      if (Math.hypot(by.x, by.y) < clickPixels) return;
      isDragging = true;
      begin();
    }
    move(by);
  };
  const onUp = (): void => {
    window.removeEventListener("mousemove", onMove);
    window.removeEventListener("mouseup", onUp);
    if (!isDragging) return;
    const swallow = (event: MouseEvent): void => event.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    // where no click follows, the next one is a person's
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
    end();
  };
  window.addEventListener("mousemove", onMove);
  window.addEventListener("mouseup", onUp);
}
