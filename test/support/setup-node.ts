import fc from 'fast-check';

// `npm run soak -- rules` runs the same properties with many more cases.
if (process.env['SOAK'] === 'rules') fc.configureGlobal({ numRuns: Number(process.env['SOAK_RUNS'] ?? 1000) });
