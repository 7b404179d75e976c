import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CustError } from '../../src/core/errors.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'
import { awkwardTable, inputError, random, readJson } from './records.ts'

describe('the shapes of JSON', () => {
  const orders = [
    { id: 'a', paid: 1 },
    { id: 'b', paid: 2 },
  ]
  const expected = { headers: ['id', 'paid'], rows: [['a', '1'], ['b', '2']] } // biome-ignore format: a table
  const lines = orders.map((order) => JSON.stringify(order))

  it.each([
    ['a list of objects', JSON.stringify(orders), 'JSON'],
    ['the same, indented', JSON.stringify(orders, null, 2), 'JSON'],
    ['one object a line', lines.join('\n'), 'NDJSON'],
    ['CRLF and blank lines', `\r\n${lines.join('\r\n\r\n')}\r\n`, 'NDJSON'],
    ['objects over several lines', orders.map((o) => JSON.stringify(o, null, 2)).join('\n'), 'NDJSON'],
    ['objects without anything between', lines.join(''), 'NDJSON'],
    ['objects with commas between', lines.join(',\n'), 'NDJSON'],
    ['a list in an object', JSON.stringify({ count: 2, data: orders }), 'JSON'],
    ['a list deep in an object', JSON.stringify({ ok: true, result: { orders }, links: [] }), 'JSON'],
    [
      'pages, one after the other',
      `${JSON.stringify(orders.slice(0, 1))}\n${JSON.stringify(orders.slice(1))}`,
      'JSON',
    ],
    ['rows with a row of names', '[["id","paid"],["a",1],["b",2]]', 'JSON'],
    ['rows, one a line', '["id","paid"]\n["a",1]\n["b",2]\n', 'NDJSON'],
  ])('%s', async (_, text, format) => {
    for (const size of [1, 7, 1 << 16]) {
      const table = await readJson(text, size)
      expect(table).toMatchObject({ ...expected, rejects: [], format })
    }
  })

  it('reads a list of values as one column, and a single object as one row', async () => {
    expect(await readJson('["x", 1.50, null, true]')).toMatchObject({
      headers: ['value'],
      rows: [['x'], ['1.50'], [''], ['true']],
    })
    expect(await readJson('{"id": 7, "name": "Bo"}')).toMatchObject({
      headers: ['id', 'name'],
      rows: [['7', 'Bo']],
    })
  })

  it('takes the longest of several lists, and says which it leaves', async () => {
    const text = JSON.stringify({ users: [{ u: 1 }], orders: [{ id: 1 }, { id: 2 }, { id: 3 }], page: 1 })
    const { rows, notes } = await readJson(text)
    expect(rows).toEqual([['1'], ['2'], ['3']])
    expect(notes.join()).toContain('"orders", the longest list in the file; not read: "users"')
  })

  it('reads a list that is longer than what is looked at first', async () => {
    const item = (i: number) => ({ id: i, text: 'x'.repeat(1000) })
    const text = JSON.stringify({
      meta: { a: [1] },
      data: Array.from({ length: 3000 }, (_, i) => item(i)),
      end: [1],
    })
    const { rows, rejects } = await readJson(text)
    expect(rows.map(([id]) => Number(id))).toEqual(Array.from({ length: 3000 }, (_, i) => i))
    expect(rejects).toEqual([])
  })

  it('refuses rows without names inside an object', async () => {
    const error = await inputError(readJson('{"values": [["id"], [1]]}'))
    expect(error.message).toContain('"values"')
  })

  it.each([['[]'], ['[{}]'], ['{}'], [' ']])('says that %s has no rows', async (text) => {
    await inputError(readJson(text))
  })

  it('tells the line on which each element begins', async () => {
    expect((await readJson('\n[{"a":\n1}, {"a":2},\r\n{"a":3}\r,\r{"a":4}]', 1)).lines).toEqual([2, 3, 4, 6])
    expect((await readJson('{"a":1}\n\n{"a":\n2}\n{"a":3}', 1)).lines).toEqual([1, 3, 5])
  })
})

describe('values', () => {
  it('keeps numbers as they are written', async () => {
    const numbers = ['6917926768823643751', '0.10', '1e3', '-0', '12345678901234567890.12345', '00123', 'NaN']
    const { rows } = await readJson(
      `[${numbers.map((n) => `{"n": ${n}, "l": [{"k": ${n}}, 1]}`).join(',')}]`,
      3,
    )
    expect(rows).toEqual(numbers.map((n) => [n, `[{"k":${n}},1]`]))
  })

  it('writes null as nothing, true and false as words, and reads escapes', async () => {
    const { rows } = await readJson('[{"a":null,"b":true,"c":false,"d":"\\u4e2d\\n\\"\\\\","e":""}]', 2)
    expect(rows).toEqual([['', 'true', 'false', '中\n"\\', '']])
  })

  it('names nested fields with dots, in the order in which they first appear', async () => {
    const { headers, rows } = await readJson(
      '[{"id":1,"customer":null},{"2024":"y","customer":{"id":7,"geo":{"city":"沪"}}},{"__proto__":"p","id":3}]',
    )
    expect(headers).toEqual(['id', '2024', 'customer.id', 'customer.geo.city', '__proto__'])
    expect(rows).toEqual([
      ['1', '', '', '', ''],
      ['', 'y', '7', '沪', ''],
      ['3', '', '', '', 'p'],
    ])
  })

  it('keeps a name with a dot apart from a nested one, and says so', async () => {
    const { headers, rows, notes } = await readJson('[{"a.b":"x","a":{"b":"y"}}]')
    expect([headers, rows]).toEqual([['a.b', 'a.b_2'], [['x', 'y']]])
    expect(notes.join()).toContain('a.b_2')
  })

  it('joins lists of values, as JSON where they hold the separator', async () => {
    const { rows, notes } = await readJson(
      '[{"tags":["vip","new"]},{"tags":[]},{"tags":["x"]},{"tags":["a|b","c"]}]',
    )
    expect(rows).toEqual([['vip|new'], [''], ['x'], ['["a|b","c"]']])
    expect(notes.join()).toContain('joined with "|": tags')
  })

  it('says when a key stands twice in an object', async () => {
    const { rows, notes } = await readJson('[{"a":1},\n{"a":2,"a":3}]')
    expect(rows).toEqual([['1'], ['3']])
    expect(notes.join()).toContain('"a" stands twice in one object, first on line 2')
  })

  it('takes the wrapping off values of a database', async () => {
    const { headers, rows } = await readJson(
      '[{"_id":{"$oid":"5f"},"at":{"$date":{"$numberLong":"1700000000000"}}}]',
    )
    expect([headers, rows]).toEqual([['_id', 'at'], [['5f', '1700000000000']]])
  })
})

describe('lists of objects', () => {
  it('makes a row of each line item, and repeats what stands beside it', async () => {
    const { headers, rows, lines, notes } = await readJson(
      JSON.stringify([
        {
          id: 1,
          line_items: [
            { sku: 'a', qty: 2 },
            { sku: 'b', tax: { rate: 5 } },
          ],
          total: 9,
        },
        { id: 2, line_items: [], total: 0 },
        { id: 3, total: 1 },
      ]),
    )
    expect(headers).toEqual(['id', 'line_items.sku', 'line_items.qty', 'line_items.tax.rate', 'total'])
    expect(rows).toEqual([
      ['1', 'a', '2', '', '9'],
      ['1', 'b', '', '5', '9'],
      ['2', '', '', '', '0'],
      ['3', '', '', '', '1'],
    ])
    expect(lines).toEqual([1, 1, 1, 1])
    expect(notes.join()).toContain('one row for each of "line_items"')
  })

  it('takes one list by its name, and keeps the others as JSON', async () => {
    const order = { id: 1, payments: [{ p: 1 }, { p: 2 }, { p: 3 }], 商品明细: [{ sku: 'a' }, { sku: 'b' }] }
    const { headers, rows, notes } = await readJson(JSON.stringify([order, order]))
    expect(headers).toEqual(['id', 'payments', '商品明细.sku'])
    expect(rows.slice(0, 2)).toEqual([
      ['1', '[{"p":1},{"p":2},{"p":3}]', 'a'],
      ['1', '[{"p":1},{"p":2},{"p":3}]', 'b'],
    ])
    expect(notes.join()).toContain('kept as JSON text in one cell: payments')
  })

  it('takes the longest where no name tells, but never the payments of an order', async () => {
    const { headers } = await readJson('[{"x":[{"a":1}],"y":[{"a":1},{"a":2}]},{"x":[]}]')
    expect(headers).toEqual(['x', 'y.a'])
    const paid = await readJson('[{"id":1,"payments":[{"p":1},{"p":2}]},{"id":2}]')
    expect(paid.rows).toEqual([
      ['1', '[{"p":1},{"p":2}]'],
      ['2', ''],
    ])
  })

  it('reads one line item that is not in a list like a list of one', async () => {
    const { headers, rows } = await readJson(
      '[{"items":{"sku":"a","n":1}},{"items":[{"sku":"b"},{"sku":"c"}]}]',
    )
    expect([headers, rows]).toEqual([['items.sku', 'items.n'], [['a', '1'], ['b', ''], ['c', '']]]) // biome-ignore format: a table
  })

  it('reads a single order with its lines as rows of that order', async () => {
    const { headers, rows } = await readJson('{"order_id":7,"items":[{"sku":"a"},{"sku":"b"}]}')
    expect([headers, rows]).toEqual([['order_id', 'items.sku'], [['7', 'a'], ['7', 'b']]]) // biome-ignore format: a table
  })

  it('makes columns of the named values of GA4 events', async () => {
    const { headers, rows } = await readJson(
      [
        '{"event_name":"purchase","event_timestamp":"1700000000000001","event_params":[',
        '{"key":"page","value":{"string_value":"/x","int_value":null,"float_value":null,"double_value":null}},',
        '{"key":"n","value":{"int_value":"5"}}],"ecommerce":{"transaction_id":"T1","purchase_revenue":12.50},',
        '"items":[{"item_id":"i1","price":6.25,"item_params":[{"key":"c","value":{"string_value":"红"}}]},{"item_id":"i2"}]}\n',
        '{"event_name":"view","event_params":[{"key":"m","value":{"double_value":1.50}}],"items":[]}\n',
      ].join(''),
    )
    const table = rows.map((row) =>
      Object.fromEntries(row.map((cell, i) => [headers[i], cell]).filter(([, c]) => c)),
    )
    const purchase = {
      event_name: 'purchase',
      event_timestamp: '1700000000000001',
      'event_params.page': '/x',
      'event_params.n': '5',
      'ecommerce.transaction_id': 'T1',
      'ecommerce.purchase_revenue': '12.50',
    }
    expect(table).toEqual([
      { ...purchase, 'items.item_id': 'i1', 'items.price': '6.25', 'items.item_params.c': '红' },
      { ...purchase, 'items.item_id': 'i2' },
      { event_name: 'view', 'event_params.m': '1.50' },
    ])
  })
})

describe('broken JSON', () => {
  it('leaves out a line that does not read, and goes on with the next', async () => {
    const text = '{"a":1}\n{"a":2,\n{"a":3}\r\nhello\n{"a":"4}\n{"a":5} x\n7\n{"a":8}\n{"a"'
    for (const size of [1, 5, 1 << 16]) {
      const { rows, lines, rejects } = await readJson(text, size)
      expect(rows).toEqual([['1'], ['3'], ['8']])
      expect(lines).toEqual([1, 3, 8])
      expect(rejects.map(({ line, text }) => `${line}: ${text}`)).toEqual([
        ...['2: {"a":2,', '4: hello', '5: {"a":"4}', '6: {"a":5} x', '7: 7', '9: {"a"'],
      ])
    }
  })

  it('takes nothing for an object that is a part of a broken one', async () => {
    const text = '{\n "a":1\n}\n{\n "a":2,,\n "l":[\n  {"a":7}\n ]\n}\n{\n "a":3\n}\n'
    const { rows, rejects } = await readJson(text, 4)
    expect(rows).toEqual([['1'], ['3']])
    expect(rejects).toHaveLength(1)
    expect(rejects[0]).toMatchObject({ line: 4 })
  })

  it('leaves out an element of a list that is broken, where its end can be told', async () => {
    const { rows, rejects } = await readJson('[{"a":1},\n{"a":tru,"b":{}},\n{"a":"x"y"},\n7,\n{"a":3}]', 3)
    expect(rows.map(([a]) => a)).toEqual(['1', '3'])
    expect(rejects.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it.each([
    ['another kind of file', 'xyz', 'f.json:1:1: not JSON'],
    ['text behind a list', '[{"a":1}]\n; x', 'f.json:2:1: not valid JSON'],
    ['an object without an end', '[{"a":1},\n {"a":2,\n {"a":3}]', 'f.json:3:2: not valid JSON'],
    ['what is around a list', '{"data":[{"a":1}],\n x}', 'f.json:2:2: not valid JSON'],
    ['a hundred thousand lists in lists', '['.repeat(100_000), 'nested more than 200 levels'],
    ['as many objects', `[${'{"a":'.repeat(100_000)}`, 'nested more than 200 levels'],
  ])('says where %s is', async (_, text, message) => {
    const error = await inputError(readJson(text))
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  const whole = {
    list: '[{"a":1,"b":"x\\"}"},\n {"a":2,"b":[{"c":1}]},\r\n{"a":-3.5,"b":null},{"a":true}]',
    lines: '{"a":1,"b":"x\\"}"}\n{"a":2,"b":{"c":"中😀"}}\r\n\n{"a":3}\n{"a":4}',
    envelope: '{"n":2,"r":{"d":[{"a":1,"b":"]"},{"a":2},{"a":3}],"e":[1,2]}}',
    rows: '[["a","b"],[1,"x"],[2,"y"]]',
  }

  it.each(Object.entries(whole))(
    'gives the whole elements of %s that is cut anywhere',
    async (name, text) => {
      const { rows } = await readJson(text)
      for (let end = 1; end < text.length; end++) {
        const cut = await readJson(text.slice(0, end), 8).catch((thrown: unknown) => thrown)
        if (cut instanceof CustError) continue
        const { rows: kept, rejects, headers } = cut as Awaited<ReturnType<typeof readJson>>
        const last = text.slice(0, end).trimEnd().split('\n').at(-1)
        const open = name !== 'lines' || !(text.split(/\r?\n/) as unknown[]).includes(last)
        expect(rejects.length, text.slice(0, end)).toBe(open ? 1 : 0)
        const known = kept.map((row) => row.slice(0, headers.length))
        if (!headers.some((header) => header.includes('.'))) {
          expect(rows.slice(0, known.length).map((row) => row[0])).toEqual(known.map((row) => row[0]))
        }
      }
    },
  )

  it('never crashes, and says the same however the text comes in pieces', async () => {
    const next = random(11)
    const texts = Object.values(whole)
    for (let run = 0; run < 1500; run++) {
      let text = texts[run % texts.length] as string
      for (let flips = 1 + Math.floor(next() * 3); flips > 0; flips--) {
        const at = Math.floor(next() * text.length)
        const put =
          next() < 0.5 ? '{}[]",:\n\\ 0nt'[Math.floor(next() * 13)] : String.fromCharCode(next() * 128)
        text = text.slice(0, at) + put + text.slice(at + (next() < 0.8 ? 1 : 0))
      }
      const read = async (size: number) => {
        try {
          return await readJson(text, size)
        } catch (error) {
          if (error instanceof CustError && error.kind === 'input') return error.message
          throw new Error(`crashed on ${JSON.stringify(text)}`, { cause: error })
        }
      }
      expect(await read(1 + Math.floor(next() * 9)), JSON.stringify(text)).toEqual(await read(1 << 16))
    }
  })
})

describe('tables of awkward texts', () => {
  it('come back as they were', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { headers, rows } = awkwardTable(seed)
      const objects = rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i]])))
      const texts = [
        JSON.stringify(objects),
        objects.map((object) => JSON.stringify(object)).join('\n'),
        JSON.stringify([headers, ...rows], null, 1),
      ]
      for (const text of texts) {
        const table = await readJson(text, seed)
        const twins = table.notes.some((note) => note.includes('same name'))
        if (!twins) expect(table.headers).toEqual(headers.map((header) => header.trim()))
        expect(table.rows).toEqual(rows)
        expect(table.rejects).toEqual([])
      }
    }
  })
})

describe.skipIf(noSharedData)(`public files ${needsShared}`, () => {
  const read = (name: string) => readJson(readFileSync(join(sharedData, 'torture', name), 'utf8'))

  it('has the shape that is known of them', async () => {
    const lines = await read('duckdb-example_n.ndjson')
    expect([lines.headers, lines.rows.length, lines.rejects]).toEqual([['id', 'name'], 5, []])
    const list = await read('duckdb-top_level_array.json')
    expect([list.headers, list.rows.length, list.rejects]).toEqual([['conclusion'], 2, []])
  })
})
