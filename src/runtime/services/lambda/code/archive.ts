import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import { lambdaLimits } from "../../../../model/limits/lambda.ts";
import { invalidParameter } from "../errors.ts";

const maxUnzippedBytes = lambdaLimits.unzippedPackageBytes.value;

export interface Archive {
  /** Below `code/`. */
  readonly directory: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Unpacks a deployment package once; the same bytes share one folder. */
export async function unpackArchive(zip: Uint8Array, codeDirectory: string): Promise<Archive> {
  const hash = createHash("sha256").update(zip).digest();
  const directory = hash.toString("hex");
  const archive: Archive = { directory, sha256: hash.toString("base64"), bytes: zip.byteLength };
  const target = path.join(codeDirectory, directory);
  if (existsSync(target)) return archive;
  await mkdir(codeDirectory, { recursive: true });
  // Functions of one deployment may bring the same bytes at the same time: each unpacks for itself, the first one stays.
  const unfinished = await mkdtemp(`${target}.unfinished-`);
  for (const [name, content] of Object.entries(unzip(zip))) {
    const file = path.resolve(unfinished, name);
    // an entry may not climb out of its folder
    if (!file.startsWith(unfinished + path.sep)) continue;
    if (name.endsWith("/")) await mkdir(file, { recursive: true });
    else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  await writeFile(`${target}.zip`, zip);
  await rename(unfinished, target).catch(async (error: unknown) => {
    if (!existsSync(target)) throw error;
    await rm(unfinished, { recursive: true, force: true });
  });
  return archive;
}

function unzip(zip: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(zip, {
      filter(file) {
        total += file.originalSize;
        if (total > maxUnzippedBytes) throw invalidParameter(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
        return true;
      },
    });
  } catch (error) {
    if (total > maxUnzippedBytes) throw error;
    throw invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
