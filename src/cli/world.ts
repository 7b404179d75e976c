import type { Readable, Writable } from 'node:stream'
import type { Helper } from '../core/helper.ts'

/** All that the program knows of the process and the machine; only main.ts makes one. */
export interface World {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  /** Milliseconds since 1970. */
  now(): number
  /** The system's folder for temporary files. */
  readonly temp: string
  readonly home: string
  /** Start a second thread for a command; undefined where there is no use in one. */
  helper?(command: string): Promise<Helper | undefined>
  /** Aborted at Ctrl-C or when the reader of stdout went away. */
  readonly stop: AbortSignal
}
