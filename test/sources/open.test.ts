import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import { type Given, type Inputs, inputs, shortLines } from './inputs.ts'

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

const ok = 'customer,date,amount\na,2024-01-02,1\n'

async function refusal(content: string | Buffer, given: Given = {}): Promise<string> {
  try {
    await shortLines(await space.open([space.write('in.csv', content)], given))
  } catch (error) {
    const { kind, message, hint } = error as { kind: string; message: string; hint: string }
    return `${kind}: ${message} / ${hint}`
  }
  return 'accepted'
}

describe('what is found', () => {
  test.each([
    ['traditional characters', '訂單編號,客戶姓名,日期,金額\n1,甲,2024-01-02,5\n'],
    ['full-width commas', '订单，客户，日期，金额\n1，甲，2024-01-02，5\n2，乙，2024-01-03，6\n'],
  ])('%s', async (_, content) => {
    const opened = await space.open([space.write('found.csv', content)], { uses: ['order'] })
    expect(await shortLines(opened)).toContain('甲|2024-01-02|5.0')
    expect(Object.keys(opened.roles).sort()).toEqual(['amount', 'customer', 'date', 'order'])
  })

  test('days that are counted', async () => {
    const content = 'customer,created_at,amount\na,1705104000,5\nb,1706104000,15\n'
    const { columns } = await (await space.open([space.write('unix.csv', content)])).look(false)
    expect(columns[1]).toMatchObject({ role: 'date', type: 'datetime', style: 'Unix seconds' })
  })
})

describe('what cannot be read', () => {
  test('paths', async () => {
    mkdirSync(join(space.folder, 'dir'))
    await expect(space.open(['nowhere.csv'])).rejects.toThrow('nowhere.csv: no such file')
    await expect(space.open(['dir'])).rejects.toThrow('dir: is a folder')
    await expect(space.open(['no*.csv'])).rejects.toThrow('no*.csv: matches no file')
    await expect(space.open(['-'])).rejects.toThrow('standard input: empty')
    space.write('[1].csv', ok)
    expect((await space.open(['[1].csv'])).files).toHaveLength(1)
  })

  test.skipIf(process.getuid?.() === 0)('no permission (cannot be tested as root)', async () => {
    chmodSync(join(space.folder, space.write('secret.csv', ok)), 0)
    await expect(space.open(['secret.csv'])).rejects.toThrow('secret.csv: no permission to read it')
  })

  test('contents', async () => {
    expect(await refusal('')).toMatch(/^input: in\.csv: the file is empty/)
    expect(await refusal('\n\n \n')).toMatch(/only blank lines/)
    expect(await refusal('customer,date,amount\n')).toMatch(/has a header but no rows/)
    expect(await refusal('[]')).toMatch(/has no rows/)
    expect(await refusal(Buffer.from('504b030414000000', 'hex'))).toMatch(/cannot be read as an Excel/)
    expect(await refusal(Buffer.from('89504e470d0a1a0a', 'hex'))).toMatch(/PNG/)
    expect(await refusal('%PDF-1.4 xx')).toMatch(/PDF/)
    expect(await refusal(Buffer.from([1, 2, 0, 0, 0, 0, 7, 8, 9, 0]))).toMatch(/binary file/)
    expect(await refusal(Buffer.from('1f8b0800000000', 'hex'))).toMatch(/damaged gzip/)
  })

  test('a file without a header row', async () => {
    const bare = 'a,2024-01-02,1\nb,2024-01-03,2\n'
    expect(await refusal(bare)).toMatch(/first row looks like data.*#1/s)
    const opened = await space.open([space.write('bare.csv', bare)], {
      columns: { customer: '#1', date: '#2', amount: '#3' },
    })
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0', 'b|2024-01-03|2.0'])
  })
})

describe('roles', () => {
  test('by header, in many spellings', async () => {
    for (const header of [
      'CustomerID,InvoiceDate,Total',
      'Customer ID,Order Date,Amount',
      '会员号 ,下单时间,实付金额（元）',
      'customer_id,ORDER_DATE,line total',
    ]) {
      const opened = await space.open([space.write('spelt.csv', `${header}\na,2024-01-02,1\n`)])
      expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0'])
      expect(opened.roles.customer?.how).toBe('header')
    }
  })

  test.each([
    ['es', 'id_cliente,Nº pedido,Fecha de Pedido,Importe Total,producto,Estado', 'pagado'],
    [
      'pt',
      'Código do Cliente,Número do Pedido,Data do Pedido,Valor Total,Produto,Situação do Pedido',
      'pago',
    ],
    ['fr', 'Code client,N° commande,Date de commande,Montant TTC,Désignation,Statut', 'payée'],
    ['it', 'ClienteID,Numero Ordine,DataOrdine,Importo Totale,ProdottoID,Stato ordine', 'spedito'],
    [
      'de',
      'Kundennummer,Bestell-Nr.,Bestelldatum,Gesamtbetrag (EUR),Artikelbezeichnung,Zahlungsstatus',
      'bezahlt',
    ],
    ['nl', 'Klantnummer,Bestelnummer,Besteldatum,Totaalbedrag,Artikel,Bestelstatus', 'betaald'],
    [
      'pl',
      'IDKlienta,IDZamowienia,DataZamówienia,Wartość zamówienia,Nazwa produktu,Status zamówienia',
      'opłacone',
    ],
  ])('headers of another language: %s', async (_, header, paid) => {
    const { roles } = await space.open([
      space.write('abroad.csv', `${header}\n7,1,2024-01-02,1.50,Mug,${paid}\n`),
    ])
    const columns = header.split(',')
    const played = (['customer', 'order', 'date', 'amount', 'item', 'status'] as const).map(
      (role) => roles[role],
    )
    expect(played.map((one) => one?.header)).toEqual(columns)
    expect(played.every((one) => one?.how === 'header')).toBe(true)
  })

  test('an id before an address, an address before a name, in any language', async () => {
    const customerOf = async (header: string) =>
      (await space.open([space.write('who.csv', `${header},fecha,importe\na,b,2024-01-02,1.50\n`)])).roles
        .customer
    expect((await customerOf('email,id_cliente'))?.header).toBe('id_cliente')
    expect((await customerOf('cliente,correo'))?.header).toBe('correo')
  })

  test('paid before created, paid before list', async () => {
    const { roles } = await space.open([
      space.write(
        'paid.csv',
        '买家会员名,订单创建时间,订单付款时间 ,订单金额,买家实际支付金额\na,2024-01-01,2024-01-02,9,8\n',
      ),
    ])
    expect(roles.date?.header).toBe('订单付款时间')
    expect(roles.amount?.header).toBe('买家实际支付金额')
  })

  test('named by header, number, choice; none', async () => {
    const text = 'who,when,much,date\na,2024-01-02,1,2025-01-01\n'
    const columns = { customer: 'WHO', date: 'nix|when', amount: '#3' }
    expect(await shortLines(await space.open([space.write('named.csv', text)], { columns }))).toEqual([
      'a|2024-01-02|1.0',
    ])
    expect(await refusal(text, { columns: { ...columns, amount: 'huch' } })).toBe(
      'input: in.csv: no column "huch" (--amount) / the file has: who (#1), when (#2), much (#3), date (#4)',
    )
    expect(await refusal(ok, { columns: { amount: 'none' } })).toMatch(/no column found for the amount/)
  })

  test('missing or ambiguous', async () => {
    expect(await refusal('会员号,下单时间,备注\na,2024-01-02,x\n')).toBe(
      'input: in.csv: no column found for the amount / name it with --amount <column>; the file has: 会员号 (#1), 下单时间 (#2), 备注 (#3)',
    )
    expect(
      await refusal('customer,date,order date (a),order date (b),amount\na,x,2024-01-02,2024-01-03,1\n'),
    ).toMatch(/ambiguous.*order date \(a\) \(#3\), order date \(b\) \(#4\)/)
  })

  test('by values only when exactly one column fits', async () => {
    const opened = await space.open([space.write('values.csv', 'customer,wann,wieviel\na,2024-01-02,1.50\n')])
    expect(opened.roles).toMatchObject({ date: { header: 'wann', how: 'values' }, amount: { how: 'values' } })
    expect(opened.notes).toHaveLength(2)
    expect(await refusal('customer,wann,wieviel,nochmal\na,2024-01-02,1.50,0.10\n')).toMatch(
      /no column found for the amount/,
    )
    // What the post and the state get is no amount, though no other column holds money.
    for (const side of [
      'shipping_cost',
      'KosztWysylki',
      'Versandkosten',
      'IVA',
      'credit_limit',
      'customer_lat',
    ])
      expect(await refusal(`customer,wann,${side}\na,2024-01-02,1.50\n`)).toMatch(
        /no column found for the amount/,
      )
    expect(await refusal('customer,wann,zip\na,2024-01-02,12345\n')).toMatch(/no column found for the amount/)
  })

  test('a header alone is not enough', async () => {
    expect(await refusal('customer,date,amount\na,apple,1\n')).toMatch(/"date" does not hold dates: "apple"/)
    const opened = await space.open([
      space.write('status.csv', 'customer,date,amount,status\na,2024-01-02,1,blue\n'),
    ])
    expect(opened.table.columns).not.toContain('status')
    expect(opened.notes[0]).toMatch(/"status" is not used as status.*"blue"/)
  })

  test('ones and noughts under refund say whether, not how much', async () => {
    const columns = async (refunds: readonly string[]) => {
      const rows = refunds.map((refund, i) => `a,2024-01-0${i + 1},5,${refund}`)
      const file = space.write('refund.csv', ['customer,date,amount,refund', ...rows, ''].join('\n'))
      return (await space.open([file], { uses: ['refund'] })).table.columns
    }
    expect(await columns(['0', '2', '1'])).toContain('refund')
    expect(await columns(['0', '0', '0'])).toContain('refund')
    expect(await columns(['0', '1', '0'])).not.toContain('refund')
  })

  test('amount is price times quantity where there is no amount', async () => {
    const file = space.write(
      'product.csv',
      'customer,date,unit price,qty\na,2024-01-02,2.5,4\na,2024-01-02,,4\na,2024-01-02,x,4\n',
    )
    const opened = await space.open([file], { uses: [] })
    expect(opened.table.columns).toEqual(expect.arrayContaining(['customer', 'day', 'amount', 'problem']))
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|10.0', 'amount: none', 'amount: unreadable'])
    expect(opened.notes.join()).toMatch(/amount is unit price x qty/)
  })

  test('what was paid is taken off what was received, where a column says which way money went', async () => {
    const header = '交易时间,交易对方,商品,收/支,金额(元),当前状态,交易单号'
    const rows = [
      '2024-01-01 10:00:00,美美,/,收入,¥30.50,已收钱,1',
      '2024-01-02 10:00:00,张三,/,收入,¥8.88,已存入零钱,2',
      '2024-01-03 10:00:00,招商银行,/,/,¥500.00,提现已到账,3',
      '2024-01-04 10:00:00,美美,退款,支出,¥10.50,对方已收钱,4',
    ]
    const opened = await space.open([space.write('wechat.csv', `${[header, ...rows].join('\n')}\n`)])
    expect(await shortLines(opened)).toEqual([
      ...[
        'neither received nor paid',
        '张三|2024-01-02|8.88',
        '美美|2024-01-01|30.5',
        '美美|2024-01-04|-10.5',
      ],
    ])
    expect(opened.said).toEqual([
      'what is 支出 in "收/支" is money paid back: it is taken off what was received',
    ])
    expect(opened.warnings).toEqual([])
    // A purse, not a till.
    const spent = rows.map((row) => row.replace('/,收入,¥8', '/,支出,¥8'))
    const bill = await space.open([space.write('bill.csv', `${[header, ...spent].join('\n')}\n`)])
    expect(bill.warnings).toEqual(['bill.csv: most rows are 支出 in "收/支": who was paid is no customer'])
    // One word alone says nothing, and another column may say what is bought.
    const one = await space.open([
      space.write('one.csv', 'customer,date,amount,kind\na,2024-01-02,1,支出\nb,2024-01-02,2,食品\n'),
    ])
    expect(await shortLines(one)).toEqual(['a|2024-01-02|1.0', 'b|2024-01-02|2.0'])
  })

  test('duplicate and empty headers', async () => {
    const opened = await space.open([
      space.write('twice.csv', 'customer,date,date,,amount\na,2024-01-02,x,y,1\n'),
    ])
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0'])
    expect(opened.notes.join()).toMatch(/same name are now date_2$/)
  })

  test('a column that is there twice plays its role once, unless the two differ', async () => {
    const table = (second: number) =>
      `客户,日期,金额,金额,客户\na,2024-01-02,1,${second},a\nb,2024-01-03,2,2,b\n`
    const opened = await space.open([space.write('joined.csv', table(1))])
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0', 'b|2024-01-03|2.0'])
    expect(opened.notes).toContain('joined.csv: amount: the columns "金额" hold the same; the first is used')
    expect(await refusal(table(9))).toMatch(/several columns may be the amount: 金额 \(#3\), 金额_2 \(#4\)/)
  })

  test('a total is what was paid, the tax in it is not', async () => {
    const file = 'customer,date,Order Total Tax Amount,Order Total Amount\na,2024-01-02,1.90,11.90\n'
    const { roles } = await space.open([space.write('taxed.csv', file)])
    expect(roles.amount?.header).toBe('Order Total Amount')
  })

  test('hostile headers are only names', async () => {
    const hostile = `x" from y; drop table z; --`
    const text = `"${hostile.replaceAll('"', '""')}",date,amount,${`o'o`}\na,2024-01-02,1,2\n`
    const opened = await space.open([space.write("it's.csv", text)], {
      columns: { customer: hostile, item: `o'o` },
    })
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0'])
    const json = JSON.stringify([{ [hostile]: 'a', date: '2024-01-02', amount: 1 }])
    expect(
      await shortLines(await space.open([space.write('h.json', json)], { columns: { customer: hostile } })),
    ).toEqual(['a|2024-01-02|1.0'])
  })

  test('masked customers and words for nobody are no customers', async () => {
    const text =
      'customer,date,amount\n##密文,2024-01-02,1\n张**,2024-01-02,1\nguest,2024-01-02,1\na,2024-01-02,1\n'
    expect(await shortLines(await space.open([space.write('masked.csv', text)]))).toEqual([
      'a|2024-01-02|1.0',
      'customer: hidden',
      'customer: hidden',
      'customer: none',
    ])
  })
})

describe('cells', () => {
  test('status decides with the words the user gives', async () => {
    const file = space.write(
      'words.csv',
      'customer,date,amount,status\na,2024-01-02,1,Sent\nb,2024-01-02,2,paid\nc,2024-01-02,3,Test\n',
    )
    const opened = await space.open([file], { paidStatus: ['sent'], excludeStatus: ['test'], uses: [] })
    const found = await opened.table.fetch(
      sql`select customer, status, problem from ${opened.table.from} order by 1`,
      {
        customer: 'text',
        status: 'text',
        problem: 'text',
      },
    )
    expect(found).toEqual({
      customer: ['a', 'b', 'c'],
      status: ['paid', 'unpaid', 'cancelled'],
      problem: [null, null, null],
    })
  })

  test('only needed roles make problems', async () => {
    const file = space.write('needs.csv', 'customer,date,amount,item\n,x,y,tea\n,2024-01-02,1,tea\n')
    const opened = await space.open([file], { needs: ['item'], uses: ['customer'] })
    const { problem } = await opened.table.fetch(sql`select problem from ${opened.table.from}`, {
      problem: 'text',
    })
    expect(problem).toEqual([null, null])
  })

  test('dates: day first, month first, undecided, given', async () => {
    const rows = (...dates: string[]) =>
      `customer,date,amount\n${dates.map((date) => `a,${date},1`).join('\n')}\n`
    const file = space.write('dmy.csv', rows('01/02/2024', '13/02/2024', '15/02/2024'))
    const dmy = await space.open([file])
    expect(await shortLines(dmy)).toEqual(['a|2024-02-01|1.0', 'a|2024-02-13|1.0', 'a|2024-02-15|1.0'])
    expect(dmy.dateOrder).toBe('day-month-year, proven by 13/02/2024')
    const both = rows('01/02/2024', '13/02/2024', '02/14/2024')
    expect(await refusal(both)).toMatch(
      /contradicts itself: 13\/02\/2024 \(line 3\) and 02\/14\/2024 \(line 4\).*--date-order/s,
    )
    const decided = await space.open([space.write('both.csv', both)], { dateOrder: 'dmy' })
    expect(await shortLines(decided)).toEqual(['a|2024-02-01|1.0', 'a|2024-02-13|1.0', 'date: unreadable'])
    expect((await decided.rejects()).cells).toEqual(['both.csv:4: "02/14/2024" is not a date'])
    expect(await refusal(rows('01/02/2024', '03/04/2024'))).toMatch(/cannot be told.*--date-order/s)
    const given = await space.open([space.write('given.csv', rows('01/02/2024'))], { dateOrder: 'mdy' })
    expect(await shortLines(given)).toEqual(['a|2024-01-02|1.0'])
    expect((await space.open([space.write('iso.csv', rows('2024-01-02'))])).dateOrder).toBe('year-month-day')
  })

  test('rows after the sample decide when the sample does not', async () => {
    const open = Array.from({ length: 400_000 }, () => 'a,01/02/2024,1').join('\n')
    const opened = await space.open([
      space.write('late-date.csv', `customer,date,amount\n${open}\na,02/13/2024,1\n`),
    ])
    expect(opened.dateOrder).toBe('month-day-year, proven by 02/13/2024')
  })

  test('decimal commas', async () => {
    const rows = (...amounts: string[]) =>
      `customer;date;amount\n${amounts.map((amount) => `a;2024-01-02;${amount}`).join('\n')}\n`
    const comma = await space.open(
      [space.write('comma.csv', rows('1.234,50', '1.234', '12,5', '1,234.50'))],
      { decimal: ',' },
    )
    expect(await shortLines(comma)).toEqual([
      'a|2024-01-02|12.5',
      'a|2024-01-02|1234.0',
      'a|2024-01-02|1234.5',
      'amount: unreadable',
    ])
    const seen = await space.open([space.write('seen.csv', rows('1.234', '12,5'))])
    expect(await shortLines(seen)).toEqual(['a|2024-01-02|12.5', 'a|2024-01-02|1234.0'])
    const unsure = await space.open([space.write('unsure.csv', rows('1.234'))])
    expect(unsure.warnings.join()).toMatch(/either decimal mark \(1\.234\).*decimal point/)
  })

  test('an id of leading zeros, 19 digits, in a spreadsheet wrapper', async () => {
    const file = space.write(
      'ids.csv',
      'customer,date,amount,order id\n007,2024-01-02,1,="2035153131473293579"\n',
    )
    const opened = await space.open([file])
    const row = await opened.table.fetch(sql`select customer, "order" from ${opened.table.from}`, {
      c: 'text',
      o: 'text',
    })
    expect(row).toEqual({ c: ['007'], o: ['2035153131473293579'] })
  })
})

describe('several files', () => {
  test('a column that one file lacks is blank there, with a warning', async () => {
    space.write('m1.csv', 'customer,date,amount,item\na,2024-01-02,1,tea\n')
    space.write('m2.csv', 'Amount,Customer,Date\n2,b,2024-01-03\n')
    const opened = await space.open(['m1.csv', 'm2.csv'])
    expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0', 'b|2024-01-03|2.0'])
    expect(opened.warnings.join()).toMatch(/m2\.csv: has no column "item"/)
  })

  test('rows of different kinds are not put below each other where no line is asked for', async () => {
    const orders = space.write('o.csv', 'order_id,customer,date,amount\n1,a,2024-01-02,1\n')
    const people = space.write('p.csv', 'id,name,email,phone\na,Ann,a@x.com,\n')
    await expect(space.open([orders, orders, people], { needs: [] })).rejects.toThrow(
      'o.csv and p.csv hold rows of different kinds',
    )
  })
})

describe('another table', () => {
  test('its columns are found by header, as text', async () => {
    const file = space.write('old.csv', 'Segment,CUSTOMER_ID,x\nChampions,007,1\n,8,2\n')
    const table = await space.columns([file], ['customer_id', 'segment'])
    expect(table.columns).toEqual(['customer_id', 'segment'])
    const rows = await table.fetch(sql`select customer_id, segment from ${table.from} order by 1`, {
      c: 'text',
      s: 'text',
    })
    expect(rows).toEqual({ c: ['007', '8'], s: ['Champions', null] })
    await expect(space.columns([file], ['customer_id', 'score'])).rejects.toThrow(
      'old.csv: no column "score"',
    )
  })

  test('an answer written for a spreadsheet comes back with its ids', async () => {
    const file = space.write('safe.csv', 'customer_id,segment\n"=""000104""",Loyal\n\'=a,Lost\nplain,Lost\n')
    const table = await space.columns([file], ['customer_id', 'segment'])
    const { c } = await table.fetch(sql`select customer_id from ${table.from} order by 1`, { c: 'text' })
    expect(c).toEqual(['000104', '=a', 'plain'])
  })
})

describe('what may surprise is told', () => {
  test('a file given twice, and more decimals than are kept', async () => {
    const file = space.write('fine.csv', 'customer,date,amount\na,2024-01-01,0.12345678\nb,2024-01-02,1.5\n')
    expect((await space.open([file])).warnings).toEqual([
      'fine.csv: "amount" has more than six decimals; they are rounded to six',
    ])
    expect((await space.open([file, file])).warnings).toContain(
      'fine.csv: given more than once; its lines count each time',
    )
  })
})
