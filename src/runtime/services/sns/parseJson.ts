/** A JSON text that someone gave; undefined: it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What AWS says of a text that is no JSON object: in the words of the parser that it uses. */
export function jsonProblem(text: string): string {
  const found = /^\s*\{\s*([^"\s}])/.exec(text);
  if (found?.[1] === undefined) return "failed to parse JSON.";
  const lines = found[0].split("\n");
  const place = `line: ${lines.length}, column: ${lines.at(-1)?.length ?? 0}`;
  return (
    `failed to parse JSON. Unexpected character ('${found[1]}' (code ${found[1].charCodeAt(0)})): was expecting double-quote to start field name\n` +
    ` at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${place}]`
  );
}
