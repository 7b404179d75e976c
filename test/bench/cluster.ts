/** k-means alone: ten seeds and all rows against plain ml-kmeans with one seed, each in a process of its own. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { measured } from './measured.ts'

const ROWS = 1_000_000
const K = 10
const [FASTER, MOST_ABOVE] = [6, 300]

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The table, then what `work` does with it; tells seconds and inertia in a file. */
const program = (work: string, told: string) => `
import { writeFileSync } from 'node:fs'
import { kmeans } from 'ml-kmeans'
import { clustersOf } from './src/models/cluster/kmeans.ts'
import { pointsOf, squaredDistance } from './src/models/cluster/points.ts'
import { mulberry32 } from './src/models/random.ts'
const random = mulberry32(42)
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const middles = Array.from({ length: 8 }, () => Array.from({ length: 4 }, () => 1.5 * normal()))
const columns = Array.from({ length: 4 }, () => new Float64Array(${ROWS}))
for (let row = 0; row < ${ROWS}; row++) {
  const middle = middles[Math.floor(8 * random())]
  for (let i = 0; i < 4; i++) columns[i][row] = middle[i] + normal()
}
const points = pointsOf(columns)
const rowOf = (row) => Array.from(points.values.subarray(4 * row, 4 * row + 4))
const inertiaOf = (centres, labels) => {
  let sum = 0
  for (let row = 0; row < points.rows; row++)
    sum += squaredDistance(points.values, 4 * row, Float64Array.from(centres[labels[row]]), 0, 4)
  return sum
}
const begun = performance.now()
let [seconds, inertia] = [0, 0]
${work}
writeFileSync(${JSON.stringify(told)}, JSON.stringify({ seconds, inertia }))
`

const works = {
  table: '',
  ours: `
inertia = clustersOf(points, { k: ${K}, seed: 1 }).inertia
seconds = (performance.now() - begun) / 1000`,
  plain: `
const data = Array.from({ length: points.rows }, (_, row) => rowOf(row))
const { clusters, centroids } = kmeans(data, ${K}, { seed: 1 })
seconds = (performance.now() - begun) / 1000
inertia = inertiaOf(centroids, clusters)`,
} as const

export async function clustering(folder: string, say: (line: string) => void): Promise<void> {
  const told = join(folder, 'clusters.json')
  const run = async (name: keyof typeof works) => {
    const file = join(folder, `${name}.mjs`)
    const bundled = await build({
      stdin: { contents: program(works[name], told), resolveDir: root },
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
    })
    writeFileSync(file, bundled.outputFiles[0]?.contents ?? '')
    const { peak } = await measured([file])
    return { peak, ...(JSON.parse(readFileSync(told, 'utf8')) as { seconds: number; inertia: number }) }
  }
  const [table, ours, plain] = [await run('table'), await run('ours'), await run('plain')]
  say(`k-means of ${ROWS} x 4, k = ${K}: ten seeds, against plain ml-kmeans on all rows with one`)
  say(
    `  ${ours.seconds.toFixed(2)} s / ${plain.seconds.toFixed(2)} s: x ${(plain.seconds / ours.seconds).toFixed(1)} faster (aim >= ${FASTER})`,
  )
  say(`  inertia ${(100 * (ours.inertia / plain.inertia - 1)).toFixed(3)} % from the other's (aim <= 0)`)
  say(
    `  peak ${(ours.peak - table.peak).toFixed(0)} MB above the table's ${table.peak.toFixed(0)} (aim <= ${MOST_ABOVE}); the other ${(plain.peak - table.peak).toFixed(0)} MB above`,
  )
}
