import fc from 'fast-check';

/**
 * `npm test` asks the same cases every time: whether it passes depends on the code alone. New cases are the soaks' work:
 * `npm run soak -- rules` (many more of each) and `npm run soak -- cases` (every property, also of the services, from a new
 * seed); SOAK_SEED repeats one.
 */
const soak = process.env['SOAK'];
const seed = Number(process.env['SOAK_SEED'] ?? (soak === undefined ? 20_261_122 : Math.floor(Math.random() * 2 ** 31)));
fc.configureGlobal({ seed, ...(soak === 'rules' ? { numRuns: Number(process.env['SOAK_RUNS'] ?? 1000) } : {}) });
