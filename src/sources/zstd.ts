/** Zstandard without a native module; the only file that knows fzstd. */

/** Unpack a stream of zstd frames. */
export async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const { Decompress } = await import('fzstd')
  let ready: Buffer[] = []
  const frames = new Decompress((data) => {
    // fzstd reuses its window, so what it hands out must be copied.
    if (data.length > 0) ready.push(Buffer.from(data))
  })
  for await (const chunk of source) {
    frames.push(chunk)
    yield* ready
    ready = []
  }
  frames.push(new Uint8Array(0), true)
  yield* ready
}
