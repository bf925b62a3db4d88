// A self-signed X.509 certificate, written in DER by hand: Node reads certificates and makes none.
import { createHash, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

const yearMilliseconds = 365 * 86_400_000;
const sha256WithRsa = sequence(Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]), Buffer.from([0x05, 0x00]));
const commonName = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]);

/** PEM; valid from a day before `now` for ten years. */
export function selfSignedCertificate(privateKey: KeyObject, publicKey: KeyObject, name: string, now: number): string {
  const subject = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(name)))));
  const key = publicKey.export({ type: "spki", format: "der" });
  const toBeSigned = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, serialOf(key)),
    sha256WithRsa,
    subject,
    sequence(time(now - 86_400_000), time(now + 10 * yearMilliseconds)),
    subject,
    key,
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, sha256WithRsa, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** Positive, and the same for the same key. */
function serialOf(key: Buffer): Buffer {
  const serial = createHash("sha1").update(key).digest().subarray(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

/** UTCTime holds years up to 2049, GeneralizedTime those after. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  return Number(digits.slice(0, 4)) < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
}
