// Projects of state machines that ship with one function, for the specs of workflows; and the gestures that these share.
import type { Locator, Page } from "@playwright/test";

/** A template with these machines, each defined in a file of its name, beside the function Ship. */
export function shippingTemplate(...machines: readonly string[]): string {
  const each = machines.map(
    (name) => `  ${name}:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/${name.toLowerCase()}.asl.json
      DefinitionSubstitutions:
        ShipArn: !GetAtt Ship.Arn
`,
  );
  return `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
${each.join("")}  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: ship.handler
      CodeUri: src/
`;
}

export async function middleOf(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error("not on the page");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** With the steps between that a hand makes; the button stays down. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 10, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 10 });
}
