/** Nobody beyond this machine reaches a twin: what its processes listen on is read from the kernel. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { findTwinProcesses } from "../../../lib/twin/control/component";
import { twinFolderOf } from "../../../lib/twin/control/folder";
import { describeLive, sharedWorkingFolder } from "./twin";

/** Listening sockets by inode: the address as the kernel writes it. */
function listening(): Map<string, string> {
  const found = new Map<string, string>();
  for (const table of ["tcp", "tcp6", "udp", "udp6"]) {
    for (const line of readFileSync(`/proc/net/${table}`, "utf8").trim().split("\n").slice(1)) {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      // 0A: a TCP socket that listens; 07: a UDP socket that has no peer.
      if (state === "0A" || state === "07") found.set(inode, `${table} ${local}`);
    }
  }
  return found;
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.slice(1) ?? [];
    } catch {
      // It was closed while we looked.
      return [];
    }
  });
}

const onLinux = process.platform === "linux" ? test : test.skip;

describeLive("what a twin listens on", () => {
  onLinux("is loopback and nothing else", async () => {
    const all = listening();
    const addresses = new Map<string, string[]>();
    for (const { pid, program } of await findTwinProcesses(twinFolderOf(sharedWorkingFolder()))) {
      const own = socketsOf(pid).flatMap((inode) => all.get(inode) ?? []);
      addresses.set(program, [...(addresses.get(program) ?? []), ...own]);
    }
    // 127.0.0.1, the least byte first.
    const foreign = [...addresses].flatMap(([program, list]) =>
      list.filter((one) => !one.startsWith("tcp 0100007F:")).map((one) => `${program} ${one}`),
    );
    expect(foreign).toEqual([]);
    // etcd has sockets in its own folder only; MetalLB and nfd-master listen nowhere.
    const listeners = [...addresses].filter(([, list]) => list.length > 0).map(([program]) => program);
    expect(listeners.sort()).toEqual(["baremetal-operator", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"]);
  });
});
