import "./welcome.css";
import { type Miniature, miniatureTile } from "../../model/design/miniature.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { svgOf } from "../app/ui/ResourceIcon.tsx";

const radius = 7;
const icon = 16;
const margin = 4;
/** Small designs are not blown up beyond this. */
const largest = 1.05;

/** A design as tiles and lines, as large as fits. What it shows is said in words beside it. */
export function MiniatureView({ miniature }: { miniature: Miniature }) {
  const { width, height, tiles, lines } = miniature;
  const [outerWidth, outerHeight] = [width + 2 * margin, height + 2 * margin];
  return (
    <svg
      aria-hidden
      viewBox={`${-margin} ${-margin} ${outerWidth} ${outerHeight}`}
      style={{ maxWidth: outerWidth * largest, maxHeight: outerHeight * largest }}
      className="miniature size-full"
    >
      {lines.map(({ kind, path }, index) => (
        <path key={index} d={path} data-kind={kind} className="miniature-line" />
      ))}
      {tiles.map(({ id, type, x, y }) => {
        const look = lookOf(type);
        return (
          <g key={id} transform={`translate(${x} ${y})`} data-category={look.category} className="miniature-tile">
            <rect width={miniatureTile} height={miniatureTile} rx={radius} />
            <svg
              x={(miniatureTile - icon) / 2}
              y={(miniatureTile - icon) / 2}
              width={icon}
              height={icon}
              // Our own files, read when the Studio was built.
              dangerouslySetInnerHTML={{ __html: svgOf(look.icon) }}
            />
          </g>
        );
      })}
    </svg>
  );
}
