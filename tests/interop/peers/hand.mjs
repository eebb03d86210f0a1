// A real iroh 1.1 endpoint that speaks blobs and previews by hand: it asks whatever a test wants to ask, and provides
// what it passes on from a real sender, with a fault where the test wants one.

import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { answerLines } from './answer-lines.mjs'

const { Endpoint, EndpointAddr, EndpointId, RelayMap, RelayMode, SecretKey, presetMinimal } = createRequire(process.env.PEERS + '/')('iroh11')
const blobs = '/iroh-bytes/4'
const metadata = 'sendme/metadata/1'
const longestRequest = 1 << 20
const longestAnswer = 64 << 20
const storedWhole = 8192
const piece = 64 << 10
const forever = new Promise(() => {})
let release
const released = new Promise(resolve => release = resolve)

const bytes = text => [...Buffer.from(text, 'hex')]
const hex = values => Buffer.from(values).toString('hex')
const alpnOf = name => [...Buffer.from(name)]
const reasonOf = fault => String(fault.message ?? fault).split('\n')[0]

const connections = []
const heldStreams = []
let endpoint

const connect = ({ id, relay, ports }, alpn) =>
  endpoint.connect(new EndpointAddr(EndpointId.fromBytes(bytes(id)), relay ?? null, ports.map(port => `127.0.0.1:${port}`)), alpnOf(alpn))

function relayModeOf(url) {
  if (!url) return RelayMode.disabled()
  const map = RelayMap.empty()
  map.insert({ url })
  return RelayMode.custom(map)
}

async function open(connection, requests, finish = true) {
  const stream = await connection.openBi()
  const { send, recv } = { send: stream.send, recv: stream.recv }
  for (const request of requests) await send.writeAll(bytes(request))
  if (finish) await send.finish()
  return { send, recv }
}

/** Short answers whole, long ones as length and SHA-256. */
async function readToEnd(recv) {
  try {
    const answer = Buffer.from(await recv.readToEnd(longestAnswer))
    return answer.length <= storedWhole
      ? { response: answer.toString('hex') }
      : { length: answer.length, sha256: createHash('sha256').update(answer).digest('hex') }
  } catch (fault) {
    return { error: reasonOf(fault) }
  }
}

async function* accepted() {
  for (;;) {
    const connection = await endpoint.acceptNext().then(incoming => incoming.accept()).then(accepting => accepting.connect()).catch(() => null)
    if (connection) yield connection
  }
}

async function offerPreview(connection, preview) {
  const stream = await connection.acceptBi()
  const { send, recv } = { send: stream.send, recv: stream.recv }
  if ((await recv.readExact(1))[0] !== 1) throw new Error('not a preview request')
  const text = Buffer.from(JSON.stringify(preview))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  await send.writeAll([...length, ...text])
  await send.finish()
  await send.stopped()
}

/** Passes one request on to the real sender, and its answer back with the fault. `passed` counts the answers of the connection. */
async function passOn(stream, upstream, fault, after, passed) {
  const { send, recv } = { send: stream.send, recv: stream.recv }
  const request = await recv.readToEnd(longestRequest)
  const source = await open(upstream, [hex(request)])
  for (;;) {
    const read = await source.recv.read(piece)
    if (!read || read.length === 0) break
    const begin = passed.bytes
    passed.bytes += read.length
    if (begin <= after && after < passed.bytes) {
      if (fault === 'stall') await forever
      if (fault === 'close') return 'close'
      if (fault === 'flip') read[after - begin] ^= 1
    }
    if (fault === 'hold' && after < passed.bytes) await released
    await send.writeAll(read)
  }
  await send.finish()
}

async function provide(connection, upstream, fault, after) {
  const passed = { bytes: 0 }
  const source = await connect(upstream, blobs)
  if (fault === 'flood') flood(connection).catch(() => {})
  for (;;) {
    const stream = await connection.acceptBi()
    passOn(stream, source, fault, after, passed).then(end => end && connection.close(9n, [])).catch(() => {})
  }
}

/** Streams that nobody asked for, as many as the other end lets in. */
async function flood(connection) {
  for (;;) {
    const send = await connection.openUni()
    await send.writeAll(Array.from({ length: 1000 }, () => 7))
    heldStreams.push(send)
    const stream = await connection.openBi()
    await stream.send.writeAll([1, 2, 3])
    heldStreams.push(stream)
  }
}

await answerLines({
  /** With `relay`, a URL, the endpoint can be reached by it, and is bound once it is connected there. */
  async bind({ relay }) {
    const builder = Endpoint.builder()
    presetMinimal(builder)
    builder.relayMode(relayModeOf(relay))
    builder.secretKey(SecretKey.generate().toBytes())
    builder.alpns([alpnOf(blobs), alpnOf(metadata)])
    builder.bindAddr('127.0.0.1:0')
    endpoint = await builder.bind()
    if (relay) await endpoint.online()
    const port = endpoint.boundSockets().map(socket => /^127\.0\.0\.1:(\d+)$/.exec(socket)).find(match => match)[1]
    return { id: hex(endpoint.id().toBytes()), port: Number(port) }
  },
  async connect({ id, relay, ports, alpn }) {
    return { connection: connections.push(await connect({ id, relay, ports }, alpn)) - 1 }
  },
  /** Writes the requests on one stream, ends it, and reads the answer to its end. */
  async ask({ connection, requests }) {
    return readToEnd((await open(connections[connection], requests)).recv)
  },
  /** Reads so many bytes of an answer that need not end, and loses interest. */
  async askFor({ connection, request, length }) {
    const { recv } = await open(connections[connection], [request])
    const response = hex(await recv.readExact(length))
    await recv.stop(0n)
    return { response }
  },
  /** Opens requests whose answers nobody reads. */
  async neverRead({ connection, request, count }) {
    for (let i = 0; i < count; i++) heldStreams.push(await open(connections[connection], [request]))
  },
  /** Opens requests and gives each up at once; says how many were opened before the other end had enough. */
  async openMany({ connection, request, count }) {
    for (let opened = 0; opened < count; opened++) {
      try {
        const { recv } = await open(connections[connection], [request])
        await recv.stop(0n)
      } catch (fault) {
        return { opened, fault: reasonOf(fault) }
      }
    }
    return { opened: count }
  },
  /** Writes a request of so many bytes that never says its end; true when the other end would not read it. */
  async longRequest({ connection, start, length }) {
    const stream = await connections[connection].openBi()
    const { send, recv } = { send: stream.send, recv: stream.recv }
    try {
      await send.writeAll(bytes(start))
      for (let written = 0; written < length; written += piece) await send.writeAll(Array.from({ length: piece }, () => 1))
      await recv.readExact(1)
      return { refused: false }
    } catch (fault) {
      return { refused: true, fault: reasonOf(fault) }
    }
  },
  /** Serves previews, and everything else as the real sender does, with a fault after so many bytes of a connection's answers. */
  serve({ upstream, fault, after, preview }) {
    const faultless = () => {}
    ;(async () => {
      for await (const connection of accepted()) {
        if (Buffer.from(connection.alpn()).toString() === blobs) provide(connection, upstream, fault, after).catch(faultless)
        else if (preview) offerPreview(connection, preview).catch(faultless)
        else connection.close(0n, [])
      }
    })()
  },
  /** Lets go what the fault `hold` keeps back. */
  release: () => release(),
  async preview({ id, ports }) {
    const connection = await connect({ id, ports }, metadata)
    const { send, recv } = await open(connection, ['01'], false)
    const length = Buffer.from(await recv.readExact(4)).readUInt32BE()
    const text = Buffer.from(await recv.readExact(length)).toString()
    await send.finish()
    return { preview: JSON.parse(text) }
  },
})
