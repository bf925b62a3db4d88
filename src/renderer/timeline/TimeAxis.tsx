import { formatDuration } from "./duration.ts";
import { type ScalePiece, timeTicks, type TimeScale } from "./timeScale.ts";
import { t } from "../app/texts/texts.ts";

/** Round moments along a waterfall, and how long its gaps were. */
export function TimeAxis({ scale }: { scale: TimeScale }) {
  const shift = { start: "none", center: "translateX(-50%)", end: "translateX(-100%)" };
  return (
    <span className="relative h-full flex-1 leading-6">
      {timeTicks(scale).map((tick) => (
        <span key={tick.label} className="absolute whitespace-nowrap" style={{ left: tick.x, transform: shift[tick.align] }}>
          {tick.label}
        </span>
      ))}
      {scale.pieces
        .filter((piece) => piece.isGap)
        .map((piece) => (
          <span
            key={piece.from}
            className="absolute overflow-hidden text-center whitespace-nowrap text-waiting"
            style={{ left: piece.left, width: piece.right - piece.left }}
          >
            {labelOf(piece)}
          </span>
        ))}
    </span>
  );
}

const CHARACTER_PIXELS = 6.5;

/** How long a gap was, where there is room to say so; its tooltip says it always. */
function labelOf({ from, to, left, right }: ScalePiece): string {
  const text = formatDuration(to - from);
  return text.length * CHARACTER_PIXELS <= right - left ? text : "";
}

const hatch = "repeating-linear-gradient(-45deg, var(--line-strong) 0 1px, transparent 1px 6px)";

/** Idle gaps, hatched through all rows. */
export function TimeGaps({ scale, left }: { scale: TimeScale; left: number }) {
  return scale.pieces
    .filter((piece) => piece.isGap)
    .map((piece) => (
      <span
        key={piece.from}
        title={t("Nothing ran for {{to}}", { to: formatDuration(piece.to - piece.from) })}
        className="absolute inset-y-0"
        style={{ left: left + piece.left, width: piece.right - piece.left, backgroundImage: hatch }}
      />
    ));
}
