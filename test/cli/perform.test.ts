import { expect, test } from 'vitest'
import { perform } from '../../src/cli/perform.ts'
import { CustError } from '../../src/core/errors.ts'
import { fixture } from '../support/program.ts'
import { cust, worldOf } from './worlds.ts'

test.each([
  [true, ''],
  [false, 'customer = Customer ID'],
])('a run that fails says what it understood, but not after a signal: %s', async (stopped, said) => {
  const { asked } = await cust(['rfm', fixture('orders.csv')])
  const world = worldOf()
  const reason = new CustError('interrupted', 'interrupted')
  const failing = async () => {
    if (stopped) world.stopping.abort(reason)
    // The engine may end a query that it was told to stop with an error of its own.
    throw new CustError('input', 'an unsuccessful or closed pending query result')
  }
  const ended = perform({ ...asked, load: async () => failing }, world)
  await expect(ended).rejects.toMatchObject({ kind: stopped ? 'interrupted' : 'input' })
  if (stopped) expect(world.stderr.text).toBe(said)
  else expect(world.stderr.text).toContain(said)
})
