// JSON text over lines for people to read and change. Its numbers and names stay as they are written: nothing is read.
const indent = "  ";

/** The text must be JSON. */
export function prettyText(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  let depth = 0;
  let result = "";
  tokens.forEach((token, index) => {
    const isOpening = token === "{" || token === "[";
    const isClosing = token === "}" || token === "]";
    const isEmpty = isClosing && (tokens[index - 1] === "{" || tokens[index - 1] === "[");
    if (isClosing) depth -= 1;
    if (isClosing && !isEmpty) result += `\n${indent.repeat(depth)}`;
    result += token;
    if (isOpening) depth += 1;
    const next = tokens[index + 1];
    if (token === "," || (isOpening && next !== "}" && next !== "]")) result += `\n${indent.repeat(depth)}`;
    if (token === ":") result += " ";
  });
  return result;
}
