// Frame times of the Studio in a real browser while panning, for designs of several sizes, with 2,000 hops a second coming over
// the real socket; the limit is an empty canvas in the same run.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import type { SpanSummary } from "../../src/model/trace.ts";
import { StudioSession } from "../../src/main/session.ts";
import { startStudioServer } from "../../src/main/studioServer.ts";
import { findBrowser } from "../../tests/support/browser.ts";
import type { Row } from "./row.ts";

const sizes = [100, 500, 2_000];
const updatesPerSecond = 2_000;
const seconds = 4;
const token = "bench";

export async function studioRows(): Promise<Row[]> {
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const limit = await frameTime(await browser.newPage({ viewport: { width: 1440, height: 900 } }), 0);
    const rows: Row[] = [{ name: "Frame while panning, empty canvas (p50)", value: limit.p50, unit: "ms", limit: null, ratio: null }];
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const measured = await frameTime(page, size);
      await page.close();
      rows.push(
        {
          name: `Frame, ${size} nodes, ${updatesPerSecond} updates/s (p50)`,
          value: measured.p50,
          unit: "ms",
          limit: limit.p50,
          ratio: limit.p50 / measured.p50,
          ...(size === 500 && { aim: "< 17 ms" }),
        },
        {
          name: `Frame, ${size} nodes, ${updatesPerSecond} updates/s (p95)`,
          value: measured.p95,
          unit: "ms",
          limit: limit.p95,
          ratio: limit.p95 / measured.p95,
        },
      );
      if (measured.dragging === null) continue;
      rows.push({
        name: `Frame while a card is dragged, ${size} nodes (p50)`,
        value: measured.dragging,
        unit: "ms",
        limit: limit.p50,
        ratio: limit.p50 / measured.dragging,
        ...(size === 2_000 && { aim: "< 17 ms" }),
      });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

interface FrameTimes {
  readonly p50: number;
  readonly p95: number;
  /** p50 while a card is dragged; null: there is none. */
  readonly dragging: number | null;
}

async function frameTime(page: Page, size: number): Promise<FrameTimes> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "contrail-bench-"));
  await writeFile(path.join(folder, "template.yaml"), design(size));
  const session = new StudioSession({ log() {} });
  const server = await startStudioServer({
    session,
    shell: { kind: "browser", version: "0" },
    port: 0,
    rendererDirectory: path.resolve(import.meta.dirname, "../../out/renderer"),
    token,
  });
  try {
    await session.open(folder);
    await page.goto(server.url);
    await page.locator(".react-flow__pane").waitFor();
    await page.waitForTimeout(1_500);
    const stopLoad = size === 0 ? () => {} : sendHops(session, size);
    const frames = page.evaluate<number[]>(collectFrames(seconds * 1_000));
    await pan(page, seconds);
    stopLoad();
    const panning = await frames;
    return { p50: at(panning, 0.5), p95: at(panning, 0.95), dragging: size === 0 ? null : at(await drag(page, seconds), 0.5) };
  } finally {
    await server.close();
    await session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs in the page, where this file's types do not reach: milliseconds between frames. */
const collectFrames = (milliseconds: number): string => `new Promise((resolve) => {
  const deltas = [];
  const began = performance.now();
  let last = began;
  requestAnimationFrame(function frame(now) {
    deltas.push(now - last);
    last = now;
    if (now - began < ${milliseconds}) requestAnimationFrame(frame);
    else resolve(deltas.slice(1));
  });
})`;

function at(deltas: readonly number[], share: number): number {
  return deltas.toSorted((a, b) => a - b)[Math.floor(deltas.length * share)] ?? Number.NaN;
}

/** A card in the middle of the design goes round, at life size, where it and its neighbours are cards and not plain shapes. */
async function drag(page: Page, forSeconds: number): Promise<readonly number[]> {
  await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(800);
  const card = await page.locator(".react-flow__node.selected").boundingBox();
  if (card === null) throw new Error("No card is selected.");
  const from = { x: card.x + 60, y: card.y + 14 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = page.evaluate<number[]>(collectFrames(forSeconds * 1_000));
  const end = performance.now() + forSeconds * 1_000;
  for (let step = 0; performance.now() < end; step++) {
    await page.mouse.move(from.x + Math.sin(step / 20) * 80, from.y + Math.cos(step / 20) * 60);
    await page.waitForTimeout(8);
  }
  const there = await page.locator(".react-flow__node.selected").boundingBox();
  if (there === null || Math.hypot(there.x - card.x, there.y - card.y) < 10) throw new Error("The card was not dragged.");
  await page.mouse.up();
  return frames;
}

async function pan(page: Page, forSeconds: number): Promise<void> {
  await page.mouse.move(720, 300);
  const end = performance.now() + forSeconds * 1_000;
  for (let step = 0; performance.now() < end; step++) {
    await page.mouse.wheel(Math.sin(step / 20) * 30, Math.cos(step / 20) * 20);
    await page.waitForTimeout(8);
  }
}

/** Queue → function pairs and tables, as many as asked for. */
function design(size: number): string {
  const resources: string[] = [];
  for (let index = 0; resources.length < size; index++) {
    resources.push(
      `  Queue${index}:\n    Type: AWS::SQS::Queue`,
      `  Work${index}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs22.x\n      Handler: work.handler\n      InlineCode: "exports.handler = async () => {}"\n      Events:\n        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue${index}.Arn } }\n      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Table${index} } }]`,
      `  Table${index}:\n    Type: AWS::Serverless::SimpleTable`,
    );
  }
  // the last function may name a table beyond the size, so whole groups only
  return `Transform: AWS::Serverless-2016-10-31\nResources:${size === 0 ? " {}" : `\n${resources.join("\n")}`}\n`;
}

/** Hops from queues to functions, in the batches in which the runtime tells them. */
function sendHops(session: StudioSession, size: number): () => void {
  let sequence = 0;
  const timer = setInterval(() => {
    const count = updatesPerSecond / 20 / 2;
    const started: SpanSummary[] = [];
    for (let index = 0; index < count; index++) {
      const pair = sequence++ % Math.max(1, Math.floor(size / 3));
      const resource = (service: string, type: string, id: string) => ({ service, type, name: id, region: "us-east-1", logicalId: id });
      started.push({
        traceId: `1-00000000-${String(sequence).padStart(24, "0")}`,
        spanId: String(sequence).padStart(16, "0"),
        parentId: null,
        links: [],
        kind: "invocation",
        service: "lambda",
        operation: "Invoke",
        actor: { type: "resource", resource: resource("sqs", "AWS::SQS::Queue", `Queue${pair}`) },
        target: resource("lambda", "AWS::Lambda::Function", `Work${pair}`),
        startedAt: Date.now(),
        endedAt: null,
        outcome: "running",
        error: null,
        status: null,
        effectCount: 0,
        logCount: 0,
      });
    }
    session.emit("spans", {
      started,
      ended: started.map((span) => ({ ...span, endedAt: span.startedAt + 3, outcome: "ok" as const })),
      logs: [],
    });
  }, 50);
  return () => clearInterval(timer);
}
