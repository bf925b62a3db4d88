import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { conflict, notRunLocally, resourceNotFound } from "../errors.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { Checkpoints } from "./checkpoints.ts";
import { MappingStore } from "./mapping.ts";
import type { Mapping } from "./mapping.ts";
import { Poller } from "./poller.ts";
import type { MappingPoller } from "./poller.ts";
import { defaultsOf, settled, sourceArn } from "./settings.ts";
import { sqsSource } from "./sqsSource.ts";
import { StreamPoller } from "./streamPoller.ts";
import { streamSource } from "./streamSource.ts";

/** All event source mappings and the pollers of those that are enabled. */
export class Mappings {
  readonly store: MappingStore;
  readonly #functions: Functions;
  readonly #checkpoints: Checkpoints;
  readonly #pollers = new Map<string, { readonly poller: MappingPoller; readonly started: Promise<void> }>();
  readonly #results = new Map<string, string>();
  #isArmed = false;

  constructor(functions: Functions) {
    this.#functions = functions;
    this.store = new MappingStore(functions.service.database);
    this.#checkpoints = new Checkpoints(functions.service.database);
  }

  /** Begins polling: once the sources are there. Resolves when each stands where it begins. */
  async arm(): Promise<void> {
    this.#isArmed = true;
    for (const mapping of this.store.all()) if (!this.#pollers.has(mapping.id)) this.#poll(mapping, Promise.resolve());
    await Promise.all([...this.#pollers.values()].map(({ started }) => started));
  }

  /** Resolves when the mapping has taken its position at its source: what comes from then on it sees. */
  async isReading(mapping: Mapping): Promise<void> {
    await this.#pollers.get(mapping.id)?.started;
  }

  create(input: CreateEventSourceMappingRequest, call: Call): Mapping {
    const given = parseFunctionName(input.FunctionName);
    this.#functions.store.version(given, call.region);
    if (input.SelfManagedEventSource !== undefined) throw notRunLocally("event source mappings of self-managed Kafka");
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
        ...defaultsOf(eventSourceArn, input),
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
    this.store.remove(id);
    this.#stopPoller(id).then(
      () => this.#checkpoints.forget(id),
      () => {},
    );
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
      ...describeStreamSettings(mapping),
      ...(mapping.maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }),
    };
  }

  /** The function has gone: so do its mappings' polls. */
  functionRemoved(name: string, region: string): void {
    for (const mapping of this.list({ functionName: name }, region)) void this.#stopPoller(mapping.id);
  }

  stop(): void {
    for (const id of this.#pollers.keys()) void this.#stopPoller(id);
  }

  #save(mapping: Mapping): void {
    this.store.save(mapping);
    const stopped = this.#stopPoller(mapping.id);
    if (this.#isArmed) this.#poll(mapping, stopped);
  }

  async #stopPoller(id: string): Promise<void> {
    const running = this.#pollers.get(id);
    this.#pollers.delete(id);
    await running?.poller.stop();
  }

  /** `after`: the batches of an earlier poller of the same mapping have ended, so that order holds. */
  #poll(mapping: Mapping, after: Promise<void>): void {
    if (!mapping.isEnabled || this.#functions.store.find(mapping.functionName, mapping.region) === undefined) return;
    const { kernel } = this.#functions.service;
    const reader =
      kernel.resources.find("lambda", mapping.functionName, mapping.region) ?? functionRef(mapping.functionName, mapping.region);
    const onResult = (result: string): void => void this.#results.set(mapping.id, result);
    const poller =
      mapping.stream === undefined
        ? new Poller(mapping, sqsSource(mapping, kernel, reader), this.#functions, onResult)
        : new StreamPoller(mapping, mapping.stream, streamSource(mapping, kernel, reader), this.#functions, this.#checkpoints, onResult);
    this.#pollers.set(mapping.id, { poller, started: after.then(() => poller.start()) });
  }
}

export function mappingArn(mapping: Mapping): string {
  return `arn:aws:lambda:${mapping.region}:${mapping.accountId}:event-source-mapping:${mapping.id}`;
}

function describeStreamSettings({ stream }: Mapping): EventSourceMappingConfiguration {
  if (stream === undefined) return {};
  return {
    StartingPosition: stream.startingPosition,
    ParallelizationFactor: stream.parallelizationFactor,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: stream.bisects,
    TumblingWindowInSeconds: stream.tumblingWindowSeconds,
    DestinationConfig: { OnFailure: stream.onFailure === undefined ? {} : { Destination: stream.onFailure } },
  };
}
