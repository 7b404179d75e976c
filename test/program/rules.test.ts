/** The same baskets give the same rules, however they are written. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { outputInside, runInside } from '../support/inside.ts'
import { expectSameBytes, fixture, output, scratch } from '../support/program.ts'

const rows = readFileSync(fixture('receipts.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
const baskets = new Map<string, string[]>()
for (const [receipt, , , product] of rows) {
  baskets.set(receipt as string, [...(baskets.get(receipt as string) ?? []), product as string])
}
const lists = [...baskets.values()]
const products = [...new Set(lists.flat())]

const COLUMNS = ['--columns', 'lhs,rhs,count,confidence,lift,q_value', '-q']
const answer = (args: readonly string[], around = {}) => outputInside(['rules', ...args, ...COLUMNS], around)

/** By the built program. */
let usual: Buffer
beforeAll(async () => {
  usual = await output(['rules', fixture('receipts.csv'), ...COLUMNS])
})

const chinese = ['订单号,商品名称', ...rows.map(([receipt, , , product]) => `${receipt},${product}`)].join(
  '\n',
)
const files = {
  'lines-gbk.csv': encodeGb18030(chinese),
  'lists.csv': [
    '小票号;商品',
    ...[...baskets].map(([receipt, items]) => `${receipt};${items.join('、')}`),
  ].join('\n'),
  'rows.csv': lists.map((items) => items.join(',')).join('\n'),
  'rows.txt': lists.map((items) => items.join(' | ')).join('\n'),
  'rows.json': JSON.stringify(lists),
  'lists.ndjson': [...baskets].map(([id, items]) => JSON.stringify({ order_id: id, items })).join('\n'),
  'one-hot.csv': [
    ['receipt_no', ...products].join(),
    ...[...baskets].map(([id, items]) =>
      [id, ...products.map((item) => (items.includes(item) ? 2 : 0))].join(),
    ),
  ].join('\n'),
}

describe('in any shape', () => {
  const cwd = scratch(files)
  test.each([
    ['lines-gbk.csv', []],
    ['lists.csv', []],
    ['lists.ndjson', []],
    ['rows.csv', ['--shape', 'rows']],
    ['rows.txt', ['--shape', 'rows']],
    ['rows.json', ['--shape', 'rows']],
    ['one-hot.csv', ['--shape', 'one-hot']],
  ])('%s', async (name, flags) => {
    expectSameBytes(await answer([name, ...flags], { cwd }), usual, name)
  })
})

test('the four habits of the shop, and nothing else', () => {
  const told = usual.toString().trim().split('\n')
  expect(told.slice(1).map((line) => line.split(',').slice(0, 2).join(' => '))).toEqual([
    'cake tin => baking paper',
    'wine glasses => red wine',
    'sponges => dish soap',
    'paper filters => coffee beans',
  ])
})

test('--item takes a header, or the words sku, name and category', async () => {
  const cwd = scratch({
    'kinds.csv':
      'order_id,sku,product_name,category\n1,s1,tea,hot\n1,s2,mug,ware\n2,s1,tea,hot\n2,s2,mug,ware\n',
  })
  const items = async (word: string) =>
    (
      await outputInside(
        ['rules', 'kinds.csv', '--item', word, '--sheet', 'items', '--columns', 'item', '-q'],
        {
          cwd,
        },
      )
    ).toString()
  expect(await items('sku')).toBe('item\ns1\ns2\n')
  expect(await items('name')).toBe('item\nmug\ntea\n')
  expect(await items('category')).toBe('item\nhot\nware\n')
  expect(await items('product_name')).toBe('item\nmug\ntea\n')
})

test('groups are mined beside the items, and an item never explains its own group', async () => {
  const groups = [
    'product,group',
    ...products.map((item) => `${item},${/coffee|filter|tea/.test(item) ? 'hot drinks' : 'kitchen'}`),
  ]
  const cwd = scratch({ 'groups.csv': groups.join('\n') })
  const told = await runInside(
    ['rules', fixture('receipts.csv'), '--hierarchy', 'groups.csv', '--all', '--columns', 'lhs,rhs'],
    { cwd },
  )
  expect(told.code).toBe(0)
  expect(told.stderr).toMatch(/left out [\d,]+ rules that hold an item and a group of its own/)
  const sides = told.stdout.toString().trim().split('\n').slice(1)
  expect(sides.some((line) => line.includes('hot drinks*'))).toBe(true)
  expect(sides.filter((line) => line.includes('coffee beans') && line.includes('hot drinks*'))).toEqual([])
  const wrong = await runInside(
    ['rules', fixture('receipts.csv'), '--hierarchy', 'groups.csv', '--level', 'shelf'],
    { cwd },
  )
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('there are item, group')])
})

test('networks for Graphviz and for the others, with the lines of the answer', async () => {
  const args = ['rules', fixture('receipts.csv'), '-q', '--top', '2']
  const dot = (await outputInside([...args, '-f', 'dot'])).toString()
  expect(dot).toMatch(/^digraph "cust rules" \{\n/)
  expect(dot).toMatch(/"cake tin" -> "baking paper" \[label="6.47", penwidth=5.00, .*count="53"/)
  const cwd = scratch()
  await outputInside([...args, '-o', 'network.graphml'], { cwd })
  const xml = readFileSync(join(cwd, 'network.graphml'), 'utf8')
  expect(xml.match(/<edge /g)).toHaveLength(2)
  expect(xml).toContain('<data key="name">cake tin</data>')
  const { code, stderr } = await runInside(['rfm', fixture('orders-small.csv'), '-f', 'dot'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('this command has no network')])
})

test('beyond the budget nothing is written, and what would fit is named', async () => {
  const cwd = scratch()
  const args = ['rules', fixture('receipts.csv'), '--budget', '20', '--min-support', '5', '-o', 'out.csv']
  const { code, stderr } = await runInside(args, { cwd })
  expect(code).toBe(3)
  expect(stderr).toMatch(/more than 20 itemsets.*\n.*--min-support \d+ gives 1\d itemsets/s)
  expect(await runInside(['inspect', 'out.csv'], { cwd })).toMatchObject({ code: 3 })
})

test('JSON holds the sides as lists', async () => {
  const told = await outputInside([
    'rules',
    fixture('receipts.csv'),
    '-q',
    '-f',
    'json',
    '--top',
    '1',
    '--columns',
    'lhs,rhs,count',
  ])
  expect(JSON.parse(told.toString())).toEqual([{ lhs: ['cake tin'], rhs: ['baking paper'], count: 53 }])
})

test('lists of JSON whose values hold what would separate them', async () => {
  const lines = Array.from({ length: 5 }, (_, order) => JSON.stringify({ order, items: ['a|b', 'c'] }))
  const cwd = scratch({ 'lists.ndjson': lines.join('\n') })
  const told = await outputInside(
    ['rules', 'lists.ndjson', '--sheet', 'items', '--columns', 'item,count', '-q'],
    {
      cwd,
    },
  )
  expect(told.toString()).toBe('item,count\na|b,5\nc,5\n')
})

test('wide baskets that are alike end with advice, too: their rules would be too many', async () => {
  const wide = Array.from({ length: 60 }, (_, b) =>
    Array.from({ length: 21 }, (_, i) => `w${b},x${i}`),
  ).flat()
  const cwd = scratch({ 'wide.csv': ['order_id,product', ...wide].join('\n') })
  const { code, stderr } = await runInside(['rules', 'wide.csv', '--min-support', '50'], { cwd })
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/the widest 60 baskets hold 21 items.*\n {2}--max-len \d+ gives/),
  ])
})

test('a missing item may be done without: the flags are named', async () => {
  const cwd = scratch({ 'wide.csv': 'milk,bread\n1,0\n1,1\n' })
  const { code, stderr } = await runInside(['rules', 'wide.csv'], { cwd })
  expect([code, stderr]).toEqual([3, expect.stringContaining('or do without: --shape rows, --shape one-hot')])
})

test('two files that hold all that is asked for under other headers are not taken for one', async () => {
  const { code, stderr } = await runInside(['rfm', fixture('receipts.csv'), fixture('orders.csv')])
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining('hold lines of their own under different headers'),
  ])
})
