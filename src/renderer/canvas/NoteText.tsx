import ReactMarkdown, { type Components } from "react-markdown";

const parts: Components = {
  // a note opens nothing inside the Studio's own page
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener" className="nodrag text-accent underline">
      {children}
    </a>
  ),
  // pictures of elsewhere are not fetched
  img: ({ alt }) => <>{alt}</>,
};

/** A note's text as Markdown; its first line is the heading, marked as one or not. */
export function NoteText({ text }: { text: string }) {
  const [heading = "", ...rest] = text.split("\n");
  const isPlain = /^[\w"'(]/.test(heading) && heading.length < 120;
  return (
    <div className="note-text">
      <ReactMarkdown components={parts}>{isPlain ? `### ${heading}\n${rest.join("\n")}` : text}</ReactMarkdown>
    </div>
  );
}
