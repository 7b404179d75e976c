#!/usr/bin/env node
// Old syntax only: an old Node must be able to read this file to say that it is too old.
var node = process.versions.node
if (Number(node.split('.')[0]) < 20) {
  console.error('cust: Node 20 or newer is needed; this is Node', node)
  process.exit(2)
}

if (process.env.CUST_DEBUG) process.setSourceMapsEnabled(true)

import('../dist/main.js').then(
  (program) => program.main(process),
  (error) => {
    var missing = error.code === 'ERR_MODULE_NOT_FOUND' && /dist.main\.js/.test(error.message)
    console.error('cust:', missing ? 'it is not built yet\n  build it: npm run build' : error.stack)
    process.exitCode = 1
  },
)
