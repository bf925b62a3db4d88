// The line of a way from state to state, on the canvas and in pictures of it.
import type { Point } from "../../model/design/curve.ts";
import type { PlacedWay } from "./workflowLayout.ts";

const corner = 10;

export function wayPath({ points, isBack }: PlacedWay): string {
  return isBack ? loopPath(points) : downPath(points);
}

/** Straight through passages, curved between them. */
function downPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x},${first.y}`;
  let from = first;
  for (const to of rest) {
    const middle = (from.y + to.y) / 2;
    path += from.x === to.x ? ` L${to.x},${to.y}` : ` C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
    from = to;
  }
  return path;
}

function loopPath([start, out, back, end]: readonly Point[]): string {
  if (start === undefined || out === undefined || back === undefined || end === undefined) return "";
  const turn = Math.sign(back.y - out.y) * Math.min(corner, Math.abs(back.y - out.y) / 2);
  return `M${start.x},${start.y} L${out.x - corner},${out.y} Q${out.x},${out.y} ${out.x},${out.y + turn} L${back.x},${back.y - turn} Q${back.x},${back.y} ${back.x - corner},${back.y} L${end.x},${end.y}`;
}
