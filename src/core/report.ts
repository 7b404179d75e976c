/**
 * Answers: columns with a description. The unit of a column decides what every format needs:
 * alignment, digits, spreadsheet type, English and Chinese title.
 */

import type { Texts } from './texts.ts'

export type Unit = 'text' | 'day' | 'count' | 'money' | 'share' | 'days' | 'score' | 'number'

/** Exact money: whole minor units, `units[row] / 10 ** scale`. NaN is no value. */
export interface Money {
  readonly units: Float64Array
  /** Decimals, 0 to 6. */
  readonly scale: number
}

const CENTS = 2
const ONE = 10 ** CENTS

/** Amounts that a model gave, as money to the cent. */
export const inCents = (values: Float64Array): Money => intoCents(values.slice())

/** The same where the amounts stood. */
export function intoCents(values: Float64Array): Money {
  for (let row = 0; row < values.length; row++) values[row] = Math.round((values[row] as number) * ONE)
  return { units: values, scale: CENTS }
}

/** Numbers. No value is NaN in a Float64Array, 0 in the Uint8Array of a score. */
export type Numbers = Float64Array | Int32Array | Uint8Array

/** How the values of each unit are held. Days are day numbers, NO_DAY where there is none. */
export interface UnitValues {
  text: Texts
  day: Int32Array
  count: Float64Array | Int32Array
  money: Money
  /** A part of one: 0.25 is 25 %. */
  share: Float64Array
  /** A number of days. */
  days: Float64Array | Int32Array
  /** A small whole number from 1 up; 0 is "not scored". */
  score: Uint8Array
  number: Float64Array
}

export interface ColumnDescription<U extends Unit = Unit> {
  readonly unit: U
  readonly title: { readonly en: string; readonly zh: string }
  /** A column that a run may leave out. */
  readonly optional?: true
  /** A column whose words are of one language: documents in the other leave it out. */
  readonly language?: Language
  /** Documents leave it out unless it is named. */
  readonly detail?: true
  /** Its texts are lists (see listText): formats that know lists show them as such. */
  readonly list?: true
  /** Its texts are sentences: a terminal shows them whole, below their rows. */
  readonly prose?: true
}

const describe =
  <U extends Unit>(unit: U) =>
  (en: string, zh: string): ColumnDescription<U> => ({ unit, title: { en, zh } })

export const text = describe('text')
export const day = describe('day')
export const count = describe('count')
export const money = describe('money')
export const share = describe('share')
export const days = describe('days')
export const score = describe('score')
export const number = describe('number')

/** A column that is there only when it was asked for. */
export function optional<U extends Unit>(
  column: ColumnDescription<U>,
): ColumnDescription<U> & { readonly optional: true } {
  return { ...column, optional: true }
}

/** A column of lists, written by listText. */
export function list(column: ColumnDescription<'text'>): ColumnDescription<'text'> {
  return { ...column, list: true }
}

/** A column of sentences. */
export function prose(column: ColumnDescription<'text'>): ColumnDescription<'text'> {
  return { ...column, prose: true }
}

/** A column for those who look closer: documents leave it out. */
export function detail<U extends Unit>(column: ColumnDescription<U>): ColumnDescription<U> {
  return { ...column, detail: true }
}

/** A column whose words are of one language, beside its twin in the other. */
export function written<U extends Unit>(
  language: Language,
  column: ColumnDescription<U>,
): ColumnDescription<U> {
  return { ...column, language }
}

export type SheetDescription = Readonly<Record<string, ColumnDescription>>

type RequiredKeys<S extends SheetDescription> = {
  [K in keyof S]: S[K] extends { readonly optional: true } ? never : K
}[keyof S]

/** The columns of one sheet: every described column, the optional ones where there are any. */
export type Columns<S extends SheetDescription = SheetDescription> = {
  readonly [K in RequiredKeys<S>]: UnitValues[S[K]['unit']]
} & {
  readonly [K in Exclude<keyof S, RequiredKeys<S>>]?: UnitValues[S[K]['unit']] | undefined
}

/** Stands for a sheet that this run does not have, and says how to get it. */
export interface Absent {
  readonly absent: string
}

export const absent = (how: string): Absent => ({ absent: how })

/** One column, bound to its description: what a renderer gets. */
export type Column = {
  [U in Unit]: {
    readonly key: string
    readonly unit: U
    readonly title: { readonly en: string; readonly zh: string }
    readonly values: UnitValues[U]
    readonly list?: true
    readonly prose?: true
  }
}[Unit]

/** A sheet ready to be written: `rows` are the row numbers to show, in order; all rows where undefined. */
export interface Sheet {
  readonly name: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly columns: readonly Column[]
  /** Rows held by each column. */
  readonly length: number
  readonly rows?: Uint32Array
  /** Documents show every row, however long the answer beside it may be. */
  readonly whole?: true
  /** Rows that there are beyond those that the sheet holds. */
  readonly hidden?: number
  /** Pictures that documents show above its table. */
  readonly charts?: readonly Chart[]
  /** Documents show its pictures without the table. */
  readonly drawn?: true
  /** Show as a grid: one row per value of `down`, one column per value of `across`. */
  readonly grid?: Grid
  /** Its rows are the lines of a network. */
  readonly network?: Network
}

/** Which columns name the ends of a line, and which number makes it thick. */
export interface Network {
  readonly from: string
  readonly to: string
  readonly width: string
}

/** A picture of a sheet: some of its columns, as lines over another. */
export interface Chart {
  readonly title: { readonly en: string; readonly zh: string }
  /** The column from left to right; words stand in the order in which they come. */
  readonly across: string
  /** The columns drawn, two at most: the first in marks, the second as a line. */
  readonly up: readonly string[]
  /** Columns between which values are expected. */
  readonly band?: {
    readonly low: string
    readonly high: string
    readonly title: { readonly en: string; readonly zh: string }
  }
  /** Only the rows where a column holds a text. */
  readonly where?: { readonly column: string; readonly is: string }
  /** Draw where both axes are equal: predictions that are true lie on it. */
  readonly diagonal?: true
  /** The first column drawn, once for each value of this one. */
  readonly group?: string
  /** Points that no line joins. */
  readonly scatter?: true
}

export interface Grid {
  readonly down: string
  readonly across: string
  readonly value: string
  /** Words stand in the order in which they come, not in that of their letters. */
  readonly asTheyCome?: true
  /** A terminal shows a bar beside each number, pale below zero; how large one is whose bar has full length. */
  readonly bars?: number
}

/** What is written: the sheets in reading order (a document) or the one that was picked (data). */
export interface Report {
  readonly title: string
  readonly sheets: readonly Sheet[]
  /** What JSON holds in place of the sheets. */
  readonly json?: Json
}

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

export type Language = 'en' | 'zh'
