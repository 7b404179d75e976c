/** What is known of export systems: each is told by its own headers only, and says what its rows mean. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chineseHeaders, englishHeaders } from '../../fixtures/exports.ts'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { type SystemName, systemHeaders } from '../../fixtures/systemHeaders.ts'
import { type Expected, systemExamples } from '../../fixtures/systems.ts'
import { CustError } from '../../src/core/errors.ts'
import type { OrderStatus } from '../../src/core/roles.ts'
import { roleNames } from '../../src/core/roles.ts'
import { folded } from '../../src/fields/text.ts'
import { headerKey } from '../../src/sources/headers.ts'
import { otherThan } from '../../src/sources/systems/ga4.ts'
import { recogniseSystem, type System, systemNamed, systems } from '../../src/sources/systems/index.ts'
import { everyoneKnows, meaningIn, readExport } from '../support/exports.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'

const own = Object.entries(systemHeaders) as [SystemName, readonly string[]][]

/** The same rows with what other years, plans and templates leave out, add or call by another name. */
const variants: readonly (readonly [SystemName, string, readonly string[]])[] = [
  [
    'shopify-orders',
    'a shop with tills',
    changed('shopify-orders', { Id: ['Outstanding Balance', 'Employee', 'Location', 'Device ID', 'Id'] }),
  ],
  [
    'shopify-orders',
    'older',
    without('shopify-orders', /^(Duties|Payment (ID|Terms Name|References)|Next|Lineitem discount)/),
  ],
  [
    'shopify-customers',
    'older',
    changed('shopify-customers', { 'Accepts Email Marketing': ['Accepts Marketing'] }),
  ],
  ['woocommerce-analytics', 'without attribution', without('woocommerce-analytics', /^Attribution$/)],
  [
    'woocommerce-export',
    'short',
    without('woocommerce-export', /^(refunded_total|order_currency|.*_tax_total|tax_items|coupons)$/),
  ],
  ['magento-orders', 'one total', without('magento-orders', /Purchased|Total Refunded|Allocated|Pickup/)],
  ['bigcommerce-orders', 'without tax', without('bigcommerce-orders', /inc tax/)],
  ['stripe-payments', 'newer', changed('stripe-payments', { 'Created (UTC)': ['Created date (UTC)'] })],
  [
    'stripe-payments',
    'older',
    changed('stripe-payments', { 'Created (UTC)': ['Created'], 'Seller Message': [], 'Card ID': [] }),
  ],
  [
    'square-transactions',
    'newer',
    [...systemHeaders['square-transactions'], 'Device Nickname', 'Deposit ID', 'Transaction Status'],
  ],
  ['square-transactions', 'older', without('square-transactions', /^Service Charges$/)],
  [
    'square-items',
    'newer',
    [...systemHeaders['square-items'], 'GTIN', 'Itemization Type', 'Employee', 'Channel', 'Token'],
  ],
  [
    'paypal-activity',
    'a statement',
    changed('paypal-activity', { Type: ['Description'], Status: [], 'Balance Impact': [] }),
  ],
  [
    'paypal-activity-de',
    'a statement',
    changed('paypal-activity-de', { Typ: ['Beschreibung'], Gebühr: ['Entgelt'], Status: [] }),
  ],
  [
    'amazon-all-orders',
    'short',
    without(
      'amazon-all-orders',
      /^(merchant|promotion-ids|is-business|purchase-order-number|price-des|item-status)/,
    ),
  ],
  [
    'ebay-orders',
    'of the United Kingdom',
    systemHeaders['ebay-orders'].map((header) => header.charAt(0) + header.slice(1).toLowerCase()),
  ],
  ['etsy-items', 'older', without('etsy-items', /^(SKU|VAT|InPerson)/)],
  ['olist-orders', 'joined', [...systemHeaders['olist-orders'], 'customer_unique_id', 'payment_value']],
  [
    'uci-online-retail',
    'the second edition',
    changed('uci-online-retail', {
      InvoiceNo: ['Invoice'],
      UnitPrice: ['Price'],
      CustomerID: ['Customer ID'],
    }),
  ],
  [
    'salesforce-opportunities',
    'of the interface',
    [
      'Id',
      'IsDeleted',
      'AccountId',
      'Name',
      'StageName',
      'Amount',
      'Probability',
      'CloseDate',
      'CurrencyIsoCode',
      'OwnerId',
    ],
  ],
  ['hubspot-contacts', 'older', changed('hubspot-contacts', { 'Record ID': ['Contact ID'] })],
  [
    'hubspot-deals',
    'older',
    changed('hubspot-deals', { 'Record ID': ['Deal ID'], Pipeline: [], Currency: [] }),
  ],
  ['pipedrive-deals', 'without ids', without('pipedrive-deals', /ID|Won time/)],
  ['zoho-deals', 'short', without('zoho-deals', /\.id$|Currency|Probability/)],
  ['ga4-events', 'without purchases', without('ga4-events', /^(ecommerce|items)/)],
  ['fxiaoke-orders', 'without a unit', changed('fxiaoke-orders', { '销售订单金额(元)': ['销售订单金额'] })],
  [
    'fxiaoke-orders',
    'wide brackets',
    changed('fxiaoke-orders', { '销售订单金额(元)': ['销售订单金额（元）'] }),
  ],
  ['taobao-orders', 'newer', [...systemHeaders['taobao-orders'], '支付单号', '商品标题']],
  [
    'taobao-items',
    'newer',
    [
      ...systemHeaders['taobao-items'],
      '支付单号',
      '买家实际支付金额',
      '退款金额',
      '订单创建时间',
      '订单付款时间',
    ],
  ],
  ['jd-orders', 'another word for account', changed('jd-orders', { 下单帐号: ['下单账号'], 余额支付: [] })],
  [
    'pinduoduo-orders',
    'of another year',
    changed('pinduoduo-orders', { 订单成交时间: ['支付时间', '拼单成功时间'], 样式ID: [] }),
  ],
  ['youzan-orders', 'short', without('youzan-orders', /^(推广方式|订单星级|支付流水号|买家是否会员)$/)],
  ['douyin-orders', 'newer', [...systemHeaders['douyin-orders'], '支付完成时间', '流量来源']],
]

function without(name: SystemName, left: RegExp): string[] {
  return systemHeaders[name].filter((header) => !left.test(header))
}

function changed(name: SystemName, by: Readonly<Record<string, readonly string[]>>): string[] {
  const strange = Object.keys(by).find(
    (header) => !(systemHeaders[name] as readonly string[]).includes(header),
  )
  if (strange !== undefined) throw new Error(`${name} has no column ${strange}`)
  return systemHeaders[name].flatMap((header: string) => by[header] ?? [header])
}

const rows = [...own.map(([name, headers]) => [name, 'as it is', headers] as const), ...variants]
const rowsOf = (name: string) => rows.filter(([system]) => system === name).map(([, , headers]) => headers)

/** Which systems a header row would do for, were each asked alone. */
function bearers(headers: readonly string[]): string[] {
  const keys = new Set(headers.map(headerKey))
  const has = (header: string) => keys.has(headerKey(header))
  return systems
    .filter(
      ({ signature: { all, any = [], none = [] } }) =>
        all.every(has) && any.every((choices) => choices.some(has)) && !none.some(has),
    )
    .map(({ name }) => name)
}

describe('a system is recognised', () => {
  test('every system has a header row here', () => {
    expect(systems.map(({ name }) => name).sort()).toEqual(own.map(([name]) => name).sort())
  })

  test.each(rows)('%s, %s: by itself and by no other', (name, _, headers) => {
    expect(recogniseSystem(headers)?.name).toBe(name)
    expect(bearers(headers)).toEqual([name])
  })

  test.each(own)(
    '%s: in any order of columns, any case, with spaces and marks around names',
    (name, headers) => {
      const odd = headers.map((header, i) =>
        i % 3 === 0 ? `${header} ` : i % 3 === 1 ? ` ${header.toUpperCase()}` : header,
      )
      const shuffled = odd.map((header, i) => [(i * 7919) % 101, header] as const).sort(([a], [b]) => a - b)
      expect(recogniseSystem(odd.toReversed())?.name).toBe(name)
      expect(recogniseSystem(shuffled.map(([, header]) => header))?.name).toBe(name)
      expect(recogniseSystem([`\ufeff${odd[0]}`, ...odd.slice(1)])?.name).toBe(name)
    },
  )

  test.each(own)('%s: no column more or less makes it another', (name, headers) => {
    for (const left of headers) {
      expect([name, undefined]).toContain(recogniseSystem(headers.filter((header) => header !== left))?.name)
    }
    for (const [, others] of own.filter(([other]) => other !== name)) {
      // A few columns of another system by chance.
      for (const more of others.slice(0, 3)) {
        expect([name, undefined]).toContain(recogniseSystem([...headers, more])?.name)
      }
    }
  })

  test('Taobao writes spaces behind some names', () => {
    expect(systemHeaders['taobao-orders']).toContain('收货地址 ')
  })
})

describe('no system is seen in', () => {
  test.each([
    ['a table of three columns', ['Date', 'Amount', 'Customer']],
    ['the English fixture', englishHeaders],
    ['the Chinese fixture', chineseHeaders],
    [
      'a table of orders',
      ['order_id', 'customer_id', 'order_date', 'status', 'sku', 'quantity', 'price', 'total'],
    ],
    ['a bank statement', ['Date', 'Description', 'Amount', 'Balance', 'Currency', 'Type', 'Status']],
    ['a list of people', ['id', 'First Name', 'Last Name', 'Email', 'Phone', 'Tags']],
    ['a pipeline', ['Name', 'Stage', 'Amount', 'Owner', 'Created']],
    ['events', ['event_name', 'user_id', 'timestamp']],
    [
      'a Chinese table of orders',
      ['订单号', '会员号', '下单时间', '订单状态', '商品名称', '数量', '订单金额', '实付金额'],
    ],
    ['an answer of cust', ['customer_id', 'last_order_date', 'orders', 'net_amount', 'segment']],
    ['nothing', []],
  ])('%s', (_, headers) => {
    expect(bearers(headers)).toEqual([])
    expect(recogniseSystem(headers)).toBeUndefined()
  })

  const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
  test.each(readdirSync(fixtures).filter((file) => /\.(csv|tsv)$/.test(file)))('fixtures/%s', (file) => {
    expect(headersOf(join(fixtures, file)).flatMap(bearers)).toEqual([])
  })

  test.skipIf(noSharedData)(`public files ${needsShared}`, () => {
    const files = ['', 'torture/'].flatMap((folder) =>
      readdirSync(sharedData + folder)
        .filter((file) => /\.(csv|tsv|psv|ssv|txt)$/.test(file))
        .map((file) => sharedData + folder + file),
    )
    expect(files.length).toBeGreaterThan(30)
    const seen = files.flatMap((file) =>
      headersOf(file).flatMap((headers) => bearers(headers).map((name) => `${file}: ${name}`)),
    )
    expect(seen).toEqual([])
  })
})

test.skipIf(noSharedData)(`the six exports are recognised ${needsShared}`, () => {
  const folder = join(sharedData, 'torture/exports')
  const found = readdirSync(folder).flatMap((file) =>
    headersOf(join(folder, file)).flatMap((headers) => recogniseSystem(headers)?.name ?? []),
  )
  expect([...new Set(found)].sort()).toEqual([
    ...['amazon-all-orders', 'douyin-orders', 'shopify-orders', 'taobao-orders'],
    ...['uci-online-retail', 'woocommerce-analytics'],
  ])
})

/** The first row, taken apart in every way that may be meant. */
function headersOf(file: string): string[][] {
  expect(existsSync(file)).toBe(true)
  const bytes = readFileSync(file)
  const encodings = bytes[0] === 0xff ? ['utf-16le'] : ['utf-8', 'gb18030']
  const texts = encodings.map((encoding) => new TextDecoder(encoding).decode(bytes.subarray(0, 1 << 16)))
  const readings = texts.flatMap((text) =>
    [',', '\t', ';', '|'].map(
      (delimiter) => Papa.parse<string[]>(text, { delimiter, preview: 1 }).data[0] ?? [],
    ),
  )
  // GB18030 reads ASCII alike: the same row twice is one.
  return [...new Map(readings.map((row) => [row.join('\0'), row])).values()]
}

describe('a system by name', () => {
  test('by name or title, in any case', () => {
    expect(systemNamed('shopify-orders').title).toBe('Shopify orders')
    expect(systemNamed('Shopify Orders').name).toBe('shopify-orders')
    for (const system of systems) expect(systemNamed(system.name)).toBe(system)
  })

  test.each([
    ['shopify', 'known are: shopify-orders, shopify-customers'],
    ['olist', 'known are: olist-items, olist-payments, olist-orders, olist-customers'],
    ['nosuch', systems.map(({ name }) => name).join(', ')],
    ['', systems.map(({ name }) => name).join(', ')],
  ])('"%s" is a usage error that lists what is known', (name, hint) => {
    const asked = () => systemNamed(name)
    expect(asked).toThrow(CustError)
    expect(asked).toThrow(expect.objectContaining({ kind: 'usage', hint: expect.stringContaining(hint) }))
  })
})

describe('what is said of a system', () => {
  test('names are distinct and kebab-case, titles and notes read well', () => {
    const names = systems.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).toEqual([])
    expect(new Set(systems.map(({ title }) => title)).size).toBe(names.length)
    expect(systems.filter(({ title }) => /[.。]$/.test(title) || /^[a-z](?!Bay)/.test(title))).toEqual([])
    const notes = systems.flatMap((system) => system.notes ?? [])
    expect(notes.filter((note) => !/[.]$/.test(note))).toEqual([])
    expect(systems.filter((system) => (system.notes ?? []).length === 0)).toEqual([])
  })

  const each = systems.map((system) => [system.name, system] as const)

  test.each(each)('%s: its columns are columns that it has', (name, system) => {
    const known = new Set(rowsOf(name).flat().map(headerKey))
    const { all, any = [] } = system.signature
    const columns = [
      ...Object.values(system.roles).flat(),
      ...(system.rules ?? []).map(({ column }) => column),
      ...all,
    ]
    expect(columns.filter((column) => !known.has(headerKey(column)))).toEqual([])
    for (const choices of any) expect(choices.some((column) => known.has(headerKey(column)))).toBe(true)
  })

  test.each(each)('%s: no column plays two roles, and what is filled down plays one', (_, system) => {
    const keys = Object.values(system.roles).flat().map(headerKey)
    expect(keys.length).toBe(new Set(keys).size)
    expect(Object.keys(system.roles).filter((role) => !roleNames.some((known) => known === role))).toEqual([])
    for (const role of system.fillDown ?? []) expect(system.roles[role]?.length).toBeGreaterThan(0)
    if (system.amounts) expect(system.roles.order?.length).toBeGreaterThan(0)
  })

  test.each(each)('%s: a word has one meaning', (_, system) => {
    const words = Object.entries(system.status ?? {}).flatMap(([meaning, list]) =>
      list.map((word) => [folded(word), meaning] as const),
    )
    expect(words.length).toBe(new Set(words.map(([word]) => word)).size)
  })

  test.each(each)('%s: patterns are in the syntax that all engines share', (_, system) => {
    for (const { is } of system.rules ?? []) {
      if (typeof is === 'string' || !('pattern' in is)) continue
      expect(() => new RegExp(is.pattern, 'u')).not.toThrow()
      // No looking around, no flags, no references back, no classes by name.
      expect(is.pattern).not.toMatch(/\(\?[^:]|\\/)
    }
  })

  test('a pattern for every other word', () => {
    const other = new RegExp(otherThan('purchase'), 'u')
    for (const word of [
      'page_view',
      'purch',
      'purchases',
      'purchase_2',
      'repurchase',
      'Purchase',
      'p',
      '',
      '购买',
    ]) {
      expect(other.test(word)).toBe(true)
    }
    expect(other.test('purchase')).toBe(false)
  })
})

describe('the examples', () => {
  const examples = systemExamples()

  test('every system has one, and the same seed gives the same', () => {
    expect([...new Set(examples.map(({ system }) => system))].sort()).toEqual(
      systems.map(({ name }) => name).sort(),
    )
    expect(systemExamples()).toEqual(examples)
    expect(systemExamples(2).map(({ text }) => text)).not.toEqual(examples.map(({ text }) => text))
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length)
  })

  test('what is to be GB18030 can be', () => {
    for (const { text, encoding } of examples.filter(({ encoding }) => encoding)) {
      expect(new TextDecoder(encoding).decode(encodeGb18030(text))).toBe(text)
    }
  })

  let meaningOf: (word: string) => Promise<OrderStatus | undefined>
  let close: () => void
  beforeAll(async () => {
    ;({ meaningOf, close } = await everyoneKnows())
  })
  afterAll(() => close())

  // The table "Status words" of what is known of exports. Refunded orders count where a column says how much.
  const counted: Readonly<Partial<Record<SystemName, Readonly<Record<string, readonly string[]>>>>> = {
    'shopify-orders': {
      paid: ['paid', 'partially_refunded'],
      refunded: ['refunded'],
      unpaid: ['pending', 'authorized', 'partially_paid'],
      cancelled: ['voided', 'expired'],
    },
    'woocommerce-analytics': {
      paid: ['completed', 'processing', 'refunded'],
      unpaid: ['pending', 'on-hold'],
      cancelled: ['cancelled', 'failed'],
    },
    'woocommerce-export': { paid: ['completed', 'processing'], refunded: ['refunded'] },
    'amazon-all-orders': { paid: ['Shipped', 'Unshipped'], cancelled: ['Cancelled'], unpaid: ['Pending'] },
    'magento-orders': { paid: ['Complete', 'Processing'], refunded: ['Closed'], cancelled: ['Canceled'] },
    'olist-orders': {
      paid: ['delivered', 'shipped', 'invoiced', 'processing', 'approved'],
      unpaid: ['created'],
      cancelled: ['canceled', 'unavailable'],
    },
    'taobao-orders': {
      paid: ['交易成功', '卖家已发货，等待买家确认', '买家已付款，等待卖家发货'],
      cancelled: ['交易关闭'],
      unpaid: ['等待买家付款'],
    },
    'pinduoduo-orders': {
      paid: ['待发货', '已发货，待签收', '已发货，待收货', '已签收', '已收货'],
      refunded: ['未发货退款成功', '未发货，退款成功'],
      cancelled: ['交易关闭'],
      unpaid: ['待付款'],
    },
    'douyin-orders': { paid: ['已完成', '已发货'], cancelled: ['已关闭'], unpaid: ['待支付'] },
    'fxiaoke-orders': { paid: ['正常'], cancelled: ['作废'] },
    'salesforce-opportunities': { paid: ['Closed Won'], cancelled: ['Closed Lost'], unpaid: ['Prospecting'] },
    'hubspot-deals': { paid: ['Closed Won', 'closedwon'], cancelled: ['Closed Lost'] },
  }
  test.each(Object.entries(counted))('%s: its words count as they should', async (name, words) => {
    for (const [meaning, list] of Object.entries(words)) {
      for (const word of list) {
        expect([word, await meaningIn(systemNamed(name), word, meaningOf)]).toEqual([word, meaning])
      }
    }
    expect(await meaningIn(systemNamed(name), 'a word that nobody knows', meaningOf)).toBeUndefined()
  })

  const seeds = [1, 2, 3].flatMap((seed) => systemExamples(seed).map((one) => [one.name, seed, one] as const))
  test.each(seeds)('%s, seed %i: read as its system says, it gives what was sold', async (_, __, one) => {
    const system = systems.find(({ name }) => name === one.system) as System
    expect(await readExport(one, system, meaningOf)).toEqual({ ...one.expected, unknown: [] })
  })

  const nobody = { orders: 0, paid: 0, refunded: 0 }
  // The figures of INDEX.md, in hundredths.
  const known: readonly (readonly [string, SystemName, Expected])[] = [
    [
      'shopify-orders.csv',
      'shopify-orders',
      {
        orders: 6,
        paid: 28700,
        refunded: 5500,
        customers: 3,
        guests: { orders: 1, paid: 1200, refunded: 0 },
      },
    ],
    [
      'taobao-orders-gbk.csv',
      'taobao-orders',
      { orders: 4, paid: 170782, refunded: 98900, customers: 3, guests: nobody },
    ],
    [
      'douyin-orders.csv',
      'douyin-orders',
      { orders: 2, paid: 11760, refunded: 0, customers: 0, guests: { orders: 2, paid: 11760, refunded: 0 } },
    ],
    [
      'uci-online-retail.csv',
      'uci-online-retail',
      // A row for nothing without a customer is an order too.
      { orders: 3, paid: 12564, refunded: 3260, customers: 2, guests: { orders: 1, paid: 0, refunded: 0 } },
    ],
    [
      'woocommerce-analytics.csv',
      'woocommerce-analytics',
      { orders: 2, paid: 127950, refunded: 4500, customers: 2, guests: nobody },
    ],
    [
      'amazon-all-orders.txt',
      'amazon-all-orders',
      { orders: 1, paid: 1600, refunded: 0, customers: 0, guests: { orders: 1, paid: 1600, refunded: 0 } },
    ],
  ]
  test.skipIf(noSharedData).each(known)(
    `%s gives its known figures ${needsShared}`,
    async (file, name, expected) => {
      const bytes = readFileSync(join(sharedData, 'torture/exports', file))
      const text = new TextDecoder(name === 'taobao-orders' ? 'gb18030' : 'utf-8').decode(bytes)
      const one = { name, system: name, file, text, expected }
      expect(await readExport(one, systemNamed(name), meaningOf)).toEqual({ ...expected, unknown: [] })
    },
  )
})
