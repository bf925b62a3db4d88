import json
import os

import boto3

# outside the handler, so that one environment connects once
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def handler(event, context):
    item_id = event["pathParameters"]["id"]
    if event["requestContext"]["http"]["method"] == "PUT":
        text = json.loads(event.get("body") or "{}").get("text", "")
        table.put_item(Item={"id": item_id, "text": text})
        return answer(200, {"id": item_id, "text": text})
    item = table.get_item(Key={"id": item_id}).get("Item")
    return answer(200, item) if item else answer(404, {"message": f"There is no item {item_id}."})


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
