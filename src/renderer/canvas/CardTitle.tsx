import { Fragment, useEffect, useRef, useState } from "react";
import { isJsonObject, type Json } from "../../model/json.ts";
import { whyNotLogicalId } from "../../model/design/logicalIds.ts";
import { useDesign } from "../app/stores/design.ts";
import { classes } from "../app/ui/classes.ts";
import { renameResource } from "./designActions.ts";
import { beginRename, endRename } from "./renaming.ts";

/** The logical ID; double click or F2 makes it a field. */
export function CardTitle({ id, isRenaming }: { id: string; isRenaming: boolean }) {
  const isOfCdk = useDesign(({ document }) => isMadeByCdk(document?.value["Resources"], id));
  if (isRenaming) return <TitleField id={id} />;
  const title = titleOf(id);
  const hash = isOfCdk ? (/(?<=.)[0-9A-F]{8}$/.exec(title)?.[0] ?? "") : "";
  const name = title.slice(0, title.length - hash.length);
  return (
    <div
      className="card-title text-md font-semibold tracking-[-0.01em]"
      title={id}
      onDoubleClick={(event) => {
        event.stopPropagation();
        beginRename(id);
      }}
    >
      {wordsOf(name).map((word, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {word}
        </Fragment>
      ))}
      {hash !== "" && <span className="font-normal text-fg-3">{hash}</span>}
    </div>
  );
}

/** Such names end with a hash that nobody reads. */
function isMadeByCdk(resources: Json | undefined, id: string): boolean {
  const resource = isJsonObject(resources) ? resources[id] : undefined;
  const metadata = isJsonObject(resource) ? resource["Metadata"] : undefined;
  return isJsonObject(metadata) && metadata["aws:cdk:path"] !== undefined;
}

/** `run:sqs:jobs` is called `jobs`: what was made at run time has no logical ID. */
function titleOf(id: string): string {
  return id.startsWith("run:") ? id.split(":").slice(2).join(":") : id;
}

/** `OrdersTable` in the parts between which it may go on in the next line. */
function wordsOf(title: string): readonly string[] {
  return title.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_.])/);
}

function TitleField({ id }: { id: string }) {
  const [text, setText] = useState(id);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const template = useDesign((state) => state.document?.value ?? {});
  const problem = text === id ? undefined : whyNotLogicalId(template, text);

  useEffect(() => {
    // After the canvas has given focus to the card itself.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);

  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    if (isKept && problem === undefined) renameResource(id, text);
    isDone.current = true;
    endRename();
  };

  return (
    <div className="nodrag nopan relative">
      <input
        ref={field}
        aria-label={`New name of ${id}`}
        aria-invalid={problem !== undefined}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") finish(true);
          if (event.key === "Escape") finish(false);
        }}
        className={classes(
          "-mx-1 h-[19px] w-[calc(100%+8px)] rounded-sm border bg-input px-[3px] text-md leading-[17px] font-semibold tracking-[-0.01em] outline-none",
          problem === undefined ? "border-accent" : "border-error",
        )}
      />
      {problem !== undefined && (
        <div
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 w-52 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs font-normal text-error shadow-3"
        >
          {problem}
        </div>
      )}
    </div>
  );
}
