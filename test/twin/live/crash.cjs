/** Loaded before a command (node --require): kills it at the effect that ZIRSAKHT_CRASH names, as a power cut would. */
const fs = require("node:fs");
const diagnostics = require("node:diagnostics_channel");

const { effect, of = "", at, when = "before", pid = process.pid } = JSON.parse(process.env.ZIRSAKHT_CRASH);
let seen = 0;
const isPoint = (what) => String(what).includes(of) && ++seen === at;
const die = () => {
  process.kill(pid, "SIGKILL");
  // The signal to ourselves may take a moment; nothing more may happen in it.
  if (pid === process.pid) for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
};

const paths = new Map();
const original = { open: fs.open, write: fs.write, writeSync: fs.writeSync };
fs.open = (path, ...rest) => {
  const done = rest.pop();
  original.open(path, ...rest, (error, descriptor) => {
    if (!error) paths.set(descriptor, path);
    done(error, descriptor);
  });
};

const calls = ["mkdir", "mkdirSync", "open", "openSync", "write", "writeSync", "writeFileSync", "rename", "renameSync", "rmdir", "rmSync"];
if (calls.includes(effect)) {
  const real = fs[effect];
  fs[effect] = (...args) => {
    const what = typeof args[0] === "number" ? (paths.get(args[0]) ?? "") : args[0];
    if (!isPoint(what)) return real(...args);
    if (when === "half" && Buffer.isBuffer(args[1])) original.writeSync(args[0], args[1], 0, Math.floor(args[1].length / 2));
    if (when === "half" && typeof args[1] === "string") original.writeSync(args[0], args[1].slice(0, args[1].length / 2));
    if (when === "after" && effect.endsWith("Sync")) real(...args);
    else if (when === "after") return real(...args.slice(0, -1), () => die());
    return die();
  };
} else {
  diagnostics.subscribe("undici:request:create", ({ request }) => {
    if (when === "before" && request.method === effect && isPoint(request.path)) die();
  });
  diagnostics.subscribe("undici:request:headers", ({ request }) => {
    if (when === "after" && request.method === effect && isPoint(request.path)) die();
  });
}
