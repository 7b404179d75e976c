import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** `npm test`, or with `--mode long` the runs that take minutes: scale, kills, large properties. */
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'long' ? ['test/long/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: mode === 'long' ? [] : ['test/long/**'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: mode === 'long' ? 1_200_000 : 60_000,
    hookTimeout: 120_000,
    // Files of tests share the modules of their process, which take longer to load than most tests.
    isolate: false,
    // Tests of the program wait for it: on two cores two files at once take little more than half the time.
    ...(mode === 'long' ? {} : { maxWorkers: Math.max(2, availableParallelism() - 1) }),
    // Days are calendar days as written: a zone far from UTC shows where that is forgotten.
    env: { TZ: 'America/New_York' },
  },
}))
