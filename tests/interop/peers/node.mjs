// Real iroh 0.35 nodes with blobs, as `sendme` has one: they share files and folders, and download by ticket.

import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { answerLines } from './answer-lines.mjs'

const iroh = createRequire(process.env.PEERS + '/')('iroh035')
const options = { nodeDiscovery: 'None', ipv4Addr: '127.0.0.1:0' }
const nodes = []

/** Runs an operation that reports by callback; resolves with its last event. */
const last = start => new Promise((resolve, reject) => {
  const onProgress = (fault, event) => {
    if (fault ?? event.abort) reject(fault ?? new Error(event.abort.error))
    else if (event.allDone) resolve(event.allDone)
  }
  start(onProgress).catch(reject)
})

async function download(node, ticket, path) {
  const { bytesRead } = await last(onProgress => node.blobs.download(ticket.hash, ticket.asDownloadOptions(), onProgress))
  const format = ticket.format === 'Raw' ? 'Blob' : 'Collection'
  await node.blobs.export(ticket.hash, path, format, 'TryReference')
  return Number(bytesRead)
}

await answerLines({
  /** `stores`: folders, one a node, which keep its key and content for a later start. */
  async start({ stores }) {
    for (const store of stores) {
      mkdirSync(store, { recursive: true })
      nodes.push(await iroh.Iroh.persistent(store, options))
    }
  },
  /** A file as a raw blob, or with `wrap` a file or folder as a collection. */
  async share({ path, wrap }) {
    const inPlace = true
    const { hash, format } = await last(onProgress => nodes[0].blobs.addFromPath(path, inPlace, iroh.SetTagOption.auto(), { wrap }, onProgress))
    return { ticket: (await nodes[0].blobs.share(hash, format, 'Addresses')).toString() }
  },
  /** Every node downloads, all at once, each to a path of its own. */
  async download({ ticket, paths }) {
    return { read: await Promise.all(paths.map((path, i) => download(nodes[i], iroh.BlobTicket.fromString(ticket), path))) }
  },
})
