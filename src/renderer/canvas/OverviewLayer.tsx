import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useTheme } from "../app/theme/theme.ts";
import { visibleBox } from "./canvasView.ts";
import { cleared, createFrames } from "./frames.ts";
import type { Box } from "../../model/design/curve.ts";
import { drawOverview, overviewColours, type OverviewColours, type OverviewScene } from "./overview.ts";

/** Stands in for the cards while there are too many of them, or they are too small to be read. */
export function OverviewLayer({ scene }: { scene: OverviewScene }) {
  const element = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const theme = useTheme((state) => state.theme);

  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return;
    const colours = overviewColours();
    const still = createStill(scene, colours);
    let lastZoom = 0;
    const draw = (): void => {
      const ratio = cleared(canvas, context);
      const [x, y, zoom] = store.getState().transform;
      if (zoom === lastZoom) {
        still.draw(context, visibleBox(), zoom * ratio);
      } else {
        context.setTransform(ratio * zoom, 0, 0, ratio * zoom, x * ratio, y * ratio);
        drawOverview(context, scene, colours, visibleBox(), zoom);
      }
      lastZoom = zoom;
    };
    draw();
    const frames = createFrames(draw);
    const stop = store.subscribe(frames.ask);
    return () => {
      stop();
      frames.stop();
    };
  }, [scene, store, theme]);

  return <canvas ref={element} aria-hidden className="pointer-events-none absolute inset-0 z-[4] size-full" />;
}

/** How much more than what is on screen a still holds, on each side. */
const stillMargin = 0.5;

/** A picture of more than is shown, so that panning a large design moves it instead of drawing thousands of shapes anew. */
function createStill(scene: OverviewScene, colours: OverviewColours) {
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  let held: { readonly box: Box; readonly scale: number } | null = null;
  const take = (shown: Box, scale: number): Box => {
    const box = {
      x: shown.x - shown.width * stillMargin,
      y: shown.y - shown.height * stillMargin,
      width: shown.width * (1 + 2 * stillMargin),
      height: shown.height * (1 + 2 * stillMargin),
    };
    picture.width = Math.ceil(box.width * scale);
    picture.height = Math.ceil(box.height * scale);
    context?.setTransform(scale, 0, 0, scale, -box.x * scale, -box.y * scale);
    if (context !== null) drawOverview(context, scene, colours, box, scale / window.devicePixelRatio);
    held = { box, scale };
    return box;
  };
  return {
    draw(target: CanvasRenderingContext2D, shown: Box, scale: number): void {
      const box = held !== null && held.scale === scale && contains(held.box, shown) ? held.box : take(shown, scale);
      target.drawImage(picture, Math.round((box.x - shown.x) * scale), Math.round((box.y - shown.y) * scale));
    },
  };
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
