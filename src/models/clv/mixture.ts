/** A likelihood that is a sum of terms, each known by its logarithm, with first and second derivatives. */

/** ln of a sum, and its derivatives by the parameters; Hessian row by row. */
export interface Mixture {
  /** Add e^value, whose logarithm has these derivatives. */
  add(value: number, gradient: ArrayLike<number>, hessian: ArrayLike<number>): void
  /** Add what has been gathered to sums, `customers` times, and begin again. */
  flush(sums: { value: number; gradient: Float64Array; hessian: Float64Array }, customers: number): void
}

/**
 * Of ln(sum of e^v): the gradient is the mean of the gradients weighted by e^v, the Hessian the mean of the Hessians
 * and the covariance of the gradients.
 */
export function mixture(size: number): Mixture {
  const [first, second] = [new Float64Array(size), new Float64Array(size * size)]
  let [top, mass] = [Number.NEGATIVE_INFINITY, 0]
  const scale = (by: number) => {
    mass *= by
    for (let i = 0; i < size; i++) first[i] = (first[i] as number) * by
    for (let i = 0; i < size * size; i++) second[i] = (second[i] as number) * by
  }
  return {
    add(value, gradient, hessian) {
      if (value === Number.NEGATIVE_INFINITY) return
      if (value > top) {
        scale(top === Number.NEGATIVE_INFINITY ? 0 : Math.exp(top - value))
        top = value
      }
      const weight = Math.exp(value - top)
      mass += weight
      for (let i = 0; i < size; i++) {
        const slope = gradient[i] as number
        first[i] = (first[i] as number) + weight * slope
        for (let j = 0; j < size; j++) {
          const at = size * i + j
          second[at] =
            (second[at] as number) + weight * ((hessian[at] as number) + slope * (gradient[j] as number))
        }
      }
    },
    flush(sums, customers) {
      sums.value += customers * (top + Math.log(mass))
      for (let i = 0; i < size; i++) {
        const slope = (first[i] as number) / mass
        sums.gradient[i] = (sums.gradient[i] as number) + customers * slope
        for (let j = 0; j < size; j++) {
          const at = size * i + j
          const curve = (second[at] as number) / mass - (slope * (first[j] as number)) / mass
          sums.hessian[at] = (sums.hessian[at] as number) + customers * curve
        }
      }
      top = Number.NEGATIVE_INFINITY
      scale(0)
    },
  }
}
