/** Names of things and units that the report holds as data though they are words. What is not here is shown as it is. */
import type { Group } from "../../request/estate";
import type { ServerState } from "../../request/lock";

const groups: Readonly<Record<Group, string>> = {
  compute: "پردازش",
  database: "پایگاه داده",
  object: "انبارهٔ شیء",
  all: "همه‌کاره",
};
const states: Readonly<Record<ServerState, string>> = {
  granted: "",
  draining: " در حال تخلیه",
  erasing: " در حال پاک‌سازی",
  rolling: " در حال نوسازی",
  detached: " جداشده",
};

const servers = Object.entries(groups).flatMap(([group, name]) =>
  Object.entries(states).map(([state, suffix]): [string, string] => [
    `${state === "granted" ? "" : `${state} `}${group} servers`,
    `سرور ${name}${suffix}`,
  ]),
);

export const persianTerms: ReadonlyMap<string, string> = new Map([
  ...servers,
  ["servers", "سرور"],
  ["addresses", "نشانی"],
  ["threads", "رشته"],
  ["Mbit/s", "مگابیت بر ثانیه"],
  ["GiB", "گیبی‌بایت"],
  ["TiB", "تبی‌بایت"],
  ["VLANs", "شبکهٔ مجازی"],
  ["bandwidth out", "پهنای باند خروجی"],
  ["bandwidth in", "پهنای باند ورودی"],
  ["public addresses", "نشانی‌های عمومی"],
  ["private addresses", "نشانی‌های خصوصی"],
  ["public addresses of services", "نشانی‌های عمومی سرویس‌ها"],
  ["public addresses of outgoing traffic", "نشانی‌های عمومی ترافیک خروجی"],
  ["threads of the pool", "رشته‌های پردازشی مخزن"],
  ["memory of the pool", "حافظهٔ مخزن"],
  ["bandwidth out of the pool", "پهنای باند خروجی مخزن"],
  ["bandwidth into the pool", "پهنای باند ورودی مخزن"],
  ["NVMe of the pool", "انبارهٔ NVMe مخزن"],
  ["object storage of the pool", "انبارهٔ شیء مخزن"],
]);
