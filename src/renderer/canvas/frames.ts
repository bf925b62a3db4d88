// Drawing on a canvas element: when, and on how many pixels.

export interface Frames {
  /** Draws with the next frame, once, however often it is asked. */
  readonly ask: () => void;
  readonly stop: () => void;
}

export function createFrames(draw: () => void): Frames {
  let frame = 0;
  return {
    ask: () => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          draw();
        });
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

/** Clears the canvas, which has as many pixels as the screen shows of it; answers screen pixels per CSS pixel. */
export function cleared(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): number {
  const ratio = window.devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  // setting them takes the picture away and costs a new one
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  return ratio;
}
