/** The quick way of reading met something that it cannot judge: the run begins again, the thorough way. */
export class Irregular extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'Irregular'
  }
}
