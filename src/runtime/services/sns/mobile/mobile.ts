// Mobile push and text messages: what clients set up is kept and described; nothing is sent to phones.
import { isJsonObject } from "../../../../model/json.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Database } from "../../../storage/database.ts";
import { invalidParameter } from "../errors.ts";
import { parseJson } from "../parseJson.ts";

export type Attributes = { readonly [name: string]: string };

export interface PlatformApplication {
  readonly arn: string;
  readonly attributes: Attributes;
}

/** A device that an application registered. */
export interface PlatformEndpoint {
  readonly arn: string;
  readonly application: string;
  readonly token: string;
  readonly attributes: Attributes;
}

/** Push services that AWS speaks to. */
export const platforms: readonly string[] = [
  "ADM",
  "APNS",
  "APNS_SANDBOX",
  "APNS_VOIP",
  "APNS_VOIP_SANDBOX",
  "BAIDU",
  "FCM",
  "GCM",
  "MACOS",
  "MACOS_SANDBOX",
  "MPNS",
  "WNS",
];

interface Row {
  readonly arn: string;
  readonly attributes: string;
}

interface EndpointRow extends Row {
  readonly application: string;
  readonly token: string;
}

export class Mobile {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      application: database.prepare<[string], Row>("SELECT * FROM sns_platform_applications WHERE arn = ?"),
      applications: database.prepare<[string], Row>("SELECT * FROM sns_platform_applications WHERE arn LIKE ? ORDER BY arn"),
      saveApplication: database.prepare<[string, string]>("INSERT OR REPLACE INTO sns_platform_applications VALUES (?, ?)"),
      deleteApplication: database.prepare<[string]>("DELETE FROM sns_platform_applications WHERE arn = ?"),
      endpoint: database.prepare<[string], EndpointRow>("SELECT * FROM sns_platform_endpoints WHERE arn = ?"),
      endpoints: database.prepare<[string], EndpointRow>("SELECT * FROM sns_platform_endpoints WHERE application = ? ORDER BY arn"),
      endpointWithToken: database.prepare<[string, string], EndpointRow>(
        "SELECT * FROM sns_platform_endpoints WHERE application = ? AND token = ?",
      ),
      saveEndpoint: database.prepare<[string, string, string, string]>("INSERT OR REPLACE INTO sns_platform_endpoints VALUES (?, ?, ?, ?)"),
      deleteEndpoint: database.prepare<[string]>("DELETE FROM sns_platform_endpoints WHERE arn = ?"),
      deleteEndpoints: database.prepare<[string]>("DELETE FROM sns_platform_endpoints WHERE application = ?"),
      textSettings: database.prepare<[string], { attributes: string }>("SELECT attributes FROM sns_text_settings WHERE region = ?"),
      saveTextSettings: database.prepare<[string, string]>("INSERT OR REPLACE INTO sns_text_settings VALUES (?, ?)"),
    };
  }

  findApplication(arn: string): PlatformApplication | undefined {
    const row = this.#statements.application.get(arn);
    return row && { arn: row.arn, attributes: attributesOf(row.attributes) };
  }

  /** Of the caller's region: others know nothing of it. */
  getApplication(arn: string | undefined, region: string): PlatformApplication {
    const application = this.findApplication(checkedArn("PlatformApplicationArn", arn));
    if (application === undefined || regionOf(application.arn) !== region)
      throw new AwsError("NotFound", "PlatformApplication does not exist", { status: 404 });
    return application;
  }

  applications(region: string, accountId: string): readonly PlatformApplication[] {
    return this.#statements.applications
      .all(`arn:aws:sns:${region}:${accountId}:app/%`)
      .map((row) => ({ arn: row.arn, attributes: attributesOf(row.attributes) }));
  }

  saveApplication({ arn, attributes }: PlatformApplication): void {
    this.#statements.saveApplication.run(arn, JSON.stringify(attributes));
  }

  /** With its endpoints. */
  deleteApplication(arn: string): void {
    this.#statements.deleteEndpoints.run(arn);
    this.#statements.deleteApplication.run(arn);
  }

  findEndpoint(arn: string): PlatformEndpoint | undefined {
    const row = this.#statements.endpoint.get(arn);
    return row && endpointOf(row);
  }

  getEndpoint(arn: string | undefined, region: string): PlatformEndpoint {
    const endpoint = this.findEndpoint(checkedArn("EndpointArn", arn));
    if (endpoint === undefined || regionOf(endpoint.arn) !== region)
      throw new AwsError("NotFound", "Endpoint does not exist", { status: 404 });
    return endpoint;
  }

  endpointWithToken(application: string, token: string): PlatformEndpoint | undefined {
    const row = this.#statements.endpointWithToken.get(application, token);
    return row && endpointOf(row);
  }

  endpoints(application: string): readonly PlatformEndpoint[] {
    return this.#statements.endpoints.all(application).map(endpointOf);
  }

  saveEndpoint({ arn, application, token, attributes }: PlatformEndpoint): void {
    this.#statements.saveEndpoint.run(arn, application, token, JSON.stringify(attributes));
  }

  deleteEndpoint(arn: string): void {
    this.#statements.deleteEndpoint.run(arn);
  }

  textSettings(region: string): Attributes {
    return attributesOf(this.#statements.textSettings.get(region)?.attributes ?? "{}");
  }

  saveTextSettings(region: string, attributes: Attributes): void {
    this.#statements.saveTextSettings.run(region, JSON.stringify(attributes));
  }
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function endpointOf({ arn, application, token, attributes }: EndpointRow): PlatformEndpoint {
  return { arn, application, token, attributes: attributesOf(attributes) };
}

function attributesOf(text: string): Attributes {
  const attributes = parseJson(text);
  if (!isJsonObject(attributes)) return {};
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}

function checkedArn(member: string, arn: string | undefined): string {
  if (arn === undefined || arn === "") throw invalidParameter(`${member} Reason: no value for required parameter`);
  const { length } = arn.split(":");
  if (length < 6) throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${length}`);
  return arn;
}

export function checkPhoneNumber(number: string | undefined): void {
  if (number === undefined || !/^\+?\d+$/.test(number)) throw invalidParameter("PhoneNumber Reason: input incorrectly formatted");
}
