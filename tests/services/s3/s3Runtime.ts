import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import type { RuntimeOptions } from "../../../src/runtime/index.ts";
import type { Service } from "../../../src/runtime/kernel/service.ts";
import { s3Service } from "../../../src/runtime/services/s3/service.ts";
import { clientOptions, runtimeWith } from "../../support/runtime.ts";

/** A runtime with buckets, and a client that addresses them by path. */
export async function account(services: readonly Service[] = [s3Service], options: RuntimeOptions = {}) {
  const runtime = await runtimeWith(services, options);
  const client = new S3Client({ ...clientOptions(runtime), forcePathStyle: true });
  onTestFinished(() => client.destroy());
  const bucket = async (Bucket: string): Promise<string> => {
    await client.send(new CreateBucketCommand({ Bucket }));
    return Bucket;
  };
  return { runtime, client, bucket };
}
