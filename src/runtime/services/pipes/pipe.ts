import type { PipeEnrichmentParameters, PipeSourceParameters, PipeTargetParameters } from "@aws-sdk/client-pipes";
import type { ResourceRef } from "../../../model/trace.ts";
import type { ServiceEnvironment } from "../../kernel/service.ts";
import { Records } from "../../storage/records.ts";
import { notFound } from "./errors.ts";

export interface Pipe {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly desiredState: "RUNNING" | "STOPPED";
  readonly source: string;
  readonly sourceParameters: PipeSourceParameters;
  readonly enrichment?: string;
  readonly enrichmentParameters: PipeEnrichmentParameters;
  readonly target: string;
  readonly targetParameters: PipeTargetParameters;
  readonly roleArn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

const type = "AWS::Pipes::Pipe";

export class PipeStore {
  readonly #records: Records<Pipe>;
  readonly #environment: ServiceEnvironment;
  readonly #statements;

  constructor(environment: ServiceEnvironment) {
    const { database } = environment;
    this.#records = new Records(database, "pipes", "pipe");
    this.#statements = {
      position: database.prepare<[string, string], { sequence: string }>(
        "SELECT sequence FROM pipes_positions WHERE pipe = ? AND shard = ?",
      ),
      savePosition: database.prepare<[string, string, string]>(
        "INSERT INTO pipes_positions VALUES (?, ?, ?) ON CONFLICT (pipe, shard) DO UPDATE SET sequence = excluded.sequence",
      ),
      forget: database.prepare<[string]>("DELETE FROM pipes_positions WHERE pipe = ?"),
    };
    this.#environment = environment;
    for (const pipe of this.#records.all()) this.#index(pipe);
  }

  find(region: string, name: string): Pipe | undefined {
    return this.#records.get(`${region}/${name}`);
  }

  get(region: string, name: string): Pipe {
    const pipe = this.find(region, name);
    if (pipe === undefined) throw notFound(name);
    return pipe;
  }

  all(): Pipe[] {
    return this.#records.all();
  }

  save(pipe: Pipe): void {
    this.#records.put(`${pipe.region}/${pipe.name}`, pipe);
    this.#index(pipe);
  }

  delete({ region, name, arn }: Pipe): void {
    this.#records.delete(`${region}/${name}`);
    this.#statements.forget.run(arn);
    this.#environment.kernel.resources.remove("pipes", name, region);
  }

  /** A pipe as spans and effects name it. */
  ref({ region, name }: Pick<Pipe, "region" | "name">): ResourceRef {
    return this.#environment.kernel.resources.find("pipes", name, region) ?? { service: "pipes", type, name, region };
  }

  /** How far a pipe has come in a shard. */
  position(pipe: Pipe, shard: string): string | undefined {
    return this.#statements.position.get(pipe.arn, shard)?.sequence;
  }

  savePosition(pipe: Pipe, shard: string, sequence: string): void {
    this.#statements.savePosition.run(pipe.arn, shard, sequence);
  }

  #index({ region, name, arn }: Pipe): void {
    this.#environment.kernel.resources.add({ service: "pipes", type, name, region, arn });
  }
}
