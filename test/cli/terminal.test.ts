import { expect, test, vi } from 'vitest'
import { colorLevel } from '../../src/cli/colors.ts'
import { showProgress } from '../../src/cli/progress.ts'
import { memory, worldOf } from './worlds.ts'

test.each([
  ['auto', {}, false, 0],
  ['auto', {}, true, 1],
  ['auto', { TERM: 'xterm-256color' }, true, 2],
  ['auto', { COLORTERM: 'truecolor' }, true, 3],
  ['auto', { TERM: 'dumb' }, true, 0],
  ['auto', { NO_COLOR: '1' }, true, 0],
  ['auto', { NO_COLOR: '' }, true, 1],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '3' }, true, 0],
  ['auto', { CLICOLOR: '0' }, true, 0],
  ['auto', { CLICOLOR: '1' }, false, 0],
  ['auto', { CLICOLOR_FORCE: '1' }, false, 1],
  ['auto', { CLICOLOR_FORCE: '0' }, false, 0],
  ['auto', { CLICOLOR: '0', CLICOLOR_FORCE: '1' }, true, 1],
  ['auto', { FORCE_COLOR: '1', TERM: 'dumb' }, false, 1],
  ['auto', { FORCE_COLOR: '3' }, false, 3],
  ['auto', { FORCE_COLOR: '0' }, true, 0],
  ['always', { NO_COLOR: '1' }, false, 1],
  ['always', { TERM: 'dumb' }, false, 1],
  ['always', { COLORTERM: '24bit' }, false, 3],
  ['never', { FORCE_COLOR: '3' }, true, 0],
] as const)('--color %s with %j on a terminal: %s is level %s', (choice, env, isTTY, level) => {
  expect(colorLevel(choice, worldOf([], { env, stdout: Object.assign(memory(), { isTTY }) }))).toBe(level)
})

const usual = { quiet: false, progress: true }

function progressWorld(isTTY: boolean, env = {}) {
  return worldOf([], { env, stderr: Object.assign(memory(), { isTTY, columns: 80 }) })
}

test('a bar after half a second, on a terminal, gone at the end', () => {
  vi.useFakeTimers()
  try {
    const world = progressWorld(true)
    let share: number | undefined
    const end = showProgress(() => share, world, usual)
    vi.advanceTimersByTime(499)
    expect(world.stderr.text).toBe('')
    vi.advanceTimersByTime(2)
    expect(world.stderr.text).toContain('working')
    share = 0.5
    vi.advanceTimersByTime(100)
    expect(world.stderr.text).toContain('[############------------]   50%')
    end()
    expect(world.stderr.text.endsWith('\r\x1b[K')).toBe(true)
    const said = world.stderr.text
    vi.advanceTimersByTime(1000)
    end()
    expect(world.stderr.text).toBe(said)
  } finally {
    vi.useRealTimers()
  }
})

test.each([
  ['no terminal', progressWorld(false), usual],
  ['--quiet', progressWorld(true), { quiet: true, progress: true }],
  ['--no-progress', progressWorld(true), { quiet: false, progress: false }],
  ['a dumb terminal', progressWorld(true, { TERM: 'dumb' }), usual],
])('silent with %s', (_, world, wanted) => {
  vi.useFakeTimers()
  try {
    const end = showProgress(() => 0.5, world, wanted)
    vi.advanceTimersByTime(5000)
    end()
    expect(world.stderr.text).toBe('')
  } finally {
    vi.useRealTimers()
  }
})
