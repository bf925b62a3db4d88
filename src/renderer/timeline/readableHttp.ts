import { isJsonObject, type Json } from "../../model/json.ts";

/** Headers travel as a list of pairs, because they may repeat; people read them as names and values. */
export function readableHttp(value: Json): Json {
  if (!isJsonObject(value) || !Array.isArray(value["headers"])) return value;
  const headers: { [name: string]: Json } = {};
  for (const pair of value["headers"]) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") return value;
    const [name, one = null] = pair;
    const before = headers[name];
    headers[name] = before === undefined ? one : Array.isArray(before) ? [...before, one] : [before, one];
  }
  return { ...value, headers };
}
