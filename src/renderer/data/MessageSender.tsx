import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { sendMessage, type DataResource } from "./dataActions.ts";

/** A message written by hand. */
export function MessageSender({ queue, onDone, onClose }: { queue: DataResource; onDone(): void; onClose(): void }) {
  const [body, setBody] = useState('{\n  "text": "Hello from Contrail"\n}');
  const send = async (): Promise<void> => {
    if (body !== "" && (await sendMessage(queue, body))) onDone();
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-code">
      <div className="flex h-8 flex-none items-center gap-2 border-b border-line bg-panel pr-1.5 pl-3">
        <span className="font-semibold">New message</span>
        <span className="flex-1" />
        <IconButton label="Close" size={24} onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        <CodeField label="Message body" language="json" value={body} onChange={setBody} onSubmit={() => void send()} />
      </div>
      <div className="flex min-h-10 flex-none items-center justify-end gap-2 border-t border-line bg-panel px-3">
        <Button look="primary" size="compact" shortcut="mod+enter" disabled={body === ""} onClick={() => void send()}>
          Send message
        </Button>
      </div>
    </div>
  );
}
