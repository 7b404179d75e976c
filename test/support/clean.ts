/** Runs `cust clean` in this process, over files in a folder of its own; and holds what it did to what it says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { perform } from '../../src/cli/perform.ts'
import { program } from '../../src/cli/program.ts'
import { commands } from '../../src/cli/registry.ts'
import { rewrite } from '../../src/cli/rewrite.ts'
import type { World } from '../../src/cli/world.ts'
import { type FakeWorld, worldOf } from '../cli/worlds.ts'

export interface Room {
  readonly folder: string
  /** Run a command in the folder; answers what was told. Throws as the program would. */
  run(...args: readonly string[]): Promise<FakeWorld>
  write(name: string, content: string | Buffer): void
  read(name: string): Buffer
  close(): void
}

/** `around`: what the world has besides, as a second thread. */
export function room(around: Partial<World> = {}): Room {
  const folder = mkdtempSync(join(tmpdir(), 'cust-test-'))
  return {
    folder,
    async run(...args) {
      const world = worldOf(args, { ...around, cwd: folder, temp: folder })
      await program(world, {
        commands,
        version: () => '0',
        perform: (asked, around) => (asked.spec.rewrites ? rewrite(asked, around) : perform(asked, around)),
      })
      return world
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => readFileSync(join(folder, name)),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The records of a plain CSV file, by a reader that is not ours. */
export function csvRecords(bytes: Buffer): string[][] {
  const { data, errors } = Papa.parse<string[]>(bytes.toString(), { delimiter: ',', newline: '\n' })
  if (errors.length > 0) throw new Error(JSON.stringify(errors[0]))
  const last = data.at(-1)
  return last?.length === 1 && last[0] === '' ? data.slice(0, -1) : data
}

export interface AuditRow {
  readonly row: number
  readonly line: number
  readonly column: string
  readonly before: string
  readonly after: string
  readonly rule: string
}

export function auditRows(bytes: Buffer): AuditRow[] {
  return csvRecords(bytes)
    .slice(1)
    .map(([row, line, column = '', before = '', after = '', rule = '']) => {
      return { row: Number(row), line: Number(line), column, before, after, rule }
    })
}

/** Clean a text and answer its cells, each row as a record by header. */
export async function cleaned(text: string | Buffer, ...flags: readonly string[]) {
  const here = room()
  try {
    here.write('in.csv', text)
    const { stderr } = await here.run('clean', 'in.csv', '-o', 'out.csv', '--audit', 'audit.csv', ...flags)
    const [headers = [], ...rows] = csvRecords(here.read('out.csv'))
    return {
      told: stderr.text,
      headers,
      rows,
      audit: auditRows(here.read('audit.csv')),
      column: (header: string) => rows.map((cells) => cells[headers.indexOf(header)]),
    }
  } finally {
    here.close()
  }
}

/**
 * Everything that must hold of one file: undo gives its bytes back, cleaning again changes nothing, and the audit
 * tells of every cell that differs from the table as it is read, and of no other.
 */
export async function holds(bytes: Buffer, name: string, flags: readonly string[] = []): Promise<string[]> {
  const here = room()
  const wrong: string[] = []
  try {
    here.write(name, bytes)
    await here.run('clean', name, '-o', 'clean.csv', '--audit', 'audit.csv', ...flags)
    await here.run('clean', 'clean.csv', '--undo', 'audit.csv', '-o', 'back.bin')
    if (!here.read('back.bin').equals(bytes)) wrong.push('undo gives other bytes')
    if (!here.read(name).equals(bytes)) wrong.push('the input was changed')
    await here
      .run('clean', 'clean.csv', '-o', 'twice.csv', ...flags)
      .catch((error) => wrong.push(`twice: ${error}`))
    if (!here.read('twice.csv').equals(here.read('clean.csv'))) wrong.push('twice is not once')
    await here.run('convert', name, '-o', 'plain.csv')
    wrong.push(...differences(here))
  } finally {
    here.close()
  }
  return wrong
}

function differences(here: Room): string[] {
  const [plain, clean] = [csvRecords(here.read('plain.csv')), csvRecords(here.read('clean.csv'))]
  const audit = auditRows(here.read('audit.csv'))
  const left = new Set(audit.filter(({ rule }) => /^(?:rejected|dropped): /.test(rule)).map(({ row }) => row))
  const headers = clean[0] ?? []
  if (plain[0]?.join('\u0000') !== headers.join('\u0000')) return ['the headers differ']
  if (plain.length !== clean.length) return [`${plain.length} rows are read, ${clean.length} written`]
  const told = new Map(
    audit.filter(({ column }) => column !== '').map((one) => [`${one.row} ${one.column}`, one]),
  )
  const wrong: string[] = []
  let row = 0
  for (let i = 1; i < plain.length; i++) {
    do row++
    while (left.has(row))
    headers.forEach((header, column) => {
      const [before, after] = [plain[i]?.[column], clean[i]?.[column]]
      const change = told.get(`${row} ${header}`)
      told.delete(`${row} ${header}`)
      const expected = change ? [change.before, change.after] : [before, before]
      if (before !== expected[0] || after !== expected[1] || (change && before === after)) {
        wrong.push(`row ${row}, ${header}: ${JSON.stringify({ before, after, change })}`)
      }
    })
  }
  for (const each of told.values()) wrong.push(`told and not there: ${JSON.stringify(each)}`)
  return wrong
}
