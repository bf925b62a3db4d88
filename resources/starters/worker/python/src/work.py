import json


def handler(event, context):
    """Each message stands for itself: those that fail come again, the others are done."""
    failures = []
    for message in event["Records"]:
        try:
            work(json.loads(message["body"]))
        except Exception as error:
            print(f"job failed: {error}")
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def work(job):
    if not job.get("text"):
        raise ValueError("A job needs a text.")
    print(f"job done: {job['text']}")
