import { useState } from "react";

/** The size in pixels of a part of a panel, remembered in the browser. */
export function useRememberedSize(name: string, initial: number): readonly [number, (size: number) => void] {
  const key = `contrail.size.${name}`;
  const [size, setSize] = useState(() => Number(localStorage.getItem(key)) || initial);
  const remember = (next: number): void => {
    localStorage.setItem(key, String(next));
    setSize(next);
  };
  return [size, remember];
}
