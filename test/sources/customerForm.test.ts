import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Inputs, inputs, shortLines } from './inputs.ts'

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

/** The different customers of a file of one column, dates and amounts beside it. */
async function customersOf(header: string, ids: readonly string[], file = 'ids.csv') {
  const rows = ids.map((id) => `${id.includes(',') ? `"${id}"` : id},2024-01-02,1`)
  const opened = await space.open([space.write(file, `${header},date,amount\n${rows.join('\n')}\n`)], {
    columns: { customer: header },
  })
  const customers = new Set((await shortLines(opened)).map((line) => line.split('|')[0]))
  return { customers: [...customers].sort(), merged: opened.said, warnings: opened.warnings }
}

const WAYS = ['138 1234 5678', '13812345678', '+86 138-1234-5678', '13900001111']

test('a telephone number is one customer, however it is written, in any order of the rows', async () => {
  const told =
    '3 ids in 3 rows are 1 customer: telephone numbers in "手机号" are read in one form, +86 138-1234-5678 as 13812345678'
  for (const ids of [WAYS, WAYS.toReversed()]) {
    expect(await customersOf('手机号', ids)).toEqual({
      ...{ customers: ['13812345678', '13900001111'], merged: [told], warnings: [] },
    })
  }
})

test('numbers take the form that most have', async () => {
  const { customers } = await customersOf('phone', ['+8613812345678', '+86 13900001111', '13812345678'])
  expect(customers).toEqual(['+8613812345678', '+8613900001111'])
})

test('where no two ids are one, every id stays as it is written', async () => {
  const ids = ['138 1234 5678', '+86 139-0000-1111', '13700002222']
  expect(await customersOf('手机号', ids)).toEqual({ customers: [...ids].sort(), merged: [], warnings: [] })
  const codes = ['C 001', 'C001', 'C-001']
  expect(await customersOf('customer_id', codes)).toEqual({
    customers: codes.sort(),
    merged: [],
    warnings: [],
  })
})

test('two numbers in a cell, masked ones and words are no number of one customer', async () => {
  const ids = [...WAYS, '13812345678/13900001111', '138****5678', 'none']
  const { customers } = await customersOf('手机号', ids)
  expect(customers).toEqual([
    ...['13812345678', '13812345678/13900001111', '13900001111', 'customer: hidden', 'customer: none'],
  ])
})

test('an address is one customer in capitals, too', async () => {
  expect(await customersOf('email', ['Ann@Shop.com', 'ann@shop.com ', 'bob@x.de'])).toMatchObject({
    customers: ['ann@shop.com', 'bob@x.de'],
    merged: [
      '2 ids in 2 rows are 1 customer: e-mail addresses in "email" are read in one form, Ann@Shop.com as ann@shop.com',
    ],
  })
})

test('a file that the engine reads as it stands, too', async () => {
  const many = Array.from({ length: 200_000 }, (_, i) => `138${String(i % 1000).padStart(8, '0')}`)
  const { customers, merged } = await customersOf('phone', [...many, '+86 138 0000 0007'], 'many.csv')
  expect(customers).toHaveLength(1000)
  expect(merged).toEqual([
    '2 ids in 201 rows are 1 customer: telephone numbers in "phone" are read in one form, +86 138 0000 0007 as 13800000007',
  ])
})

test('it is told of lines that are asked for later, too', async () => {
  const file = space.write(
    'later.csv',
    '手机号,日期,金额\n138 1234 5678,2024-01-02,1\n13812345678,2024-01-03,2\n',
  )
  const opened = await space.open([file], { needs: [], uses: [] })
  expect(opened.said).toEqual([])
  await opened.linesOf({ needs: ['customer', 'date', 'amount'] })
  expect(opened.said).toHaveLength(1)
})
