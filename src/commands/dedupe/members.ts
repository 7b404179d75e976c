/** The rows of each cluster, and what a field of it comes to. */

/** Rows of cluster `i` are `rows[starts[i]]` up to `rows[starts[i + 1]]`. */
export interface Members {
  readonly starts: Uint32Array
  readonly rows: Int32Array
}

/** The rows of each cluster, in the order of the file; of all rows, or only of those given. */
export function membersOf(clusters: Int32Array | Uint32Array, count: number, some?: Int32Array): Members {
  const starts = new Uint32Array(count + 1)
  const size = some?.length ?? clusters.length
  const rowAt = (i: number): number => (some ? (some[i] as number) : i)
  for (let i = 0; i < size; i++) {
    const after = (clusters[rowAt(i)] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const rows = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const cluster = clusters[rowAt(i)] as number
    const at = next[cluster] as number
    rows[at] = rowAt(i)
    next[cluster] = at + 1
  }
  return { starts, rows }
}

export interface GoldenField {
  readonly header: string
  /** By cluster: the number of the value, -1 where no row has one. */
  readonly codes: Int32Array
  /** By cluster: the row that the value comes from. */
  readonly from: Int32Array
  readonly words: readonly string[]
}
