// A real iroh 0.35 provider, and a second node that asks it over raw QUIC streams. Run only inside a network namespace.

import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'

if (!process.env.PEERS) throw new Error('PEERS must name the folder that tests/interop/peers/install prints')
const iroh = createRequire(process.env.PEERS + '/')('iroh035')
const options = { nodeDiscovery: 'None', ipv4Addr: '127.0.0.1:0' }
const protocol = Buffer.from('/iroh-bytes/4')
const storedWhole = 2048
const longestAnswer = 64 << 20

export const { BlobTicket } = iroh
export const hashHex = text => Buffer.from(iroh.Hash.fromString(text).toBytes()).toString('hex')

/** The content of every blob: byte i is (i + offset) mod 251. */
export const pattern = (size, offset = 0) => Array.from({ length: size }, (_, i) => (i + offset) % 251)

export async function startProvider() {
  const provider = await iroh.Iroh.memory(options)
  const asker = await iroh.Iroh.memory(options)
  const { nodeId, addresses } = await provider.net.nodeAddr()

  const add = async bytes => hashHex((await provider.blobs.addBytes(bytes)).hash)

  const addFile = path => new Promise((resolve, reject) => {
    const onProgress = (fault, event) => {
      if (fault) reject(fault)
      else if (event.allDone) resolve(hashHex(event.allDone.hash))
    }
    provider.blobs.addFromPath(path, false, iroh.SetTagOption.auto(), { wrap: false }, onProgress).catch(reject)
  })

  /** `files`: pairs of name and hash. Returns the hash of the collection's hash sequence. */
  async function addCollection(files) {
    const collection = new iroh.Collection()
    for (const { name, hash } of files) collection.push(name, hash)
    return hashHex((await provider.blobs.createCollection(collection, iroh.SetTagOption.auto(), [])).hash)
  }

  async function ask(request) {
    const connection = await asker.node.endpoint().connect({ nodeId, addresses }, protocol)
    const stream = await connection.openBi()
    await stream.send.writeAll(request)
    await stream.send.finish()
    try {
      return describe(Buffer.from(await stream.recv.readToEnd(longestAnswer)))
    } catch (fault) {
      return { error: String(fault.message ?? fault).split('\n')[0] }
    } finally {
      connection.close(0n, Buffer.alloc(0))
    }
  }

  return { add, addFile, addCollection, ask }
}

/** Short answers are kept whole, long ones as length, SHA-256 and their first 200 bytes. */
function describe(answer) {
  if (answer.length <= storedWhole) return { response: answer.toString('hex') }
  return { length: answer.length, sha256: createHash('sha256').update(answer).digest('hex'), head: answer.subarray(0, 200).toString('hex') }
}

export function print(document) {
  process.stdout.write(JSON.stringify({ madeBy: 'iroh 0.35.0', ...document }, null, 1) + '\n', () => process.exit(0))
}
