/** What `contrail edit --help` says of each command. */
export const editHelp = `
Commands, one or a list of them; a list is written at once or not at all:
  {"type":"add","id":"Orders","resourceType":"AWS::Serverless::SimpleTable","properties":{…},"extra":{"DependsOn":"Jobs"}}
      A new resource. Properties and extra (further keys beside Type and Properties) may be left out.
  {"type":"remove","ids":["Orders"]}
      Takes resources away, with what refers to them.
  {"type":"rename","id":"Orders","newId":"OrdersTable"}
      A new logical ID, everywhere the old one is mentioned.
  {"type":"connect","from":"Api","to":"CreateOrder","rule":"route-trigger","route":{"method":"POST","path":"/orders"}}
      What the line drawn in the Studio writes: event source, policy, environment variable, target. When the rule is not
      one for these two, the message lists those that are. Only APIs have a route.
  {"type":"disconnect","connection":"Api>CreateOrder:trigger:POST /orders"}
      Takes away what makes a connection. When there is none of that name, the message lists the connections there are.
  {"type":"setProperty","id":"Jobs","path":"Properties.VisibilityTimeout","value":60}
      Any value below a resource; a number in the path is a place in a list. Without value the key is removed.
  {"type":"several","commands":[…]}
      Several as one.

Examples:
  contrail edit template.yaml '{"type":"add","id":"Jobs","resourceType":"AWS::SQS::Queue"}'
  contrail edit shop '[{"type":"rename","id":"A","newId":"B"},{"type":"setProperty","id":"B","path":"Properties.Timeout","value":10}]'
  generate-commands | contrail edit template.yaml - --dry-run`;
