import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { environmentFor, Terraform } from "../../../lib/twin/deploy/terraform";

const folder = mkdtempSync(join(tmpdir(), "terraform-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const place = { out: folder, plans: join(folder, "plans"), kubeconfig: "/twin/kubeconfig" };
mkdirSync(join(folder, "stacks/a.thr1"), { recursive: true });
const never = new AbortController().signal;

/** A terraform that answers `version`, and to everything else what a test says; it stands for one that is not to be had here. */
async function answering(script: string, signal = never): Promise<Terraform> {
  const bin = mkdtempSync(join(folder, "bin-"));
  writeFileSync(join(bin, "terraform"), `#!/bin/sh\n[ "$1" = version ] && exit 0\n${script}\n`);
  chmodSync(join(bin, "terraform"), 0o755);
  return Terraform.find(place, { PATH: `${bin}:/usr/bin:/bin` }, signal);
}

test("nothing of the environment leads to another cluster, state or workspace", () => {
  const environment = {
    KUBECONFIG: "/home/somebody/.kube/config",
    KUBE_CONFIG_PATH: "/home/somebody/.kube/config",
    KUBE_HOST: "https://production.example",
    PATH: "/bin",
    TF_CLI_ARGS_plan: "-destroy",
    TF_CLI_CONFIG_FILE: "/home/somebody/terraformrc",
    TF_DATA_DIR: "/elsewhere",
    TF_VAR_kubeconfig: "/home/somebody/.kube/config",
    TF_WORKSPACE: "production",
  };
  expect(environmentFor("/twin/kubeconfig", environment)).toEqual({
    CHECKPOINT_DISABLE: "1",
    PATH: "/bin",
    TF_CLI_CONFIG_FILE: "/home/somebody/terraformrc",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_VAR_kubeconfig: "/twin/kubeconfig",
  });
});

test("says that there is no terraform", async () => {
  await expect(Terraform.find(place, { PATH: folder }, never)).rejects.toThrow(
    "terraform cannot be run here: there is neither terraform nor tofu on the PATH",
  );
});

test("takes tofu where there is no terraform", async () => {
  const bin = mkdtempSync(join(folder, "tofu-"));
  writeFileSync(join(bin, "tofu"), "#!/bin/sh\nexit 0\n");
  chmodSync(join(bin, "tofu"), 0o755);
  await expect(Terraform.find(place, { PATH: bin }, never)).resolves.toBeInstanceOf(Terraform);
});

test("says that the provider's plugin is not to be had, and how it is offered", async () => {
  const terraform = await answering(
    `echo 'Initializing provider plugins...'; printf '\\nError: Failed to query available provider packages\\n\\nno such host\\n' >&2; exit 1`,
  );
  await expect(terraform.init("a.thr1")).rejects.toThrow(
    "terraform cannot be run here: Error: Failed to query available provider packages no such host; offer the plugin of hashicorp/kubernetes by Terraform's own configuration, such as a filesystem_mirror",
  );
});

test("another failure of init is the stack's own", async () => {
  const terraform = await answering("echo 'Error: Backend initialization required' >&2; exit 1");
  await expect(terraform.init("a.thr1")).rejects.toThrow("a.thr1: terraform init: Error: Backend initialization required");
});

test("reads the changes of a plan", async () => {
  const terraform = await answering(
    `echo '{"type":"version"}'; echo '{"type":"change_summary","changes":{"add":3,"change":1,"remove":2,"operation":"plan"}}'`,
  );
  await expect(terraform.plan("a.thr1")).resolves.toEqual({ add: 3, change: 1, remove: 2 });
});

test("tells all errors of an apply, each in a line", async () => {
  const line = (address: string) =>
    JSON.stringify({ "@level": "error", diagnostic: { severity: "error", summary: "Failed", detail: "it is\nguarded", address } });
  const terraform = await answering(`printf '%s\\n' '${line("kubernetes_manifest.a")}' '${line("kubernetes_manifest.b")}'; exit 1`);
  await expect(terraform.apply("a.thr1")).rejects.toThrow(
    "a.thr1: terraform apply: kubernetes_manifest.a: Failed: it is guarded\na.thr1: terraform apply: kubernetes_manifest.b: Failed: it is guarded",
  );
});

test("ends in order once it is told to", async () => {
  const ending = new AbortController();
  const [begun, ended] = [join(folder, "begun"), join(folder, "ended")];
  const terraform = await answering(`trap 'touch ${ended}; exit 1' INT; touch ${begun}; sleep 60`, ending.signal);
  const applied = terraform.apply("a.thr1");
  applied.catch(() => undefined);
  while (!existsSync(begun)) await pause(10);
  await pause(50);
  ending.abort();
  await expect(applied).rejects.toThrow("aborted");
  expect(existsSync(ended)).toBe(true);
});
