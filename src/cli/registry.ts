/** Every command: its description, loaded now, and its work, loaded when asked. One line each. */
import churn from '../commands/churn/index.ts'
import clean from '../commands/clean/index.ts'
import cluster from '../commands/cluster/index.ts'
import clv from '../commands/clv/index.ts'
import convert from '../commands/convert/index.ts'
import dedupe from '../commands/dedupe/index.ts'
import describe from '../commands/describe/index.ts'
import inspect from '../commands/inspect/index.ts'
import rfm from '../commands/rfm/index.ts'
import rules from '../commands/rules/index.ts'
import sequences from '../commands/sequences/index.ts'
import trend from '../commands/trend/index.ts'
import validate from '../commands/validate/index.ts'
import type { Commands } from './asked.ts'

export const commands: Commands = {
  rfm: { spec: rfm, run: () => import('../commands/rfm/run.ts') },
  clv: {
    spec: clv,
    run: () => import('../commands/clv/run.ts'),
    help: () => import('../commands/clv/helper.ts'),
  },
  churn: { spec: churn, run: () => import('../commands/churn/run.ts') },
  cluster: { spec: cluster, run: () => import('../commands/cluster/run.ts') },
  rules: { spec: rules, run: () => import('../commands/rules/run.ts') },
  sequences: { spec: sequences, run: () => import('../commands/sequences/run.ts') },
  trend: { spec: trend, run: () => import('../commands/trend/run.ts') },
  describe: { spec: describe, run: () => import('../commands/describe/run.ts') },
  inspect: { spec: inspect, run: () => import('../commands/inspect/run.ts') },
  clean: {
    spec: clean,
    run: () => import('../commands/clean/run.ts'),
    rows: () => import('../commands/clean/helper.ts'),
  },
  dedupe: {
    spec: dedupe,
    run: () => import('../commands/dedupe/run.ts'),
    help: () => import('../commands/dedupe/helper.ts'),
  },
  validate: { spec: validate, run: () => import('../commands/validate/run.ts') },
  convert: { spec: convert, run: () => import('../commands/convert/run.ts') },
}
