// Numbers and moments as people read them, in the language that is shown: short, aligned, with a thin space between thousands.
import { perLanguage, t, useLanguage } from "./texts/texts.ts";

/** Where the language is at home, for `Intl`: English dates have the day first, as in most places. */
const locales = { en: "en-GB", de: "de-DE", es: "es-ES" } as const;

/** For `Intl`. */
export function locale(): string {
  return locales[useLanguage.getState().language];
}

const wholeNumbers = perLanguage(() => new Intl.NumberFormat(locale(), { maximumFractionDigits: 0, useGrouping: "always" }));
const decimalMark = perLanguage(
  () => new Intl.NumberFormat(locale()).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".",
);
const days = perLanguage(() => new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" }));

/** All digits, with the separators of the language: `12,345`. */
export function formatWhole(value: number): string {
  return wholeNumbers().format(value);
}

/** `52`, `3.4`, `18.4k`, `1.2M`. */
export function formatCount(value: number): string {
  if (value >= 1_000_000) return `${formatShort(value / 1_000_000)}M`;
  if (value >= 10_000) return `${formatShort(value / 1000)}k`;
  return Math.round(value).toLocaleString("en-US").replaceAll(",", "\u2009");
}

/** Per second: `0`, `0.4`, `12`, `1.2k`. */
export function formatRate(value: number): string {
  if (value === 0) return "0";
  if (value < 10) return formatShort(value);
  return formatCount(value);
}

/** `0.4 ms`, `94 ms`, `1.2 s`, `4 min`, `6 h`, `3 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return `${withDecimalMark(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${formatShort(seconds)} s`;
  if (seconds < 3600) return `${formatShort(seconds / 60)} min`;
  if (seconds < 86_400) return `${formatShort(seconds / 3600)} h`;
  return `${formatShort(seconds / 86_400)} d`;
}

/** How long ago a moment was, as people say it: `just now`, `5 min ago`, `yesterday`, `3 days ago`, `12 Mar 2026`. */
export function formatAgo(moment: number, now: number): string {
  const minutes = Math.floor((now - moment) / 60_000);
  if (minutes < 1) return t("just now");
  if (minutes < 60) return t("{{minutes}} min ago", { minutes });
  if (minutes < 24 * 60) return t("{{hours}} h ago", { hours: Math.floor(minutes / 60) });
  const ago = Math.floor(minutes / (24 * 60));
  if (ago === 1) return t("yesterday");
  if (ago < 14) return t("{{days}} days ago", { days: ago });
  return days().format(moment);
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${formatShort(bytes / 1024)} KB`;
  return `${formatShort(bytes / (1024 * 1024))} MB`;
}

/** `4.5` as the language writes it: `4,5`. */
export function withDecimalMark(number: string): string {
  return number.replace(".", decimalMark());
}

/** At most one digit behind the point, and none from a hundred on. */
function formatShort(value: number): string {
  const text = value.toFixed(value < 100 ? 1 : 0);
  return withDecimalMark(text.endsWith(".0") ? text.slice(0, -2) : text);
}
