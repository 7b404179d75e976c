/** The program keeps clusters and applies them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runInside } from '../support/inside.ts'
import { fixture, runCust, scratch } from '../support/program.ts'

const rows = (text: Buffer | string) => text.toString().trim().split('\n')

test('cust cluster --save-model, then apply: the same rows have the same clusters', async () => {
  const cwd = scratch({ 'orders.csv': readFileSync(fixture('orders-small.csv')) })
  const made = await runCust(['cluster', 'orders.csv', '-k', '3', '--save-model', 'm.json'], { cwd })
  expect(made).toMatchObject({ code: 0 })
  expect(JSON.parse(readFileSync(join(cwd, 'm.json'), 'utf8'))).toMatchObject({ kind: 'cust clusters' })
  const applied = await runCust(['cluster', 'apply', '--model', 'm.json', 'orders.csv'], { cwd })
  expect(applied).toMatchObject({ code: 0 })
  expect(rows(applied.stdout)).toEqual(rows(made.stdout))
  expect(applied.stderr).toContain('of the rows are farther out than 99 %')
  expect(applied.stdout.toString()).not.toMatch(/NaN|Infinity/)
})

test('apply needs a model, and a model that is one', async () => {
  const cwd = scratch({ 'orders.csv': readFileSync(fixture('orders-small.csv')), 'no.json': '{}' })
  const without = await runInside(['cluster', 'apply', 'orders.csv'], { cwd })
  expect(without).toMatchObject({ code: 2 })
  expect(without.stderr).toContain('cust cluster apply needs --model')
  const wrong = await runInside(['cluster', 'apply', '--model', 'no.json', 'orders.csv'], { cwd })
  expect(wrong).toMatchObject({ code: 2 })
  expect(wrong.stderr).toContain('no clusters of this version')
})

test('a table that is no orders, without a customer column', async () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i % 2 ? 60 + (i % 7) : 20 + (i % 5)},${i % 2 ? 'a' : 'b'}`,
  )
  const cwd = scratch({ 'people.csv': `age,team\n${lines.join('\n')}\n` })
  const ran = await runInside(['cluster', 'people.csv', '--features', 'age,team', '-k', '2'], { cwd })
  expect(ran).toMatchObject({ code: 0 })
  expect(rows(ran.stdout)).toHaveLength(61)
})

test('what a discount took off is sought by cust cluster alone', async () => {
  const lines = readFileSync(fixture('orders-small.csv'), 'utf8').trim().split('\n')
  const more = lines.map((line, i) => `${line},${i === 0 ? 'Discount Amount' : (i % 4).toFixed(2)}`)
  const cwd = scratch({ 'plain.csv': `${lines.join('\n')}\n`, 'more.csv': `${more.join('\n')}\n` })
  const clustered = await runInside(['cluster', 'more.csv', '-k', '3', '--sheet', 'features'], { cwd })
  expect(clustered).toMatchObject({ code: 0 })
  expect(clustered.stderr).toContain('reduction = Discount Amount')
  expect(clustered.stdout.toString()).toMatch(/^discount_share,/m)
  for (const command of ['rfm', 'clv', 'trend']) {
    const [plain, other] = await Promise.all(
      ['plain.csv', 'more.csv'].map((file) => runInside([command, file], { cwd })),
    )
    expect(other?.stdout.toString()).toBe(plain?.stdout.toString())
    expect(other?.stderr.replaceAll('more.csv', 'plain.csv')).toBe(plain?.stderr)
  }
  const looked = await runInside(['inspect', 'more.csv', '-f', 'json'], { cwd })
  expect(looked.stdout.toString()).not.toContain('reduction')
})
