import { AwsError } from "../../../kernel/awsError.ts";
import type { Functions } from "../functions.ts";
import type { Checkpoint, Checkpoints } from "./checkpoints.ts";
import type { Mapping, StreamSettings } from "./mapping.ts";
import type { MappingPoller } from "./poller.ts";
import { ShardLine } from "./shardLine.ts";
import type { StreamShard, StreamSource } from "./streamSource.ts";

const errorPauseMilliseconds = 60_000;

/** Reads one stream: each shard in as many lines as the mapping's parallelization factor says, a child after its parent. */
export class StreamPoller implements MappingPoller {
  readonly #mapping: Mapping;
  readonly #settings: StreamSettings;
  readonly #source: StreamSource;
  readonly #functions: Functions;
  readonly #checkpoints: Checkpoints;
  readonly #onResult: (result: string) => void;
  readonly #ending = new AbortController();
  /** By shard and line. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    mapping: Mapping,
    settings: StreamSettings,
    source: StreamSource,
    functions: Functions,
    checkpoints: Checkpoints,
    onResult: (result: string) => void,
  ) {
    this.#mapping = mapping;
    this.#settings = settings;
    this.#source = source;
    this.#functions = functions;
    this.#checkpoints = checkpoints;
    this.#onResult = onResult;
  }

  async start(): Promise<void> {
    try {
      const shards = await this.#source.shards(this.#ending.signal);
      await this.#takePosition(shards);
      this.#startLines(shards);
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      if (!(error instanceof AwsError)) throw error;
      this.#onResult(`PROBLEM: ${error.message}`);
      const { clock } = this.#functions.service.kernel;
      const what = { title: `${this.#mapping.functionName} looks for its stream again`, resource: this.#source.resource, isQuiet: true };
      clock.sleep(errorPauseMilliseconds, what, this.#ending.signal).then(
        () => this.start(),
        () => {},
      );
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort(new Error("The event source mapping was stopped."));
    await Promise.all(this.#underWay.values());
  }

  /** LATEST is where the stream ends when the mapping first reads it, a timestamp where it stood then; kept, so that a restart does not pass over what came since. */
  async #takePosition(shards: readonly StreamShard[]): Promise<void> {
    const { startingPosition, startingTimestamp: moment } = this.#settings;
    if (startingPosition === "TRIM_HORIZON" || this.#checkpoints.of(this.#mapping.id).length > 0) return;
    const parents = new Set(shards.flatMap((shard) => shard.parentIds));
    for (const { id: shard } of shards) {
      const isEnded = moment === undefined && parents.has(shard);
      const after = isEnded ? undefined : await this.#firstPosition(shard, moment);
      for (let line = 0; line < this.#settings.parallelizationFactor; line++) this.#save({ shard, line, after, isEnded });
    }
  }

  async #firstPosition(shard: string, moment: number | undefined): Promise<string | undefined> {
    const { signal } = this.#ending;
    return moment === undefined ? this.#source.lastSequence(shard, signal) : this.#source.sequenceBefore?.(shard, moment, signal);
  }

  #startLines(shards: readonly StreamShard[]): void {
    const known = Map.groupBy(this.#checkpoints.of(this.#mapping.id), ({ shard }) => shard);
    const lines = this.#settings.parallelizationFactor;
    for (const shard of shards) {
      const parents = shards.filter((other) => shard.parentIds.includes(other.id));
      const areParentsRead = (line: number): boolean => parents.every((parent) => isRead(known.get(parent.id), line, lines));
      const kept = this.#divided(shard.id, known.get(shard.id) ?? []);
      for (let line = 0; line < lines; line++) {
        const checkpoint = kept.find((one) => one.line === line);
        if (checkpoint?.isEnded || this.#underWay.has(`${shard.id}/${line}`) || !areParentsRead(line)) continue;
        this.#startLine(shard.id, line, checkpoint);
      }
    }
  }

  /** A shard that was read in another number of lines goes on from where the last of them stood: some records may come again. */
  #divided(shard: string, checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
    const lines = this.#settings.parallelizationFactor;
    const [first] = checkpoints;
    if (first === undefined || first.lines === lines) return checkpoints;
    const isEnded = isRead(checkpoints, 0, lines);
    const reached = checkpoints.filter((checkpoint) => !checkpoint.isEnded).map(({ after }) => after);
    const isUnread = checkpoints.length < first.lines || reached.includes(undefined);
    const after = isUnread ? undefined : reached.toSorted()[0];
    this.#checkpoints.forget(this.#mapping.id, shard);
    return Array.from({ length: lines }, (_, line) => this.#save({ shard, line, after, isEnded }));
  }

  #startLine(shard: string, line: number, checkpoint: Checkpoint | undefined): void {
    const lines = this.#settings.parallelizationFactor;
    const reading = new ShardLine({
      mapping: this.#mapping,
      settings: this.#settings,
      source: this.#source,
      functions: this.#functions,
      shard,
      after: checkpoint?.after,
      window: checkpoint?.window,
      isMine: (record) => record.partition % lines === line,
      reached: (after, isEnded, window) => void this.#save({ shard, line, after, isEnded, window }),
      onResult: this.#onResult,
      signal: this.#ending.signal,
    });
    const key = `${shard}/${line}`;
    this.#underWay.set(
      key,
      reading.run().then(
        (isEnded) => {
          this.#underWay.delete(key);
          // its children may be read now
          if (isEnded && !this.#ending.signal.aborted) void this.start();
        },
        // What fails there has been told by the kernel; with the runtime gone there is nobody left to settle with.
        () => void this.#underWay.delete(key),
      ),
    );
  }

  #save(checkpoint: Omit<Checkpoint, "lines">): Checkpoint {
    const whole = { ...checkpoint, lines: this.#settings.parallelizationFactor };
    this.#checkpoints.save(this.#mapping.id, whole);
    return whole;
  }
}

/** A line of a shard is read when it ended; of a shard that was divided otherwise, all lines must have. */
function isRead(checkpoints: readonly Checkpoint[] = [], line: number, lines: number): boolean {
  const [first] = checkpoints;
  if (first === undefined) return false;
  if (first.lines === lines) return checkpoints.some((checkpoint) => checkpoint.line === line && checkpoint.isEnded);
  return checkpoints.length >= first.lines && checkpoints.every((checkpoint) => checkpoint.isEnded);
}
