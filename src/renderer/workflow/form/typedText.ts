import { useState } from "react";

/** What is being typed over a value; another value from outside takes its place. */
export function useTypedText(value: string): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState({ for: value, text: value });
  if (typed.for !== value) setTyped({ for: value, text: value });
  return [typed.for === value ? typed.text : value, (text) => setTyped({ for: value, text })];
}
