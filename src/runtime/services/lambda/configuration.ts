import type { Architecture, FunctionConfiguration, Runtime } from "@aws-sdk/client-lambda";
import type { FunctionVersion } from "./function.ts";
import { functionArn } from "./function.ts";

/** A function's configuration as Lambda answers it. */
export function configurationOf(version: FunctionVersion, qualifier?: string): FunctionConfiguration {
  const hasVariables = Object.keys(version.environment).length > 0;
  return {
    FunctionName: version.name,
    FunctionArn: functionArn(version, qualifier ?? (version.version === "$LATEST" ? undefined : version.version)),
    Runtime: version.runtime as Runtime,
    Role: version.role,
    Handler: version.handler,
    CodeSize: version.codeBytes,
    Description: version.description,
    Timeout: version.timeoutSeconds,
    MemorySize: version.memoryMegabytes,
    LastModified: version.lastModified,
    CodeSha256: version.codeSha256,
    Version: version.version,
    ...(hasVariables && { Environment: { Variables: { ...version.environment } } }),
    ...(version.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: version.deadLetterArn } }),
    TracingConfig: { Mode: version.tracingMode },
    RevisionId: version.revisionId,
    ...(version.layers.length > 0 && { Layers: version.layers.map((arn) => ({ Arn: arn })) }),
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: version.architectures as Architecture[],
    EphemeralStorage: { Size: version.ephemeralStorageMegabytes },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${version.region}::runtime:contrail-${version.runtime}` },
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${version.name}` },
  };
}

/** `2026-11-20T12:00:00.000+0000` */
export function lambdaTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+0000");
}
