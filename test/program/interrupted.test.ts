/** Ctrl-C amid long work of a model, which holds up the loop of events: it is heard between two parts of the work. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { fixture, scratch, startCust } from '../support/program.ts'

const years = 12
/** A line a day, with a weekly and a yearly wave: every method has enough. */
const daily = Array.from({ length: 365 * years }, (_, i) => {
  const wave = Math.sin((2 * Math.PI * i) / 7) + Math.sin((2 * Math.PI * i) / 365.25)
  const day = new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10)
  return `c${i % 40},${day},${(200 + 40 * wave + ((i * 7919) % 31)).toFixed(2)}`
})

test.each([
  ['how many clusters', ['cluster', fixture('orders.csv')]],
  ['a backtest of all methods', ['trend', 'daily.csv', '--by', 'day', '--forecast', '28']],
])('%s: it ends at once and quietly, and nothing is left', async (_, args) => {
  const cwd = scratch({ 'daily.csv': `customer,date,amount\n${daily.join('\n')}\n` })
  const { child, temp, done } = startCust([...args, '-o', 'out.csv'], { cwd })
  for (let i = 0; i < 2000 && readdirSync(temp).length === 0; i++) await sleep(5)
  await sleep(600)
  expect(child.exitCode, 'still at work').toBeNull()
  child.kill('SIGINT')
  const ran = await done
  // What was found is told at the end of the work only: it did not get there.
  expect({ ...ran, stdout: ran.stdout.toString() }).toMatchObject({
    code: 130,
    stdout: '',
    stderr: '',
    left: [],
  })
  expect(existsSync(join(cwd, 'out.csv'))).toBe(false)
  expect(readdirSync(cwd)).toEqual(['daily.csv'])
})

/** A fifth of the rows have the address and the telephone of another. */
function tableOf(rows: number): string {
  const own = 0.8 * rows
  const people = Array.from({ length: rows }, (_, i) => {
    const name = `Anna ${i % 997} Berg ${i % 89}`
    return `${i},${name},a${i % own}@example.com,07400 ${100_000 + (i % own)},Town ${i % (own / 4)}`
  })
  return `id,name,email,phone,city\n${people.join('\n')}\n`
}

const runs: [string, string[]][] = [
  ['clean', ['clean', 'in.csv', '-o', 'out.csv', '--audit', 'audit.csv', '--rejects', 'rejects.csv']],
  ['validate', ['validate', 'in.csv', '-o', 'out.csv', '--rejects', 'rejects.csv', '--valid', 'valid.csv']],
  ['dedupe', ['dedupe', 'in.csv', '-o', 'out.csv']],
]

describe('a signal at any moment leaves all files or none', () => {
  const table = tableOf(600)
  test.each(runs)('%s', async (_, args) => {
    const whole = { cwd: scratch({ 'in.csv': table }) }
    const begun = performance.now()
    await startCust(args, whole).done
    const all = readdirSync(whole.cwd).sort()
    expect(all).toContain('out.csv')
    const took = performance.now() - begun
    for (const share of [0.4, 0.8]) {
      const signal = share === 0.8 ? 'SIGTERM' : 'SIGINT'
      const cwd = scratch({ 'in.csv': table })
      const { child, done } = startCust(args, { cwd })
      await sleep(share * took)
      child.kill(signal)
      const { code, signal: by, stdout, left } = await done
      const said = `${share}: ${code} ${by}`
      const files = readdirSync(cwd).sort()
      expect({ stdout: stdout.toString(), left }, said).toEqual({ stdout: '', left: [] })
      expect(readFileSync(join(cwd, 'in.csv'), 'utf8') === table, said).toBe(true)
      if (code === (signal === 'SIGINT' ? 130 : 143)) expect(files, said).toEqual(['in.csv'])
      // It died before it could listen, or had done its work.
      else expect([['in.csv'].join(), all.join()], said).toContain(files.join())
    }
  })
})

test('a signal between two queries is not forgotten: none begins any more', async () => {
  const cwd = scratch({ 'in.csv': tableOf(2500) })
  const { child, temp, done } = startCust(['validate', 'in.csv', '-o', 'out.csv'], { cwd })
  for (let i = 0; i < 2000 && readdirSync(temp).length === 0; i++) await sleep(5)
  child.kill('SIGINT')
  const { code, stderr, left } = await done
  expect({ code, stderr, left }).toEqual({ code: 130, stderr: '', left: [] })
})
