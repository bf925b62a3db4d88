import { AwsError } from "../../kernel/awsError.ts";

export interface ByteRange {
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/** `bytes=0-99`, `bytes=100-`, `bytes=-50`. What is no range of one piece is ignored, as HTTP has it; one beyond the end is an error. */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    if (length === 0) throw invalidRange(header ?? "", size);
    return { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) throw invalidRange(header ?? "", size);
  return { start, end: last === "" ? size : Math.min(Number(last) + 1, size) };
}

function invalidRange(header: string, size: number): AwsError {
  return new AwsError("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    members: { RangeRequested: header, ActualObjectSize: size },
  });
}
