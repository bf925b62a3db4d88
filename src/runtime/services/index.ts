import type { Service } from "../kernel/service.ts";

/** Every service that runs. */
export const services: readonly Service[] = [];
