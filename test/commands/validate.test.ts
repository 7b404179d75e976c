import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkNames } from '../../src/commands/validate/checkNames.ts'
import { reference } from '../../src/commands/validate/references.ts'
import { expression } from '../../src/commands/validate/rules/expression.ts'
import { rulesOf } from '../../src/commands/validate/rules/file.ts'
import { chance } from '../fields/chance.ts'
import { refusalOf } from '../support/ran.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'
import { settings, validated } from '../support/validate.ts'

const csv = (...lines: string[]) => `${lines.join('\n')}\n`
const shared = (file: string) => readFileSync(`${sharedData}${file}`)
const rule = (...sources: string[]) => ({ onlyRules: true, rule: sources.map(expression) })

describe.skipIf(noSharedData)(`files that others made ${needsShared}`, () => {
  test('two ragged rows are named with their lines', async () => {
    const { told, found } = await validated(shared('torture/csvkit-bad.csv'))
    expect(told).toEqual(['error ragged 2: 2-3'])
    expect(found).toBe('2 of 3 rows are bad (66.67 %)')
  })

  test('a header that is there three times', async () => {
    const { told, found } = await validated(shared('torture/frictionless-duplicate-headers.csv'))
    expect(told).toEqual(['error duplicate_header id 3: 1'])
    expect(found).toContain('duplicate_header')
  })

  test('eleven empty rows', async () => {
    const { told, found } = await validated(shared('torture/frictionless-blank-rows-multiple.csv'))
    expect(told).toEqual(['warning empty_row 11: 4-14'])
    expect(found).toBeUndefined()
  })

  test('masked customers are said, and none of them is a mistake', async () => {
    const { findings, found } = await validated(shared('torture/exports/douyin-orders.csv'))
    const masked = findings.filter(({ rule }) => rule === 'masked')
    expect(masked.map(({ column }) => column)).toContain('收件人手机号')
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(found).toBeUndefined()
  })

  test('ids of 19 digits raise no alarm', async () => {
    const { findings } = await validated(shared('torture/exports/taobao-orders-gbk.csv'))
    expect(findings.filter(({ column }) => column?.includes('编号') || column?.includes('单号'))).toEqual([])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('dates that do not exist among 1,000 persons, and nothing else that is an error', async () => {
    const { told } = await validated(shared('febrl1.csv'))
    // 19371233, 19371332 and 19450230 are the only ones that no calendar has.
    expect(told.filter((each) => each.startsWith('error'))).toEqual([
      'error date date_of_birth 3: 146, 149, 588',
    ])
  })

  test.each([
    'groceries.csv',
    'groceries-hierarchy.csv',
    'rfm-orders.csv',
    'cdnow-sample.csv',
    'donations-bgbb.csv',
  ])('no error in %s', async (file) => {
    const { findings, found } = await validated(shared(file))
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(found).toBeUndefined()
  })
})

describe('fixtures', () => {
  test.each([
    'orders.csv',
    'orders-zh.csv',
    'orders-zh-gbk.csv',
    'orders-small-semicolon.csv',
    'receipts.csv',
  ])('nothing but notes in %s', async (file) => {
    const { findings, found } = await validated(
      readFileSync(new URL(`../../fixtures/${file}`, import.meta.url)),
    )
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(found).toBeUndefined()
  })
})

// A list of customers with mistakes in known places --------------------------------------------------

const given = ['Anna', 'Bob', 'Carl', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana']

function customers(rows: number): string[][] {
  return Array.from({ length: rows }, (_, i) => [
    `C${String(i + 1).padStart(5, '0')}`,
    given[i % given.length] as string,
    `user${i}@example.com`,
    `138${String(10_000_000 + 7919 * i)}`,
    `${1950 + (i % 50)}-0${1 + (i % 9)}-1${i % 10}`,
    `20${20 + (i % 5)}-0${1 + (i % 9)}-2${i % 9}`,
    ['Berlin', 'Paris', 'Wien'][i % 3] as string,
  ])
}
const HEADER = 'id,name,email,mobile,birthday,created_at,city'
const file = (rows: readonly (readonly string[])[]) => csv(HEADER, ...rows.map((row) => row.join(',')))

const mistakes: readonly (readonly [rule: string, column: number, value: string])[] = [
  ['email', 2, 'user@@example.com'],
  ['email', 2, 'no address'],
  ['email_domain', 2, 'bob@gmial.com'],
  ['phone', 3, '12345678901'],
  ['date', 4, '1980-02-30'],
  ['future_date', 4, '2030-01-01'],
  ['future_date', 5, '2027-05-05'],
  ['early_date', 4, '1799-01-01'],
  ['blanks_around', 1, ' Anna '],
  ['placeholder', 2, 'N/A'],
  ['masked', 3, '138****0013'],
  ['spelling', 6, 'PARIS'],
  ['garbled', 1, 'JosÃ©'],
  ['formula', 1, '=HYPERLINK(1)'],
  ['control_characters', 1, 'An\u0007na'],
  ['days_in_order', 4, '2025-06-01'],
]

describe('ids that went through a spreadsheet', () => {
  test('an order number in scientific form has lost its digits; an amount has not', async () => {
    const rows = ['2.50623E+14,1.2E+05,张三', '250623000000007,300,李四', '2.50623E+14,120,王五']
    const { told } = await validated(csv('订单编号,实付金额,收货人', ...rows))
    expect(told).toContain('error rounded_id 订单编号 2: 2, 4')
    expect(told.filter((line) => line.includes('实付金额'))).toEqual([])
  })
})

describe('mistakes in known places', () => {
  test('a clean list has nothing wrong', async () => {
    const { told, found, score } = await validated(file(customers(200)))
    expect(told).toEqual([])
    expect(found).toBeUndefined()
    expect(score(null)).toMatchObject({ completeness: 1, validity: 1, uniqueness: 1, consistency: 1 })
    expect(score(null)).toMatchObject({ meaning: 'all columns', meaning_zh: '全部列' })
    // A name has no test of its own.
    expect(score('email')).toMatchObject({ meaning: 'email', validity: 1, uniqueness: null })
  })

  test.each(mistakes)('%s in column %i: %s', async (expected, column, value) => {
    const rows = customers(200)
    ;(rows[49] as string[])[column] = value
    const { findings, rows: written } = await validated(file(rows), { rejects: 'r.csv', valid: 'v.csv' })
    const header = HEADER.split(',')[column]
    const hit = findings.find(
      (each) => each.rule === expected && (each.column === header || expected === 'days_in_order'),
    )
    expect(hit).toMatchObject({ count: 1, lines: '51' })
    const isBad = findings.some(({ severity }) => severity === 'error')
    expect(written['rejects']?.length).toBe(isBad ? 1 : 0)
    expect(written['valid']?.length).toBe(isBad ? 199 : 200)
    if (isBad) expect(written['rejects']?.[0]?.slice(0, 7)).toEqual(rows[49])
  })

  test('the same findings, however the file is read', async () => {
    const { whole, pick } = chance(17)
    const rows = customers(300)
    for (let i = 0; i < 40; i++) {
      const [, column, value] = pick(mistakes)
      ;(rows[whole(0, 299)] as string[])[column] = value
    }
    rows.push(['', '', '', '', '', '', ''])
    const [quick, thorough] = [
      await validated(file(rows), { rejects: 'r.csv', valid: 'v.csv' }, { inPlace: true }),
      await validated(file(rows), { rejects: 'r.csv', valid: 'v.csv' }, { thorough: true }),
    ]
    expect(quick.findings).toEqual(thorough.findings)
    expect(quick.rows).toEqual(thorough.rows)
    const { rejects = [], valid = [] } = quick.rows
    expect(rejects.length + valid.length).toBe(300)
    expect(rejects.length).toBeGreaterThan(10)
    // Every rejected row stands in the file on the line that is told.
    for (const row of rejects)
      expect(row.slice(0, 7).map((cell) => cell ?? '')).toEqual(rows[Number(row[7]) - 2])
  })

  test('keys: twice, missing, and alike', async () => {
    const rows = customers(100)
    ;(rows[10] as string[])[0] = 'C00001'
    ;(rows[20] as string[])[0] = ''
    ;(rows[30] as string[])[0] = 'c00002'
    const { told, score } = await validated(file(rows))
    expect(told).toEqual([
      'error duplicate_key id 2: 2, 12',
      'error missing_key id 1: 22',
      'warning similar_keys id 2: 3, 32',
    ])
    expect(score('id')).toMatchObject({ filled: 99, uniqueness: 98 / 99, completeness: 0.99 })
  })

  test('rows that are there twice', async () => {
    const { told } = await validated(csv('item,shop', 'tea,a', 'tea,b', 'cup,a', 'tea,a'))
    expect(told).toEqual(['warning duplicate_row 2: 2, 5'])
  })

  test('a quote that swallowed rows, and a text of several lines that did not', async () => {
    const { told } = await validated(
      csv('id,name,note', '1,"Ann,x', '2,Bob,y', '3,Cy",z', '4,Di,w', '5,Ed,v'),
    )
    expect(told).toEqual(['error stray_quote name 1: 2'])
    const fine = await validated(csv('id,name,note', '1,Ann,x', '2,"Bob', 'Road 5', 'Town",y', '3,Cy,z'))
    expect(fine.told).toEqual([])
  })

  test('an id of another length', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `A-${1000 + i}${i === 70 ? '7' : ''},x${i}`)
    const { told } = await validated(csv('order_id,note', ...rows))
    expect(told).toEqual(['warning length order_id 1: 72'])
  })

  test('day and month in both orders', async () => {
    const { told, found } = await validated(csv('id,day', '1,13/01/2024', '2,01/13/2024', '3,02/03/2024'))
    expect(told.filter((each) => each.includes('mixed_dates'))).toHaveLength(1)
    expect(found).toContain('mixed_dates')
  })

  test('a column of mostly numbers', async () => {
    const values = Array.from({ length: 20 }, (_, i) => `${i},${i % 5 === 4 ? 'word' : 3 * i}`)
    const { told } = await validated(csv('id,x', ...values))
    expect(told).toEqual(['warning mixed_types x 4: 6, 11, 16, 21'])
  })

  test('a test that most values fail is no test of the column', async () => {
    const { told } = await validated(
      csv('id,phone', ...Array.from({ length: 20 }, (_, i) => `${i},00000${10_000 + i}`)),
    )
    expect(told.filter((each) => each.startsWith('error'))).toEqual([])
  })
})

describe('what columns say together', () => {
  const orders = (change: (row: string[], i: number) => void) => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const row = [
        `O${100 + i}`,
        `${1 + (i % 4)}`,
        `${2 + (i % 7)}.50`,
        ((1 + (i % 4)) * (2.5 + (i % 7))).toFixed(2),
        '2025-03-05',
        '2025-03-08',
      ]
      change(row, i)
      return row.join(',')
    })
    return csv('order_id,quantity,unit_price,amount,order_date,ship_date', ...rows)
  }

  test('amount = price x quantity, days in order', async () => {
    expect((await validated(orders(() => {}))).told).toEqual(['note constant_column 2'])
    const { told } = await validated(
      orders((row, i) => {
        if (i === 7) row[3] = '999.00'
        if (i === 9) row[5] = '2025-03-01'
      }),
    )
    expect(told).toContain('error amount_is_price_x_quantity amount 1: 9')
    expect(told).toContain('error days_in_order ship_date 1: 11')
  })

  test('a total that is not the sum of the lines', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const order = Math.floor(i / 2)
      const total = order === 5 ? '99.00' : (2 * order + 10 + 2 * order + 11).toFixed(2)
      return `O${order},item${i},${(2 * order + 10 + (i % 2)).toFixed(2)},${total}`
    })
    const { told } = await validated(csv('order_id,sku,line_total,order_total', ...lines))
    expect(told).toContain('warning total_is_sum_of_lines order_total 2: 12-13')
  })

  test('a total that is not the sum of its parts, less what is taken off', async () => {
    const bills = Array.from({ length: 60 }, (_, i) => {
      const [net, tax, post, off] = [
        i + 10.25,
        (i % 7) + 0.5,
        i % 3 === 0 ? '' : '4.99',
        i % 4 === 0 ? 2.5 : 0,
      ]
      const sum = net + tax + Number(post) - off
      return `O${i},${off},${net},${tax},${post},${i === 8 ? '1.00' : sum.toFixed(2)},${(2 * net).toFixed(2)}`
    })
    const { told } = await validated(
      csv('order_id,discount,subtotal,tax,shipping,total,total_before', ...bills),
    )
    expect(told.filter((line) => line.includes('total'))).toEqual([
      'error total_is_sum_of_parts total 1: 10',
      ...told.filter((line) => line.includes('outlier')),
    ])
  })

  test('birth date and sex against the resident id', async () => {
    // The second is the other example of GB 11643-1999.
    const { told, findings } = await validated(
      csv(
        '姓名,身份证号,出生日期,性别',
        '王芳,11010519491231002X,1949-12-31,女',
        '李伟,440524188001010014,1880-01-02,女',
        '张敏,110105194912310021,1949-12-31,女',
      ),
    )
    expect(told).toContain('error resident_id 身份证号 1: 4')
    expect(told).toContain('error birth_of_resident_id 出生日期 1: 3')
    expect(told).toContain('error sex_of_resident_id 性别 1: 3')
    const shown = findings.find(({ rule }) => rule === 'resident_id')?.example
    expect(shown).toBe('110105********0021')
  })

  test('postcodes by the country of their row', async () => {
    const { told } = await validated(
      csv(
        'name,country,postcode',
        'A,Germany,10115',
        'B,DE,1011',
        'C,UK,SW1A 1AA',
        'D,GB,10115',
        'E,Elbonia,x1',
        'F,US,90210',
        'G,US,20500-0003',
      ),
    )
    expect(told).toContain('error postcode postcode 2: 3, 5')
  })

  test('ids that another file must have', async () => {
    const ref = [{ column: 'customer_id', file: 'customers.csv', key: 'id' }]
    const others = { 'customers.csv': csv('id,name', 'C1,A', 'C2,B') }
    const { told } = await validated(
      csv('order_id,customer_id', 'O1,C1', 'O2,C9', 'O3,', 'O4,C2'),
      { ref, onlyRules: true },
      { others },
    )
    expect(told).toEqual(['error reference customer_id 1: 3'])
  })

  describe('a file that is held against another, without a word of how', () => {
    const orders = csv(
      'order_id,customer_id,quantity',
      ...Array.from(
        { length: 20 },
        (_, i) => `O${i + 1},${i === 4 ? 'C99' : `C${(i % 6) + 1}`},${(i % 3) + 1}`,
      ),
    )
    const ref = [reference('others.csv')]
    const against = (...lines: string[]) =>
      validated(orders, { ref }, { others: { 'others.csv': csv(...lines) } })
    const six = (of: (i: number) => string) => Array.from({ length: 6 }, (_, i) => of(i + 1))

    test('the column of the same name refers to it', async () => {
      const { told, notes } = await against('name,customer_id', ...six((i) => `N${i},C${i}`))
      expect(told).toContain('error reference customer_id 1: 6')
      expect(notes).toContain('customer_id is held against customer_id of others.csv')
    })

    test('else the one that most of its ids are in, and no number that happens to be among them', async () => {
      const { told, notes } = await against(
        'no,id',
        ...six((i) => `${i},C${i}`),
        ...Array.from({ length: 10 }, (_, i) => `${i + 7},C${i + 7}`),
        '17,C16',
      )
      expect(told).toContain('error reference customer_id 1: 6')
      expect(notes).toContain('customer_id is held against id of others.csv')
    })

    test('a key that is named need not be different in every row', async () => {
      const others = { 'others.csv': csv('id,buyer', ...six((i) => `${i},C${i}`), '7,C1', '8,C2') }
      const { told } = await validated(orders, { ref: [reference('others.csv#buyer')] }, { others })
      expect(told).toContain('error reference customer_id 1: 6')
    })

    test('where none does, that is said', async () => {
      expect(await refusalOf(against('sku,colour', ...six((i) => `S${i},red`)))).toBe(
        'input: no column refers to a key of others.csv',
      )
    })
  })
})

describe('rules', () => {
  const table = csv(
    'id,amount,price,quantity,status,order date,code',
    '1,10.00,5,2,paid,2025-01-05,A1',
    '2,9.00,3,3,sent,2025-02-05,B2',
    '3,,1,1,open,2025-03-05,',
    '4,-4.00,2,-2,paid,2024-12-31,C',
  )

  const judged: readonly (readonly [rule: string, lines: string])[] = [
    ['amount > 0', '5'],
    ['amount = price * quantity', ''],
    ['amount <> 9', '3'],
    ["amount >= 9 or status = 'open'", '5'],
    ['not amount < 0', '5'],
    ['amount + 1 = 11', '3, 5'],
    ['amount / (quantity - 2) > 1', '5'],
    ["status in ('paid', 'sent')", '4'],
    ["status not in ('open')", '4'],
    ["`order date` >= '2025-01-01'", '5'],
    ["`order date` between '2025-01-01' and '2025-02-28'", '4-5'],
    ['`order date` <= today()', ''],
    ["`order date` - date('2025-01-01') < 40", '4'],
    ['year(`order date`) = 2025', '5'],
    ["if status = 'paid' then amount > 0", '5'],
    ["status = 'paid' implies quantity = 2", '5'],
    ['amount is not empty', '4'],
    ['code is empty', '2-3, 5'],
    ["code matches '^[A-Z]\\d$'", '5'],
    ['length(code) = 2', '5'],
    ["upper(status) = 'PAID'", '3-4'],
    ['abs(amount) > 4', '5'],
    ['round(amount / 3, 1) = 3.3', '3, 5'],
    ['number(id) % 2 = 1', '3, 5'],
    ['-amount < 0', '5'],
    ['0.1 + 0.2 = 0.3', ''],
  ]

  test('what rules say of each row', async () => {
    const { findings } = await validated(table, rule(...judged.map(([source]) => source)))
    const lines = new Map(findings.map((each) => [each.rule, each.lines]))
    expect(judged.map(([source]) => [source, lines.get(source) ?? ''])).toEqual(judged)
  })

  test.each([
    ['amount >', 'usage: rule "amount >": a value is missing, at its end'],
    ['amount = = 3', 'usage: rule "amount = = 3": "=" stands where a value should, at character 10'],
    ['amount ; drop table x', 'usage: rule "amount ; drop table x": ";" has no meaning here, at character 8'],
    ['(amount > 1', 'usage: rule "(amount > 1": ")" is missing, at its end'],
    ['status > 5', 'usage: rule "status > 5": a text cannot be compared with a number, at character 8'],
    ['amount', 'usage: rule "amount": is a number, not a condition, at character 1'],
    ['total > 1', 'input: no column "total" (rule "total > 1")'],
    ['sum(amount) > 1', 'usage: rule "sum(amount) > 1": there is no function sum, at character 1'],
    ['abs() > 1', 'usage: rule "abs() > 1": abs takes 1 values, not 0, at character 1'],
    ["`order date` > 'soon'", 'usage: rule "`order date` > \'soon\'": "soon" is not a date, at character 16'],
    ["code matches '['", "usage: rule \"code matches '['\": '[' is no pattern, at character 6"],
    [
      'status and amount',
      'usage: rule "status and amount": a truth is expected, this is a text, at character 1',
    ],
  ])('refused: %s', async (source, message) => {
    expect(await refusalOf((async () => validated(table, rule(source)))())).toBe(message)
  })

  test('a header and a text can be nothing but a name and a text', async () => {
    const odd = csv(`a"b;drop,c`, "1,it's", '2,x')
    const { told } = await validated(odd, rule('`a"b;drop` < 2', "c = 'it''s' or c = 'x'"))
    expect(told).toEqual(['error `a"b;drop` < 2 a"b;drop 1: 3'])
  })

  const rules = (text: string) => ({ rules: settings(text), onlyRules: true })

  test('a file of rules', async () => {
    const { told, found } = await validated(
      table,
      rules(`
columns:
  id: { required: true, unique: true, pattern: '\\d' }
  amount: { kind: number, required: true, min: 0, max: 9.5 }
  status: { values: [paid, sent], severity: warning }
  order date: { kind: date, min: 2025-01-01, max: today }
  code: { min-length: 2, max-length: 2 }
  missing: { required: true }
  allowed: { required: true, optional: true }
rules:
  - check: amount = price * quantity
    name: adds up
    severity: note
  - quantity > 0
unique:
  - [status, price]
rows: { min: 10 }
max-bad: 100%
`),
    )
    expect(told).toEqual([
      'error rows 4',
      'error missing_column missing 1',
      'error required amount 1: 4',
      'error min amount 1: 5',
      'error max amount 1: 2',
      'error quantity > 0 quantity 1: 5',
      'error min order date 1: 5',
      'error min-length code 1: 5',
      'warning values status 1: 4',
    ])
    expect(found).toBe('missing_column (missing): the rules name it, the file lacks it')
  })

  test('kinds hold a column to what it is said to be', async () => {
    const { told } = await validated(
      csv('a,b,c', 'x,12,5', 'anna@example.com,1.5,2024-02-30', 'y,z,2024-02-28'),
      rules('columns: { a: { kind: email }, b: { kind: integer }, c: { kind: date } }'),
    )
    expect(told).toEqual([
      'error email a 2: 2, 4',
      'error number b 1: 4',
      'error integer b 1: 3',
      'error date c 2: 2-3',
    ])
  })

  test.each([
    ['columns: { id: { requird: true } }', 'usage: rules.yaml:1: "requird" is not known in columns.id'],
    [
      'columns:\n  id:\n    kind: emial',
      'usage: rules.yaml:3: columns.id.kind should be one of email, phone, date, number, integer, postcode, resident id, company number: what its cells hold',
    ],
    [
      'rules:\n  - amount > 0\n  - amount >',
      'usage: rules.yaml:3: rule "amount >": a value is missing, at its end',
    ],
    ['column: {}', 'usage: rules.yaml:1: "column" is not known in a file of rules'],
    ['max-bad: lots', 'usage: rules.yaml:1: "lots" is not a number of rows, nor a share like 0.1%'],
    ['rules: amount > 0', 'usage: rules.yaml:1: rules should be a list'],
    ['columns: { id: { pattern: "(" } }', "usage: rules.yaml:1: pattern '(' is no regular expression"],
    ['columns: { status: { min: 3 } }', 'input: rules.yaml:1: min of "status": the column holds no numbers'],
    [
      'a: [',
      'usage: rules.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('a mistake in a file of rules: %s', async (text, message) => {
    expect(await refusalOf((async () => validated(table, rules(text)))())).toBe(message)
  })

  test('the limit: a number or a share of bad rows', async () => {
    const asked = (maxBad: { rows: number } | { share: number } | undefined) =>
      validated(table, { ...rule('amount > 0'), maxBad })
    expect((await asked(undefined)).found).toBe('1 of 4 rows is bad (25.00 %)')
    expect((await asked({ rows: 1 })).found).toBeUndefined()
    expect((await asked({ share: 0.25 })).found).toBeUndefined()
    expect((await asked({ share: 0.2 })).found).toBe(
      '1 of 4 rows is bad (25.00 %), more than the 20 % allowed',
    )
  })

  test('checks that are not wanted', async () => {
    const rows = customers(50)
    ;(rows[9] as string[])[2] = 'nobody'
    ;(rows[9] as string[])[3] = '1'
    const { told } = await validated(file(rows), { ignore: ['email.email'] })
    expect(told).toEqual(['error phone mobile 1: 11'])
    expect((await validated(file(rows), { ignore: ['email', 'phone'] })).told).toEqual([])
  })
})

test('the rules of the README can be read, and the schema knows what they say', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const text = /```yaml\n(columns:[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const { content } = settings(text)
  expect(rulesOf(settings(text)).columns.map(({ column }) => column)).toContain('order date')
  const { saved } = await validated('a,b\n1,2\n', { schema: 's.json' })
  const { properties } = JSON.parse(saved('schema')) as { properties: Record<string, unknown> }
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(content as object)))
})

describe('the rules that a file keeps', () => {
  test.each(['orders.csv', 'orders-zh.csv', 'receipts.csv', 'orders-small-semicolon.csv'])(
    '%s keeps its own',
    async (name) => {
      const text = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))
      const { saved } = await validated(text, { init: 'rules.yaml' })
      const { told, found } = await validated(text, { rules: settings(saved('init')), onlyRules: true })
      expect(told).toEqual([])
      expect(found).toBeUndefined()
      expect(saved('init')).toContain('kind: date')
    },
  )

  test('and a later file that differs does not', async () => {
    const { saved } = await validated(file(customers(200)), { init: 'rules.yaml' })
    const rows = customers(200)
    ;(rows[3] as string[])[0] = 'X1'
    ;(rows[4] as string[])[6] = 'Rome'
    ;(rows[5] as string[])[2] = ''
    const { told } = await validated(file(rows), { rules: settings(saved('init')), onlyRules: true })
    expect(told).toEqual(['error pattern id 1: 5', 'error required email 1: 7', 'error values city 1: 6'])
  })
})

test('what has changed since an earlier answer', async () => {
  const before = await validated(file(customers(100)))
  const rows = customers(100)
  ;(rows[1] as string[])[2] = 'broken'
  const now = await validated(file(rows), {
    previous: { path: 'old.json', text: JSON.stringify(before.json) },
  })
  const { column, measure, before: was, now: is } = now.sheet('changes')
  const changes = (measure as string[]).map((each, i) => [
    (column as (string | null)[])[i],
    each,
    was[i],
    is[i],
  ])
  expect(changes).toContainEqual([null, 'bad_rows', 0, 1])
  expect(changes).toContainEqual(['email', 'validity', 1, 0.99])
  expect(changes).toContainEqual(['email', 'email', 0, 1])
  expect(changes.filter(([about]) => about === 'mobile')).toEqual([])
  expect(await refusalOf(validated(file(rows), { previous: { path: 'old.json', text: '{}' } }))).toMatch(
    /^input: old.json: is no answer/,
  )
})

test('an age below zero is an error, even where it is not the only one', async () => {
  const { told } = await validated(csv('name,age', 'Ann,34', 'Bob,250', 'Eve,29', 'Max,-3'))
  expect(told).toContain('error negative age 1: 5')
  expect(told).toContain('error age age 1: 3')
})

test('dates in two orders are said to be that, not to be none', async () => {
  const { told } = await validated(csv('id,day', '1,01/02/2024', '2,13/02/2024', '3,02/13/2024'))
  expect(told.filter((each) => / day /.test(each))).toEqual([expect.stringMatching(/^error mixed_dates day/)])
})

test('a list of Taiwan is read by its headers and judged by its own numbers', async () => {
  const header = '會員編號,姓名,手機,電子信箱,郵遞區號,生日,註冊日期'
  const row = (i: number, ...changed: string[]) =>
    [`M${i}`, '陳志強', `09123456${10 + i}`, `a${i}@example.com`, '106', '1980/5/3', '2023/6/30'].map(
      (cell, at) => changed[at] ?? cell,
    )
  const rows = Array.from({ length: 8 }, (_, i) => row(i).join(','))
  expect((await validated(csv(header, ...rows))).told).toEqual([])
  const wrong = row(9, 'M9', '林', '13800138', 'nobody@', '1060000', '2031/1/1', '2023/2/30').join(',')
  const { told } = await validated(csv(header, ...rows, wrong))
  expect(told.map((each) => each.split(' ').slice(1, 3).join(' ')).sort()).toEqual([
    'date 註冊日期',
    'email 電子信箱',
    'future_date 生日',
    'phone 手機',
    'postcode 郵遞區號',
  ])
})

test('numbers of Hong Kong are none of China, whatever the characters of the header', async () => {
  const rows = ['91234567', '98765432', '62345678', '23456789'].map((phone, i) => `A${i},陳大文,${phone}`)
  expect((await validated(csv('客戶編號,姓名,聯絡電話', ...rows))).told).toEqual([])
})

test('a column of countries says more than Chinese headers', async () => {
  const rows = ['10001', '94105', '60601', '02139'].map((code, i) => `A${i},Ann,美国,${code}`)
  expect((await validated(csv('客户编号,姓名,国家,邮编', ...rows))).told).toEqual([])
  expect((await validated(csv('客户编号,姓名,国家,邮编', ...rows, 'A9,Ann,美国,SW1A'))).told).toEqual([
    'error postcode 邮编 1: 6',
  ])
})

test('a placeholder with blanks around it is no value, and so no value that is wrong', async () => {
  const rows = ['Ann', ' Bob', ' N/A ', ' - ', 'Eve', 'Max'].map((word, i) => `${i},${word},${i}`)
  const { findings, score } = await validated(csv('id,word,number', ...rows))
  expect(findings.map(({ rule, count }) => [rule, count])).toEqual([
    ['blanks_around', 1],
    ['placeholder', 2],
  ])
  expect(score('word')).toMatchObject({ filled: 4, validity: 0.75 })
})

test('names that are written as words for nothing are names', async () => {
  const { told, score } = await validated(
    csv('id,first name,last name,kind', '1,Nan,Null,guest', '2,Ann,Na,registered', '3,Guest,None,guest'),
  )
  expect(told).toEqual([])
  expect(score('first name')).toMatchObject({ completeness: 1 })
  expect(score('kind')).toMatchObject({ completeness: 1 })
})

test('digits in groups under another header are no telephone numbers', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `P${i},03-1234-56${10 + i}`)
  expect((await validated(csv('id,policy', ...rows, 'P99,00-0000-0000'))).told).toEqual([])
  expect((await validated(csv('id,phone', ...rows, 'P99,00-0000-0000'))).told).toEqual([
    'error phone phone 1: 22',
  ])
})

test('a birth date before 1900 is told once', async () => {
  const { told } = await validated(
    csv('id,dob', '1,1880-01-01', '2,1990-01-01', '3,1991-01-01', '4,1902-01-01'),
  )
  expect(told).toEqual(['error early_date dob 1: 2', 'warning old dob 1: 5'])
})

test('a column that only its values take for an amount or a date is judged as neither', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, i) => `K${i},${(i / 10).toFixed(1)},2027-0${1 + (i % 9)}-1${i % 10}`,
  )
  expect((await validated(csv('id,Bewertung,Termin', ...rows))).told).toEqual([])
})

test('orders of a German shop are held to what their columns say together', async () => {
  const row = (i: number) => [
    `B${i}`,
    `0${1 + (i % 9)}.03.2024`,
    '15.03.2024',
    `${1 + (i % 4)}`,
    '2,50',
    `${(2.5 * (1 + (i % 4))).toFixed(2).replace('.', ',')}`,
  ]
  const rows = Array.from({ length: 60 }, (_, i) => row(i))
  const text = (all: string[][]) =>
    csv(
      'Bestellnummer;Bestelldatum;Versanddatum;Menge;Einzelpreis;Gesamt',
      ...all.map((each) => each.join(';')),
    )
  expect((await validated(text(rows))).findings.filter(({ severity }) => severity !== 'note')).toEqual([])
  ;(rows[9] as string[])[5] = '99,00'
  ;(rows[19] as string[])[2] = '01.01.2024'
  const { told } = await validated(text(rows))
  expect(told.filter((each) => !each.startsWith('note'))).toEqual([
    'error days_in_order Versanddatum 1: 21',
    'error amount_is_price_x_quantity Gesamt 1: 11',
  ])
})

test('dates that read both ways are dates, and it is said that nothing decides', async () => {
  const days = ['01/02/2024', '03/04/2024', '05/06/2024', '07/08/2024', '09/10/2024', '11/12/2024']
  const rows = days.map((day, i) => `${i},${day},x`)
  const { told } = await validated(csv('id,joined,note', ...rows))
  expect(told).toEqual(['warning undecided_dates joined 1'])
  const broken = await validated(csv('id,joined,note', ...rows, '8,31/31/2024,x', '9,08/09/2031,y'))
  expect(broken.sheet('findings').what).toContain(
    '01/02/2024 is 2024-02-01 where the day comes first, 2024-01-02 where the month comes first, and no cell decides: --date-order does',
  )
  expect(broken.told).toEqual([
    'error date joined 1: 8',
    'error future_date joined 1: 9',
    'warning undecided_dates joined 1',
  ])
  // One hand wrote the file: what another column proves holds here, too.
  const proven = await validated(
    csv('id,joined,paid', ...days.map((day, i) => `${i},${day},${13 + i}/12/2024`)),
  )
  expect(proven.told).toEqual([])
})

test('a check that is misspelt is not passed over', async () => {
  const text = csv('id,email', '1,a@x.com', '2,broken')
  expect((await validated(text, { ignore: ['email.email', 'outlier'] })).told).toEqual([])
  expect(await refusalOf(validated(text, { ignore: ['emial'] }))).toMatch(
    /^usage: --ignore: "emial" is no check/,
  )
  expect(await refusalOf(validated(text, { rules: settings('ignore: [outlyer]') }))).toMatch(
    /"outlyer" is no check/,
  )
  const own = settings('rules:\n  - check: length(email) > 20\n    name: late\nignore: [late]')
  expect((await validated(text, { rules: own })).told).toEqual(['error email email 1: 3'])
})

test('every check has a name that can be ignored', () => {
  const folder = new URL('../../src/commands/validate/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const source = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const made = [...source.matchAll(/rule: '([a-z_]+)'|, '([a-z]+_column)', \[/g)].map(
    ([, one, other]) => one ?? other,
  )
  expect(made.length).toBeGreaterThan(30)
  expect(made.filter((name) => !checkNames.includes(name as string))).toEqual([])
})

test('a rule may call a column by its role, unless one is called so', async () => {
  const { told } = await validated(
    csv('订单号,买家ID,下单时间,实付金额', 'A,u1,2024-01-05,5', 'B,u2,2024-01-06,-5'),
    rule('amount > 0'),
  )
  expect(told).toEqual(['error amount > 0 实付金额 1: 3'])
  const named = await validated(
    csv('order id,customer id,date,amount,Total', 'A,u1,2024-01-05,-5,5'),
    rule('amount > 0'),
  )
  expect(named.told).toEqual(['error amount > 0 amount 1: 2'])
})

test('grades, languages and ages that differ by a sign are no spellings of one another', async () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [i, ['A+', 'A', 'A-'][i % 3], ['C', 'C++', 'C#'][i % 3], ['<18', '18+', '>65'][i % 3]].join(','),
  )
  expect((await validated(csv('id,grade,language,ages', ...rows))).told).toEqual([])
})

test('a customer may do something twice, and is there once in a list of customers', async () => {
  const events = Array.from(
    { length: 40 },
    (_, i) => `u${i === 20 ? 3 : i},${i % 2 ? 'open' : 'click'},2024-01-01 10:${i + 10}:00`,
  )
  expect((await validated(csv('user_id,event,timestamp', ...events))).told).toEqual([])
  const people = Array.from(
    { length: 40 },
    (_, i) => `u${i === 20 ? 3 : i},n${i}@x.com,2024-01-${10 + (i % 20)}`,
  )
  expect((await validated(csv('user_id,email,created_at', ...people))).told).toEqual([
    'error duplicate_key user_id 2: 5, 22',
  ])
})

test('a country that does not exist is told with its line, and makes no number wrong', async () => {
  const text = csv('id,phone,zip', '1,030 1234567,10115')
  const refusal = (column: string, kind: string) =>
    refusalOf(validated(text, { rules: settings(`columns:\n  ${column}: { kind: ${kind}, country: ZZ }`) }))
  expect(await refusal('phone', 'phone')).toMatch(
    /^usage: .*:2: no telephone numbers are known of country "ZZ"/,
  )
  expect(await refusal('zip', 'postcode')).toMatch(/^usage: .*:2: no postcodes are known of country "ZZ"/)
})

test('a room of another form is no error, an amount of another form is one', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${101 + i},${i}.50`)
  const { told, found } = await validated(csv('id,room,tip', ...rows, '99,12B,1.50'))
  expect(told).toEqual(['warning number room 1: 32'])
  expect(found).toBeUndefined()
  expect((await validated(csv('id,room,tip', ...rows, '99,131,x'))).told).toEqual(['error number tip 1: 32'])
  const ruled = { rules: settings('columns:\n  room: { kind: integer }') }
  expect((await validated(csv('id,room,tip', ...rows, '99,12B,1.50'), ruled)).told).toEqual([
    'error number room 1: 32',
  ])
})

test('what is expected lies ahead: the close date of an opportunity', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, i) => `O${i},Open,${100 + i}.00,2027-0${1 + (i % 9)}-11,2025-01-1${i % 10}`,
  )
  const header = 'Opportunity ID,Stage,Amount,Close Date,Created Date'
  expect((await validated(csv(header, ...rows))).told.filter((each) => !each.startsWith('note'))).toEqual([])
  const { told } = await validated(csv(header, ...rows, 'O99,Open,5.00,2027-01-11,2031-01-01'))
  expect(told).toContain('error future_date Created Date 1: 14')
})

test('headers that differ only by case are told, as the second is read under another name', async () => {
  const { told, found } = await validated(csv('id,name,ID', '1,Ann,7', '2,Bob,8'))
  expect(told).toEqual(['warning similar_header ID 1: 1'])
  expect(found).toBeUndefined()
})

test('who has not bought yet has spent nothing, and that is no gift', async () => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${i},n${i}@x.com,${i === 3 ? 0 : 10 + i}.00,${i === 3 ? 0 : i + 1}`,
  )
  expect((await validated(csv('id,email,Total Spent,Total Orders', ...rows))).told).toEqual([])
  expect((await validated(csv('id,email,Amount,Qty', ...rows))).told).toEqual(['note zero Amount 1: 5'])
})

describe('telephone numbers of several countries', () => {
  const rows = ['US,(212) 555-1234', 'GB,020 7946 0018', 'DE,0151 23456789', 'CN,13800138000']
  const many = Array.from({ length: 12 }, (_, i) => `${i},${rows[i % rows.length]}`)

  test('are held against the country of their row', async () => {
    const odd = ['20,US,030 901820', '21,DE,+44 20 7946 0018', '22,,030 901820', '23,FR,13800138000']
    const { told, sheet } = await validated(csv('id,Country,Phone', ...many, ...odd))
    expect(told).toEqual(['error phone Phone 2: 14, 17'])
    const { what: finding, what_zh: chinese } = sheet('findings')
    expect(finding).toEqual(['no valid telephone number of the country of its row, nor with a country code'])
    expect(chinese).toEqual(['电话号码无效（按该行国家，或带国家代码）'])
  })

  test('and are not where the column is of one country, whatever stands beside them', async () => {
    const china = Array.from(
      { length: 12 },
      (_, i) => `${i},${['US', 'DE', 'FR'][i % 3]},1380013800${i % 10}`,
    )
    const { told } = await validated(csv('id,Nationality,Phone', ...china, '30,US,1380013'))
    expect(told.filter((each) => each.includes('phone'))).toEqual(['error phone Phone 1: 14'])
  })

  test('two in one cell are told apart from those that are none; a rule wants one', async () => {
    const several = ['13812345678/13912345678', '13900001111;13700002222', '1380000']
    const rows = [...Array.from({ length: 4 }, (_, i) => `1380013800${i}`), ...several]
    const table = csv('姓名,手机', ...rows.map((phone, i) => `${i},${phone}`))
    const { told } = await validated(table)
    expect(told).toEqual(['error phone 手机 1: 8', 'warning several_phones 手机 2: 6-7'])
    const rules = settings('columns: { 手机: { kind: phone } }')
    expect((await validated(table, { rules, onlyRules: true })).told).toEqual(['error phone 手机 3: 6-8'])
  })

  test('and the rules of such a file name no country for all', async () => {
    const { saved } = await validated(csv('id,Country,Phone', ...many), { init: 'rules.yaml' })
    expect(saved('init')).toContain('kind: phone')
    expect(saved('init')).not.toContain('country: ')
    const odd = [...many, '20,US,030 901820']
    const { told } = await validated(csv('id,Country,Phone', ...odd), { rules: settings(saved('init')) })
    expect(told).toEqual(['error phone Phone 1: 14'])
  })
})

test('a birthday of two digits that lies ahead is of the century before, and not wrong', async () => {
  const rows = [
    'a,8/15/67,2018-01-02',
    'b,10/27/76,2018-01-03',
    'c,3/25/89,2018-01-04',
    'd,6/21/82,2018-01-05',
  ]
  const more = ['e,4/13/91,2018-01-06', 'f,1/30/55,2018-01-07']
  const { told, found } = await validated(csv('name,dob,joined', ...rows, ...more))
  expect(told).toEqual(['note future_date dob 2: 2, 7'])
  expect(found).toBeUndefined()
  const { told: whole } = await validated(csv('name,dob', 'a,8/15/2067', 'b,10/27/1976', 'c,3/25/1989'))
  expect(whole).toEqual(['error future_date dob 1: 2'])
})

test('days that do not exist are found, however many they are and in however many ways the others stand', async () => {
  const days = ['2025/13/40', '26/7/2024', '12-26-2023', '2024/13/40', '5-7-2023', '28/12/2023', '2023/13/40']
  const rows = days.map((day, i) => `${i + 1},x${i}@example.com,${day}`)
  const { told } = await validated(csv('id_cliente,email,fecha_registro', ...rows))
  expect(told).toEqual(['error date fecha_registro 3: 2, 5, 8'])
  // A header that speaks of days, over cells that look like none, is no reason.
  const { told: other } = await validated(csv('id,event date', '1,spring', '2,autumn', '3,2025/13/40'))
  expect(other).toEqual([])
})

test('two systems wrote the dates of a column, each with a mark of its own', async () => {
  const days = ['13/01/2024', '14/01/2024', '01-25-2024', '02-26-2024', '03/02/2024']
  const { sheet, told } = await validated(csv('id,day', ...days.map((day, i) => `${i},${day}`)))
  expect(told).toHaveLength(1)
  expect(sheet('findings').what).toEqual([
    'day and month stand in both orders: with / the day comes first, with - the month comes first, as if two systems wrote the column',
  ])
})

test('the serial number of a spreadsheet among dates is shown with its day', async () => {
  const days = Array.from({ length: 12 }, (_, i) => `${i},2024-03-${10 + i}`)
  const { findings } = await validated(csv('id,order date', ...days, '12,45360'))
  expect(findings.map(({ rule, example }) => [rule, example])).toEqual([['date', '45360 → 2024-03-09?']])
})

describe('values in the first line of each order only, as merged cells leave them', () => {
  const order = (i: number, id: string) => [
    `A${i},2024-03-0${i},Ann${i},Mug,5${i}`,
    `${id},,,Cup,6${i}`,
    `${id},,,Pot,7${i}`,
  ]
  const header = 'order_no,order date,customer,item,amount'
  const found = async (...rows: string[]) =>
    (await validated(csv(header, ...rows))).told.filter((each) => each.includes('first_line_only'))

  test('are told, and with them that the order itself is blank', async () => {
    expect(await found(...[1, 2, 3, 4].flatMap((i) => order(i, '')))).toEqual([
      'warning first_line_only order_no 8: 3-4, 6-7, 9-10, 12-13',
      'warning first_line_only order date 8: 3-4, 6-7, 9-10, 12-13',
      'warning first_line_only customer 8: 3-4, 6-7, 9-10, 12-13',
    ])
    expect(await found(...[1, 2, 3, 4].flatMap((i) => order(i, `A${i}`)))).toEqual([
      'warning first_line_only order date 8: 3-4, 6-7, 9-10, 12-13',
      'warning first_line_only customer 8: 3-4, 6-7, 9-10, 12-13',
    ])
  })

  test('and customers that are missing here and there are not', async () => {
    const rows = [1, 2, 3, 4, 5, 6].flatMap((i) => [
      `A${i},2024-03-0${i},${i % 2 ? `Ann${i}` : ''},Mug,5`,
      `A${i},2024-03-0${i},${i % 2 ? `Ann${i}` : ''},Cup,6`,
    ])
    expect(await found(...rows)).toEqual([])
    // Sold over the counter.
    expect(await found(...rows, ',2024-03-08,,Mug,5', ',2024-03-08,,Mug,7', ',2024-03-09,,Mug,8')).toEqual([])
  })
})

test('what is wrong comes before what is only untidy', async () => {
  const rows = Array.from({ length: 6 }, (_, i) => ` Ann${i}, a${i}@gmail.com,C${i}`)
  const { findings } = await validated(csv('name,email,id', ...rows, 'Bob,b@gmial.com,C9'))
  expect(findings.map(({ rule, column }) => `${rule} ${column}`)).toEqual([
    ...['email_domain email', 'blanks_around name', 'blanks_around email'],
  ])
})

test('addresses with something around them are not called wrong', async () => {
  const rows = ['1,ann@x.com', '2,mailto:bob@x.com', '3,"cy@x.com,"', '4,dee@x']
  const { told, findings } = await validated(csv('id,email', ...rows))
  expect(told).toEqual(['error email email 1: 5', 'warning email_around email 2: 3-4'])
  expect(findings[1]?.example).toBe('mailto:bob@x.com → bob@x.com')
  const rules = settings('columns: { email: { kind: email } }')
  expect((await validated(csv('id,email', ...rows), { rules, onlyRules: true })).told).toEqual([
    'error email email 3: 3-5',
  ])
})

test('accounts and cards are known by their check digits, and are no telephone numbers', async () => {
  const cards = [
    '4111111111111111',
    '5500000000000004',
    '6011111111111117',
    '4222222222222',
    '4012888888881881',
  ]
  const more = ['378282246310005', '371449635398431', '30569309025904', '4111111111111112']
  const ibans = ['DE89370400440532013000', 'GB29NWBK60161331926819', 'DE89370400440532013001']
  const rows = [...cards, ...more].map((card, i) => `${i},${card},${ibans[i] ?? ''}`)
  const { told, findings } = await validated(csv('id,card,account', ...rows))
  expect(told).toEqual(['error card_number card 1: 10', 'error iban account 1: 4'])
  expect(findings.map(({ example }) => example)).toEqual(['4111********1112', 'DE89**************3001'])
  // Numbers of any kind pass Luhn's test once in ten times.
  const numbers = Array.from({ length: 40 }, (_, i) => `${i},${20240105000000 + 7 * i}`)
  expect((await validated(csv('id,number', ...numbers))).told).toEqual([])
})

test('in a short list, too, words that differ only by case are one, and customers of two spellings are two', async () => {
  const rows = ['1,ACME Ltd,2024-01-02,5,Berlin', '2,Acme Ltd,2024-01-03,6,berlin', '3,Foo,2024-01-04,7,Köln']
  const table = csv('order_id,customer name,order date,amount,city', ...rows, '4,Bar,2024-01-05,8,Koeln')
  const { told, findings } = await validated(table)
  expect(told).toEqual(['warning similar_keys customer name 2: 2-3', 'warning spelling city 1: 3'])
  expect(findings[1]?.example).toBe('berlin → Berlin')
})
