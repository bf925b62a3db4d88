import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, DataPlane, Deployed, Kernel, ResourceProvider, StackResource } from "../../kernel/service.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
interface CustomAnswer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: JsonObject;
}

export interface CustomResources {
  readonly provider: ResourceProvider;
  /** Takes the functions' answers, at the host that AWS uses for them. */
  readonly plane: DataPlane;
}

const defaultTimeoutSeconds = 3_600;
const hostPrefix = "cloudformation-custom-resource-response-";

export function isCustomType(type: string): boolean {
  return type === "AWS::CloudFormation::CustomResource" || type.startsWith("Custom::");
}

/** Resources made by a function of the user: it is invoked, and PUTs its answer to a pre-signed address. */
export function customResources(kernel: Kernel, stackId: (stackName: string, region: string) => string): CustomResources {
  const waiting = new Map<string, (answer: CustomAnswer) => void>();

  async function request(
    type: "Create" | "Update" | "Delete",
    resource: StackResource,
    previous: (StackResource & Deployed) | undefined,
    call: Call,
  ): Promise<Deployed> {
    const serviceToken = (type === "Delete" ? previous : resource)?.properties["ServiceToken"];
    if (typeof serviceToken !== "string")
      throw new AwsError(
        "ValidationError",
        `${resource.logicalId}: a custom resource needs the property ServiceToken, the ARN of a function.`,
      );
    if (!serviceToken.includes(":lambda:"))
      throw new AwsError(
        "ValidationError",
        `${resource.logicalId}: ServiceToken ${serviceToken} is not a function; only functions answer custom resources locally.`,
      );
    const token = call.kernel.ids.uuid();
    const path = `/${encodeURIComponent(`${stackId(resource.stackName, call.region)}|${resource.logicalId}|${token}`)}`;
    const event = {
      RequestType: type,
      ServiceToken: serviceToken,
      ResponseURL: `https://${hostPrefix}${call.region.replaceAll("-", "")}.s3.${call.region}.amazonaws.com${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${call.kernel.ids.hex(64)}`,
      StackId: stackId(resource.stackName, call.region),
      RequestId: token,
      LogicalResourceId: resource.logicalId,
      ...(previous !== undefined && { PhysicalResourceId: previous.physicalId }),
      ResourceType: resource.type,
      ResourceProperties: asText(type === "Delete" && previous !== undefined ? previous.properties : resource.properties),
      ...(type === "Update" && previous !== undefined && { OldResourceProperties: asText(previous.properties) }),
    };
    const answer = await answerTo(token, serviceToken, event, resource, call);
    if (answer.Status !== "SUCCESS") {
      throw new AwsError(
        "CustomResourceFailed",
        `Received response status [FAILED] from custom resource. Message returned: ${answer.Reason ?? "none"} (RequestId: ${token})`,
      );
    }
    const physicalId = answer.PhysicalResourceId ?? previous?.physicalId ?? physicalName(resource, call.kernel.ids);
    return { physicalId, attributes: answer.Data ?? {} };
  }

  async function answerTo(token: string, functionArn: string, event: object, resource: StackResource, call: Call): Promise<CustomAnswer> {
    const ended = new AbortController();
    const answered = new Promise<CustomAnswer>((resolve) => waiting.set(token, resolve));
    const seconds = Number(resource.properties["ServiceTimeout"] ?? defaultTimeoutSeconds);
    try {
      // Invoked and awaited, unlike on AWS: a function that throws is known at once, instead of after the timeout of an hour.
      const failed = invoke(functionArn, event, call).then(async (error) => {
        if (error === undefined) return await answered;
        return { Status: "FAILED", Reason: error };
      });
      const late = call.kernel.clock
        .sleep(seconds * 1000, { title: `${resource.logicalId} custom resource timeout` }, ended.signal)
        .then((): CustomAnswer => ({
          Status: "FAILED",
          Reason: `CloudFormation did not receive a response from your Custom Resource within ${seconds} seconds. Please check your logs for requestId [${token}].`,
        }));
      late.catch(() => {});
      return await Promise.race([answered, failed, late]);
    } finally {
      ended.abort(new Error("answered"));
      waiting.delete(token);
    }
  }

  return {
    provider: {
      create: (resource, call) => request("Create", resource, undefined, call),
      update: (resource, previous, call) => request("Update", resource, previous, call),
      async delete(previous, call) {
        await request("Delete", previous, previous, call);
      },
    },
    plane: {
      matches: (host) => host.startsWith(hostPrefix),
      handle: (message, caller) =>
        kernel.work(
          {
            kind: "request",
            service: "cloudformation",
            operation: "Custom resource response",
            target: null,
            input: message,
            run(request: HttpRequest, call) {
              const response = take(request);
              call.status(response.status);
              return response;
            },
          },
          caller,
        ),
    },
  };

  function take(message: HttpRequest): HttpResponse {
    const token = decodeURIComponent(message.path).split("|").at(-1) ?? "";
    const resolve = waiting.get(token);
    const answer = parseAnswer(message.body);
    if (message.method !== "PUT" || answer === undefined) return plain(400);
    resolve?.(answer);
    return plain(resolve === undefined ? 403 : 200);
  }
}

/** The function's error, or undefined when it returned. */
async function invoke(functionArn: string, event: object, call: Call): Promise<string | undefined> {
  const output = await call.invoke<{ FunctionError?: string; Payload?: Uint8Array }>("lambda", "Invoke", {
    FunctionName: functionArn,
    InvocationType: "RequestResponse",
    Payload: Buffer.from(JSON.stringify(event)),
  });
  if (output.FunctionError === undefined) return undefined;
  const failure: unknown = JSON.parse(Buffer.from(output.Payload ?? []).toString("utf8") || "{}");
  return typeof failure === "object" && failure !== null && "errorMessage" in failure ? String(failure.errorMessage) : output.FunctionError;
}

function parseAnswer(body: Uint8Array): CustomAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    if (typeof answer !== "object" || answer === null || !("Status" in answer) || typeof answer.Status !== "string") return undefined;
    const { Reason, PhysicalResourceId, Data } = answer as { Reason?: unknown; PhysicalResourceId?: unknown; Data?: Json };
    return {
      Status: answer.Status,
      ...(Reason !== undefined && { Reason: String(Reason) }),
      ...(PhysicalResourceId !== undefined && { PhysicalResourceId: String(PhysicalResourceId) }),
      ...(Data !== undefined && isJsonObject(Data) && { Data }),
    };
  } catch {
    return undefined;
  }
}

/** CloudFormation hands numbers and booleans to custom resources as text. */
function asText(value: Json): Json {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(asText);
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
  return value;
}

function plain(status: number): HttpResponse {
  return { status, headers: [["content-type", "application/xml"]], body: new Uint8Array() };
}
