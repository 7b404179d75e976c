/** What every example of every command prints, and the help: read these files in review. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { people, writeCsv } from '../../fixtures/people.ts'
import { commands } from '../../src/cli/registry.ts'
import { outputInside } from '../support/inside.ts'
import { output, place, scratch } from '../support/program.ts'

/** The last example of each command is printed by the built program, the others in this process. */
const examples = Object.entries(commands).flatMap(([name, { spec }]) =>
  spec.examples.map(({ line }, i) => ({
    line,
    file: `${name}-${i + 1}.txt`,
    run: i === spec.examples.length - 1 ? output : outputInside,
  })),
)

/** The files that examples speak of: a shop with habits, or a Chinese export where the columns are named in Chinese. */
async function shopOf(line: string): Promise<string> {
  const cwd = scratch()
  place(cwd, fixtureOf(line), 'orders.csv')
  if (line.includes('orders-gbk.csv')) place(cwd, 'orders-zh-gbk.csv', 'orders-gbk.csv')
  if (line.includes('orders.csv.gz')) place(cwd, 'orders-small.csv.gz', 'orders.csv.gz')
  if (line.includes('contacts.csv') || line.includes('clean.csv')) place(cwd, 'contacts.csv', 'contacts.csv')
  if (/^cust dedupe /.test(line)) {
    writeCsv(join(cwd, 'customers.csv'), people({ rows: 300, duplicates: 0.2 }))
  }
  if (line.includes('--undo')) {
    await outputInside(['clean', 'contacts.csv', '-o', 'clean.csv', '--audit', 'changes.csv'], { cwd })
  }
  if (line.includes('last-month.csv')) {
    await outputInside(['rfm', 'orders.csv', '--as-of', '2024-11-30', '-o', 'last-month.csv'], { cwd })
  }
  if (line.includes('--rules '))
    await outputInside(['validate', 'orders.csv', '--init', 'rules.yaml', '-q'], { cwd })
  return cwd
}

function fixtureOf(line: string): string {
  if (/^cust (rules|sequences) /.test(line)) return 'receipts.csv'
  return / 会员号| 实付金额/.test(line) ? 'orders-zh.csv' : 'orders.csv'
}

/** The fixture calls its columns as another shop system does. */
const columns: Readonly<Record<string, string>> = { 会员号: '买家会员名', 实付金额: '买家实际支付金额' }

const wordsOf = (line: string): string[] =>
  line
    .split(' ')
    .slice(1)
    .map((word) => word.replace(/^'(.*)'$/, '$1'))
    .map((word) => columns[word] ?? word)

/** What the reader sees: the table, or the text of the file that was written. */
async function shown(line: string, run: typeof output): Promise<string> {
  const cwd = await shopOf(line)
  const target = / -o (\S+)/.exec(line)?.[1]
  const look = target === undefined ? ['-f', 'table', '--color', 'never'] : []
  const printed = await run([...wordsOf(line), ...look], { cwd })
  if (target === undefined) return beginning(printed.toString())
  expect(existsSync(join(cwd, target))).toBe(true)
  const bytes = readFileSync(join(cwd, target))
  return target.endsWith('.xlsx') ? workbook(bytes) : beginning(bytes.toString())
}

const SHOWN_LINES = 60

const beginning = (text: string): string => text.split('\n').slice(0, SHOWN_LINES).join('\n')

/** The beginning of each part of a workbook, a cell a line. */
function workbook(bytes: Buffer): string {
  const parts = Object.entries(unzipSync(bytes)).sort(([a], [b]) => (a < b ? -1 : 1))
  return parts
    .map(([name, part]) => {
      const text = Buffer.from(part)
        .toString()
        .replace(/(?=<(?:si>|(?:c|row|sheet|col) ))/g, '\n')
      return `== ${name}\n${text.split('\n').slice(0, 40).join('\n')}\n`
    })
    .join('\n')
}

describe('examples', () => {
  test.for(examples)('$line', async ({ line, file, run }, { expect }) => {
    await expect(`$ ${line}\n\n${await shown(line, run)}`).toMatchFileSnapshot(file)
  })
})

describe('help', () => {
  const pages = [
    ['--help'],
    ['help', 'exit-codes'],
    ['help', 'formats'],
    ['help', 'config'],
    ['help', 'presets'],
    ...Object.keys(commands).map((name) => [name, '--help']),
  ]
  test.for(pages.map((words) => [words.join(' '), words] as const))(
    'cust %s',
    async ([line, words], { expect }) => {
      const name = `help-${line.replace(/-*help ?/, '').trim() || 'cust'}.txt`
      const printed = (await (line === '--help' ? output : outputInside)(words)).toString()
      for (const text of printed.split('\n')) expect(text.length, text).toBeLessThanOrEqual(100)
      await expect(printed).toMatchFileSnapshot(name)
    },
  )
})
