import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { Bodies } from "./bodies.ts";
import { Buckets } from "./buckets.ts";
import { Notifier } from "./notifications/notifier.ts";
import { Objects } from "./objects.ts";
import { Uploads } from "./uploads.ts";
import { s3Tables } from "./tables.ts";

/** What every operation of this service works with. */
export interface S3 {
  readonly environment: ServiceEnvironment;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly bodies: Bodies;
  readonly uploads: Uploads;
  readonly notifier: Notifier;
}

export function openS3(environment: ServiceEnvironment): S3 {
  const { database, directory, kernel } = environment;
  migrate(database, "s3", s3Tables);
  const buckets = new Buckets(database, kernel);
  const objects = new Objects(database, buckets.all());
  const bodies = new Bodies(directory, kernel.ids);
  bodies.discardStrays(objects.fileNames());
  return { environment, buckets, objects, bodies, uploads: new Uploads(database), notifier: new Notifier(environment, buckets) };
}
