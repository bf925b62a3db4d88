import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface DataFolder {
  readonly path: string;
  /** Lets others use it; a temporary one is deleted. */
  release(): void;
}

const temporaryName = /^contrail-(\d+)-/;

/**
 * The folder in which an account lives: the given one, held by one runtime at a time, or a temporary one that carries the
 * process id, so that a later start can clear away what a killed process left.
 */
export function openDataFolder(directory: string | undefined): DataFolder {
  if (directory === undefined) {
    const temporary = mkdtempSync(path.join(tmpdir(), `contrail-${process.pid}-`));
    return { path: temporary, release: () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 }) };
  }
  mkdirSync(directory, { recursive: true });
  const lock = path.join(directory, "runtime.pid");
  const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
  if (isAlive(holder)) {
    throw new Error(
      `The data folder ${directory} is in use by a running Contrail (process ${holder}). Stop that one, or choose another folder.`,
    );
  }
  writeFileSync(lock, String(process.pid));
  return { path: directory, release: () => rmSync(lock, { force: true }) };
}

/** Deletes temporary folders of processes that are no more. */
export function removeStaleFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const match = temporaryName.exec(name);
    if (match === null || isAlive(Number(match[1]))) continue;
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  if (!(processId > 0)) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but someone else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
