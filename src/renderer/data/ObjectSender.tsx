import { formatWhole } from "../app/format.ts";
import { FileUp, X } from "lucide-react";
import { useRef, useState } from "react";
import { notify } from "../app/stores/notices.ts";
import { Button } from "../app/ui/Button.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { CodeField } from "../editors/CodeField.tsx";
import { putObject, type DataResource } from "./dataActions.ts";
import { SmallField } from "./SmallField.tsx";
import { t } from "../app/texts/texts.ts";

const MOST_FILE_BYTES = 5 * 1024 * 1024;

/** An object written by hand, or a file. Putting it is a real put: what hears of the bucket hears of it. */
export function ObjectSender({ bucket, onDone, onClose }: { bucket: DataResource; onDone(): void; onClose(): void }) {
  const [key, setKey] = useState("hello.json");
  const [type, setType] = useState("application/json");
  const [text, setText] = useState('{\n  "text": "Hello from Contrail"\n}');
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const canPut = key !== "";
  const put = async (): Promise<void> => {
    if (!canPut) return;
    const content = file === null ? text : { $bytes: await base64Of(file) };
    if (await putObject(bucket, { key, type, content })) onDone();
  };
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return;
    if (chosen.size > MOST_FILE_BYTES) {
      notify({
        tone: "info",
        title: t("{{name}} is larger than 5 MB", { name: chosen.name }),
        detail: t("Put it with the AWS CLI: aws s3 cp, with --endpoint-url set to the AWS endpoint of this run."),
      });
      return;
    }
    setFile(chosen);
    setKey(chosen.name);
    setType(chosen.type);
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-code">
      <div className="flex h-8 flex-none items-center gap-2 border-b border-line bg-panel pr-1.5 pl-3">
        <span className="font-semibold">{t("New object")}</span>
        <span className="flex-1" />
        <Button size="compact" onClick={() => picker.current?.click()}>
          <FileUp size={12} />
          {t("Choose a file")}
        </Button>
        <input
          ref={picker}
          type="file"
          aria-label={t("File to put")}
          className="hidden"
          onChange={(event) => choose(event.target.files?.[0])}
        />
        <IconButton label={t("Close")} size={24} onClick={onClose}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="flex flex-none items-end gap-2.5 border-b border-line bg-panel px-3 pt-1.5 pb-2">
        <SmallField title={t("Key")} value={key} onChange={setKey} placeholder="folder/name.json" isWrong={key === ""} isWide />
        <SmallField title={t("Content type")} value={type} onChange={setType} placeholder="binary/octet-stream" />
      </div>
      <div className="min-h-0 flex-1">
        {file === null ? (
          <CodeField label={t("Content")} language="json" value={text} onChange={setText} onSubmit={() => void put()} />
        ) : (
          <div className="flex h-full flex-col items-center justify-center gap-2 px-6 text-center">
            <p className="font-semibold break-all">{file.name}</p>
            <p className="text-xs text-fg-3 tabular-nums">{t("{{size}} bytes", { size: formatWhole(file.size) })}</p>
            <Button size="compact" look="quiet" onClick={() => setFile(null)}>
              {t("Write text instead")}
            </Button>
          </div>
        )}
      </div>
      <div className="flex flex-none justify-end border-t border-line bg-panel px-3 py-1.5">
        <Button look="primary" size="compact" shortcut="mod+enter" disabled={!canPut} onClick={() => void put()}>
          {t("Put object")}
        </Button>
      </div>
    </div>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
