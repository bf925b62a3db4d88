import { createHash, createPrivateKey, generateKeyPair, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import type { Database } from "../../../storage/database.ts";
import { selfSignedCertificate } from "./certificate.ts";

interface KeyRow {
  readonly private_key: string;
  readonly certificate: string;
}

/** The account's key, which signs what topics send, and the certificate by which receivers verify it. */
export class Signer {
  readonly #database: Database;
  readonly #madeAt: number;
  #key: KeyRow | undefined;
  #making: Promise<KeyRow> | undefined;
  #privateKey: KeyObject | undefined;
  #certificatePath: string | undefined;
  /** A message goes to many receivers under the same signature. */
  #last: { readonly text: string; readonly version: string; readonly signature: string } | undefined;

  constructor(database: Database, now: number) {
    this.#database = database;
    this.#madeAt = now;
    this.#key = database.prepare<[], KeyRow>("SELECT private_key, certificate FROM sns_keys WHERE name = 'messages'").get();
  }

  /** The key is made once for a data folder, which takes a moment: what signs waits for it first. */
  async prepare(): Promise<void> {
    this.#key ??= await (this.#making ??= this.#make());
  }

  /** Base64; version 2 signs a SHA-256 hash, version 1 a SHA-1 hash. */
  sign(text: string, version: string): string {
    if (this.#last?.text === text && this.#last.version === version) return this.#last.signature;
    this.#privateKey ??= createPrivateKey(this.#ready().private_key);
    const signature = sign(version === "2" ? "sha256" : "sha1", Buffer.from(text), this.#privateKey).toString("base64");
    this.#last = { text, version, signature };
    return signature;
  }

  get certificate(): string {
    return this.#ready().certificate;
  }

  /** `/SimpleNotificationService-….pem`, as AWS names it. */
  get certificatePath(): string {
    return (this.#certificatePath ??= `/SimpleNotificationService-${createHash("md5").update(this.certificate).digest("hex")}.pem`);
  }

  #ready(): KeyRow {
    if (this.#key === undefined) throw new Error("SNS signs before its key is made");
    return this.#key;
  }

  async #make(): Promise<KeyRow> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    const key: KeyRow = {
      private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      certificate: selfSignedCertificate(privateKey, publicKey, "sns.amazonaws.com", this.#madeAt),
    };
    this.#database.prepare("INSERT OR REPLACE INTO sns_keys VALUES ('messages', ?, ?)").run(key.private_key, key.certificate);
    return key;
  }
}
