import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { publishMessage, putRecord, type DataResource } from "./dataActions.ts";
import { SmallField } from "./SmallField.tsx";
import { t } from "../app/texts/texts.ts";

/** A message to a topic, or a record for a stream, written by hand. */
export function Publisher({ resource, onDone, onClose }: { resource: DataResource; onDone(): void; onClose(): void }) {
  const isTopic = resource.service === "sns";
  const isFifo = resource.name.endsWith(".fifo");
  const [body, setBody] = useState('{\n  "text": "Hello from Contrail"\n}');
  const [key, setKey] = useState(isTopic ? (isFifo ? "studio" : "") : "studio");
  const [subject, setSubject] = useState("");
  const [attributes, setAttributes] = useState("");
  const isKeyMissing = key === "" && (!isTopic || isFifo);
  const named = attributesOf(attributes);
  const canSend = body !== "" && !isKeyMissing && named !== undefined;
  const send = async (): Promise<void> => {
    if (!canSend) return;
    const isSent = isTopic
      ? await publishMessage(resource, { body, subject, groupId: key, attributes: named })
      : await putRecord(resource, body, key);
    if (isSent) onDone();
  };
  const title = isTopic ? t("Publish") : t("Put record");
  return (
    <div className="flex h-full min-h-0 flex-col bg-code">
      <div className="flex h-8 flex-none items-center gap-2 border-b border-line bg-panel pr-1.5 pl-3">
        <span className="font-semibold">{isTopic ? t("New message") : t("New record")}</span>
        <span className="flex-1" />
        <IconButton label={t("Close")} size={24} onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        <CodeField
          label={isTopic ? t("Message to publish") : t("Data of the record")}
          language="json"
          value={body}
          onChange={setBody}
          onSubmit={() => void send()}
        />
      </div>
      <div className="flex flex-none flex-wrap items-end gap-2.5 border-t border-line bg-panel px-3 pt-1.5 pb-2">
        {isTopic && <SmallField title={t("Subject")} value={subject} onChange={setSubject} placeholder={t("none")} />}
        {isTopic && (
          <SmallField
            title={t("Attributes")}
            value={attributes}
            onChange={setAttributes}
            placeholder={t("kind=new, n=1")}
            isWrong={named === undefined}
          />
        )}
        <SmallField
          title={isTopic ? t("Message group") : t("Partition key")}
          value={key}
          onChange={setKey}
          placeholder={isTopic && !isFifo ? t("none") : t("needed")}
          isWrong={isKeyMissing}
        />
        <Button look="primary" className="ml-auto" size="compact" shortcut="mod+enter" disabled={!canSend} onClick={() => void send()}>
          {title}
        </Button>
      </div>
    </div>
  );
}

/** `kind=new, n=1`, as a person types it; undefined: that is not what was typed. */
function attributesOf(text: string): Readonly<Record<string, string>> | undefined {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.some((part) => !part.includes("="))) return undefined;
  const pairs = parts.map((part): [string, string] => [part.slice(0, part.indexOf("=")).trim(), part.slice(part.indexOf("=") + 1).trim()]);
  return pairs.every(([name, value]) => name !== "" && value !== "") ? Object.fromEntries(pairs) : undefined;
}
