export interface Request {
  amount: number;
}

export async function handler({ amount }: Request): Promise<{ isAccepted: boolean; reason: string }> {
  const isAccepted = amount <= 1_000;
  return { isAccepted, reason: isAccepted ? "" : `${amount} is more than one may spend.` };
}
