// Requests of `/iroh-bytes/4` as iroh 0.35 reads them: a type byte, a hash, and which chunks of which blobs are wanted.

const chunkSize = 1024
export const allOnes = 18446744073709551615n

// What is wanted of one blob: widths in chunks, alternately left out and selected; the last selection is open when their number is odd.
export const everything = [0]
export const nothing = []
export const lastChunk = [allOnes]

/** Chunk ranges `[start, end)` in ascending order, numbers or bigints; a last range without an end is open. */
export function chunks(...ranges) {
  const widths = []
  let position = 0n
  for (const [start, end] of ranges) {
    widths.push(BigInt(start) - position)
    if (end === undefined) break
    widths.push(BigInt(end) - BigInt(start))
    position = BigInt(end)
  }
  return widths
}

export const chunkCount = size => Math.max(1, Math.ceil(size / chunkSize))

export function varint(value) {
  const bytes = []
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)]
    bytes.push(Number(rest & 127n) | 128)
  }
}

/** `items`: pairs of (blobs passed over since the previous pair, widths from there on); the last one holds for all further blobs. */
export function get(hash, items) {
  const spec = widths => [...varint(widths.length), ...widths.flatMap(varint)]
  const sequence = [...varint(items.length), ...items.flatMap(([skip, widths]) => [...varint(skip), ...spec(widths)])]
  return Buffer.concat([Buffer.from([0]), Buffer.from(hash, 'hex'), Buffer.from(sequence)])
}

/** A request for one blob without children. */
export const getBlob = (hash, widths) => get(hash, [[0, widths], [1, nothing]])
