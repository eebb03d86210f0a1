// Prints blobs-iroh-0.35.json: whole blobs around the sizes where a tree changes its shape, some ranges, a small collection, tickets.

import { chunks, everything, get, getBlob, lastChunk, nothing } from './lib/request.mjs'
import { BlobTicket, pattern, print, startProvider } from './lib/provider.mjs'

const { add, addCollection, ask } = await startProvider()
const vectors = []
const record = async (what, facts, request) => vectors.push({ what, ...facts, request: request.toString('hex'), ...await ask(request) })

const largest = 1048577
for (const size of [0, 1, 1023, 1024, 1025, 2048, 2049, 16383, 16384, 16385, 32768, 32769, 65537, largest]) {
  const hash = await add(pattern(size))
  await record(`blob of ${size} bytes, all`, { size, hash }, getBlob(hash, everything))
  if (size !== largest) continue
  const ranges = [
    ['chunks 100..110', chunks([100, 110])],
    ['chunk 16..17 and 500..501', chunks([16, 17], [500, 501])],
    ['last chunk (u64::MAX..)', lastChunk],
    ['chunks 3..', chunks([3])],
  ]
  for (const [what, widths] of ranges) await record(`blob of ${size} bytes, ${what}`, { size, hash }, getBlob(hash, widths))
}

const files = []
for (const [name, size] of [['one', 1], ['dir/two', 16385], ['empty', 0]]) files.push({ name, hash: await add(pattern(size)) })
const root = await addCollection(files)
const selections = [
  ['all', [[0, everything]]],
  ['hash sequence only', [[0, everything], [1, nothing]]],
  ['second child (0 is the metadata) only', [[0, nothing], [2, everything], [1, nothing]]],
  ['root and metadata', [[0, everything], [2, nothing]]],
  ['last chunk of everything', [[0, everything], [1, lastChunk]]],
]
for (const [what, items] of selections) await record(`collection of one(1), dir/two(16385), empty(0): ${what}`, { hash: root }, get(root, items))

await record('missing hash', {}, getBlob('11'.repeat(32), everything))
await record('garbage request', {}, Buffer.from('ff00ff', 'hex'))
await record('empty request', {}, Buffer.alloc(0))

const nodeId = 'ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6'
const hash = await add(pattern(1))
const tickets = [
  ['id only, raw', [], undefined, 'Raw'],
  ['v4, hash sequence', ['192.0.2.1:4433'], undefined, 'HashSeq'],
  ['v4 and v6 and relay', ['192.0.2.1:4433', '[2001:db8::1]:50000'], 'https://relay.example.com/', 'HashSeq'],
].map(([what, addresses, relayUrl, format]) => ({ what, ticket: new BlobTicket({ nodeId, addresses, relayUrl }, hash, format).toString() }))

print({ content: 'byte i = i mod 251', vectors, tickets })
