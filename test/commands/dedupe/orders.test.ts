/** Orders follow the customers that their ids are of, and nothing else of them is touched. */
import { expect, test } from 'vitest'
import { deduped } from '../../support/dedupe.ts'
import { refusalOf } from '../../support/ran.ts'

const ann = 'Ann,Lee,ann.lee@mail.example,0412345678,5 High Street,Perth,6000,1980-02-03'
const bob = 'Bob,Ray,bob@other.example,0298765432,17 Low Road,Sydney,2000,1955-11-30'
const header = 'customer_id,first,last,email,phone,address,city,postcode,dob'
const customers = `${header}\n1,${ann}\n2,${ann}\n3,${bob}\n`

const merged = async (orders: string, text = customers) => {
  const ran = await deduped(text, { orders: ['orders.csv'] }, { 'orders.csv': orders })
  return { sheet: ran.sheet('orders'), notes: ran.notes.filter((note) => note.startsWith('orders:')) }
}

test.each([
  ['order_id,customer_id,amount', 'customer_id'],
  ['order_id,客户编号,amount', '客户编号'],
  ['no,Buyer,amount', 'Buyer'],
])('numbers of orders that look like ids of customers stay: %s', async (columns, own) => {
  const { sheet } = await merged(`${columns}\n1,2,5\n2,2,7\n3,3,9\n`)
  const [order, customer] = columns.split(',') as [string, string]
  expect(customer).toBe(own)
  expect(sheet[order]).toEqual(['1', '2', '3'])
  expect(sheet[customer]).toEqual(['1', '1', '3'])
})

test('headers that say nothing: the column with the larger share of known ids', async () => {
  const { sheet } = await merged('a,b\n1,2\n7,2\n8,3\n')
  expect(sheet).toEqual({ a: ['1', '7', '8'], b: ['1', '1', '3'] })
})

test('ids of nobody, and none at all, stay; they are told', async () => {
  const { sheet, notes } = await merged('order_id,customer_id\n1,2\n2,nobody\n3,\n')
  expect(sheet['customer_id']).toEqual(['1', 'nobody', null])
  expect(notes).toEqual([
    "orders: customer_id becomes the customer's cluster_id; 1 id is of no customer and stays as it is",
  ])
})

test('a file to write without orders to read is refused', async () => {
  expect(await refusalOf(deduped(customers, { mergedOrders: 'merged.csv' }))).toMatch(
    /^usage: --merged-orders needs --orders/,
  )
})
