import type { Connection, TemplatePath } from "../../model/design/design.ts";
import type { TemplateDocument } from "../../model/template/document.ts";
import { useDesign } from "../app/stores/design.ts";
import { revealInEditor } from "../editors/reveal.ts";
import { t } from "../app/texts/texts.ts";

const maxLines = 9;

/** The lines of the template that make a connection, as they stand there; a click goes to them. */
export function WrittenLines({ connection }: { connection: Connection }) {
  const document = useDesign((state) => (state.trouble === null ? state.document : null));
  if (document === null) return null;
  return (
    <div className="flex flex-col gap-1.5 px-3 pt-1">
      {connection.writtenAt.map((path) => (
        <Excerpt key={path.join("/")} document={document} path={path} />
      ))}
    </div>
  );
}

function Excerpt({ document, path }: { document: TemplateDocument; path: TemplatePath }) {
  const range = document.rangeOf(path);
  if (range === undefined) return null;
  const all = document.text.split("\n").slice(range.start.line - 1, range.end.column === 1 ? range.end.line - 1 : range.end.line);
  const lines = unindented(all.slice(0, maxLines));
  return (
    <button
      type="button"
      onClick={() => revealInEditor({ path: document.path, line: range.start.line, column: range.start.column }, { beside: true })}
      className="w-full overflow-hidden rounded-md border border-line bg-code text-left hover:border-line-strong"
    >
      <span className="flex h-5 items-center justify-between border-b border-line px-2 text-2xs text-fg-3">
        <span className="truncate">{whereText(path)}</span>
        <span className="flex-none pl-2 tabular-nums">{t("line {{line}}", { line: range.start.line })}</span>
      </span>
      <pre className="overflow-hidden wrap-anywhere whitespace-pre-wrap px-2 py-1 font-mono text-[11px] leading-[17px]">
        {lines.map((line, index) => (
          <YamlLine key={index} text={line} />
        ))}
        {all.length > maxLines && <span className="text-fg-3">…{"\n"}</span>}
      </pre>
    </button>
  );
}

/** Keys, tags and comments in their colours: enough for an excerpt. */
function YamlLine({ text }: { text: string }) {
  const match = /^(\s*(?:- )?)("?[\w.:$*/{}-]+"?)(:)(\s.*)?$/.exec(text);
  if (match === null) return <>{`${text}\n`}</>;
  const [, lead, key, colon, rest = ""] = match;
  return (
    <>
      {lead}
      <span className="text-(--syn-key)">{key}</span>
      {colon}
      <span className={rest.trim().startsWith("!") ? "text-(--syn-fn)" : "text-(--syn-str)"}>{rest}</span>
      {"\n"}
    </>
  );
}

function whereText(path: TemplatePath): string {
  const [section, ...rest] = path;
  return (section === "Resources" ? rest.filter((part) => part !== "Properties") : path).join(" › ");
}

function unindented(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(Number.isFinite(least) ? least : 0).trimEnd());
}
