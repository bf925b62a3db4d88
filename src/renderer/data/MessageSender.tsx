import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { sendMessage, type DataResource } from "./dataActions.ts";
import { SmallField } from "./SmallField.tsx";
import { t } from "../app/texts/texts.ts";

const MOST_DELAY_SECONDS = 900;

/** A message written by hand. */
export function MessageSender({ queue, onDone, onClose }: { queue: DataResource; onDone(): void; onClose(): void }) {
  const isFifo = queue.name.endsWith(".fifo");
  const [body, setBody] = useState('{\n  "text": "Hello from Contrail"\n}');
  const [delay, setDelay] = useState("");
  const [groupId, setGroupId] = useState(isFifo ? "studio" : "");
  const [deduplicationId, setDeduplicationId] = useState("");
  const delaySeconds = Number(delay);
  const isDelayRight = Number.isInteger(delaySeconds) && delaySeconds >= 0 && delaySeconds <= MOST_DELAY_SECONDS;
  const canSend = body !== "" && isDelayRight && !(isFifo && groupId === "");
  const send = async (): Promise<void> => {
    if (canSend && (await sendMessage(queue, { body, delaySeconds, groupId, deduplicationId }))) onDone();
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-code">
      <div className="flex h-8 flex-none items-center gap-2 border-b border-line bg-panel pr-1.5 pl-3">
        <span className="font-semibold">{t("New message")}</span>
        <span className="flex-1" />
        <IconButton label={t("Close")} size={24} onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        <CodeField label={t("Message body")} language="json" value={body} onChange={setBody} onSubmit={() => void send()} />
      </div>
      <div className="flex flex-none items-end gap-2.5 border-t border-line bg-panel px-3 pt-1.5 pb-2">
        <SmallField
          title={t("Message group")}
          value={groupId}
          onChange={setGroupId}
          placeholder={isFifo ? t("needed") : t("none")}
          isWrong={isFifo && groupId === ""}
        />
        {isFifo ? (
          <SmallField title={t("Deduplication ID")} value={deduplicationId} onChange={setDeduplicationId} placeholder={t("a new one")} />
        ) : (
          <SmallField
            title={t("Delay, s")}
            value={delay}
            onChange={setDelay}
            placeholder={t("the queue's")}
            isWrong={!isDelayRight}
            isNarrow
          />
        )}
        <Button look="primary" className="ml-auto" size="compact" shortcut="mod+enter" disabled={!canSend} onClick={() => void send()}>
          {t("Send message")}
        </Button>
      </div>
    </div>
  );
}
