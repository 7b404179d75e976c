/** Where the answer goes: files and stdout, opened before the work, written after it, whole or not at all. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Writable } from 'node:stream'
import type { AnyAnswer, Free, Rows } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import type { RejectLook } from '../core/look.ts'
import type { Report, Sheet } from '../core/report.ts'
import type { Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import type { BatchFormat } from '../render/batches.ts'
import { type Format, render, type Style } from '../render/format.ts'
import type { Opened } from '../sources/open.ts'
import type { Asked } from './asked.ts'
import { rejectsReport } from './badRows.ts'
import { colorLevel } from './colors.ts'
import { cellsOf, isWrittenInParts, MANY_CELLS, renderAbreast, WRITES_ROWS } from './renderAbreast.ts'
import { documentRowsOf, lengthOf, reportOf, rowsOf, type Target } from './report.ts'
import { renderRows, rowsQuery } from './rows.ts'
import { commitTogether, endOf, fileOf, openSink, reserve, type Sink } from './sink.ts'
import type { World } from './world.ts'

export interface Outputs {
  /** A path for Parquet, a sink for all else. */
  readonly main: Sink | ReturnType<typeof reserve>
  /** Files named by options of the command, by option. */
  readonly saves: ReadonlyMap<string, Sink>
  /** Rows that cannot be read, where --rejects names a file. */
  readonly rejects: Sink | undefined
}

/** Open every output before the work: a target that cannot be written is told at once. */
export function openOutputs(
  { spec, options, reading }: Asked,
  { format, output }: Target,
  world: World,
): Outputs {
  const main = format === 'parquet' ? reserve(output, world) : openSink(output, world)
  const saves = new Map(
    savedPaths({ spec, options }).map(([key, path]) => [key, openSink(path, world)] as const),
  )
  const rejects = reading.rejects === undefined ? undefined : openSink(reading.rejects, world)
  return { main, saves, rejects }
}

/** The files named by options of the command, by option. */
function savedPaths({ spec, options }: Pick<Asked, 'spec' | 'options'>): (readonly [string, string])[] {
  const named = Object.keys(spec.options).filter(
    (key) => spec.options[key]?.saves && options[key] !== undefined,
  )
  return named.map((key) => [key, options[key] as string])
}

/** No output may take the place of another, or of a file that is read: its content would be lost, or mixed with others. */
export function checkApart({ files }: Pick<Opened, 'files'>, asked: Asked, world: World): void {
  const read = [...files.map(({ path }) => path), ...openedPaths(asked)]
  const taken = new Map<string | Writable | undefined, string>(
    read.map((path) => [realPath(path, world), `${path} is read by this run`]),
  )
  const { writing, reading } = asked
  const others = [
    ...(reading.rejects === undefined ? [] : [reading.rejects]),
    ...savedPaths(asked).map(([, path]) => path),
  ]
  for (const output of [writing.output ?? '-', ...others]) {
    const end = endOf(output, world)
    if (end === undefined) continue
    const why = taken.get(end)
    if (why !== undefined) {
      throw new CustError('usage', `cannot write ${output}: ${why}`, 'write to another file')
    }
    taken.set(end, 'this run writes something else to it')
  }
}

/** The tables named by options of the command. */
function openedPaths({ spec, options }: Asked): string[] {
  return Object.entries(spec.options).flatMap(([key, { opens }]) => {
    const value = options[key] as undefined | string | readonly string[]
    return opens === 'table' && value !== undefined ? value : []
  })
}

function realPath(path: string, { cwd }: World): string | undefined {
  try {
    return realpathSync(resolve(cwd, path))
  } catch {
    return undefined
  }
}

export const outputsOf = ({ main, saves, rejects }: Outputs) => [
  ...saves.values(),
  ...(rejects ? [rejects] : []),
  main,
]

// Writing ------------------------------------------------------------------------------------------------

export async function write(
  answer: AnyAnswer,
  asked: Asked,
  target: Target,
  outputs: Outputs,
  { engine, world, threads }: Writing,
): Promise<void> {
  const { main } = outputs
  const rows = rowsOf(answer, target)
  const report = rows ? undefined : reportOf(answer, target, `cust ${asked.command}`)
  // The reader of a stream may go away before its end, and has what it asked to be saved all the same.
  const streams = !('path' in main) && fileOf(target.output, world) === undefined
  const saves = [...outputs.saves.values()]
  if (streams) {
    await save(answer, outputs, target, { engine, world })
    await commitTogether(saves)
  }
  if (rows) await writeRows(rows, target, main, { engine, world })
  if (report) await writeReport(report, target, main, { engine, world, threads })
  if (!streams) await save(answer, outputs, target, { engine, world })
  await (streams ? main.commit() : commitTogether([...saves, main]))
}

/** All are written before the first appears. */
async function save(
  { saves: given }: AnyAnswer,
  { saves }: Outputs,
  target: Target,
  { engine, world }: Writing,
): Promise<void> {
  for (const [option, sink] of saves) {
    const content = given?.[option] ?? ''
    if (typeof content === 'string') await sink.write(content)
    else if (typeof content === 'function') await saveColumns(content(), sink, target, world)
    else if ('free' in content) await saveColumns(content, sink, target, world)
    else await saveRows(content, sink, target, { engine, world })
  }
}

/** Rows in a file beside the answer: csv, every column, whatever is asked of the answer. */
async function saveRows(
  { table }: Rows,
  sink: Sink,
  target: Target,
  { engine, world }: Writing,
): Promise<void> {
  const all = { ...target, format: 'csv' as const, columns: [], sort: [], limit: undefined }
  const style = { ...styleOf({ ...all, output: '' }, world), documentRows: undefined }
  const title = { en: 'rows', zh: 'rows' }
  for await (const chunk of renderRows('csv', { engine, table, target: all, style, title }))
    await sink.write(chunk)
}

async function saveColumns({ free }: Free, sink: Sink, target: Target, world: World): Promise<void> {
  const style = { ...styleOf({ ...target, output: '' }, world), documentRows: undefined }
  const title = { en: 'rows', zh: 'rows' }
  const sheet: Sheet = { name: 'rows', title, columns: free, length: lengthOf(free) }
  for await (const chunk of render('csv', { title: '', sheets: [sheet] }, style)) await sink.write(chunk)
}

type Main = Outputs['main']
interface Writing {
  readonly engine: Engine
  readonly world: World
  /** Undefined: as many as there are. */
  readonly threads?: number | undefined
}

export async function writeReport(
  { report, documentRows }: ReturnType<typeof reportOf>,
  target: Target,
  main: Main,
  { engine, world, threads }: Omit<Writing, 'engine'> & { readonly engine: Pick<Engine, 'writeParquet'> },
): Promise<void> {
  if ('path' in main) {
    const [sheet] = report.sheets
    if (sheet) await engine.writeParquet(sheet, main.path)
    return
  }
  const style = { ...styleOf(target, world), documentRows }
  const helper = threads === 1 || !isLarge(report, target) ? undefined : await world.helper?.(WRITES_ROWS)
  try {
    const chunks = helper
      ? renderAbreast(
          { sheet: report.sheets[0] as Sheet, format: target.format as BatchFormat, style },
          helper,
        )
      : render(target.format as Format, report, style)
    for await (const chunk of chunks) await main.write(chunk)
  } finally {
    helper?.end()
  }
}

const isLarge = ({ sheets: [sheet] }: Report, { format }: Target): boolean =>
  sheet !== undefined && isWrittenInParts(format) && cellsOf(sheet) >= MANY_CELLS

export async function writeRows(
  { table, title }: { readonly table: Table; readonly title: Sheet['title'] },
  target: Target,
  main: Main,
  { engine, world }: Writing,
): Promise<void> {
  if ('path' in main) return engine.copyParquet(rowsQuery(table, target), main.path)
  const style = { ...styleOf(target, world), documentRows: documentRowsOf(target) }
  const chunks = renderRows(target.format as Format, { engine, table, target, style, title })
  for await (const chunk of chunks) await main.write(chunk)
}

export function styleOf(target: Target, world: World): Omit<Style, 'documentRows'> {
  const { lang: language, bom, excelSafe } = target
  const onScreen = target.output === undefined
  const color = onScreen || target.color === 'always' ? colorLevel(target.color, world) : 0
  // Some terminals say that they have no columns.
  const width = onScreen && world.stdout.isTTY === true ? world.stdout.columns || 80 : undefined
  return { language, color, width, bom, excelSafe }
}

/** The rows that cannot be read, as they are written, with their places. */
export async function writeRejects(all: readonly RejectLook[], sink: Sink): Promise<void> {
  const style = { language: 'en', color: 0, width: undefined, bom: false, excelSafe: false } as const
  for await (const chunk of render('csv', rejectsReport(all), { ...style, documentRows: undefined })) {
    await sink.write(chunk)
  }
}
