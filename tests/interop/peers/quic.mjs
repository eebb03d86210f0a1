// A real iroh 1.1 endpoint on loopback, driven step by step. Byte i of every stream's content is i mod 251.

import { createRequire } from 'node:module'
import { answerLines } from './answer-lines.mjs'

const { Endpoint, EndpointAddr, EndpointId, RelayMode, SecretKey, presetMinimal } = createRequire(process.env.PEERS + '/')('iroh11')
const bytes = hex => [...Buffer.from(hex, 'hex')]
const hex = values => Buffer.from(values).toString('hex')
const text = values => Buffer.from(values).toString()
const piece = 251 * 256

let endpoint
const connections = []
const streams = []
const echoes = []
const keep = (list, item) => list.push(item) - 1

const describe = connection => ({ connection: keep(connections, connection), remote: hex(connection.remoteId().toBytes()), alpn: text(connection.alpn()) })
const half = stream => ({ stream: keep(streams, stream) })

async function echo({ send, recv }) {
  for (;;) {
    const read = await recv.read(1 << 16)
    if (!read || read.length === 0) break
    await send.writeAll(read)
  }
  await send.finish()
}

await answerLines({
  async bind({ alpns }) {
    const builder = Endpoint.builder()
    presetMinimal(builder)
    builder.relayMode(RelayMode.disabled())
    builder.secretKey(SecretKey.generate().toBytes())
    builder.alpns(alpns.map(alpn => [...Buffer.from(alpn)]))
    builder.bindAddr('127.0.0.1:0')
    endpoint = await builder.bind()
    const port = endpoint.boundSockets().map(socket => /^127\.0\.0\.1:(\d+)$/.exec(socket)).find(match => match)[1]
    return { id: hex(endpoint.id().toBytes()), port: Number(port) }
  },
  async connect({ id, ports, alpn }) {
    const address = new EndpointAddr(EndpointId.fromBytes(bytes(id)), null, ports.map(port => `127.0.0.1:${port}`))
    return describe(await endpoint.connect(address, [...Buffer.from(alpn)]))
  },
  async accept({ retry }) {
    for (;;) {
      const incoming = await endpoint.acceptNext()
      const validated = await incoming.remoteAddrValidated()
      if (retry && !validated) {
        await incoming.retry()
        continue
      }
      return { ...describe(await (await incoming.accept()).connect()), validated }
    }
  },
  openBi: async ({ connection }) => half(await connections[connection].openBi()),
  openUni: async ({ connection }) => half({ send: await connections[connection].openUni() }),
  acceptBi: async ({ connection }) => half(await connections[connection].acceptBi()),
  acceptUni: async ({ connection }) => half({ recv: await connections[connection].acceptUni() }),
  async echo({ connection, count }) {
    echoes.push((async () => {
      for (let i = 0; i < count; i++) {
        const stream = await connections[connection].acceptBi()
        echoes.push(echo({ send: stream.send, recv: stream.recv }).catch(() => {}))
      }
    })().catch(() => {}))
  },
  async write({ stream, length, finish }) {
    const whole = Array.from({ length: piece }, (_, i) => i % 251)
    for (let sent = 0; sent < length; sent += piece) await streams[stream].send.writeAll(whole.slice(0, Math.min(piece, length - sent)))
    if (finish) await streams[stream].send.finish()
  },
  async read({ stream }) {
    let length = 0
    for (;;) {
      const read = await streams[stream].recv.read(1 << 16)
      if (!read || read.length === 0) return { length }
      for (const value of read) if (value !== length++ % 251) throw new Error(`wrong byte at ${length - 1}`)
    }
  },
  reset: ({ stream, code }) => streams[stream].send.reset(BigInt(code)),
  stop: ({ stream, code }) => streams[stream].recv.stop(BigInt(code)),
  receivedReset: async ({ stream }) => ({ code: Number(await streams[stream].recv.receivedReset()) }),
  stopped: async ({ stream }) => ({ code: Number(await streams[stream].send.stopped()) }),
  sendDatagram: ({ connection, data }) => connections[connection].sendDatagram([...Buffer.from(data)]),
  readDatagram: async ({ connection }) => ({ data: text(await connections[connection].readDatagram()) }),
  close: ({ connection, code, reason }) => connections[connection].close(BigInt(code), [...Buffer.from(reason)]),
  closed: async ({ connection }) => ({ text: await connections[connection].closed() }),
  stats: ({ connection }) => ({ text: JSON.stringify({ ...connections[connection].stats(), rtt: connections[connection].rtt() }) }),
})
