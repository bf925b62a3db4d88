// Numbers as people read them: short, aligned, with a thin space between thousands.

/** `52`, `3.4`, `18.4k`, `1.2M`. */
export function formatCount(value: number): string {
  if (value >= 1_000_000) return `${trim(value / 1_000_000)}M`;
  if (value >= 10_000) return `${trim(value / 1000)}k`;
  return Math.round(value).toLocaleString("en-US").replaceAll(",", "\u2009");
}

/** Per second: `0`, `0.4`, `12`, `1.2k`. */
export function formatRate(value: number): string {
  if (value === 0) return "0";
  if (value < 10) return trim(value);
  return formatCount(value);
}

/** `0.4 ms`, `94 ms`, `1.2 s`, `4 min`, `6 h`, `3 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${trim(seconds)} s`;
  if (seconds < 3600) return `${trim(seconds / 60)} min`;
  if (seconds < 86_400) return `${trim(seconds / 3600)} h`;
  return `${trim(seconds / 86_400)} d`;
}

/** How long ago a moment was, as people say it: `just now`, `5 min ago`, `yesterday`, `3 days ago`, `12 Mar 2026`. */
export function formatAgo(moment: number, now: number): string {
  const minutes = Math.floor((now - moment) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / (24 * 60));
  if (days === 1) return "yesterday";
  if (days < 14) return `${days} days ago`;
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${trim(bytes / 1024)} KB`;
  return `${trim(bytes / (1024 * 1024))} MB`;
}

function trim(value: number): string {
  const text = value.toFixed(value < 100 ? 1 : 0);
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}
