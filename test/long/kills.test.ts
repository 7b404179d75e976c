/** A run that is killed without a word leaves the old answer or the new one, never half of one. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { writeOrders } from '../../fixtures/bulk.ts'
import { mulberry32 } from '../../fixtures/random.ts'
import { output, scratch, startCust } from '../support/program.ts'

const OLD = Buffer.from('what was there before\n'.repeat(100_000))

test.each([
  ['csv', 80],
  ['parquet', 50],
  ['xlsx', 20],
] as const)('kill -9 at any moment, into %s, %i times', async (format, kills) => {
  const cwd = scratch()
  writeOrders(join(cwd, 'big.csv'), 400_000, 9)
  const args = ['rfm', 'big.csv', '-q', '-o', `out.${format}`]
  const out = join(cwd, `out.${format}`)
  const began = performance.now()
  await output(args, { cwd })
  const length = performance.now() - began
  const fresh = readFileSync(out)
  const random = mulberry32(9)
  const seen = { old: 0, new: 0 }
  for (let i = 0; i < kills; i++) {
    writeFileSync(out, OLD)
    const { child, done } = startCust(args, { cwd })
    // Half of the kills fall into the last third, when the answer is being written.
    const moment = i % 2 === 0 ? random() : 0.67 + 0.4 * random()
    await sleep(moment * length)
    child.kill('SIGKILL')
    await done
    const found = readFileSync(out)
    const which = found.equals(OLD) ? 'old' : found.equals(fresh) ? 'new' : undefined
    expect(which, `kill ${i}: ${found.length} bytes are neither the old nor the new answer`).toBeDefined()
    seen[which ?? 'old']++
  }
  expect(seen.old).toBeGreaterThan(kills / 4)
  // What a killed run leaves beside it hinders nobody; whether one was killed while it wrote is up to the machine.
  const left = readdirSync(cwd).filter((name) => name.includes('cust-tmp'))
  if (left.length === 0) writeFileSync(join(cwd, `.out.${format}.cust-tmp0`), 'half of an ans')
  await output(args, { cwd })
  expect(readFileSync(out).equals(fresh)).toBe(true)
})
