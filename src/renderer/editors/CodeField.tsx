import { lazy, Suspense } from "react";
import type { TextCompletion } from "./completion.ts";

/** A small editor inside a form: a request's body, an item, a message. */
export interface CodeFieldProps {
  label: string;
  language: "json" | "plaintext" | "yaml";
  value: string;
  onChange?(value: string): void;
  /** ⌘↵ */
  onSubmit?(): void;
  isReadOnly?: boolean;
  /** What fits at an offset of the text; suggested while typing. */
  complete?: TextCompletion;
}

const CodeFieldEditor = lazy(async () => ({ default: (await import("./CodeFieldEditor.tsx")).CodeFieldEditor }));

/** While Monaco is loading, a plain text field with the same text stands in its place. */
export function CodeField(props: CodeFieldProps) {
  return (
    <Suspense fallback={<PlainField {...props} />}>
      <CodeFieldEditor {...props} />
    </Suspense>
  );
}

function PlainField({ label, value, onChange, isReadOnly }: CodeFieldProps) {
  return (
    <textarea
      aria-label={label}
      readOnly={isReadOnly}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      className="h-full w-full resize-none bg-code px-3 py-2 font-mono text-xs leading-[18px] outline-none"
    />
  );
}
