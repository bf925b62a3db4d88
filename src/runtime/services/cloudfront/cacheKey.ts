import type { HttpRequest } from "../../../model/http.ts";
import type { Behavior } from "./distribution.ts";
import { isSelected, type Selection } from "./policies.ts";

/** One text for everything that tells cached answers apart: path, and what the behavior's policy names. */
export function cacheKey(request: HttpRequest, behavior: Behavior): string {
  const { cache } = behavior;
  const parts = [request.path];
  const query = selectedQuery(request.rawQuery, cache.query);
  if (query !== "") parts.push(`?${query}`);
  for (const [name, value] of request.headers)
    if (name !== "accept-encoding" && isSelected(cache.headers, name)) parts.push(`${name}: ${value}`);
  const cookies = selectedCookies(request, cache.cookies);
  if (cookies !== "") parts.push(`cookie: ${cookies}`);
  const encoding = normalizedEncoding(request, cache.encodings);
  if (encoding !== "") parts.push(`accept-encoding: ${encoding}`);
  // OPTIONS answers differ from those to GET; GET and HEAD share one entry
  if (request.method === "OPTIONS") parts.push("OPTIONS");
  return parts.join("\n");
}

/** The query with only the selected names, in the viewer's order, as sent. */
export function selectedQuery(rawQuery: string, selected: Selection): string {
  if (selected.type === "all" || rawQuery === "") return selected.type === "all" ? rawQuery : "";
  return rawQuery
    .split("&")
    .filter((part) => {
      const name = part.split("=", 1)[0] ?? "";
      try {
        return isSelected(selected, decodeURIComponent(name));
      } catch {
        return isSelected(selected, name);
      }
    })
    .join("&");
}

export function selectedCookies(request: HttpRequest, selected: Selection): string {
  if (selected.type === "none") return "";
  return request.headers
    .filter(([name]) => name === "cookie")
    .flatMap(([, value]) => value.split(";"))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "" && isSelected(selected, cookie.split("=", 1)[0] ?? ""))
    .join("; ");
}

/** CloudFront folds Accept-Encoding to what it knows, so that a browser's wording makes no second entry. */
export function normalizedEncoding(request: HttpRequest, known: readonly string[]): string {
  if (known.length === 0) return "";
  const accepted = request.headers
    .filter(([name]) => name === "accept-encoding")
    .map(([, value]) => value)
    .join(",")
    .toLowerCase();
  return ["br", "gzip"]
    .filter((encoding) => known.includes(encoding) && new RegExp(`(^|[ ,])${encoding}([ ,;]|$)`).test(accepted))
    .join(",");
}
