import path from "node:path";
import { watch } from "chokidar";
import { isIgnored, projectRelative } from "./paths.ts";

/**
 * Watches a project folder and tells, in batches of what settles within 60 ms, which files changed. Returns how to stop.
 */
export function watchProject(directory: string, onChange: (absolutePaths: readonly string[]) => void): () => Promise<void> {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(directory, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (candidate) => candidate !== directory && isIgnored(projectRelative(directory, candidate)),
    // an editor that writes in pieces must not be seen half way
    awaitWriteFinish: false,
  });
  watcher.on("all", (_event, file) => {
    if (/\.contrail-\d+$/.test(file)) return;
    pending.add(path.resolve(directory, file));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = [...pending];
      pending.clear();
      onChange(changed);
    }, 60);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
