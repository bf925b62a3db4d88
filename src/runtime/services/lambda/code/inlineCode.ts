import { zipSync } from "fflate";

/**
 * Code written into a template, as Lambda unpacks it: one file, and beside it the module that custom resources answer
 * with. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
export function inlineCode(text: string, runtime: string): Uint8Array {
  const files: Record<string, Uint8Array> = runtime.startsWith("python")
    ? { "index.py": Buffer.from(text), "cfnresponse.py": Buffer.from(pythonModule) }
    : { "index.js": Buffer.from(text), "node_modules/cfn-response/index.js": Buffer.from(nodeModule) };
  // The same moment each time: a deploy that changes nothing finds the package unchanged.
  return zipSync(files, { mtime: "2000-01-01" });
}

const nodeModule = `"use strict";
const https = require("node:https");

exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = (event, context, status, data, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: status,
    Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  return new Promise((resolve) => {
    const done = () => {
      context.done();
      resolve();
    };
    const headers = { "content-type": "", "content-length": Buffer.byteLength(body) };
    const request = https.request({ hostname, port: 443, path: pathname + search, method: "PUT", headers }, (response) => {
      response.resume();
      response.on("end", done);
    });
    request.on("error", (error) => {
      console.log("The answer could not be sent: " + error);
      done();
    });
    request.end(body);
  });
};
`;

const pythonModule = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: " + context.log_stream_name,
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode("utf-8")
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"content-type": ""})
    try:
        urllib.request.urlopen(request)
    except Exception as error:
        print("The answer could not be sent:", error)
`;
