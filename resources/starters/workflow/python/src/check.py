def handler(event, context):
    amount = event["amount"]
    is_accepted = amount <= 1_000
    return {"isAccepted": is_accepted, "reason": "" if is_accepted else f"{amount} is more than one may spend."}
