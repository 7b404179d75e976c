/** How many of many tests may be believed. */

/**
 * Q values of Benjamini and Hochberg (1995): the smallest false discovery rate at which each test is among those
 * believed. `p` are the tests, in any order; the answer is in the same one. Of `tests` made, those that are not here had
 * a p value of 1.
 */
export function falseDiscoveryRates(p: Float64Array, tests = p.length): Float64Array {
  const order = Uint32Array.from(p, (_, test) => test)
  order.sort((one, other) => (p[one] as number) - (p[other] as number))
  const q = new Float64Array(tests)
  let smallest = 1
  for (let rank = p.length; rank > 0; rank--) {
    const test = order[rank - 1] as number
    smallest = Math.min(smallest, ((p[test] as number) * tests) / rank)
    q[test] = smallest
  }
  return q
}

/**
 * P values of tests that a search came upon, for all that it could have: a test stands for the whole of its layer,
 * `possible[layer[test]]` of them, and the layers share the level evenly (Webb 2008, Layered critical values). At
 * most one: the chance that anything in the layer comes out as extreme, times the number of layers.
 */
export function searchedP(p: Float64Array, layer: Uint8Array, possible: readonly number[]): Float64Array {
  const layers = possible.filter((count) => count > 0).length
  return p.map((each, test) => Math.min(1, each * layers * (possible[layer[test] as number] as number)))
}
