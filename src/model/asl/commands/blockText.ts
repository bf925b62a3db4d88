// A text in a block scalar (`|`) of a template, taken out of its indentation and put back, line by line.

export interface BlockText {
  readonly text: string;
  /** The block with this text instead; lines that stay keep every character. */
  withText(text: string): string;
}

/** `block` begins with its header; undefined: it is no literal block. */
export function blockText(block: string): BlockText | undefined {
  const header = /^\|[-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(block)?.[0];
  if (header === undefined || /^\|[-+]?[0-9]/.test(header)) return undefined;
  const newline = header.endsWith("\r\n") ? "\r\n" : "\n";
  const lines = block.slice(header.length).split(newline);
  const indent = /^ */.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0] ?? "";
  if (indent === "") return undefined;
  const inner = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
  return {
    text: inner.join("\n"),
    withText: (text) => {
      const after = text.split("\n");
      let head = 0;
      while (head < inner.length && head < after.length && inner[head] === after[head]) head += 1;
      let tail = 0;
      while (tail < inner.length - head && tail < after.length - head && inner.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
      const written = after.slice(head, after.length - tail).map((line) => (line === "" ? "" : indent + line));
      return header + [...lines.slice(0, head), ...written, ...lines.slice(lines.length - tail)].join(newline);
    },
  };
}
