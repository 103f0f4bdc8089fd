/** Gives every property of fast-check the seed of the run, which is printed at its end. */
import fc from 'fast-check';
import { inject } from 'vitest';

fc.configureGlobal({ seed: inject('seed') });
