/** A small export of every system, read from its bytes: the orders, the money and the customers that it means. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { type Example, type Expected, olist, systemExamples } from '../../fixtures/systems.ts'
import type { Role } from '../../src/core/roles.ts'
import { sql } from '../../src/core/sql.ts'
import type { Opened } from '../../src/sources/open.ts'
import { type Inputs, inputs } from './inputs.ts'

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

const NEEDS: readonly Role[] = ['date', 'amount']
const USES: readonly Role[] = ['customer', 'order', 'refund', 'status', 'price', 'quantity']

function write({ file, text, encoding }: Example, seed: number): string {
  return space.write(`${seed}-${file}`, encoding ? encodeGb18030(text) : text)
}

/** What is read of lines that count: by customer, and with none. */
async function summary({ table, verify }: Opened): Promise<Expected> {
  const has = (column: string) => table.columns.includes(column)
  const one = (column: string, otherwise: string) => ({ pieces: [has(column) ? `"${column}"` : otherwise] })
  const refund = has('refund') ? sql`coalesce(abs(refund), 0)` : sql`0`
  // Without a column of refunds, an order that was paid back was not bought.
  const left = has('refund') ? sql`('cancelled', 'unpaid')` : sql`('cancelled', 'unpaid', 'refunded')`
  const counted = has('status') ? sql`(coalesce(status, 'paid') not in ${left} or amount < 0)` : sql`true`
  const { lines } = await table.fetch(sql`select count(*) as lines from ${table.from}`, { lines: 'number' })
  await verify(lines[0])
  const found = await table.fetch(
    sql`select ${one('customer', 'null')} as who,
        count(distinct case when amount >= 0 and not (amount = 0 and ${refund} > 0) then coalesce(${one('order', 'null')}, cast(line as varchar)) end) as orders,
        sum(case when amount > 0 then amount else 0 end) * 100 as paid,
        (sum(case when amount < 0 then -amount else 0 end) + sum(${refund})) * 100 as refunded
      from ${table.from} where problem is null and ${counted} group by 1`,
    { who: 'text', orders: 'number', paid: 'number', refunded: 'number' },
  )
  const sum = (column: 'orders' | 'paid' | 'refunded', guests: boolean) =>
    found[column].reduce((total, value, i) => total + (!guests || found.who[i] === null ? value : 0), 0)
  const guests = { orders: sum('orders', true), paid: sum('paid', true), refunded: sum('refunded', true) }
  const customers = found.who.filter((who) => who !== null).length
  return {
    orders: sum('orders', false),
    paid: sum('paid', false),
    refunded: sum('refunded', false),
    customers,
    guests,
  }
}

describe('the export of', () => {
  const listed = new Set(['shopify-customers', 'hubspot-contacts', 'salesforce-contacts', 'taobao-items'])
  const names = systemExamples(1)
    .filter(({ system }) => !listed.has(system) && !system.startsWith('olist'))
    .map(({ name }) => name)

  test.each(names)('%s', async (name) => {
    for (const seed of [1, 2, 3]) {
      const one = systemExamples(seed).find((example) => example.name === name) as Example
      const opened = await space.open([write(one, seed)], { needs: NEEDS, uses: USES })
      expect(opened.system?.name).toBe(one.system)
      expect(await summary(opened), `seed ${seed}: ${opened.warnings.join('\n')}`).toEqual(one.expected)
    }
  })
})

describe('several files of a system', () => {
  test('Olist: payments give the money, customers the key, items nothing that is asked for', async () => {
    for (const seed of [1, 2, 3]) {
      const { files, joined } = olist(seed)
      const paths = files.map((file) => write(file, seed))
      for (const order of [paths, [...paths].reverse()]) {
        const opened = await space.open(order, { needs: ['customer', ...NEEDS], uses: USES })
        expect(await summary(opened), `seed ${seed}`).toEqual(joined)
        expect(opened.notes.join('\n')).toMatch(/adds nothing that is asked for/)
      }
    }
  })

  test('Taobao: items joined to their orders, whose money still counts once', async () => {
    for (const seed of [1, 2, 3]) {
      const examples = systemExamples(seed).filter(({ system }) => system.startsWith('taobao-'))
      const paths = examples.map((example) => write(example, seed))
      const orders = examples.find(({ system }) => system === 'taobao-orders') as Example
      const opened = await space.open(paths, { needs: [...NEEDS, 'item'], uses: USES })
      expect(opened.notes.join('\n')).toMatch(/joined to .* by 订单编号/)
      const { customers, ...money } = await summary(opened)
      expect({ customers, ...money }, `seed ${seed}`).toEqual(orders.expected)
    }
  })

  test('of no system: orders, their items and their customers, by the columns that they share', async () => {
    space.write(
      'o.csv',
      'order_id,customer_no,order_date,total\n1,7,2024-01-02,10.50\n2,8,2024-01-03,4.25\n3,7,2024-01-05,8\n',
    )
    space.write('i.csv', 'order_id,sku,qty\n1,A,1\n1,B,2\n2,A,1\n3,C,4\n9,X,1\n')
    space.write('c.csv', 'customer_no,email\n7,a@x.example\n8,b@x.example\n')
    const needs: readonly Role[] = ['customer', 'date', 'amount', 'item']
    const opened = await space.open(['i.csv', 'c.csv', 'o.csv'], { needs, uses: ['order'] })
    const { lines } = await opened.table.fetch(
      sql`select customer || '|' || "order" || '|' || item || '|' || cast(cast(amount as double) as varchar) as line
        from ${opened.table.from} where problem is null order by 1`,
      { lines: 'text' },
    )
    expect(lines).toEqual(['7|1|A|10.5', '7|1|B|0.0', '7|3|C|8.0', '8|2|A|4.25'])
    const named = await space.open(['o.csv', 'c.csv'], { uses: [], columns: { customer: 'email' } })
    expect(named.roles.customer?.header).toBe('email')
    await expect(space.open(['o.csv', space.write('far.csv', 'x,sku\n1,A\n')], { needs })).rejects.toThrow(
      /shares no column/,
    )
  })
})
