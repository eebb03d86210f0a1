// Prints blobs-iroh-0.35-ranges.json: many ranges of larger blobs, children of a hundred-file collection and of odd hash sequences,
// requests that no honest peer sends, and tickets with what the decoder makes of them.

import { allOnes, chunks, everything, get, getBlob, lastChunk, nothing } from './lib/request.mjs'
import { hundredFiles, rangesOf, sizes } from './lib/cases.mjs'
import { pattern, print, startProvider } from './lib/provider.mjs'
import { readTickets, writtenTickets } from './lib/tickets.mjs'

const { add, addCollection, ask } = await startProvider()
const vectors = []
const record = async (what, facts, request) => vectors.push({ what, ...facts, request: request.toString('hex'), ...await ask(request) })

for (const size of sizes) {
  const hash = await add(pattern(size))
  for (const [what, widths] of rangesOf(size)) await record(`blob of ${size} bytes, ${what}`, { size, hash }, getBlob(hash, widths))
}

const small = { size: 20000, hash: await add(pattern(20000)) }
for (const [what, widths] of [
  ['nothing selected', nothing],
  ['touching selections 1..2 and 2..3', [1, 1, 0, 1]],
  ['whole blob as 0..20', [0, 20]],
  ['end at u64::MAX', chunks([0, allOnes])],
]) await record(`blob of ${small.size} bytes, ${what}`, small, getBlob(small.hash, widths))

const files = []
for (const file of hundredFiles) files.push({ ...file, hash: await add(pattern(file.size, file.offset)) })
const hundred = { hash: await addCollection(files), collection: 'hundred' }
for (const [what, items] of [
  ['all', [[0, everything]]],
  ['hash sequence only', [[0, everything], [1, nothing]]],
  ['root and metadata', [[0, everything], [2, nothing]]],
  ['metadata only', [[0, nothing], [1, everything], [1, nothing]]],
  ['child 51 (file 50) only', [[0, nothing], [52, everything], [1, nothing]]],
  ['child 1 (the empty file) only', [[0, nothing], [2, everything], [1, nothing]]],
  ['children 10 to 12', [[0, nothing], [11, everything], [3, nothing]]],
  ['chunks 5..9 of child 51', [[0, nothing], [52, chunks([5, 9])], [1, nothing]]],
  ['open tail: all children from 90 on', [[0, nothing], [91, everything]]],
  ['first chunk of every child, not the hash sequence', [[0, nothing], [1, chunks([0, 1])]]],
  ['last chunk of every child', [[0, everything], [1, lastChunk]]],
  ['last chunk of root and of every child', [[0, lastChunk]]],
  ['resumed: part of child 51, all from 52 on', [[0, nothing], [52, chunks([100])], [1, everything]]],
  ['first hash sequence chunk, then children', [[0, chunks([0, 1])], [1, everything]]],
  ['child 200, which does not exist', [[0, nothing], [201, everything], [1, nothing]]],
]) await record(`collection of 100 files: ${what}`, hundred, get(hundred.hash, items))

const absent = '11'.repeat(32)
const sequence = async (name, hashes) => ({ hash: await add([...Buffer.from(hashes.join(''), 'hex')]), sequence: name })
const withGap = await sequence('small, absent, small', [small.hash, absent, small.hash])
const uneven = await sequence('small and 5 bytes more', [small.hash, '0102030405'])
const hollow = await sequence('no hashes', [])
await record('hash sequence whose second child is missing: all', withGap, get(withGap.hash, [[0, everything]]))
await record('hash sequence whose second child is missing: third child', withGap, get(withGap.hash, [[0, nothing], [3, everything], [1, nothing]]))
await record('hash sequence of 37 bytes: all', uneven, get(uneven.hash, [[0, everything]]))
await record('hash sequence of 37 bytes: as a blob', uneven, getBlob(uneven.hash, everything))
await record('hash sequence of 0 bytes: all', hollow, get(hollow.hash, [[0, everything]]))

const honest = getBlob(small.hash, chunks([0, 1]))
for (const [what, request] of [
  ['honest request, for comparison', honest],
  ['with 3 bytes after it', Buffer.concat([honest, Buffer.from('aabbcc', 'hex')])],
  ['cut short by 1 byte', honest.subarray(0, -1)],
  ['hash only', honest.subarray(0, 33)],
  ['type byte only', honest.subarray(0, 1)],
  ['Observe', Buffer.concat([Buffer.from([1]), honest.subarray(1)])],
  ['Push', Buffer.concat([Buffer.from([8]), honest.subarray(1)])],
  ['GetMany', Buffer.concat([Buffer.from([9]), honest.subarray(1)])],
  ['no ranges at all', get(small.hash, [])],
  ['range count without ranges', Buffer.concat([Buffer.from([0]), Buffer.from(small.hash, 'hex'), Buffer.from('ffffffff0f', 'hex')])],
]) await record(`request: ${what}`, small, request)

print({
  content: 'byte i = (i + offset) mod 251, offset 0 where none is given',
  collections: { hundred: { hash: hundred.hash, files } },
  sequences: { [withGap.sequence]: [small.hash, absent, small.hash], [uneven.sequence]: [small.hash, '0102030405'], [hollow.sequence]: [] },
  vectors,
  tickets: writtenTickets(small.hash),
  ticketTexts: readTickets(small.hash),
})
