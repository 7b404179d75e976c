import type { World } from './world.ts'

/** 0 none, 1 sixteen colours, 2 two hundred and fifty-six, 3 all. */
export type ColorLevel = 0 | 1 | 2 | 3

type Env = World['env']

/** Flag first, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, then whether a person is looking. */
export function colorLevel(
  choice: 'auto' | 'always' | 'never',
  { env, stdout }: Pick<World, 'env' | 'stdout'>,
  stream: { readonly isTTY?: boolean } = stdout,
): ColorLevel {
  if (choice === 'never') return 0
  if (choice === 'always') return atLeastOne(depth(env))
  if (env['NO_COLOR']) return 0
  const forced = forcedLevel(env)
  if (forced !== undefined) return forced
  if (stream.isTTY !== true || env['CLICOLOR'] === '0') return 0
  return depth(env)
}

function forcedLevel(env: Env): ColorLevel | undefined {
  const force = env['FORCE_COLOR']
  if (force === '0' || force === 'false') return 0
  if (force === '2') return 2
  if (force === '3') return 3
  const clicolor = env['CLICOLOR_FORCE']
  const wanted = force !== undefined || (clicolor !== undefined && clicolor !== '' && clicolor !== '0')
  return wanted ? atLeastOne(depth(env)) : undefined
}

function depth(env: Env): ColorLevel {
  if (env['TERM'] === 'dumb') return 0
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 3
  return /256/.test(env['TERM'] ?? '') ? 2 : 1
}

const atLeastOne = (level: ColorLevel): ColorLevel => (level === 0 ? 1 : level)
