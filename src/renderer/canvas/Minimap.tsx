import { useStoreApi } from "@xyflow/react";
import { useDeferredValue, useEffect, useRef, type PointerEvent } from "react";
import { lookOf } from "../app/resourceTypes.ts";
import { useTheme } from "../app/theme/theme.ts";
import { currentView, visibleBox } from "./canvasView.ts";
import { createFrames } from "./frames.ts";
import type { Box, Point } from "../../model/design/curve.ts";
import { boundsOf, boxOf } from "../../model/design/geometry.ts";
import { overviewColours, type OverviewScene } from "./overview.ts";
import { t } from "../app/texts/texts.ts";

const size = { width: 144, height: 82 };
/** So many that nobody sees their corners. */
const plainFromCards = 60;

/** The whole design small, with a frame around what is shown. Drag in it to move there. */
export function Minimap({ scene: now }: { scene: OverviewScene }) {
  // the canvas comes first
  const scene = useDeferredValue(now);
  const element = useRef<HTMLCanvasElement>(null);
  const mapped = useRef<{ scale: number; origin: Point } | null>(null);
  const store = useStoreApi();
  const theme = useTheme((state) => state.theme);

  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return;
    const colours = overviewColours();
    // one shape per colour: panning draws these every frame, however many cards there are
    const shapes = new Map<string, Path2D>();
    const boxes = scene.resources.map((resource) => boxOf(resource, scene.positions));
    scene.resources.forEach((resource, index) => {
      const colour = colours.categories[lookOf(resource.type).category] ?? colours.edge;
      const shape = shapes.get(colour) ?? new Path2D();
      const box = boxes[index];
      if (box === undefined) return;
      if (boxes.length > plainFromCards) shape.rect(box.x, box.y, box.width, box.height);
      else shape.roundRect(box.x, box.y, box.width, box.height, 14);
      shapes.set(colour, shape);
    });
    const all = boundsOf(boxes);
    const draw = (): void => {
      const ratio = window.devicePixelRatio;
      canvas.width = size.width * ratio;
      canvas.height = size.height * ratio;
      const shown = visibleBox();
      if (all === null) return;
      const whole = grow(boundsOf([all, limited(shown, all)]) ?? all, 0.06);
      const scale = Math.min(size.width / whole.width, size.height / whole.height);
      const origin = { x: whole.x - (size.width / scale - whole.width) / 2, y: whole.y - (size.height / scale - whole.height) / 2 };
      mapped.current = { scale, origin };
      context.setTransform(ratio * scale, 0, 0, ratio * scale, -origin.x * ratio * scale, -origin.y * ratio * scale);
      context.globalAlpha = 0.6;
      for (const [colour, shape] of shapes) {
        context.fillStyle = colour;
        context.fill(shape);
      }
      context.globalAlpha = 1;
      context.strokeStyle = colours.accent;
      context.lineWidth = 1.2 / scale;
      context.beginPath();
      context.roundRect(shown.x, shown.y, shown.width, shown.height, 3 / scale);
      context.stroke();
    };
    draw();
    const frames = createFrames(draw);
    const stop = store.subscribe(frames.ask);
    return () => {
      stop();
      frames.stop();
    };
  }, [scene, store, theme]);

  const moveTo = (event: PointerEvent<HTMLCanvasElement>): void => {
    const view = currentView();
    if (mapped.current === null || view === null || event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, origin } = mapped.current;
    const x = (event.clientX - box.left) / scale + origin.x;
    const y = (event.clientY - box.top) / scale + origin.y;
    void view.flow.setCenter(x, y, { zoom: view.flow.getZoom() });
  };

  return (
    <canvas
      ref={element}
      data-chrome
      aria-label={t("Minimap")}
      role="img"
      style={size}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={moveTo}
      className="absolute right-3 bottom-3 z-10 rounded-lg border border-line-strong bg-raised shadow-2"
    />
  );
}

/** Far away from everything the frame would make the map useless: it is held within reach. */
function limited(shown: Box, all: Box): Box {
  const reachX = all.width;
  const reachY = all.height;
  const left = Math.max(shown.x, all.x - reachX);
  const top = Math.max(shown.y, all.y - reachY);
  const right = Math.min(shown.x + shown.width, all.x + all.width + reachX);
  const bottom = Math.min(shown.y + shown.height, all.y + all.height + reachY);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

function grow(box: Box, by: number): Box {
  return { x: box.x - box.width * by, y: box.y - box.height * by, width: box.width * (1 + 2 * by), height: box.height * (1 + 2 * by) };
}
