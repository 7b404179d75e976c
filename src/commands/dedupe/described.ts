/** Columns as the spec describes them, for a file of their own. */
import type { AnyColumns, Free } from '../../core/command.ts'
import type { SheetDescription, Column as Written } from '../../core/report.ts'
import spec from './index.ts'

export function described(sheet: keyof typeof spec.gives, columns: AnyColumns): Free {
  const free = Object.entries(spec.gives[sheet] as SheetDescription).flatMap(([key, { unit, title }]) =>
    columns[key] === undefined ? [] : [{ key, unit, title, values: columns[key] } as Written],
  )
  return { free }
}
