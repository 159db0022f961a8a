/** The program of plain/main.ts, synthesized fast. */
import { fastSynth } from "../lib/engine/fast";

fastSynth();
void import("./plain/main.js");
