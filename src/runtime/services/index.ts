import type { Service } from "../kernel/service.ts";
import { sqsService } from "./sqs/service.ts";

/** Every service that runs. */
export const services: readonly Service[] = [sqsService];
