/** cdktf's test support, which a synth does not load. */
export { Testing } from "cdktf/lib/testing";
