/** Each message stands for itself: those that fail come again, the others are done. */
export async function handler(event) {
  const batchItemFailures = [];
  for (const message of event.Records) {
    try {
      await work(JSON.parse(message.body));
    } catch (error) {
      console.error("job failed", error);
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures };
}

async function work({ text }) {
  if (!text) throw new Error("A job needs a text.");
  console.log("job done", { text });
}
