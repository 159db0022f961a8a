/** Tests mirror lib and stacks; swc compiles them, tsc checks them (npm run check). */
module.exports = {
  testEnvironment: "node",
  // jest leaves a core to its own process, which hardly works: on two cores half the machine.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  setupFilesAfterEnv: ["<rootDir>/test/support/cache.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } }],
    "/cel-js/.+\\.js$": ["@swc/jest", { jsc: { target: "es2023" }, module: { type: "commonjs" } }],
  },
  // The CEL evaluator comes as ECMAScript modules only, which jest does not load.
  transformIgnorePatterns: ["/node_modules/(?!@marcbachmann/cel-js/)"],
  // A verb loads its parts with import("./part.js"), as Node wants it; here the part is still TypeScript.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  // What a twin keeps is nobody's test: etcd's snapshots have the names of jest's, which would remove them as obsolete.
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/.zirsakht"],
};
