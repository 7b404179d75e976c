/** Ctrl-C amid long work of a model, which holds up the loop of events: it is heard between two parts of the work. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
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
