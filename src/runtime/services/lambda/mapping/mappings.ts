import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { conflict, invalidParameter, notRunLocally, resourceNotFound, validation } from "../errors.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { MappingStore } from "./mapping.ts";
import type { Mapping } from "./mapping.ts";
import { Poller } from "./poller.ts";
import { sqsSource } from "./sqsSource.ts";

const defaultBatchSize = 10;

/** All event source mappings and the pollers of those that are enabled. */
export class Mappings {
  readonly store: MappingStore;
  readonly #functions: Functions;
  readonly #pollers = new Map<string, Poller>();
  readonly #results = new Map<string, string>();
  #isArmed = false;

  constructor(functions: Functions) {
    this.#functions = functions;
    this.store = new MappingStore(functions.service.database);
  }

  /** Begins polling: once the sources are there. */
  arm(): void {
    this.#isArmed = true;
    for (const mapping of this.store.all()) if (!this.#pollers.has(mapping.id)) this.#poll(mapping);
  }

  create(input: CreateEventSourceMappingRequest, call: Call): Mapping {
    const given = parseFunctionName(input.FunctionName);
    this.#functions.store.version(given, call.region);
    const eventSourceArn = sourceArn(input.EventSourceArn);
    const same = this.store
      .all()
      .find(
        (mapping) =>
          mapping.eventSourceArn === eventSourceArn && mapping.functionName === given.name && mapping.qualifier === given.qualifier,
      );
    if (same !== undefined) {
      throw conflict(
        `The event source arn (" ${eventSourceArn} ") and function (" ${given.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${same.id}`,
      );
    }
    const mapping = settled(
      {
        id: call.kernel.ids.uuid(),
        region: call.region,
        accountId: call.accountId,
        functionName: given.name,
        ...(given.qualifier !== undefined && { qualifier: given.qualifier }),
        eventSourceArn,
        isEnabled: true,
        batchSize: defaultBatchSize,
        windowSeconds: 0,
        reportsBatchItemFailures: false,
        filters: [],
        lastModified: call.now(),
        lastResult: "No records processed",
      },
      input,
      call,
    );
    this.#save(mapping);
    return mapping;
  }

  update(id: string, input: UpdateEventSourceMappingRequest, call: Call): Mapping {
    const before = this.get(id, call.region);
    const given = input.FunctionName === undefined ? undefined : parseFunctionName(input.FunctionName);
    if (given !== undefined) this.#functions.store.version(given, call.region);
    const { qualifier: _, ...rest } = before;
    const moved =
      given === undefined
        ? before
        : { ...rest, functionName: given.name, ...(given.qualifier !== undefined && { qualifier: given.qualifier }) };
    const mapping = settled(moved, input, call);
    this.#save(mapping);
    return mapping;
  }

  delete(id: string, region: string): Mapping {
    const mapping = this.get(id, region);
    this.#pollers.get(id)?.stop();
    this.#pollers.delete(id);
    this.store.remove(id);
    return mapping;
  }

  get(id: string | undefined, region: string): Mapping {
    const mapping = this.store.find(id ?? "");
    if (mapping === undefined || mapping.region !== region) throw resourceNotFound("The resource you requested does not exist.");
    return mapping;
  }

  list(filter: { readonly functionName?: string; readonly eventSourceArn?: string }, region: string): readonly Mapping[] {
    return this.store
      .all()
      .filter(
        (mapping) =>
          mapping.region === region &&
          (filter.functionName === undefined || mapping.functionName === filter.functionName) &&
          (filter.eventSourceArn === undefined || mapping.eventSourceArn === filter.eventSourceArn),
      );
  }

  describe(mapping: Mapping, state?: string): EventSourceMappingConfiguration {
    return {
      UUID: mapping.id,
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.windowSeconds,
      EventSourceArn: mapping.eventSourceArn,
      FunctionArn: functionArn({ name: mapping.functionName, region: mapping.region, accountId: mapping.accountId }, mapping.qualifier),
      EventSourceMappingArn: mappingArn(mapping),
      LastModified: new Date(mapping.lastModified),
      LastProcessingResult: this.#results.get(mapping.id) ?? mapping.lastResult,
      State: state ?? (mapping.isEnabled ? "Enabled" : "Disabled"),
      StateTransitionReason: "USER_INITIATED",
      FunctionResponseTypes: mapping.reportsBatchItemFailures ? ["ReportBatchItemFailures"] : [],
      ...(mapping.filters.length > 0 && { FilterCriteria: { Filters: mapping.filters.map((pattern) => ({ Pattern: pattern })) } }),
      ...(mapping.maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }),
    };
  }

  /** The function has gone: so do its mappings' polls. */
  functionRemoved(name: string, region: string): void {
    for (const mapping of this.list({ functionName: name }, region)) {
      this.#pollers.get(mapping.id)?.stop();
      this.#pollers.delete(mapping.id);
    }
  }

  stop(): void {
    for (const poller of this.#pollers.values()) poller.stop();
    this.#pollers.clear();
  }

  #save(mapping: Mapping): void {
    this.store.save(mapping);
    this.#pollers.get(mapping.id)?.stop();
    this.#pollers.delete(mapping.id);
    if (this.#isArmed) this.#poll(mapping);
  }

  #poll(mapping: Mapping): void {
    if (!mapping.isEnabled || this.#functions.store.find(mapping.functionName, mapping.region) === undefined) return;
    const { kernel } = this.#functions.service;
    const reader =
      kernel.resources.find("lambda", mapping.functionName, mapping.region) ?? functionRef(mapping.functionName, mapping.region);
    const poller = new Poller(mapping, sqsSource(mapping, kernel, reader), this.#functions, (result) =>
      this.#results.set(mapping.id, result),
    );
    this.#pollers.set(mapping.id, poller);
    poller.start();
  }
}

export function mappingArn(mapping: Mapping): string {
  return `arn:aws:lambda:${mapping.region}:${mapping.accountId}:event-source-mapping:${mapping.id}`;
}

function sourceArn(arn: string | undefined): string {
  if (arn === undefined) throw invalidParameter("EventSourceArn is required for this event source type.");
  if (/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(?:\.fifo)?$/.test(arn)) return arn;
  if (/^arn:aws[a-z-]*:(?:dynamodb|kinesis|kafka|mq|rds|docdb):/.test(arn))
    throw notRunLocally(`event source mappings of ${arn.split(":")[2]}`);
  throw invalidParameter("Unrecognized event source.");
}

/** Takes in what the request says, checked. */
function settled(mapping: Mapping, input: CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest, call: Call): Mapping {
  const batchSize = input.BatchSize ?? mapping.batchSize;
  const windowSeconds = input.MaximumBatchingWindowInSeconds ?? mapping.windowSeconds;
  const isFifo = mapping.eventSourceArn.endsWith(".fifo");
  if (batchSize < 1) throw validation(batchSize, "batchSize", "Member must have value greater than or equal to 1");
  if (batchSize > 10_000) throw validation(batchSize, "batchSize", "Member must have value less than or equal to 10000");
  if (isFifo && batchSize > 10) throw invalidParameter("Maximum batch size for FIFO queues is 10.");
  if (isFifo && windowSeconds > 0) throw invalidParameter("Batching window is not supported for FIFO queues.");
  if (batchSize > 10 && windowSeconds < 1)
    throw invalidParameter("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
  if (windowSeconds < 0 || windowSeconds > 300)
    throw validation(
      windowSeconds,
      "maximumBatchingWindowInSeconds",
      windowSeconds < 0 ? "Member must have value greater than or equal to 0" : "Member must have value less than or equal to 300",
    );
  const concurrency = input.ScalingConfig === undefined ? mapping.maximumConcurrency : input.ScalingConfig.MaximumConcurrency;
  if (concurrency !== undefined && (concurrency < 2 || concurrency > 1000)) {
    throw validation(
      concurrency,
      "scalingConfig.maximumConcurrency",
      concurrency < 2 ? "Member must have value greater than or equal to 2" : "Member must have value less than or equal to 1000",
    );
  }
  const filters =
    input.FilterCriteria === undefined ? mapping.filters : (input.FilterCriteria.Filters ?? []).map((filter) => filter.Pattern ?? "{}");
  for (const filter of filters) if (!isPattern(filter)) throw invalidParameter("Invalid filter pattern definition.");
  const { maximumConcurrency: _, ...rest } = mapping;
  return {
    ...rest,
    batchSize,
    windowSeconds,
    filters,
    ...(concurrency !== undefined && { maximumConcurrency: concurrency }),
    isEnabled: input.Enabled ?? mapping.isEnabled,
    reportsBatchItemFailures:
      input.FunctionResponseTypes === undefined
        ? mapping.reportsBatchItemFailures
        : input.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    lastModified: call.now(),
  };
}

function isPattern(filter: string): boolean {
  try {
    const value: unknown = JSON.parse(filter);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
