/** Strict rules with types; the formatting is prettier's. */
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** cdktf is archived upstream; moving to its fork must stay one small commit, so only lib/engine may load it. */
const throughEngine = {
  patterns: [
    {
      group: ["cdktf", "cdktf/*", "@cdktf/*", "constructs", "constructs/*"],
      allowTypeImports: true,
      message: "Import it through lib/engine.",
    },
  ],
};

export default defineConfig(
  globalIgnores(["dist/", "cdktf.out/", "coverage/", ".zirsakht/"]),
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-restricted-imports": ["error", throughEngine],
      // Numbers print as themselves; everything else must be made text on purpose.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // A test takes lines out of files that are maps by name.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-dynamic-delete": "off" },
  },
  {
    files: ["lib/engine/**/*.ts", "bench/plain/**/*.ts", "test/engine/**/*.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": "off" },
  },
);
