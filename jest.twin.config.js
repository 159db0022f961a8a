/** Tests on a real control plane: one twin is raised for all of them, each file asks it in turn (npm run test:twin). */
const { transform, transformIgnorePatterns, moduleNameMapper, modulePathIgnorePatterns } = require("./jest.config.js");

module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/twin/live/**/*.live.ts"],
  transform,
  transformIgnorePatterns,
  moduleNameMapper,
  modulePathIgnorePatterns,
  globalSetup: "<rootDir>/test/twin/live/setup.ts",
  globalTeardown: "<rootDir>/test/twin/live/teardown.ts",
  maxWorkers: 1,
  // A control plane on a busy machine takes its time.
  testTimeout: 300_000,
};
