/** Small reports for the tests of the renderers. */
import type { Column, Report, Sheet, Unit, UnitValues } from '../../src/core/report.ts'
import { type Format, render, type Style } from '../../src/render/format.ts'

export const plainStyle: Style = {
  language: 'en',
  color: 0,
  width: undefined,
  bom: false,
  excelSafe: false,
  documentRows: undefined,
}

export function column<U extends Unit>(key: string, unit: U, values: UnitValues[U], zh = key): Column {
  return { key, unit, title: { en: key, zh }, values } as Column
}

export function sheet(
  columns: readonly Column[],
  length: number,
  more: Partial<Pick<Sheet, 'name' | 'rows' | 'grid' | 'charts' | 'drawn'>> = {},
): Sheet {
  const { name = 'answer', ...others } = more
  return { name, title: { en: `The ${name}`, zh: `${name}表` }, columns, length, ...others }
}

export const report = (...sheets: Sheet[]): Report => ({ title: 'A report', sheets })

export const texts = (...values: (string | null)[]): Sheet =>
  sheet(
    [
      column('id', 'text', values),
      column(
        'n',
        'count',
        Int32Array.from(values, (_, i) => i),
      ),
    ],
    values.length,
  )

export async function chunksOf(
  format: Format,
  of: Report,
  style: Partial<Style> = {},
): Promise<(string | Uint8Array)[]> {
  const chunks: (string | Uint8Array)[] = []
  for await (const chunk of render(format, of, { ...plainStyle, ...style }))
    chunks.push(typeof chunk === 'string' ? chunk : chunk.slice())
  return chunks
}

export async function bytesOf(format: Format, of: Report, style: Partial<Style> = {}): Promise<Buffer> {
  return Buffer.concat((await chunksOf(format, of, style)).map((chunk) => Buffer.from(chunk as string)))
}

export async function textOf(format: Format, of: Report, style: Partial<Style> = {}): Promise<string> {
  return (await bytesOf(format, of, style)).toString('utf8')
}
