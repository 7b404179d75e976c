/** What is mended and what is left; what the flags do; and that the receipt tells all of it. */
import { describe, expect, test } from 'vitest'
import { cleaned } from '../../support/clean.ts'

/** One column, cleaned: its cells. */
async function column(header: string, cells: readonly string[], ...flags: readonly string[]) {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const text = [`id,${header}`, ...cells.map((cell, i) => `r${i},${quoted(cell)}`), ''].join('\n')
  const found = await cleaned(text, ...flags)
  return { ...found, cells: found.column(header) }
}

describe('any cell', () => {
  test('loses blanks around it, ideographic and invisible ones too, and keeps those inside', async () => {
    const { cells, audit } = await column('Note', ['  a  b ', '\u3000中文\u00a0', '\u200bx', 'ok'])
    expect(cells).toEqual(['a  b', '中文', 'x', 'ok'])
    expect(audit.filter(({ rule }) => rule === 'trim')).toHaveLength(3)
  })

  test('that stands for none becomes empty', async () => {
    const words = [
      'N/A',
      'null',
      'NULL',
      '无',
      '未知',
      '-',
      '——',
      'Unknown',
      '#N/A',
      '(not set)',
      'n.a.',
      '無',
      '不詳',
      'ok',
    ]
    const { cells } = await column('Note', words)
    expect(cells).toEqual([...words.slice(0, -1).map(() => ''), 'ok'])
  })

  test('that is wrapped against a spreadsheet is unwrapped', async () => {
    expect((await column('Order ID', ['="00123"', "'00124", '00125'])).cells).toEqual([
      '00123',
      '00124',
      '00125',
    ])
    // An apostrophe before words is one.
    expect((await column('Note', ["'tis", "'90s", "'12"])).cells).toEqual(["'tis", "'90s", "'12"])
  })

  test('keeps its width in texts, and has plain digits and brackets in codes', async () => {
    expect((await column('Order ID', ['Ａ－１２３', 'A-124'])).cells).toEqual(['A-123', 'A-124'])
    expect((await column('Note', ['Ａ店（北京）', 'b'])).cells).toEqual(['Ａ店（北京）', 'b'])
    const streets = ['文三路１２３号（东门）', '中山路2号']
    expect((await column('地址', streets)).cells).toEqual(streets)
  })
})

describe('words that are no placeholders', () => {
  test('Null and Na are surnames, NULL in capitals is none', async () => {
    expect((await column('Last name', ['Null', 'Na', 'NA', 'Kim', 'NULL', 'n/a'])).cells).toEqual([
      'Null',
      'Na',
      'NA',
      'Kim',
      '',
      '',
    ])
  })

  test('Nan is a given name, and a guest is a kind of customer', async () => {
    const names = ['Nan', 'nan', 'NaN', 'Ann', 'Guest']
    expect((await column('First name', names)).cells).toEqual(['Nan', '', '', 'Ann', 'Guest'])
    const kinds = ['guest', 'registered', 'Anonymous', 'unknown']
    expect((await column('Customer type', kinds)).cells).toEqual(['guest', 'registered', 'Anonymous', ''])
  })

  test('NA is Namibia among countries', async () => {
    expect((await column('Country', ['NA', 'DE', 'FR', 'N/A'])).cells).toEqual(['NA', 'DE', 'FR', ''])
  })

  test('a row of nothing else keeps them: it would be no row any more', async () => {
    const { rows } = await cleaned('name,city,note\nAnn,Rome,x\nN/A,null,-\n')
    expect(rows).toEqual([
      ['Ann', 'Rome', 'x'],
      ['N/A', 'null', '-'],
    ])
  })
})

describe('e-mail', () => {
  test('has small letters, a plain @ and no blanks around its signs; what is none stays', async () => {
    const given = ['Bob@Example.COM', 'ann＠example.com', 'eve @ example.com', 'not an address', 'a@b.org']
    expect((await column('E-mail', given)).cells).toEqual([
      'bob@example.com',
      'ann@example.com',
      'eve@example.com',
      'not an address',
      'a@b.org',
    ])
  })
})

test('what mail programs leave around an address is taken away, where it is one address', async () => {
  const mails = [
    'mailto:Ann@x.com',
    '"bob@x.com,"',
    'cy@x.com.',
    '<di@x.com>',
    'Ed <ed@x.com>',
    'f@x.com;g@x.com',
  ]
  expect((await column('email', mails)).cells).toEqual([
    ...['ann@x.com', 'bob@x.com', 'cy@x.com', 'di@x.com', 'Ed <ed@x.com>', 'f@x.com;g@x.com'],
  ])
})

test('columns are known by traditional headers', async () => {
  const { column } = await cleaned(
    '姓名,手機,電子信箱,郵遞區號\n陳志強,0912-345-678,A@Example.com,１０６\n林美玲,0922345678,b@example.com,110\n',
  )
  expect(column('手機')).toEqual(['+886912345678', '+886922345678'])
  expect(column('電子信箱')).toEqual(['a@example.com', 'b@example.com'])
  expect(column('郵遞區號')).toEqual(['106', '110'])
})

describe('telephone numbers', () => {
  test('are dialled in the only country that a column names, where several would do', async () => {
    const table = (numbers: readonly string[], country: string) =>
      ['id,phone,country', ...numbers.map((number, i) => `${i},${number},${country}`), ''].join('\n')
    const mobiles = ['07400 123456', '07912 345678']
    const phones = async (country: string) => (await cleaned(table(mobiles, country))).column('phone')
    expect(await phones('India')).toEqual(['+917400123456', '+917912345678'])
    expect(await phones('United Kingdom')).toEqual(['+447400123456', '+447912345678'])
    const open = ['415-555-2671', '(212) 555-0187', '212 555 0123', '555-0199']
    const { told, column: cells } = await cleaned(table(open, ''))
    expect(cells('phone')).toEqual(open)
    expect(told).toContain('"phone" is left in part: its numbers without a country code may be of several')
  })

  // Numbers of fiction: 555-0100 to 555-0199, Ofcom's 020 7946 0000, as their authorities publish them.
  test('become E.164 in the country in which the column dials', async () => {
    const american = ['(212) 555-0100', '212-555-0123', '212.555.0142', '+1 212 555 0199', '']
    expect((await column('Phone', american)).cells).toEqual([
      '+12125550100',
      '+12125550123',
      '+12125550142',
      '+12125550199',
      '',
    ])
    const british = ['020 7946 0018', '020 7946 0999', '+44 20 7946 0123', '(020) 79460321']
    expect((await column('Phone', british)).cells).toEqual([
      '+442079460018',
      '+442079460999',
      '+442079460123',
      '+442079460321',
    ])
    const chinese = [
      '13800138000',
      '138 0013 8001',
      '+86 13800138002',
      '0086-13800138003',
      '１３８００１３８００４',
    ]
    expect((await column('手机', chinese)).cells).toEqual([
      '+8613800138000',
      '+8613800138001',
      '+8613800138002',
      '+8613800138003',
      '+8613800138004',
    ])
  })

  test('of no country stay, unless --country says it', async () => {
    const mixed = ['(212) 555-0100', '020 7946 0018', '13800138000', '0151 23456789']
    expect((await column('Phone', mixed)).cells).toEqual(mixed)
    expect((await column('Phone', mixed, '--country', 'gb')).cells[1]).toBe('+442079460018')
  })

  test('two in a cell stay, and hold up none of the others', async () => {
    const two = [
      '13812345678/13912345678',
      '13900001111;13700002222',
      '13712341234、13612341234',
      '13812340001',
    ]
    expect((await column('手机', two)).cells).toEqual([...two.slice(0, 3), '+8613812340001'])
  })

  test('are dialled at home where those from abroad name their country', async () => {
    const mixed = ['07911 123456', '+44 7911 123457', '+33 6 12 34 56 78', '+1 212 736 5000', '020 7946 0018']
    expect((await column('Phone', mixed)).cells).toEqual([
      ...['+447911123456', '+447911123457', '+33612345678', '+12127365000', '+442079460018'],
    ])
    // Nearly any digits are a German number, too.
    const german = [...mixed, '+49 30 1234567']
    expect((await column('Phone', german)).cells[0]).toBe('07911 123456')
    const foreign = ['+33 6 12 34 56 78', '+1 212 736 5000', '07911 123456']
    expect((await column('Phone', foreign)).cells[2]).toBe('07911 123456')
  })

  test('are dialled in the country that alone has such postcodes, where several would do', async () => {
    const table = (codes: readonly string[]) =>
      ['phone,postcode', ...codes.map((code, i) => `061234567${i},${code}`), ''].join('\n')
    expect((await cleaned(table(['1012 AB', '3511 AX']))).column('phone')).toEqual([
      ...['+31612345670', '+31612345671'],
    ])
    expect((await cleaned(table(['1012', '3511']))).column('phone')).toEqual(['0612345670', '0612345671'])
  })

  test('are none where digits in groups stand under another header: they name something else', async () => {
    const policies = ['03-1234-5678', '03-1234-5679', '03-1234-5670', '03-1234-5671']
    expect((await column('Policy', policies)).cells).toEqual(policies)
    expect((await column('Phone', policies, '--country', 'AU')).cells[0]).toBe('+61312345678')
    const abroad = ['+44 20 7946 0958', '+1 415-555-2671']
    expect((await column('Reach me', abroad)).cells).toEqual(['+442079460958', '+14155552671'])
  })

  test('of a country that does not exist are asked for in vain, and that is said', async () => {
    await expect(column('Phone', ['0171 123456'], '--country', 'ZZ')).rejects.toThrow(
      /no telephone numbers.*"ZZ"/,
    )
  })

  test('an extension stays with its number', async () => {
    const { cells } = await column('电话', ['0755 8888 8888-801', '0755 8888 8887', '0755 8888 8886'])
    expect(cells).toEqual(['+8675588888888;ext=801', '+8675588888887', '+8675588888886'])
  })
})

describe('dates', () => {
  test('of every form become ISO, where one value proves the order', async () => {
    const given = [
      '25/03/2024',
      '05/03/2024',
      '5.3.2024',
      '2024年3月5日',
      '2024/3/5',
      '5 March 2024',
      '2024-03-05',
    ]
    const { cells, told } = await column('Signup date', given)
    expect(cells).toEqual(['2024-03-25', ...Array.from({ length: 6 }, () => '2024-03-05')])
    expect(told).not.toContain('left as it is')
  })

  test('keep their time of day and their offset', async () => {
    const given = [
      '2024/3/5 9:05',
      '2024-03-05T14:30:00Z',
      '2024/03/05 2:05 pm',
      '2024年3月5日 下午2:05',
      '2024/3/5 14:30 +0800',
    ]
    expect((await column('Order date', given)).cells).toEqual([
      '2024-03-05 09:05',
      '2024-03-05T14:30:00Z',
      '2024-03-05 14:05',
      '2024-03-05 14:05',
      '2024-03-05 14:30+08:00',
    ])
  })

  test('that read both ways stay, all of them, and that is told; --date-order decides', async () => {
    const given = ['05/03/2024', '06/03/2024', '2024/3/7']
    const open = await column('Signup date', given)
    expect(open.cells).toEqual(given)
    expect(open.told).toMatch(/"Signup date" is left as it is: the order of day and month cannot be told/)
    expect((await column('Signup date', given, '--date-order', 'mdy')).cells).toEqual([
      '2024-05-03',
      '2024-06-03',
      '2024-03-07',
    ])
  })

  test('of a column with too many that exist in no calendar stay, told, and are no telephone numbers', async () => {
    const days = ['05.03.1980', '17.11.1975', '31.02.1990', '00.00.0000']
    const { cells, told } = await column('Date of birth', days, '--country', 'DE')
    expect(cells).toEqual(days)
    expect(told).toContain('"Date of birth" is left as it is: too few of its cells are dates')
  })

  test('that contradict each other stay, with both lines told', async () => {
    const given = ['25/03/2024', '03/25/2024', '01/02/2024']
    const { cells, told } = await column('Signup date', given)
    expect(cells).toEqual(given)
    expect(told).toMatch(
      /contradicts itself: 25\/03\/2024 \(line 2\) and 03\/25\/2024 \(line 3\); --date-order/,
    )
  })

  test('of two digits that would lie ahead stay: their century is open', async () => {
    const given = ['25/03/58', '13/04/61']
    const { cells, told } = await column('Date of birth', given)
    expect(cells).toEqual(given)
    expect(told).toContain('the century of 25/03/58 (line 2) is open')
  })

  test('three numbers of two digits are one where the header says so, or the order is given', async () => {
    const sizes = ['8/10/12', '10/12/14', '12/14/16']
    const { cells, told } = await column('Size', sizes)
    expect(cells).toEqual(sizes)
    expect(told).toContain('8/10/12 (line 2) may be something else than a day')
    expect((await column('Order date', sizes)).cells).toEqual(['2012-08-10', '2014-10-12', '2016-12-14'])
    expect((await column('Visit', sizes, '--date-order', 'mdy')).cells[2]).toBe('2016-12-14')
  })

  test('that are counted are dates where the header says so', async () => {
    // Day 45,356 of a spreadsheet is 5 March 2024.
    expect((await column('Order date', ['45356', '45357'])).cells).toEqual(['2024-03-05', '2024-03-06'])
    expect((await column('Batch', ['45356', '45357'])).cells).toEqual(['45356', '45357'])
    expect((await column('Batch', ['20240305', '20240306'])).cells).toEqual(['20240305', '20240306'])
    expect((await column('Order date', ['20240305', '20240306'])).cells).toEqual(['2024-03-05', '2024-03-06'])
  })

  test('one cell that is none stays; a zone that means several offsets too', async () => {
    expect(
      (await column('Order date', ['25/03/2024', '26/03/2024', '27/03/2024', '28/03/2024', 'soon'])).cells.at(
        -1,
      ),
    ).toBe('soon')
    expect((await column('Order date', ['2024/3/5 10:00 EST', '2024/3/5'])).cells).toEqual([
      '2024/3/5 10:00 EST',
      '2024-03-05',
    ])
  })
})

describe('amounts', () => {
  test('become plain numbers with the decimals that they have', async () => {
    const given = ['$1,234.50', '(3.10)', '5-', '+7', '.5', '12', '-0.00', '3.5万']
    expect((await column('Amount', given)).cells).toEqual([
      '1234.50',
      '-3.10',
      '-5',
      '7',
      '0.5',
      '12',
      '-0.00',
      '35000',
    ])
  })

  test('with a decimal comma, proven by one of them', async () => {
    expect((await column('Betrag', ['1.234,50', '1.234', '7', '0,5'])).cells).toEqual([
      '1234.50',
      '1234',
      '7',
      '0.5',
    ])
  })

  test('a dash behind the decimal mark stands for no cents, behind cents it is a minus', async () => {
    expect((await column('Betrag', ['1.234,50', '6,-', '€ 1.200,-', '7,50-'])).cells).toEqual([
      '1234.50',
      '6',
      '1200',
      '-7.50',
    ])
  })

  test('that read both ways stay; --decimal decides', async () => {
    const given = ['1,234', '5,678', '12']
    const { cells, told } = await column('Amount', given)
    expect(cells).toEqual(given)
    expect(told).toContain('it may use either decimal mark')
    expect((await column('Amount', given, '--decimal', '.')).cells).toEqual(['1234', '5678', '12'])
  })

  test('of two currencies stay: the mark is what tells them apart', async () => {
    const given = ['$5.00', '€6.00', '$7.50']
    const { cells, told } = await column('Amount', given)
    expect(cells).toEqual(given)
    expect(told).toContain('several currencies')
  })

  test('of two decimal marks stay', async () => {
    const given = ['1,234.50', '1.234,50', '3.25']
    expect((await column('Amount', given)).cells).toEqual(given)
  })

  test('units that are named as numbers with an exponent are left, and told; amounts are not', async () => {
    const units = ['1E5', '2E7', '3E2', '4E1']
    const { cells, told } = await column('Socket', units)
    expect(cells).toEqual(units)
    expect(told).toContain('its cells may be names, as 1E5 (line 2)')
    expect((await column('Amount', ['1E5', '2E3', '7'])).cells).toEqual(['100000', '2000', '7'])
    expect((await column('Mass', ['1.5E+3', '2.5E+2', '7'])).cells).toEqual(['1500', '250', '7'])
  })

  test('ids and postcodes are no amounts', async () => {
    expect((await column('Order ID', ['1,234', '00012'])).cells).toEqual(['1,234', '00012'])
    expect((await column('Postcode', ['01234', '56789'])).cells).toEqual(['01234', '56789'])
  })
})

describe('Chinese numbers', () => {
  // 11010519491231002X is the example of GB 11643-1999, 91350100M000100Y43 that of GB 32100-2015.
  test('end in a capital X where the check digit says that they are such', async () => {
    expect((await column('身份证号', ['11010519491231002x', '11010519491231002X', '123'])).cells).toEqual([
      '11010519491231002X',
      '11010519491231002X',
      '123',
    ])
    expect(
      (await column('统一社会信用代码', ['91350100m000100y43', '９１３５０１００M000100Y43'])).cells,
    ).toEqual(['91350100M000100Y43', '91350100M000100Y43'])
  })

  test('masked values stay as they are', async () => {
    expect((await column('手机', ['138****0013', '13800138000', '##密文'])).cells).toEqual([
      '138****0013',
      '+8613800138000',
      '##密文',
    ])
  })
})

test('a slash stands for nothing, as in Chinese forms, but where it is a path or a word of its column', async () => {
  const { column: cells } = await cleaned(
    [
      '姓名,生日,金额,备注,收/支,page',
      '张三,1990/01/02,100,/,收入,/home',
      '李四,/,/,好,/,/',
      '王五,1991/03/04,200,／,支出,/cart',
      '',
    ].join('\n'),
  )
  expect(cells('生日')).toEqual(['1990-01-02', '', '1991-03-04'])
  expect(cells('金额')).toEqual(['100', '', '200'])
  expect(cells('备注')).toEqual(['', '好', ''])
  expect(cells('收/支')).toEqual(['收入', '/', '支出'])
  expect(cells('page')).toEqual(['/home', '/', '/cart'])
})
