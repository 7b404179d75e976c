/** Which encoding a text is in: by mark, by form, and by how common its characters are. */
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeLegacy, type LegacyEncoding } from '../../fixtures/legacy.ts'
import { between, mulberry32, pick, type Random } from '../../fixtures/random.ts'
import { charsetNames, type Encoding, encodingNamed } from '../../src/sources/charsets.ts'
import { recogniseEncoding, recogniseLate } from '../../src/sources/recognition.ts'
import { type Language, type Vocabulary, vocabularies } from './vocabulary.ts'

const languages: Readonly<Record<LegacyEncoding, Language>> = {
  gb18030: 'simplified',
  big5: 'traditional',
  shift_jis: 'japanese',
  'euc-jp': 'japanese',
  'euc-kr': 'korean',
  'windows-1252': 'western',
}
const legacy = Object.keys(languages) as LegacyEncoding[]
const wordsOf = (encoding: LegacyEncoding): Vocabulary => vocabularies[languages[encoding]]

const row = (random: Random, words: Vocabulary): string[] => [
  pick(random, words.names),
  pick(random, words.cities),
  pick(random, words.goods),
  pick(random, words.statuses),
]

/** An export with English headers and so many non-ASCII characters. */
function exportOf(random: Random, words: Vocabulary, characters: number): string {
  let left = characters
  const cut = (word: string) => Array.from(word, (c) => (c < '\u0080' || left-- > 0 ? c : '')).join('')
  const lines = ['id,name,city,item,status,amount']
  while (left > 0) {
    const cells = row(random, words).map((cell) => (left < 6 && random() < 0.5 ? 'x' : cut(cell)))
    lines.push([1000 + lines.length, ...cells, `${between(random, 1, 999)}.50`].join(','))
  }
  return `${lines.join('\n')}\n`
}

const recognised = (bytes: Buffer, whole = true): Encoding | undefined =>
  recogniseEncoding(bytes, whole)?.encoding

describe('names', () => {
  test.each([
    ['GBK', 'gb18030'],
    ['gb2312', 'gb18030'],
    ['cp936', 'gb18030'],
    ['CP950', 'big5'],
    ['big5-hkscs', 'big5'],
    ['SJIS', 'shift_jis'],
    ['Shift-JIS', 'shift_jis'],
    ['cp932', 'shift_jis'],
    ['cp949', 'euc-kr'],
    ['ks_c_5601-1987', 'euc-kr'],
    ['ks_c_5601', 'euc-kr'],
    ['latin1', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['ansi', 'windows-1252'],
    ['utf8', 'utf-8'],
    ['UTF-8-SIG', 'utf-8'],
    ['utf_16', 'utf-16le'],
  ])('%s is %s', (given, encoding) => {
    expect(encodingNamed(given)).toBe(encoding)
  })

  test('every encoding goes by its own names', () => {
    for (const [encoding, shown] of Object.entries(charsetNames)) {
      expect([encodingNamed(encoding), encodingNamed(shown)]).toEqual([encoding, encoding])
    }
  })

  test('another name is a usage error that lists those there are', () => {
    expect(() => encodingNamed('klingon')).toThrow(/"klingon" is not known/)
    try {
      encodingNamed('klingon')
    } catch (error) {
      expect(error).toMatchObject({ kind: 'usage', hint: expect.stringContaining('euc-kr or windows-1252') })
    }
  })
})

describe.each(legacy)('%s', (encoding) => {
  const words = wordsOf(encoding)

  test('long text', () => {
    const text = exportOf(mulberry32(1), words, 5000)
    const found = recogniseEncoding(encodeLegacy(encoding, text), false)
    expect(found).toMatchObject({ encoding, sure: true })
    expect(found?.evidence).toMatch(/^\d+ % of [\d,]+ non-ASCII characters \(each word once\) are common in /)
  })

  test('a header of three words and three rows of two names', () => {
    const random = mulberry32(2)
    const wrong: string[] = []
    for (let round = 0; round < 300; round++) {
      const header = [0, 1, 2].map((i) => words.headers[(round + i) % words.headers.length])
      const rows = [1, 2, 3].map((i) => [i, pick(random, words.names), pick(random, words.names)])
      const text = [header, ...rows].map((cells) => cells.join(',')).join('\r\n')
      const found = recogniseEncoding(encodeLegacy(encoding, text), true)
      if (found?.encoding !== encoding || !found.sure) wrong.push(`${text} ${JSON.stringify(found)}`)
    }
    expect(wrong).toEqual([])
  })

  test('a sample that ends inside a character', () => {
    const bytes = encodeLegacy(encoding, exportOf(mulberry32(3), words, 60))
    const wrong = Array.from({ length: 60 }, (_, i) => bytes.subarray(0, bytes.length - i))
      .map((sample) => recognised(sample, false))
      .filter((found) => found !== encoding)
    expect(wrong).toEqual([])
  })

  test('the first byte beyond ASCII after a megabyte', () => {
    const ascii = Buffer.from('1001,plain,text,of,an,export,5.00\n'.repeat(32_000))
    const bytes = Buffer.concat([ascii, encodeLegacy(encoding, exportOf(mulberry32(4), words, 300))])
    expect(ascii.length).toBeGreaterThan(1 << 20)
    expect(recogniseEncoding(bytes.subarray(0, 1 << 18), false)).toEqual({
      encoding: 'utf-8',
      evidence: 'plain ASCII',
      sure: true,
    })
    const first = bytes.findIndex((byte) => byte > 127)
    expect(recogniseLate(bytes.subarray(first - 100, first + 300))?.encoding).toBe(encoding)
    expect(recogniseLate(bytes.subarray(first, first + 300))?.encoding).toBe(encoding)
  })

  test('a window that begins anywhere', () => {
    const bytes = encodeLegacy(encoding, exportOf(mulberry32(5), words, 400))
    const windows = Array.from({ length: 200 }, (_, i) => bytes.subarray(100 + i, 500 + i))
    expect(windows.map((window) => recogniseLate(window)?.encoding)).toEqual(windows.map(() => encoding))
  })

  test('a byte order mark of UTF-8 that some program put before it', () => {
    const bytes = Buffer.concat([
      Buffer.from('\ufeff'),
      encodeLegacy(encoding, exportOf(mulberry32(6), words, 50)),
    ])
    expect(recogniseEncoding(bytes, true)).toMatchObject({
      encoding,
      evidence: expect.stringContaining('in spite of the UTF-8 byte order mark'),
    })
  })

  test('damaged here and there', () => {
    const bytes = encodeLegacy(encoding, exportOf(mulberry32(7), words, 800))
    for (let at = 200; at < bytes.length; at += 97) bytes[at] = 0xff
    expect(recognised(bytes)).toBe(encoding)
  })
})

/** Share of 300 exports that must be recognised, by the number of their non-ASCII characters. */
const least: Readonly<Record<LegacyEncoding, Readonly<Record<number, number>>>> = {
  gb18030: { 2: 0.97, 5: 0.99, 20: 1, 100: 1 },
  big5: { 2: 0.93, 5: 0.98, 20: 1, 100: 1 },
  shift_jis: { 2: 0.98, 5: 0.99, 20: 1, 100: 1 },
  // Two kanji are as likely two hanzi, which are the more frequent guest.
  'euc-jp': { 2: 0.6, 5: 0.94, 20: 1, 100: 1 },
  // As are two syllables, a little.
  'euc-kr': { 2: 0.9, 5: 0.99, 20: 1, 100: 1 },
  'windows-1252': { 2: 0.99, 5: 0.99, 20: 1, 100: 1 },
}

describe('accuracy on words that it was not made from', () => {
  const cases = legacy.flatMap((encoding) =>
    [2, 5, 20, 100].map(
      (characters) => [encoding, characters, least[encoding][characters] as number] as const,
    ),
  )
  test.each(cases)('%s, %i characters: at least %f', (encoding, characters, minimum) => {
    const random = mulberry32(1000 + characters)
    const rounds = 300
    const answers = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const text = exportOf(random, wordsOf(encoding), characters)
      const found = recognised(encodeLegacy(encoding, text)) ?? 'none'
      answers.set(found, (answers.get(found) ?? 0) + 1)
    }
    const accuracy = (answers.get(encoding) ?? 0) / rounds
    const said = [...answers].map(([name, count]) => `${name} ${count}`).join(', ')
    expect(accuracy, `${encoding}, ${characters} characters: ${said}`).toBeGreaterThanOrEqual(minimum)
  })

  test('a wrong answer is hardly ever a sure one', () => {
    const random = mulberry32(9)
    let wrong = 0
    for (let round = 0; round < 1200; round++) {
      const encoding = legacy[round % legacy.length] as LegacyEncoding
      const bytes = encodeLegacy(encoding, exportOf(random, wordsOf(encoding), between(random, 2, 6)))
      const found = recogniseEncoding(bytes, true)
      if (found?.sure && found.encoding !== encoding) wrong++
    }
    expect(wrong / 1200).toBeLessThan(0.02)
  })
})

describe('UTF-8', () => {
  const all = Object.values(vocabularies) as Vocabulary[]

  test('however short, in any language', () => {
    const random = mulberry32(10)
    for (let round = 0; round < 1000; round++) {
      const text = exportOf(random, all[round % all.length] as Vocabulary, between(random, 1, 9))
      expect(recognised(Buffer.from(text)), text).toBe('utf-8')
    }
  })

  test('alphabets of two bytes a letter', () => {
    for (const text of [
      'Имя\nИван\n',
      'Όνομα\nΓιώργος\n',
      'שם\nדוד\n',
      'اسم\nمحمد\n',
      'Łódź',
      'şehir\nÇağrı\n',
    ]) {
      expect(recogniseEncoding(Buffer.from(text), true), text).toMatchObject({
        encoding: 'utf-8',
        sure: true,
      })
    }
  })

  test('emoji, and characters cut by the end of the sample', () => {
    const bytes = Buffer.from('id,说明\n1,好😀\n2,é')
    for (let end = 5; end <= bytes.length; end++) {
      expect(recognised(bytes.subarray(0, end), false), `${end} bytes`).toBe('utf-8')
    }
    expect(recogniseEncoding(bytes, true)?.evidence).toBe('valid UTF-8')
  })

  test('with a byte order mark', () => {
    expect(recogniseEncoding(Buffer.from('\ufeffid\n1\n'), true)?.evidence).toBe('byte order mark')
  })

  test('nearly: damaged text stays UTF-8, so that the damage shows', () => {
    const bytes = Buffer.from('客户,城市\n'.repeat(20))
    for (const at of [3, 40, 90]) bytes[at] = 0xff
    expect(recogniseEncoding(bytes, true)).toMatchObject({
      encoding: 'utf-8',
      evidence: expect.stringMatching(/^UTF-8 but for \d+ bytes$/),
    })
    const mixed = Buffer.concat([Buffer.from('Zoë,é,ü,ö,ä,ß,ñ,è,à,ç\n'), Buffer.from('Jos\xe9\n', 'latin1')])
    expect(recognised(mixed)).toBe('utf-8')
  })

  test('separators of ASCII as delimiters are no sign of a binary file', () => {
    expect(recognised(Buffer.from('a\u0001客户\u0001b\u0002c\n'))).toBe('utf-8')
    const bytes = Buffer.concat([
      Buffer.from('a\u0001'),
      encodeLegacy('gb18030', '张三,订单'),
      Buffer.from('\u0001\n'),
    ])
    expect(recognised(bytes)).toBe('gb18030')
  })
})

describe('UTF-16', () => {
  const texts = [
    'id,name\r\n1,Ann\r\n',
    'Prénom,Città\nJosé,Genève\n',
    '订单号,客户,金额\r\n1,张三,5\r\n2,李四,6\r\n',
    '客户\n张三丰\n李四光\n一一\n',
    '訂單編號\t客戶姓名\r\n陳怡君\t林志玲\r\n',
    '注文番号,お客様名\nさとう,タナカ\n',
    '주문번호,고객명\n홍길동,서울\n',
    'Имя,Город\nИван,Москва\n',
    '名,𠮷\n1,𠮷野\n',
    'الاسم,المدينة\nمحمد,القاهرة\n',
    'ชื่อ,เมือง\nสมชาย,กรุงเทพ\n',
    '龘靐,齉爩\n鱻,麤\n',
  ]

  test.each(texts)('without a mark: %j', (text) => {
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    expect([recognised(little), recognised(big)]).toEqual(['utf-16le', 'utf-16be'])
    // The end of the sample may cut a unit.
    expect([recognised(little.subarray(0, -1), false), recognised(big.subarray(0, -1), false)]).toEqual([
      'utf-16le',
      'utf-16be',
    ])
  })

  test('with a mark', () => {
    const little = Buffer.from('\ufeff客户', 'utf16le')
    expect(recogniseEncoding(little, true)).toMatchObject({
      encoding: 'utf-16le',
      evidence: 'byte order mark',
    })
    expect(recognised(Buffer.from(little).swap16())).toBe('utf-16be')
  })

  test('a stray NUL does not make it', () => {
    const texts = [
      Buffer.from('id,name,city\n1,Ann,Rome\n'.repeat(99)),
      Buffer.from('客户,金额\n'.repeat(999)),
    ]
    for (const text of [...texts, encodeLegacy('gb18030', '客户,金额\n'.repeat(999))]) {
      for (const at of [100, 101]) {
        const bytes = Buffer.concat([text.subarray(0, at), Buffer.of(0), text.subarray(at)])
        expect(recognised(bytes)).not.toMatch(/16/)
      }
    }
  })

  test('exports of any language', () => {
    const random = mulberry32(12)
    for (const words of Object.values(vocabularies)) {
      for (let round = 0; round < 40; round++) {
        const text = `${words.headers.join('\t')}\n${pick(random, words.names)}\t${pick(random, words.cities)}\n`
        const little = Buffer.from(text, 'utf16le')
        expect(recognised(little), text).toBe('utf-16le')
        expect(recognised(Buffer.from(little).swap16()), text).toBe('utf-16be')
      }
    }
  })
})

describe('a few bytes of western text', () => {
  const lines = [
    ...[
      'José',
      'Price: £5',
      '20°',
      '• item',
      'don’t',
      '©2024 Foo',
      'naïve',
      '½ cup',
      '1\u00a0234,50 €',
      'Nº 5',
    ],
    ...['“Hi” – he said…', 'NÚÑEZ,AÑO', 'ação,São João', 'Œuvre,cœur', '§ 5,µm,±2', '«École»', '¿Qué?,Ñandú'],
    ...[
      'Lycra® T-shirt™',
      'Größe,Maß',
      'smørrebrød,Åse',
      'Ærø',
      'È vero',
      'Señor\tÓscar',
      'ÅÄÖ,åäö',
      'n°1',
      'A·B',
    ],
  ]
  test.each(lines)('%s', (line) => {
    expect(recognised(encodeLegacy('windows-1252', `a,b\n${line}\n`))).toBe('windows-1252')
  })

  test('one is said to be one', () => {
    const bytes = encodeLegacy('windows-1252', 'a,b\nJosé,1\n')
    expect(recogniseEncoding(bytes, true)?.evidence).toBe('one byte above 127, as windows-1252')
  })
})

describe('half-width katakana', () => {
  test.each(['ﾔﾏﾀﾞ ﾊﾅｺ,1\nｽｽﾞｷ ｹﾝｼﾞ,2\n', 'ｱｲｳ,1\n', '名前,住所\nﾀﾅｶ ﾀﾛｳ,ﾄｳｷﾖｳ\n'])('%j', (text) => {
    expect(recognised(encodeLegacy('shift_jis', text))).toBe('shift_jis')
  })
})

describe('no text', () => {
  const png = '89504e470d0a1a0a0000000d49484452000001000000010008060000005c72a866'

  test.each([
    ['a PNG picture', Buffer.from(png, 'hex')],
    ['gzip', gzipSync('id,name\n1,x\n')],
    [
      'packed data without a header',
      deflateSync(Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i) >> 3))),
    ],
    ['one byte again and again', Buffer.alloc(50, 0xff)],
    ['NULs', Buffer.alloc(100)],
    [
      'numbers of two bytes',
      Buffer.from(Int16Array.from({ length: 500 }, (_, i) => 8000 * Math.sin(i / 9)).buffer),
    ],
    ['numbers of four bytes', Buffer.from(Uint32Array.from({ length: 500 }, (_, i) => i * 77).buffer)],
    ['numbers of eight bytes', Buffer.from(Float64Array.from({ length: 500 }, (_, i) => i * 1.37).buffer)],
  ])('%s', (_, bytes) => {
    expect(recogniseEncoding(bytes, true)).toBeUndefined()
  })

  test('bytes at random', () => {
    const random = mulberry32(13)
    for (let round = 0; round < 500; round++) {
      const bytes = Buffer.from(
        Array.from({ length: between(random, 64, 2000) }, () => between(random, 0, 255)),
      )
      expect(recogniseEncoding(bytes, true), bytes.toString('hex')).toBeUndefined()
    }
  })
})

test('an alphabet that no encoding here has is text, but nothing is sure of it', () => {
  // Windows-1251 and ISO 8859-7 put their letters from 0xC0 on.
  const cyrillic = Array.from('Имя,Город\nИван,Москва\nАнна,Казань\n', (c) =>
    c < '\u0080' ? c.charCodeAt(0) : c.charCodeAt(0) - 0x410 + 0xc0,
  )
  const greek = Array.from('Ονομα,Πολη\nΓιωργος,Αθηνα\n', (c) =>
    c < '\u0080' ? c.charCodeAt(0) : c.charCodeAt(0) - 0x391 + 0xc1,
  )
  for (const bytes of [cyrillic, greek]) expect(recogniseEncoding(Buffer.from(bytes), true)?.sure).toBe(false)
})

test('nothing is plain ASCII', () => {
  expect(recogniseEncoding(Buffer.alloc(0), true)?.encoding).toBe('utf-8')
})

test('two encodings in one file are not sure to be one', () => {
  const lines = [Buffer.from('1,张伟,5\n'), encodeLegacy('gb18030', '2,王芳,6\n')]
  const found = recogniseEncoding(Buffer.concat(lines), true)
  expect(found).toMatchObject({ encoding: 'gb18030', sure: false })
  expect(found?.evidence).toContain('1 word is UTF-8')
})

test('a word that is in every row says no more than in one', () => {
  // Alone the bytes are a likely pair of Korean syllables, too.
  const bytes = encodeLegacy('gb18030', `customer,date\n${'客户,2024-01-02\n'.repeat(100)}`)
  expect(recogniseEncoding(bytes, true)).toMatchObject({ encoding: 'gb18030', sure: false })
})
