export async function handler({ amount }) {
  const isAccepted = amount <= 1_000;
  return { isAccepted, reason: isAccepted ? "" : `${amount} is more than one may spend.` };
}
