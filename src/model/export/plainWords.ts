/** Markdown as plain lines, for pictures that cannot set it: its words without their marks. */
export function plainWords(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) =>
      line
        .replace(/^\s{0,3}#{1,6}\s+/, "")
        .replace(/^\s{0,3}>\s?/, "")
        .replace(/^(\s*)[-*+]\s+/, "$1• ")
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/(\*\*|__|`)(.+?)\1/g, "$2")
        .replace(/(^|\s)[*_](\S.*?)[*_](?=\s|[.,;:!?]|$)/g, "$1$2"),
    )
    .join("\n");
}
