// iroh-receive.mjs STORE TICKET FOLDER: downloads what the ticket names, copies it out of the store into the folder as `sendme` does, and ends.

import { iroh, report, startNode, timed } from './iroh.mjs'

const [store, text, folder] = process.argv.slice(2)
const node = await startNode(store)
const ticket = iroh.BlobTicket.fromString(text)
const download = await timed(onProgress => node.blobs.download(ticket.hash, ticket.asDownloadOptions(), onProgress))
await report({ type: 'downloaded', milliseconds: download.milliseconds })

const begin = performance.now()
await node.blobs.export(ticket.hash, folder, 'Collection', 'Copy')
await report({ type: 'exported', milliseconds: performance.now() - begin })
await report({ type: 'completed' })
process.exit(0)
