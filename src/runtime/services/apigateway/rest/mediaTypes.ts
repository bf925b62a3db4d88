/** Whether a media type is among the API's binary ones: `image/png` by name, by `image/*` or by everything. */
export function coversMediaType(patterns: readonly string[], mediaType: string): boolean {
  const type = (mediaType.split(";")[0] ?? "").trim().toLowerCase();
  return patterns.some((pattern) => {
    // SAM and OpenAPI documents write the slash as ~1.
    const wanted = pattern.replaceAll("~1", "/").toLowerCase();
    if (wanted === "*/*" || wanted === type) return true;
    return wanted.endsWith("/*") && type.startsWith(wanted.slice(0, -1));
  });
}
