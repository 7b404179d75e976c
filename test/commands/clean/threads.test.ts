/** Two threads write what one does, whoever is faster, and one does all of it where the other is lost. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeContacts } from '../../../fixtures/contacts.ts'
import { helpWithRows } from '../../../src/cli/rowHelp.ts'
import { rowHelp } from '../../../src/commands/clean/helper.ts'
import { batchTally, show, tallyOf, wantsExample } from '../../../src/commands/clean/tally.ts'
import type { Helper } from '../../../src/core/helper.ts'
import { room } from '../../support/clean.ts'
import { type Behaviour, helperOf } from '../../support/helpers.ts'
import { expectSameBytes, runCust, scratch } from '../../support/program.ts'

const ROWS = 5000
/** It fills blocks, and is quickly read. */
const FILLER = 'x'.repeat(250)

/** Contacts with whatever may stand between and inside of rows, in several blocks. */
function contacts(): Buffer {
  const folder = scratch()
  writeContacts(join(folder, 'contacts.csv'), ROWS)
  const [header = '', ...lines] = readFileSync(join(folder, 'contacts.csv'), 'utf8').trimEnd().split('\n')
  const messy = lines.flatMap((line, i) => {
    const wide = `${FILLER},${line}`
    if (i % 997 === 0) return [wide, '']
    if (i % 1009 === 0) return [wide, `filler,${header}`]
    if (i % 1500 === 7) return [`${wide},one,cell,too,many`]
    if (i % 313 === 0) return [wide.replace(/[^,]*$/, '"over\nlines, ""quoted"""')]
    return [wide]
  })
  return Buffer.from(`${[`filler,${header}`, ...messy].join('\n')}\nTotal,${ROWS}\n`)
}

const input = contacts()

const helperIn = (behaviour: Behaviour) => helperOf(helpWithRows(rowHelp), behaviour)

const FILES = ['--audit', 'audit.csv', '--rejects', 'rejects.csv', '--max-bad', '100%']

async function outputs(args: readonly string[], helper?: Helper, bytes = input) {
  const here = room(helper ? { helper: async () => helper } : {})
  try {
    here.write('contacts.csv', bytes)
    const { stderr } = await here.run('clean', 'contacts.csv', ...args)
    const read = (name: string) => (args.includes(name) ? here.read(name) : Buffer.alloc(0))
    const names = ['out.csv', 'out.tsv', 'out.ndjson', 'out.json', 'out.xlsx', 'audit.csv', 'rejects.csv']
    return { told: stderr.text, files: names.map((name) => [name, read(name)] as const) }
  } finally {
    here.close()
  }
}

/** What one thread writes of the contacts, by its words. */
const aloneBy = new Map<string, ReturnType<typeof outputs>>()

function aloneOf(args: readonly string[]): ReturnType<typeof outputs> {
  const known = aloneBy.get(args.join(' ')) ?? outputs(args)
  aloneBy.set(args.join(' '), known)
  return known
}

async function expectTheSame(args: readonly string[], behaviour: Behaviour, bytes = input) {
  const alone = await (bytes === input ? aloneOf(args) : outputs(args, undefined, bytes))
  const { helper, seen } = helperIn(behaviour)
  const helped = await outputs(args, helper, bytes)
  expect(helped.told).toBe(alone.told)
  for (const [i, [name, bytes]] of helped.files.entries()) {
    expectSameBytes(bytes, alone.files[i]?.[1] as Buffer, name)
  }
  return { ...seen, ...alone }
}

describe('rows between two threads', () => {
  test.each([
    ['quick', () => 0],
    ['slow', () => 40],
    ['now quick, now slow', (task: number) => (task % 3) * 25],
  ])('a helper that is %s: the same rows, receipt, rejects and words', async (_, slow) => {
    const { tasks, ended, files, told } = await expectTheSame(['-o', 'out.csv', ...FILES], { slow })
    expect(tasks).toBeGreaterThan(2)
    expect(ended).toBe(1)
    expect(files.filter(([, bytes]) => bytes.length > 0).map(([name]) => name)).toEqual([
      'out.csv',
      'audit.csv',
      'rejects.csv',
    ])
    expect(told).toMatch(/[1-9]\d* rejected/)
  })

  test.each([0, 1, 2])('one that is lost after %i tasks', async (lives) => {
    const { tasks } = await expectTheSame(['-o', 'out.csv', ...FILES], { lives, slow: () => 5 })
    expect(tasks).toBeGreaterThan(lives)
  })

  test.each([
    ['tabs', ['-o', 'out.tsv', '--excel-safe']],
    ['lines of JSON', ['-o', 'out.ndjson']],
    ['rules of its own', ['-o', 'out.csv', '--fix', 'names,addresses,simplified', '--country', 'US']],
    ['a workbook', ['-o', 'out.xlsx', '--limit', '500']],
    ['nothing is written', ['--dry-run', '-o', 'out.csv']],
  ])('%s', async (_, args) => {
    const { tasks } = await expectTheSame([...args, '--max-bad', '100%'], {})
    expect(tasks).toBeGreaterThan(1)
  })

  test.each([
    [
      'rows that depend on others',
      ['-o', 'out.csv', '--exact-duplicates', 'drop', '--missing', 'fill:mode'],
      1,
    ],
    ['an array of JSON', ['-o', 'out.json'], 1],
    ['--threads 1', ['-o', 'out.csv', '--threads', '1'], 0],
  ])('%s: one thread mends it all', async (_, args, looks) => {
    const { tasks } = await expectTheSame([...args, '--max-bad', '100%'], {})
    expect(tasks).toBe(looks)
  })

  test('an error of the helper is an error, and nothing is written', async () => {
    const here = room({
      helper: async () => ({ ask: () => Promise.reject(new RangeError('a mistake')), end: () => {} }),
    })
    try {
      here.write('contacts.csv', input)
      await expect(here.run('clean', 'contacts.csv', '-o', 'out.csv', ...FILES)).rejects.toThrow('a mistake')
      expect(() => here.read('out.csv')).toThrow('ENOENT')
    } finally {
      here.close()
    }
  })

  test('a small file starts none', async () => {
    let started = 0
    const here = room({
      helper: async () => {
        started++
        return undefined
      },
    })
    try {
      here.write('small.csv', input.subarray(0, 500_000))
      await here.run('clean', 'small.csv', '-o', 'out.csv', '--max-bad', '100%')
      expect(started).toBe(0)
    } finally {
      here.close()
    }
  })
})

describe('what all rows say, found by two threads', () => {
  /** Rows with a day and an amount, some of which are written otherwise. */
  function orders(
    odd: Readonly<Record<number, readonly [day: string, amount: string, note?: string]>>,
  ): Buffer {
    const lines = Array.from({ length: ROWS }, (_, i) => {
      const [day, amount, note = FILLER + FILLER] = odd[i] ?? [
        `0${(i % 9) + 1}/0${(i % 7) + 1}/2024`,
        `${i % 90}`,
      ]
      return `A${i},${day},"${amount}",${note}`
    })
    return Buffer.from(`id,Order Date,amount,note\n${lines.join('\n')}\n`)
  }
  const files = ['-o', 'out.csv', '--audit', 'audit.csv']

  test.each([
    ['a proof in the last row', { 4999: ['25/12/2024', '1,5'] }, /5,000 date in Order Date/],
    ['a proof in the first row', { 0: ['25/12/2024', '1,5'] }, /5,000 date in Order Date/],
    [
      'a contradiction between the halves',
      { 5: ['25/12/2024', '1.5'], 4990: ['12/25/2024', '1,5'] },
      /contradicts itself: 25\/12\/2024 \(line 7\) and 12\/25\/2024 \(line 4992\)/,
    ],
    [
      'a contradiction within the second',
      { 3750: ['25/12/2024', '1.5'], 4990: ['12/25/2024', '1,5'] },
      /contradicts itself: 25\/12\/2024 \(line 3752\) and 12\/25\/2024 \(line 4992\)/,
    ],
    ['nothing that decides', {}, /cannot be told/],
    ['words for nothing everywhere', { 3: ['N/A', ' '], 4750: ['n/a', '-'], 4900: ['N/A', ''] }, /./],
    [
      'lines inside of cells before and behind',
      { 8: ['25/12/2024', '1', '"a\nb"'], 4990: ['12/25/2024', '1', '"c\n\nd"'] },
      /line 4993\)/,
    ],
  ] as const)('%s', async (_, odd, told) => {
    const ran = await expectTheSame(files, {}, orders(odd as Parameters<typeof orders>[0]))
    expect(ran.tasks).toBeGreaterThan(2)
    expect(ran.told).toMatch(told)
  })

  test('a middle inside of a cell: the first thread reads on', async () => {
    const note = `"${`${'long line '.repeat(1000)}\n25/12/2024 in it\n`.repeat(100)}"`
    const odd = { 2250: ['25/12/2024', '1', note], 4990: ['12/25/2024', '1'] } as const
    const ran = await expectTheSame(files, {}, orders(odd))
    expect(ran.tasks).toBeGreaterThan(2)
    expect(ran.told).toMatch(/line 2252\) and 12\/25\/2024 \(line 5192\)/)
  })

  test('a mark in the middle is a character, and the thread that is lost is done without', async () => {
    const lines = Array.from({ length: 8000 }, (_, i) => `\ufeffA${i},2024-01-0${(i % 9) + 1},${FILLER}`)
    await expectTheSame(files, {}, Buffer.from(`id,day,note\n${lines.join('\n')}\n`))
    await expectTheSame(files, { lives: 0 }, orders({ 4990: ['25/12/2024', '1,5'] }))
  })
})

test('the program writes the same bytes with one thread and with two', async () => {
  const runs = await Promise.all(
    [[], ['--threads', '1']].map(async (more) => {
      const cwd = scratch({ 'contacts.csv': input })
      const { code, stderr } = await runCust(['clean', 'contacts.csv', '-o', 'out.csv', ...FILES, ...more], {
        cwd,
      })
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
      const files = ['out.csv', 'audit.csv', 'rejects.csv'].map((name) => readFileSync(join(cwd, name)))
      return { stderr, files }
    }),
  )
  const [two, one] = runs
  expect(two?.stderr).toBe(one?.stderr)
  expect(two?.files[0]?.length).toBeGreaterThan(1 << 20)
  for (const [i, file] of (two?.files ?? []).entries()) expectSameBytes(file, one?.files[i] as Buffer)
})

test('rows of a few bytes, thousands in a block, are read like any others', async () => {
  const lines = Array.from({ length: 300_000 }, (_, i) => (i % 10 === 3 ? '"a,b",' : `${i % 7},${i % 3}`))
  const text = `k,v\n${lines.join('\n')}\n`
  const here = room()
  try {
    here.write('narrow.csv', text)
    await here.run('clean', 'narrow.csv', '-o', 'out.csv')
    expectSameBytes(here.read('out.csv'), Buffer.from(text))
  } finally {
    here.close()
  }
})

describe('what is told of batches', () => {
  /** As one pass over all cells would count them. */
  function inOnePass(cells: readonly string[]) {
    const whole = batchTally()
    const group = whole.group('c', 'r')
    cells.forEach((before, i) => {
      group.cells++
      if (wantsExample(group)) show(group, { before, after: '', line: i, place: group.cells })
    })
    return { cells: group.cells, examples: group.examples.map(({ before, line }) => ({ before, line })) }
  }

  test.each([
    ['few different cells', (i: number) => `v${i % 3}`],
    ['all different', (i: number) => `v${i}`],
    ['another one just before the last that is searched', (i: number) => (i === 999 ? 'late' : 'v')],
    ['another one just after it', (i: number) => (i === 1000 ? 'late' : 'v')],
    ['new ones among known ones', (i: number) => `v${Math.floor(Math.log2(i + 1))}`],
  ])('%s: the same examples however the rows are cut', (_, cellAt) => {
    const cells = Array.from({ length: 2500 }, (_, i) => cellAt(i))
    for (const size of [1, 3, 7, 400, 999, 1000, 1001, 2500]) {
      const tally = tallyOf()
      for (let from = 0; from < cells.length; from += size) {
        const part = batchTally()
        const group = part.group('c', 'r')
        cells.slice(from, from + size).forEach((before, i) => {
          group.cells++
          if (wantsExample(group)) show(group, { before, after: '', line: from + i, place: group.cells })
        })
        tally.add(part.told())
      }
      const [found] = tally.all()
      const examples = found?.examples.map(({ before, line }) => ({ before, line }))
      expect({ cells: found?.cells, examples }, `${size} rows each`).toEqual(inOnePass(cells))
    }
  })

  test('cells that are left are counted over all, and the first is told', () => {
    const tally = tallyOf()
    for (const line of [12, 40, 77]) {
      const part = batchTally()
      part.leave('c', 'open', line)
      part.leave('c', 'open', line + 1)
      tally.add(part.told())
    }
    expect(tally.left()).toEqual([{ column: 'c', why: 'open', cells: 6, line: 12 }])
  })
})
