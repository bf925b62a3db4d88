// Short messages at the lower right: what was done with a way back, or what went wrong and what to do.
import { create } from "zustand";
import { t } from "../texts/texts.ts";
import { messageOf } from "../texts/words.ts";

export interface Notice {
  id: number;
  tone: "info" | "ok" | "error";
  title: string;
  detail?: string;
  action?: { title: string; run(): void };
}

const shownMilliseconds = 5000;
let lastId = 0;

export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

/** Errors stay until they are closed; the rest go by themselves. */
export function notify(notice: Omit<Notice, "id">): void {
  const id = ++lastId;
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-3), { ...notice, id }] }));
  if (notice.tone !== "error") setTimeout(() => closeNotice(id), shownMilliseconds);
}

export function closeNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Runs what may fail for a person and tells them when it does: `attempt("Save template.yaml", () => …)`. */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notify({ tone: "error", title: t("{{what}} did not work", { what }), detail: messageOf(error) });
    return undefined;
  }
}
