// iroh-send.mjs STORE PATH: imports a file or folder in place, prints a ticket, and serves it until it is killed or stdin ends.

import { iroh, report, startNode, timed } from './iroh.mjs'

const [store, path] = process.argv.slice(2)
const node = await startNode(store)
const inPlace = true
const { last, milliseconds } = await timed(onProgress =>
  node.blobs.addFromPath(path, inPlace, iroh.SetTagOption.auto(), { wrap: true }, onProgress))
await report({ type: 'imported', milliseconds })

const ticket = await node.blobs.share(last.hash, last.format, 'Addresses')
await report({ type: 'ticket', ticket: ticket.toString() })
process.stdin.on('end', () => process.exit(0)).resume()
