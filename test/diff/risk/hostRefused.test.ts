import { hostRefused } from "../../../lib/diff/risk/hostRefused";
import { host, image, saidOf } from "./hosts";

const mac = (bootMACAddress: string) => host("granted", { bootMACAddress });
const bmc = (address: string, annotations = {}) => host("granted", { bmc: { address, credentialsName: "bmc" } }, annotations);
const detached = { "baremetalhost.metal3.io/detached": "" };

test.each([
  [
    "another MAC",
    mac("02:00:00:00:00:0a"),
    mac("02:00:00:00:00:02"),
    "bootMACAddress 02:00:00:00:00:0a -> 02:00:00:00:00:02: once set, it may not change",
  ],
  ["no MAC", mac("02:00:00:00:00:0a"), mac(""), "bootMACAddress 02:00:00:00:00:0a -> none: once set, it may not change"],
  [
    "another BMC",
    bmc("redfish://10.0.0.1/"),
    bmc("redfish://10.0.0.2/"),
    "bmc.address redfish://10.0.0.1/ -> redfish://10.0.0.2/: it may change only on a host that is registering or detached",
  ],
  [
    "an adopted host that is no longer",
    host("draining", { externallyProvisioned: true }),
    host("erasing", image("eraser")),
    "externallyProvisioned true -> false: delete the object first, and make it anew (erase, or roll)",
  ],
  [
    "a provisioned host that is adopted",
    host("granted", image("a")),
    host("granted", { externallyProvisioned: true }),
    "externallyProvisioned false -> true: only a host that is available may become adopted, and this one is provisioned",
  ],
  [
    "off, where that is disabled",
    host("granted", { disablePowerOff: true }),
    host("granted", { disablePowerOff: true, online: false }),
    "online true -> false: its power-off is disabled",
  ],
])("%s", (_, before, after, what) => {
  expect(saidOf(hostRefused, before, after)).toEqual([what]);
});

test.each([
  ["a MAC in other letters", mac("02:00:00:00:00:0a"), mac("02:00:00:00:00:0A")],
  ["a first MAC", mac(""), mac("02:00:00:00:00:0a")],
  ["another BMC of a detached host", bmc("redfish://10.0.0.1/", detached), bmc("redfish://10.0.0.2/")],
  ["an available host that is adopted", host("granted", {}), host("granted", { externallyProvisioned: true })],
  ["another image", host("draining", image("a")), host("erasing", image("b"))],
  ["off", host("granted", {}), host("granted", { online: false })],
])("%s is not refused", (_, before, after) => {
  expect(saidOf(hostRefused, before, after)).toEqual([]);
});

test("an object that is deleted and made anew is no update", () => {
  expect(saidOf(hostRefused, mac("02:00:00:00:00:0a"), mac("02:00:00:00:00:02"), true)).toEqual([]);
});
