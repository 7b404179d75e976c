/** The walls of the house: who may import whom, which packages a room may use, and that there is no cycle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/cli/registry.ts'

const src = fileURLToPath(new URL('../src/', import.meta.url))

interface Room {
  readonly rooms: readonly string[]
  readonly packages: readonly string[]
  /** Built-in modules; sources and cli may touch files, models may not. */
  readonly node: boolean
}

/** The map in the README, as rules. */
const house: Readonly<Record<string, Room>> = {
  core: { rooms: [], packages: [], node: false },
  fields: {
    rooms: ['core'],
    packages: ['libphonenumber-js', 'opencc-js', 'pinyin-pro'],
    node: false,
  },
  models: {
    rooms: ['core'],
    packages: [
      'simple-statistics',
      'ml-kmeans',
      '@bsull/augurs',
      '@bsull/augurs-prophet-wasmstan',
      '@bytecodealliance/preview2-shim',
      'arima',
    ],
    node: false,
  },
  engines: { rooms: ['core'], packages: ['@duckdb/node-api'], node: true },
  sources: {
    rooms: ['core', 'fields', 'engines'],
    packages: ['fzstd', 'tinyglobby', 'htmlparser2', 'iconv-lite', 'yaml'],
    node: true,
  },
  commands: { rooms: ['core', 'fields', 'models'], packages: [], node: false },
  render: {
    rooms: ['core'],
    packages: ['cli-table3', 'chalk', 'papaparse', 'string-width', 'write-excel-file', 'd3-scale'],
    node: true,
  },
  cli: { rooms: ['core', 'sources', 'engines', 'render', 'commands'], packages: ['commander'], node: true },
  'main.ts': { rooms: ['core', 'cli'], packages: [], node: true },
  'helper.ts': { rooms: ['cli'], packages: [], node: false },
}

/** The package cannot find its own machine code under Node, so the file that imports it reads it. */
const excepted = ['models/forecast/augurs.ts']

interface Import {
  readonly from: string
  readonly to: string
  readonly lazy: boolean
  readonly typeOnly: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const imports: readonly Import[] = files.flatMap((from) => {
  const text = withoutComments(textOf(from))
  const fixed = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm)]
  const bare = [...text.matchAll(/^import\s+'([^']+)'/gm)]
  const lazy = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  return [
    ...fixed.map(([, type, to]) => ({ from, to: to as string, lazy: false, typeOnly: type !== undefined })),
    ...bare.map(([, to]) => ({ from, to: to as string, lazy: false, typeOnly: false })),
    ...lazy.map(([, to]) => ({ from, to: to as string, lazy: true, typeOnly: false })),
  ]
})

const roomOf = (file: string): string => file.split('/')[0] as string
const target = ({ from, to }: Import): string => relative(src, join(src, dirname(from), to))
const isOurs = ({ to }: Import): boolean => to.startsWith('.')
const packageOf = (to: string): string =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
const outside = imports.filter((one) => !isOurs(one))
const packages = outside.filter(({ to }) => !to.startsWith('node:'))

describe('the walls', () => {
  test('every file lies in a room of the map', () => {
    expect(files.filter((file) => !house[roomOf(file)])).toEqual([])
  })

  test('a room imports only the rooms below it', () => {
    const broken = imports
      .filter(isOurs)
      .filter((one) => {
        const [from, to] = [roomOf(one.from), roomOf(target(one))]
        return from !== to && !house[from]?.rooms.includes(to)
      })
      .map((one) => `${one.from} imports ${target(one)}`)
    expect(broken).toEqual([])
  })

  test('a command looks into no other command', () => {
    const broken = imports
      .filter(isOurs)
      .filter(({ from }) => roomOf(from) === 'commands')
      .filter(
        (one) => roomOf(target(one)) === 'commands' && target(one).split('/')[1] !== one.from.split('/')[1],
      )
    expect(broken).toEqual([])
  })

  test('the cli knows specs, and loads runs only when asked', () => {
    const reached = imports.filter(
      (one) => isOurs(one) && roomOf(one.from) === 'cli' && roomOf(target(one)) === 'commands',
    )
    const wrong = reached.filter((one) =>
      one.lazy ? !/\/(?:run|helper)\.ts$/.test(target(one)) : !target(one).endsWith('/index.ts'),
    )
    expect(wrong.map((one) => `${one.from} imports ${target(one)}`)).toEqual([])
    expect(reached.filter(({ lazy }) => lazy).length).toBeGreaterThan(0)
  })

  test('a package is used in the rooms that the map gives it', () => {
    const broken = packages
      .filter(({ from, to }) => !house[roomOf(from)]?.packages.includes(packageOf(to)))
      .map(({ from, to }) => `${from} imports ${to}`)
    expect(broken).toEqual([])
  })

  test('a package is imported behind one file of a room', () => {
    const homes = new Map<string, Set<string>>()
    for (const { from, to } of packages) {
      const key = `${packageOf(to)} in ${roomOf(from)}`
      homes.set(key, (homes.get(key) ?? new Set()).add(from))
    }
    expect(
      [...homes].filter(([, from]) => from.size > 1).map(([key, from]) => `${key}: ${[...from].join(', ')}`),
    ).toEqual([])
  })

  test('rooms that know no machine import nothing of it', () => {
    const broken = outside.filter(
      ({ from, to }) => to.startsWith('node:') && !house[roomOf(from)]?.node && !excepted.includes(from),
    )
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  test('only main.ts touches the process, the clock and chance', () => {
    const broken = files
      .filter((file) => file !== 'main.ts')
      .filter((file) =>
        /\bprocess\.|\bDate\.now\(|\bMath\.random\(|new Date\(\)/.test(withoutComments(textOf(file))),
      )
    expect(broken).toEqual([])
  })

  test('descriptions of commands load no package', () => {
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const one of imports.filter(({ from, typeOnly, lazy }) => from === file && !typeOnly && !lazy)) {
        if (!isOurs(one)) throw new Error(`${file} imports ${one.to}`)
        visit(target(one))
      }
    }
    for (const command of Object.keys(commands)) visit(`commands/${command}/index.ts`)
    expect(seen.size).toBeGreaterThan(1)
  })
})

describe('no import cycle', () => {
  test('over value imports', () => {
    const graph = new Map(files.map((file) => [file, [] as string[]]))
    for (const one of imports)
      if (isOurs(one) && !one.typeOnly && !one.lazy) graph.get(one.from)?.push(target(one))
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (done.has(file) || path.includes(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})

describe('commands', () => {
  test('one folder each, with a description and a run, all in the registry', () => {
    const folders = readdirSync(join(src, 'commands'))
    expect(folders.sort()).toEqual(Object.keys(commands).sort())
    for (const folder of folders) {
      expect(existsSync(join(src, 'commands', folder, 'index.ts'))).toBe(true)
      expect(existsSync(join(src, 'commands', folder, 'run.ts'))).toBe(true)
    }
  })
})

describe('the packages of package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(src, '../package.json'), 'utf8'),
  ) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
  }

  test('each does work, none is missing', () => {
    expect([...new Set(packages.map(({ to }) => packageOf(to)))].sort()).toEqual(
      Object.keys(dependencies).sort(),
    )
  })

  test('versions are exact', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    )
    expect(loose).toEqual([])
  })
})
