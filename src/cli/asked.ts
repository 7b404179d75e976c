import type { AnyAnswer, Input, Spec } from '../core/command.ts'
import type { Help } from '../core/helper.ts'
import type { RewriteInput, RowHelp } from '../core/rewrite.ts'
import type { ColumnFlags, Reading, Running, Writing } from './flags.ts'

/** The half of a command that is loaded only to run. A method, so that each run may name its own options. */
export interface Loaded {
  run(input: Input | RewriteInput, options: Readonly<Record<string, unknown>>): Promise<AnyAnswer>
}

/** A command as the registry holds it. */
export interface Entry {
  readonly spec: Spec
  readonly run: () => Promise<Loaded>
  /** What its second thread does, where it has one. */
  readonly help?: () => Promise<{ readonly help: Help }>
  /** What its second thread does with rows, where it rewrites them. */
  readonly rows?: () => Promise<{ readonly rowHelp: RowHelp }>
}

export type Commands = Readonly<Record<string, Entry>>

/** What was asked for, by flags, environment and configuration: parsed, checked, defaults filled in. */
export interface Asked {
  readonly command: string
  readonly spec: Spec
  readonly load: () => Promise<Loaded['run']>
  /** At least one; `-` is stdin. */
  readonly paths: readonly string[]
  /** The command's own options. Those with `opens` hold a path that is not read yet. */
  readonly options: Readonly<Record<string, unknown>>
  /** The role flags that were given. */
  readonly columns: ColumnFlags
  readonly reading: Reading
  readonly writing: Writing
  readonly running: Running
}

export type { ColumnFlags, Reading, Running, SortKey, Writing } from './flags.ts'
