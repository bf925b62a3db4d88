import type { ApiDestinationHttpMethod } from "@aws-sdk/client-eventbridge";
import type { ServiceEnvironment } from "../../../kernel/service.ts";
import { Records } from "../../../storage/records.ts";
import { constraint, notFound } from "../errors.ts";
import { arnOf } from "../names.ts";

export interface ApiDestination {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly connectionArn: string;
  /** `*` in it is filled by a target's PathParameterValues. */
  readonly endpoint: string;
  readonly method: ApiDestinationHttpMethod;
  readonly ratePerSecond: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export class ApiDestinations {
  readonly #records: Records<ApiDestination>;
  readonly #environment: ServiceEnvironment;

  constructor(environment: ServiceEnvironment) {
    this.#records = new Records(environment.database, "events", "destination");
    this.#environment = environment;
  }

  find(region: string, name: string): ApiDestination | undefined {
    return this.#records.get(`${region}/${name}`);
  }

  get(region: string, name: string): ApiDestination {
    const destination = this.find(region, name);
    if (destination === undefined)
      throw notFound(`Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`);
    return destination;
  }

  findByArn(arn: string): ApiDestination | undefined {
    return this.#records.all().find((destination) => destination.arn === arn);
  }

  /** By name. */
  all(region: string): ApiDestination[] {
    return this.#records
      .all()
      .filter((destination) => destination.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  arn(region: string, name: string): string {
    const { kernel, accountId } = this.#environment;
    return arnOf({ region, accountId }, `api-destination/${name}/${kernel.ids.uuid()}`);
  }

  save(destination: ApiDestination): void {
    this.#records.put(`${destination.region}/${destination.name}`, destination);
  }

  delete({ region, name }: ApiDestination): void {
    this.#records.delete(`${region}/${name}`);
  }
}

/** AWS takes HTTPS alone; here endpoints of one's own machine may go without. */
export function checkEndpoint(endpoint: string | undefined): string {
  if (endpoint === undefined || !/^https?:\/\/[^\s/]+/.test(endpoint))
    throw constraint(
      endpoint,
      "invocationEndpoint",
      "Member must satisfy regular expression pattern: ^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$",
    );
  return endpoint;
}
