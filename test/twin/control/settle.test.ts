import { TwinFolder } from "../../../lib/twin/control/folder";
import { programs } from "../../../lib/twin/programs/program";
import { componentsOf } from "../../../lib/twin/control/settle";

const ports = { apiServer: 1001, controllerManager: 1002, scheduler: 1003, kwok: 1004, hosts: 1005 };
const components = componentsOf(new TwinFolder("/a, b/twin").site("thr1"), ports);

test("every program that is built runs, but for those that people and measurements use", () => {
  const tools = ["kubectl", "kwokctl"];
  expect(components.map(({ name }) => name).sort()).toEqual(
    programs
      .map(({ name }) => name)
      .filter((name) => !tools.includes(name))
      .sort(),
  );
});

test("each is found by the site's folder in its command line", () => {
  expect(components.filter(({ args }) => !args.some((arg) => arg.includes("=/a, b/twin/sites/thr1/"))).map(({ name }) => name)).toEqual([]);
});

test("each listens on the ports that are its own, on loopback or nowhere", () => {
  const listened = components.flatMap((component) => [...component.ports]);
  expect(listened.sort()).toEqual(Object.values(ports));
  const addresses = components.flatMap(({ args }) =>
    args.flatMap((arg) => /=(?:\w+:\/\/)?((?:\d+\.){3}\d+)(?::\d+)?$/.exec(arg)?.[1] ?? []),
  );
  expect(new Set(addresses)).toEqual(new Set(["127.0.0.1"]));
});

test("kwok takes a path with a comma as one path", () => {
  expect(components.find(({ name }) => name === "kwok")?.args).toContain('--config="/a, b/twin/sites/thr1/stages.yaml"');
});

test("the API server knows nobody without a certificate, and holds nodes to what is theirs", () => {
  expect(components.find(({ name }) => name === "kube-apiserver")?.args).toEqual(
    expect.arrayContaining(["--anonymous-auth=false", "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction"]),
  );
});
