// How long and when, as people read it: used by every panel that shows time.
import { withDecimalMark } from "../app/format.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `0.4 ms`, `184 ms`, `4.5 s`, `12 m`, `6 h 20 m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`;
  if (milliseconds === 0) return "0 ms";
  if (milliseconds < 0.05) return "< 0.1 ms";
  if (milliseconds < 1) return `${withDecimalMark(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 10 && !Number.isInteger(milliseconds)) return `${trimZero(milliseconds.toFixed(1))} ms`;
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * SECOND) return `${trimZero((milliseconds / SECOND).toFixed(2))} s`;
  if (milliseconds < MINUTE) return `${trimZero((milliseconds / SECOND).toFixed(1))} s`;
  if (milliseconds < HOUR) return twoUnits(milliseconds, MINUTE, "m", SECOND, "s");
  if (milliseconds < DAY) return twoUnits(milliseconds, HOUR, "h", MINUTE, "m");
  return twoUnits(milliseconds, DAY, "d", HOUR, "h");
}

function trimZero(text: string): string {
  return withDecimalMark(text.replace(/\.?0+$/, ""));
}

function twoUnits(milliseconds: number, big: number, bigName: string, small: number, smallName: string): string {
  const whole = Math.floor(milliseconds / big);
  const rest = Math.floor((milliseconds - whole * big) / small);
  return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${rest} ${smallName}`;
}

/** Clock time of a virtual moment: `14:02:11.204`. */
export function formatClockTime(at: number, withMilliseconds = true): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return withMilliseconds ? `${time}.${String(Math.floor(date.getMilliseconds())).padStart(3, "0")}` : time;
}

/** Day of a virtual moment where the person is: `2026-11-21`. */
export function formatDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
