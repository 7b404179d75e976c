/**
 * Bundles the program into dist/: one small entry, and chunks that are loaded when they are needed.
 * Packages are bundled, because reading many small files is most of a start; only the database itself and
 * the forecasting packages, which are machine code, stay in node_modules.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const { build } = await import('esbuild').catch(withoutBuilder)
const root = fileURLToPath(new URL('..', import.meta.url))

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/helper.ts'],
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  external: ['@duckdb/node-bindings*', '@bsull/augurs*', '@bytecodealliance/preview2-shim', 'arima'],
  // Packages in CommonJS call require, which modules do not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
})

// Parts of earlier builds go last: a failed build leaves the old program, and a running one its parts.
const fresh = new Set(Object.keys(metafile.outputs))
for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name)
  if (entry.isFile() && !fresh.has(relative(root, path).replaceAll('\\', '/'))) rmSync(path)
}

/** `npm ci --omit=dev` runs this too, and must not fail where dist/ came along. */
function withoutBuilder() {
  console.error('cust: esbuild is not installed (--omit=dev?), so dist/ stays as it is')
  process.exit(process.env.npm_lifecycle_event === 'prepare' ? 0 : 1)
}
