import { AwsError } from "../../kernel/awsError.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(name: string): void {
  const isFit =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isFit) throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", { members: { BucketName: name } });
}

const maxKeyBytes = 1024;

export function checkKey(key: string | undefined): string {
  if (key === undefined || key === "") throw new AwsError("InvalidRequest", "The key must not be empty.");
  const size = Buffer.byteLength(key);
  if (size > maxKeyBytes)
    throw new AwsError("KeyTooLongError", "Your key is too long", { members: { Size: size, MaxSizeAllowed: maxKeyBytes } });
  return key;
}
