/** Random small shops: however a file is quoted, delimited, encoded and ordered, the answer is the same. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { between, chance, mulberry32, pick, type Random } from '../../fixtures/random.ts'
import { formatDay, parseDay } from '../../src/core/days.ts'
import { shuffled } from '../program/shuffled.ts'
import { type Ran, runCust, scratch } from '../support/program.ts'

const SHOPS = 300
const HEADERS = ['Order ID', 'Customer ID', 'Order Date', 'Amount', 'Note']
const NOTES = [
  '',
  'plain',
  'a, b',
  'a; b',
  'say "hi"',
  'two\nlines',
  'tab\there',
  '备注',
  "it's",
  ' blanks ',
  'a|b',
]
const NAMES = [
  '000042',
  '1234567890123456789',
  '小城妈妈',
  '银杏兔子',
  'Müller',
  "o'neil",
  'x@y.example',
  'A-7',
  '1e5',
]
const FIRST_DAY = parseDay('2023-01-01') as number

type Rows = readonly (readonly string[])[]

function shop(random: Random): Rows {
  // One name of another script at least: an encoding cannot be told from plain ASCII.
  const customers = [...shuffled(NAMES, random).slice(0, between(random, 1, 8)), '快乐米粒']
  return Array.from({ length: between(random, 1, 60) }, (_, i) => {
    const cents = between(random, 1, 200_000) * (chance(random, 0.1) ? -1 : 1)
    const customer = i === 0 ? '快乐米粒' : pick(random, customers)
    const day = formatDay(FIRST_DAY + between(random, 0, 700))
    return [
      `N${1000 + between(random, 0, 40)}-${customer}`,
      customer,
      day,
      (cents / 100).toFixed(2),
      pick(random, NOTES),
    ]
  })
}

/** One way to write the same rows. */
interface Clothes {
  readonly delimiter: string
  readonly newline: string
  readonly quoted: number
  readonly encode: (text: string) => Buffer
  readonly called: string
}

const bigEndian = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

function clothes(random: Random): Clothes {
  const [encoding, encode] = pick<readonly [string, Clothes['encode']]>(random, [
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with BOM', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', bigEndian],
    ['GB18030', (text) => encodeGb18030(text)],
  ])
  const delimiter = pick(random, [',', ';', '\t', '|'])
  const newline = pick(random, ['\n', '\r\n'])
  const quoted = pick(random, [0, 0.3, 1])
  const called = `${encoding}, ${JSON.stringify({ delimiter, newline, quoted })}`
  return { delimiter, newline, quoted, encode, called }
}

function written(rows: Rows, { delimiter, newline, quoted, encode }: Clothes, random: Random): Buffer {
  const cell = (text: string) =>
    /[",;|\t\r\n]|^ | $/.test(text) || chance(random, quoted) ? `"${text.replaceAll('"', '""')}"` : text
  return encode(rows.map((row) => `${row.map(cell).join(delimiter)}${newline}`).join(''))
}

const plain: Clothes = {
  delimiter: ',',
  newline: '\n',
  quoted: 0,
  encode: (text) => Buffer.from(text),
  called: 'plain',
}

const told = ({ code, stdout, left }: Ran) => ({ code, answer: stdout.toString(), left })

test(`${SHOPS} shops, each in its own clothes`, async () => {
  const folder = scratch()
  const check = async (seed: number) => {
    const random = mulberry32(seed)
    const rows = shop(random)
    const worn = clothes(random)
    const order = shuffled([0, 1, 2, 3, 4], random)
    const turned = [HEADERS, ...shuffled(rows, random)].map((row) => order.map((column) => row[column] ?? ''))
    writeFileSync(join(folder, `${seed}.csv`), written([HEADERS, ...rows], plain, random))
    writeFileSync(join(folder, `${seed}-worn.csv`), written(turned, worn, random))
    const run = (name: string) => runCust(['rfm', name, '-q'], { cwd: folder })
    const [one, other] = await Promise.all([run(`${seed}.csv`), run(`${seed}-worn.csv`)])
    expect(told(other), `seed ${seed}: ${worn.called}\n${other.stderr}`).toEqual(told(one))
    return one.code
  }
  const codes = await Promise.all(Array.from({ length: SHOPS }, (_, seed) => check(seed)))
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(SHOPS / 2)
})
