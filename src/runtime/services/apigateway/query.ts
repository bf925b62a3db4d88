/** Parameters of a query as sent, decoded, in order; what cannot be decoded stays as it is. */
export function queryPairs(rawQuery: string): [name: string, value: string][] {
  if (rawQuery === "") return [];
  return rawQuery.split("&").flatMap((part): [string, string][] => {
    if (part === "") return [];
    const equals = part.indexOf("=");
    return equals < 0 ? [[decode(part), ""]] : [[decode(part.slice(0, equals)), decode(part.slice(equals + 1))]];
  });
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
