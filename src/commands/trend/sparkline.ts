/** A series in a line of letters. */
const BARS = '▁▂▃▄▅▆▇█'
const NONE = '·'
const MOST = 36

/** The last values, from the least to the greatest of them; equal ones are in the middle. */
export function sparkline(values: Float64Array): string {
  const shown = [...values.slice(-MOST)]
  const known = shown.filter((value) => !Number.isNaN(value))
  const [least, greatest] = [Math.min(...known), Math.max(...known)]
  return shown
    .map((value) => {
      if (Number.isNaN(value)) return NONE
      const share = greatest > least ? (value - least) / (greatest - least) : 0.5
      return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))]
    })
    .join('')
}
