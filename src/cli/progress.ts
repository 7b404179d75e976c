import type { World } from './world.ts'

const PATIENCE_MS = 500
const REDRAW_MS = 100
const CELLS = 24
const CLEAR_LINE = '\r\x1b[K'

/**
 * A bar on stderr while something slow runs: only on a terminal, only after half a second.
 * `poll` says which share is done, 0 to 1; undefined while nobody knows. Returns what ends it.
 */
export function showProgress(
  poll: () => number | undefined,
  world: World,
  { quiet, progress }: { readonly quiet: boolean; readonly progress: boolean },
): () => void {
  const { stderr, env } = world
  if (quiet || !progress || stderr.isTTY !== true || env['TERM'] === 'dumb') return () => {}
  const started = world.now()
  let drawn = false
  const draw = () => {
    stderr.write(CLEAR_LINE + barLine(poll(), world.now() - started, stderr.columns || 80))
    drawn = true
  }
  let redraw: NodeJS.Timeout | undefined
  const wait = setTimeout(() => {
    draw()
    redraw = setInterval(draw, REDRAW_MS).unref()
  }, PATIENCE_MS).unref()
  return () => {
    clearTimeout(wait)
    clearInterval(redraw)
    if (drawn) stderr.write(CLEAR_LINE)
    drawn = false
  }
}

function barLine(share: number | undefined, elapsed: number, columns: number): string {
  const seconds = `${Math.floor(elapsed / 1000)} s`
  const line = share === undefined ? `working  ${seconds}` : `${bar(share)}  ${percent(share)}  ${seconds}`
  return line.slice(0, Math.max(0, columns - 1))
}

function bar(share: number): string {
  const full = Math.round(within(share) * CELLS)
  return `[${'#'.repeat(full)}${'-'.repeat(CELLS - full)}]`
}

const percent = (share: number): string => `${String(Math.floor(within(share) * 100)).padStart(3)}%`

const within = (share: number): number => Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share))
