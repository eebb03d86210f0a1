// What both ends of the peer share: a node of iroh 0.35 with its store on disk, as `sendme` uses one, and events as JSON lines like our own.

import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'

export const iroh = createRequire(process.env.PEERS + '/')('iroh035')

export async function startNode(store) {
  mkdirSync(store, { recursive: true })
  return iroh.Iroh.persistent(store, { nodeDiscovery: 'None', ipv4Addr: '127.0.0.1:0' })
}

export const report = event => new Promise(done => process.stdout.write(JSON.stringify(event) + '\n', done))

/** Runs an operation that reports by callback; resolves with its last event, and with the milliseconds that it took. */
export async function timed(start) {
  const begin = performance.now()
  const last = await new Promise((resolve, reject) => {
    const onProgress = (fault, event) => {
      if (fault ?? event.abort) reject(fault ?? new Error(event.abort.error))
      else if (event.allDone) resolve(event.allDone)
    }
    start(onProgress).catch(reject)
  })
  return { last, milliseconds: performance.now() - begin }
}
