import { formatClockTime } from "../timeline/duration.ts";
import { tData } from "../app/texts/texts.ts";
import { formatBytes, formatCount, formatDuration } from "../app/format.ts";

/** A gauge's name and value in words: `hitRatio` 0.92 is `Hit ratio` `92 %`. */
export function gaugeText(name: string, value: number): { readonly title: string; readonly text: string } {
  const words = name
    .replace(/(Ratio|Milliseconds|Seconds|Bytes)$/, (unit) => (unit === "Ratio" ? " ratio" : ""))
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  const title = tData(words.charAt(0).toUpperCase() + words.slice(1));
  if (name.endsWith("At")) return { title: title.replace(/ at$/, ""), text: value === 0 ? "–" : formatClockTime(value, false) };
  if (name.endsWith("Ratio")) return { title, text: `${Math.round(value * 100)} %` };
  if (name.endsWith("Milliseconds")) return { title, text: formatDuration(value) };
  if (name.endsWith("Seconds")) return { title, text: formatDuration(value * 1000) };
  if (name.toLowerCase().endsWith("bytes")) return { title, text: formatBytes(value) };
  return { title, text: formatCount(value) };
}
