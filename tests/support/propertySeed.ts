// Property tests draw the same cases for the same tree, so that what a change breaks is the change's. PROPERTY_SEED=<number> draws others.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? 20_261_121) });
