/** The 9,835 till receipts whose itemsets and rules other programs have counted. */
import { readFileSync } from 'node:fs'
import { type Baskets, gather } from '../../../src/models/itemsets/baskets.ts'
import { sharedData } from '../../support/shared.ts'

export interface Groceries {
  readonly baskets: Baskets
  readonly names: readonly string[]
}

const rowsOf = (file: string): string[][] =>
  readFileSync(`${sharedData}${file}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))

/** By the letters of the names, or as `named` calls and `ordered` orders them. */
export function groceries(named: (item: string) => string = (item) => item): Groceries {
  const rows = rowsOf('groceries.csv')
  const names = [...new Set(rows.map(([, item]) => named(item as string)))].sort()
  const code = new Map(names.map((name, i) => [name, i]))
  const lines = {
    basket: Int32Array.from(rows, ([basket]) => Number(basket) - 1),
    item: Int32Array.from(rows, ([, item]) => code.get(named(item as string)) as number),
  }
  return { baskets: gather(lines, 9835, names.length).baskets, names }
}

/** The group of level 2 that each item belongs to. */
export const groupsOfItems = (): ReadonlyMap<string, string> =>
  new Map(rowsOf('groceries-hierarchy.csv').map(([item, group]) => [item as string, group as string]))
