import { type Comment, keepComment, mark, type Thread } from "../../lib/forge/comment";

/** What a report becomes, below the frame. */
async function written(report: string): Promise<string> {
  const bodies: string[] = [];
  const thread: Thread = {
    forge: "GitHub",
    limit: 1_000,
    own: () => Promise.resolve<Comment[]>([]),
    create: (body) => Promise.resolve(void bodies.push(body)),
    update: () => Promise.resolve(false),
    remove: () => Promise.resolve(),
  };
  await keepComment(thread, report, "https://hub.example/runs/1");
  const [body = ""] = bodies;
  expect(body.startsWith(`${mark}\n<sub>As the change's own code says; [`)).toBe(true);
  return body.split("\n").slice(3).join("\n").replaceAll("\u200b", "·");
}

describe("a report that a stranger made speaks with our rights, so", () => {
  test.each([
    [
      "GitLab takes no line of it as a command",
      "## ok\n/merge\n  /label ~risk-accepted\n\t/Approve",
      "## ok\n·/merge\n  ·/label ~risk-accepted\n\t·/Approve",
    ],
    ["nobody is called by name", "@all and (@company/platform), mail@example.ir", "@·all and (@·company/platform), mail@example.ir"],
    ["a backtick is no shelter: its code may never end", "`@all and ``@company``", "`@·all and ``@·company``"],
    ["emphasis is none either, nor a name in entities", "_@all_ \\@all @&#97;ll", "_@·all_ \\@·all @·&#97;ll"],
    [
      "a sign in entities calls nobody, ended or not",
      "&#64;all &#0064;all &#x40;all &#X0040;all &commat;all &#64all",
      "&·#64;all &·#0064;all &·#x40;all &·#X0040;all &·commat;all &·#64all",
    ],
    ["forges get no control character", "a\u0000b\u001bc\u0007", "abc"],
    ["lines end as ours do", "a\r\n/merge\r\nb", "a\n·/merge\nb"],
  ])("%s", async (_, report, expected) => {
    expect(await written(report)).toBe(`${expected}\n`);
  });
});

test.each([
  "## +9 servers at thr1\n\n- stacks/messengers/soroush.yaml:6\n- 10.64.0.0/12 and/or `image@sha256:1` &lt; &#641; &#x401;\n",
  "گفتگو: ۹ سرور\n",
])("what a report of ours holds stays as it is: %j", async (report) => {
  expect(await written(report)).toBe(report);
});
