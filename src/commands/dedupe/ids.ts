/** The order of source ids: runs of digits count as numbers, so that C9 stands before C10. */

const PARTS = /\d+|\D+/g

/** Below zero when the first comes first. Ids that differ only in leading zeros: the shorter first. */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0
  const [own, theirs] = [one.match(PARTS) ?? [], other.match(PARTS) ?? []]
  for (let i = 0; i < Math.min(own.length, theirs.length); i++) {
    const order = compareParts(own[i] as string, theirs[i] as string)
    if (order !== 0) return order
  }
  return own.length - theirs.length || one.length - other.length || (one < other ? -1 : 1)
}

function compareParts(one: string, other: string): number {
  if (/^\d/.test(one) && /^\d/.test(other)) {
    const [own, theirs] = [one.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')]
    return own.length - theirs.length || compareTexts(own, theirs)
  }
  return compareTexts(one, other)
}

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
